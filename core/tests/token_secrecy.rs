//! No text of the token occurs in anything that is shown or logged, whatever a server does with it: it knows the
//! token, and may send it back anywhere in any reply.

mod common;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::{CONSUMERS, client, everything, pieces};
use qls_precheck_core::{Client, Level, Outcome, Status};
use support::{RawServer, read_request, reply};

/// Every eight letters of it are found nowhere else.
const SECRET: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz";

#[track_caller]
fn assert_secret(secret: &str, outcome: &Outcome, reply: &str) {
    let shown = everything(outcome);
    if let Some(piece) = pieces(secret).find(|piece| shown.contains(piece)) {
        let at = shown.find(piece).unwrap_or_default();
        let around: String = shown[..at + piece.len()].chars().rev().take(120).collect();
        let around: String = around.chars().rev().collect();
        panic!("{piece:?} is shown: ...{around}... after the reply {:?}", common::start_of(reply));
    }
    // The pointers read it, so this also says that striking the token out leaves JSON.
    assert!(outcome.document().count("") == 12, "no JSON any more: {}", outcome.to_json());
    serde_json::from_str::<serde_json::Value>(&outcome.to_json())
        .unwrap_or_else(|error| panic!("no JSON any more: {error}: {}", outcome.to_json()));
}

/// All operations with `secret`, answered with `bytes`; returns how they ended.
#[track_caller]
fn assert_secret_after(secret: &str, bytes: &[u8]) -> [Status; 3] {
    let server = RawServer::replying(bytes);
    let client = client(&server);
    let outcomes =
        [client.check(Some(secret), CONSUMERS), client.list(Some(secret), None), client.diagnose(Some(secret), None)];
    let shown = String::from_utf8_lossy(bytes);
    for outcome in &outcomes {
        assert_secret(secret, outcome, &shown);
    }
    assert!(!format!("{client:?}{client:#?}").contains(secret), "the client shows it");
    outcomes.map(|outcome| outcome.status())
}

