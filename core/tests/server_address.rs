//! Rows 16 to 20 of the fault matrix: which addresses of a server are taken, which are refused, and where plain
//! http ends. A misread address would send a token to the wrong place.

mod common;

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use common::{ALLOWED, CONSUMERS, TOKEN, assert_failed, client, client_of, only_request};
use qls_precheck_core::{Cause, Client, DEFAULT_SERVER, Status};
use support::{RawServer, read_request, reply};

/// The base address as it is shown after `set_server`.
#[track_caller]
fn taken(url: &str) -> String {
    client_of(url).server().to_owned()
}

#[track_caller]
fn refused(url: &str) -> String {
    let mut client = Client::new();
    let Err(error) = client.set_server(Some(url)) else { panic!("{url:?} was taken") };
    assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidUrl), "{url:?}: {error:?}");
    assert_eq!(client.server(), DEFAULT_SERVER, "a refused address changes nothing");
    error.message().to_owned()
}

#[test]
fn the_default_and_its_return() {
    let mut client = Client::new();
    assert_eq!(client.server(), "https://qls.qt.io");
    client.set_server(Some("https://licenses.example.com")).expect("valid");
    assert_eq!(client.server(), "https://licenses.example.com");
    client.set_server(None).expect("the default");
    assert_eq!(client.server(), "https://qls.qt.io");
}

