//! Rows 137-140, 144 and 225 of the fault matrix: which of the certificates that are trusted vouch for whom.

mod tls_faults;

use qls_precheck_core::{Cause, Status};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use support::RawServer;
use support::pki::{Ca, Identity, ca_parameters, self_signed, server_parameters};
use tls_faults::{Asked, ask, client, server};

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

/// A server's certificate for localhost, issued with the name and the key of another one.
fn issued_by(parameters: &CertificateParams, issuer: &Identity) -> Identity {
    let issuer = Issuer::from_params(parameters, KeyPair::from_pem(&issuer.key).expect("a key"));
    let key = key();
    let chain = server_parameters(&["localhost"]).signed_by(&key, &issuer).expect("a certificate").pem();
    Identity { chain, key: key.serialize_pem() }
}

/// Asks a server that shows what this CA has issued, for a client that trusts the CA.
fn trusting(ca: CertificateParams) -> Asked {
    let own = self_signed(&ca);
    asking(&server(&issued_by(&ca, &own)), &own.chain)
}

fn asking(server: &RawServer, trusted: &str) -> Asked {
    let asked = ask(client(server, "localhost", trusted));
    let believed = asked.outcome.status() == Status::Ok;
    assert_eq!(server.requests().len(), usize::from(believed), "the token is for those who are believed");
    asked
}

#[test]
fn fault_137_what_is_no_ca_vouches_for_nobody_else() {
    let appliance = |is_ca| {
        let mut parameters = server_parameters(&["appliance.example.com"]);
        parameters.distinguished_name.push(DnType::CommonName, "An appliance");
        parameters.is_ca = is_ca;
        parameters
    };
    for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa] {
        let asked = trusting(appliance(is_ca));
        asked.failed(Status::TlsUntrusted, Cause::CertificateInvalid).tells(&["An appliance", "is no CA's"]);
    }
    // Marked as a CA's, but with a key that may not sign certificates.
    trusting(appliance(IsCa::Ca(BasicConstraints::Unconstrained)))
        .failed(Status::TlsUntrusted, Cause::CertificateInvalid);
    trusting(ca_parameters("A CA")).allowed();
    // As OpenSSL has it, either mark is enough where the other is missing.
    let mut unmarked = ca_parameters("A CA");
    unmarked.is_ca = IsCa::NoCa;
    trusting(unmarked).allowed();
    let mut any_use = ca_parameters("A CA");
    any_use.key_usages.clear();
    trusting(any_use).allowed();
    let mut nothing = ca_parameters("A CA");
    (nothing.is_ca, nothing.key_usages) = (IsCa::NoCa, Vec::new());
    trusting(nothing).failed(Status::TlsUntrusted, Cause::CertificateInvalid);
}

/// Roots of version 1 have no marks. OpenSSL makes them without any extension.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs openssl"]
fn fault_137_roots_of_version_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |command: &str| {
        support::run(std::process::Command::new("sh").args(["-c", command]).current_dir(folder.path()));
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    run("openssl ecparam -name prime256v1 -genkey -noout -out ca.key");
    run("openssl req -new -key ca.key -subj '/CN=An old root' -out ca.csr");
    run(
        "openssl x509 -req -in ca.csr -signkey ca.key -out ca.pem && openssl x509 -in ca.pem -text | grep -q 'Version: 1'",
    );
    run("openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out leaf.key");
    run("openssl req -new -key leaf.key -subj '/CN=a server' -out leaf.csr");
    run("printf 'subjectAltName=DNS:localhost\n' > leaf.ext");
    run("openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile leaf.ext -out leaf.pem");
    let identity = Identity { chain: read("leaf.pem"), key: read("leaf.key") };
    asking(&server(&identity), &read("ca.pem")).allowed();
    // Version 1 without a signature of its own is no root.
    run("openssl ecparam -name prime256v1 -genkey -noout -out up.key");
    run("openssl req -x509 -new -key up.key -subj '/CN=Above' -out up.pem");
    run("openssl x509 -req -in ca.csr -CA up.pem -CAkey up.key -CAcreateserial -out below.pem");
    asking(&server(&identity), &read("below.pem")).failed(Status::TlsUntrusted, Cause::CertificateInvalid);
}

