//! Names that lead nowhere, slowly, or to the wrong place, and processes that have run out of threads or descriptors.
//! Each test runs a child process in which resolver, threads, clock or descriptors fail.
#![cfg(target_os = "linux")]

mod child;
mod waits;

use std::net::Ipv4Addr;
use std::ops::Range;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use child::{Answer, Child};
use qls_precheck_core::{Cause, Client, Level, Status, Trust};
use socket2::{Domain, Socket, Type};
use support::{RawServer, pki::Ca, reply, tls};
use waits::{ALLOWED, CONSUMERS, Silent, TOKEN};

/// A name that only the shim knows.
const NAMED: &str = "https://licenses.example.com";

fn assert_ended(answer: &Answer, status: &str, cause: &str) {
    assert_eq!((&*answer.status, &*answer.cause), (status, cause), "{answer:?}");
    assert_eq!(answer.allowed, 0, "{answer:?}");
}

fn assert_allowed(answer: &Answer) {
    assert_eq!((&*answer.status, answer.allowed), ("QLS_OK", 1), "{answer:?}");
}

fn assert_took(answer: &Answer, range: Range<u64>) {
    assert!(range.contains(&answer.took_ms), "{answer:?} is not in {range:?}");
}

fn answering() -> RawServer {
    RawServer::replying(reply(200, ALLOWED))
}

/// The server's address under a name instead of a number.
fn named(server: &RawServer, name: &str) -> String {
    server.url().replace("127.0.0.1", name)
}

#[test]
fn fault_022_the_name_does_not_exist() {
    let child = Child::new();
    let answers = child.ask(NAMED, 20_000, &[("SHIM_ANSWER", "noname")], &[]);
    assert_ended(answers.one(), "QLS_RESOLVE_FAILED", "name-not-found");
    for word in ["licenses.example.com", "not known"] {
        assert!(answers.one().message.contains(word), "{word:?} is not in {answers:?}");
    }
    assert_took(answers.one(), 0..10_000);
}

#[test]
fn fault_023_the_resolver_is_silent() {
    let answers = Child::new().ask(NAMED, 1_000, &[("SHIM_ANSWER", "silent")], &[]);
    assert_ended(answers.one(), "QLS_TIMEOUT", "deadline");
    assert_took(answers.one(), 1_000..3_000);
    assert!(answers.one().message.contains("looking up licenses.example.com"), "{answers:?}");
}

/// The connect timeout does not end a look-up.
#[test]
fn fault_023_cancel_while_the_resolver_is_silent() {
    let options = ["cancel-after=500", "connect-timeout=1000"];
    let answers = Child::new().ask(NAMED, 60_000, &[("SHIM_ANSWER", "silent")], &options);
    assert_ended(answers.one(), "QLS_CANCELLED", "cancelled");
    assert_took(answers.one(), 400..2_500);
    assert!(answers.one().message.contains("looking up licenses.example.com"), "{answers:?}");
}

#[test]
fn fault_023_the_resolver_of_a_proxy_is_silent() {
    let options = ["proxy=http://proxy.example.com:3128"];
    let answers = Child::new().ask(NAMED, 1_000, &[("SHIM_ANSWER", "silent")], &options);
    assert_ended(answers.one(), "QLS_TIMEOUT", "deadline");
    assert_took(answers.one(), 1_000..3_000);
    assert!(answers.one().message.contains("looking up proxy.example.com"), "{answers:?}");
}

/// Four threads hang; every further call waits for one of them until its deadline.
#[test]
fn fault_024_the_resolver_is_silent_fifty_times() {
    let answers = Child::new().ask(NAMED, 100, &[("SHIM_ANSWER", "silent")], &["repeat=50"]);
    assert_eq!(answers.calls.len(), 50);
    for (number, answer) in answers.calls.iter().enumerate() {
        assert_ended(answer, "QLS_TIMEOUT", if number < 4 { "deadline" } else { "resolver-busy" });
        assert_took(answer, 100..2_100);
    }
    // The main thread, and four that look names up.
    assert_eq!(answers.threads, 5, "{answers:?}");
}

#[test]
fn fault_024_cancel_while_the_resolver_is_busy() {
    let options = ["repeat=5", "cancel-after=300"];
    let answers = Child::new().ask(NAMED, 60_000, &[("SHIM_ANSWER", "silent")], &options);
    assert_eq!(answers.calls.len(), 5);
    for answer in &answers.calls {
        assert_ended(answer, "QLS_CANCELLED", "cancelled");
        assert_took(answer, 200..2_300);
    }
}

