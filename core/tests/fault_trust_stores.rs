//! Rows 50 and 51 of the fault matrix: the certificates of the system, and how those that are given combine with them.

mod tls_faults;

use std::path::Path;

use qls_precheck_core::{Cause, Client, Status, Trust};
use support::pki::Ca;
use support::{RawServer, reply};
use tls_faults::{ALLOWED, ask, client, folder, server, text, with_environment};

/// Where the system's certificates are said to be, and no CA is given.
fn no_trust_store(test: &str, variables: &[(&str, &str)]) {
    with_environment(test, variables, || {
        let ca = Ca::new("A test CA");
        let secure = server(&ca.identity(&["localhost"]));
        let mut client = client(&secure, "localhost", &ca.pem());
        client.set_ca_pem(None).expect("none");
        client.set_trust(Trust::System);
        ask(client).failed(Status::Configuration, Cause::NoTrustStore).tells(&["ca-certificates", "CA file"]);
        assert!(secure.requests().is_empty());
        // Plain http needs none.
        let plain = RawServer::replying(reply(200, ALLOWED));
        let mut client = Client::new();
        client.set_server(Some(&plain.url())).expect("an address");
        ask(client).allowed();
        // And a CA that is given is enough.
        let mut client = tls_faults::client(&secure, "localhost", &ca.pem());
        client.set_trust(Trust::System);
        ask(client).allowed();
    });
}

#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_050_bogus_ssl_cert_file() {
    no_trust_store("fault_050_bogus_ssl_cert_file", &[("SSL_CERT_FILE", "/nowhere/at/all.pem")]);
}

#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_050_empty_trust_store() {
    let test = "fault_050_empty_trust_store";
    let folder = folder();
    let (empty, junk) = (folder.path().join("empty.pem"), folder.path().join("junk.pem"));
    std::fs::write(&empty, "").expect("a file");
    std::fs::write(&junk, "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n").expect("a file");
    no_trust_store(test, &[("SSL_CERT_FILE", text(&empty))]);
    if std::env::var_os("SSL_CERT_FILE").is_none() {
        no_trust_store(test, &[("SSL_CERT_FILE", text(&junk))]);
        no_trust_store(test, &[("SSL_CERT_DIR", text(folder.path()))]);
    }
}

/// Nobody writes to it, so that whoever opens it to read waits forever.
#[test]
#[cfg(unix)]
fn fault_050_ssl_cert_file_is_a_fifo() {
    let folder = folder();
    let fifo = folder.path().join("system.pem");
    support::run(std::process::Command::new("mkfifo").arg(&fifo));
    with_environment("fault_050_ssl_cert_file_is_a_fifo", &[("SSL_CERT_FILE", text(&fifo))], || {
        let (done, ended) = std::sync::mpsc::channel();
        // Not joined: were it to hang, this process would still end.
        std::thread::spawn(move || {
            let ca = Ca::new("A test CA");
            let secure = server(&ca.identity(&["localhost"]));
            let mut client = client(&secure, "localhost", &ca.pem());
            client.set_ca_pem(None).expect("none");
            client.set_trust(Trust::System);
            client.set_timeout(std::time::Duration::from_secs(60)).expect("a timeout");
            let _ = done.send((ask(client), secure.requests().len()));
        });
        let (asked, requests) =
            ended.recv_timeout(std::time::Duration::from_secs(20)).expect("an end, long before the deadline");
        asked.failed(Status::Configuration, Cause::NoTrustStore).tells(&["SSL_CERT_FILE"]);
        assert_eq!(requests, 0);
        // Plain http needs none.
        let plain = RawServer::replying(reply(200, ALLOWED));
        let mut client = Client::new();
        client.set_server(Some(&plain.url())).expect("an address");
        ask(client).allowed();
    });
}

#[test]
fn fault_050_given_only_and_none_given() {
    let ca = Ca::new("A test CA");
    let server = server(&ca.identity(&["localhost"]));
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_ca_pem(None).expect("none");
    ask(client).failed(Status::Configuration, Cause::NoTrustStore).tells(&["none was given"]);
    assert!(server.requests().is_empty());
}

/// One CA belongs to the system, as the public ones do, and two are given.
fn given_and_system(variable: &str, file: &Path) {
    let [public, private, other] = ["A public CA", "A private CA", "Another private CA"].map(Ca::new);
    std::fs::write(file, public.pem()).expect("a file");
    assert!(std::env::var_os(variable).is_some(), "the child knows the place");
    let folder = folder();
    let given = folder.path().join("given.pem");
    std::fs::write(&given, other.pem()).expect("a file");
    let [publics, privates, others, nobodys] =
        [&public, &private, &other, &Ca::new("Nobody's CA")].map(|ca| server(&ca.identity(&["localhost"])));
    let asking = |server: &RawServer, trust| {
        let mut client = client(server, "localhost", &private.pem());
        client.set_ca_file(Some(text(&given))).expect("a path");
        client.set_trust(trust);
        ask(client)
    };
    for server in [&publics, &privates, &others] {
        asking(server, Trust::System).allowed();
    }
    for server in [&privates, &others] {
        asking(server, Trust::GivenOnly).allowed();
    }
    asking(&nobodys, Trust::System).failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
    let refused = asking(&publics, Trust::GivenOnly);
    refused.failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer).tells(&["A public CA"]);
    assert_eq!(publics.requests().len(), 1, "only the one who believed it sent anything");
}

#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_051_given_ca_and_the_systems() {
    let folder = folder();
    let file = folder.path().join("system.pem");
    with_environment("fault_051_given_ca_and_the_systems", &[("SSL_CERT_FILE", text(&file))], || {
        given_and_system("SSL_CERT_FILE", Path::new(&std::env::var("SSL_CERT_FILE").expect("our file")));
    });
}

/// OpenSSL's other way: a folder of files that are named by a hash of the CA's name.
#[cfg_attr(windows, ignore = "needs a system that keeps its certificates in files")]
#[test]
fn fault_051_given_ca_and_the_systems_folder() {
    let folder = folder();
    with_environment("fault_051_given_ca_and_the_systems_folder", &[("SSL_CERT_DIR", text(folder.path()))], || {
        let folder = std::env::var("SSL_CERT_DIR").expect("our folder");
        given_and_system("SSL_CERT_DIR", &Path::new(&folder).join("6a3b7ba0.0"));
    });
}