#[test]
fn the_default_is_what_its_address_says() {
    let mut client = Client::new();
    client.set_server(Some(DEFAULT_SERVER)).expect("the default address");
    let (read, default) = (format!("{client:?}"), format!("{:?}", Client::new()));
    assert!(default.contains(r#"host: Name("qls.qt.io")"#), "the parts of the address are compared: {default}");
    assert_eq!(read, default);
}

#[test]
fn addresses_that_are_taken() {
    for (url, shown) in [
        ("https://qls.qt.io", "https://qls.qt.io"),
        ("https://qls.qt.io/", "https://qls.qt.io"),
        ("https://host:8080/qls", "https://host:8080/qls"),
        ("https://host:8080/qls/", "https://host:8080/qls"),
        ("https://host/a/b/c", "https://host/a/b/c"),
        ("https://host:1", "https://host:1"),
        ("https://host:65535", "https://host:65535"),
        ("http://host", "http://host"),
        ("HTTPS://host", "https://host"),
        ("https://192.0.2.1", "https://192.0.2.1"),
        ("https://192.0.2.1:8443/x", "https://192.0.2.1:8443/x"),
        ("https://my-host_1.example", "https://my-host_1.example"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://host/with%20space", "https://host/with%20space"),
    ] {
        assert_eq!(taken(url), shown, "{url}");
    }
}

#[test]
fn fault_017_no_address_at_all() {
    for url in [
        "",
        "https",
        "https:",
        "https:/",
        "https://",
        "https:///",
        "https:///path",
        "qls.qt.io",
        "//qls.qt.io",
        "/",
        "?",
    ] {
        refused(url);
    }
}

#[test]
fn fault_017_other_schemes() {
    for url in [
        "ftp://host",
        "file:///etc/passwd",
        "ws://host",
        "httpss://host",
        "http+unix://host",
        "://host",
        "https:host",
        "javascript://host",
    ] {
        refused(url);
    }
}

#[test]
fn fault_018_ports() {
    for url in [
        "https://host:",
        "https://host:/qls",
        "https://host:0",
        "https://host:00",
        "https://host:65536",
        "https://host:99999",
        "https://host:18446744073709551617",
        "https://host:-1",
        "https://host:+443",
        "https://host:4 43",
        "https://host:443x",
        "https://host:0x1bb",
        "https://host:443:443",
        "https://host:４４３",
        "https://[::1]:",
        "https://[::1]:0",
        "https://[::1]443",
        "http://host:0",
    ] {
        refused(url);
    }
}

#[test]
fn fault_019_user_names_queries_and_fragments() {
    for url in [
        "https://host?",
        "https://host?x=1",
        "https://host/?x=1",
        "https://host/qls?user=jane",
        "https://host#",
        "https://host#top",
        "https://host/qls#top",
        "https://host/#",
    ] {
        refused(url);
    }
    for url in [
        "https://jane@host",
        "https://jane:hunter2@host",
        "https://:hunter2@host",
        "https://qls.qt.io@evil.example",
        "https://jane:hunter2@",
        "hunter2@host",
        "https://host/@hunter2",
    ] {
        let message = refused(url);
        assert!(!message.contains("hunter2"), "the password is shown: {message}");
    }
}

#[test]
fn fault_020_white_space_and_control_characters() {
    for url in [
        " https://host",
        "https://host ",
        "https://ho st",
        "https://host/a b",
        "https://host\r\nX: 1",
        "https://host/\n",
        "https://host\t",
        "https://host\0",
        "https://host/\u{7f}",
        "https://h\u{f6}st",
        "https://host/\u{e4}",
        "\u{feff}https://host",
        "https://host\u{3002}example",
    ] {
        let message = refused(url);
        assert!(!message.chars().any(char::is_control), "{message:?}");
    }
}

#[test]
fn fault_020_hosts_that_some_reader_takes_for_another() {
    for url in [
        "https://.",
        "https://..",
        "https://.host",
        "https://a..b",
        "https://host..",
        "https://127.1",
        "https://2130706433",
        "https://0x7f.0.0.1",
        "https://0177.0.0.1",
        "https://127.0.0.1.",
        "https://127.0.0.256",
        "https://127.0.0.1.5",
        "https://::1",
        "https://::1:443",
        "https://[::1",
        "https://::1]",
        "https://[]",
        "https://[127.0.0.1]",
        "https://[::1%25lo]",
        "https://[::g]",
        "https://[v1.x]",
        "https://host\\evil.example",
        "https:\\\\host",
        "https://host/a\\b",
        "https://ho%73t",
        "https://host,evil",
        "https://host<b>",
        "https://host\"",
        "https://host/<b>",
        "https://host/\"",
        "https://host/a|b",
        "https://host/[a]",
    ] {
        refused(url);
    }
    refused(&format!("https://{}.example", "x".repeat(64)));
    refused(&format!("https://{}", ["x"; 128].join(".")));
    assert_eq!(taken(&format!("https://{}.example", "x".repeat(63))).len(), 79);
}

#[test]
fn fault_020_a_long_address_is_quoted_in_part() {
    let message = refused(&format!("https://host/{}?", "x".repeat(1_000_000)));
    assert!(message.len() <= 2000, "{}", message.len());
}

#[test]
fn fault_020_a_path_too_long_to_be_sent_is_no_defect_of_ours() {
    let mut client = Client::new();
    let server = RawServer::replying(reply(200, ALLOWED));
    for length in [8 * 1024, 40 * 1024, 70 * 1024, 200 * 1024] {
        let url = format!("{}/{}", server.url(), "x".repeat(length));
        // Refusing it at once is fine, and so is the server's answer; QLS_INTERNAL is not.
        if client.set_server(Some(&url)).is_ok() {
            let outcome = client.check(Some(TOKEN), CONSUMERS);
            let end: String = outcome.message().chars().rev().take(100).collect();
            let end: String = end.chars().rev().collect();
            assert_ne!(outcome.status(), Status::Internal, "a path of {length} bytes: ...{end}");
        }
    }
}

#[test]
fn fault_020_ipv6_literals_work() {
    for (url, shown) in [
        ("https://[::1]", "https://[::1]"),
        ("https://[2001:db8::1]:8443/qls/", "https://[2001:db8::1]:8443/qls"),
        ("https://[::ffff:192.0.2.1]", "https://[::ffff:192.0.2.1]"),
    ] {
        assert_eq!(taken(url), shown);
    }
    // Where the system has no IPv6 nothing can be asked there.
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return };
    let address = listener.local_addr().expect("an address");
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        let request = read_request(&stream).expect("a request");
        stream.write_all(&reply(200, ALLOWED)).expect("a reply");
        request
    });
    let outcome = client_of(&format!("http://{address}/qls")).check(Some(TOKEN), CONSUMERS);
    assert!(outcome.is_allowed("9876"), "{outcome:?}");
    let request = server.join().expect("the server");
    assert_eq!(common::header(&request, "Host"), address.to_string());
    assert!(request.head.starts_with("POST /qls/api/v2/pre-check/licenses HTTP/1.1\r\n"), "{}", request.head);
}

