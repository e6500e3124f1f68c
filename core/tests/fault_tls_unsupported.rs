//! Rows 141-143, 145, 146 and 148 of the fault matrix: what this library cannot do is said, and not that somebody else
//! has done wrong.

mod tls_faults;

use std::process::Command;
use std::sync::{Arc, Barrier};

use qls_precheck_core::{Cause, Status};
use rcgen::{
    CertifiedIssuer, CustomExtension, DistinguishedName, DnType, GeneralSubtree, KeyPair, NameConstraints, SanType,
};
use support::pki::{Ca, Identity, ca_parameters, server_parameters};
use support::{RawServer, tls};
use tls_faults::openssl::OpenSsl;
use tls_faults::{ask, client, server, untrusted};

/// A CA with a key of its own, and what it has issued for localhost, by commands of OpenSSL's.
struct Issued {
    ca: String,
    identity: Identity,
}

/// Both keys are made by these commands, which print them.
fn issued(ca_key: &str, leaf_key: &str, digest: &str) -> Issued {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |command: &str| {
        support::run(Command::new("sh").args(["-c", command]).current_dir(folder.path()));
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    run(&format!("{ca_key} > ca.key && {leaf_key} | openssl pkcs8 -topk8 -nocrypt -out leaf.key"));
    run("openssl req -x509 -new -key ca.key -subj '/CN=A CA with a key' -out ca.pem");
    run("openssl req -new -key leaf.key -subj '/CN=a server' -out leaf.csr");
    run("printf 'subjectAltName=DNS:localhost\n' > leaf.ext");
    run(&format!(
        "openssl x509 -req {digest} -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile leaf.ext -out leaf.pem"
    ));
    Issued { ca: read("ca.pem"), identity: Identity { chain: read("leaf.pem"), key: read("leaf.key") } }
}

const P256: &str = "openssl ecparam -name prime256v1 -genkey -noout";

#[test]
#[ignore = "needs openssl"]
fn fault_141_algorithms_of_a_ca() {
    for (ca_key, digest, cause, words) in [
        ("openssl ecparam -name secp521r1 -genkey -noout", "-sha256", Cause::CertificateUnsupported, "P-521"),
        ("openssl ecparam -name secp521r1 -genkey -noout", "-sha512", Cause::CertificateUnsupported, "SHA-512"),
        ("openssl ecparam -name brainpoolP256r1 -genkey -noout", "-sha256", Cause::CertificateUnsupported, "brainpool"),
        ("openssl ecparam -name secp256k1 -genkey -noout", "-sha256", Cause::CertificateUnsupported, "secp256k1"),
        ("openssl genpkey -algorithm ed448", "", Cause::CertificateUnsupported, "Ed448"),
        (P256, "-sha512", Cause::CertificateUnsupported, "ECDSA with SHA-512"),
        (P256, "-sha1", Cause::CertificateBadSignature, "SHA-1, which is too weak"),
        ("openssl genrsa 1024", "-sha256", Cause::CertificateBadSignature, "1024 bits, which is too weak"),
    ] {
        let issued = issued(ca_key, P256, digest);
        let asked = ask(client(&server(&issued.identity), "localhost", &issued.ca));
        asked.failed(Status::TlsUntrusted, cause).tells(&[words]);
        if cause == Cause::CertificateUnsupported {
            asked.tells(&["not supported here", "P-256, P-384 and Ed25519"]).does_not_tell(&["weak"]);
        }
    }
    for (ca_key, digest) in [
        ("openssl genpkey -algorithm ed25519", ""),
        ("openssl ecparam -name secp384r1 -genkey -noout", "-sha384"),
        ("openssl genrsa 2048", "-sha512"),
        (P256, "-sha256"),
    ] {
        let issued = issued(ca_key, P256, digest);
        ask(client(&server(&issued.identity), "localhost", &issued.ca)).allowed();
    }
}

/// We offer no signature that such a key can make, so the server ends the handshake.
#[test]
#[ignore = "needs openssl"]
fn fault_141_algorithms_of_a_server() {
    for key in ["secp521r1", "brainpoolP256r1"] {
        let issued = issued(P256, &format!("openssl ecparam -name {key} -genkey -noout"), "-sha256");
        for most in ["most=1.2", "most=1.3"] {
            let server = OpenSsl::new(&issued.identity, &[most]);
            let asked = ask(server.client(&issued.ca));
            assert_ne!(asked.outcome.status(), Status::Ok, "{key}: {}", asked.message());
            asked.tells(&["P-256", "supported"]).does_not_tell(&["does not speak TLS", "weak"]);
        }
    }
}

/// The certificate of a CA with this limit of names, and a server that it has issued for.
fn limited(permitted: Vec<GeneralSubtree>, excluded: Vec<GeneralSubtree>) -> (String, RawServer) {
    let mut ca = ca_parameters("A limited CA");
    ca.name_constraints = Some(NameConstraints { permitted_subtrees: permitted, excluded_subtrees: excluded });
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().expect("a key")).expect("a CA");
    let mut leaf = server_parameters(&["localhost"]);
    leaf.subject_alt_names.push(SanType::Rfc822Name("somebody@example.com".try_into().expect("ASCII")));
    let key = KeyPair::generate().expect("a key");
    let chain = leaf.signed_by(&key, &ca).expect("a certificate").pem();
    (ca.pem(), server(&Identity { chain, key: key.serialize_pem() }))
}

