//! Rows 130-132 and 226 of the fault matrix: files with certificates as people and programs write them.

mod tls_faults;

use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::Command;

use qls_precheck_core::{Cause, Status};
use support::RawServer;
use support::pki::Ca;
use tls_faults::{Asked, ask, client, folder, of_system, server, text, two, with_environment};

/// A client of this server that believes what the file of this content has.
fn with_file(server: &RawServer, content: impl AsRef<[u8]>) -> Asked {
    let folder = folder();
    let path = folder.path().join("company ca.pem");
    std::fs::write(&path, content).expect("a file");
    asking(server, &path)
}

fn asking(server: &RawServer, ca_file: &Path) -> Asked {
    let mut client = client(server, "localhost", "none");
    client.set_ca_pem(None).expect("none");
    client.set_ca_file(Some(text(ca_file))).expect("a path");
    ask(client)
}

fn refused(content: impl AsRef<[u8]>, words: &[&str]) {
    let [(server, _), _] = two();
    with_file(&server, content).failed(Status::Configuration, Cause::CaInvalid).tells(words);
}

/// Each of these ways to write two certificates is read, so both servers are believed.
#[test]
fn fault_130_certificates_with_text_and_blanks_around_them() {
    let [first, second] = two();
    let (a, b) = (&first.1, &second.1);
    let blanks = |pem: &str| pem.lines().map(|line| format!("{line} \t\r\n")).collect::<String>();
    let indented_base64 = |pem: &str| {
        let indent = |line: &str| if line.starts_with('-') { format!("{line}\n") } else { format!("  {line}\n") };
        pem.lines().map(indent).collect::<String>()
    };
    for content in [
        format!("{a}{b}"),
        format!("# Our CA\n{a}\n\n subject=CN = The second CA\nissuer: x\n{b}the end, without a line break"),
        format!("{}{}", blanks(a), blanks(b)),
        // What `openssl s_client -showcerts` prints; DER begins with the byte that is this 0.
        format!("0 s:CN = The first CA\n   i:CN = The first CA\n{a}{b}"),
        format!("{}{}", indented_base64(a), indented_base64(b)),
        format!("{a}{}", b.trim_end()),
        format!("{}{b}", a.replace(" CERTIFICATE", " X509 CERTIFICATE")),
        // What `openssl x509 -trustout` makes, if it is told nothing else.
        format!("{}{b}", a.replace(" CERTIFICATE", " TRUSTED CERTIFICATE")),
    ] {
        with_file(&first.0, &content).allowed();
        with_file(&second.0, &content).allowed();
    }
}

/// What cannot be read is refused, by its number.
#[test]
fn fault_130_nothing_is_dropped_silently() {
    let [(_, a), (_, b)] = two();
    let body = |pem: &str| pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n");
    // `cat` of a file without a line break at its end.
    refused(format!("{}{b}", a.trim_end()), &["number 1", "cut off"]);
    refused(format!("{a}# {b}"), &["number 2", "lines of its own"]);
    refused(format!("{a}  {b}"), &["number 2", "lines of its own"]);
    refused(format!("{a}{}", b.replacen("-----B", "----B", 1)), &["number 2", "lines of its own"]);
    refused(format!("{a}{}", b.replacen("-----BEGIN CERTIFICATE-----", "—BEGIN CERTIFICATE—", 1)), &["number 2"]);
    // The first line is missing, the last one, and the last one is another's.
    refused(format!("{a}{}\n-----END CERTIFICATE-----\n", body(&b)), &["number 2", "lines of its own"]);
    refused(format!("-----BEGIN CERTIFICATE-----\n{}\n{b}", body(&a)), &["number 1", "cut off"]);
    refused(a.replace("-----END CERTIFICATE", "-----END X509 CERTIFICATE"), &["number 1", "cut off"]);
    refused(format!("{a}{b}").replace("\n", "\r"), &["number 1"]);
    for (label, words) in [
        ("PKCS7", &["number 2", "PKCS #7", "openssl pkcs7 -print_certs"][..]),
        ("CERTIFICATE REQUEST", &["number 2", "is no certificate, but CERTIFICATE REQUEST"]),
        ("X509 CRL", &["number 2", "X509 CRL"]),
        ("EC PARAMETERS", &["number 2", "EC PARAMETERS"]),
    ] {
        refused(format!("{a}{}", b.replace("CERTIFICATE", label)), words);
    }
}

