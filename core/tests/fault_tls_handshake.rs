//! Rows 43-46 and 129 of the fault matrix: servers that speak TLS otherwise than we do, ask for what we do not have,
//! or speak no TLS at all.

mod tls_faults;

use std::io::{Read, Write};
use std::net::Shutdown;
use std::sync::Arc;

use qls_precheck_core::{Cause, Status};
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::{self, cipher_suite};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion, version};
use support::pki::{Ca, Identity};
use support::{RawServer, tls};
use tls_faults::openssl::OpenSsl;
use tls_faults::{answer, ask, ask_for, client, scripted, server_with};

/// A TLS server on rustls that asks for a client certificate by `ca`, and insists on it or not.
fn asking(
    identity: &Identity,
    ca: &Ca,
    version: &'static SupportedProtocolVersion,
    insists: bool,
) -> Arc<ServerConfig> {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca.pem().as_bytes()).expect("a CA")).expect("a CA");
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    let verifier = if insists { verifier } else { verifier.allow_unauthenticated() };
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_client_cert_verifier(verifier.build().expect("a verifier"));
    tls::with_identity(config, identity)
}

/// A request of about `size` bytes.
fn consumers(size: usize) -> String {
    format!(r#"[{{"consumer_id": "qtcreator", "component_id": "9876", "x": "{}"}}]"#, "x".repeat(size))
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_043_tls_1_1_only() {
    let ca = Ca::new("A test CA");
    let server = OpenSsl::new(&ca.identity(&["localhost"]), &["least=1.0", "most=1.1"]);
    ask(server.client(&ca.pem())).failed(Status::TlsFailed, Cause::TlsVersion).tells(&["TLS 1.2 or newer"]);
    // It was the version that mattered: with TLS 1.2 the same server is reached.
    let server = OpenSsl::new(&ca.identity(&["localhost"]), &["least=1.0", "most=1.2"]);
    ask(server.client(&ca.pem())).allowed();
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_043_no_common_cipher() {
    let ca = Ca::new("A test CA");
    // Without forward secrecy; with it, but for keys of another kind than the certificate's; and AES that is not GCM.
    for ciphers in ["AES128-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA"] {
        let server = OpenSsl::new(&ca.identity(&["localhost"]), &["most=1.2", &format!("ciphers={ciphers}")]);
        ask(server.client(&ca.pem())).failed(Status::TlsFailed, Cause::TlsVersion).tells(&["cipher"]);
    }
    let server = OpenSsl::new(&ca.identity(&["localhost"]), &["most=1.2", "ciphers=ECDHE-ECDSA-AES128-GCM-SHA256"]);
    ask(server.client(&ca.pem())).allowed();
}

#[test]
fn fault_129_chacha20_alone() {
    let ca = Ca::new("A test CA");
    let identity = ca.identity(&["localhost"]);
    for (version, suite) in [
        (&version::TLS12, cipher_suite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256),
        (&version::TLS13, cipher_suite::TLS13_CHACHA20_POLY1305_SHA256),
    ] {
        let provider = CryptoProvider { cipher_suites: vec![suite], ..ring::default_provider() };
        let config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&[version])
            .expect("a version that has the cipher")
            .with_no_client_auth();
        let server = server_with(tls::with_identity(config, &identity));
        ask(client(&server, "localhost", &ca.pem())).allowed();
    }
}

#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_129_chacha20_alone_by_openssl() {
    let ca = Ca::new("A test CA");
    let ciphers = "ciphers=ECDHE-ECDSA-CHACHA20-POLY1305";
    let server = OpenSsl::new(&ca.identity(&["localhost"]), &["most=1.2", ciphers]);
    ask(server.client(&ca.pem())).allowed();
}

/// A server that goes on in an old version, whatever it was offered.
#[test]
fn fault_043_server_hello_of_an_old_version() {
    for version in [0x0300_u16, 0x0301, 0x0302] {
        let server = scripted(move |stream| {
            let mut hello = version.to_be_bytes().to_vec();
            hello.extend([7; 32]);
            // No session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
            hello.extend([0, 0, 0x2f, 0]);
            let mut record = vec![22, 3, 1, 0, hello.len() as u8 + 4, 2, 0, 0, hello.len() as u8];
            record.extend(hello);
            let _ = stream.write_all(&record);
            let _ = stream.read_to_end(&mut Vec::new());
        });
        let asked = ask(client(&server, "localhost", &Ca::new("A test CA").pem()));
        asked.failed(Status::TlsFailed, Cause::TlsVersion).tells(&["TLS 1.2 or newer"]);
    }
}

#[test]
fn fault_044_client_certificate_demanded() {
    let ca = Ca::new("A test CA");
    let identity = ca.identity(&["localhost"]);
    for version in [&version::TLS12, &version::TLS13] {
        let server = server_with(asking(&identity, &ca, version, true));
        let asked = ask(client(&server, "localhost", &ca.pem()));
        asked.failed(Status::TlsFailed, Cause::ClientCertificateRequired).tells(&["client certificate"]);
        assert!(server.requests().is_empty());
        // One that only asks gets none, and goes on.
        let server = server_with(asking(&identity, &ca, version, false));
        ask(client(&server, "localhost", &ca.pem())).allowed();
    }
}

/// OpenSSL uses other alerts for it than rustls.
#[cfg_attr(windows, ignore = "needs python3 with OpenSSL")]
#[test]
fn fault_044_client_certificate_demanded_by_openssl() {
    let ca = Ca::new("A test CA");
    let identity = ca.identity(&["localhost"]);
    for version in ["1.2", "1.3"] {
        let server = OpenSsl::new(&identity, &["demand=1", &format!("most={version}")]);
        let asked = ask(server.client(&ca.pem()));
        asked.failed(Status::TlsFailed, Cause::ClientCertificateRequired).tells(&["client certificate"]);
    }
}

/// In TLS 1.3 the alert comes when the request is already under way. The result tells of it, and not of the broken
/// pipe that writing to the server ends in.
#[test]
fn fault_044_client_certificate_demanded_during_a_long_request() {
    let ca = Ca::new("A test CA");
    let server = server_with(asking(&ca.identity(&["localhost"]), &ca, &version::TLS13, true));
    for size in [10_000, 300_000, 4_000_000] {
        let asked = ask_for(client(&server, "localhost", &ca.pem()), &consumers(size));
        asked.failed(Status::TlsFailed, Cause::ClientCertificateRequired);
    }
}

/// Most alerts have no cause of their own: the message says which it was.
#[test]
fn fault_045_unrecognized_name() {
    let ca = Ca::new("A test CA");
    for (alert, name) in [(112, "unrecognized_name"), (80, "internal_error"), (49, "access_denied")] {
        let server = scripted(move |stream| {
            let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, alert]);
            let _ = stream.shutdown(Shutdown::Write);
            let _ = stream.read_to_end(&mut Vec::new());
        });
        ask(client(&server, "localhost", &ca.pem())).failed(Status::TlsFailed, Cause::HandshakeFailed).tells(&[name]);
    }
}

