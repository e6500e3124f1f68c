//! Replies whose bytes are wrong, ambiguous or merely unusual (rows 66 to 78b of the fault matrix).

mod http;

use std::io::Read;
use std::time::Duration;

use http::{
    ALLOWED, Server, WIRES, Wire, allowed, answering, answering_once, check, ends_at_deadline, is_fine, ok, refused,
    twenty_megabytes, whole,
};
use qls_precheck_core::{Cause, Status};

/// Checks with a server that sends this reply and stays, and with one that hangs up afterwards: both end in this failure.
#[track_caller]
fn is_refused(reply: &[u8], cause: Cause, what: &str) {
    for server in [answering(Wire::Plain, reply), answering_once(Wire::Plain, reply)] {
        refused(&check(&server.client()), Status::UnexpectedReply, cause, what);
        assert_eq!(server.requests(), 1, "{what}: asked again");
    }
}

/// Checks with a server that sends the beginning of a reply and then closes or resets the connection.
#[track_caller]
fn is_lost(beginning: &[u8], what: &str) {
    for wire in WIRES {
        for reset in [false, true] {
            let beginning = beginning.to_vec();
            let server = wire.serve(move |conn| {
                conn.request();
                let _ = conn.send(&beginning);
                match reset {
                    true => conn.reset_at_end(),
                    false => conn.say_goodbye(),
                }
            });
            let what = format!("{what}, {wire:?}, reset: {reset}");
            refused(&check(&server.client()), Status::ConnectionLost, Cause::ConnectionClosed, &what);
            assert_eq!(server.requests(), 1, "{what}: asked again");
        }
    }
}

fn with_length() -> String {
    format!("Content-Length: {}\r\n", ALLOWED.len())
}

/// A chunked reply whose body is these bytes.
fn chunked(body: impl AsRef<[u8]>) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", body.as_ref()].concat()
}

/// The answer as one chunk, without the last, empty one.
fn chunk() -> String {
    format!("{:x}\r\n{ALLOWED}\r\n", ALLOWED.len())
}

#[test]
fn fault_066_closed_inside_the_head() {
    for beginning in ["", "H", "HTTP/1.1", "HTTP/1.1 2", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nContent-Ty"] {
        is_lost(beginning.as_bytes(), &format!("after {beginning:?}"));
    }
}

#[test]
fn fault_067_body_shorter_than_its_length() {
    let whole = whole(200, ALLOWED);
    for missing in [1, ALLOWED.len() / 2, ALLOWED.len()] {
        is_lost(&whole[..whole.len() - missing], &format!("{missing} bytes missing"));
    }
    // The JSON is complete, but the server announced more bytes.
    let more = ok(&format!("Content-Length: {}\r\n", ALLOWED.len() + 1), ALLOWED);
    is_lost(&more, "a complete value, one byte missing");
}

#[test]
fn fault_069_content_length() {
    let n = ALLOWED.len();
    let rows = [
        ("twice and equal", format!("Content-Length: {n}\r\nContent-Length: {n}\r\n")),
        ("twice and different", format!("Content-Length: {n}\r\nContent-Length: {}\r\n", n + 1)),
        ("a list", format!("Content-Length: {n}, {n}\r\n")),
        ("with a plus", format!("Content-Length: +{n}\r\n")),
        ("negative", "Content-Length: -1\r\n".into()),
        ("two to the power of 64", "Content-Length: 18446744073709551616\r\n".into()),
        ("text", "Content-Length: many\r\n".into()),
        ("hexadecimal", format!("Content-Length: 0x{n:x}\r\n")),
        ("empty", "Content-Length:\r\n".into()),
        ("a fraction", format!("Content-Length: {n}.0\r\n")),
    ];
    for (what, fields) in rows {
        is_refused(&ok(&fields, ALLOWED), Cause::InvalidHttp, &format!("Content-Length {what}"));
    }
}

