//! Rows 21 and 198 of the fault matrix: the certificates that are given, as a file and as a text.

mod tls_faults;

use std::path::Path;
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};

use qls_precheck_core::{Cause, Client, Status};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use support::pki::{Ca, Identity};
use support::{RawServer, reply};
use tls_faults::{ALLOWED, Asked, ask, client, folder, server, text};

/// Asks a plain http server with this CA file. The connection needs no CA, and the faulty file is reported all the
/// same.
fn with_file(path: &str) -> Asked {
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = Client::new();
    client.set_server(Some(&server.url())).expect("an address");
    client.set_ca_file(Some(path)).expect("a path");
    let asked = ask(client);
    assert!(server.requests().is_empty(), "something was sent");
    asked
}

/// A file of this content; what came of giving it to a client.
fn with_content(content: impl AsRef<[u8]>) -> Asked {
    let folder = folder();
    let path = folder.path().join("company-ca.pem");
    std::fs::write(&path, content).expect("a file");
    let asked = with_file(text(&path));
    asked.failed(Status::Configuration, Cause::CaInvalid).tells(&[text(&path)]);
    asked
}

/// What came of giving this PEM text to a client as its CA text.
fn with_text(pem: &str) -> Asked {
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = Client::new();
    client.set_server(Some(&server.url())).expect("an address");
    client.set_ca_pem(Some(pem)).expect("a text");
    let asked = ask(client);
    asked.failed(Status::Configuration, Cause::CaInvalid).tells(&["CA text"]);
    assert!(server.requests().is_empty(), "something was sent");
    asked
}

/// A certificate whose PEM is faultless and whose content is cut off.
fn broken() -> String {
    let pem = Ca::new("A broken CA").pem();
    let lines: Vec<_> = pem.lines().collect();
    [&lines[..3], &lines[lines.len() - 1..]].concat().join("\n") + "\n"
}

#[test]
fn fault_021_ca_file_that_cannot_be_read() {
    let folder = folder();
    let missing = folder.path().join("missing.pem");
    // The folder, and a file below a file.
    std::fs::write(folder.path().join("file"), "").expect("a file");
    let below = folder.path().join("file/ca.pem");
    for path in [missing.as_path(), folder.path(), &below] {
        cannot_be_read(path);
    }
}

#[track_caller]
fn cannot_be_read(path: &Path) {
    let asked = with_file(text(path));
    asked.failed(Status::Configuration, Cause::CaFileUnreadable).tells(&[text(path), "cannot be read"]);
}

/// A pipe that nobody writes to, and a device without an end: the call must not wait for them.
#[test]
#[cfg(unix)]
fn fault_021_ca_file_that_is_none() {
    let folder = folder();
    let pipe = folder.path().join("pipe.pem");
    support::run(std::process::Command::new("mkfifo").arg(&pipe));
    for path in [&pipe, Path::new("/dev/zero")] {
        cannot_be_read(path);
    }
}

/// Somebody puts a pipe in the place of the file, after a look at it and before it is opened.
#[test]
#[cfg(unix)]
fn fault_198_a_file_that_becomes_a_pipe() {
    let folder = folder();
    let place = |name: &str| folder.path().join(name);
    std::fs::write(place("file"), Ca::new("A test CA").pem()).expect("a file");
    support::run(std::process::Command::new("mkfifo").arg(place("pipe")));
    let path = place("ca.pem");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for kind in ["pipe", "file"] {
                    std::fs::hard_link(place(kind), place("next")).expect("a second name");
                    std::fs::rename(place("next"), &path).expect("a new name");
                }
            }
        });
        let mut client = Client::new();
        client.set_server(Some("http://127.0.0.1:1")).expect("an address");
        client.set_retries(0);
        let (ended, end) = std::sync::mpsc::channel();
        let path = text(&path).to_owned();
        // Apart from the scope, which would wait for it for ever.
        std::thread::spawn(move || {
            for _ in 0..5_000 {
                client.set_ca_file(Some(&path)).expect("a path");
                client.check(Some("a-token"), support::CONSUMERS);
            }
            let _ = ended.send(());
        });
        let ended = end.recv_timeout(std::time::Duration::from_secs(60));
        over.store(true, Ordering::Relaxed);
        assert!(ended.is_ok(), "a call waits for somebody who writes into the pipe");
    });
}