/// Once the resolver works again, it is used again.
#[test]
fn fault_024_places_are_given_back() {
    let server = answering();
    let shim = [("SHIM_ANSWER", "127.0.0.1"), ("SHIM_DELAY_MS", "5000")];
    let options = ["repeat=6", "last=60000", "plain-http=1"];
    let answers = Child::new().ask(&named(&server, "licenses.example.com"), 100, &shim, &options);
    assert_eq!(answers.calls.len(), 7);
    assert_ended(&answers.calls[5], "QLS_TIMEOUT", "resolver-busy");
    assert_allowed(&answers.calls[6]);
}

#[test]
fn fault_025_the_name_has_no_address() {
    let child = Child::new();
    for answer in ["nodata", "nothing"] {
        let answers = child.ask(NAMED, 20_000, &[("SHIM_ANSWER", answer)], &[]);
        assert_ended(answers.one(), "QLS_RESOLVE_FAILED", "name-not-found");
    }
}

#[test]
fn fault_027_and_029_a_refusal_says_more_than_an_address_without_a_way() {
    let refusing = refusing(Ipv4Addr::new(127, 0, 0, 2), 0);
    let port = refusing.local_addr().ok().and_then(|address| address.as_socket()).expect("an address").port();
    for addresses in ["ff0e::1,127.0.0.2", "127.0.0.2,ff0e::1"] {
        let shim = [("SHIM_ANSWER", addresses), ("SHIM_CONNECT", "real")];
        let answers = Child::new().ask(&format!("{NAMED}:{port}"), 20_000, &shim, &[]);
        assert_ended(answers.one(), "QLS_CONNECT_FAILED", "connection-refused");
    }
}

/// The system's own time limit for connecting may be the shorter one.
#[test]
fn fault_028_the_system_gives_up_before() {
    let shim = [("SHIM_ANSWER", "127.0.0.2"), ("SHIM_CONNECT", "timedout")];
    let answers = Child::new().ask(NAMED, 20_000, &shim, &["retries=2"]);
    assert_ended(answers.one(), "QLS_TIMEOUT", "connect-timeout");
    assert_took(answers.one(), 0..10_000);
}

/// A multicast address, to which Linux never connects: without sending anything it says "network is unreachable", as for
/// every IPv6 address where there is no IPv6.
#[test]
fn fault_025_only_an_ipv6_address_where_there_is_no_ipv6() {
    let shim = [("SHIM_ANSWER", "ff0e::1"), ("SHIM_CONNECT", "real")];
    let answers = Child::new().ask(NAMED, 20_000, &shim, &["retries=2"]);
    assert_ended(answers.one(), "QLS_CONNECT_FAILED", "unreachable");
    assert_took(answers.one(), 0..10_000);
}

/// Addresses that belong to somebody else, in a process without a network.
#[test]
#[ignore = "needs unshare"]
fn fault_025_and_029_without_a_network() {
    let child = Child::new();
    for address in ["2001:db8::1", "192.0.2.1", "2001:db8::1,192.0.2.1"] {
        let shim = [("SHIM_ANSWER", address), ("SHIM_CONNECT", "real")];
        let answers = child.ask_without_network(NAMED, 20_000, &shim, &["retries=2"]);
        assert_ended(answers.one(), "QLS_CONNECT_FAILED", "unreachable");
        assert_took(answers.one(), 0..10_000);
    }
}

/// Makes `ip` refuse connections at a port that somebody has at another address.
fn refusing(ip: Ipv4Addr, port: u16) -> Socket {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&std::net::SocketAddr::from((ip, port)).into()).expect("the same port");
    socket
}