/// Bodies that echo the token where a reader looks.
fn echoes(secret: &str) -> Vec<String> {
    vec![
        format!(r#"{{"status":false,"code":"{secret}","message":"{secret}"}}"#),
        format!(r#"{{"status":false,"code":"Bearer {secret}.","message":"token {secret}, {secret}{secret}"}}"#),
        format!(
            r#"{{"status":true,"message":"{secret}","licenses":[{{"{secret}":"{secret}","x":["{secret}"]}}],"data":[]}}"#
        ),
        format!(r#"{{"status":true,"message":"x","data":[{{"component_id":"{secret}"}}],"licenses":[]}}"#),
        // Where readers complain, and quote what they complain about.
        format!(r#"{{"{secret}":1,"{secret}":2}}"#),
        format!(
            r#"{{"status":true,"data":[{{"component_id":"a","{secret}":[1],"{secret}":2}}],"licenses":["{secret}"]}}"#
        ),
        format!(r#"{{"status":"{secret}","message":"{secret}"}}"#),
        format!(r#"{{"status":true,"message":"{secret}\u0000"}}"#),
        format!(r#"{{"{secret}\u0000":1}}"#),
        format!(r#"{{"{secret}":{}"#, "[".repeat(200)),
        format!(r#"{{"{secret}":{}{}}}"#, "[".repeat(200), "]".repeat(200)),
        secret.to_owned(),
        format!("\"{secret}\""),
        format!("[{secret}"),
        format!("<html>{secret}</html>"),
        format!("{{\"status\":true}} {secret}"),
        String::new(),
    ]
}

#[test]
fn no_token_text_anywhere_for_any_status_and_body() {
    let mut seen = std::collections::HashSet::new();
    for http in [200, 201, 204, 302, 400, 401, 403, 404, 405, 407, 409, 418, 422, 429, 500, 502, 503, 511] {
        for body in echoes(SECRET) {
            seen.extend(assert_secret_after(SECRET, &reply(http, body)));
        }
    }
    for status in [
        Status::Ok,
        Status::Rejected,
        Status::BadRequest,
        Status::Unauthorized,
        Status::NotFound,
        Status::RateLimited,
        Status::ServerError,
        Status::UnexpectedReply,
    ] {
        assert!(seen.contains(&status), "{status:?} was not provoked");
    }
}

#[test]
fn no_token_text_anywhere_for_broken_http() {
    let body = format!(r#"{{"status":true,"message":"{SECRET}","data":[],"licenses":[]}}"#);
    let length = body.len();
    for head in [
        format!("{SECRET}\r\n\r\n"),
        format!("HTTP/1.1 {SECRET} OK\r\n\r\n"),
        format!("HTTP/1.1 200 {SECRET}\r\nContent-Length: {length}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n{SECRET}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n{SECRET} : x\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nX: {SECRET}\r\n folded {SECRET}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nContent-Length: {SECRET}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: {SECRET}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: {SECRET}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{SECRET}\r\n"),
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: {SECRET}\r\nContent-Length: {length}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", length + 1),
        format!(
            "HTTP/1.1 302 Found\r\nLocation: https://x.example/?token={SECRET}\r\nContent-Length: {length}\r\n\r\n"
        ),
        format!("HTTP/1.1 302 Found\r\nLocation: {SECRET}\r\nContent-Length: 0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", SECRET.repeat(1000)),
        SECRET.to_owned(),
        String::new(),
    ] {
        let statuses = assert_secret_after(SECRET, format!("{head}{body}").as_bytes());
        assert_ne!(statuses, [Status::Internal; 3], "{head}");
    }
}

#[test]
fn no_token_text_anywhere_in_a_charset() {
    let lower = SECRET.to_lowercase();
    for secret in [SECRET, &lower] {
        let bytes =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/json; charset={secret}\r\nContent-Length: 2\r\n\r\n{{}}");
        let server = RawServer::replying(bytes.as_bytes());
        let outcome = client(&server).list(Some(secret), None);
        // In any case of its letters: what is left to guess is too little.
        assert_secret(&lower, &outcome, &bytes);
        assert_secret(secret, &outcome, &bytes);
    }
}

#[test]
fn no_token_text_anywhere_when_a_message_is_cut_inside_of_it() {
    // Long messages are bounded; the cut must not keep a token from being recognised.
    for fill in (1700..2050).step_by(7) {
        let padding = "x".repeat(fill);
        let body = format!(r#"{{"status":false,"code":"{padding}{SECRET}","message":"{padding}{SECRET}"}}"#);
        for http in [200, 400, 500] {
            assert_secret_after(SECRET, &reply(http, &body));
        }
        let body = format!(r#"{{"status":true,"message":"{padding}{SECRET}","data":[],"licenses":[]}}"#);
        assert_secret_after(SECRET, &reply(200, &body));
        let location = format!("HTTP/1.1 302 Found\r\nLocation: /{padding}{SECRET}\r\nContent-Length: 0\r\n\r\n");
        assert_secret_after(SECRET, location.as_bytes());
    }
    let long = format!("{SECRET}{}", "Ab3".repeat(2000));
    for body in echoes(&long) {
        assert_secret_after(&long, &reply(400, &body));
        assert_secret_after(&long, &reply(200, &body));
    }
}

/// Cleaning such a string would take several copies of it, so nothing of it is kept.
#[test]
fn a_very_long_string_with_the_token_is_left_out() {
    let license = format!(r#"{{"long":"\n{}{SECRET}","short":"x{SECRET}"}}"#, "x".repeat(1_100_000));
    let server = RawServer::replying(reply(200, format!(r#"{{"status":true,"licenses":[{license}]}}"#)));
    let outcome = client(&server).list(Some(SECRET), None);
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [r#"{"long":"[token]","short":"x[token]"}"#]);
}

#[test]
fn no_token_text_anywhere_when_it_comes_back_escaped() {
    let escaped: String = SECRET.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    for body in echoes(&escaped) {
        assert_secret_after(SECRET, &reply(200, &body));
        assert_secret_after(SECRET, &reply(500, &body));
    }
    // What is no JWT may hold characters that JSON escapes, some writers even the slash.
    let odd = r#"q7Xv/Lm2Zk/"Wd9\Ty4Pb/Hs6Jc1Nf8Gr"#;
    for escaped in [
        odd.replace('\\', "\\\\").replace('"', "\\\""),
        odd.replace('\\', "\\\\").replace('"', "\\\"").replace('/', "\\/"),
    ] {
        for body in echoes(&escaped) {
            assert_secret_after(odd, &reply(200, &body));
            assert_secret_after(odd, &reply(500, &body));
        }
    }
}

#[test]
fn striking_the_token_out_leaves_json() {
    // What is no JWT may also look like a piece of JSON.
    let license = r#"{"license_id":10612076,"version":"1.0.0"}"#;
    let body = format!(r#"{{"status":true,"message":"","licenses":[{license}]}}"#);
    for token in ["10612076", r#""version":"#, r#":"1.0.0"}"#, "license_id"] {
        let server = RawServer::replying(reply(200, &body));
        let outcome = client(&server).list(Some(token), None);
        assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
        serde_json::from_str::<serde_json::Value>(&outcome.to_json())
            .unwrap_or_else(|error| panic!("{token}: {error}: {}", outcome.to_json()));
    }
}

#[test]
fn no_token_text_anywhere_when_nothing_is_sent_or_nobody_answers() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    let bad = [format!("{SECRET} "), format!("Bearer {SECRET}"), format!("{SECRET}\n"), format!("{SECRET}é")];
    let long = SECRET.repeat(500);
    let mut seen = std::collections::HashSet::new();
    for url in [format!("http://{unused}"), format!("https://{unused}"), "http://licenses.example.com".to_owned()] {
        let client = common::client_of(&url);
        for token in bad.iter().chain([&long, &SECRET.to_owned()]) {
            for outcome in [
                client.check(Some(token), CONSUMERS),
                client.check(Some(token), "[1]"),
                client.list(Some(token), None),
                client.list(Some(token), Some("[]")),
            ] {
                assert_secret(SECRET, &outcome, "(none)");
                seen.insert(outcome.status());
            }
        }
        client.cancel();
        let outcome = client.list(Some(SECRET), None);
        assert_secret(SECRET, &outcome, "(none)");
        seen.insert(outcome.status());
        assert!(!format!("{client:?}").contains(SECRET));
    }
    for status in [
        Status::InvalidArgument,
        Status::InvalidConsumers,
        Status::InvalidToken,
        Status::Configuration,
        Status::ConnectFailed,
        Status::Cancelled,
    ] {
        assert!(seen.contains(&status), "{status:?} was not provoked");
    }
}

/// What callers mix up: the token where another text belongs.
#[test]
fn no_whole_token_in_what_a_setter_refuses() {
    let mut client = Client::new();
    let end = &SECRET[SECRET.len() / 2..];
    let long = format!("{}{SECRET}", "x".repeat(300));
    for refused in [client.set_server(Some(SECRET)), client.set_user_agent(Some(&long))] {
        let error = refused.expect_err("no address and no product");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&long) && !shown.contains(end), "{shown}");
    }
}

/// It saw the token in one request, which it could read, and says it back to the next: `padding` in front.
fn assert_secret_after_a_proxy_said(secret: &'static str, padding: usize) {
    let tunnels = AtomicUsize::new(0);
    let proxy = RawServer::serving(move |stream, requests| {
        if tunnels.fetch_add(1, Ordering::SeqCst) > 0 {
            let said = format!("{}{secret}", "-".repeat(padding));
            let _ = stream.write_all(format!("HTTP/1.1 403 {said}\r\nContent-Length: 0\r\n\r\n").as_bytes());
            let _ = read_request(&*stream);
            return;
        }
        let _ = read_request(&*stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        requests.lock().expect("no test panicked here").extend(read_request(&*stream));
        let _ = stream.write_all(&reply(200, common::ALLOWED));
    });
    let log = Arc::new(Mutex::new(String::new()));
    let lines = log.clone();
    let mut client = Client::new();
    client.set_server(Some("http://licenses.example.com")).expect("a server's address");
    client.set_allow_plain_http(true);
    client.set_proxy(Some(&proxy.url())).expect("a proxy");
    client.set_log(Level::Trace, move |_, line| lines.lock().expect("no panic").push_str(line));
    assert_eq!(client.check(Some(secret), CONSUMERS).status(), Status::Ok);
    assert!(proxy.requests()[0].head.contains(secret), "the proxy did not see it");
    let outcome = client.check(Some(secret), CONSUMERS);
    assert_eq!(outcome.status(), Status::ProxyFailed, "{outcome:?}");
    assert!(outcome.message().contains("403"), "{outcome:?}");
    assert_secret(secret, &outcome, "403");
    let log = log.lock().expect("no panic");
    assert!(pieces(secret).all(|piece| !log.contains(piece)), "{log}");
}

#[test]
fn no_token_text_in_what_a_proxy_says_later() {
    assert_secret_after_a_proxy_said(SECRET, 0);
    // Cut anywhere, where the message is bounded.
    for padding in (1700..1900).step_by(7) {
        assert_secret_after_a_proxy_said(SECRET, padding);
    }
    let long = String::leak(format!("{SECRET}{}", "aB3-".repeat(700)));
    assert_secret_after_a_proxy_said(long, 0);
}
