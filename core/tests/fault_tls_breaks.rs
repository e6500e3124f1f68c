//! Rows 47-49, 52 and 77 of the fault matrix: handshakes that never end, break off or flood the client, and
//! connections that end without TLS's close_notify.

mod tls_faults;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use qls_precheck_core::{Cause, Client, Status};
use support::pki::Ca;
use support::{RawServer, read_request, reply, tls};
use tls_faults::{ALLOWED, Asked, CONSUMERS, TOKEN, answer, ask, ask_for, client, scripted};

const LIMIT: Duration = Duration::from_millis(700);

/// A client with long timeouts; a test that is about one sets its own.
fn asking(server: &RawServer) -> Client {
    let mut client = client(server, "localhost", &Ca::new("A test CA").pem());
    client.set_timeout(Duration::from_secs(30)).expect("a timeout");
    client.set_connect_timeout(Duration::from_secs(20)).expect("a timeout");
    client
}

/// The call ended by itself, long before its timeouts.
#[track_caller]
fn at_once(asked: &Asked) {
    assert!(asked.took < Duration::from_secs(10), "{:?}", asked.took);
}

/// Asks twice: once the connect timeout ends the call, and once the timeout of the whole call.
#[track_caller]
fn ends_in_time(server: &RawServer) {
    for cause in [Cause::ConnectTimeout, Cause::Deadline] {
        let mut client = asking(server);
        match cause {
            Cause::Deadline => client.set_timeout(LIMIT).expect("a timeout"),
            _ => client.set_connect_timeout(LIMIT).expect("a timeout"),
        }
        let asked = ask(client);
        asked.failed(Status::Timeout, cause).tells(&["700 ms", "TLS handshake"]);
        assert!((LIMIT..LIMIT + Duration::from_secs(2)).contains(&asked.took), "{:?}", asked.took);
    }
}

/// Sends `bytes` one by one.
fn drip(stream: &mut TcpStream, bytes: impl IntoIterator<Item = u8>) {
    for byte in bytes {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn fault_047_silent_handshake() {
    ends_in_time(&scripted(|stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    }));
}

#[test]
fn fault_047_dripping_handshake() {
    // One long record; and records of one byte each, all of a long ServerHello.
    ends_in_time(&scripted(|stream| {
        drip(stream, [22, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xf0].into_iter().chain(std::iter::repeat_n(3, 5_000)));
    }));
    ends_in_time(&scripted(|stream| {
        let hello = [2, 0, 0x3f, 0xf0].into_iter().chain(std::iter::repeat_n(3, 5_000));
        drip(stream, hello.flat_map(|byte| [22, 3, 3, 0, 1, byte]));
    }));
}

/// A real handshake that stops after the server's first bytes.
#[test]
fn fault_047_stalled_handshake() {
    let config = tls::server_config(&Ca::new("A test CA").identity(&["localhost"]));
    ends_in_time(&RawServer::serving(move |stream, _| {
        let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
        tls.conn.read_tls(stream).expect("a ClientHello");
        tls.conn.process_new_packets().expect("a ClientHello");
        let mut flight = Vec::new();
        while tls.conn.wants_write() {
            tls.conn.write_tls(&mut flight).expect("memory");
        }
        let _ = stream.write_all(&flight[..flight.len() / 2]);
        let _ = stream.read_to_end(&mut Vec::new());
    }));
}

/// Closes with a reset, even if everything was read.
fn reset(stream: &TcpStream) {
    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).expect("a socket");
}

#[test]
fn fault_048_handshake_broken_off() {
    let config = tls::server_config(&Ca::new("A test CA").identity(&["localhost"]));
    // Before the first byte, within the first record's head, within the server's flight, before its end.
    for part in [0, 3, 200, usize::MAX] {
        for resets in [false, true] {
            let config = config.clone();
            let server = RawServer::serving(move |stream, _| {
                let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
                tls.conn.read_tls(stream).expect("a ClientHello");
                tls.conn.process_new_packets().expect("a ClientHello");
                let mut flight = Vec::new();
                while tls.conn.wants_write() {
                    tls.conn.write_tls(&mut flight).expect("memory");
                }
                let _ = stream.write_all(&flight[..part.min(flight.len() - 1)]);
                if resets {
                    // A reset overtakes what was sent; it shall arrive.
                    std::thread::sleep(Duration::from_millis(50));
                    reset(stream);
                }
                let _ = stream.shutdown(if resets { Shutdown::Read } else { Shutdown::Both });
            });
            let asked = ask(asking(&server));
            asked.failed(Status::ConnectionLost, Cause::ConnectionClosed).tells(&["TLS handshake"]);
            at_once(&asked);
        }
    }
}

