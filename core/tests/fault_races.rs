//! Names with many addresses, of which some lead nowhere (rows 250 to 257 of the fault matrix), in a network of the
//! test's own.
#![cfg(target_os = "linux")]

mod proxying;

use std::io::Write;
use std::net::{Ipv6Addr, SocketAddr};
use std::thread;
use std::time::{Duration, Instant};

use proxying::{CONSUMERS, HOST, TOKEN, ask, client};
use qls_precheck_core::{Cause, Client, Status};
use support::lab::{self, Answer, NameServer};
use support::{ALLOWED, RawServer, read_request, reply};

const GOOD_4: &str = "203.0.113.9";
const GOOD_6: &str = "2001:db8:113::9";
const DEAD_4: [&str; 3] = ["198.18.0.1", "198.18.0.2", "198.18.0.3"];
const DEAD_6: [&str; 3] = ["2001:db8:f::1", "2001:db8:f::2", "2001:db8:f::3"];

/// Long enough that a race which waited for it would be noticed.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// A server at all addresses of this machine, which answers each request with `bytes`.
fn everywhere(bytes: Vec<u8>) -> RawServer {
    RawServer::at((Ipv6Addr::UNSPECIFIED, 0).into(), move |stream, requests| {
        if let Some(request) = read_request(&*stream) {
            requests.lock().expect("no test panicked here").push(request);
            let _ = stream.write_all(&bytes);
        }
    })
}

fn url(scheme: &str, port: u16) -> String {
    format!("{scheme}://{HOST}:{port}")
}

/// A name server that knows one list of addresses for every name.
fn all_names(addresses: &[&str]) -> NameServer {
    let answer = Answer::of(addresses);
    NameServer::start(move |_, _| answer.clone())
}

/// Where a port refuses: nobody listens at it, and nobody else gets it as long as the socket lives.
fn refused_port() -> (socket2::Socket, u16) {
    let (socket, address) = proxying::deserted();
    (socket, address.port())
}

#[test]
#[ignore = "needs unshare"]
fn fault_250_dead_addresses_cost_little() {
    if !lab::is_inside("fault_250_dead_addresses_cost_little", &[]) {
        return;
    }
    let server = everywhere(reply(200, ALLOWED));
    let lists = [
        vec![DEAD_6[0], GOOD_4],
        vec![DEAD_6[0], DEAD_6[1], DEAD_6[2], GOOD_4],
        vec![DEAD_6[0], GOOD_6, DEAD_4[0]],
        vec![DEAD_6[0], DEAD_6[1], GOOD_6],
        vec![DEAD_4[0], GOOD_4],
        vec![DEAD_6[0], DEAD_6[1], DEAD_6[2], DEAD_4[0], DEAD_4[1], DEAD_4[2], GOOD_4],
    ];
    let answers: Vec<Answer> = lists.iter().map(|list| Answer::of(list)).collect();
    let _names =
        NameServer::start(move |name, _| match name.split('.').next().and_then(|label| label[1..].parse().ok()) {
            Some(index) => Answer::clone(&answers[usize::min(index, answers.len() - 1)]),
            None => Answer::NoSuchName,
        });
    for (index, list) in lists.iter().enumerate() {
        let mut client = client(&format!("http://n{index}.example.com:{}", server.address().port()), "");
        client.set_connect_timeout(CONNECT_TIMEOUT).expect("a timeout");
        let asked = ask(&mut client);
        asked.succeeded();
        assert!(asked.took < CONNECT_TIMEOUT / 4, "{list:?} took {:?}", asked.took);
    }
}

