//! Rows 32-42 of the fault matrix: certificates that prove nothing. Each server here would allow every component, so
//! a client that trusts it by mistake shows at once.

mod tls_faults;

use std::sync::OnceLock;
use std::time::SystemTime;

use qls_precheck_core::{Cause, Status};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, KeyPair, NameConstraints, SanType, date_time_ymd,
};
use support::pki::{Ca, Identity, ca_parameters, self_signed, server_parameters};
use tls_faults::openssl::{OpenSsl, Weak, weak};
use tls_faults::{ask, client, server, untrusted};

/// The certificate of a CA with the parameters `ca`, as PEM, and a server's that it has issued with those of `leaf`.
fn issued_by(ca: CertificateParams, leaf: &CertificateParams) -> (String, Identity) {
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().expect("a key")).expect("a CA");
    let key = KeyPair::generate().expect("a key");
    let certificate = leaf.signed_by(&key, &ca).expect("a certificate");
    (ca.pem(), Identity { chain: certificate.pem(), key: key.serialize_pem() })
}

/// Certificates with keys that are long enough; made once, since making them takes seconds.
fn strong() -> &'static Weak {
    static STRONG: OnceLock<Weak> = OnceLock::new();
    STRONG.get_or_init(|| weak(2048, 2048))
}

/// Today's date as messages write it.
fn today() -> String {
    let now = httpdate::fmt_http_date(SystemTime::now());
    now.chars().take("Mon, 23 Nov 2026".len()).collect()
}

#[test]
fn fault_032_a_proper_certificate_is_believed() {
    let ca = Ca::new("A test CA");
    for host in ["localhost", "127.0.0.1"] {
        let server = server(&ca.identity(&[host]));
        ask(client(&server, host, &ca.pem())).allowed();
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn fault_032_expired_certificate() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    (parameters.not_before, parameters.not_after) = (date_time_ymd(2019, 3, 1), date_time_ymd(2020, 3, 1));
    let server = server(&ca.identity_with(parameters));
    let before = today();
    let asked = untrusted(&server, "localhost", &ca, Cause::CertificateExpired);
    asked.tells(&["Sun, 01 Mar 2020"]);
    assert!(asked.message().contains(&before) || asked.message().contains(&today()), "{}", asked.message());
}

#[test]
fn fault_032_expired_intermediate() {
    let root = ca_parameters("A test CA");
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate().expect("a key")).expect("a CA");
    let mut middle = ca_parameters("An old intermediate");
    (middle.not_before, middle.not_after) = (date_time_ymd(2019, 3, 1), date_time_ymd(2020, 3, 1));
    let middle = CertifiedIssuer::signed_by(middle, KeyPair::generate().expect("a key"), &root).expect("a CA");
    let key = KeyPair::generate().expect("a key");
    let leaf = server_parameters(&["localhost"]).signed_by(&key, &middle).expect("a certificate");
    let server = server(&Identity { chain: leaf.pem() + &middle.pem(), key: key.serialize_pem() });
    let asked = ask(client(&server, "localhost", &root.pem()));
    asked.failed(Status::TlsUntrusted, Cause::CertificateExpired).tells(&["01 Mar 2020"]);
}

#[test]
fn fault_033_certificate_not_yet_valid() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    (parameters.not_before, parameters.not_after) = (date_time_ymd(4000, 1, 1), date_time_ymd(4001, 1, 1));
    let server = server(&ca.identity_with(parameters));
    let before = today();
    let asked = untrusted(&server, "localhost", &ca, Cause::CertificateNotYetValid);
    asked.tells(&["01 Jan 4000", "clock"]);
    assert!(asked.message().contains(&before) || asked.message().contains(&today()), "{}", asked.message());
}