/// The path of a CA file is UTF-8 on every system.
#[test]
fn fault_021_ca_file_with_a_name_beyond_ascii() {
    let folder = folder();
    let path = folder.path().join("Zertifikate für 日本 🔑.pem");
    let ca = Ca::new("A test CA");
    std::fs::write(&path, ca.pem()).expect("a file");
    let server = server(&ca.identity(&["localhost"]));
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_ca_pem(None).expect("none");
    client.set_ca_file(Some(text(&path))).expect("a path");
    ask(client).allowed();
    cannot_be_read(&folder.path().join("fehlt für immer.pem"));
}

#[test]
fn fault_021_ca_file_too_large_to_be_one() {
    let folder = folder();
    let path = folder.path().join("huge.pem");
    let file = std::fs::File::create(&path).expect("a file");
    file.set_len(8 << 30).expect("a sparse file");
    with_file(text(&path)).failed(Status::Configuration, Cause::CaFileUnreadable).tells(&[text(&path), "larger"]);
}

#[test]
fn fault_021_odd_paths_are_shown_without_harm() {
    let asked = with_file("/nowhere/\u{1b}[2J\r\nok\u{202e}mep.ac");
    asked.failed(Status::Configuration, Cause::CaFileUnreadable).tells(&["\\u{1b}[2J", "\\r\\n", "\\u{202e}"]);
    with_file("/nowhere/a\0b").failed(Status::Configuration, Cause::CaFileUnreadable);
    let mut client = Client::new();
    for refused in [client.set_ca_file(Some("")), client.set_ca_pem(Some(""))] {
        let error = refused.expect_err("an empty one is none");
        assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidCa));
    }
}

#[test]
fn fault_021_ca_file_without_a_certificate() {
    let pem = Ca::new("A test CA").pem();
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
    with_content("").tells(&["it is empty"]);
    with_content(&der).tells(&["DER", "openssl x509 -inform der"]);
    with_content("<html>Not found</html>\n").tells(&["no certificate in PEM form"]);
    with_content([0, 159, 146, 150, 10, 255]).tells(&["no certificate in PEM form"]);
    with_content(pem.replace("CERTIFICATE", "X509 CRL")).tells(&["number 1 is no certificate, but X509 CRL"]);
    // Cut off while it was copied.
    with_content(&pem[..pem.len() / 2]).tells(&["number 1", "cut off"]);
    with_text("no certificate at all").tells(&["no certificate in PEM form"]);
}

/// It was refused for the private key in it, of which nothing is shown.
#[track_caller]
fn hides_key(asked: &Asked, key: &str) {
    for line in key.lines().filter(|line| !line.starts_with("-----")) {
        asked.hides(line);
    }
}

/// PEM texts with a private key: in front of the certificate, behind it, and alone.
fn with_key(identity: &Identity) -> [String; 3] {
    let Identity { chain, key } = identity;
    [format!("{key}{chain}"), format!("{chain}{key}"), key.clone()]
}

#[test]
fn fault_021_private_key_in_the_ca_file() {
    let identity = Ca::new("A test CA").identity(&["localhost"]);
    for content in with_key(&identity) {
        let asked = with_content(content);
        hides_key(asked.tells(&["private key"]), &identity.key);
    }
    // A damaged one is not shown either, whatever is said about it.
    let damaged = identity.key.replacen("\nM", "\n*M", 1);
    hides_key(&with_content(&damaged), &damaged);
}

