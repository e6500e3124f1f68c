//! Rows 57, 60, 62, 63 and 65 of the fault matrix: SOCKS5 proxies that work, and those that fail.

mod proxying;

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use proxying::script::{Peer, Proxy, SOCKS_CONNECTED, SocksRequest};
use proxying::{Asked, HOST, TOKEN, ask, assert_has_token, client, deserted, server, tls_server};
use qls_precheck_core::{Cause, Status};
use support::pki::Ca;

const NO_AUTHENTICATION: &[u8] = &[5, 0];
const USER_AND_PASSWORD: &[u8] = &[5, 2];
const NOTHING_ACCEPTABLE: &[u8] = &[5, 0xff];

fn ask_through(proxy: &Proxy) -> Asked {
    ask(&mut client(&format!("https://{HOST}"), &proxy.url("socks5")))
}

fn ask_with_password(proxy: &Proxy) -> Asked {
    ask(&mut client(&format!("https://{HOST}"), &proxy.url_with("socks5", "paula:open-sesame")))
}

/// Lets everybody in, and answers the request with `reply`.
fn answering(reply: impl Into<Vec<u8>>) -> Proxy {
    let reply = reply.into();
    Proxy::talking(move |peer| {
        peer.socks_methods();
        peer.say(NO_AUTHENTICATION);
        peer.socks_request();
        peer.say(&reply);
        peer.until_hang_up();
    })
}

/// Hangs up after `reply`.
fn closing_after(reply: &'static [u8]) -> Proxy {
    Proxy::talking(move |peer| {
        peer.socks_methods();
        peer.say(NO_AUTHENTICATION);
        peer.socks_request();
        peer.say(reply);
    })
}

#[test]
fn fault_063_no_acceptable_method() {
    let proxy = Proxy::talking(|peer| {
        peer.socks_methods();
        peer.say(NOTHING_ACCEPTABLE);
        peer.until_hang_up();
    });
    let asked = ask_through(&proxy);
    asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(&[&proxy.url("socks5"), "user name"]);
    assert_eq!(proxy.heard_once(), [5, 1, 0], "only what it can do was offered");
    let asked = ask_with_password(&proxy);
    asked.failed(Status::ProxyFailed, Cause::ProxyAuthUnsupported).hid(&["open-sesame", "paula"]);
    assert_eq!(proxy.heard()[1], [5, 2, 0, 2], "nothing is said to a proxy that wants another method");
}

#[test]
fn fault_063_a_method_that_was_not_offered() {
    // 1 is GSSAPI; 2 is a password, of which there is none.
    for method in [1, 2, 0x80] {
        let proxy = Proxy::talking(move |peer| {
            peer.socks_methods();
            peer.say(&[5, method]);
            peer.until_hang_up();
        });
        ask_through(&proxy).failed(Status::ProxyFailed, Cause::ProxyInvalidReply);
        assert_eq!(proxy.heard_once(), [5, 1, 0]);
    }
}

#[test]
fn fault_063_credentials_refused() {
    for refusal in [1, 0xff] {
        let proxy = Proxy::talking(move |peer| {
            peer.socks_methods();
            peer.say(USER_AND_PASSWORD);
            peer.socks_credentials();
            peer.say(&[1, refusal]);
            peer.until_hang_up();
        });
        let asked = ask_with_password(&proxy);
        asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(&[&proxy.url("socks5"), "does not accept"]);
        asked.hid(&["open-sesame", "paula"]);
        assert!(!String::from_utf8_lossy(&proxy.heard_once()).contains(HOST), "it said no and was told more");
    }
}