/// Whoever has a certificate issued can write much into it. What is wrong, and the advice, stay in the message.
#[test]
fn fault_223_long_texts_in_certificates_leave_the_advice() {
    let ca = Ca::new("The CA");
    let names: Vec<String> = (0..300).map(|number| format!("host-{number}.example.com")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let asked = untrusted(&server(&ca.identity(&names)), "localhost", &ca, Cause::CertificateWrongHost);
    asked.tells(&["made out to host-0.example.com, host-1.example.com,", "..., not to localhost"]);

    let long = "A company with a long name ".repeat(200);
    let other = Ca::new(&long);
    let below = other.intermediate(&format!("Below {long}"));
    let mut identity = below.identity(&["localhost"]);
    identity.chain.push_str(&below.pem());
    let asked = untrusted(&server(&identity), "localhost", &ca, Cause::CertificateUnknownIssuer);
    asked.tells(&["issued by Below A company", ", in turn by A company", "give its certificate as a CA"]);
    assert!(asked.message().len() < 1000, "{}", asked.message());
    // What looks like a token in it is none of the caller's, and is not shown either.
    let other = Ca::new(&format!("{}\u{202e}\u{7}", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"));
    let identity = other.identity(&["localhost"]);
    untrusted(&server(&identity), "localhost", &ca, Cause::CertificateUnknownIssuer)
        .tells(&["[token]\\u{202e}\\u{7}", "give its certificate as a CA"]);
}

#[test]
fn fault_034_wrong_host() {
    let ca = Ca::new("A test CA");
    let cases: [(&[&str], &str); 5] = [
        (&["licenses.example.com"], "localhost"),
        (&["127.0.0.1"], "localhost"),
        (&["localhost"], "127.0.0.1"),
        (&["127.0.0.2"], "127.0.0.1"),
        (&["*.localhost"], "localhost"),
    ];
    for (names, host) in cases {
        let server = server(&ca.identity(names));
        untrusted(&server, host, &ca, Cause::CertificateWrongHost).tells(names);
    }
}

#[test]
fn fault_034_what_a_certificate_says_does_not_deceive_or_flood() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&[]);
    let name = |text: String| SanType::DnsName(text.try_into().expect("ASCII"));
    parameters.subject_alt_names = vec![name("evil\r\n\x1b[2Jfake log line".into())];
    parameters.subject_alt_names.extend((0..500).map(|n| name(format!("host-{n}.example.com"))));
    let server = server(&ca.identity_with(parameters));
    untrusted(&server, "localhost", &ca, Cause::CertificateWrongHost).does_not_tell(&["\u{1b}", "\n"]);
}

#[test]
fn fault_035_no_subject_alternative_name() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&[]);
    // The common name is where a certificate named its host in former times.
    parameters.distinguished_name.push(DnType::CommonName, "localhost");
    let server = server(&ca.identity_with(parameters));
    untrusted(&server, "localhost", &ca, Cause::CertificateWithoutHost).tells(&["subject alternative name"]);
}

#[test]
fn fault_036_unknown_issuer_is_named() {
    let (ours, theirs) = (Ca::new("Our CA"), Ca::new("Somebody else's CA"));
    let server = server(&theirs.identity(&["localhost"]));
    let asked = untrusted(&server, "localhost", &ours, Cause::CertificateUnknownIssuer);
    asked.tells(&["Somebody else's CA"]).does_not_tell(&["Our CA"]);
}

#[test]
fn fault_036_a_ca_that_only_has_the_name_of_ours() {
    let (ours, theirs) = (Ca::new("The same name"), Ca::new("The same name"));
    let server = server(&theirs.identity(&["localhost"]));
    untrusted(&server, "localhost", &ours, Cause::CertificateBadSignature)
        .tells(&["does not fit the key of The same name"]);
}

#[test]
fn fault_036_a_servers_certificate_issues_nothing() {
    let ca = Ca::new("A test CA");
    let real = ca.identity_with(server_parameters(&["owned.example.com"]));
    // The holder of a server's certificate poses as a CA, with the name and the key of that certificate.
    let mut issuer = server_parameters(&["owned.example.com"]);
    issuer.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::from_pem(&real.key).expect("a key");
    let issuer = rcgen::Issuer::new(issuer, key);
    let key = KeyPair::generate().expect("a key");
    let forged = server_parameters(&["localhost"]).signed_by(&key, &issuer).expect("a certificate");
    let server = server(&Identity { chain: forged.pem() + &real.chain, key: key.serialize_pem() });
    untrusted(&server, "localhost", &ca, Cause::CertificateInvalid);
}

#[test]
fn fault_037_self_signed() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    parameters.distinguished_name.push(DnType::CommonName, "A lonely server");
    let identity = self_signed(&parameters);
    let server = server(&identity);
    untrusted(&server, "localhost", &ca, Cause::CertificateSelfSigned).tells(&["A lonely server", "self-signed"]);
    // What the message advises.
    ask(client(&server, "localhost", &identity.chain)).allowed();
}

/// What `openssl req -x509` makes.
#[test]
fn fault_037_self_signed_and_marked_as_a_ca() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let identity = self_signed(&parameters);
    let server = server(&identity);
    let asked = untrusted(&server, "localhost", &ca, Cause::CertificateSelfSigned);
    asked.tells(&["self-signed", "give that certificate as a CA"]);
    // What the message advises.
    ask(client(&server, "localhost", &identity.chain)).allowed();
}

#[test]
fn fault_037_a_cas_own_certificate_is_no_servers() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    parameters.distinguished_name.push(DnType::CommonName, "A CA below");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let server = server(&ca.identity_with(parameters));
    // Its issuer is known, and it has not signed itself.
    let asked = untrusted(&server, "localhost", &ca, Cause::CertificateWrongPurpose);
    asked.does_not_tell(&["not known here", "self-signed"]);
}

#[test]
fn fault_038_made_for_clients_only() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let server = server(&ca.identity_with(parameters));
    untrusted(&server, "localhost", &ca, Cause::CertificateWrongPurpose).tells(&["server"]);
}