/// Some servers only warn, and go on with another certificate, which may be a good one.
#[test]
fn fault_045_unrecognized_name_as_a_warning() {
    let ca = Ca::new("A test CA");
    let config = tls::server_config(&ca.identity(&["localhost"]));
    let server = RawServer::serving(move |stream, requests| {
        let _ = stream.write_all(&[21, 3, 3, 0, 2, 1, 112]);
        answer(&config, stream, requests);
    });
    ask(client(&server, "localhost", &ca.pem())).allowed();
}

#[test]
fn fault_046_not_tls() {
    let ca = Ca::new("A test CA");
    let answers: [&[u8]; 7] = [
        b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        b"220 mail.example.com ESMTP ready\r\n",
        &[0; 64],
        &[0xff; 20_000],
        // A record as long as none may be.
        &[22, 3, 3, 0xff, 0xff, 1, 2, 3],
    ];
    for bytes in answers {
        let server = scripted(|stream| {
            let _ = stream.write_all(bytes);
            let _ = stream.shutdown(Shutdown::Write);
            let _ = stream.read_to_end(&mut Vec::new());
        });
        let asked = ask(client(&server, "localhost", &ca.pem()));
        asked.failed(Status::TlsFailed, Cause::NotTls).tells(&["does not speak TLS", "port"]);
    }
}

/// Servers that speak first, and then wait, or hang up without having read.
#[test]
fn fault_046_not_tls_and_talking_first() {
    let ca = Ca::new("A test CA");
    for waits in [true, false] {
        let server = RawServer::serving(move |stream, _| {
            let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
            if waits {
                let _ = stream.read_to_end(&mut Vec::new());
            }
        });
        ask(client(&server, "localhost", &ca.pem())).failed(Status::TlsFailed, Cause::NotTls);
    }
}

/// What happens in practice: an https address with the port of an http server.
#[test]
fn fault_046_https_to_a_plain_http_server() {
    let server = RawServer::serving(|stream, _| {
        // Reads lines of HTTP, of which there are none.
        let _ = stream.set_read_timeout(Some(std::time::Duration::from_millis(300)));
        let _ = support::read_request(&*stream);
        let _ = stream.write_all(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    });
    let asked = ask(client(&server, "127.0.0.1", &Ca::new("A test CA").pem()));
    asked.failed(Status::TlsFailed, Cause::NotTls);
}
