//! Rows 133-136 and 227 of the fault matrix: the places where a system has its certificates, as distributions and people
//! fill them.

mod tls_faults;

use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::Command;

use qls_precheck_core::{Cause, Status};
use support::pki::Ca;
use tls_faults::{ask, folder, of_system, server, text, two, with_environment};

/// The system's bundle may have what a given file may not.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_133_the_systems_bundle_is_read_as_openssl_reads_it() {
    let folder = folder();
    let file = folder.path().join("bundle.pem");
    let test = "fault_133_the_systems_bundle_is_read_as_openssl_reads_it";
    with_environment(test, &[("SSL_CERT_FILE", text(&file))], || {
        let file = std::env::var("SSL_CERT_FILE").expect("our file");
        let [first, second] = two();
        let (a, b) = (&first.1, &second.1);
        let other = a.replace("CERTIFICATE", "X509 CRL");
        // webpki reads less than OpenSSL, so a single certificate that cannot be read is left out.
        let unreadable = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        for content in [
            format!("{other}{a}# text\n{other}{b}"),
            format!("{unreadable}{a}{b}"),
            format!("{}{}", a.replace(" CERT", " X509 CERT"), b.replace(" CERT", " TRUSTED CERT")),
            format!("  {other}{a}-----END CERTIFICATE-----\n{b}"),
        ] {
            std::fs::write(&file, &content).expect("a file");
            ask(of_system(&first.0, None)).allowed();
            ask(of_system(&second.0, None)).allowed();
        }
        // OpenSSL passes over this one, and reads nothing in these.
        std::fs::write(&file, format!("{a}  {b}")).expect("a file");
        ask(of_system(&first.0, None)).allowed();
        ask(of_system(&second.0, None)).failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
        let cut_off = "-----BEGIN CERTIFICATE-----\nMAMC\n-----END CERTIFICATE-----\n";
        for content in [
            format!("{a}{}{b}", a.trim_end()),
            format!("{a}{}", b.replacen("\nM", "\n*M", 1)),
            format!("{a}{cut_off}{b}"),
        ] {
            std::fs::write(&file, &content).expect("a file");
            let asked = ask(of_system(&first.0, None));
            asked.failed(Status::Configuration, Cause::NoTrustStore).tells(&[
                "number 2",
                "SSL_CERT_FILE",
                "bundle.pem",
            ]);
        }
    });
}

/// A company's CA that somebody added to the folder alone, with `openssl rehash`.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs openssl"]
fn fault_134_a_ca_in_the_hashed_folder_alone() {
    let folder = folder();
    let [bundle, certs] = ["bundle.pem", "certs"].map(|name| folder.path().join(name));
    let places = [("SSL_CERT_FILE", text(&bundle)), ("SSL_CERT_DIR", &format!("/nowhere:{}", text(&certs)))];
    with_environment("fault_134_a_ca_in_the_hashed_folder_alone", &places, || {
        let bundle = std::env::var("SSL_CERT_FILE").expect("our bundle");
        let certs = Path::new(&bundle).with_file_name("certs");
        std::fs::create_dir(&certs).expect("a folder");
        std::fs::write(&bundle, Ca::new("A public CA").pem()).expect("a file");
        // Names that are written in many ways, of which OpenSSL makes one; two of one name with different keys.
        let names = ["Company CA", "  Größere   FIRMA \t CA ", "Company CA", "日本 CA", "company ca"];
        for name in names {
            let ca = Ca::new(name);
            let server = server(&ca.identity(&["localhost"]));
            assert_eq!(ask(of_system(&server, None)).outcome.status(), Status::TlsUntrusted);
            let count = certs.read_dir().expect("a folder").count();
            let file = certs.join(format!("company-{count}.pem"));
            std::fs::write(&file, ca.pem()).expect("a file");
            // Only by a name with its hash is it found.
            assert_eq!(ask(of_system(&server, None)).outcome.status(), Status::TlsUntrusted);
            support::run(Command::new("openssl").arg("rehash").arg(&certs));
            ask(of_system(&server, None)).allowed();
            // So does one whose intermediate is sent along.
            let below = ca.intermediate("Below");
            let mut identity = below.identity(&["localhost"]);
            identity.chain.push_str(&below.pem());
            ask(of_system(&tls_faults::server(&identity), None)).allowed();
        }
    });
}