/// All refuse, and the message has them in the order of the attempts.
#[test]
#[ignore = "needs unshare"]
fn fault_251_families_alternate() {
    if !lab::is_inside("fault_251_families_alternate", &[]) {
        return;
    }
    let order = ["[2001:db8:113::3]", "203.0.113.4", "[2001:db8:113::1]", "203.0.113.2", "203.0.113.5"];
    let _names = all_names(&["2001:db8:113::3", "2001:db8:113::1", "203.0.113.4", "203.0.113.2", "203.0.113.5"]);
    let (_kept, port) = refused_port();
    let asked = ask(&mut client(&url("https", port), ""));
    asked.failed(Status::ConnectFailed, Cause::ConnectionRefused);
    let message = asked.outcome.message();
    let places: Vec<usize> = order
        .iter()
        .map(|address| {
            message.find(&format!("connect to {address}:{port}")).unwrap_or_else(|| panic!("{address}: {message}"))
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}: {message}");
}

/// With 200 ms between them the connect timeout would end before the last one begins.
#[test]
#[ignore = "needs unshare"]
fn fault_252_after_a_failure_the_next_attempt_begins_at_once() {
    if !lab::is_inside("fault_252_after_a_failure_the_next_attempt_begins_at_once", &[]) {
        return;
    }
    let good: SocketAddr = "203.0.113.99:0".parse().expect("an address");
    let server = RawServer::at(good, |stream, _| {
        if read_request(&*stream).is_some() {
            let _ = stream.write_all(&reply(200, ALLOWED));
        }
    });
    // As many as a reply of a name server has room for.
    let mut addresses: Vec<String> = (1..28).map(|number| format!("203.0.113.{number}")).collect();
    addresses.push("203.0.113.99".into());
    let _names = all_names(&addresses.iter().map(String::as_str).collect::<Vec<_>>());
    let mut client = client(&url("http", server.address().port()), "");
    client.set_connect_timeout(Duration::from_millis(4500)).expect("a timeout");
    ask(&mut client).succeeded();
}

/// The system tells of each connection that it still tries to make.
#[test]
#[ignore = "needs unshare"]
fn fault_253_the_other_attempts_are_closed() {
    if !lab::is_inside("fault_253_the_other_attempts_are_closed", &[]) {
        return;
    }
    let server = everywhere(reply(200, ALLOWED));
    let _names = all_names(&[DEAD_6[0], DEAD_6[1], DEAD_4[0], GOOD_4]);
    let dead = SocketAddr::new(DEAD_4[1].parse().expect("an IP address"), 7);
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.set_nonblocking(true).expect("a socket");
    assert!(socket.connect(&dead.into()).is_err());
    assert_eq!(being_made(), 1, "the test would notice none");
    drop(socket);
    ask(&mut client(&url("http", server.address().port()), "")).succeeded();
    assert_eq!(being_made(), 0);
}

/// One thread waits for all attempts: the call's own.
#[test]
#[ignore = "needs unshare"]
fn fault_312_attempts_are_no_threads() {
    if !lab::is_inside("fault_312_attempts_are_no_threads", &[]) {
        return;
    }
    let threads = || std::fs::read_dir("/proc/self/task").expect("this process's threads").count();
    let _names = all_names(&[DEAD_6[0], DEAD_6[1], DEAD_6[2], DEAD_4[0], DEAD_4[1], DEAD_4[2]]);
    let mut client = client(&url("http", 8080), "");
    client.set_timeout(CONNECT_TIMEOUT * 2).expect("a timeout");
    client.set_connect_timeout(CONNECT_TIMEOUT).expect("a timeout");
    let before = threads();
    let most = thread::scope(|scope| {
        let call = scope.spawn(|| client.check(Some(TOKEN), CONSUMERS));
        while being_made() < 6 && !call.is_finished() {
            thread::sleep(Duration::from_millis(10));
        }
        let most = threads();
        client.cancel();
        assert_eq!(call.join().expect("no panic").status(), Status::Cancelled);
        most
    });
    assert_eq!(most, before + 1);
}

/// The connections of this network that wait for an answer (SYN_SENT).
fn being_made() -> usize {
    let tables =
        ["/proc/self/net/tcp", "/proc/self/net/tcp6"].map(|path| std::fs::read_to_string(path).expect("a table"));
    tables.iter().flat_map(|table| table.lines()).filter(|line| line.split_whitespace().nth(3) == Some("02")).count()
}

#[test]
#[ignore = "needs unshare"]
fn fault_254_the_connect_timeout_bounds_race_tunnel_and_tls_together() {
    if !lab::is_inside("fault_254_the_connect_timeout_bounds_race_tunnel_and_tls_together", &[]) {
        return;
    }
    let silent = RawServer::at((Ipv6Addr::UNSPECIFIED, 0).into(), |stream, _| {
        let _ = std::io::copy(stream, &mut std::io::sink());
    });
    let port = silent.address().port();
    let _names = all_names(&[DEAD_6[0], DEAD_6[1], DEAD_4[0], GOOD_4]);
    let timeout = Duration::from_millis(2_500);
    for (proxy, doing) in [
        (String::new(), "in the TLS handshake"),
        (format!("http://proxy.example.com:{port}"), "waiting for the proxy"),
        (format!("https://proxy.example.com:{port}"), "in the TLS handshake"),
        (format!("socks5://proxy.example.com:{port}"), "waiting for the proxy"),
    ] {
        let mut client = client(&url("https", port), &proxy);
        client.set_connect_timeout(timeout).expect("a timeout");
        let asked = ask(&mut client);
        asked.failed(Status::Timeout, Cause::ConnectTimeout).told(&[doing, "2500 ms"]).ended_at(timeout);
    }
}

#[test]
#[ignore = "needs unshare"]
fn fault_255_the_errors_of_all_attempts_are_told() {
    if !lab::is_inside("fault_255_the_errors_of_all_attempts_are_told", &[]) {
        return;
    }
    let (_kept, port) = refused_port();
    let answers = [
        // The timeout comes first, though it is known last; then what refused.
        (vec!["203.0.113.1", DEAD_4[0], "2001:db8:113::1"], Status::Timeout, Cause::ConnectTimeout),
        // What refused comes before what cannot be reached.
        (vec!["2001:db8:100::1", "203.0.113.1"], Status::ConnectFailed, Cause::ConnectionRefused),
    ];
    let addresses = answers.each_ref().map(|(addresses, ..)| Answer::of(addresses));
    let _names = NameServer::start(move |name, _| addresses[usize::from(name.starts_with("second"))].clone());
    for (name, (addresses, status, cause)) in ["first", "second"].iter().zip(&answers) {
        let mut client = client(&format!("https://{name}.example.com:{port}"), "");
        client.set_connect_timeout(Duration::from_secs(1)).expect("a timeout");
        let asked = ask(&mut client);
        asked.failed(*status, *cause).told(addresses);
        let message = asked.outcome.message();
        let (first, others) = message.split_once("; ").expect("several errors");
        let word = if *cause == Cause::ConnectTimeout { "no connection within 1000 ms" } else { "Connection refused" };
        assert!(first.contains(word) && !others.contains(word), "{message}");
    }
}

#[test]
#[ignore = "needs unshare"]
fn fault_256_a_race_ends_at_the_deadline_and_when_canceled() {
    if !lab::is_inside("fault_256_a_race_ends_at_the_deadline_and_when_canceled", &[]) {
        return;
    }
    let _names = all_names(&[DEAD_6[0], DEAD_6[1], DEAD_4[0], DEAD_4[1]]);
    let mut impatient = client(&url("https", 443), "");
    let timeout = Duration::from_secs(3);
    impatient.set_timeout(timeout).expect("a timeout");
    let asked = ask(&mut impatient);
    asked.failed(Status::Timeout, Cause::Deadline).told(&DEAD_6[..2]).told(&DEAD_4[..2]).ended_at(timeout);

    let canceled: Client = client(&url("https", 443), "");
    thread::scope(|scope| {
        let canceler = scope.spawn(|| {
            let start = Instant::now();
            while being_made() < 4 && start.elapsed() < CONNECT_TIMEOUT {
                thread::sleep(Duration::from_millis(10));
            }
            canceled.cancel();
            Instant::now()
        });
        let outcome = canceled.check(Some(TOKEN), CONSUMERS);
        let end = Instant::now();
        assert_eq!(outcome.cause(), Some(Cause::Cancelled), "{outcome:?}");
        let late = end.saturating_duration_since(canceler.join().expect("no panic"));
        assert!(late < CONNECT_TIMEOUT / 2, "{late:?}");
    });
}

/// The proxy refuses, which shows that it was reached.
#[test]
#[ignore = "needs unshare"]
fn fault_257_the_addresses_of_a_proxy_are_raced_too() {
    if !lab::is_inside("fault_257_the_addresses_of_a_proxy_are_raced_too", &[]) {
        return;
    }
    let proxy = everywhere(reply(403, "No."));
    let _names = all_names(&[DEAD_6[0], DEAD_6[1], DEAD_4[0], GOOD_4]);
    let address = format!("http://proxy.example.com:{}", proxy.address().port());
    let mut client = client(&url("https", 443), &address);
    client.set_connect_timeout(CONNECT_TIMEOUT).expect("a timeout");
    let asked = ask(&mut client);
    asked.failed(Status::ProxyFailed, Cause::ProxyRefused);
    assert!(asked.took < CONNECT_TIMEOUT / 4, "{:?}", asked.took);
}
