//! What becomes of the connection: kept, stale, given up early, hung up by either side (rows 68, 76 to 78, 111).

mod http;

use std::time::{Duration, Instant};

use http::{
    ALLOWED, AMPLE, Conn, DENIED, LICENSES, TOKEN, WIRES, Wire, allowed, at_once, check, ok, refused, twenty_megabytes,
    whole,
};
use qls_precheck_core::{Cause, Client, Outcome, Status};

/// Time for the server's bytes, or the end of its connection, to arrive at the client.
const SETTLE: Duration = Duration::from_millis(150);

fn list(client: &Client) -> Outcome {
    client.list(Some(TOKEN), None)
}

#[track_caller]
fn listed(outcome: &Outcome, what: &str) {
    assert_eq!(outcome.status(), Status::Ok, "{what}: {}", outcome.message());
}

/// Asserts a success with the verdict "denied": the reply to this request, and no other.
#[track_caller]
fn denied(outcome: &Outcome, what: &str) {
    assert_eq!(outcome.status(), Status::Ok, "{what}: {}", outcome.message());
    assert!(!outcome.is_allowed("9876"), "{what}: {}", outcome.to_json());
}

#[test]
fn fault_111_a_connection_is_kept() {
    for wire in WIRES {
        let server = wire.serve(|conn| {
            for reply in [LICENSES, ALLOWED, DENIED] {
                conn.request();
                let _ = conn.send(whole(200, reply));
            }
            conn.drain();
        });
        let client = server.client();
        listed(&list(&client), "the first");
        allowed(&check(&client), "the second");
        denied(&check(&client), "the third");
        assert_eq!((server.connections(), server.requests()), (1, 3), "{wire:?}");
        assert_eq!(server.handshakes(), usize::from(wire == Wire::Tls));
    }
}

