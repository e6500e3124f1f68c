//! Servers that cannot be reached, or that hang up at once: which status and cause tell them apart.

mod waits;

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use qls_precheck_core::{Cause, Client, Outcome, Status};
use socket2::{Domain, SockRef, Socket, Type};
use support::{ALLOWED, RawServer};
use waits::{CONSUMERS, TOKEN, Wait, assert_harmless};

fn client(server: &str, retries: u32) -> Client {
    let mut client = Client::new();
    client.set_server(Some(server)).expect("a server");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_retries(retries);
    client
}

/// Asks, and checks everything but the words of the message.
fn expect(client: &Client, status: Status, cause: Cause) -> Outcome {
    let outcome = client.check(Some(TOKEN), CONSUMERS);
    assert_eq!((outcome.status(), outcome.cause()), (status, Some(cause)), "{outcome:?}");
    assert_eq!(outcome.http_status(), 0, "{outcome:?}");
    assert_harmless(&outcome, client, "");
    outcome
}

/// A port of this machine where nobody listens, and which nobody else gets while the socket lives.
fn unheard() -> (Socket, SocketAddr) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a loopback port");
    let address = socket.local_addr().ok().and_then(|address| address.as_socket()).expect("an address");
    (socket, address)
}

/// A second session of one client would read the CA file again, and find it gone.
#[test]
#[cfg_attr(windows, ignore = "takes hours: Windows tries a refused connection again")]
fn fault_220_threads_that_share_a_client_share_its_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, support::pki::Ca::new("A test CA").pem()).expect("a file");
    let mut client = Client::new();
    client.set_server(Some("http://127.0.0.1:1")).expect("a server");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_retries(0);
    client.set_ca_file(path.to_str()).expect("a path");
    let asks = || client.check(Some("a.token"), "[{\"component_id\":\"1\",\"consumer_id\":\"a\"}]").status();
    assert_eq!(asks(), Status::ConnectFailed);
    std::fs::remove_file(&path).expect("the file");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..2000).for_each(|_| assert_eq!(asks(), Status::ConnectFailed)));
        }
    });
}

/// One call ends with what makes the client drop its session. Meanwhile another has a new session, with a good connection,
/// which goes on.
#[test]
fn fault_291_a_call_that_fails_late_drops_its_own_session_only() {
    let page = support::reply(404, "no such page");
    let (first_came, first_comes) = channel();
    let (release, released) = channel();
    let released = Mutex::new(released);
    let connections = AtomicU32::new(0);
    let server = RawServer::serving(move |stream, requests| {
        let number = connections.fetch_add(1, Ordering::SeqCst);
        while let Some(request) = support::read_request(&*stream) {
            requests.lock().expect("no test panicked here").push(request);
            if number == 0 {
                first_came.send(()).expect("the test waits");
                released.lock().expect("no test panicked here").recv().expect("the test sends");
            }
            let answer = if number < 2 { page.clone() } else { support::reply(200, ALLOWED) };
            if stream.write_all(&answer).is_err() || number < 2 {
                return;
            }
        }
    });
    let lines = Arc::new(Mutex::new(Vec::new()));
    let (mut client, kept) = (client(&server.url(), 0), lines.clone());
    client.set_log(qls_precheck_core::Level::Debug, move |_, line| {
        kept.lock().expect("no test panicked here").push(line.to_owned());
    });
    let connected = || {
        let lines = lines.lock().expect("no test panicked here");
        lines.iter().filter(|line| line.starts_with("connected to ")).count()
    };
    std::thread::scope(|scope| {
        let late = scope.spawn(|| client.check(Some(TOKEN), CONSUMERS).status());
        first_comes.recv().expect("the first request");
        assert_eq!(client.check(Some(TOKEN), CONSUMERS).status(), Status::NotFound);
        assert_eq!(client.check(Some(TOKEN), CONSUMERS).status(), Status::Ok);
        release.send(()).expect("the server waits");
        assert_eq!(late.join().expect("no panic"), Status::NotFound);
    });
    assert_eq!(connected(), 3);
    assert_eq!(client.check(Some(TOKEN), CONSUMERS).status(), Status::Ok);
    assert_eq!(connected(), 3, "{lines:?}");
}

#[test]
fn fault_027_refused() {
    let (_kept, address) = unheard();
    for scheme in ["http", "https"] {
        let outcome =
            expect(&client(&format!("{scheme}://{address}"), 0), Status::ConnectFailed, Cause::ConnectionRefused);
        assert!(outcome.message().contains(&address.to_string()), "{outcome:?}");
    }
}

#[test]
fn fault_027_refused_is_tried_again_as_often_as_set() {
    let (_kept, address) = unheard();
    for retries in [0, 1, 2] {
        let mut client = client(&format!("http://{address}"), retries);
        let again = Arc::new(AtomicU32::new(0));
        let counted = again.clone();
        client.set_log(qls_precheck_core::Level::Warn, move |_, line| {
            counted.fetch_add(u32::from(line.contains("asking again in")), Ordering::SeqCst);
        });
        expect(&client, Status::ConnectFailed, Cause::ConnectionRefused);
        assert_eq!(again.load(Ordering::SeqCst), retries);
    }
}