/// Byte for byte, for its own host, within its dates.
#[test]
fn fault_138_a_given_certificate_that_the_server_shows() {
    for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        let mut parameters = server_parameters(&["localhost"]);
        parameters.is_ca = is_ca;
        let own = self_signed(&parameters);
        asking(&server(&own), &own.chain).allowed();
        // So it is among others, and where it has an issuer that is not known.
        let other = Ca::new("Another CA").pem();
        asking(&server(&own), &format!("{other}{}", own.chain)).allowed();
        let issued = Ca::new("Nobody's CA").identity_with(parameters.clone());
        asking(&server(&issued), &issued.chain).allowed();

        let mut elsewhere = parameters.clone();
        elsewhere.subject_alt_names = server_parameters(&["appliance.example.com"]).subject_alt_names;
        let elsewhere = self_signed(&elsewhere);
        let asked = asking(&server(&elsewhere), &elsewhere.chain);
        asked.failed(Status::TlsUntrusted, Cause::CertificateWrongHost).tells(&["appliance.example.com", "localhost"]);

        let mut old = parameters.clone();
        (old.not_before, old.not_after) = (date_time_ymd(2019, 3, 1), date_time_ymd(2020, 3, 1));
        let old = self_signed(&old);
        asking(&server(&old), &old.chain)
            .failed(Status::TlsUntrusted, Cause::CertificateExpired)
            .tells(&["it expired"]);
        let mut early = parameters.clone();
        early.not_before = date_time_ymd(3000, 3, 1);
        let early = self_signed(&early);
        asking(&server(&early), &early.chain).failed(Status::TlsUntrusted, Cause::CertificateNotYetValid);

        let mut for_clients = parameters.clone();
        for_clients.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let for_clients = self_signed(&for_clients);
        asking(&server(&for_clients), &for_clients.chain)
            .failed(Status::TlsUntrusted, Cause::CertificateWrongPurpose)
            .tells(&["not meant for a server"]);
    }
}

/// The appliance has a new certificate, and the old one was given.
#[test]
fn fault_138_another_certificate_of_the_same_server_was_given() {
    let parameters = server_parameters(&["localhost"]);
    let [old, new] = [&parameters, &parameters].map(self_signed);
    let asked = asking(&server(&new), &old.chain);
    asked.failed(Status::TlsUntrusted, Cause::CertificateBadSignature).tells(&["new key", "new certificate"]);
    // With the same key.
    let key = KeyPair::from_pem(&old.key).expect("a key");
    let renewed = parameters.self_signed(&key).expect("a certificate").pem();
    assert_ne!(renewed, old.chain);
    let asked = asking(&server(&Identity { chain: renewed.clone(), key: old.key.clone() }), &old.chain);
    asked.failed(Status::TlsUntrusted, Cause::CertificateSelfSigned).tells(&["another one of that name"]);
    asking(&server(&Identity { chain: renewed.clone(), key: old.key }), &renewed).allowed();
}

#[test]
fn fault_139_a_trusted_ca_that_has_expired() {
    let mut old = ca_parameters("An old CA");
    (old.not_before, old.not_after) = (date_time_ymd(2019, 3, 1), date_time_ymd(2020, 3, 1));
    let asked = trusting(old.clone());
    asked.failed(Status::TlsUntrusted, Cause::CertificateExpired);
    asked.tells(&["An old CA", "trusted here", "01 Mar 2020"]).does_not_tell(&[": it expired"]);
    let mut early = ca_parameters("An early CA");
    early.not_before = date_time_ymd(3000, 3, 1);
    trusting(early).failed(Status::TlsUntrusted, Cause::CertificateNotYetValid).tells(&[
        "An early CA",
        "trusted here",
        "clock",
    ]);
    // A bundle with one expired CA stays usable; so does its successor with the same name and key.
    let own = self_signed(&old);
    let good = Ca::new("A good CA");
    let bundle = format!("{}{}", own.chain, good.pem());
    asking(&server(&good.identity(&["localhost"])), &bundle).allowed();
    let current = ca_parameters("An old CA");
    let renewed = current.self_signed(&KeyPair::from_pem(&own.key).expect("a key")).expect("a CA").pem();
    asking(&server(&issued_by(&old, &own)), &format!("{}{renewed}", own.chain)).allowed();
}

