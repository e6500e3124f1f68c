//! How much a reply may be, and how slow (rows 98 and 100 to 105 of the fault matrix).

mod http;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::{
    ALLOWED, AMPLE, CONSUMERS, Conn, TOKEN, WIRES, Wire, allowed, answering, at_once, check, ends_at, ends_at_deadline,
    ok, refused, twenty_megabytes, whole,
};
use qls_precheck_core::{Cause, Status};

const LARGEST: usize = 32 * 1024 * 1024;

/// The answer "allowed", filled up with white space to `length` bytes.
fn answer_of(length: usize) -> String {
    format!("{ALLOWED}{}", " ".repeat(length - ALLOWED.len()))
}

/// `body` in chunks.
fn chunked(body: &str) -> Vec<u8> {
    let mut reply = ok("Transfer-Encoding: chunked\r\n", "");
    for part in body.as_bytes().chunks(1024 * 1024) {
        reply.extend(format!("{:x}\r\n", part.len()).bytes());
        reply.extend(part);
        reply.extend(b"\r\n");
    }
    reply.extend(b"0\r\n\r\n");
    reply
}

#[test]
fn fault_098_unknown_members_are_kept() {
    let license = r#"{"license_number":"1","new": {"a" :[1.50, 123456789012345678901234567890,1e400]},"x":null}"#;
    let list = format!(r#"{{"status":true,"more":[{{}}],"message":"These.","licenses":[{license}],"z":-0}}"#);
    let server = answering(Wire::Plain, whole(200, &list));
    let outcome = server.client().list(Some(TOKEN), None);
    assert_eq!(outcome.status(), Status::Ok, "{}", outcome.message());
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [license]);
    assert!(outcome.to_json().contains(license), "{}", outcome.to_json());
    let reply = ALLOWED.replacen("\"data\"", r#""new":{"a":[1,{}]},"data""#, 1).replacen("[{", r#"[{"extra":9,"#, 1);
    allowed(&check(&answering(Wire::Plain, whole(200, &reply)).client()), "unknown members of verdicts");
}

#[test]
fn fault_100_largest_body() {
    let body = answer_of(LARGEST);
    let close = ok("Connection: close\r\n", &body);
    let ended = Wire::Plain.serve(move |conn| {
        conn.request();
        let _ = conn.send(&close);
    });
    for (what, server) in [
        ("with a length", answering(Wire::Plain, whole(200, &body))),
        ("in chunks", answering(Wire::Plain, chunked(&body))),
        ("ended by the connection", ended),
    ] {
        allowed(&check(&server.client()), what);
    }
}

#[test]
fn fault_100_one_byte_more() {
    let body = answer_of(LARGEST + 1);
    for (what, reply) in [
        ("with a length", whole(200, &body)),
        ("in chunks", chunked(&body)),
        ("without a length", ok("Connection: close\r\n", &body)),
    ] {
        let server = answering(Wire::Plain, reply);
        refused(&check(&server.client()), Status::ReplyTooLarge, Cause::TooLarge, what);
    }
}

#[test]
fn fault_101_endless_body() {
    let block = " ".repeat(1024 * 1024);
    let chunk = format!("100000\r\n{block}\r\n");
    for (what, fields, piece) in [
        ("in chunks", "Transfer-Encoding: chunked\r\n", chunk),
        ("without a length", "Content-Type: application/json\r\n", block),
    ] {
        let begin = ok(fields, "");
        let server = Wire::Plain.serve(move |conn| {
            conn.request();
            let _ = conn.send(&begin);
            conn.send_endlessly(&piece, Duration::ZERO);
        });
        refused(&check(&server.client()), Status::ReplyTooLarge, Cause::TooLarge, what);
    }
}

#[test]
fn fault_101_huge_content_length() {
    for length in ["33554433", "1000000000000", "18446744073709551615"] {
        // The server keeps the connection open, so that only the number can tell.
        let server = answering(Wire::Plain, ok(&format!("Content-Length: {length}\r\n"), ALLOWED));
        let start = Instant::now();
        refused(&check(&server.client()), Status::ReplyTooLarge, Cause::TooLarge, length);
        assert!(start.elapsed() < AMPLE / 2, "{length}: it took {:?}", start.elapsed());
    }
}

#[test]
fn fault_101_endless_body_of_a_refusal_is_bounded() {
    let begin = b"HTTP/1.1 500 Some\r\nTransfer-Encoding: chunked\r\n\r\n";
    let server = Wire::Plain.serve(move |conn| {
        conn.request();
        let _ = conn.send(begin);
        conn.send_endlessly(format!("1000\r\n{}\r\n", "x".repeat(4096)), Duration::ZERO);
    });
    let start = Instant::now();
    refused(&check(&server.client()), Status::ServerError, Cause::ServerError, "HTTP 500");
    assert!(start.elapsed() < AMPLE / 2, "it took {:?}", start.elapsed());
}

#[test]
fn fault_101_endless_and_slow_body() {
    let begin = ok("Transfer-Encoding: chunked\r\n", "");
    let server = Wire::Plain.serve(move |conn| {
        conn.request();
        let _ = conn.send(&begin);
        conn.send_endlessly("1\r\n \r\n", Duration::from_millis(20));
    });
    ends_at_deadline(&server, CONSUMERS, "an endless body");
}

#[test]
fn fault_102_large_header_fields_pass() {
    let length = format!("Content-Length: {}\r\n", ALLOWED.len());
    for (what, fields) in [
        ("one of 16 KiB", format!("X-Large: {}\r\n", "v".repeat(16 * 1024))),
        ("a name of 16 KiB", format!("X-{}: v\r\n", "n".repeat(16 * 1024))),
        ("16 of 1 KiB", format!("X-Large: {}\r\n", "v".repeat(1024)).repeat(16)),
        ("60 small ones", "X-Small: v\r\n".repeat(60)),
    ] {
        for wire in WIRES {
            let server = answering(wire, ok(&format!("{fields}{length}"), ALLOWED));
            allowed(&check(&server.client()), what);
        }
    }
}

#[test]
fn fault_102_too_many_header_bytes() {
    let length = format!("Content-Length: {}\r\n", ALLOWED.len());
    for (what, fields) in [
        ("one of 33 KiB", format!("X-Large: {}\r\n", "v".repeat(33 * 1024))),
        ("one of 1 MiB", format!("X-Large: {}\r\n", "v".repeat(1024 * 1024))),
        ("33 of 1 KiB", format!("X-Large: {}\r\n", "v".repeat(1024)).repeat(33)),
    ] {
        let server = answering(Wire::Plain, ok(&format!("{fields}{length}"), ALLOWED));
        refused(&check(&server.client()), Status::UnexpectedReply, Cause::InvalidHttp, what);
        assert_eq!(server.requests(), 1, "{what}");
    }
}

#[test]
fn fault_102_endless_header() {
    for (piece, cause) in
        [("X-Field: value\r\n".repeat(64), Cause::TooManyHeaders), ("v".repeat(1024), Cause::InvalidHttp)]
    {
        let server = Wire::Plain.serve(move |conn| {
            conn.request();
            let _ = conn.send("HTTP/1.1 200 OK\r\nX-First: ");
            conn.send_endlessly(&piece, Duration::ZERO);
        });
        refused(&check(&server.client()), Status::UnexpectedReply, cause, "an endless header");
    }
}

#[test]
fn fault_104_one_byte_at_a_time() {
    let reply = whole(200, ALLOWED);
    let body = reply.len() - ALLOWED.len();
    let rows = WIRES.into_iter().flat_map(|wire| [(wire, 0, "head"), (wire, body, "body")]);
    at_once(rows, |(wire, at_once, part)| {
        let reply = reply.clone();
        let server = wire.serve(move |conn| {
            conn.request();
            let _ = conn.send(&reply[..at_once]);
            for byte in &reply[at_once..] {
                if conn.send([*byte]).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        ends_at_deadline(&server, CONSUMERS, &format!("{wire:?}, {part}"));
    });
}

#[test]
fn fault_104_slow_but_in_time() {
    let reply = whole(200, ALLOWED);
    at_once(WIRES, |wire| {
        let reply = reply.clone();
        let server = wire.serve(move |conn| {
            conn.request();
            for byte in &reply {
                let _ = conn.send([*byte]);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        allowed(&check(&server.client()), &format!("{wire:?}"));
    });
}

/// Lets a request of 20 MB end at its deadline, which leaves enough time for its beginning to arrive.
fn never_sent(script: impl Fn(&mut Conn) + Copy + Send + Sync + 'static) {
    let consumers = twenty_megabytes();
    at_once(WIRES, |wire| {
        let reached = Arc::new(AtomicUsize::new(0));
        let seen = reached.clone();
        let server = wire.serve(move |conn| {
            conn.beginning_of_request();
            seen.fetch_add(1, Ordering::SeqCst);
            script(conn);
        });
        ends_at(Duration::from_secs(5), &server, &consumers, &format!("{wire:?}"));
        assert_eq!(reached.load(Ordering::SeqCst), 1, "{wire:?}: the request never began");
    });
}

#[test]
fn fault_105_peer_stops_reading() {
    never_sent(|conn| conn.stay_deaf());
}

#[test]
fn fault_105_peer_reads_slowly() {
    never_sent(|conn| {
        let mut some = [0; 4096];
        while matches!(std::io::Read::read(conn, &mut some), Ok(1..)) {
            std::thread::sleep(Duration::from_millis(10));
        }
    });
}