#[test]
fn fault_026_the_first_address_refuses_and_the_second_answers() {
    let server = answering();
    let _kept = refusing(Ipv4Addr::new(127, 0, 0, 2), server.address().port());
    let url = named(&server, "licenses.example.com");
    let answers = Child::new().ask(&url, 20_000, &[("SHIM_ANSWER", "127.0.0.2,127.0.0.1")], &["plain-http=1"]);
    assert_allowed(answers.one());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn fault_026_the_first_address_is_silent_and_the_second_answers() {
    let server = answering();
    let dead = Silent::full(Ipv4Addr::new(127, 0, 0, 2), server.address().port());
    let url = named(&server, "licenses.example.com");
    let options = ["plain-http=1", "connect-timeout=2000"];
    let answers = Child::new().ask(&url, 20_000, &[("SHIM_ANSWER", "127.0.0.2,127.0.0.1")], &options);
    assert_allowed(answers.one());
    assert_took(answers.one(), 0..2_000);
    drop(dead);
}

/// What remains for the second address does not shorten the handshake with the first.
#[test]
fn fault_026_the_first_address_has_the_whole_connect_timeout_once_it_has_answered() {
    let ca = Ca::new("a CA for names");
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, ca.pem()).expect("a CA file");
    let config = tls::server_config(&ca.identity(&["licenses.example.com"]));
    let server = RawServer::serving(move |stream, _| {
        use std::io::Write;
        let Ok(copy) = stream.try_clone() else { return };
        std::thread::sleep(Duration::from_millis(1_800));
        let mut secure = tls::accept(&config, copy);
        if support::read_request(&mut secure).is_some() {
            let _ = secure.write_all(&reply(200, ALLOWED));
            secure.conn.send_close_notify();
            let _ = secure.flush();
        }
    });
    let url = named(&server, "licenses.example.com").replace("http:", "https:");
    let options = ["connect-timeout=3000".to_owned(), format!("ca-file={}", ca_file.display())];
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let child = Child::new();
    let answers = child.ask(&url, 20_000, &[("SHIM_ANSWER", "127.0.0.1,127.0.0.2")], &options);
    assert_allowed(answers.one());
    // Here the deadline is the tighter limit.
    let answers = child.ask(&url, 3_000, &[("SHIM_ANSWER", "127.0.0.1,127.0.0.2")], &options[1..]);
    assert_allowed(answers.one());
}

/// In a process with the shim: asks this server.
const ASKS: &str = "QLS_TEST_ASKS_HERE";

/// Among several addresses a silent one decides, in whichever order: asking again would only wait again.
#[test]
fn fault_028_one_address_refuses_and_the_other_is_silent() {
    const NAME: &str = "fault_028_one_address_refuses_and_the_other_is_silent";
    if let Ok(server) = std::env::var(ASKS) {
        connect_timeout_is_final(&server);
        println!("{NAME} ran to its end");
        return;
    }
    let silent = Silent::full(Ipv4Addr::new(127, 0, 0, 2), 0);
    let port = silent.address.port();
    let _kept = refusing(Ipv4Addr::new(127, 0, 0, 3), port);
    let folder = tempfile::tempdir().expect("a folder");
    let shim = support::shim(folder.path());
    for addresses in ["127.0.0.3,127.0.0.2", "127.0.0.2,127.0.0.3"] {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args([NAME, "--exact", "--nocapture"]).env("LD_PRELOAD", &shim).env("SHIM_ANSWER", addresses);
        let output = command.env(ASKS, format!("{NAMED}:{port}")).output().expect("the program runs");
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{addresses}: {said}");
        assert!(said.contains(&format!("{NAME} ran to its end")), "{addresses}: the test did not run: {said}");
    }
}

fn connect_timeout_is_final(server: &str) {
    let log = Arc::new(Mutex::new(String::new()));
    let sink = log.clone();
    let mut client = Client::new();
    client.set_server(Some(server)).expect("a server");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_trust(Trust::GivenOnly);
    client.set_ca_pem(Some(&Ca::new("a CA nobody needs").pem())).expect("a CA");
    client.set_timeout(Duration::from_secs(60)).expect("a timeout");
    client.set_connect_timeout(Duration::from_millis(600)).expect("a timeout");
    client.set_retries(2);
    client.set_log(Level::Trace, move |_, line| sink.lock().expect("no panic").extend([line, "\n"]));
    let start = Instant::now();
    let outcome = client.check(Some(TOKEN), CONSUMERS);
    let took = start.elapsed();
    let log = log.lock().expect("no panic").clone();
    let ended = (outcome.status(), outcome.cause());
    assert_eq!(ended, (Status::Timeout, Some(Cause::ConnectTimeout)), "{outcome:?}\n{log}");
    assert!(!log.is_empty() && !log.contains("asking again"), "{log}");
    assert!(took < Duration::from_secs(3), "{took:?}\n{log}");
    waits::assert_harmless(&outcome, &client, &log);
}

/// Nobody is asked: the shim would lead elsewhere, or wait for ever.
#[test]
fn fault_261_localhost_is_this_machine_whatever_the_resolver_says() {
    let server = answering();
    let child = Child::new();
    for (name, answer) in [
        ("localhost", "192.0.2.1"),
        ("localhost.", "silent"),
        ("licenses.localhost", "noname"),
        ("a.b.localhost.", "2001:db8::1"),
    ] {
        let answers = child.ask(&named(&server, name), 20_000, &[("SHIM_ANSWER", answer)], &[]);
        assert_allowed(answers.one());
    }
    assert_eq!(server.requests().len(), 4);
    // These are names like any other.
    for name in ["localhost.example.com", "notlocalhost"] {
        let answers = child.ask(&named(&server, name), 20_000, &[("SHIM_ANSWER", "127.0.0.1")], &[]);
        assert_ended(answers.one(), "QLS_CONFIGURATION", "plain-http-refused");
    }
}