/// The text of a certificate and its key is given where the path of a file belongs.
#[test]
fn fault_021_private_key_as_the_path_of_the_ca_file() {
    let identity = Ca::new("A test CA").identity(&["localhost"]);
    for content in with_key(&identity) {
        let mut client = Client::new();
        let error = client.set_ca_file(Some(&content)).expect_err("a text is no path");
        assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidCa));
        let shown = format!("{error} {error:?} {client:?}");
        assert!(shown.contains("give it as the CA text"), "{shown}");
        assert!(identity.key.lines().all(|line| line.starts_with("-----") || !shown.contains(line)), "{shown}");
    }
}

#[test]
fn fault_021_private_key_in_the_ca_text() {
    let identity = Ca::new("A test CA").identity(&["localhost"]);
    for content in with_key(&identity) {
        let asked = with_text(&content);
        hides_key(asked.tells(&["private key"]), &identity.key);
    }
    let damaged = identity.key.replacen("\nM", "\n*M", 1);
    hides_key(&with_text(&damaged), &damaged);
}

/// Keys that rustls does not read are found too: encrypted ones, and those of other programs.
#[test]
fn fault_021_private_keys_of_other_kinds() {
    let identity = Ca::new("A test CA").identity(&["localhost"]);
    for kind in ["RSA", "EC", "ENCRYPTED", "DSA", "OPENSSH"] {
        let key = identity.key.replace("PRIVATE KEY", &format!("{kind} PRIVATE KEY"));
        let asked = with_content(format!("{}{key}", identity.chain));
        hides_key(asked.tells(&["private key"]), &key);
    }
}

#[test]
fn fault_021a_one_broken_certificate_among_good_ones() {
    let good: Vec<_> = (0..4).map(|n| Ca::new(&format!("CA {n}")).pem()).collect();
    for position in 0..=good.len() {
        let mut all = good.clone();
        all.insert(position, broken());
        let number = format!("certificate number {} ", position + 1);
        with_content(all.concat()).tells(&[&number, "broken"]);
        with_text(&all.concat()).tells(&[&number, "broken"]);
    }
    // If the PEM itself is damaged, the message tells that.
    let torn = good[2].replacen("\nM", "\n*M", 1);
    with_content(format!("{}{}{torn}{}", good[0], good[1], good[3])).tells(&["number 3", "base64"]);
}

#[test]
fn fault_021_a_mended_setting_is_used() {
    let folder = folder();
    let path = folder.path().join("ca.pem");
    let ca = Ca::new("A test CA");
    let server = server(&ca.identity(&["localhost"]));
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_ca_pem(None).expect("none");
    client.set_ca_file(Some(text(&path))).expect("a path");
    let outcome = client.check(Some(tls_faults::TOKEN), tls_faults::CONSUMERS);
    assert_eq!(outcome.cause(), Some(Cause::CaFileUnreadable), "{}", outcome.message());
    // With what openssl and editors add around a certificate.
    let dressed = format!("Certificate:\r\n    Data:\r\n        Version: 3\r\n{}", ca.pem().replace('\n', "\r\n"));
    std::fs::write(&path, dressed).expect("a file");
    ask(client).allowed();
}

/// Some editors put a byte order mark in front. The first certificate is read all the same.
#[test]
fn fault_021_byte_order_mark_in_the_ca_file() {
    let folder = folder();
    let path = folder.path().join("ca.pem");
    let (first, second) = (Ca::new("The first CA"), Ca::new("The second CA"));
    std::fs::write(&path, format!("\u{feff}{}{}", first.pem(), second.pem())).expect("a file");
    for ca in [&first, &second] {
        let server = server(&ca.identity(&["localhost"]));
        let mut client = client(&server, "localhost", &ca.pem());
        client.set_ca_pem(None).expect("none");
        client.set_ca_file(Some(text(&path))).expect("a path");
        ask(client).allowed();
    }
}