#[test]
fn fault_063_reply_codes() {
    let meanings = [
        "general failure",
        "not allowed",
        "network unreachable",
        "host unreachable",
        "connection refused",
        "time to live",
        "command not supported",
        "address type",
        "unknown",
    ];
    let cause = |code| match code {
        1 | 3..=6 => Cause::ProxyCannotConnect,
        _ => Cause::ProxyRefused,
    };
    for (code, meaning) in (1..).zip(meanings) {
        let proxy = answering([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
        let asked = ask_through(&proxy);
        asked.failed(Status::ProxyFailed, cause(code));
        asked.told(&[&proxy.url("socks5"), HOST, meaning, &format!("SOCKS reply {code}")]);
    }
    // Some proxies hang up without the rest of the reply.
    for code in [1, 5, 255] {
        let asked = ask_through(&answering([5, code, 0, 1]));
        asked.failed(Status::ProxyFailed, cause(code));
    }
}

#[test]
fn fault_063_a_silent_proxy_times_out() {
    const TIME: Duration = Duration::from_millis(1200);
    // Silent from the start, after the greeting, after the credentials, inside the reply.
    let silences: [&[&[u8]]; 4] =
        [&[], &[USER_AND_PASSWORD], &[USER_AND_PASSWORD, &[1, 0]], &[USER_AND_PASSWORD, &[1, 0], &[5, 0, 0]]];
    for said in silences {
        let proxy = Proxy::talking(move |peer| {
            for (step, reply) in said.iter().enumerate() {
                match step {
                    0 => drop(peer.socks_methods()),
                    1 => drop(peer.socks_credentials()),
                    _ => drop(peer.socks_request()),
                }
                peer.say(reply);
            }
            peer.until_hang_up();
        });
        let mut client = client(&format!("https://{HOST}"), &proxy.url_with("socks5", "paula:open-sesame"));
        client.set_timeout(TIME).expect("a timeout");
        let asked = ask(&mut client);
        asked
            .failed(Status::Timeout, Cause::Deadline)
            .ended_at(TIME)
            .hid(&["open-sesame"])
            .told(&[&proxy.url("socks5")]);
    }
    let proxy = Proxy::talking(Peer::until_hang_up);
    let mut client = client(&format!("https://{HOST}"), &proxy.url("socks5"));
    client.set_connect_timeout(TIME).expect("a timeout");
    ask(&mut client).failed(Status::Timeout, Cause::ConnectTimeout).ended_at(TIME);
}

#[test]
fn fault_063_a_proxy_that_closes() {
    let at_once = Proxy::talking(|_| ());
    ask_through(&at_once).failed(Status::ProxyFailed, Cause::ConnectionClosed).told(&[&at_once.url("socks5")]);
    let half: [&'static [u8]; 5] = [b"", &[5], &[5, 0, 0, 1, 127], &[5, 0, 0, 4, 0, 0], &[5, 0, 0, 3, 200, b'x']];
    for reply in half {
        ask_through(&closing_after(reply)).failed(Status::ProxyFailed, Cause::ConnectionClosed);
    }
}

#[test]
fn fault_063_a_proxy_that_talks_junk() {
    for junk in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], &[4, 0], &[0, 90, 0, 0, 0, 0, 0, 0], &[5, 0x42], &[0; 512]] {
        let proxy = Proxy::talking(move |peer| {
            peer.socks_methods();
            peer.say(junk);
            peer.until_hang_up();
        });
        ask_through(&proxy).failed(Status::ProxyFailed, Cause::ProxyInvalidReply).told(&["SOCKS5"]);
    }
    for junk in [[4, 0, 0, 1, 0, 0, 0, 0, 0, 0], [5, 0, 0, 2, 0, 0, 0, 0, 0, 0], *b"HTTP/1.1 2"] {
        ask_through(&answering(junk)).failed(Status::ProxyFailed, Cause::ProxyInvalidReply);
    }
}

#[test]
fn fault_063_cancelled_while_the_proxy_is_silent() {
    let proxy = Proxy::talking(|peer| {
        peer.socks_methods();
        peer.say(NO_AUTHENTICATION);
        peer.until_hang_up();
    });
    let client = client(&format!("https://{HOST}"), &proxy.url("socks5"));
    thread::scope(|scope| {
        let call = scope.spawn(|| client.check(Some(TOKEN), proxying::CONSUMERS));
        while proxy.heard().first().is_none_or(|heard| heard.len() <= 10) {
            thread::sleep(Duration::from_millis(5));
        }
        let start = Instant::now();
        client.cancel();
        let outcome = call.join().expect("the call ends");
        assert_eq!((outcome.status(), outcome.cause()), (Status::Cancelled, Some(Cause::Cancelled)));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    });
}

/// Names go to the proxy as they are, addresses as bytes; this machine looks nothing up and connects to nothing else.
#[test]
fn fault_063_names_and_addresses_arrive_as_they_are() {
    let server = server();
    let address = server.address();
    let cases: [(&str, SocksRequest); 5] = [
        ("licenses.example.com", SocksRequest { kind: 3, host: HOST.into(), port: 80 }),
        ("LICENSES.example.com:8080", SocksRequest { kind: 3, host: HOST.into(), port: 8080 }),
        (
            "a-name-that-nobody-has.invalid:1",
            SocksRequest { kind: 3, host: "a-name-that-nobody-has.invalid".into(), port: 1 },
        ),
        ("198.51.100.7:65535", SocksRequest { kind: 1, host: vec![198, 51, 100, 7], port: 65535 }),
        (
            "[2001:db8::7]",
            SocksRequest { kind: 4, host: vec![0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], port: 80 },
        ),
    ];
    let count = cases.len();
    for (host, expected) in cases {
        for scheme in ["socks5", "SOCKS5H"] {
            let (sender, receiver) = mpsc::channel();
            let proxy = Proxy::talking(move |peer| {
                peer.socks_methods();
                peer.say(NO_AUTHENTICATION);
                let _ = sender.send(peer.socks_request());
                peer.say(SOCKS_CONNECTED);
                peer.tunnel(address);
            });
            ask(&mut client(&format!("http://{host}"), &proxy.url(scheme))).succeeded();
            assert_eq!(receiver.recv().expect("a request"), expected);
        }
    }
    assert_has_token(&server, 2 * count);
}

#[test]
fn fault_063_a_name_as_long_as_names_get() {
    let label = "a".repeat(63);
    let host = format!("{label}.{label}.{label}.{}", "b".repeat(61));
    assert_eq!(host.len(), 253);
    let proxy = answering([5, 4, 0, 1, 0, 0, 0, 0, 0, 0]);
    ask(&mut client(&format!("https://{host}"), &proxy.url("socks5")))
        .failed(Status::ProxyFailed, Cause::ProxyCannotConnect);
    let heard = proxy.heard_once();
    assert_eq!(heard[3..], [&[5, 1, 0, 3, 253], host.as_bytes(), &443_u16.to_be_bytes()].concat());
}

#[test]
fn fault_063_whatever_address_a_success_mentions_it_is_read_to_its_end() {
    let server = server();
    let address = server.address();
    let mut name = vec![5, 0, 0, 3, 255];
    name.extend([b'n'; 257]);
    let replies = [
        SOCKS_CONNECTED.to_vec(),
        [&[5, 0, 0, 4][..], &[9; 18]].concat(),
        name,
        vec![5, 0, 0, 3, 0, 1, 2],
        vec![5, 0, 0xee, 1, 1, 2, 3, 4, 5, 6],
    ];
    let count = replies.len();
    for reply in replies {
        let proxy = Proxy::talking(move |peer| {
            peer.socks_methods();
            peer.say(NO_AUTHENTICATION);
            peer.socks_request();
            // Byte by byte: the client must not rely on whole packets.
            assert!(reply.iter().all(|byte| peer.say(&[*byte])), "the client hung up");
            peer.tunnel(address);
        });
        ask(&mut client(&format!("http://{HOST}"), &proxy.url("socks5"))).succeeded();
    }
    assert_has_token(&server, count);
}

#[test]
fn fault_060_credentials_arrive_byte_for_byte() {
    let long = "x".repeat(255);
    let longest = format!("{long}:{long}");
    let cases: [(&str, &[u8], &[u8]); 5] = [
        ("paula:p%25%3A%40%2Fw", b"paula", b"p%:@/w"),
        ("pau%3Ala:schl%C3%BCssel", b"pau:la", "schl\u{fc}ssel".as_bytes()),
        ("paula:", b"paula", b""),
        ("%ff%00:%0d%0a", b"\xff\0", b"\r\n"),
        (&longest, long.as_bytes(), long.as_bytes()),
    ];
    let server = server();
    let address = server.address();
    let count = cases.len();
    for (written, user, password) in cases {
        let (sender, receiver) = mpsc::channel();
        let proxy = Proxy::talking(move |peer| {
            let _ = sender.send((peer.socks_methods(), Vec::new()));
            peer.say(USER_AND_PASSWORD);
            let _ = sender.send(peer.socks_credentials());
            peer.say(&[1, 0]);
            peer.socks_request();
            peer.say(SOCKS_CONNECTED);
            peer.tunnel(address);
        });
        let asked = ask(&mut client(&format!("http://{HOST}"), &proxy.url_with("socks5", written)));
        asked.succeeded().hid(&[written]);
        if let (Ok(password), true) = (std::str::from_utf8(password), password.len() > 2) {
            asked.hid(&[password]);
        }
        assert_eq!(receiver.recv().expect("the methods").0, [0, 2]);
        assert_eq!(receiver.recv().expect("credentials"), (user.to_vec(), password.to_vec()));
    }
    assert_has_token(&server, count);
}

#[test]
fn fault_060_credentials_that_nobody_wants_are_not_sent() {
    let proxy = answering([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]);
    ask_with_password(&proxy).failed(Status::ProxyFailed, Cause::ProxyRefused);
    let heard = String::from_utf8_lossy(&proxy.heard_once()).into_owned();
    assert!(heard.contains(HOST) && !heard.contains("open-sesame") && !heard.contains("paula"), "{heard:?}");
}

#[test]
fn fault_062_a_proxy_that_refuses_connections() {
    let (_socket, address) = deserted();
    let asked = ask(&mut client(&format!("https://{HOST}"), &format!("socks5://paula:open-sesame@{address}")));
    asked.failed(Status::ProxyFailed, Cause::ConnectionRefused).hid(&["open-sesame", "paula"]);
    asked.told(&[&format!("the proxy socks5://{address}"), HOST]);
}

#[test]
fn fault_065_the_proxy_sees_no_token_of_an_https_server() {
    let ca = Ca::new("a CA for tests");
    let server = tls_server(&ca.identity(&[HOST]));
    let address = server.address();
    let proxy = Proxy::talking(move |peer| {
        peer.socks_methods();
        peer.say(NO_AUTHENTICATION);
        peer.socks_request();
        peer.say(SOCKS_CONNECTED);
        peer.tunnel(address);
    });
    let mut client = client(&format!("https://{HOST}"), &proxy.url("socks5"));
    client.set_ca_pem(Some(&ca.pem())).expect("a CA");
    ask(&mut client).succeeded();
    assert_has_token(&server, 1);
    let heard = proxy.heard_once();
    assert!(heard.len() > 400, "what was carried was recorded too");
    assert!(!String::from_utf8_lossy(&heard).contains(TOKEN), "the proxy saw the token");
}
