//! Row 147 of the fault matrix: whom OpenSSL does not believe, nobody here believes. Chains with faults are judged by a
//! client of ours and by `openssl verify -partial_chain`, with what a TLS client of OpenSSL's asks for besides.
#![cfg(target_os = "linux")]

mod chains;
mod tls_faults;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use chains::{Chance, FAULTS, Made, Plan, WRITINGS};
use qls_precheck_core::{Status, Trust};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use tls_faults::{ask, client, server_with, with_environment};

/// Chains that are compared.
const CASES: usize = 800;

/// What OpenSSL believes and we do not, when this is odd about a chain; and why. Nothing else may differ.
const STRICTER: &[(&str, &str)] = &[
    ("the server's is a CA's", "webpki takes no CA's certificate for a server's"),
    ("the server's common name is its host", "only subject alternative names count, as in browsers"),
    ("a CA's has critical policies", "webpki understands them in no certificate that is sent along"),
    ("a CA may name an organization", "webpki does not compare directory names"),
    ("one names its issuer in another encoding", "webpki compares names byte for byte"),
    ("with the first one indented", "OpenSSL does not see it; in what is given it is refused by its number"),
    ("with a hyphen missing", "OpenSSL does not see it; in what is given it is refused by its number"),
    ("with a request", "OpenSSL passes it by; in what is given it is refused by its number"),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Store {
    /// Given to the client.
    Given,
    /// The system's bundle.
    Bundle,
    /// The system's hashed folder.
    Folder,
}

/// A server that shows these certificates, whatever they are.
fn config(made: &Made) -> Arc<ServerConfig> {
    let provider = Arc::new(ring::default_provider());
    let shown = [&made.leaf].into_iter().chain(&made.sent);
    let shown = shown.map(|pem| CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate")).collect();
    let key = PrivateKeyDer::from_pem_slice(made.key.as_bytes()).expect("a key");
    let key = ring::sign::any_supported_type(&key).expect("a key for signing");
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::new(shown, key))));
    Arc::new(config)
}

/// Writes what is trusted to where `store` has it.
fn lay_out(made: &Made, store: Store, writing: usize, bundle: &Path, certs: &Path) {
    let (name, write) = WRITINGS[writing];
    let _ = std::fs::remove_file(bundle);
    let _ = std::fs::remove_dir_all(certs);
    std::fs::create_dir(certs).expect("a folder");
    if store != Store::Folder {
        std::fs::write(bundle, write(&made.trusted)).expect("a file");
        return;
    }
    for (number, pem) in made.trusted.iter().enumerate() {
        std::fs::write(certs.join(format!("company-{number}.pem")), pem).expect("a file");
    }
    if !name.ends_with("without hashes") {
        support::run(Command::new("openssl").arg("rehash").arg(certs));
    }
}

fn openssl_believes(made: &Made, store: Store, bundle: &Path, certs: &Path, folder: &Path) -> bool {
    let [leaf, sent] = ["leaf.pem", "sent.pem"].map(|name| folder.join(name));
    std::fs::write(&leaf, &made.leaf).expect("a file");
    std::fs::write(&sent, made.sent.concat()).expect("a file");
    let mut command = Command::new("openssl");
    command.args(["verify", "-partial_chain", "-purpose", "sslserver", "-verify_hostname", "localhost"]);
    command.args(["-no-CAfile", "-no-CApath", "-no-CAstore"]);
    match store {
        Store::Folder => command.arg("-CApath").arg(certs),
        Store::Given | Store::Bundle => command.arg("-CAfile").arg(bundle),
    };
    if !made.sent.is_empty() {
        command.arg("-untrusted").arg(&sent);
    }
    command.arg(&leaf).output().expect("openssl runs").status.success()
}

/// Whether a client of ours believes it; and what it said.
fn we_believe(made: &Made, store: Store, bundle: &Path) -> (bool, String) {
    let server = server_with(config(made));
    let mut client = client(&server, "localhost", "none");
    client.set_ca_pem(None).expect("none");
    match store {
        Store::Given => client.set_ca_file(Some(bundle.to_str().expect("a path"))).expect("a path"),
        Store::Bundle | Store::Folder => client.set_trust(Trust::System),
    }
    let asked = ask(client);
    let believed = match asked.outcome.status() {
        Status::Ok => true,
        Status::TlsUntrusted | Status::Configuration => false,
        _ => panic!("{}", asked.message()),
    };
    assert_eq!(server.requests().len(), usize::from(believed), "{}", asked.message());
    // No identifier of Rust's: words as people write them.
    let rust = ["DnsName", "BadDer", "UnsupportedC", "EndEntity", "Violat", "Input", "Context", "InvalidC", "Some("];
    asked.does_not_tell(&rust);
    (believed, asked.message().to_owned())
}

#[test]
#[ignore = "needs openssl"]
fn fault_147_nobody_is_believed_whom_openssl_does_not_believe() {
    let folder = tempfile::tempdir().expect("a folder");
    let [bundle, certs] = ["bundle.pem", "certs"].map(|name| folder.path().join(name));
    let text = |path: &Path| path.to_str().expect("a path").to_owned();
    let variables = [("SSL_CERT_FILE", &*text(&bundle)), ("SSL_CERT_DIR", &*text(&certs))];
    let test = "fault_147_nobody_is_believed_whom_openssl_does_not_believe";
    with_environment(test, &variables, || {
        let bundle = std::env::var("SSL_CERT_FILE").expect("our bundle");
        compare(Path::new(&bundle).parent().expect("our folder"));
    });
}