#[test]
fn fault_048_another_try_gets_through() {
    let ca = Ca::new("A test CA");
    let config = tls::server_config(&ca.identity(&["localhost"]));
    let connections = Arc::new(AtomicU32::new(0));
    let seen = connections.clone();
    let server = RawServer::serving(move |stream, requests| {
        if seen.fetch_add(1, Ordering::SeqCst) > 0 {
            answer(&config, stream, requests);
        }
    });
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_retries(1);
    ask(client).allowed();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

/// A server sends `record` without end. The client has to hang up, having read little of it.
fn flood(record: &'static [u8], cause: Cause) {
    const ENOUGH: u64 = 64 * 1024 * 1024;
    let (sent, ended) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(false)));
    let (count, over) = (sent.clone(), ended.clone());
    let server = scripted(move |stream| {
        let many = record.repeat(64 * 1024 / record.len());
        while count.load(Ordering::SeqCst) < ENOUGH && stream.write_all(&many).is_ok() {
            count.fetch_add(many.len() as u64, Ordering::SeqCst);
        }
        *over.lock().expect("no test panicked here") = true;
    });
    let asked = ask(asking(&server));
    at_once(&asked);
    asked.failed(Status::TlsFailed, cause);
    let start = Instant::now();
    while !*ended.lock().expect("no test panicked here") {
        assert!(start.elapsed() < Duration::from_secs(10), "the connection is still open");
        std::thread::sleep(Duration::from_millis(10));
    }
    let sent = sent.load(Ordering::SeqCst);
    // The system's own buffers take several megabytes.
    assert!(sent < ENOUGH / 2, "took {sent} bytes of a flood");
}

#[test]
fn fault_049_alert_flood() {
    // Warnings that may be ignored: user_canceled, no_renegotiation, unrecognized_name.
    flood(&[21, 3, 3, 0, 2, 1, 90], Cause::HandshakeFailed);
    flood(&[21, 3, 3, 0, 2, 1, 100], Cause::HandshakeFailed);
    flood(&[21, 3, 3, 0, 2, 1, 112], Cause::HandshakeFailed);
}

#[test]
fn fault_049_handshake_flood() {
    // A HelloRequest again and again; a ServerHello of 16 MiB; in records of one byte.
    flood(&[22, 3, 3, 0, 4, 0, 0, 0, 0], Cause::HandshakeFailed);
    flood(&[22, 3, 3, 0, 4, 2, 0xff, 0xff, 0xff], Cause::NotTls);
    flood(&[22, 3, 3, 0, 1, 2], Cause::NotTls);
}

#[test]
fn fault_049_flood_of_empty_or_idle_records() {
    flood(&[22, 3, 3, 0, 0], Cause::NotTls);
    flood(&[20, 3, 3, 0, 1, 1], Cause::NotTls);
}

/// A flood after the handshake ends at the deadline.
#[test]
fn fault_049_key_updates_instead_of_a_reply() {
    let ca = Ca::new("A test CA");
    let config = tls::server_config(&ca.identity(&["localhost"]));
    let server = RawServer::serving(move |stream, _| {
        let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
        if read_request(&mut tls).is_some() {
            while tls.conn.refresh_traffic_keys().is_ok() && tls.flush().is_ok() {}
        }
    });
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_timeout(Duration::from_secs(2)).expect("a timeout");
    let asked = ask(client);
    asked.hides(TOKEN);
    assert!(matches!(asked.outcome.status(), Status::Timeout | Status::TlsFailed), "{}", asked.message());
    assert!(!asked.outcome.is_allowed("9876"));
    assert!(asked.took < Duration::from_secs(4), "{:?}", asked.took);
}