#[test]
fn fault_142_limits_that_cannot_be_judged() {
    let mut company = DistinguishedName::new();
    company.push(DnType::OrganizationName, "Example");
    let mail = GeneralSubtree::Rfc822Name("example.com".into());
    for (permitted, excluded) in [
        (vec![GeneralSubtree::DirectoryName(company.clone())], Vec::new()),
        (Vec::new(), vec![GeneralSubtree::DirectoryName(company)]),
        (vec![mail], Vec::new()),
    ] {
        let (ca, server) = limited(permitted, excluded);
        let asked = ask(client(&server, "localhost", &ca));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnsupported);
        asked.tells(&["A limited CA", "does not compare"]).does_not_tell(&["may not"]);
    }
    // One that can be judged is the CA's own word.
    let (ca, server) = limited(vec![GeneralSubtree::DnsName("example.com".into())], Vec::new());
    ask(client(&server, "localhost", &ca)).failed(Status::TlsUntrusted, Cause::CertificateNameConstraints);
}

/// CAs of inspecting proxies have such ones, marked as critical.
#[test]
fn fault_143_critical_policies() {
    let critical = |id: u64, content: &[u8]| {
        let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, id], content.to_vec());
        extension.set_criticality(true);
        extension
    };
    let any_policy: &[u8] = &[0x30, 0x08, 0x30, 0x06, 0x06, 0x04, 0x55, 0x1d, 0x20, 0x00];
    for (id, content, name) in [
        (32, any_policy, "certificate policies"),
        (36, &[0x30, 0x03, 0x80, 0x01, 0x00][..], "policy constraints"),
        (54, &[0x02, 0x01, 0x00][..], "inhibit anyPolicy"),
    ] {
        // In the trusted certificate itself it limits nothing that is done here.
        let mut root = ca_parameters("An inspecting root");
        root.custom_extensions.push(critical(id, content));
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().expect("a key")).expect("a CA");
        let mut below = ca_parameters("An inspecting CA");
        let key = KeyPair::generate().expect("a key");
        let leaf = server_parameters(&["localhost"]).signed_by(&key, &root).expect("a certificate").pem();
        let identity = Identity { chain: leaf, key: key.serialize_pem() };
        ask(client(&server(&identity), "localhost", &root.pem())).allowed();
        // In one that is sent along it cannot be judged.
        below.custom_extensions.push(critical(id, content));
        let below = CertifiedIssuer::signed_by(below, KeyPair::generate().expect("a key"), &root).expect("a CA");
        let leaf = server_parameters(&["localhost"]).signed_by(&key, &below).expect("a certificate").pem();
        let identity = Identity { chain: leaf + &below.pem(), key: key.serialize_pem() };
        let server = server(&identity);
        let asked = ask(client(&server, "localhost", &root.pem()));
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnsupported).tells(&["An inspecting CA", name]);
        // What helps: to trust it itself.
        ask(client(&server, "localhost", &below.pem())).allowed();
    }
}

