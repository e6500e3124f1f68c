//! Rows 55-57, 60, 62 and 65 of the fault matrix: HTTP proxies that work, and those that fail.

mod proxying;

use std::thread;
use std::time::Duration;

use proxying::script::{ESTABLISHED, Proxy};
use proxying::{Asked, HOST, TOKEN, ask, assert_has_token, base64, client, deserted, server, tls_server};
use qls_precheck_core::{Cause, Client, Status, Trust};
use support::pki::{Ca, server_parameters};

/// Asks over https through a proxy that makes no tunnel, so that nothing behind it matters.
fn ask_through(proxy: &Proxy) -> Asked {
    ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")))
}

/// Asks through a proxy that replies with `reply`. The proxy must learn the server's name, and never the token.
#[track_caller]
fn ask_refusing(reply: impl Into<Vec<u8>>) -> Asked {
    let proxy = Proxy::replying(reply);
    let asked = ask_through(&proxy);
    assert_eq!(proxy.head()[0], format!("CONNECT {HOST}:443 HTTP/1.1"));
    assert!(!String::from_utf8_lossy(&proxy.heard_once()).contains(TOKEN));
    asked.told(&[&proxy.url("http"), HOST]);
    asked
}

fn http_407(challenges: &str) -> String {
    format!("HTTP/1.1 407 Who is asking?\r\n{challenges}Content-Length: 5\r\n\r\nNo. \n")
}

#[test]
fn fault_055_407_without_credentials() {
    for challenges in ["Proxy-Authenticate: Basic realm=\"office\"\r\n", "proxy-authenticate:BASIC\r\n", ""] {
        let asked = ask_refusing(http_407(challenges));
        asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(&["407", "user name"]);
    }
}

#[test]
fn fault_055_407_with_wrong_credentials() {
    let proxy = Proxy::replying(http_407("Proxy-Authenticate: Basic realm=\"office\"\r\n"));
    let asked = ask(&mut client(&format!("https://{HOST}"), &proxy.url_with("http", "paula:open-sesame")));
    asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(&["407", "does not accept"]);
    asked.hid(&["open-sesame", &base64("paula:open-sesame")]);
    assert_eq!(proxy.heard().len(), 1, "wrong credentials were sent again, which locks accounts");
}

/// tinyproxy answers 401 to wrong credentials, and 407 where there are none.
#[test]
fn fault_055_a_proxy_that_says_401() {
    let reply = "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"Tinyproxy\"\r\nConnection: close\r\n\r\n";
    let proxy = Proxy::replying(reply);
    let asked = ask(&mut client(&format!("https://{HOST}"), &proxy.url_with("http", "paula:open-sesame")));
    asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(&["401", "does not accept"]);
    asked.hid(&["open-sesame"]);
    ask_refusing(reply).failed(Status::ProxyFailed, Cause::ProxyAuthRequired);
}

#[test]
fn fault_055_407_that_offers_no_basic_names_what_it_offers() {
    let schemes: [(&str, &[&str]); 3] = [
        ("Proxy-Authenticate: NTLM\r\n", &["NTLM"]),
        ("Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Digest realm=\"x\"\r\n", &["NTLM", "Digest"]),
        ("Proxy-Authenticate: Digest realm=\"Basic\", nonce=\"a, Basic\"\r\n", &["Digest"]),
    ];
    for (challenges, named) in schemes {
        let asked = ask_refusing(http_407(challenges));
        asked.failed(Status::ProxyFailed, Cause::ProxyAuthUnsupported).told(named);
    }
}

#[test]
fn fault_055_407_that_offers_basic_among_others() {
    let offers = [
        "Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=\"office\"\r\n",
        // One field may hold several challenges (RFC 9110, section 11.7.1).
        "Proxy-Authenticate: NTLM, Basic realm=\"office\"\r\n",
        "Proxy-Authenticate: Digest realm=\"office\", nonce=\"n\", Basic realm=\"office\"\r\n",
    ];
    for challenges in offers {
        ask_refusing(http_407(challenges)).failed(Status::ProxyFailed, Cause::ProxyAuthRequired);
    }
}