/// The certificate of a CA with a date that is none. webpki does not read the dates of a trusted one, but they count.
fn without_dates(ca: &Ca) -> String {
    let mut der = ca.der();
    let dates = der.windows(3).position(|start| start == [0x17, 13, b'7']).expect("a date of the 1970s");
    der[dates + 4] = b'x';
    let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, der);
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

#[test]
fn fault_226_a_given_certificate_that_can_be_read_in_part_is_refused() {
    let [(_, a), (_, b)] = two();
    refused(format!("{a}{}{b}", without_dates(&Ca::new("A CA"))), &["number 2", "cannot be read"]);
}

/// What OpenSSL reads and this library does not is counted, in the log and where somebody is not believed.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_226_unreadable_certificates_of_the_system_are_told() {
    let folder = folder();
    let file = folder.path().join("bundle.pem");
    let test = "fault_226_unreadable_certificates_of_the_system_are_told";
    with_environment(test, &[("SSL_CERT_FILE", text(&file)), ("SSL_CERT_DIR", text(folder.path()))], || {
        let file = std::env::var("SSL_CERT_FILE").expect("our file");
        let unreadable = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        let [(first, a), _] = two();
        let public = Ca::new("A public CA");
        let (other, undated) = (server(&public.identity(&["localhost"])), without_dates(&public));
        std::fs::write(&file, format!("{unreadable}{a}{undated}")).expect("a file");
        let told = format!("2 of the 3 certificates in SSL_CERT_FILE {file} cannot be read here");
        let asked = ask(of_system(&first, None));
        asked.allowed();
        assert!(asked.log.contains(&told), "{}", asked.log);
        let asked = ask(of_system(&other, None));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(&[&told]);
        assert!(asked.log.contains(&told), "{}", asked.log);
        // The file in the folder in which that CA would be.
        std::fs::write(&file, a).expect("a file");
        for (content, told) in [
            (unreadable, "6a3b7ba0.0 cannot be read here"),
            (&*undated, "6a3b7ba0.0 cannot be read here"),
            ("-----BEGIN CERTIFICATE-----", "broken"),
        ] {
            std::fs::write(Path::new(&file).with_file_name("6a3b7ba0.0"), content).expect("a file");
            let asked = ask(of_system(&other, None));
            asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(&["6a3b7ba0.0", told]);
        }
    });
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs openssl"]
fn fault_130_settings_of_openssls_own() {
    let [(server, a), _] = two();
    let folder = folder();
    let [plain, trusted] = ["plain.pem", "trusted.pem"].map(|name| folder.path().join(name));
    std::fs::write(&plain, a).expect("a file");
    let openssl = |arguments: &[&str], from: &Path, to: &Path| {
        support::run(Command::new("openssl").args(arguments).arg("-in").arg(from).arg("-out").arg(to));
    };
    openssl(&["x509", "-trustout", "-addreject", "serverAuth"], &plain, &trusted);
    let asked = asking(&server, &trusted);
    asked.failed(Status::Configuration, Cause::CaInvalid).tells(&["number 1", "settings", "openssl x509"]);
    // What the message advises.
    openssl(&["x509"], &trusted, &plain);
    asking(&server, &plain).allowed();
}

