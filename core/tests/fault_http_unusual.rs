//! Replies as servers and gateways in the world really send them (rows 164 to 169 of the fault matrix): what everybody
//! reads the same way is read, everything else is refused by its own name.

mod http;

use std::time::Duration;

use http::{
    ALLOWED, LICENSES, TOKEN, WIRES, Wire, allowed, answering, answering_once, check, ok, refused, twenty_megabytes,
    whole,
};
use qls_precheck_core::{Cause, Status};

fn with_length() -> String {
    format!("Content-Length: {}\r\n", ALLOWED.len())
}

/// HTTP/1.0 has no chunks: some read them, others take the chunks' sizes for a part of the body.
#[test]
fn fault_164_chunks_in_http_1_0() {
    let chunks = format!("{:x}\r\n{ALLOWED}\r\n0\r\n\r\n", ALLOWED.len());
    for (what, fields, body) in [
        ("chunked", "Transfer-Encoding: chunked\r\n", chunks.as_str()),
        ("chunked, not in chunks", "Transfer-Encoding: chunked\r\n", ALLOWED),
        ("identity", "Transfer-Encoding: identity\r\n", ALLOWED),
        ("chunked, kept alive", "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n", chunks.as_str()),
    ] {
        let reply = format!("HTTP/1.0 200 OK\r\n{fields}\r\n{body}");
        for server in [answering(Wire::Plain, reply.as_bytes()), answering_once(Wire::Plain, reply.as_bytes())] {
            refused(&check(&server.client()), Status::UnexpectedReply, Cause::InvalidHttp, what);
        }
    }
    // Without it the body ends with the connection, as it always did.
    let reply = format!("HTTP/1.0 200 OK\r\n\r\n{ALLOWED}");
    allowed(&check(&answering_once(Wire::Plain, reply).client()), "HTTP/1.0");
}

const TOO_LATE: &str = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

#[test]
fn fault_165_request_timeout_on_a_kept_connection() {
    let pieces: [&[&str]; 4] = [
        &[TOO_LATE],
        &["HTTP/1.0 408 Request Time-out\r\n\r\n"],
        &["HT", "TP/1.1 ", "408", " Request Timeout\r\nContent-Length: 0\r\n\r\n"],
        &["HTTP/1.1 408\r\nContent-Length: 9\r\n\r\n", "too late!"],
    ];
    for (wire, consumers) in [
        (Wire::Plain, http::CONSUMERS.to_owned()),
        (Wire::Tls, http::CONSUMERS.to_owned()),
        (Wire::Plain, twenty_megabytes()),
    ] {
        for pieces in pieces {
            let server = wire.serve(move |conn| {
                conn.request();
                if conn.number > 0 {
                    let _ = conn.send(whole(200, ALLOWED));
                    return conn.drain();
                }
                let _ = conn.send(whole(200, LICENSES));
                conn.beginning_of_request();
                for piece in pieces {
                    let _ = conn.send(piece);
                    std::thread::sleep(Duration::from_millis(30));
                }
                conn.say_goodbye();
                conn.drain();
            });
            let client = server.client();
            assert_eq!(client.list(Some(TOKEN), None).status(), Status::Ok);
            allowed(&client.check(Some(TOKEN), &*consumers), &format!("{wire:?}, {pieces:?}"));
            assert_eq!(server.connections(), 2);
        }
    }
}

/// On a new connection it is an answer, and no reason to ask again.
#[test]
fn fault_165_request_timeout_on_a_new_connection() {
    let server = answering(Wire::Plain, TOO_LATE);
    let outcome = check(&server.client());
    refused(&outcome, Status::UnexpectedReply, Cause::HttpStatus, "408");
    assert_eq!((outcome.http_status(), server.requests()), (408, 1));
    // A stale connection is replaced once, not again and again.
    let server = Wire::Plain.serve(|conn| {
        conn.request();
        let _ = conn.send(if conn.number == 0 { whole(200, LICENSES) } else { TOO_LATE.into() });
        if conn.number == 0 && conn.request().is_some() {
            let _ = conn.send(TOO_LATE);
        }
        conn.drain();
    });
    let client = server.client();
    assert_eq!(client.list(Some(TOKEN), None).status(), Status::Ok);
    refused(&check(&client), Status::UnexpectedReply, Cause::HttpStatus, "408 twice");
    assert_eq!((server.connections(), server.requests()), (2, 3));
}

