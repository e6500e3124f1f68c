//! `diagnose` where the cause is a rare one, so that `docs/diagnosis.md` has a situation for each cause that a network can
//! bring about.
#![cfg(target_os = "linux")]

mod common;
mod diagnosing;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::sync::Arc;

use common::{Place, root};
use diagnosing::{HOST, Situation, secure, secure_by, server};
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, GeneralSubtree, IsCa, KeyPair, NameConstraints};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use support::pki::{Ca, Identity, ca_parameters, server_parameters};
use support::{RawServer, reply, tls};

fn ca() -> Ca {
    Ca::new("Example Corp CA")
}

/// The certificate of a CA, and one with `leaf` that was issued by it.
fn issued_by(ca: CertificateParams, leaf: &CertificateParams) -> (String, Identity) {
    let issuer = rcgen::CertifiedIssuer::self_signed(ca, KeyPair::generate().expect("a key")).expect("a CA");
    let key = KeyPair::generate().expect("a key");
    let certificate = leaf.signed_by(&key, &issuer).expect("a certificate");
    (issuer.pem(), Identity { chain: certificate.pem(), key: key.serialize_pem() })
}

#[test]
fn fault_236_certificates_that_cannot_be_judged_or_do_not_hold() {
    let place = Place::new();
    let ends = |name, given: &str, shown: &Identity| {
        let server = secure(shown, None);
        let file = place.file("ca.pem", given);
        Situation::named(name, "https", server.address()).with(&["--ca-file", &file]).ends(3, "tls");
    };
    let real = ca();
    ends("certificate of a CA with the name of one that is known", &ca().pem(), &real.identity(&[HOST]));
    ends("certificate without a host name", &real.pem(), &real.identity(&[]));

    let mut some = ca_parameters("Example Corp CA for some");
    let permitted_subtrees = vec![GeneralSubtree::DnsName("example.org".into())];
    some.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    let (given, shown) = issued_by(some, &server_parameters(&[HOST]));
    ends("certificate of a CA that may not issue for this name", &given, &shown);

    let mut strange = ca_parameters("Example Corp CA with policies");
    let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 55555, 1], vec![5, 0]);
    extension.set_criticality(true);
    strange.custom_extensions = vec![extension];
    let (given, shown) = issued_by(strange, &server_parameters(&[HOST]));
    ends("certificate of a CA with limits that nobody here understands", &given, &shown);

    // The holder of a server's certificate poses as a CA, with its name and key.
    let own = real.identity(&["www.example.com"]);
    let mut issuer = server_parameters(&["www.example.com"]);
    issuer.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = rcgen::Issuer::new(issuer, KeyPair::from_pem(&own.key).expect("a key"));
    let key = KeyPair::generate().expect("a key");
    let forged = server_parameters(&[HOST]).signed_by(&key, &issuer).expect("a certificate");
    let shown = Identity { chain: forged.pem() + &own.chain, key: key.serialize_pem() };
    ends("certificate that another server has issued", &real.pem(), &shown);
}

#[test]
fn fault_241_handshakes_that_the_server_ends() {
    let (real, place) = (ca(), Place::new());
    let mut trusted = RootCertStore::empty();
    trusted.add(CertificateDer::from(real.der())).expect("a CA");
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(trusted), provider.clone()).build();
    let config = ServerConfig::builder_with_provider(provider)
        // In TLS 1.3 the client would learn it when it reads the reply.
        .with_protocol_versions(&[&rustls::version::TLS12])
        .expect("a version")
        .with_client_cert_verifier(verifier.expect("a verifier"));
    let demanding = secure_by(tls::with_identity(config, &real.identity(&[HOST])), None);
    Situation::named("server that wants a client certificate", "https", demanding.address())
        .with(&["--ca-file", &place.file("ca.pem", real.pem())])
        .ends(3, "tls");
    // An internal error.
    let failing = RawServer::serving(|stream, _| {
        let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 80]);
        let _ = std::io::copy(stream, &mut std::io::sink());
    });
    Situation::named("TLS handshake that fails at the server", "https", failing.address()).ends(2, "tls");
}

#[test]
fn fault_242_replies_that_say_nothing() {
    Situation::new("text instead of JSON", server(reply(200, "It works.")).url()).ends(2, "reply");
    let latin = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\"caf\xe9\"".to_vec();
    Situation::new("JSON in another encoding than UTF-8", server(latin).url()).ends(2, "reply");
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Field: value\r\n".repeat(200));
    Situation::new("reply with too many header fields", server(many).url()).ends(3, "reply");
}

/// Causes that no network brings about here, and those that need more than a server of ours.
const ELSEWHERE: &[&str] = &[
    // The program's own use of the library, and what this computer lacks.
    "account-file-unreadable",
    "account-file-without-token",
    "ca-invalid",
    "cancelled",
    "internal",
    "invalid-ca",
    "invalid-choice",
    "invalid-extra",
    "invalid-proxy",
    "invalid-timeout",
    "invalid-url",
    "invalid-user-agent",
    "no-descriptors",
    "no-resolver-thread",
    "no-trust-store",
    "null-argument",
    "out-of-memory",
    "resolver-busy",
    "token-empty",
    "token-file-unreadable",
    "token-too-long",
    // Windows alone looks for revoked certificates: tests/windows.rs.
    "certificate-revoked",
];

fn document(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).expect("a document")
}

#[test]
fn every_situation_of_the_document_is_made() {
    let tests = fs::read_dir(root().join("cli/tests")).expect("the tests");
    let paths = tests.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    let sources: String = paths.map(|path| fs::read_to_string(path).expect("a test")).collect();
    let document = document("diagnosis.md");
    let (_, table) = document.split_once("| situation |").expect("the table");
    // Those of Windows' scripts, in the table behind it, are made by programs in C.
    let rows = table.lines().skip(2).take_while(|line| !line.is_empty());
    let situations: Vec<_> = rows.filter_map(|row| row.strip_prefix("| ")?.split(" | ").next()).collect();
    assert!(situations.len() > 100, "{situations:?}");
    for situation in situations {
        assert!(sources.contains(&format!("\"{situation}\"")), "no test makes {situation:?}");
    }
}

#[test]
fn every_cause_of_a_network_has_a_situation() {
    let (situations, causes) = (document("diagnosis.md"), document("status-codes.md"));
    let told: BTreeSet<&str> = situations.lines().filter_map(|row| row.split('`').nth(3)).collect();
    assert!(told.len() > 40, "{told:?}");
    let known = causes.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    let known: Vec<_> = known.filter(|word| !word.starts_with("QLS_")).collect();
    assert!(known.len() > 60, "{known:?}");
    for cause in known {
        assert_ne!(told.contains(cause), ELSEWHERE.contains(&cause), "{cause}");
    }
}