#[test]
fn fault_039_incomplete_chain() {
    let ca = Ca::new("A test CA");
    let intermediate = ca.intermediate("The intermediate");
    let mut identity = intermediate.identity(&["localhost"]);
    let alone = server(&identity);
    let asked = untrusted(&alone, "localhost", &ca, Cause::CertificateUnknownIssuer);
    asked.tells(&["The intermediate", "intermediate certificates"]);
    identity.chain.push_str(&intermediate.pem());
    let complete = server(&identity);
    ask(client(&complete, "localhost", &ca.pem())).allowed();
}

#[test]
fn fault_039_the_message_names_the_top_of_an_unknown_chain() {
    let (ours, theirs) = (Ca::new("Our CA"), Ca::new("Their root"));
    let intermediate = theirs.intermediate("Their intermediate");
    let mut identity = intermediate.identity(&["localhost"]);
    identity.chain.push_str(&intermediate.pem());
    let server = server(&identity);
    let asked = untrusted(&server, "localhost", &ours, Cause::CertificateUnknownIssuer);
    asked.tells(&["Their intermediate", "Their root"]);
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_040_rsa_1024_and_sha1() {
    let strong = strong();
    ask(client(&server(&strong.sha256), "localhost", &strong.ca)).allowed();
    let sha1 = server(&strong.sha1);
    let asked = ask(client(&sha1, "localhost", &strong.ca));
    asked.failed(Status::TlsUntrusted, Cause::CertificateBadSignature).tells(&["SHA-1"]);
    assert!(sha1.requests().is_empty());

    let weak_ca = weak(1024, 2048);
    let server = server(&weak_ca.sha256);
    let asked = ask(client(&server, "localhost", &weak_ca.ca));
    asked.failed(Status::TlsUntrusted, Cause::CertificateBadSignature).tells(&["2048 bits"]);
    assert!(server.requests().is_empty());
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_040_rsa_1024_key_of_the_server() {
    let (weak, strong) = (weak(2048, 1024), strong());
    for version in ["1.2", "1.3"] {
        let most = format!("most={version}");
        let server = OpenSsl::new(&weak.sha256, &[&most]);
        let asked = ask(server.client(&weak.ca));
        asked.failed(Status::TlsUntrusted, Cause::CertificateBadSignature).tells(&["2048 bits"]);
        let server = OpenSsl::new(&strong.sha256, &[&most]);
        ask(server.client(&strong.ca)).allowed();
    }
}

#[test]
fn fault_041_name_constraints() {
    let dns = |name: &str| vec![GeneralSubtree::DnsName(name.into())];
    let leaf = server_parameters(&["localhost"]);
    let cases = [
        (NameConstraints { permitted_subtrees: dns("example.com"), excluded_subtrees: Vec::new() }, false),
        (NameConstraints { permitted_subtrees: Vec::new(), excluded_subtrees: dns("localhost") }, false),
        (NameConstraints { permitted_subtrees: dns("localhost"), excluded_subtrees: dns("example.com") }, true),
    ];
    for (constraints, allows) in cases {
        let mut ca = ca_parameters("A CA for some");
        ca.name_constraints = Some(constraints);
        let (ca, identity) = issued_by(ca, &leaf);
        let server = server(&identity);
        let asked = ask(client(&server, "localhost", &ca));
        if allows {
            asked.allowed();
        } else {
            asked.failed(Status::TlsUntrusted, Cause::CertificateNameConstraints).tells(&["localhost"]);
            assert!(server.requests().is_empty());
        }
    }
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_041_an_extension_that_nobody_understands() {
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 55555, 1], vec![5, 0]);
    extension.set_criticality(true);
    parameters.custom_extensions = vec![extension];
    // rustls does not even serve it.
    let server = OpenSsl::new(&ca.identity_with(parameters), &[]);
    let asked = ask(server.client(&ca.pem()));
    asked.failed(Status::TlsUntrusted, Cause::CertificateUnsupported).tells(&["1.3.6.1.4.1.55555.1"]);
}

/// As documented, only Windows and macOS look for revocation lists. On Linux nobody is asked for one, so nobody learns
/// of the connection that way.
#[cfg(target_os = "linux")]
#[test]
fn fault_042_revocation_is_not_looked_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    listener.set_nonblocking(true).expect("a non-blocking listener");
    let list = format!("http://{}/revoked.crl", listener.local_addr().expect("an address"));
    let ca = Ca::new("A test CA");
    let mut parameters = server_parameters(&["localhost"]);
    parameters.crl_distribution_points = vec![rcgen::CrlDistributionPoint { uris: vec![list] }];
    let server = server(&ca.identity_with(parameters));
    ask(client(&server, "localhost", &ca.pem())).allowed();
    assert!(listener.accept().is_err(), "somebody asked for the revocation list");
}
