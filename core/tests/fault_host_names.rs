//! Rows 170 and 171 of the fault matrix: what is a host's name, what an address, and what neither, for servers and
//! proxies alike. The rule is that of the URL standard, but an unusual spelling of an address is refused.

use qls_precheck_core::{Cause, Client, Error, Status};

/// Tries a host as the server's and as the proxy's; both have to say the same about it.
fn tried(host: &str) -> Result<(), [Error; 2]> {
    let mut client = Client::new();
    let server = client.set_server(Some(&format!("https://{host}:8443/qls")));
    let proxies = [format!("http://{host}:3128"), format!("socks5://{host}"), host.to_owned()];
    let mut results: Vec<_> = proxies.iter().map(|proxy| client.set_proxy(Some(proxy))).collect();
    let proxy = results.pop().expect("a result");
    assert!(results.iter().all(|result| result.is_ok() == server.is_ok()), "{host}: {server:?}, {results:?}");
    match (server, proxy) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(server), Err(proxy)) => Err([server, proxy]),
        differing => panic!("{host}: {differing:?}"),
    }
}

#[track_caller]
fn is_refused(host: &str, word: &str) {
    let [server, proxy] = tried(host).expect_err(host);
    assert_eq!((server.status(), server.cause()), (Status::InvalidArgument, Cause::InvalidUrl), "{host}");
    assert_eq!((proxy.status(), proxy.cause()), (Status::InvalidArgument, Cause::InvalidProxy), "{host}");
    for error in [server, proxy] {
        assert!(error.message().contains(word), "{host}: {error:?}");
    }
}

#[test]
fn fault_170_a_name_is_what_does_not_end_in_a_number() {
    for host in [
        "licenses.1a",
        "licenses.3com",
        "9to5",
        "4licenses.example",
        "1.2.3.4.example",
        "1.2.3.4a",
        "licenses.0xg",
        "licenses.x1",
        "licenses.0x1.example",
        "0x.example",
        "licenses.1e3-",
        "licenses.1_0",
        "127.0.0.1.nip.example.",
        "a.1-",
    ] {
        tried(host).unwrap_or_else(|errors| panic!("{host}: {errors:?}"));
    }
    for host in ["192.0.2.7", "0.0.0.0", "255.255.255.255"] {
        tried(host).unwrap_or_else(|errors| panic!("{host}: {errors:?}"));
    }
}

#[test]
fn fault_170_what_ends_in_a_number_is_an_address_or_refused() {
    for host in [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "127.0x1",
        "licenses.0",
        "licenses.42",
        "licenses.0x",
        "licenses.0x2A",
        "licenses.0X",
        "licenses.example.09",
        "1.2.3.4.5",
        "192.0.2.256",
        "192.0.2.07",
        "192.0.2.7.",
        "licenses.42.",
        "0",
    ] {
        is_refused(host, "ends in a number");
    }
    for host in ["licenses..example", ".", "a..", &"x".repeat(64), "licenses,example", "licenses%2eexample"] {
        is_refused(host, "neither a host name nor an IP address");
    }
}

#[test]
fn fault_171_letters_outside_of_ascii() {
    for host in
        ["b\u{fc}cher.example", "\u{65e5}\u{672c}.example", "licenses.\u{440}\u{444}", "licenses\u{3002}example"]
    {
        is_refused(host, "xn--");
    }
    tried("xn--bcher-kva.example").expect("that form");
    // Elsewhere in the address it is not about the host.
    let mut client = Client::new();
    let error = client.set_server(Some("https://licenses.example/b\u{fc}cher")).expect_err("a path");
    assert!(!error.message().contains("xn--") && error.message().contains("path"), "{error:?}");
}