/// With a socket but no further descriptor, the system's certificates cannot be read: that is not "no certificates".
#[test]
fn fault_029_no_descriptor_is_left() {
    let server = RawServer::serving(|stream, _| drop(support::read_request(&*stream)));
    let child = Child::new();
    for (url, number) in [(server.url(), 3), (server.url().replace("http:", "https:"), 4)] {
        let answers = child.ask(&url, 20_000, &[], &[&format!("descriptors={number}")]);
        assert_ended(answers.one(), "QLS_CONNECT_FAILED", "no-descriptors");
        assert!(answers.one().message.contains("Too many open files"), "{answers:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

/// The resolver needs descriptors too.
#[test]
fn fault_029_no_descriptor_is_left_for_the_resolver() {
    let answers = Child::new().ask(NAMED, 20_000, &[("SHIM_ANSWER", "descriptors")], &[]);
    assert_ended(answers.one(), "QLS_CONNECT_FAILED", "no-descriptors");
}

/// Neither is told as a network that is not there, nor passes by itself: nobody is asked again.
#[test]
fn fault_289_the_resolver_fails_for_another_reason() {
    for (answer, cause, words) in [
        ("fail", "resolver-failed", &["Non-recoverable failure", "the name server has a fault"]),
        ("memory", "out-of-memory", &["licenses.example.com: out of memory", "close other programs"]),
    ] {
        let answers = Child::new().ask(NAMED, 20_000, &[("SHIM_ANSWER", answer)], &["retries=2"]);
        assert_ended(answers.one(), "QLS_RESOLVE_FAILED", cause);
        assert!(words.iter().all(|word| answers.one().message.contains(word)), "{answers:?}");
        assert!(!answers.one().message.contains("there is no network"), "{answers:?}");
    }
}

/// That is nothing a user name, or a ticket, could mend.
#[test]
fn fault_290_no_thread_for_a_ticket() {
    let proxy =
        RawServer::replying("HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
    let address = format!("proxy=http://localhost:{}", proxy.address().port());
    let answers = Child::new().ask(NAMED, 20_000, &[("SHIM_THREADS", "none")], &[&address]);
    assert_ended(answers.one(), "QLS_PROXY_FAILED", "no-resolver-thread");
    assert!(answers.one().message.contains("the system gave no thread for getting it"), "{answers:?}");
}

/// Nothing on standard error, which is where a panic would show.
#[test]
fn fault_030_no_thread_can_be_made() {
    let server = answering();
    let child = Child::new();
    let shim = [("SHIM_ANSWER", "127.0.0.1"), ("SHIM_THREADS", "none")];
    let url = named(&server, "licenses.example.com");
    let answers = child.ask(&url, 20_000, &shim, &["plain-http=1", "repeat=6"]);
    for answer in &answers.calls {
        assert_ended(answer, "QLS_RESOLVE_FAILED", "no-resolver-thread");
        assert!(!answer.message.contains("panic"), "{answer:?}");
    }
    assert_eq!((answers.calls.len(), server.requests().len()), (6, 0));
    // An address needs no thread.
    assert_allowed(child.ask(&server.url(), 20_000, &shim, &[]).one());
}

#[test]
fn fault_106_deadlines_ignore_the_wall_clock() {
    let child = Child::new();
    let leaping = ("SHIM_CLOCK", "leaping");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let answers = child.ask(&url, 1_000, &[leaping], &[]);
    assert!(answers.clock > 3_600, "the clock does not leap: {answers:?}");
    assert_ended(answers.one(), "QLS_TIMEOUT", "deadline");
    assert_took(answers.one(), 1_000..3_000);

    let answers = child.ask(NAMED, 1_000, &[leaping, ("SHIM_ANSWER", "silent")], &[]);
    assert_ended(answers.one(), "QLS_TIMEOUT", "deadline");
    assert_took(answers.one(), 1_000..3_000);

    let server = answering();
    let shim = [leaping, ("SHIM_ANSWER", "127.0.0.1")];
    let answers = child.ask(&named(&server, "localhost"), 20_000, &shim, &["repeat=3"]);
    assert!(answers.calls.iter().all(|answer| answer.allowed == 1 && answer.status == "QLS_OK"), "{answers:?}");
}