#[test]
fn fault_056_a_proxy_that_does_not_connect() {
    let refused =
        ["403 Forbidden", "302 Found", "101 Upgrade", "426 Upgrade"].map(|status| (status, Cause::ProxyRefused));
    let tried = ["500 Unable to connect", "502 Bad Gateway", "503 Busy", "504 Timeout"];
    for (status, cause) in refused.into_iter().chain(tried.map(|status| (status, Cause::ProxyCannotConnect))) {
        let asked = ask_refusing(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
        asked.failed(Status::ProxyFailed, cause).told(&[&format!("HTTP {}", &status[..3])]);
        assert_eq!(asked.outcome.http_status(), 0, "a proxy's status is not the server's");
    }
}

#[test]
fn fault_056_what_a_proxy_says_is_shown_escaped_and_bounded() {
    let asked = ask_refusing([&b"HTTP/1.1 403 \x1b[2J\xff\xe2\x80\xae"[..], &[b'x'; 20_000], b"\r\n\r\n"].concat());
    asked.failed(Status::ProxyFailed, Cause::ProxyRefused).hid(&["\u{1b}", "\u{202e}"]);
    assert!(asked.outcome.message().len() <= 2100, "{} bytes", asked.outcome.message().len());
}

#[test]
fn fault_057_a_silent_proxy_times_out() {
    const TIME: Duration = Duration::from_millis(1500);
    let proxy = Proxy::talking(|peer| peer.until_hang_up());
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_timeout(TIME).expect("a timeout");
    ask(&mut client).failed(Status::Timeout, Cause::Deadline).ended_at(TIME).told(&[&proxy.url("http")]);
    client.set_timeout(Duration::from_secs(60)).expect("a timeout");
    client.set_connect_timeout(TIME).expect("a timeout");
    ask(&mut client).failed(Status::Timeout, Cause::ConnectTimeout).ended_at(TIME).told(&[&proxy.url("http")]);
}

#[test]
fn fault_057_a_dripping_proxy_times_out() {
    const TIME: Duration = Duration::from_millis(1500);
    let proxy = Proxy::talking(|peer| {
        peer.head();
        for byte in b"HTTP/1.1 200 Connection established".iter().cycle() {
            if !peer.say(&[*byte]) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
    });
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_timeout(TIME).expect("a timeout");
    ask(&mut client).failed(Status::Timeout, Cause::Deadline).ended_at(TIME);
}

#[test]
fn fault_057_a_proxy_that_closes() {
    let at_once = Proxy::talking(|_| ());
    ask_through(&at_once).failed(Status::ProxyFailed, Cause::ConnectionClosed).told(&[&at_once.url("http")]);
    for reply in ["", "HTTP/", "HTTP/1.1 200 Connection established\r\n", "HTTP/1.1 200 OK\r\nServer: x\r\n"] {
        let proxy = Proxy::talking(move |peer| {
            peer.head();
            peer.say(reply.as_bytes());
        });
        ask_through(&proxy).failed(Status::ProxyFailed, Cause::ConnectionClosed).told(&[&proxy.url("http")]);
    }
}

#[test]
fn fault_057_a_proxy_with_an_endless_head() {
    for filler in ["X-Padding: 0123456789\r\n", "x"] {
        let proxy = Proxy::talking(move |peer| {
            peer.head();
            peer.say(b"HTTP/1.1 200 OK\r\n");
            while peer.say(filler.repeat(1000).as_bytes()) {}
        });
        ask_through(&proxy).failed(Status::ProxyFailed, Cause::ProxyInvalidReply).told(&["32 KiB"]);
    }
}

#[test]
fn fault_057_a_proxy_that_talks_junk() {
    let junk: [&[u8]; 9] = [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x05\xff",
        b"\0\0\0\0\0\0\0\0\r\n\r\n",
        b"<html>200 OK</html>\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 20\r\n\r\n",
        b"HTTP/1.1 +20 OK\r\n\r\n",
    ];
    for reply in junk {
        let proxy = Proxy::talking(move |peer| {
            peer.head();
            peer.say(reply);
        });
        let asked = ask_through(&proxy);
        let cause = asked.outcome.cause();
        // Two bytes before the end of the connection are too few to call them junk.
        let expected = if reply.len() < 5 { Cause::ConnectionClosed } else { Cause::ProxyInvalidReply };
        assert_eq!(cause, Some(expected), "{:?}: {}", String::from_utf8_lossy(reply), asked.said);
        asked.failed(Status::ProxyFailed, expected);
    }
}

#[test]
fn fault_057_many_fields_and_a_length_with_a_200_are_a_tunnel_all_the_same() {
    let ca = Ca::new("a CA for tests");
    let server = tls_server(&ca.identity(&[HOST]));
    let address = server.address();
    let proxy = Proxy::talking(move |peer| {
        peer.head();
        let fields: String = (0..30).map(|number| format!("X-Field-{number}: something\r\n")).collect();
        // Lengths mean nothing in a reply to CONNECT (RFC 9110, section 9.3.6).
        peer.say(format!("HTTP/1.0 200 \r\n{fields}Content-Length: 7\r\n\r\n").as_bytes());
        peer.tunnel(address);
    });
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_ca_pem(Some(&ca.pem())).expect("a CA");
    ask(&mut client).succeeded();
    assert_has_token(&server, 1);
}

#[test]
fn fault_057_cancelled_while_the_proxy_is_silent() {
    let proxy = Proxy::talking(|peer| peer.until_hang_up());
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    let canceler: &Client = &client;
    let took = thread::scope(|scope| {
        let call = scope.spawn(|| canceler.check(Some(TOKEN), proxying::CONSUMERS));
        while proxy.heard().first().is_none_or(|heard| !heard.ends_with(b"\r\n\r\n")) {
            thread::sleep(Duration::from_millis(5));
        }
        let start = std::time::Instant::now();
        canceler.cancel();
        let outcome = call.join().expect("the call ends");
        assert_eq!((outcome.status(), outcome.cause()), (Status::Cancelled, Some(Cause::Cancelled)));
        start.elapsed()
    });
    assert!(took < Duration::from_secs(2), "{took:?}");
    ask(&mut client).failed(Status::Cancelled, Cause::Cancelled);
}

#[test]
fn fault_060_credentials_arrive_byte_for_byte() {
    let cases: [(&str, &str); 6] = [
        ("paula:p%25%3A%40%2Fw", "paula:p%:@/w"),
        ("paula:p:@/w?#", "paula:p:@/w?#"),
        ("pa%40ula:schl%C3%BCssel%20%F0%9F%94%91", "pa@ula:schl\u{fc}ssel \u{1f511}"),
        ("j\u{fc}rgen:schl\u{fc}ssel", "j\u{fc}rgen:schl\u{fc}ssel"),
        ("paula:%2525", "paula:%25"),
        ("only-a-user", "only-a-user:"),
    ];
    for (written, meant) in cases {
        let server = server();
        let proxy = Proxy::connecting(server.address());
        let mut client = client(&format!("http://{HOST}"), &proxy.url_with("http", written));
        let asked = ask(&mut client);
        asked.succeeded().hid(&[written, meant, &base64(meant)]);
        let expected = format!("Proxy-Authorization: Basic {}", base64(meant));
        assert!(proxy.head().contains(&expected), "{expected}: {:?}", proxy.head());
        assert_has_token(&server, 1);
    }
    // A password may have bytes that are not text.
    let proxy = Proxy::replying("HTTP/1.1 403 No\r\n\r\n");
    ask(&mut client(&format!("https://{HOST}"), &proxy.url_with("http", "u:%ff%00%0D%0A")))
        .failed(Status::ProxyFailed, Cause::ProxyRefused);
    assert!(proxy.head().contains(&format!("Proxy-Authorization: Basic {}", base64(b"u:\xff\0\r\n"))));
}

#[test]
fn fault_060_without_credentials_none_are_sent() {
    let proxy = Proxy::replying("HTTP/1.1 403 No\r\n\r\n");
    ask_through(&proxy).failed(Status::ProxyFailed, Cause::ProxyRefused);
    assert!(!proxy.head().iter().any(|line| line.to_lowercase().starts_with("proxy-authorization")));
}

/// A proxy may quote the password in its reply. It must not end up in a message or log.
#[test]
fn fault_060_credentials_that_a_proxy_quotes_are_not_shown() {
    let encoded = base64("paula:open-sesame");
    for quoted in ["open-sesame", &encoded] {
        for line in [
            format!("HTTP/1.1 403 paula may not, with {quoted}\r\n\r\n"),
            format!("HTTP/1.1 407 Sorry\r\nProxy-Authenticate: {quoted}\r\n\r\n"),
        ] {
            let proxy = Proxy::replying(line);
            let asked = ask(&mut client(&format!("https://{HOST}"), &proxy.url_with("http", "paula:open-sesame")));
            assert_eq!(asked.outcome.status(), Status::ProxyFailed);
            asked.hid(&[quoted]);
        }
    }
}

#[test]
fn fault_062_a_proxy_that_refuses_connections_is_told_apart_from_such_a_server() {
    let (_socket, address) = deserted();
    let asked = ask(&mut client(&format!("https://{HOST}"), &format!("http://paula:open-sesame@{address}")));
    asked.failed(Status::ProxyFailed, Cause::ConnectionRefused).hid(&["open-sesame", "paula"]);
    asked.told(&[&format!("the proxy http://{address}"), HOST]);
    let asked = ask(&mut client(&format!("http://{address}"), ""));
    asked.failed(Status::ConnectFailed, Cause::ConnectionRefused);
    assert!(!asked.outcome.message().contains("proxy"), "{}", asked.outcome.message());
}

#[test]
fn fault_062_a_server_that_fails_behind_the_proxy_is_the_servers_failure() {
    let stranger = tls_server(&Ca::new("nobody knows this CA").identity(&[HOST]));
    let proxy = Proxy::connecting(stranger.address());
    let ca = Ca::new("a CA for tests").pem();
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_ca_pem(Some(&ca)).expect("a CA");
    client.set_trust(Trust::GivenOnly);
    ask(&mut client).failed(Status::TlsUntrusted, Cause::CertificateUnknownIssuer);
    assert_eq!(stranger.requests().len(), 0);
    // A tunnel that is closed as soon as it is made.
    let proxy = Proxy::talking(|peer| {
        peer.head();
        peer.say(ESTABLISHED);
    });
    ask_through(&proxy).failed(Status::ConnectionLost, Cause::ConnectionClosed);
}

#[test]
fn fault_065_an_https_proxy_with_a_bad_certificate() {
    let ca = Ca::new("a CA for tests");
    let mut expired = server_parameters(&["127.0.0.1"]);
    expired.not_after = expired.not_before;
    let bad = [
        (Ca::new("nobody knows this CA").identity(&["127.0.0.1"]), Cause::CertificateUnknownIssuer),
        (ca.identity(&["proxy.example.com"]), Cause::CertificateWrongHost),
        (ca.identity_with(expired), Cause::CertificateExpired),
    ];
    for (identity, cause) in bad {
        let proxy = Proxy::secure(&identity, |peer| peer.until_hang_up());
        let mut client = client(&format!("https://{HOST}"), &proxy.url_with("https", "paula:open-sesame"));
        client.set_ca_pem(Some(&ca.pem())).expect("a CA");
        client.set_trust(Trust::GivenOnly);
        let asked = ask(&mut client);
        asked.failed(Status::ProxyFailed, cause).hid(&["open-sesame"]).told(&[&proxy.url("https")]);
        assert_eq!(proxy.heard_once(), b"", "a proxy that nobody trusts was told something");
    }
}

#[test]
fn fault_065_an_https_proxy_that_speaks_no_tls() {
    let proxy = Proxy::talking(|peer| {
        peer.say(b"HTTP/1.1 400 This is no TLS\r\n\r\n");
        peer.until_hang_up();
    });
    let mut client = client(&format!("https://{HOST}"), &proxy.url_with("https", "paula:open-sesame"));
    client.set_ca_pem(Some(&Ca::new("a CA for tests").pem())).expect("a CA");
    ask(&mut client).failed(Status::ProxyFailed, Cause::NotTls).told(&[&proxy.url("https")]);
    let heard = String::from_utf8_lossy(&proxy.heard_once()).into_owned();
    assert!(!heard.contains("CONNECT") && !heard.contains(&base64("paula:open-sesame")), "{heard}");
}

#[test]
fn fault_065_an_https_proxy_makes_a_tunnel_and_sees_no_token() {
    let ca = Ca::new("a CA for tests");
    let server = tls_server(&ca.identity(&[HOST]));
    let address = server.address();
    for scheme in ["http", "https"] {
        let talk = move |peer: &mut proxying::script::Peer| {
            peer.head();
            peer.say(ESTABLISHED);
            peer.tunnel(address);
        };
        let proxy = match scheme {
            "https" => Proxy::secure(&ca.identity(&["127.0.0.1"]), talk),
            _ => Proxy::talking(talk),
        };
        let mut client = client(&format!("https://{HOST}:8443/qls"), &proxy.url_with(scheme, "paula:open-sesame"));
        client.set_ca_pem(Some(&ca.pem())).expect("a CA");
        ask(&mut client).succeeded().hid(&["open-sesame"]);
        let head = proxy.head();
        assert_eq!(head[0], format!("CONNECT {HOST}:8443 HTTP/1.1"));
        assert!(head.contains(&format!("Host: {HOST}:8443")), "{head:?}");
        let heard = proxy.heard_once();
        assert!(heard.len() > 400, "what was carried was recorded too");
        assert!(!String::from_utf8_lossy(&heard).contains(TOKEN), "the proxy saw the token");
        assert!(!heard.windows(4).any(|four| four == b"POST"), "the proxy saw the request");
    }
    assert_has_token(&server, 2);
}

#[test]
fn fault_061_plain_http_goes_through_a_tunnel_too_and_the_tunnel_is_kept() {
    let server = server();
    let proxy = Proxy::connecting(server.address());
    let client = client(&format!("http://{HOST}:8080/qls"), &proxy.url("http"));
    for _ in 0..2 {
        let outcome = client.check(Some(TOKEN), proxying::CONSUMERS);
        assert!(outcome.is_allowed("9876"), "{outcome:?}");
    }
    assert_eq!(proxy.head()[0], format!("CONNECT {HOST}:8080 HTTP/1.1"));
    assert!(!proxy.head().iter().any(|line| line.contains(TOKEN)), "the token belongs into the tunnel");
    assert_has_token(&server, 2);
    assert!(server.requests()[0].head.starts_with("POST /qls/api/v2/"), "{}", server.requests()[0].head);
}

#[test]
fn fault_061a_loopback_is_never_proxied() {
    let proxy = Proxy::connecting(server().address());
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "licenses.localhost"] {
        let server = server();
        let url = format!("http://{host}:{}", server.address().port());
        ask(&mut client(&url, &proxy.url("http"))).succeeded();
        ask(&mut client(&url, &proxy.url("socks5"))).succeeded();
        assert_has_token(&server, 2);
    }
    // Nothing needs to listen there: the test is about where the call does not go.
    let (_socket, address) = deserted();
    for host in ["127.9.8.7", "[::1]", "[::ffff:127.0.0.1]"] {
        let asked = ask(&mut client(&format!("http://{host}:{}", address.port()), &proxy.url("http")));
        assert_eq!(asked.outcome.status(), Status::ConnectFailed, "{}", asked.said);
    }
    assert_eq!(proxy.heard().len(), 0, "a proxy was asked for a loopback address");
}