/// What the certificate of a CA limits holds for a trusted one too.
#[test]
fn fault_140_limits_of_a_trusted_ca() {
    let mut for_clients = ca_parameters("A CA for clients");
    for_clients.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    trusting(for_clients)
        .failed(Status::TlsUntrusted, Cause::CertificateWrongPurpose)
        .tells(&["A CA for clients", "not meant for a server"]);
    let mut for_servers = ca_parameters("A CA for servers");
    for_servers.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    trusting(for_servers).allowed();
    let mut strange = ca_parameters("A strange CA");
    let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 55555, 1], vec![5, 0]);
    extension.set_criticality(true);
    strange.custom_extensions.push(extension);
    trusting(strange)
        .failed(Status::TlsUntrusted, Cause::CertificateUnsupported)
        .tells(&["A strange CA", "1.3.6.1.4.1.55555.1"]);

    // No CA below it.
    let mut last = ca_parameters("The last CA");
    last.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    trusting(last.clone()).allowed();
    let own = self_signed(&last);
    let above = Issuer::from_params(&last, KeyPair::from_pem(&own.key).expect("a key"));
    let mut between = ca_parameters("A CA below");
    let (below_key, leaf_key) = (key(), key());
    let sent = between.signed_by(&below_key, &above).expect("a CA").pem();
    let leaf = |between: &CertificateParams| {
        let issuer = Issuer::from_params(between, &below_key);
        server_parameters(&["localhost"]).signed_by(&leaf_key, &issuer).expect("a certificate").pem()
    };
    let identity = Identity { chain: leaf(&between) + &sent, key: leaf_key.serialize_pem() };
    asking(&server(&identity), &own.chain)
        .failed(Status::TlsUntrusted, Cause::CertificateInvalid)
        .tells(&["path length"]);
    // A CA that is sent along, and whose key may not sign certificates.
    between.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let root = ca_parameters("A root");
    let own = self_signed(&root);
    let above = Issuer::from_params(&root, KeyPair::from_pem(&own.key).expect("a key"));
    let sent = between.signed_by(&below_key, &above).expect("a CA").pem();
    let identity = Identity { chain: leaf(&between) + &sent, key: leaf_key.serialize_pem() };
    asking(&server(&identity), &own.chain)
        .failed(Status::TlsUntrusted, Cause::CertificateInvalid)
        .tells(&["A CA below", "is no CA's"]);
}

#[test]
fn fault_144_many_cas_of_one_name() {
    let ours = Ca::new("A CA of many");
    let server = server(&ours.identity(&["localhost"]));
    let others: String = (0..99).map(|_| Ca::new("A CA of many").pem()).collect();
    asking(&server, &format!("{others}{}", ours.pem())).allowed();
    let more: String = (0..2).map(|_| Ca::new("A CA of many").pem()).collect();
    let asked = ask(client(&server, "localhost", &format!("{others}{more}{}", ours.pem())));
    asked.failed(Status::TlsUntrusted, Cause::CertificateUnsupported).tells(&["more than 100", "A CA of many"]);
}

#[test]
fn fault_144_a_ca_of_the_name_with_another_key() {
    let [ours, theirs] = ["Company CA", "Company CA"].map(Ca::new);
    let asked = asking(&server(&theirs.identity(&["localhost"])), &ours.pem());
    asked.failed(Status::TlsUntrusted, Cause::CertificateBadSignature);
    asked.tells(&["does not fit the key of Company CA", "new certificate"]).does_not_tell(&["weak"]);
    let both = format!("{}{}", ours.pem(), theirs.pem());
    asking(&server(&theirs.identity(&["localhost"])), &both).allowed();
}

/// The CA has a new certificate with its old key, and what it issued before names the old one by its serial number.
#[test]
fn fault_225_a_ca_of_the_name_and_key_with_another_serial_number() {
    let numbered = |name: &str, number: u8| {
        let mut ca = ca_parameters(name);
        ca.serial_number = Some(vec![number].into());
        ca
    };
    let mut parameters = server_parameters(&["localhost"]);
    let names_7 = CustomExtension::from_oid_content(&[2, 5, 29, 35], vec![0x30, 3, 0x82, 1, 7]);
    parameters.custom_extensions.push(names_7);
    let (ca_key, leaf_key) = (key(), key());
    let issued = |issuer: &CertificateParams| {
        parameters.signed_by(&leaf_key, &Issuer::from_params(issuer, &ca_key)).expect("a certificate").pem()
    };
    let trusted = |number| numbered("Company CA", number).self_signed(&ca_key).expect("a CA").pem();
    let shows = |chain: String| server(&Identity { chain, key: leaf_key.serialize_pem() });
    let leaf = issued(&numbered("Company CA", 7));
    asking(&shows(leaf.clone()), &trusted(7)).allowed();
    asking(&shows(leaf.clone()), &(trusted(8) + &trusted(7))).allowed();
    let refused = |chain, trusted: &str, words: &[&str]| {
        let asked = asking(&shows(chain), trusted);
        asked.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(words);
        asked.tells(&["most likely an earlier one; give that certificate as a CA"]);
        asked.does_not_tell(&["does not fit", "poses", "company's proxy"]);
    };
    refused(leaf, &trusted(8), &["it was issued by another certificate of Company CA"]);
    // So it is with a CA that is sent along.
    let root = ca_parameters("A root");
    let root = (self_signed(&root), root);
    let root_key = KeyPair::from_pem(&root.0.key).expect("a key");
    let above = Issuer::from_params(&root.1, root_key);
    let between = |number| numbered("A CA below", number).signed_by(&ca_key, &above).expect("a CA").pem();
    let leaf = issued(&numbered("A CA below", 7));
    asking(&shows(leaf.clone() + &between(7)), &root.0.chain).allowed();
    refused(leaf + &between(8), &root.0.chain, &["it was issued by another certificate of A CA below"]);
}