/// The connect timeout ends it long before the deadline, and once: retrying would take as long again.
#[test]
fn fault_028_black_hole() {
    let wait = Wait::connect();
    let (mut client, log) = wait.client(Duration::from_secs(60));
    client.set_connect_timeout(Duration::from_millis(1500)).expect("a timeout");
    client.set_retries(5);
    let start = Instant::now();
    let outcome = expect(&client, Status::Timeout, Cause::ConnectTimeout);
    let took = start.elapsed();
    assert!(outcome.message().contains("no connection within 1500 ms"), "{outcome:?}");
    assert!((Duration::from_millis(1500)..Duration::from_millis(3500)).contains(&took), "{took:?}");
    assert!(!log.text().contains("asking again"), "{}", log.text());
}

/// TLS and the way through a proxy are part of the connection.
#[test]
fn fault_028_the_connect_timeout_covers_proxy_and_handshake() {
    let waits = [Wait::connect_to_proxy(), Wait::connect_silent(), Wait::socks_silent(), Wait::handshake_dripping()];
    for wait in waits {
        let (mut client, _) = wait.client(Duration::from_secs(60));
        client.set_connect_timeout(Duration::from_millis(700)).expect("a timeout");
        let start = Instant::now();
        let outcome = expect(&client, Status::Timeout, Cause::ConnectTimeout);
        let took = start.elapsed();
        assert!(outcome.message().contains(wait.doing), "{outcome:?}");
        assert!((Duration::from_millis(700)..Duration::from_millis(2700)).contains(&took), "{took:?}");
    }
}

/// Once the connection is made, the server may take all the time of the call: it is slow, not absent.
#[test]
fn fault_028_the_connect_timeout_ends_with_the_connection() {
    let wait = Wait::reply_silent();
    let (mut client, _) = wait.client(Duration::from_millis(1500));
    client.set_connect_timeout(Duration::from_millis(500)).expect("a timeout");
    let start = Instant::now();
    expect(&client, Status::Timeout, Cause::Deadline);
    assert!(start.elapsed() >= Duration::from_millis(1500), "{:?}", start.elapsed());
}

/// Linux never connects to a multicast address: without sending anything it says "network is unreachable", whatever
/// networks there are.
#[test]
#[cfg(target_os = "linux")]
fn fault_029_network_unreachable() {
    for server in ["https://224.0.0.1", "https://[ff0e::1]"] {
        let start = Instant::now();
        let outcome = expect(&client(server, 2), Status::ConnectFailed, Cause::Unreachable);
        assert!(outcome.message().contains("cannot connect to "), "{outcome:?}");
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

/// Counts the connections that `hang_up` ended.
fn hanging_up(hang_up: fn(&mut std::net::TcpStream)) -> (RawServer, Arc<AtomicU32>) {
    let connections = Arc::new(AtomicU32::new(0));
    let counted = connections.clone();
    let server = RawServer::serving(move |stream, _| {
        counted.fetch_add(1, Ordering::SeqCst);
        hang_up(stream);
    });
    (server, connections)
}

/// Hangs up at once. Where the request has arrived before and is unread, the system resets the connection.
fn close(_: &mut std::net::TcpStream) {}

fn reset(stream: &mut std::net::TcpStream) {
    SockRef::from(&*stream).set_linger(Some(Duration::ZERO)).expect("an option");
}

fn read_then_close(stream: &mut std::net::TcpStream) {
    let _ = support::read_request(&*stream);
}

fn read_then_reset(stream: &mut std::net::TcpStream) {
    let _ = stream.read(&mut [0; 16]);
    reset(stream);
}

#[test]
fn fault_031_accepted_then_closed_or_reset() {
    for hang_up in [close, reset, read_then_close, read_then_reset] {
        let (server, connections) = hanging_up(hang_up);
        for retries in [0, 2] {
            let before = connections.load(Ordering::SeqCst);
            expect(&client(&server.url(), retries), Status::ConnectionLost, Cause::ConnectionClosed);
            // The client may see the end of the connection before the server has counted it.
            let start = Instant::now();
            while connections.load(Ordering::SeqCst) < before + retries + 1 {
                assert!(start.elapsed() < Duration::from_secs(5), "{retries} retries were not made");
                std::thread::sleep(Duration::from_millis(5));
            }
            assert_eq!(connections.load(Ordering::SeqCst), before + retries + 1);
        }
    }
}

/// At every moment of a call a reset is a lost connection, not a server that cannot be reached.
#[test]
fn fault_031_a_reset_at_any_moment_is_a_lost_connection() {
    let (server, _) = hanging_up(reset);
    for _ in 0..400 {
        expect(&client(&server.url(), 0), Status::ConnectionLost, Cause::ConnectionClosed);
    }
}

/// A TLS server that closes or resets the connection has lost it too, whatever it sent before.
#[test]
fn fault_031_accepted_then_closed_or_reset_in_tls() {
    for hang_up in [close, reset, read_then_reset] {
        let (server, _) = hanging_up(hang_up);
        for _ in 0..20 {
            let client = client(&server.url().replace("http:", "https:"), 0);
            expect(&client, Status::ConnectionLost, Cause::ConnectionClosed);
        }
    }
}