/// Without a bundle, and with names that fit nothing.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_134_only_names_with_a_hash_count() {
    let folder = folder();
    with_environment("fault_134_only_names_with_a_hash_count", &[("SSL_CERT_DIR", text(folder.path()))], || {
        let folder = std::env::var("SSL_CERT_DIR").expect("our folder");
        let ca = Ca::new("A public CA");
        let server = server(&ca.identity(&["localhost"]));
        let put = |name: &str| std::fs::write(Path::new(&folder).join(name), ca.pem()).expect("a file");
        put("company.pem");
        ask(of_system(&server, None)).failed(Status::Configuration, Cause::NoTrustStore);
        // The hash of another name, and the right one behind a gap.
        put("0123abcd.0");
        put("6a3b7ba0.1");
        ask(of_system(&server, None)).failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
        put("6a3b7ba0.0");
        ask(of_system(&server, None)).allowed();
    });
}

/// An installer's current folder may be that of downloads.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_134_an_empty_name_is_not_the_current_folder() {
    let folder = folder();
    let test = "fault_134_an_empty_name_is_not_the_current_folder";
    with_environment(test, &[("SSL_CERT_DIR", "/nowhere:"), ("QLS_TEST_HERE", text(folder.path()))], || {
        let here = std::env::var("QLS_TEST_HERE").expect("our folder");
        let ca = Ca::new("A public CA");
        std::fs::write(Path::new(&here).join("6a3b7ba0.0"), ca.pem()).expect("a file");
        std::env::set_current_dir(here).expect("our folder");
        let asked = ask(of_system(&server(&ca.identity(&["localhost"])), None));
        asked.failed(Status::Configuration, Cause::NoTrustStore).tells(&["SSL_CERT_DIR names no folder"]);
    });
}

#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_135_empty_variables_count_as_not_set() {
    let test = "fault_135_empty_variables_count_as_not_set";
    with_environment(test, &[("SSL_CERT_FILE", ""), ("SSL_CERT_DIR", "")], || {
        let server = server(&Ca::new("Nobody's CA").identity(&["localhost"]));
        // The system's own certificates were found.
        let asked = ask(of_system(&server, None));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).does_not_tell(&["SSL_CERT_FILE"]);
    });
}

#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_136_an_unusable_ssl_cert_file_is_named() {
    let folder = folder();
    let file = folder.path().join("gone.pem");
    let test = "fault_136_an_unusable_ssl_cert_file_is_named";
    with_environment(test, &[("SSL_CERT_FILE", text(&file))], || {
        let (given, other) = (Ca::new("A given CA"), Ca::new("Another CA"));
        let asked = ask(of_system(&server(&other.identity(&["localhost"])), None));
        asked.failed(Status::Configuration, Cause::NoTrustStore).tells(&["SSL_CERT_FILE", "gone.pem", "No such file"]);
        // With a given CA, whoever is not believed learns of it too.
        let asked = ask(of_system(&server(&other.identity(&["localhost"])), Some(&given.pem())));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(&["SSL_CERT_FILE", "gone.pem"]);
        ask(of_system(&server(&given.identity(&["localhost"])), Some(&given.pem()))).allowed();
    });
}

/// What is wrong with the system's places does not push out what the message is about.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_227_a_long_story_about_the_systems_certificates_leaves_the_advice() {
    let test = "fault_227_a_long_story_about_the_systems_certificates_leaves_the_advice";
    with_environment(test, &[("SSL_CERT_FILE", &format!("/{}ca.pem", "nowhere/".repeat(400)))], || {
        let other = server(&Ca::new("Another CA").identity(&["localhost"]));
        let asked = ask(of_system(&other, None));
        asked.failed(Status::Configuration, Cause::NoTrustStore);
        asked.tells(&[
            "SSL_CERT_FILE /nowhere/nowhere/",
            "...); install the package ca-certificates, or give a CA file",
        ]);
        let asked = ask(of_system(&other, Some(&Ca::new("A given CA").pem())));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
        asked.tells(&[
            "SSL_CERT_FILE /nowhere/nowhere/",
            "...: the certificate",
            "Another CA",
            "give its certificate as a CA",
        ]);
    });
}