/// The private key is noticed, and nothing of it shown.
#[test]
fn fault_131_private_key_wherever_it_stands() {
    let ca = Ca::new("A test CA");
    let identity = ca.identity(&["localhost"]);
    let (pem, key) = (ca.pem(), &identity.key);
    let server = server(&identity);
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let armored = |kind: &str| key.replace("PRIVATE KEY", kind).into_bytes();
    let contents = [
        format!("{}{key}", pem.trim_end()).into_bytes(),
        format!("{pem}   {key}").into_bytes(),
        format!("{pem}key: {key}").into_bytes(),
        format!("{pem}{key}").replace('\n', "\r").into_bytes(),
        utf16(&format!("\u{feff}{pem}{key}")),
        utf16(key),
        [pem.as_bytes(), &armored("RSA PRIVATE KEY")].concat(),
        [pem.as_bytes(), &armored("ANY OTHER PRIVATE KEY")].concat(),
        [pem.as_bytes(), &armored("PGP PRIVATE KEY BLOCK")].concat(),
        format!("{pem}---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n{key}").into_bytes(),
    ];
    for content in contents {
        let asked = with_file(&server, content);
        asked.failed(Status::Configuration, Cause::CaInvalid).tells(&["private key", "belongs in no installer"]);
        for line in key.lines().filter(|line| !line.starts_with('-')) {
            asked.hides(line);
        }
    }
}

/// A private key in DER, by its first bytes.
#[test]
fn fault_131_private_key_in_der() {
    let pkcs8 = [0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07];
    refused(pkcs8, &["private key"]);
}

/// Takes the command out of a message, and runs it.
#[cfg(target_os = "linux")]
fn follow(asked: &Asked, folder: &Path, file: &str, further: &str) {
    let command = asked.message().rsplit_once(": ").expect("a command").1;
    let command = format!("{} {further}", command.replace("FILE", file));
    support::run(Command::new("sh").args(["-c", &command]).current_dir(folder));
}

/// Files of other kinds are called by their names, with a command that makes a file that works.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs openssl and iconv"]
fn fault_132_files_of_other_kinds() {
    let ca = Ca::new("A test CA");
    let server = server(&ca.identity(&["localhost"]));
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("plain.pem"), ca.pem()).expect("a file");
    let make = |command: &str| {
        support::run(Command::new("sh").args(["-c", command]).current_dir(folder.path()));
    };
    make("openssl x509 -in plain.pem -outform der -out ca.cer");
    make("openssl crl2pkcs7 -nocrl -certfile plain.pem -outform der -out ca.p7b");
    make("openssl crl2pkcs7 -nocrl -certfile plain.pem -out pem.p7b");
    make("openssl pkcs12 -export -nokeys -in plain.pem -passout pass:secret -out ca.pfx");
    make("iconv -f UTF-8 -t UTF-16LE plain.pem > bare.pem && iconv -f UTF-8 -t UTF-16 plain.pem > utf16.pem");
    make("iconv -f UTF-8 -t UTF-16BE plain.pem > bare-be.pem");
    for (file, words, further) in [
        ("ca.cer", "DER", ""),
        ("ca.p7b", "PKCS #7 (.p7b)", ""),
        ("pem.p7b", "PKCS #7", ""),
        ("ca.pfx", "PKCS #12 (.pfx", "-passin pass:secret"),
        ("utf16.pem", "UTF-16", ""),
    ] {
        let asked = asking(&server, &at(file));
        asked.failed(Status::Configuration, Cause::CaInvalid).tells(&[file, words]);
        let _ = std::fs::remove_file(at("ca.pem"));
        follow(&asked, folder.path(), file, further);
        asking(&server, &at("ca.pem")).allowed();
    }
    for file in ["bare.pem", "bare-be.pem"] {
        asking(&server, &at(file)).failed(Status::Configuration, Cause::CaInvalid).tells(&["UTF-16"]);
    }
}

/// The same by their first bytes, on every system.
#[test]
fn fault_132_files_of_other_kinds_by_their_first_bytes() {
    let der = Ca::new("A test CA").der();
    refused(&der, &["DER", "openssl x509 -inform der"]);
    refused([0x30, 0x80, 0x06, 0x09, 0x2a], &["PKCS #7", "openssl pkcs7 -inform der"]);
    refused([0x30, 0x82, 0x05, 0x00, 0x02, 0x01, 0x03, 0x30], &["PKCS #12", "private key", "openssl pkcs12 -nokeys"]);
    let convert = if cfg!(windows) { "Get-Content" } else { "iconv" };
    refused(b"\xff\xfe-\0-\0", &["UTF-16", convert]);
    refused(b"\0-\0-\0-\0-\0-", &["UTF-16", convert]);
}