/// A server that answers `reply` and hangs up without TLS's close_notify.
fn rude(ca: &Ca, reply: Vec<u8>) -> RawServer {
    let config = tls::server_config(&ca.identity(&["localhost"]));
    RawServer::serving(move |stream, requests| {
        let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
        if let Some(request) = read_request(&mut tls) {
            requests.lock().expect("no test panicked here").push(request);
            tls.write_all(&reply).and_then(|()| tls.flush()).expect("a client");
        }
    })
}

#[test]
fn fault_052_no_close_notify_after_a_complete_reply() {
    let ca = Ca::new("A test CA");
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunked = format!("{head}{:x}\r\n{ALLOWED}\r\n0\r\n\r\n", ALLOWED.len());
    for reply in [reply(200, ALLOWED), chunked.into_bytes()] {
        let server = rude(&ca, reply);
        let client = client(&server, "localhost", &ca.pem());
        // Twice: what is left of the first connection does the second call no harm.
        for _ in 0..2 {
            let outcome = client.check(Some(TOKEN), CONSUMERS);
            assert_eq!(outcome.status(), Status::Ok, "{}", outcome.message());
            assert!(outcome.is_allowed("9876"));
        }
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn fault_052_no_close_notify_within_a_reply() {
    let ca = Ca::new("A test CA");
    let whole = reply(200, ALLOWED);
    for missing in [1, 20, ALLOWED.len()] {
        let server = rude(&ca, whole[..whole.len() - missing].to_vec());
        let client = client(&server, "localhost", &ca.pem());
        let outcome = client.check(Some(TOKEN), CONSUMERS);
        let ended = (outcome.status(), outcome.cause());
        assert_eq!(ended, (Status::ConnectionLost, Some(Cause::ConnectionClosed)), "{}", outcome.message());
        assert!(!outcome.is_allowed("9876"));
        assert!(!outcome.to_json().contains(TOKEN));
    }
}

/// Consumers for a request that is larger than all buffers between client and server.
fn twenty_megabytes() -> String {
    format!(r#"[{{"consumer_id": "qtcreator", "component_id": "9876", "x": "{}"}}]"#, "x".repeat(20_000_000))
}

/// The server replies before it has read the request, with more than the buffers between hold. The client reads this
/// reply without waiting until the rest of the request has left.
#[test]
fn fault_077_early_reply_through_tls() {
    let ca = Ca::new("A test CA");
    let config = tls::server_config(&ca.identity(&["localhost"]));
    let server = RawServer::serving(move |stream, _| {
        let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
        if tls.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {
            let _ = tls.write_all(&reply(413, vec![b' '; 300_000]));
            // Reads no more, and does not hang up.
            std::thread::sleep(LIMIT * 10);
        }
    });
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_timeout(LIMIT * 5).expect("a timeout");
    let consumers = twenty_megabytes();
    let start = Instant::now();
    let outcome = client.check(Some(TOKEN), consumers);
    assert_eq!(outcome.http_status(), 413, "{}", outcome.message());
    assert!(start.elapsed() < LIMIT * 4, "it waited for its deadline");
    assert!(!outcome.is_allowed("9876"));
}

/// The server closes its side while the request is sent, so no reply can come any more. The call ends at once with a
/// lost connection, and does not wait for its deadline.
#[test]
fn fault_077_no_close_notify_while_the_request_is_sent() {
    let ca = Ca::new("A test CA");
    let config = tls::server_config(&ca.identity(&["localhost"]));
    let server = RawServer::serving(move |stream, _| {
        let mut tls = tls::accept(&config, stream.try_clone().expect("a second handle"));
        if tls.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {
            let _ = stream.shutdown(Shutdown::Write);
            // Reads no more, and leaves the connection as it is, for longer than the deadline.
            std::thread::sleep(LIMIT * 100);
        }
    });
    let mut client = client(&server, "localhost", &ca.pem());
    client.set_timeout(LIMIT * 50).expect("a timeout");
    let asked = ask_for(client, &twenty_megabytes());
    asked.failed(Status::ConnectionLost, Cause::ConnectionClosed);
    assert!(asked.took < LIMIT * 25, "{:?}", asked.took);
}
