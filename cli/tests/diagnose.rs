//! `diagnose` in every situation of `docs/diagnosis.md`: the conclusion is that of the document, and nothing that the
//! program says in any form has a token, a password, an e-mail address or a license in it.
#![cfg(target_os = "linux")]

mod common;
mod diagnosing;

use std::thread::sleep;
use std::time::{Duration, SystemTime};

use common::Place;
use diagnosing::{HOST, LICENSES, MAIL, Situation, deserted, secure, server, told};
use qls_standin::token;
use support::pki::{Ca, date_time_ymd, self_signed, server_parameters};
use support::{RawServer, lab, read_request, reply};

/// A CA that nobody here trusts, unless it is given.
fn company() -> Ca {
    Ca::new("Example Corp Inspection CA")
}

/// Gives a CA's certificate as `--ca-file`.
fn trusting<'s>(situation: Situation<'s>, ca: &Ca, place: &Place) -> Situation<'s> {
    situation.with(&["--ca-file", &place.file("ca.pem", ca.pem())])
}

fn says(status: u16) -> Vec<u8> {
    reply(status, format!(r#"{{"status":false,"code":"17","message":"Not for {MAIL}"}}"#))
}

#[test]
fn fault_230_all_is_well() {
    let ca = company();
    let secured = secure(&ca.identity(&[HOST]), None);
    let place = Place::new();
    let steps = trusting(Situation::named("all is well", "https", secured.address()), &ca, &place).ends(0, "none");
    let names = ["settings", "token", "proxy", "name", "connection", "tunnel", "tls", "reply", "clock"];
    assert!(steps.iter().map(|step| step["step"].as_str().expect("a name")).eq(names));
    assert!(told(&steps, "settings").1.ends_with("at most 30s in all, 10s to connect"), "{steps:?}");
    assert_eq!(told(&steps, "name"), ("ok", "addresses of licenses.example.com: 127.0.0.1"));
    assert_eq!(told(&steps, "tunnel").0, "skipped");
    let (_, tls) = told(&steps, "tls");
    for part in [HOST, "issued by Example Corp Inspection CA", "valid from", "TLS 1.3, TLS_AES_256_GCM_SHA384"] {
        assert!(tls.contains(part), "{tls}");
    }
    Situation::new("all is well, without TLS", place.standin.url()).ends(0, "none");
    let none = Place::with(place.file("none.json", r#"{"licenses": []}"#).as_ref(), &[]);
    Situation::new("a user without licenses", none.standin.url()).ends(0, "none");
}

#[test]
fn fault_231_names() {
    let away = |name| Situation::new(name, format!("https://{HOST}")).variable("SHIM_DELAY_MS", "10");
    away("no DNS, or a misspelled name").variable("SHIM_ANSWER", "noname").ends(2, "name");
    away("name servers are silent").variable("SHIM_ANSWER", "silent").with(&["--timeout", "3"]).ends(2, "name");
    away("the resolver cannot say").variable("SHIM_ANSWER", "again").ends(2, "name");
    away("the resolver fails").variable("SHIM_ANSWER", "fail").ends(3, "name");
}

/// A race in which the dead address has not answered when the good one wins.
#[test]
#[ignore = "needs unshare"]
fn fault_232_dead_ipv6_is_told_and_overcome() {
    if !lab::is_inside("fault_232_dead_ipv6_is_told_and_overcome", &[]) {
        return;
    }
    let good = "203.0.113.9:0".parse().expect("an address");
    let answering = RawServer::at(good, |stream, _| {
        if read_request(&*stream).is_some() {
            let _ = std::io::Write::write_all(stream, &reply(200, LICENSES));
        }
    });
    let steps = Situation::named("IPv6 is dead, and IPv4 works", "http", answering.address())
        .variable("SHIM_ANSWER", "2001:db8:f::1,203.0.113.9")
        .variable("SHIM_CONNECT", "real")
        .ends(0, "none");
    let (state, connection) = told(&steps, "connection");
    assert_eq!(state, "ok");
    let (dead, good) = connection.split_once("; ").expect("two addresses");
    assert!(dead.starts_with("[2001:db8:f::1]:") && dead.contains(" had not answered after "), "{connection}");
    assert!(good.starts_with("connected to 203.0.113.9:"), "{connection}");
}

#[test]
fn fault_232_ipv6_that_refuses_is_told_and_overcome() {
    let answering = server(reply(200, LICENSES));
    let steps = Situation::named("IPv6 refuses, and IPv4 works", "http", answering.address())
        .variable("SHIM_ANSWER", "::1,127.0.0.1")
        .ends(0, "none");
    let (state, connection) = told(&steps, "connection");
    assert_eq!(state, "ok");
    assert!(
        connection.contains("cannot connect to [::1]") && connection.contains("connected to 127.0.0.1"),
        "{connection}"
    );
}

#[test]
fn fault_233_connections() {
    Situation::named("refused port", "http", deserted()).with(&["--retries", "0"]).ends(2, "connection");
    let away = |name| Situation::new(name, format!("https://{HOST}")).variable("SHIM_ANSWER", "192.0.2.1");
    away("a firewall that swallows everything").variable("SHIM_CONNECT", "timedout").ends(2, "connection");
    away("no way to the server, such as without VPN").ends(2, "connection");
}

#[test]
fn fault_234_captive_pages() {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<p>{MAIL}</p>");
    let open = server(page);
    Situation::named("captive page", "http", open.address()).ends(2, "reply");
    Situation::named("captive page by HTTP 511", "http", server(says(511)).address()).ends(2, "reply");
    let redirect = server("HTTP/1.1 302 Found\r\nLocation: http://login.example.com/\r\nContent-Length: 0\r\n\r\n");
    Situation::named("redirect, of a moved server or a captive page", "http", redirect.address()).ends(3, "reply");
}

#[test]
fn fault_235_an_inspecting_proxy_is_named() {
    let inspector = secure(&company().identity(&[HOST]), Some("HTTP/1.1 200 OK\r\n\r\n"));
    let steps = Situation::new("inspecting proxy", format!("https://{HOST}"))
        .through("http", inspector.address())
        .ends(3, "tls");
    assert!(told(&steps, "tls").1.contains("issued by Example Corp Inspection CA"));
    assert_eq!(told(&steps, "tunnel"), ("ok", "tunnel to licenses.example.com:443"));
}

#[test]
fn fault_236_certificates() {
    let (ca, place) = (company(), Place::new());
    let with = |name, change: &dyn Fn(&mut rcgen::CertificateParams)| {
        let mut parameters = server_parameters(&[HOST]);
        change(&mut parameters);
        let shown = secure(&ca.identity_with(parameters), None);
        trusting(Situation::named(name, "https", shown.address()), &ca, &place).ends(3, "tls");
    };
    with("expired certificate", &|parameters| parameters.not_after = date_time_ymd(2026, 1, 1));
    with("certificate that is not valid yet", &|parameters| parameters.not_before = date_time_ymd(2999, 1, 1));
    with("certificate for a client", &|parameters| {
        parameters.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    });
    let other = secure(&ca.identity(&["www.example.com"]), None);
    trusting(Situation::named("certificate of another host", "https", other.address()), &ca, &place).ends(3, "tls");
    let own = secure(&self_signed(&server_parameters(&[HOST])), None);
    Situation::named("self-signed certificate", "https", own.address()).ends(3, "tls");
    let unknown = secure(&ca.identity(&[HOST]), None);
    Situation::named("private CA that was not given", "https", unknown.address()).ends(3, "tls");
}

/// That the clock is wrong is claimed only where something proves it.
#[test]
fn fault_237_clock_a_year_off() {
    let (ca, place) = (company(), Place::new());
    let day = Duration::from_secs(86_400);
    let mut young = server_parameters(&[HOST]);
    young.not_before = (SystemTime::now() - day).into();
    young.not_after = (SystemTime::now() + 90 * day).into();
    let identity = ca.identity_with(young);
    let secured = secure(&identity, None);
    let asking = |name| trusting(Situation::named(name, "https", secured.address()), &ca, &place);
    // Whenever this test runs: the library knows when it was released.
    let october = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_812_800);
    let since = SystemTime::now().duration_since(october).expect("a time after that").as_secs();
    asking("clock of before this program was made: a certificate seems not valid yet")
        .clock_seconds(-i64::try_from(since).expect("some years"))
        .token("no-jwt-at-all")
        .ends(3, "tls");
    asking("clock ten days slow: the token proves it").clock(-10).ends(3, "tls");
    asking("clock a year fast: a certificate seems expired, and nothing proves it").clock(365).ends(3, "tls");
    let dated = format!("HTTP/1.1 200 OK\r\nDate: {}\r\n\r\n", httpdate::fmt_http_date(SystemTime::now()));
    let proxy = secure(&identity, Some(&dated));
    trusting(Situation::new("clock a year fast: the proxy's date proves it", format!("https://{HOST}")), &ca, &place)
        .through("http", proxy.address())
        .clock(365)
        .ends(3, "tls");
    let mut old = server_parameters(&[HOST]);
    old.not_after = date_time_ymd(2026, 1, 1);
    let proxy = secure(&ca.identity_with(old), Some(&dated));
    let expired = "expired certificate, and a clock that is slow: the proxy's date proves it";
    trusting(Situation::new(expired, format!("https://{HOST}")), &ca, &place)
        .through("http", proxy.address())
        .clock(-100)
        .ends(3, "tls");
    Situation::new("clock a year fast, and the server answers", place.standin.url()).clock(365).ends(1, "clock");
    Situation::new("clock a year slow, and the server answers", place.standin.url()).clock(-365).ends(1, "clock");
}

#[test]
fn fault_238_tokens_that_the_server_refuses() {
    let place = Place::new();
    let old = token(Duration::ZERO);
    sleep(Duration::from_secs(1));
    Situation::new("expired token", place.standin.url()).token(old.as_str()).ends(3, "reply");
    Situation::new("expired token, and a clock ten days slow", place.standin.url())
        .token(old)
        .clock(-10)
        .ends(3, "reply");
    Situation::new("token of another server", place.standin.url()).token("no-token-of-this-server").ends(3, "reply");
    let refusing = Place::with_faults(&["status=401"]);
    Situation::new("refused token, and a clock a year fast", refusing.standin.url()).clock(365).ends(3, "reply");
    Situation::new("user who may not ask", server(says(403)).url()).ends(3, "reply");
}

#[test]
fn fault_239_no_token_to_send() {
    Situation::new("nobody is signed in", "https://qls.qt.io").token("").ends(3, "token");
    Situation::new("account's token, another company's server", format!("https://{HOST}")).token("").ends(3, "token");
    Situation::new("token with a blank", format!("https://{HOST}")).token("two words").ends(3, "token");
    Situation::new("plain http", format!("http://{HOST}")).ends(3, "settings");
    Situation::new("CA file that is missing", format!("https://{HOST}"))
        .with(&["--ca-file", "missing"])
        .ends(3, "settings");
}

/// What a proxy answers to CONNECT.
fn proxy(answer: impl Into<Vec<u8>>) -> RawServer {
    let answer = answer.into();
    RawServer::serving(move |stream, _| {
        if read_request(&*stream).is_some() {
            let _ = std::io::Write::write_all(stream, &answer);
        }
    })
}

#[test]
fn fault_240_proxies() {
    let ends = |name, scheme: &str, proxy: &RawServer, code| {
        Situation::new(name, format!("https://{HOST}")).through(scheme, proxy.address()).ends(code, "tunnel");
    };
    let wants = "HTTP/1.1 407 Required\r\nProxy-Authenticate: Basic realm=\"john.doe@example.com\"\r\n\r\n";
    ends("proxy that refuses user name and password", "http", &proxy(wants), 3);
    let ntlm = "HTTP/1.1 407 Required\r\nProxy-Authenticate: NTLM\r\n\r\n";
    ends("proxy that offers NTLM alone", "http", &proxy(ntlm), 3);
    let negotiate = proxy("HTTP/1.1 407 Required\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
    Situation::new("proxy that wants a Kerberos ticket, and nobody has one", format!("https://{HOST}"))
        .through_named("localhost", negotiate.address())
        .variable("KRB5_CONFIG", "/dev/null")
        .variable("KRB5CCNAME", "MEMORY:")
        .ends(3, "tunnel");
    ends("proxy that does not let the server through", "http", &proxy("HTTP/1.1 403 Forbidden\r\n\r\n"), 3);
    ends("web server in place of a proxy", "http", &proxy("SSH-2.0-OpenSSH_9.2\r\n"), 3);
    ends("proxy that hangs up", "http", &proxy(""), 2);
    let socks = RawServer::serving(|stream, _| {
        let _ = std::io::Read::read(stream, &mut [0; 4]);
        let _ = std::io::Write::write_all(stream, &[5, 0]);
        let _ = std::io::Read::read(stream, &mut [0; 64]);
        let _ = std::io::Write::write_all(stream, &[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]);
    });
    ends("SOCKS proxy that does not let the server through", "socks5", &socks, 3);
    let silent =
        RawServer::serving(|stream, _| while std::io::Read::read(stream, &mut [0; 64]).is_ok_and(|n| n > 0) {});
    Situation::new("silent proxy", format!("https://{HOST}"))
        .through("http", silent.address())
        .with(&["--timeout", "3"])
        .ends(2, "tunnel");
    let gone = deserted();
    Situation::new("proxy of a variable that is gone", format!("https://{HOST}"))
        .variable("HTTPS_PROXY", &format!("http://user:{}@127.0.0.1:1", diagnosing::PASSWORD))
        .ends(2, "connection");
    Situation::new("proxy that is gone", format!("https://{HOST}")).through("http", gone).ends(2, "connection");
    let excepted = server(reply(200, LICENSES));
    let steps = Situation::named("server that NO_PROXY excepts", "http", excepted.address())
        .variable("HTTP_PROXY", "http://127.0.0.1:1")
        .variable("NO_PROXY", "localhost,.example.com")
        .ends(0, "none");
    let why = "no proxy: the environment variable NO_PROXY has the entry .example.com";
    assert_eq!(told(&steps, "proxy"), ("ok", why));
    Situation::new("proxy with an unknown name", format!("https://{HOST}"))
        .variable("HTTPS_PROXY", "http://proxy.example.com:3128")
        .variable("SHIM_ANSWER", "noname")
        .ends(2, "name");
    Situation::new("proxy setting that cannot be read", format!("https://{HOST}"))
        .variable("HTTPS_PROXY", "ftp://proxy.example.com")
        .ends(3, "proxy");
}

#[test]
fn fault_241_tls() {
    let ends = |name, serve: fn(&mut std::net::TcpStream), code| {
        let peer = RawServer::serving(move |stream, _| serve(stream));
        Situation::named(name, "https", peer.address()).with(&["--timeout", "3"]).ends(code, "tls");
    };
    ends(
        "https to a port without TLS",
        |stream| drop(std::io::Write::write_all(stream, b"SSH-2.0-OpenSSH_9.2\r\n")),
        3,
    );
    ends(
        "TLS handshake without an answer",
        |stream| while std::io::Read::read(stream, &mut [0; 64]).is_ok_and(|n| n > 0) {},
        2,
    );
    ends("TLS handshake that is cut off", |stream| drop(std::io::Read::read(stream, &mut [0; 4096])), 2);
    ends("no TLS version in common", |stream| drop(std::io::Write::write_all(stream, &[21, 3, 1, 0, 2, 2, 70])), 3);
}

#[test]
fn fault_242_replies() {
    let cases: [(&str, Vec<u8>, i32); 12] = [
        ("server that refuses the request", says(200), 3),
        ("HTTP 400", says(400), 3),
        ("HTTP 404", says(404), 3),
        ("HTTP 418", says(418), 2),
        ("HTTP 429", says(429), 2),
        ("HTTP 503", says(503), 2),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(), 2),
        ("http to a port with TLS", vec![21, 3, 1, 0, 2, 2, 70], 2),
        ("other JSON", reply(200, format!(r#"{{"mail":"{MAIL}"}}"#)), 2),
        ("compressed reply", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx".to_vec(), 2),
        ("reply that is cut off", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec(), 2),
        ("reply of another kind than a license server's", reply(200, "[]"), 2),
    ];
    for (name, bytes, code) in cases {
        Situation::new(name, server(bytes).url()).ends(code, "reply");
    }
    let large = server("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
    Situation::new("reply that is too large", large.url()).ends(3, "reply");
    let slow = Place::with_faults(&["delay=60s"]);
    Situation::new("server that takes too long", slow.standin.url()).with(&["--timeout", "3"]).ends(2, "reply");
}
