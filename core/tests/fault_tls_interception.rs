//! Row 53 of the fault matrix: a proxy that shows a certificate of its own making. The message says whose.

mod tls_faults;

use std::io::Write;

use qls_precheck_core::{Cause, Client, Status, Trust};
use rcgen::string::{BmpString, TeletexString};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, DnValue, IsCa, KeyPair};
use support::pki::{Ca, Identity, server_parameters};
use support::{RawServer, read_request, tls};
use tls_faults::{answer, ask, client, server};

const HOST: &str = "licenses.example.com";
const PASSWORD: &str = "proxy-pass-word";

/// The certificate of a CA with this name, as PEM, and a server's for `host` that it has issued.
fn named(name: DistinguishedName, host: &str) -> (String, Identity) {
    let mut parameters = CertificateParams::new(Vec::<String>::new()).expect("no names");
    parameters.distinguished_name = name;
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(parameters, KeyPair::generate().expect("a key")).expect("a CA");
    let key = KeyPair::generate().expect("a key");
    let certificate = server_parameters(&[host]).signed_by(&key, &ca).expect("a certificate");
    (ca.pem(), Identity { chain: certificate.pem(), key: key.serialize_pem() })
}

/// An HTTP proxy that intercepts: it connects to nobody, and poses as the server with `identity`.
fn interceptor(identity: &Identity) -> RawServer {
    let config = tls::server_config(identity);
    RawServer::serving(move |stream, requests| {
        if read_request(&*stream).is_some_and(|request| request.head.starts_with("CONNECT licenses.example.com:443 ")) {
            stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").expect("a peer");
            answer(&config, stream, requests);
        }
    })
}

fn behind(proxy: &RawServer) -> Client {
    let mut client = Client::new();
    client.set_server(Some(&format!("https://{HOST}"))).expect("an address");
    client.set_proxy(Some(&format!("http://user:{PASSWORD}@{}", proxy.address()))).expect("a proxy");
    client.set_retries(0);
    client
}

fn company() -> (String, Identity) {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Web Inspection CA 7");
    name.push(DnType::OrganizationName, "Example Company Ltd");
    named(name, HOST)
}

#[test]
fn fault_053_intercepting_proxy_is_named_and_not_believed() {
    let (_, identity) = company();
    let proxy = interceptor(&identity);
    // Only Wine runs this for Windows. It complains that there is no revocation list before it looks at the issuer.
    let trusts = [Trust::GivenOnly, Trust::System];
    for trust in &trusts[..if cfg!(windows) { 1 } else { 2 }] {
        let mut client = behind(&proxy);
        client.set_trust(*trust);
        client.set_ca_pem(Some(&Ca::new("The real CA").pem())).expect("a CA");
        let asked = ask(client);
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).hides(PASSWORD);
        asked.tells(&["Web Inspection CA 7", "Example Company Ltd", "give its certificate as a CA"]);
    }
    assert!(proxy.requests().is_empty(), "the proxy was shown the token");
}

#[test]
fn fault_053_the_companys_ca_lets_its_proxy_through() {
    let (ca, identity) = company();
    let proxy = interceptor(&identity);
    let mut client = behind(&proxy);
    client.set_ca_pem(Some(&ca)).expect("a CA");
    ask(client).allowed().hides(PASSWORD);
    assert_eq!(proxy.requests().len(), 1);
}

/// A CA given for the real server, and no other: what the company has installed in the system does not help it.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_053_given_only_keeps_an_installed_proxy_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("system.pem");
    let file = file.to_str().expect("text");
    let test = "fault_053_given_only_keeps_an_installed_proxy_out";
    tls_faults::with_environment(test, &[("SSL_CERT_FILE", file)], || {
        let (ca, identity) = company();
        std::fs::write(std::env::var_os("SSL_CERT_FILE").expect("our file"), ca).expect("a file");
        let proxy = interceptor(&identity);
        ask(behind(&proxy)).allowed();
        let mut client = behind(&proxy);
        client.set_ca_pem(Some(&Ca::new("The real CA").pem())).expect("a CA");
        client.set_trust(Trust::GivenOnly);
        let asked = ask(client);
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(&["Web Inspection CA 7"]);
        assert_eq!(proxy.requests().len(), 1, "the proxy was shown the token");
    });
}

/// The message about an issuer with this name.
fn message_about(name: DistinguishedName) -> String {
    let (_, identity) = named(name, "localhost");
    let server = server(&identity);
    let asked = ask(client(&server, "localhost", &Ca::new("The real CA").pem()));
    asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
    asked.message().to_owned()
}

fn common_name(value: DnValue) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, value);
    name
}

#[test]
fn fault_053_issuer_names_are_escaped() {
    let bad = "Real\r\nError: \u{1b}[31m\0 \u{202e}gnp.exe\u{2066} \u{200b}\u{feff} \u{85} \u{2028} CA";
    let message = message_about(common_name(DnValue::Utf8String(bad.into())));
    for c in ['\r', '\n', '\u{1b}', '\0', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{85}', '\u{2028}'] {
        assert!(!message.contains(c), "{c:?} is in: {message:?}");
    }
    assert!(message.contains("\\u{202e}gnp.exe") && message.contains("\\u{1b}[31m"), "{message}");
}

#[test]
fn fault_053_issuer_names_in_other_encodings_are_readable() {
    let utf16 = BmpString::try_from("Prüfstelle Ωmega").expect("a name");
    let message = message_about(common_name(DnValue::BmpString(utf16)));
    assert!(message.contains("Prüfstelle Ωmega"), "{message}");
    let teletex = TeletexString::try_from("An old CA").expect("a name");
    let message = message_about(common_name(DnValue::TeletexString(teletex)));
    assert!(message.contains("An old CA"), "{message}");
}

#[test]
fn fault_053_issuer_names_without_end_or_without_words() {
    let message = message_about(common_name(DnValue::Utf8String("long ".repeat(2_000))));
    assert!(message.contains("long long"), "{message}");
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "FI");
    let message = message_about(name);
    assert!(message.contains("not known here"), "{message}");
}