#[test]
fn fault_020_names_work_in_any_letter_case() {
    for host in ["localhost", "LocalHost"] {
        let server = RawServer::replying(reply(200, ALLOWED));
        let outcome = client_of(&server.url().replace("127.0.0.1", host)).check(Some(TOKEN), CONSUMERS);
        assert!(outcome.is_allowed("9876"), "{host}: {outcome:?}");
        assert!(only_request(&server).head.starts_with("POST /api/v2/pre-check/licenses HTTP/1.1\r\n"));
    }
}

#[test]
fn fault_020_a_trailing_dot_is_part_of_a_name() {
    assert_eq!(taken("https://qls.qt.io."), "https://qls.qt.io.");
    // With it `localhost` is still this machine, so plain http is not refused. Whether the name is found is the
    // system's business: glibc does not look for it in the hosts file.
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = client_of(&server.url().replace("127.0.0.1", "localhost."));
    client.set_timeout(Duration::from_secs(5)).expect("valid");
    let status = client.check(Some(TOKEN), CONSUMERS).status();
    assert!([Status::Ok, Status::ResolveFailed, Status::Timeout].contains(&status), "{status:?}");
}

#[test]
fn fault_017_plain_http_to_another_machine_is_refused_at_the_call() {
    for url in [
        "http://licenses.example.com",
        "http://qls.qt.io",
        "http://192.0.2.1",
        "http://10.0.0.1:8080",
        "http://[2001:db8::1]",
        "http://0.0.0.0",
        "http://[::]",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[::ffff:192.0.2.1]",
    ] {
        let client = client_of(url);
        for outcome in [client.check(Some(TOKEN), CONSUMERS), client.list(Some(TOKEN), None)] {
            assert_failed(&outcome, Status::Configuration, Cause::PlainHttpRefused);
            assert_eq!(outcome.server(), url);
            assert!(outcome.message().contains(url), "{}", outcome.message());
        }
    }
}

#[test]
fn fault_017_nothing_is_sent_over_refused_plain_http() {
    // 0.0.0.0 is no loopback address, and yet connecting to it leads to this machine (on Linux).
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = client_of(&server.url().replace("127.0.0.1", "0.0.0.0"));
    let outcome = client.check(Some(TOKEN), CONSUMERS);
    assert_failed(&outcome, Status::Configuration, Cause::PlainHttpRefused);
    assert!(server.requests().is_empty());
    if cfg!(target_os = "linux") {
        client.set_allow_plain_http(true);
        assert!(client.check(Some(TOKEN), CONSUMERS).is_allowed("9876"));
        client.set_allow_plain_http(false);
        let outcome = client.check(Some(TOKEN), CONSUMERS);
        assert_failed(&outcome, Status::Configuration, Cause::PlainHttpRefused);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn plain_http_on_this_machine_needs_no_permission() {
    for host in ["127.0.0.1", "127.0.0.2", "127.255.255.254"] {
        let Ok(listener) = TcpListener::bind(SocketAddr::new(host.parse().expect("an address"), 0)) else {
            // Only Linux has more of them than the first.
            assert_ne!(host, "127.0.0.1");
            continue;
        };
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            read_request(&stream).expect("a request");
            stream.write_all(&reply(200, ALLOWED)).expect("a reply");
        });
        assert!(client_of(&url).check(Some(TOKEN), CONSUMERS).is_allowed("9876"), "{url}");
        server.join().expect("the server");
    }
}

#[test]
fn fault_016_timeouts() {
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = client(&server);
    for error in [client.set_timeout(Duration::ZERO), client.set_connect_timeout(Duration::ZERO)] {
        let error = error.expect_err("zero");
        assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidTimeout));
    }
    let longest = Duration::from_millis(u64::from(u32::MAX));
    client.set_timeout(longest).expect("the longest");
    client.set_connect_timeout(longest).expect("the longest");
    assert!(client.check(Some(TOKEN), CONSUMERS).is_allowed("9876"));
}