#[test]
fn fault_145_more_than_64_kib_of_certificates() {
    let ca = Ca::new("A test CA");
    let mut identity = ca.identity(&["localhost"]);
    let other = Ca::new("Another CA").pem();
    let believed = identity.chain.clone();
    identity.chain.push_str(&other.repeat(70_000 / Ca::new("Another CA").der().len() + 1));
    let server = RawServer::serving({
        let config = tls::server_config(&identity);
        move |stream, requests| tls_faults::answer(&config, stream, requests)
    });
    let asked = ask(client(&server, "localhost", &ca.pem()));
    asked.failed(Status::TlsUntrusted, Cause::CertificateUnsupported).tells(&["64 KiB", "send fewer"]);
    asked.does_not_tell(&["does not speak TLS"]);
    identity.chain = believed + &other.repeat(20);
    ask(client(&tls_faults::server(&identity), "localhost", &ca.pem())).allowed();
}

/// Of two handshakes at the same time, only one is asked for a client certificate. The other one's server refuses
/// everybody with the alert that stands for a missing certificate, too.
#[test]
fn fault_146_a_client_certificate_is_wanted_in_one_handshake() {
    let ca = Ca::new("A test CA");
    let identity = ca.identity(&["localhost"]);
    let wanting = OneWanting::new(&identity, &ca);
    let both = Arc::new(Barrier::new(2));
    let client = Arc::new(client(&wanting.0, "localhost", &ca.pem()));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (client, both) = (client.clone(), both.clone());
            std::thread::spawn(move || {
                both.wait();
                client.check(Some(tls_faults::TOKEN), tls_faults::CONSUMERS).cause()
            })
        })
        .collect();
    let mut causes: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("a thread")).collect();
    causes.sort_by_key(|cause| cause.map(Cause::as_str));
    assert_eq!(causes, [Some(Cause::ClientCertificateRequired), Some(Cause::TlsVersion)]);
}

/// A server of which the first connection wants a client certificate, and the second one wants nothing and refuses: after
/// the first one's request for a certificate has arrived.
struct OneWanting(RawServer);

impl OneWanting {
    fn new(identity: &Identity, ca: &Ca) -> Self {
        use rustls::server::WebPkiClientVerifier;
        use rustls::{RootCertStore, ServerConfig, version};
        use std::io::{Read, Write};
        use std::sync::atomic::{AtomicUsize, Ordering};

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(ca.der().into()).expect("a CA");
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS12])
            .expect("a version")
            .with_client_cert_verifier(verifier.build().expect("a verifier"));
        let config = tls::with_identity(config, identity);
        let (count, met) = (AtomicUsize::new(0), Barrier::new(2));
        Self(RawServer::serving(move |stream, requests| {
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                // The second connection's hello comes before the first one's request for a certificate, and its end
                // after that.
                met.wait();
                tls_faults::answer(&config, stream, requests);
                met.wait();
            } else {
                let _ = stream.read(&mut [0; 16 * 1024]);
                met.wait();
                met.wait();
                // A fatal handshake_failure.
                let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 40]);
            }
        }))
    }
}

#[test]
fn fault_148_names_as_people_write_them() {
    let ca = Ca::new("A test CA");
    let server = server(&ca.identity(&["licenses.example.com", "*.example.org", "192.0.2.1", "2001:db8::1"]));
    let asked = untrusted(&server, "localhost", &ca, Cause::CertificateWrongHost);
    asked.tells(&["made out to licenses.example.com, *.example.org, 192.0.2.1, 2001:db8::1, not to localhost"]);
    asked.does_not_tell(&["DnsName", "IpAddress", "\""]);
}
