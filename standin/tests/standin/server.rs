//! The server itself: its address, what it remembers, many clients, TLS, and its end.

use std::{
    net::TcpStream,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use qls_standin::{Options, Standin, Tls};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

use crate::client::*;

const LIST: &[u8] = br#"{"operation":"list"}"#;

#[test]
fn the_url_includes_the_path_prefix() {
    for (prefix, path) in [("", ""), ("/", ""), ("/qls", "/qls"), ("qls/", "/qls"), ("/a/b", "/a/b")] {
        let standin = Standin::start(Options { path_prefix: prefix.into(), ..options(NO_LICENSES) }).unwrap();
        assert_eq!(standin.url(), format!("http://{}{path}", standin.addr()));

        let mut client = Client::connect(&standin);
        let header = bearer(&standin.token());
        let reply = client.send("POST", &format!("{path}{PATH}"), &header, LIST);
        assert_eq!(reply.status, 200, "{prefix}");
        let reply = client.send("POST", &format!("/other{PATH}"), &header, LIST);
        assert_eq!(reply.status, 404, "{prefix}");
    }
}

#[test]
fn it_remembers_every_request() {
    let standin =
        Standin::start(Options { faults: vec!["1*status=503".parse().unwrap()], ..options(NO_LICENSES) }).unwrap();
    let mut client = Client::connect(&standin);
    client.send("POST", PATH, "Authorization: Bearer abc\r\nX-Twice: 1\r\nX-Twice: 2\r\n", b"\xff{");
    client.send("GET", "/other?a=b", "", b"");

    let [first, second] = standin.requests().try_into().unwrap();
    assert_eq!((first.method.as_str(), first.path.as_str()), ("POST", PATH));
    assert_eq!(first.header("authorization"), Some("Bearer abc"));
    let twice = first.headers.iter().filter(|(name, _)| name == "x-twice");
    assert_eq!(twice.map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(first.body, b"\xff{");
    assert_eq!((second.method.as_str(), second.path.as_str()), ("GET", "/other?a=b"));
}

#[test]
fn it_forgets_requests_where_told() {
    let standin = Standin::start(Options { keep_requests: false, ..options(NO_LICENSES) }).unwrap();
    assert_eq!(post(&standin, LIST).status, 200);
    assert!(standin.requests().is_empty());
}

#[test]
fn one_connection_serves_many_requests() {
    let standin = start(NO_LICENSES);
    let header = bearer(&standin.token());
    let mut client = Client::connect(&standin);
    for _ in 0..1000 {
        assert_eq!(client.send("POST", PATH, &header, LIST).status, 200);
    }
}

#[test]
fn a_large_check_is_answered() {
    let standin = start_sample("demo.json");
    let filler = "x".repeat(150);
    let consumers: Vec<_> = (0..100_000)
        .map(|i| format!(r#"{{"component_id":"{i}","consumer_id":"qtcreator","extra":"{filler}"}}"#))
        .collect();
    let reply = post(&standin, format!(r#"{{"operation":"check","consumers":[{}]}}"#, consumers.join(",")));
    assert_eq!(reply.body.matches(r#""installtion_allowed":true"#).count(), 100_000);
}

#[test]
fn it_serves_https() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let standin = Standin::start(Options {
        tls: Some(Tls { certificate: cert.pem(), key: signing_key.serialize_pem() }),
        ..options(NO_LICENSES)
    })
    .unwrap();
    assert_eq!(standin.url(), format!("https://{}", standin.addr()));

    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots.clone())
            .with_no_client_auth();
        let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
        let stream = TcpStream::connect(standin.addr()).unwrap();
        let mut client = Client::over(StreamOwned::new(connection, stream));
        for _ in 0..2 {
            let reply = client.send("POST", PATH, &bearer(&standin.token()), LIST);
            assert_eq!(reply.status, 200);
        }
    }
}

#[test]
fn what_cannot_be_started_is_explained() {
    let message = |options| Standin::start(options).unwrap_err().to_string();
    let running = start(NO_LICENSES);
    let taken = Options { listen: running.addr(), ..options(NO_LICENSES) };
    assert_eq!(message(taken), format!("cannot listen on {}: Address already in use (os error 98)", running.addr()));
    let prefix = Options { path_prefix: "/{qls}".into(), ..options(NO_LICENSES) };
    assert_eq!(message(prefix), "the path prefix \"/{qls}\" may hold letters, digits and / - . _ ~ only, as in /qls");

    let mine = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = mine.cert.pem();
    for (certificate, key, expected) in [
        ("", "", "the TLS certificate's PEM text holds no certificate (BEGIN CERTIFICATE)"),
        (&certificate, &certificate, "the TLS key's PEM text holds no unencrypted private key (BEGIN PRIVATE KEY)"),
        (
            &certificate,
            &other.signing_key.serialize_pem(),
            "the TLS certificate and key cannot be used: keys may not be consistent: KeyMismatch",
        ),
    ] {
        let found = message(Options {
            tls: Some(Tls { certificate: certificate.into(), key: key.into() }),
            ..options(NO_LICENSES)
        });
        assert_eq!(found, expected);
    }
}

#[test]
fn stopping_closes_the_port_whatever_clients_do() {
    let standin =
        Standin::start(Options { faults: vec!["delay=1h".parse().unwrap()], ..options(NO_LICENSES) }).unwrap();
    let addr = standin.addr();
    let _silent = TcpStream::connect(addr).unwrap();
    let mut waiting = TcpStream::connect(addr).unwrap();
    std::io::Write::write_all(&mut waiting, b"GET / HTTP/1.1\r\nHost: standin\r\n\r\n").unwrap();
    while standin.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let began = Instant::now();
    standin.stop();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(TcpStream::connect(addr).is_err());
}

#[test]
fn requests_under_way_may_finish() {
    let standin =
        Standin::start(Options { faults: vec!["delay=100ms".parse().unwrap()], ..options(NO_LICENSES) }).unwrap();
    let mut client = Client::connect(&standin);
    let asking = thread::spawn(move || client.send("GET", "/", "", b"").status);
    while standin.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    drop(standin);
    assert_eq!(asking.join().unwrap(), 404);
}
