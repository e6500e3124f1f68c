//! What is asked of the resolver, when again, and what is made of its failures (rows 258 to 262 of the fault matrix), in
//! a network of the test's own.
#![cfg(target_os = "linux")]

mod proxying;

use std::io::Write;
use std::net::{Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proxying::{HOST, ask, client, deserted};
use qls_precheck_core::{Cause, Client, Status};
use support::lab::{self, Answer, NameServer};
use support::pki::{Ca, Identity};
use support::{ALLOWED, RawServer, read_request, reply, tls};

const GOOD: &str = "203.0.113.9";

/// A server at one address of this machine, which answers one request of each connection with `bytes`.
fn at(address: &str, port: u16, bytes: Vec<u8>) -> RawServer {
    let address = SocketAddr::new(address.parse().expect("an IP address"), port);
    RawServer::at(address, move |stream, requests| {
        if let Some(request) = read_request(&*stream) {
            requests.lock().expect("no test panicked here").push(request);
            let _ = stream.write_all(&bytes);
        }
    })
}

fn tls_at(address: &str, port: u16, identity: &Identity) -> RawServer {
    let config = tls::server_config(identity);
    RawServer::at(SocketAddr::new(address.parse().expect("an IP address"), port), move |stream, _| {
        let Ok(copy) = stream.try_clone() else { return };
        let mut secure = tls::accept(&config, copy);
        if read_request(&mut secure).is_some() {
            let _ = secure.write_all(&reply(200, ALLOWED)).and_then(|()| secure.flush());
        }
    })
}

/// A name server whose answer can be changed.
fn changeable(first: &str) -> (Arc<Mutex<Answer>>, NameServer) {
    let answer = Arc::new(Mutex::new(Answer::of(&[first])));
    let current = answer.clone();
    (answer, NameServer::start(move |_, _| current.lock().expect("no test panicked here").clone()))
}

fn set(answer: &Mutex<Answer>, address: &str) {
    *answer.lock().expect("no test panicked here") = Answer::of(&[address]);
}

fn with_retries(mut client: Client, retries: u32) -> Client {
    client.set_retries(retries);
    client
}

/// The network changes between two calls of one client, as after "VPN on".
#[test]
#[ignore = "needs unshare"]
fn fault_258_an_answer_is_forgotten_when_a_connection_to_it_fails() {
    if !lab::is_inside("fault_258_an_answer_is_forgotten_when_a_connection_to_it_fails", &[]) {
        return;
    }
    let (answer, _names) = changeable(GOOD);
    let good = at(GOOD, 0, reply(200, ALLOWED));
    let port = good.address().port();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>Sign in</p>";
    // The sign-in page's server keeps its connection, which must not be used for the next call.
    let _page =
        RawServer::at(SocketAddr::new("203.0.113.3".parse().expect("an IP address"), port), move |stream, _| {
            while read_request(&mut *stream).is_some() {
                let _ = stream.write_all(page.as_bytes());
            }
        });
    let _hangs_up = RawServer::at(SocketAddr::new("203.0.113.4".parse().expect("an IP address"), port), |_, _| {});
    for (bad, cause) in [
        ("203.0.113.2", Cause::ConnectionRefused),
        ("198.18.0.1", Cause::ConnectTimeout),
        ("198.51.100.1", Cause::Unreachable),
        ("203.0.113.3", Cause::CaptivePortal),
        ("203.0.113.4", Cause::ConnectionClosed),
    ] {
        set(&answer, bad);
        let mut client = client(&format!("http://{HOST}:{port}"), "");
        client.set_connect_timeout(Duration::from_secs(2)).expect("a timeout");
        let asked = ask(&mut client);
        assert_eq!(asked.outcome.cause(), Some(cause), "{bad}: {}", asked.said);
        set(&answer, GOOD);
        let outcome = client.check(Some(proxying::TOKEN), proxying::CONSUMERS);
        assert!(outcome.is_allowed("9876"), "{bad}: {outcome:?}");
    }
}

#[test]
#[ignore = "needs unshare"]
fn fault_258_an_answer_is_forgotten_when_another_host_is_there() {
    if !lab::is_inside("fault_258_an_answer_is_forgotten_when_another_host_is_there", &[]) {
        return;
    }
    let (answer, _names) = changeable("203.0.113.2");
    let ca = Ca::new("a CA of both");
    let good = tls_at(GOOD, 0, &ca.identity(&[HOST]));
    let port = good.address().port();
    let _other = tls_at("203.0.113.2", port, &ca.identity(&["portal.example.com"]));
    let mut client = client(&format!("https://{HOST}:{port}"), "");
    client.set_ca_pem(Some(&ca.pem())).expect("a CA");
    let outcome = client.check(Some(proxying::TOKEN), proxying::CONSUMERS);
    assert_eq!(outcome.cause(), Some(Cause::CertificateWrongHost), "{outcome:?}");
    set(&answer, GOOD);
    let outcome = client.check(Some(proxying::TOKEN), proxying::CONSUMERS);
    assert!(outcome.is_allowed("9876"), "{outcome:?}");
}

/// Also when the same call tries again.
#[test]
#[ignore = "needs unshare"]
fn fault_258_a_repetition_looks_the_name_up_again() {
    if !lab::is_inside("fault_258_a_repetition_looks_the_name_up_again", &[]) {
        return;
    }
    let good = at(GOOD, 0, reply(200, ALLOWED));
    let names = NameServer::start(|_, earlier| Answer::of(&[if earlier == 0 { "203.0.113.2" } else { GOOD }]));
    let url = format!("http://{HOST}:{}", good.address().port());
    ask(&mut with_retries(client(&url, ""), 1)).succeeded();
    assert_eq!(names.look_ups(HOST), 2);
}

/// While connections succeed, one look-up is enough: this server closes each.
#[test]
#[ignore = "needs unshare"]
fn fault_258_an_answer_that_leads_to_the_server_is_remembered() {
    if !lab::is_inside("fault_258_an_answer_that_leads_to_the_server_is_remembered", &[]) {
        return;
    }
    let closing = b"HTTP/1.1 200 Fine\r\nConnection: close\r\nContent-Length: ";
    let good = at(GOOD, 0, [&closing[..], format!("{}\r\n\r\n{ALLOWED}", ALLOWED.len()).as_bytes()].concat());
    let (_answer, names) = changeable(GOOD);
    let mut client = client(&format!("http://{HOST}:{}", good.address().port()), "");
    ask(&mut client).succeeded();
    for _ in 0..3 {
        let outcome = client.check(Some(proxying::TOKEN), proxying::CONSUMERS);
        assert!(outcome.is_allowed("9876"), "{outcome:?}");
    }
    assert_eq!((good.requests().len(), names.look_ups(HOST)), (4, 1));
}

#[test]
#[ignore = "needs unshare"]
fn fault_259_a_resolver_that_cannot_say_now_is_asked_again() {
    if !lab::is_inside("fault_259_a_resolver_that_cannot_say_now_is_asked_again", &[]) {
        return;
    }
    let good = at(GOOD, 0, reply(200, ALLOWED));
    let names = NameServer::start(|_, earlier| if earlier < 2 { Answer::Failure } else { Answer::of(&[GOOD]) });
    let url = format!("http://{HOST}:{}", good.address().port());
    ask(&mut with_retries(client(&url, ""), 2)).succeeded();
    assert_eq!(names.look_ups(HOST), 3);
}

#[test]
#[ignore = "needs unshare"]
fn fault_260_a_resolver_that_never_can_say() {
    if !lab::is_inside("fault_260_a_resolver_that_never_can_say", &[]) {
        return;
    }
    let unavailable = |retries| {
        let asked = ask(&mut with_retries(client(&format!("https://{HOST}"), ""), retries));
        asked.failed(Status::ResolveFailed, Cause::ResolverUnavailable).told(&[HOST, "network", "name server"]);
        assert_eq!(asked.said.matches("asking again").count(), retries as usize, "{}", asked.said);
    };
    // Nobody answers at the name server's port.
    unavailable(2);
    // It answers that it has a fault.
    let names = NameServer::start(|name, _| if name == HOST { Answer::Failure } else { Answer::NoSuchName });
    unavailable(1);
    assert_eq!(names.look_ups(HOST), 2);
    // That a name does not exist is something else, and final.
    let asked = ask(&mut with_retries(client("https://other.example.com", ""), 2));
    asked.failed(Status::ResolveFailed, Cause::NameNotFound);
    assert!(!asked.said.contains("asking again"), "{}", asked.said);
}

/// The system's resolver waits a second for each answer here. The call's time ends during the third look-up, and what
/// the first two said is told.
#[test]
#[ignore = "needs unshare"]
fn fault_260_a_name_server_is_silent() {
    if !lab::is_inside("fault_260_a_name_server_is_silent", &["--name-server", "192.0.2.53"]) {
        return;
    }
    let mut client = with_retries(client(&format!("https://{HOST}"), ""), 100);
    client.set_timeout(Duration::from_secs(4)).expect("a timeout");
    let asked = ask(&mut client);
    asked.failed(Status::ResolveFailed, Cause::ResolverUnavailable).ended_at(Duration::from_secs(3));
}

/// No hosts file, and a name server that is silent: nobody is asked.
#[test]
#[ignore = "needs unshare"]
fn fault_261_localhost_with_an_empty_hosts_file() {
    if !lab::is_inside("fault_261_localhost_with_an_empty_hosts_file", &["--name-server", "192.0.2.53"]) {
        return;
    }
    let everywhere = at(&Ipv6Addr::UNSPECIFIED.to_string(), 0, reply(200, ALLOWED));
    let only_ipv6 = at("::1", 0, reply(200, ALLOWED));
    for server in [&everywhere, &only_ipv6] {
        for name in ["localhost", "LOCALHOST.", "licenses.localhost"] {
            let mut client = client(&format!("http://{name}:{}", server.address().port()), "http://proxy.example.com");
            // The policy for other machines does not count.
            client.set_allow_plain_http(false);
            ask(&mut client).succeeded();
        }
    }
}

#[test]
#[ignore = "needs unshare"]
fn fault_262_the_resolver_cannot_say_where_the_proxy_is() {
    if !lab::is_inside("fault_262_the_resolver_cannot_say_where_the_proxy_is", &[]) {
        return;
    }
    let mut client = with_retries(client(&format!("https://{HOST}"), "http://proxy.example.com:3128"), 2);
    let asked = ask(&mut client);
    asked.failed(Status::ProxyFailed, Cause::ResolverUnavailable).told(&["proxy.example.com", "name server"]);
    assert_eq!(asked.said.matches("asking again").count(), 2, "{}", asked.said);

    let (_kept, address) = deserted();
    let _names = NameServer::start(|_, earlier| if earlier == 0 { Answer::Failure } else { Answer::of(&[GOOD]) });
    let url = format!("http://proxy.example.com:{}", address.port());
    let asked = ask(&mut with_retries(proxying::client(&format!("https://{HOST}"), &url), 1));
    asked.failed(Status::ProxyFailed, Cause::ConnectionRefused);
}