/// A chain with what is odd about it, how it is written, and where it is trusted.
struct Case {
    made: Made,
    odd: Vec<&'static str>,
    writing: usize,
    store: Store,
}

/// What became of it.
struct Judged {
    theirs: bool,
    ours: bool,
    /// OpenSSL believes the server for one of the trusted certificates alone.
    for_one_alone: bool,
    message: String,
}

impl Case {
    fn new(cas: usize, faults: &[usize], writing: usize, store: Option<Store>, chance: &mut Chance) -> Self {
        let mut plan = Plan::new(cas);
        let mut odd = Vec::new();
        for &number in faults {
            let (name, apply) = FAULTS[number];
            apply(&mut plan, chance);
            odd.push(name);
        }
        let written = WRITINGS[writing].0;
        odd.push(written);
        let store = match written.starts_with("in a folder") {
            true => Store::Folder,
            false => store.unwrap_or_else(|| [Store::Given, Store::Bundle][chance.below(2)]),
        };
        Self { made: plan.make(), odd, writing, store }
    }

    fn judge(&self, folder: &Path) -> Judged {
        let &Self { ref made, writing, store, .. } = self;
        let [bundle, certs] = ["bundle.pem", "certs"].map(|name| folder.join(name));
        let believed = |trusted: &[String], sent: &[String]| {
            let asked = Made { trusted: trusted.to_vec(), sent: sent.to_vec(), ..made.clone() };
            lay_out(&asked, store, writing, &bundle, &certs);
            openssl_believes(&asked, store, &bundle, &certs, folder)
        };
        let mut theirs = believed(&made.trusted, &made.sent);
        let (ours, message) = we_believe(made, store, &bundle);
        let for_one_alone = ours && !theirs;
        if for_one_alone {
            // OpenSSL tries one way only. Of two CAs of one name it takes the first, and it minds what is wrong with an
            // issuer of a certificate that is trusted itself. Whom it believes for one trusted certificate alone, it has
            // no reason not to believe for that and others.
            let alone = |trusted: &String| believed(std::slice::from_ref(trusted), &made.sent);
            theirs = made.trusted.iter().any(alone)
                || made.trusted.contains(&made.leaf) && believed(std::slice::from_ref(&made.leaf), &[]);
        }
        Judged { theirs, ours, for_one_alone, message }
    }
}

/// Each listed difference, with a chain that is made for it: the root is trusted, one CA is sent along, and what is odd is
/// odd about that CA or the server's certificate. Of two trusted ones the first is not needed.
fn differences(folder: &Path) {
    let fault = |wanted: &str| FAULTS.iter().position(|(name, _)| *name == wanted);
    for &(wanted, why) in STRICTER {
        let another = fault("another CA is trusted too").expect("a fault");
        let faults = [another, fault(wanted).unwrap_or(another)];
        let writing = WRITINGS.iter().position(|(name, _)| *name == wanted).unwrap_or(0);
        let case = Case::new(2, &faults, writing, Some(Store::Given), &mut Chance::Last);
        assert!(case.odd.contains(&wanted), "{wanted}: nothing does that");
        let judged = case.judge(folder);
        assert_eq!((judged.theirs, judged.ours), (true, false), "{wanted} ({why}): {}", judged.message);
    }
}

fn compare(folder: &Path) {
    differences(folder);
    let mut chance = Chance::Random(std::env::var("QLS_TEST_SEED").map_or(11, |seed| seed.parse().expect("a number")));
    let mut counts = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut for_one_alone = 0;
    for number in 0..CASES {
        let cas = 1 + chance.below(4);
        // Each fault at least once by itself, and then two of them.
        let second = if number < 2 * FAULTS.len() { 0 } else { chance.below(FAULTS.len()) };
        let writing = if chance.below(3) == 0 { 0 } else { chance.below(WRITINGS.len()) };
        let case = Case::new(cas, &[number % FAULTS.len(), second], writing, None, &mut chance);
        let judged = case.judge(folder);
        for_one_alone += usize::from(judged.for_one_alone);
        let Judged { theirs, ours, message, .. } = judged;
        *counts.entry((theirs, ours)).or_insert(0) += 1;
        let is_listed = theirs && STRICTER.iter().any(|(fault, _)| case.odd.contains(fault));
        if theirs != ours && !is_listed {
            wrong.push(format!("OpenSSL {theirs}, we {ours}: {:?}, {:?}: {message}", case.odd, case.store));
        }
    }
    assert!(wrong.is_empty(), "{} of {CASES}: {wrong:#?}", wrong.len());
    println!("(OpenSSL believes, we believe): {counts:?}, {for_one_alone} of them only for one certificate alone");
    let least = CASES / 6;
    assert!(counts[&(true, true)] > least && counts[&(false, false)] > least, "too much alike: {counts:?}");
}
