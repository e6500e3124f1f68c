//! Row 75 of the fault matrix: interim replies (RFC 9110, section 15.2), which the answer follows, or nothing.

mod http;

use std::io::Read;
use std::time::{Duration, Instant};

use http::{
    ALLOWED, DEADLINE, WIRES, Wire, allowed, at_once, check, ends_at_deadline, is_fine, refused, twenty_megabytes,
    whole,
};
use qls_precheck_core::{Cause, Status};

const INTERIM: &str = "HTTP/1.1 100 Continue\r\n\r\n";

#[test]
fn fault_075_interim_replies() {
    let answer = String::from_utf8(whole(200, ALLOWED)).expect("text");
    for (what, interim) in [
        ("100", INTERIM.to_owned()),
        ("103", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n".to_owned()),
        ("102 and 103", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n".to_owned()),
        ("twenty", INTERIM.repeat(20)),
    ] {
        is_fine(format!("{interim}{answer}").as_bytes(), &format!("{what} first"));
    }
    // In one packet with a reply that is larger than a head may be.
    let padded = format!("{ALLOWED}{}", " ".repeat(50_000));
    let reply = [INTERIM.as_bytes(), &whole(200, &padded)[..]].concat();
    is_fine(&reply, "100 and a large answer");
    // In separate packets.
    let server = Wire::Plain.serve(move |conn| {
        conn.request();
        let _ = conn.send("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n");
        std::thread::sleep(Duration::from_millis(100));
        let _ = conn.send(&answer);
        conn.drain();
    });
    allowed(&check(&server.client()), "103, and the answer later");
}

/// The interim reply comes whole, or in pieces.
const PIECES: [&[&str]; 3] = [
    &[INTERIM],
    &["HTTP/1.1 100", " Continue\r\n\r\n", "HTTP/1.1 103 Early\r\nLink: <a>\r\n\r\n"],
    &["HT", "TP/1.1 ", "100 Continue\r\n\r\n"],
];

/// An interim reply is not the answer, so the rest of the request has to be sent all the same.
#[test]
fn fault_075_interim_reply_while_the_request_is_sent() {
    let consumers = twenty_megabytes();
    at_once(WIRES.into_iter().flat_map(|wire| PIECES.map(|pieces| (wire, pieces))), |(wire, pieces)| {
        let server = wire.serve(move |conn| {
            let mut first = [0; 64];
            let length = conn.read(&mut first).unwrap_or(0);
            for piece in pieces {
                let _ = conn.send(piece);
                std::thread::sleep(Duration::from_millis(50));
            }
            let request = support::read_request(first[..length].chain(&mut *conn));
            if request.is_some_and(|request| request.body.len() > 20_000_000) {
                let _ = conn.send(whole(200, ALLOWED));
                conn.drain();
            }
        });
        let what = format!("{wire:?}, {pieces:?}");
        allowed(&server.client().check(Some(http::TOKEN), &*consumers), &what);
        assert_eq!(server.connections(), 1, "{what}: asked again");
    });
}

#[test]
fn fault_075_endless_interim_replies() {
    let server = Wire::Plain.serve(|conn| {
        conn.request();
        conn.send_endlessly(INTERIM, Duration::from_millis(5));
    });
    ends_at_deadline(&server, http::CONSUMERS, "interim replies");
}

#[test]
fn fault_075_flood_of_interim_replies() {
    let server = Wire::Plain.serve(|conn| {
        conn.request();
        conn.send_endlessly(INTERIM.repeat(100), Duration::ZERO);
    });
    let mut client = server.client();
    client.set_timeout(DEADLINE).expect("a timeout");
    let start = Instant::now();
    let outcome = check(&client);
    assert!(start.elapsed() < DEADLINE + Duration::from_secs(2), "it took {:?}", start.elapsed());
    // Either the deadline ends it, or so many interim replies arrive at once that they exceed the size of a head.
    match outcome.status() {
        Status::Timeout => refused(&outcome, Status::Timeout, Cause::Deadline, "a flood"),
        _ => refused(&outcome, Status::UnexpectedReply, Cause::InvalidHttp, "a flood"),
    }
}
