//! `diagnose` where the words of others come in: of TLS, of a proxy, of Kerberos, of a gateway. The conclusion of
//! `docs/diagnosis.md` takes none of them for its own, and shows nobody the names that a library has for them.
#![cfg(target_os = "linux")]

mod common;
mod diagnosing;

use std::io::{Read, Write};
use std::net::TcpStream;

use common::Place;
use diagnosing::{HOST, Situation, secure, server};
use rcgen::{CustomExtension, Issuer, KeyPair};
use support::RawServer;
use support::kerberos::Realm;
use support::pki::{Identity, ca_parameters, server_parameters};

/// Answers the first message with these bytes, and waits for the other side to end.
fn answering(bytes: Vec<u8>) -> RawServer {
    RawServer::serving(move |stream, _| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(&bytes);
        let _ = std::io::copy(stream, &mut std::io::sink());
    })
}

#[test]
fn fault_314_alerts_have_the_names_of_the_standard() {
    let ends = |name, alert, code| {
        let peer = answering(vec![21, 3, 3, 0, 2, 2, alert]);
        Situation::named(name, "https", peer.address()).ends(code, "tls");
    };
    ends("server that is not meant by this name", 112, 2);
    ends("TLS handshake that ends with an alert without a name", 200, 2);
    // A ServerHello of TLS 1.0.
    let random = [7; 32];
    let hello = [&[2, 0, 0, 38, 3, 1], &random[..], &[0, 0, 47, 0]].concat();
    let old = answering([&[22, 3, 1, 0, hello.len() as u8], &hello[..]].concat());
    Situation::named("server with an old TLS", "https", old.address()).ends(3, "tls");
    // One of TLS 1.2, with a cipher that nobody offered.
    let wrong = [&[2, 0, 0, 38, 3, 3], &random[..], &[0, 0, 47, 0]].concat();
    let wrong = answering([&[22, 3, 3, 0, wrong.len() as u8], &wrong[..]].concat());
    Situation::named("server that breaks the rules of TLS", "https", wrong.address()).ends(2, "tls");
}

fn through(name: &str, scheme: &str, proxy: &RawServer, code: i32) {
    Situation::new(name, format!("https://{HOST}")).through(scheme, proxy.address()).ends(code, "tunnel");
}

#[test]
fn fault_315_what_a_proxy_says_is_not_taken_for_advice() {
    let says = b"HTTP/1.1 403 Blocked; see policy (7; 8\r\n\r\n".to_vec();
    through("proxy whose words have a semicolon", "http", &answering(says), 3);
    let tls = answering(vec![21, 3, 1, 0, 2, 2, 70]);
    through("http:// to a proxy that wants TLS", "http", &tls, 3);
    let nginx = b"HTTP/1.1 400 The plain HTTP request was sent to HTTPS port\r\n\r\n".to_vec();
    through("http:// to a proxy that wants TLS and says so", "http", &answering(nginx), 3);
}

#[test]
#[ignore = "needs krb5kdc"]
fn fault_316_the_networks_kerberos_does_not_know_the_proxy() {
    let realm = Realm::start();
    let tickets = realm.sign_in("1h");
    let proxy = server("HTTP/1.1 407 Required\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
    let [(first, settings), (second, cache)] = tickets.variables();
    Situation::new("proxy that this network's Kerberos does not know", format!("https://{HOST}"))
        .through_named("proxy.localhost", proxy.address())
        .variable(first, &settings)
        .variable(second, &cache)
        .ends(3, "tunnel");
}

/// A SOCKS proxy that chooses this method, and answers what comes then.
fn socks(method: u8, then: Vec<u8>) -> RawServer {
    let serve = move |stream: &mut TcpStream, _: &_| {
        let _ = stream.read(&mut [0; 4]);
        let _ = stream.write_all(&[5, method]);
        let _ = stream.read(&mut [0; 600]);
        let _ = stream.write_all(&then);
    };
    RawServer::serving(serve)
}

#[test]
fn fault_317_socks_proxies() {
    through("SOCKS proxy that refuses user name and password", "socks5", &socks(2, vec![1, 1]), 3);
    through("SOCKS proxy that accepts no kind of sign-in", "socks5", &socks(255, Vec::new()), 3);
    through(
        "HTTP proxy that is called a SOCKS proxy",
        "socks5",
        &answering(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
        3,
    );
}

/// The CA has a new certificate, and what it issued before names the old one by its serial number.
#[test]
fn fault_319_a_ca_that_is_known_by_another_certificate() {
    let numbered = |number: u8| {
        let mut ca = ca_parameters("Example Corp CA");
        ca.serial_number = Some(vec![number].into());
        ca
    };
    let key = || KeyPair::generate().expect("a key");
    let (ca_key, leaf_key) = (key(), key());
    let mut parameters = server_parameters(&[HOST]);
    // The authority key identifier, with the serial number 7.
    parameters.custom_extensions = vec![CustomExtension::from_oid_content(&[2, 5, 29, 35], vec![0x30, 3, 0x82, 1, 7])];
    let leaf = parameters.signed_by(&leaf_key, &Issuer::from_params(&numbered(7), &ca_key)).expect("a certificate");
    let shown = secure(&Identity { chain: leaf.pem(), key: leaf_key.serialize_pem() }, None);
    let place = Place::new();
    let known = place.file("ca.pem", numbered(8).self_signed(&ca_key).expect("a CA").pem());
    Situation::named("certificate of a CA whose own was renewed", "https", shown.address())
        .with(&["--ca-file", &known])
        .ends(3, "tls");
}

#[test]
fn fault_318_replies_of_gateways() {
    let cases: [(&str, &[u8], i32); 5] = [
        ("gateway that wants a sign-in of its own", b"HTTP/1.1 407 Required\r\nContent-Length: 0\r\n\r\n", 2),
        ("gateway that answers with nothing", b"HTTP/1.1 204 No Content\r\n\r\n", 2),
        ("gateway that sends two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 2),
        ("gateway that adds a byte order mark", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\xef\xbb\xbf{}", 2),
        (
            "gateway that writes Latin-1",
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=iso-8859-1\r\nContent-Length: 2\r\n\r\n{}",
            2,
        ),
    ];
    for (name, bytes, code) in cases {
        Situation::new(name, server(bytes).url()).ends(code, "reply");
    }
}