#[test]
fn fault_070_transfer_encoding() {
    let chunks = format!("{}0\r\n\r\n", chunk());
    let rows = [
        ("and Content-Length", format!("Transfer-Encoding: chunked\r\n{}", with_length())),
        ("after Content-Length", format!("{}Transfer-Encoding: chunked\r\n", with_length())),
        ("gzip", "Transfer-Encoding: gzip\r\n".into()),
        ("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n".into()),
        ("chunked, chunked", "Transfer-Encoding: chunked, chunked\r\n".into()),
        ("twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".into()),
        ("gzip and chunked", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n".into()),
        ("identity", "Transfer-Encoding: identity\r\n".into()),
        ("misspelt", "Transfer-Encoding: xchunked\r\n".into()),
    ];
    for (what, fields) in rows {
        is_refused(&ok(&fields, &chunks), Cause::InvalidHttp, &format!("Transfer-Encoding {what}"));
    }
    is_fine(&ok("Transfer-Encoding: Chunked\r\n", &chunks), "in another spelling");
}

#[test]
fn fault_071_bad_chunk_sizes() {
    let n = ALLOWED.len();
    let rows = [
        ("no number", format!("xyz\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("negative", format!("-{n:x}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("with a plus", format!("+{n:x}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("behind a blank", format!(" {n:x}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("before a form feed", format!("{n:x}\u{c}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("before a line feed", format!("{n:x}\n\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("with a plus, of the second", format!("1\r\n{{\r\n+{:x}\r\n{}\r\n0\r\n\r\n", n - 1, &ALLOWED[1..])),
        ("with a plus, of the last", format!("{n:x}\r\n{ALLOWED}\r\n+0\r\n\r\n")),
        ("prefixed", format!("0x{n:x}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("empty", format!("\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("17 digits", format!("1{n:016x}\r\n{ALLOWED}\r\n0\r\n\r\n")),
        ("40 digits", format!("{}\r\n{ALLOWED}\r\n0\r\n\r\n", "f".repeat(40))),
        ("data longer than it", format!("{:x}\r\n{ALLOWED}\r\n0\r\n\r\n", n - 1)),
        ("extension of 400 KB", format!("{n:x};{}\r\n{ALLOWED}\r\n0\r\n\r\n", "e".repeat(400_000))),
    ];
    for (what, body) in rows {
        is_refused(&chunked(body), Cause::InvalidHttp, &format!("chunk size: {what}"));
    }
    is_fine(&chunked(format!("{n:X};name=\"value\"\r\n{ALLOWED}\r\n0\r\n\r\n")), "a short extension");
    is_fine(&chunked(format!("{n:x} \t \r\n{ALLOWED}\r\n0   \r\n\r\n")), "blanks behind");
    let interim = String::from_utf8(chunked(format!("{n:x}\r\n{ALLOWED}\r\n0\r\n\r\n"))).expect("UTF-8");
    is_fine(format!("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n{interim}").as_bytes(), "behind an interim reply");
    is_fine(&chunked(format!("00{n:x}\r\n{ALLOWED}\r\n000\r\n\r\n")), "leading zeros");
}

#[test]
fn fault_071_chunks_cut_off() {
    let chunk = chunk();
    let digits = chunk.find('\r').expect("a size line");
    for (what, length) in [
        ("before the first", 0),
        ("in a size", digits),
        ("after a size", digits + 2),
        ("in the data", chunk.len() - 9),
        ("before the line break after the data", chunk.len() - 2),
        ("before the last chunk", chunk.len()),
    ] {
        is_lost(&chunked(&chunk[..length]), &format!("chunks end {what}"));
    }
    is_lost(&chunked(format!("{chunk}0")), "chunks end in the last size");
    // A size that no memory can hold: nothing is reserved for it, and its data never comes.
    is_lost(&chunked(format!("ffffffffffffffff\r\n{ALLOWED}")), "chunks end in a huge one");
}

#[test]
fn fault_072_trailers() {
    is_fine(&chunked(format!("{}0\r\nX-Checksum: 1\r\nX-Other: 2\r\n\r\n", chunk())), "trailers");
}

#[test]
fn fault_072_flood_of_trailers() {
    for (piece, pause) in [("X-Trailer: value\r\n".repeat(100), 0), ("X-Trailer: value\r\n".into(), 5)] {
        let begin = chunked(format!("{}0\r\n", chunk()));
        let server = Wire::Plain.serve(move |conn| {
            conn.request();
            let _ = conn.send(&begin);
            conn.send_endlessly(&piece, Duration::from_millis(pause));
        });
        ends_at_deadline(&server, http::CONSUMERS, &format!("trailers, {pause} ms apart"));
    }
}

#[test]
fn fault_073_unusual_header_fields() {
    let reply = format!("HTTP/1.1 200 OK\nContent-Length: {}\n\n{ALLOWED}", ALLOWED.len());
    is_fine(reply.as_bytes(), "lines that end in LF only");
    let reply =
        [b"HTTP/1.1 200 D'accord \xe9\r\nX-Name: caf\xe9 \xff\r\n", &ok(&with_length(), ALLOWED)[17..]].concat();
    is_fine(&reply, "8-bit characters");
    is_fine(&ok(&format!("X-Empty:\r\n{}", with_length()), ALLOWED), "an empty field");
    is_fine(format!("HTTP/1.1 200\r\n{}\r\n{ALLOWED}", with_length()).as_bytes(), "no reason phrase");
    is_fine(format!("HTTP/1.0 200 OK\r\n{}\r\n{ALLOWED}", with_length()).as_bytes(), "HTTP/1.0");
}

#[test]
fn fault_073_malformed_header_fields() {
    for (what, field) in [
        ("a folded field", "X-Folded: one\r\n two\r\n"),
        ("a folded field, by a tab", "X-Folded: one\r\n\ttwo\r\n"),
        ("a space before the colon", "X-Name : value\r\n"),
        ("NUL in a value", "X-Name: a\0b\r\n"),
        ("NUL in a name", "X-\0Name: value\r\n"),
        ("a line without a colon", "nothing\r\n"),
        ("no name", ": value\r\n"),
        ("a bare CR", "X-Name: a\rb\r\n"),
    ] {
        is_refused(&ok(&format!("{field}{}", with_length()), ALLOWED), Cause::InvalidHttp, what);
    }
    let n = ALLOWED.len();
    is_refused(&ok(&format!("Content-Length : {n}\r\n"), ALLOWED), Cause::InvalidHttp, "Content-Length with a space");
    is_refused(&ok(&format!("Content-Length:\r\n {n}\r\n"), ALLOWED), Cause::InvalidHttp, "a folded Content-Length");
}

#[test]
fn fault_074_no_http_1() {
    for (what, reply) in [
        ("HTTP/0.9", ALLOWED.as_bytes().to_vec()),
        ("HTTP/0.9, with a line break", format!("{ALLOWED}\r\n\r\n").into_bytes()),
        ("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("HTTP/2's first frame", b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64".to_vec()),
        ("HTTP/2.0", format!("HTTP/2.0 200 OK\r\n{}\r\n{ALLOWED}", with_length()).into_bytes()),
        ("an SSH server", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        ("a mail server", b"220 mail.example.com ESMTP\r\n".to_vec()),
        ("a TLS alert", b"\x15\x03\x01\x00\x02\x02\x46".to_vec()),
        ("status 000", format!("HTTP/1.1 000 Zero\r\n{}\r\n{ALLOWED}", with_length()).into_bytes()),
        ("status 1000", format!("HTTP/1.1 1000 Many\r\n{}\r\n{ALLOWED}", with_length()).into_bytes()),
        ("status 20", format!("HTTP/1.1 20 Few\r\n{}\r\n{ALLOWED}", with_length()).into_bytes()),
        ("status -200", format!("HTTP/1.1 -200 OK\r\n{}\r\n{ALLOWED}", with_length()).into_bytes()),
    ] {
        is_refused(&reply, Cause::InvalidHttp, what);
    }
}

#[test]
fn fault_074_statuses_without_meaning() {
    for status in [101, 201, 206, 299, 600, 999] {
        let reply = format!("HTTP/1.1 {status} Some\r\n{}\r\n{ALLOWED}", with_length());
        for server in [answering(Wire::Plain, reply.clone()), answering_once(Wire::Plain, reply)] {
            let outcome = check(&server.client());
            refused(&outcome, Status::UnexpectedReply, Cause::HttpStatus, &format!("status {status}"));
            assert_eq!(outcome.http_status(), status);
        }
    }
}

/// A reply that never gets beyond its first letters, from a peer that reads no more.
#[test]
fn fault_066_the_first_letters_of_a_reply_while_the_request_is_sent() {
    let consumers = twenty_megabytes();
    let server = Wire::Plain.serve(|conn| {
        let _ = conn.read(&mut [0; 64]);
        let _ = conn.send("HT");
        conn.say_goodbye();
        conn.stay_deaf();
    });
    let mut client = server.client();
    client.set_timeout(http::AMPLE / 4).expect("a timeout");
    refused(&client.check(Some(http::TOKEN), &*consumers), Status::ConnectionLost, Cause::ConnectionClosed, "HT");
}

#[test]
fn fault_078a_content_encoding() {
    for coding in ["gzip", "br", "deflate", "zstd", "identity, gzip", "x-unknown"] {
        let reply = ok(&format!("Content-Encoding: {coding}\r\n{}", with_length()), ALLOWED);
        is_refused(&reply, Cause::WrongEncoding, coding);
    }
    let twice = ok(&format!("Content-Encoding: identity\r\nContent-Encoding: gzip\r\n{}", with_length()), ALLOWED);
    is_refused(&twice, Cause::WrongEncoding, "the second of two");
    is_fine(&ok(&format!("Content-Encoding: Identity\r\n{}", with_length()), ALLOWED), "identity");
}

#[test]
fn fault_078a_a_refusal_keeps_its_status_whatever_its_coding() {
    for (line, status, cause) in [
        ("401 Unauthorized", Status::Unauthorized, Cause::Unauthorized),
        ("404 Not Found", Status::NotFound, Cause::NoPreCheck),
        ("429 Too Many Requests", Status::RateLimited, Cause::RateLimited),
        ("500 Internal Server Error", Status::ServerError, Cause::ServerError),
    ] {
        let fields = "Content-Encoding: gzip\r\nRetry-After: 9999\r\nContent-Length: 6";
        let reply = format!("HTTP/1.1 {line}\r\n{fields}\r\n\r\n\x1f\x0b\x08abc");
        let server = answering(Wire::Plain, reply.as_bytes());
        refused(&check(&server.client()), status, cause, line);
    }
}

fn until_closed(wire: Wire, body: &str, polite: bool) -> Server {
    let reply = ok("Content-Type: application/json\r\n", body);
    wire.serve(move |conn| {
        conn.request();
        let _ = conn.send(&reply);
        if polite {
            conn.say_goodbye();
        }
    })
}

#[test]
fn fault_078b_body_that_ends_with_the_connection() {
    for wire in WIRES {
        for polite in [true, false] {
            let what = format!("{wire:?}, says goodbye: {polite}");
            allowed(&check(&until_closed(wire, ALLOWED, polite).client()), &what);
            for length in [0, 1, ALLOWED.len() / 2, ALLOWED.len() - 1] {
                let outcome = check(&until_closed(wire, &ALLOWED[..length], polite).client());
                refused(&outcome, Status::UnexpectedReply, Cause::NotJson, &format!("{what}, {length} bytes"));
            }
        }
    }
}
