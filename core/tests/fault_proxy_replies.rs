//! Rows 174 to 176 of the fault matrix: how proxies, and what is taken for one, answer CONNECT.

mod proxying;

use std::thread;
use std::time::Duration;

use proxying::script::Proxy;
use proxying::{Asked, HOST, ask, assert_has_token, client, tls_server};
use qls_precheck_core::{Cause, Status};
use support::pki::Ca;

/// Asks through a proxy that says this in pieces, 20 ms apart, and then leads to a server.
fn ask_through(reply: &[&'static str]) -> (Asked, support::RawServer) {
    let ca = Ca::new("a CA for tests");
    let server = tls_server(&ca.identity(&[HOST]));
    let (address, reply) = (server.address(), reply.to_vec());
    let proxy = Proxy::talking(move |peer| {
        peer.head();
        for piece in &reply {
            peer.say(piece.as_bytes());
            thread::sleep(Duration::from_millis(20));
        }
        peer.tunnel(address);
    });
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_ca_pem(Some(&ca.pem())).expect("a CA");
    (ask(&mut client), server)
}

#[test]
fn fault_174_replies_that_are_a_tunnel() {
    let replies: [&[&str]; 15] = [
        &["HTTP/1.1 200 Connection established\r\n\r\n"],
        &["HTTP/1.0 200\r\n\r\n"],
        &["HTTP/1.1 201 Created\r\n\r\n"],
        &["HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"],
        &["HTTP/1.1 299 Fine\r\n\r\n"],
        &["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"],
        &["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
        &["HTTP/1.1 102 Processing\r\nX: y\r\n\r\n", "HTTP/1.1 103 Early\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
        &["HTTP/1.1 200 OK\n\n"],
        &["HTTP/1.1 200 OK\nVia: one\r\n\r\n"],
        &["HTTP/1.1 200 OK\r\nVia: one\n\r\n"],
        &["HTTP/1.1 200 OK\r\nVia: one\r\n\n"],
        &["HTTP/1.1 200 OK\n\r\n"],
        &["HTTP/1.1 200 OK\r", "\n\r", "\n"],
        &["HTTP/1.1 100 Continue\n\n", "HTTP/1.1 200 OK\n", "\r\n"],
    ];
    for reply in replies {
        let (asked, server) = ask_through(reply);
        asked.succeeded();
        assert_has_token(&server, 1);
    }
}

#[test]
fn fault_174_interim_replies_alone_are_no_tunnel() {
    for (reply, cause) in [
        ("HTTP/1.1 100 Continue\r\n\r\n", Cause::ConnectionClosed),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\n\r\n", Cause::ProxyRefused),
        ("HTTP/1.1 101 Switching Protocols\r\n\r\n", Cause::ProxyRefused),
        ("HTTP/1.1 199 Hm\r\n\r\nHTTP/1.1 407 Who?\r\n\r\n", Cause::ProxyAuthRequired),
        ("HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n", Cause::ProxyInvalidReply),
    ] {
        let proxy = Proxy::talking(move |peer| {
            peer.head();
            peer.say(reply.as_bytes());
        });
        ask(&mut client(&format!("https://{HOST}"), &proxy.url("http"))).failed(Status::ProxyFailed, cause);
    }
    // Without an end they are bounded like any head.
    let proxy = Proxy::talking(|peer| {
        peer.head();
        while peer.say(&b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100)) {}
    });
    ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
        .failed(Status::ProxyFailed, Cause::ProxyInvalidReply)
        .told(&["32 KiB"]);
}

#[test]
fn fault_175_a_web_server_in_place_of_a_proxy() {
    let question = "is there a proxy at this address?";
    for status in ["404 Not Found", "405 Method Not Allowed", "501 Not Implemented"] {
        let proxy = Proxy::replying(format!("HTTP/1.1 {status}\r\nContent-Length: 3\r\n\r\nNo."));
        ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
            .failed(Status::ProxyFailed, Cause::ProxyRefused)
            .told(&[status, question]);
    }
    for (status, cause) in [
        ("403 Forbidden", Cause::ProxyRefused),
        ("502 Bad Gateway", Cause::ProxyCannotConnect),
        ("504 Gateway Timeout", Cause::ProxyCannotConnect),
    ] {
        let proxy = Proxy::replying(format!("HTTP/1.1 {status}\r\n\r\n"));
        let asked = ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")));
        asked.failed(Status::ProxyFailed, cause).told(&[status]);
        assert!(!asked.outcome.message().contains(question), "{}", asked.outcome.message());
    }
}

#[test]
fn fault_176_http_to_a_proxy_that_wants_tls() {
    for reply in [&b"\x15\x03\x01\x00\x02\x02\x46"[..], b"\x15\x03"] {
        let proxy = Proxy::talking(move |peer| {
            peer.head();
            peer.say(reply);
        });
        ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
            .failed(Status::ProxyFailed, Cause::ProxyInvalidReply)
            .told(&["https://"]);
    }
    let proxy = Proxy::replying("HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port");
    ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
        .failed(Status::ProxyFailed, Cause::ProxyRefused)
        .told(&["https:// in front"]);
    // A real one.
    let proxy = Proxy::secure(&Ca::new("a CA for tests").identity(&["127.0.0.1"]), |peer| peer.until_hang_up());
    ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
        .failed(Status::ProxyFailed, Cause::ProxyInvalidReply)
        .told(&["https://"]);
}