/// The words 408 inside of a body are no status.
#[test]
fn fault_165_a_body_that_looks_like_a_request_timeout() {
    let server = Wire::Plain.serve(|conn| {
        conn.request();
        let _ = conn.send(whole(200, LICENSES));
        conn.request();
        let _ = conn.send(format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n", TOO_LATE.len()));
        std::thread::sleep(Duration::from_millis(50));
        let _ = conn.send(TOO_LATE);
        conn.drain();
    });
    let client = server.client();
    assert_eq!(client.list(Some(TOKEN), None).status(), Status::Ok);
    refused(&check(&client), Status::BadRequest, Cause::BadRequest, "a body");
    assert_eq!(server.connections(), 1);
}

#[test]
fn fault_166_header_fields() {
    for wire in WIRES {
        let fields = "X-Small: v\r\n".repeat(127) + &with_length();
        allowed(&check(&answering(wire, ok(&fields, ALLOWED)).client()), "128 fields");
        let server = answering(wire, ok(&format!("X-Small: v\r\n{fields}"), ALLOWED));
        let outcome = check(&server.client());
        refused(&outcome, Status::UnexpectedReply, Cause::TooManyHeaders, "129 fields");
        assert!(outcome.message().contains("128 header fields"), "{}", outcome.message());
        assert!(!outcome.message().contains("not valid"), "{}", outcome.message());
    }
    let interim = format!("HTTP/1.1 103 Early Hints\r\n{}\r\n", "Link: <a>\r\n".repeat(129));
    let server = answering(Wire::Plain, [interim.as_bytes(), &whole(200, ALLOWED)].concat());
    refused(&check(&server.client()), Status::UnexpectedReply, Cause::TooManyHeaders, "129 fields of an interim reply");
}

#[test]
fn fault_166_the_message_of_a_long_head_does_not_blame_the_server() {
    let server = answering(Wire::Plain, ok(&format!("X-Long: {}\r\n{}", "v".repeat(40_000), with_length()), ALLOWED));
    let outcome = check(&server.client());
    refused(&outcome, Status::UnexpectedReply, Cause::InvalidHttp, "a long head");
    assert!(!outcome.message().contains("not valid"), "{}", outcome.message());
}

#[test]
fn fault_167_codings_that_change_nothing() {
    for coding in ["utf-8", "UTF-8", "utf8", "", " ", "identity, utf-8", ",", "identity,"] {
        let reply = ok(&format!("Content-Encoding: {coding}\r\n{}", with_length()), ALLOWED);
        allowed(&check(&answering(Wire::Plain, reply).client()), coding);
    }
    for coding in ["utf-16", "gzip, utf-8", "utf-8, gzip", "utf-8 gzip", "\"\""] {
        let reply = ok(&format!("Content-Encoding: {coding}\r\n{}", with_length()), ALLOWED);
        refused(&check(&answering(Wire::Plain, reply).client()), Status::UnexpectedReply, Cause::WrongEncoding, coding);
    }
}

#[test]
fn fault_167_charsets_that_change_nothing() {
    let umlauts = ALLOWED.replace("Checked", "Geprüft, 確認:");
    for charset in ["us-ascii", "US-ASCII", "ascii", "\"us-ascii\"", "\"\"", "", " ", "\"UTF-8\"", "'utf-8'", "utf8"] {
        for body in [ALLOWED, &umlauts] {
            let fields = format!("Content-Type: application/json; charset={charset}\r\n");
            let reply = ok(&format!("{fields}Content-Length: {}\r\n", body.len()), body);
            allowed(&check(&answering(Wire::Plain, reply).client()), charset);
        }
    }
    // What is not UTF-8 is not read, whatever it is called.
    let latin = [&ALLOWED.as_bytes()[..40], b"\xfc", &ALLOWED.as_bytes()[40..]].concat();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: a/b; charset=us-ascii\r\nContent-Length: {}\r\n\r\n", latin.len());
    let server = answering(Wire::Plain, [head.as_bytes(), &latin].concat());
    refused(&check(&server.client()), Status::UnexpectedReply, Cause::NotUtf8, "Latin-1 in ASCII");
}

/// `http://` in front of a port for TLS: servers answer with an alert, or in plain http that this is wrong.
#[test]
fn fault_168_plain_http_to_a_tls_port() {
    for alert in [&b"\x15\x03\x01\x00\x02\x02\x46"[..], b"\x15\x03\x03\x00\x02\x02\x0a"] {
        for server in [answering(Wire::Plain, alert), answering_once(Wire::Plain, alert)] {
            let outcome = check(&server.client());
            refused(&outcome, Status::UnexpectedReply, Cause::InvalidHttp, "an alert");
            assert!(outcome.message().contains("use https"), "{}", outcome.message());
        }
    }
    let page = "<html>The plain HTTP request was sent to HTTPS port</html>";
    let outcome = check(&answering(Wire::Plain, whole(400, page)).client());
    refused(&outcome, Status::BadRequest, Cause::BadRequest, "a page");
    assert!(outcome.message().contains("use https"), "{}", outcome.message());
    // The license server's own words, or TLS: then that is not the reason.
    let words = r#"{"status":false,"message":"Unknown consumer.","code":"1"}"#;
    for (wire, body) in [(Wire::Plain, words), (Wire::Tls, page)] {
        let outcome = check(&answering(wire, whole(400, body)).client());
        refused(&outcome, Status::BadRequest, Cause::BadRequest, body);
        assert!(!outcome.message().contains("https;") && !outcome.message().contains("use https"), "{outcome:?}");
    }
    // A real server that speaks TLS.
    let server = Wire::Tls.serve(|conn| conn.drain());
    let outcome = check(&http::client(&server.url_without_tls()));
    assert!(!outcome.is_allowed("9876"));
    assert!(outcome.message().contains("use https"), "{outcome:?}");
}
