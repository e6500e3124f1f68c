//! How often the server is asked, and when (row 84 of the fault matrix, and the counts of repetitions).

mod http;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use http::{ALLOWED, Conn, DEADLINE, Server, WIRES, Wire, allowed, at_once, check, refused, whole};
use qls_precheck_core::{Cause, Client, Level, Status};
use socket2::{Domain, Socket, Type};

const SECOND: Duration = Duration::from_secs(1);

/// A server that refuses the first `failures` requests with `refusal` and answers the others.
fn refusing(failures: usize, refusal: Vec<u8>) -> Server {
    let asked = AtomicUsize::new(0);
    Wire::Plain.serve(move |conn| {
        while conn.request().is_some() {
            let refused = asked.fetch_add(1, Ordering::SeqCst) < failures;
            let _ = conn.send(if refused { refusal.clone() } else { whole(200, ALLOWED) });
        }
    })
}

fn refusal(status: u16, fields: &str) -> Vec<u8> {
    let body = r#"{"status":false,"message":"Later."}"#;
    format!("HTTP/1.1 {status} Some\r\n{fields}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn retry_after(status: u16, value: &str) -> Vec<u8> {
    refusal(status, &format!("Retry-After: {value}\r\n"))
}

fn with_retries(mut client: Client, retries: u32) -> Client {
    client.set_retries(retries);
    client
}

/// How often `client` says that it asks again.
fn count_repetitions(client: &mut Client) -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    client.set_log(Level::Warn, move |_, line| {
        if line.contains("asking again") {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    count
}

#[test]
fn fault_084_retry_after_is_waited_for() {
    at_once([429, 503], |status| {
        let server = refusing(1, retry_after(status, "1"));
        let start = Instant::now();
        allowed(&check(&with_retries(server.client(), 1)), &format!("HTTP {status}"));
        assert!(start.elapsed() >= SECOND, "HTTP {status}: asked again after {:?}", start.elapsed());
        assert_eq!(server.requests(), 2, "HTTP {status}");
    });
}

#[test]
fn fault_084_retry_after_as_a_date_is_waited_for() {
    at_once([429, 503], |status| {
        // Dates have whole seconds, so up to one second of this may already be over.
        let date = httpdate::fmt_http_date(SystemTime::now() + 3 * SECOND);
        let server = refusing(1, retry_after(status, &date));
        let start = Instant::now();
        allowed(&check(&with_retries(server.client(), 1)), &format!("HTTP {status}"));
        assert!(start.elapsed() >= SECOND, "HTTP {status}: asked again after {:?}", start.elapsed());
        assert_eq!(server.requests(), 2, "HTTP {status}");
    });
}

#[test]
fn fault_084_retry_after_that_says_nothing() {
    let values = ["-5", "soon", "", "1.5", "0", "0x10", "Thu, 01 Jan 1970 00:00:00 GMT", "1 second", "\u{b9}"];
    at_once(values.into_iter().flat_map(|value| [(429, value), (503, value)]), |(status, value)| {
        let server = refusing(1, retry_after(status, value));
        allowed(&check(&with_retries(server.client(), 1)), &format!("HTTP {status}, {value:?}"));
        assert_eq!(server.requests(), 2, "HTTP {status}, {value:?}");
    });
}

#[test]
fn fault_084_retry_after_that_does_not_fit() {
    let later = httpdate::fmt_http_date(SystemTime::now() + 3600 * SECOND);
    let (number, long) = (u64::MAX.to_string(), "9".repeat(100));
    for (status, expected, cause) in
        [(429, Status::RateLimited, Cause::RateLimited), (503, Status::ServerError, Cause::ServerError)]
    {
        for value in ["3600", &later, &number, &long, "Fri, 31 Dec 9999 23:59:59 GMT"] {
            let what = format!("HTTP {status}, {value}");
            let server = refusing(usize::MAX, retry_after(status, value));
            let start = Instant::now();
            let outcome = check(&with_retries(server.client(), 9));
            refused(&outcome, expected, cause, &what);
            assert!(outcome.message().contains("Later."), "{what}: {}", outcome.message());
            assert_eq!((outcome.http_status(), server.requests()), (status, 1), "{what}");
            assert!(start.elapsed() < http::AMPLE / 4, "{what}: it took {:?}", start.elapsed());
        }
    }
}

#[test]
fn fault_084_rate_limit_is_waited_out_whatever_the_number_of_retries() {
    let server = refusing(3, refusal(429, ""));
    allowed(&check(&with_retries(server.client(), 0)), "429 three times");
    assert_eq!(server.requests(), 4);
}

#[test]
fn fault_084_rate_limit_until_the_deadline() {
    // Pauses are random, so the deadline falls into another moment each time.
    at_once(0..4, |_| {
        let server = refusing(usize::MAX, refusal(429, ""));
        let mut client = server.client();
        client.set_timeout(2 * SECOND).expect("a timeout");
        let start = Instant::now();
        let outcome = check(&client);
        // The server did answer, so this is no silence: the user is told to come back later.
        refused(&outcome, Status::RateLimited, Cause::RateLimited, "429 for ever");
        assert!(start.elapsed() < 4 * SECOND, "it took {:?}", start.elapsed());
        assert!((2..50).contains(&server.requests()), "{} requests", server.requests());
    });
}

/// On a busy machine a pause may end after the deadline. Here the log callback takes the time.
#[test]
fn fault_084_a_pause_that_ends_too_late_leaves_what_the_server_said() {
    for (status, expected, cause) in
        [(429, Status::RateLimited, Cause::RateLimited), (503, Status::ServerError, Cause::ServerError)]
    {
        let server = refusing(usize::MAX, refusal(status, ""));
        let mut client = with_retries(server.client(), 9);
        client.set_timeout(SECOND).expect("a timeout");
        client.set_log(Level::Warn, |_, line| {
            if line.contains("asking again") {
                std::thread::sleep(SECOND);
            }
        });
        let outcome = check(&client);
        refused(&outcome, expected, cause, "a late pause");
        assert_eq!((outcome.http_status(), server.requests()), (status, 1));
    }
}

#[test]
fn fault_084_gateway_errors_are_repeated_as_often_as_was_set() {
    at_once([502, 503, 504], |status| {
        for retries in [0, 1, 2] {
            let what = format!("HTTP {status}, {retries} retries");
            let server = refusing(usize::MAX, refusal(status, ""));
            let outcome = check(&with_retries(server.client(), retries));
            refused(&outcome, Status::ServerError, Cause::ServerError, &what);
            assert_eq!(outcome.http_status(), status, "{what}");
            assert_eq!(server.requests(), retries as usize + 1, "{what}");
        }
        let server = refusing(2, refusal(status, ""));
        allowed(&check(&with_retries(server.client(), 2)), &format!("HTTP {status} twice"));
        assert_eq!(server.requests(), 3, "HTTP {status}");
    });
}

#[test]
fn fault_084_two_retries_are_the_default() {
    let server = refusing(usize::MAX, refusal(502, ""));
    let mut client = Client::new();
    client.set_server(Some(server.client().server())).expect("an address");
    refused(&check(&client), Status::ServerError, Cause::ServerError, "by default");
    assert_eq!(server.requests(), 3);
}

#[test]
fn fault_084_repetitions_end_before_the_deadline() {
    let server = refusing(usize::MAX, refusal(503, ""));
    let mut client = with_retries(server.client(), 1000);
    client.set_timeout(2 * DEADLINE).expect("a timeout");
    let start = Instant::now();
    refused(&check(&client), Status::ServerError, Cause::ServerError, "503 for ever");
    assert!(start.elapsed() < 2 * DEADLINE + 2 * SECOND, "it took {:?}", start.elapsed());
    assert!((2..6).contains(&server.requests()), "{} requests", server.requests());
}

#[test]
fn fault_084_other_refusals_are_final() {
    for status in [400, 401, 403, 404, 409, 422, 500, 501, 505, 511] {
        let server = refusing(1, retry_after(status, "0"));
        let outcome = check(&with_retries(server.client(), 5));
        assert_ne!(outcome.status(), Status::Ok, "HTTP {status}");
        assert!(!outcome.is_allowed("9876"), "HTTP {status}");
        assert_eq!((outcome.http_status(), server.requests()), (status, 1));
    }
    let server = refusing(1, refusal(500, ""));
    refused(&check(&with_retries(server.client(), 5)), Status::ServerError, Cause::ServerError, "HTTP 500");
}

/// How a server loses a connection.
type Loses = fn(&mut Conn);

#[test]
fn fault_066_lost_connections_are_repeated_as_often_as_was_set() {
    let hang_up = |conn: &mut Conn| drop(conn.request());
    let cut = |conn: &mut Conn| {
        conn.request();
        let _ = conn.send(&whole(200, ALLOWED)[..40]);
    };
    let reset = |conn: &mut Conn| {
        conn.request();
        conn.reset_at_end();
    };
    let ways: [(&str, Loses); 3] = [("hangs up", hang_up), ("cuts", cut), ("resets", reset)];
    let rows = WIRES.into_iter().flat_map(|wire| ways.map(|(what, lose)| (wire, what, lose)));
    at_once(rows, |(wire, what, lose)| {
        for retries in [0, 2] {
            let server = wire.serve(lose);
            let outcome = check(&with_retries(server.client(), retries));
            refused(&outcome, Status::ConnectionLost, Cause::ConnectionClosed, what);
            assert_eq!(server.requests(), retries as usize + 1, "{wire:?} {what}");
        }
        let server = wire.serve(move |conn| match conn.number {
            0 | 1 => lose(conn),
            _ => {
                conn.request();
                let _ = conn.send(whole(200, ALLOWED));
            }
        });
        allowed(&check(&with_retries(server.client(), 2)), what);
        assert_eq!(server.requests(), 3, "{wire:?} {what}");
    });
}

/// A port that refuses connections until something listens: nobody else can get it meanwhile.
fn bound() -> (Socket, String) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("a port");
    let address = socket.local_addr().expect("an address").as_socket().expect("an IP address");
    (socket, format!("http://{address}"))
}

#[test]
fn fault_027_refused_connections_are_repeated_as_often_as_was_set() {
    let (_socket, url) = bound();
    for retries in [0, 1, 2] {
        let mut client = with_retries(http::client(&url), retries);
        let repetitions = count_repetitions(&mut client);
        refused(&check(&client), Status::ConnectFailed, Cause::ConnectionRefused, "nobody listens");
        assert_eq!(repetitions.load(Ordering::SeqCst), retries as usize);
    }
}

#[test]
fn fault_027_a_server_that_starts_late_is_reached() {
    let (socket, url) = bound();
    let mut client = with_retries(http::client(&url), 1);
    // The server starts as soon as the first attempt has failed.
    let socket = Mutex::new(Some(socket));
    client.set_log(Level::Warn, move |_, line| {
        let socket = socket.lock().expect("no test panicked here").take();
        if let Some(socket) = socket.filter(|_| line.contains("asking again")) {
            socket.listen(16).expect("a listener");
            std::thread::spawn(move || {
                let (mut stream, _) = socket.accept().expect("a connection");
                support::read_request(&mut stream).expect("a request");
                std::io::Write::write_all(&mut stream, &whole(200, ALLOWED)).expect("a reply is taken");
            });
        }
    });
    allowed(&check(&client), "the second attempt");
}

#[test]
fn fault_028_a_connect_timeout_is_final() {
    // The queue of connections that nobody accepts is full, so that further ones are left without an answer.
    let (socket, url) = bound();
    socket.listen(0).expect("a listener");
    let address = socket.local_addr().expect("an address");
    let fillers: Vec<Socket> = (0..4)
        .map(|_| {
            let filler = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
            filler.set_nonblocking(true).expect("a socket option");
            let _ = filler.connect(&address);
            filler
        })
        .collect();
    let mut client = with_retries(http::client(&url), 5);
    client.set_connect_timeout(DEADLINE).expect("a timeout");
    let repetitions = count_repetitions(&mut client);
    let start = Instant::now();
    let outcome = check(&client);
    refused(&outcome, Status::Timeout, Cause::ConnectTimeout, "a full queue");
    assert_eq!(repetitions.load(Ordering::SeqCst), 0);
    assert!((DEADLINE..DEADLINE + 2 * SECOND).contains(&start.elapsed()), "it took {:?}", start.elapsed());
    drop(fillers);
}
