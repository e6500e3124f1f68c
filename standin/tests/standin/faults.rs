//! Rehearsed faults, and the rate limit.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use qls_standin::{Fault, Options, Standin};

use crate::client::*;

const LIST: &str = r#"{"operation":"list"}"#;

fn with(faults: &[&str]) -> Standin {
    Standin::start(Options {
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..options(NO_LICENSES)
    })
    .unwrap()
}

#[test]
fn a_fault_without_a_number_never_ends() {
    let standin = with(&["status=500"]);
    for _ in 0..5 {
        let reply = post(&standin, LIST);
        assert_eq!(reply.status, 500);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.body, r#"{"status":false,"code":"500"}"#);
    }
}

#[test]
fn a_fault_with_a_number_ends() {
    let standin = with(&["2*status=503"]);
    let statuses = [(); 4].map(|()| post(&standin, LIST).status);
    assert_eq!(statuses, [503, 503, 200, 200]);
}

#[test]
fn faults_strike_one_after_the_other() {
    let standin = with(&["2*status=503", "1*html", "1*status=429"]);
    let replies = [(); 5].map(|()| post(&standin, LIST));
    assert_eq!(replies.each_ref().map(|reply| reply.status), [503, 503, 200, 429, 200]);
    assert!(replies[2].body.contains("<h1>Sign in"));
    assert_eq!(replies[3].header("retry-after"), Some("1"));
}

#[test]
fn gateways_answer_with_pages_and_the_server_with_json() {
    for (status, text) in [(502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Timeout")] {
        let reply = post(&with(&[&format!("status={status}")]), LIST);
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(
            reply.body,
            format!(
                "<html>\r\n<head><title>{status} {text}</title></head>\r\n<body>\r\n\
                 <center><h1>{status} {text}</h1></center>\r\n<hr><center>nginx</center>\r\n\
                 </body>\r\n</html>\r\n"
            )
        );
    }
    for (status, body) in [
        (400, r#"{"status":false,"code":"400","message":"Bad request"}"#),
        (401, r#"{"status":false,"code":"401","message":"Unauthorized"}"#),
        (403, r#"{"status":false,"code":"403","message":"Forbidden"}"#),
        (429, r#"{"status":false,"code":"429","message":"Too Many Requests"}"#),
        (599, r#"{"status":false,"code":"599"}"#),
    ] {
        let reply = post(&with(&[&format!("status={status}")]), LIST);
        assert_eq!((reply.status, reply.body.as_str()), (status, body));
    }
}

#[test]
fn a_redirect_names_its_target() {
    let reply = post(&with(&["redirect=https://example.com/a=b*c?d"]), LIST);
    assert_eq!(reply.status, 302);
    assert_eq!(reply.header("location"), Some("https://example.com/a=b*c?d"));
}

#[test]
fn a_delay_comes_before_the_answer() {
    let standin = with(&["1*delay=300ms", "1*status=403"]);
    let began = Instant::now();
    assert_eq!(post(&standin, LIST).status, 403);
    assert!(began.elapsed() >= Duration::from_millis(300));
    assert_eq!(post(&standin, LIST).status, 200);
}

#[test]
fn a_token_can_be_taken_for_an_expired_one() {
    let reply = post(&with(&["expired-token"]), LIST);
    assert_eq!(reply.status, 401);
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    assert_eq!(reply.body, r#"{"status":false,"code":"401","message":"The token has expired"}"#);
}

/// What comes of a request in all, until the connection ends.
fn all_of_an_answer(standin: &Standin, patience: Duration) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(standin.addr()).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: standin\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map(|_| answer)
}

#[test]
fn a_broken_connection_ends_before_an_answer() {
    let standin = with(&["1*broken"]);
    assert_eq!(all_of_an_answer(&standin, Duration::from_secs(60)).unwrap(), b"");
    assert_eq!(post(&standin, LIST).status, 200);
}

#[test]
fn silence_lasts_until_the_client_gives_up() {
    let standin = with(&["1*silence"]);
    let kind = all_of_an_answer(&standin, Duration::from_millis(300)).unwrap_err().kind();
    assert!(matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{kind}");
    assert_eq!(post(&standin, LIST).status, 200);
}

#[test]
fn faults_come_before_path_and_token() {
    let reply = Client::connect(&with(&["html"])).send("GET", "/", "", b"");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn wrong_faults_are_explained() {
    for (fault, message) in [
        (
            "flood",
            "expected delay=TIME, status=CODE, html, redirect=URL, expired-token, broken or silence, each with N* \
             before it or not, found \"flood\"",
        ),
        (
            "html=1",
            "expected delay=TIME, status=CODE, html, redirect=URL, expired-token, broken or silence, each with N* \
             before it or not, found \"html=1\"",
        ),
        ("status=200", "status: expected an error status from 400 to 599, found \"200\""),
        ("status=teapot", "status: expected an error status from 400 to 599, found \"teapot\""),
        ("0*html", "0* would never strike; leave the fault out"),
        ("redirect=", "redirect: expected a URL, found \"\""),
        ("2*delay=soon", "delay: expected a time such as 3s or 500ms, found \"soon\": expected number at 0"),
    ] {
        assert_eq!(fault.parse::<Fault>().unwrap_err().to_string(), message);
    }
}

#[test]
fn requests_above_the_rate_limit_are_refused_for_a_second() {
    let standin = Standin::start(Options { rate_limit: 3, ..options(NO_LICENSES) }).unwrap();
    let mut client = Client::connect(&standin);
    // Every request counts, also one that is refused anyway.
    let mut ask = || client.send("POST", PATH, "", b"");
    let began = Instant::now();
    assert_eq!([(); 3].map(|()| ask().status), [401; 3]);
    let reply = ask();
    assert!(began.elapsed() < Duration::from_secs(1), "too slow to tell");
    assert_eq!(reply.status, 429);
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert_eq!(reply.body, r#"{"status":false,"code":"429","message":"Too Many Requests"}"#);
    thread::sleep(Duration::from_secs(1));
    assert_eq!(ask().status, 401);
}