#[test]
fn fault_111_a_refusal_keeps_the_connection() {
    let server = Wire::Tls.serve(|conn| {
        conn.request();
        let _ = conn.send(whole(403, r#"{"status":false,"message":"Not you."}"#));
        conn.request();
        let _ = conn.send(whole(200, ALLOWED));
        conn.drain();
    });
    let client = server.client();
    refused(&check(&client), Status::Unauthorized, Cause::Forbidden, "the first");
    allowed(&check(&client), "the second");
    assert_eq!(server.connections(), 1);
}

#[test]
fn fault_111_a_connection_that_the_server_ends_is_not_kept() {
    let length = ALLOWED.len();
    for reply in [
        ok(&format!("Connection: close\r\nContent-Length: {length}\r\n"), ALLOWED),
        format!("HTTP/1.0 200 OK\r\nContent-Length: {length}\r\n\r\n{ALLOWED}").into_bytes(),
    ] {
        let server = http::answering(Wire::Plain, reply);
        let client = server.client();
        allowed(&check(&client), "the first");
        allowed(&check(&client), "the second");
        assert_eq!(server.connections(), 2);
    }
}

/// How a server ends a connection, be it idle or with a request on it.
#[derive(Clone, Copy, Debug)]
enum End {
    Goodbye,
    Fin,
    Reset,
}

impl End {
    const ALL: [Self; 3] = [Self::Goodbye, Self::Fin, Self::Reset];

    fn apply(self, conn: &mut Conn) {
        match self {
            Self::Goodbye => conn.say_goodbye(),
            Self::Fin => {}
            Self::Reset => conn.reset_at_end(),
        }
    }
}

/// Lists, lets `first` end that first connection, and checks; the second connection answers.
fn survives(
    wire: Wire,
    what: &str,
    first: impl Fn(&mut Conn) + Send + Sync + 'static,
    consumers: &str,
    wait: Duration,
) {
    let server = wire.serve(move |conn| {
        conn.request();
        if conn.number == 0 {
            let _ = conn.send(whole(200, LICENSES));
            return first(conn);
        }
        let _ = conn.send(whole(200, ALLOWED));
        conn.drain();
    });
    // No repetitions: a stale connection does not count as one.
    let client = server.client();
    listed(&list(&client), what);
    std::thread::sleep(wait);
    allowed(&client.check(Some(TOKEN), consumers), what);
    assert_eq!(server.connections(), 2, "{what}");
}

#[test]
fn fault_111_ended_while_idle() {
    for wire in WIRES {
        for end in End::ALL {
            survives(wire, &format!("{wire:?}, {end:?}"), move |conn| end.apply(conn), http::CONSUMERS, SETTLE);
        }
    }
}

#[test]
fn fault_111_ended_at_the_second_request() {
    for wire in WIRES {
        for end in End::ALL {
            let first = move |conn: &mut Conn| {
                conn.request();
                end.apply(conn);
            };
            survives(wire, &format!("{wire:?}, {end:?}"), first, http::CONSUMERS, Duration::ZERO);
        }
    }
}

#[test]
fn fault_111_ended_in_the_very_moment() {
    // The end of the connection may arrive before, during or after the client's request.
    for wire in WIRES {
        for end in End::ALL {
            for _ in 0..10 {
                let first = move |conn: &mut Conn| end.apply(conn);
                survives(wire, &format!("{wire:?}, {end:?}"), first, http::CONSUMERS, Duration::ZERO);
            }
        }
    }
}

#[test]
fn fault_111_ended_inside_a_large_second_request() {
    for wire in WIRES {
        for end in End::ALL {
            let first = move |conn: &mut Conn| {
                conn.beginning_of_request();
                end.apply(conn);
            };
            survives(wire, &format!("{wire:?}, {end:?}"), first, &twenty_megabytes(), Duration::ZERO);
        }
    }
}

#[test]
fn fault_111_a_new_connection_that_is_lost_too() {
    for wire in WIRES {
        let server = wire.serve(|conn| {
            conn.request();
            if conn.number == 0 {
                let _ = conn.send(whole(200, LICENSES));
                conn.request();
            }
        });
        let client = server.client();
        listed(&list(&client), "the first");
        refused(&check(&client), Status::ConnectionLost, Cause::ConnectionClosed, "the second");
        assert_eq!((server.connections(), server.requests()), (2, 3), "{wire:?}");
    }
}

/// Checks, where the first connection's answer "allowed" is followed by `extra`, and checks again, where another
/// connection answers "denied".
fn is_not_taken_for_the_next(wire: Wire, what: &str, send: impl Fn(&mut Conn) + Send + Sync + 'static) {
    let server = wire.serve(move |conn| {
        conn.request();
        match conn.number {
            0 => send(conn),
            _ => drop(conn.send(whole(200, DENIED))),
        }
        conn.drain();
    });
    let client = server.client();
    allowed(&check(&client), what);
    std::thread::sleep(SETTLE);
    denied(&check(&client), what);
    assert_eq!(server.connections(), 2, "{what}: the connection was used again");
}

#[test]
fn fault_068_extra_bytes_after_the_body() {
    for wire in WIRES {
        for extra in ["\n", "}", "surplus", "\r\n\r\n"] {
            let reply = [&whole(200, ALLOWED), extra.as_bytes()].concat();
            is_not_taken_for_the_next(wire, &format!("{wire:?}, {extra:?}"), move |conn| drop(conn.send(&reply)));
        }
    }
}

/// Replies of these statuses have no body, so what stands behind the head is surplus.
#[test]
fn fault_068_extra_bytes_behind_a_head_alone() {
    for wire in WIRES {
        for status in ["204 No Content", "304 Not Modified"] {
            let server = wire.serve(move |conn| {
                conn.request();
                let bare = format!("HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
                if conn.number > 0 {
                    let _ = conn.send(whole(200, DENIED));
                    return;
                }
                let _ = conn.send(bare);
                // Another request on this connection gets another answer.
                if matches!(std::io::Read::read(conn, &mut [0; 4096]), Ok(1..)) {
                    let _ = conn.send(whole(200, ALLOWED));
                }
            });
            let client = server.client();
            check(&client);
            std::thread::sleep(SETTLE);
            denied(&check(&client), status);
            assert_eq!(server.connections(), 2, "{wire:?}, {status}: the connection was used again");
        }
    }
}

#[test]
fn fault_076_a_pipelined_reply() {
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{ALLOWED}\r\n0\r\n\r\n", ALLOWED.len());
    for wire in WIRES {
        for (what, first) in [("a length", whole(200, ALLOWED)), ("chunks", chunked.clone().into_bytes())] {
            let both = [&first[..], &whole(200, ALLOWED)].concat();
            let what = format!("{wire:?}, {what}");
            is_not_taken_for_the_next(wire, &format!("{what}, in one packet"), move |conn| drop(conn.send(&both)));
            is_not_taken_for_the_next(wire, &format!("{what}, right behind"), move |conn| {
                let _ = conn.send(&first);
                let _ = conn.send(whole(200, ALLOWED));
            });
        }
    }
}

#[test]
fn fault_076_a_reply_that_nobody_asked_for() {
    for wire in WIRES {
        for status in [200, 408] {
            is_not_taken_for_the_next(wire, &format!("{wire:?}, {status}"), move |conn| {
                let _ = conn.send(whole(200, ALLOWED));
                std::thread::sleep(SETTLE / 3);
                let _ = conn.send(whole(status, ALLOWED));
            });
        }
    }
}

/// Checks with a request of 20 MB, which the server answers by `serve` without reading it; the user is told what the
/// server said.
fn is_told(what: &str, wire: Wire, status: u16, serve: impl Fn(&mut Conn, &[u8]) + Send + Sync + 'static) {
    let reply = whole(status, r#"{"status":false,"code":"E7","message":"Said early."}"#);
    let server = wire.serve(move |conn| {
        conn.beginning_of_request();
        serve(conn, &reply);
    });
    let start = Instant::now();
    let mut client = server.client();
    client.set_timeout(AMPLE / 4).expect("a timeout");
    let outcome = client.check(Some(TOKEN), twenty_megabytes());
    let what = format!("{what}, {wire:?}, {status}");
    let (expected, cause) = match status {
        401 => (Status::Unauthorized, Cause::Unauthorized),
        _ => (Status::UnexpectedReply, Cause::HttpStatus),
    };
    refused(&outcome, expected, cause, &what);
    assert_eq!((outcome.http_status(), outcome.server_code()), (status, Some("E7")), "{what}: {}", outcome.message());
    assert!(outcome.message().contains("Said early."), "{what}: {}", outcome.message());
    assert!(start.elapsed() < AMPLE / 5, "{what}: it took {:?}", start.elapsed());
    assert_eq!(server.connections(), 1, "{what}");
}

fn each_early_reply(what: &str, serve: fn(&mut Conn, &[u8])) {
    let rows = WIRES.into_iter().flat_map(|wire| [401, 413].map(|status| (wire, status)));
    at_once(rows, |(wire, status)| is_told(what, wire, status, serve));
}

#[test]
fn fault_077_early_reply_then_closed() {
    // Closing a socket with unread bytes resets the connection.
    each_early_reply("closed at once", |conn, reply| drop(conn.send(reply)));
}

#[test]
fn fault_077_early_reply_then_closed_gently() {
    each_early_reply("closed after reading on", |conn, reply| {
        let _ = conn.send(reply);
        conn.say_goodbye();
        conn.drain();
    });
}

#[test]
fn fault_077_early_reply_then_neither_reading_nor_closing() {
    each_early_reply("deaf", |conn, reply| {
        let _ = conn.send(reply);
        conn.stay_deaf();
    });
}

#[test]
fn fault_077_early_reply_in_pieces() {
    each_early_reply("deaf, in pieces", |conn, reply| {
        for piece in reply.chunks(reply.len() / 4) {
            let _ = conn.send(piece);
            std::thread::sleep(SETTLE / 2);
        }
        conn.stay_deaf();
    });
}

#[test]
fn fault_077_early_reply_in_pieces_then_closed() {
    each_early_reply("in pieces, closed", |conn, reply| {
        for piece in reply.chunks(reply.len() / 4) {
            let _ = conn.send(piece);
            std::thread::sleep(SETTLE / 2);
        }
    });
}

#[test]
fn fault_077_a_connection_with_an_early_reply_is_not_kept() {
    for wire in WIRES {
        let server = wire.serve(|conn| {
            if conn.number == 0 {
                conn.beginning_of_request();
                let _ = conn.send(whole(413, "{}"));
                return conn.stay_deaf();
            }
            conn.request();
            let _ = conn.send(whole(200, ALLOWED));
            conn.drain();
        });
        let client = server.client();
        let outcome = client.check(Some(TOKEN), twenty_megabytes());
        refused(&outcome, Status::UnexpectedReply, Cause::HttpStatus, "the first");
        allowed(&check(&client), "the second");
        assert_eq!(server.connections(), 2, "{wire:?}");
    }
}

#[test]
fn fault_077_closed_inside_the_request_without_a_reply() {
    for wire in WIRES {
        for end in End::ALL {
            let server = wire.serve(move |conn| {
                conn.beginning_of_request();
                end.apply(conn);
            });
            let outcome = server.client().check(Some(TOKEN), twenty_megabytes());
            let what = format!("{wire:?}, {end:?}");
            refused(&outcome, Status::ConnectionLost, Cause::ConnectionClosed, &what);
            assert_eq!(server.connections(), 1, "{what}");
        }
    }
}

#[test]
fn fault_078_reset_after_a_complete_reply() {
    let chunked = format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{ALLOWED}\r\n0\r\n", ALLOWED.len());
    for wire in WIRES {
        for reply in [whole(200, ALLOWED), format!("HTTP/1.1 200 OK\r\n{chunked}\r\n").into_bytes()] {
            let server = wire.serve(move |conn| {
                conn.request();
                let _ = conn.send(&reply);
                conn.reset_at_end();
            });
            allowed(&check(&server.client()), &format!("{wire:?}"));
        }
    }
}
