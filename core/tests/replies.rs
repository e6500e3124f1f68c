//! Rows 79 to 87 of the fault matrix: what each HTTP status means, and that the server's words are kept.

mod common;

use common::{ALLOWED, TOKEN, assert_failed, check_body, check_raw, client, client_of, list_body};
use qls_precheck_core::{Cause, Outcome, Status};
use support::{RawServer, reply};

/// What each status but 200 ends in.
const STATUSES: &[(u16, Status, Cause)] = &[
    (201, Status::UnexpectedReply, Cause::HttpStatus),
    (202, Status::UnexpectedReply, Cause::HttpStatus),
    (206, Status::UnexpectedReply, Cause::HttpStatus),
    (300, Status::UnexpectedReply, Cause::HttpStatus),
    (400, Status::BadRequest, Cause::BadRequest),
    (401, Status::Unauthorized, Cause::Unauthorized),
    (402, Status::UnexpectedReply, Cause::HttpStatus),
    (403, Status::Unauthorized, Cause::Forbidden),
    (404, Status::NotFound, Cause::NoPreCheck),
    (405, Status::NotFound, Cause::NoPreCheck),
    (409, Status::UnexpectedReply, Cause::HttpStatus),
    (418, Status::UnexpectedReply, Cause::HttpStatus),
    (422, Status::UnexpectedReply, Cause::HttpStatus),
    (429, Status::RateLimited, Cause::RateLimited),
    (499, Status::UnexpectedReply, Cause::HttpStatus),
    (500, Status::ServerError, Cause::ServerError),
    (501, Status::ServerError, Cause::ServerError),
    (502, Status::ServerError, Cause::ServerError),
    (503, Status::ServerError, Cause::ServerError),
    (504, Status::ServerError, Cause::ServerError),
    (511, Status::UnexpectedReply, Cause::CaptivePortal),
    (599, Status::ServerError, Cause::ServerError),
];

/// A reply of this kind to either operation.
fn both(bytes: &[u8]) -> [Outcome; 2] {
    let server = RawServer::replying(bytes);
    [client(&server).check(Some(TOKEN), common::CONSUMERS), client(&server).list(Some(TOKEN), None)]
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn fault_079_true_with_200_is_an_answer() {
    let outcome = check_body(ALLOWED);
    assert_eq!((outcome.status(), outcome.http_status()), (Status::Ok, 200), "{outcome:?}");
    assert_eq!(outcome.message(), "Checked consumers available for installation");
    assert!(outcome.is_allowed("9876"));
    let outcome = list_body(r#"{"status":true,"licenses":[]}"#);
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    assert!(!outcome.message().is_empty(), "a server without a sentence gets one of ours");
}

#[test]
fn fault_079_an_answer_needs_its_payload() {
    for body in [
        r#"{"status":true}"#,
        r#"{"status":true,"message":"Fine."}"#,
        r#"{"status":true,"data":null,"licenses":null}"#,
        r#"{"status":true,"Data":[],"Licenses":[]}"#,
    ] {
        for outcome in both(&reply(200, body)) {
            assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
        }
    }
    // The other operation's answer is none.
    assert_failed(&list_body(ALLOWED), Status::UnexpectedReply, Cause::WrongShape);
    let licenses = r#"{"status":true,"message":"","licenses":[]}"#;
    assert_failed(&check_body(licenses), Status::UnexpectedReply, Cause::WrongShape);
}

#[test]
fn fault_080_false_with_200_is_rejected_whatever_else_it_says() {
    let false_and_allowed = ALLOWED.replace(r#""status":true"#, r#""status":false"#);
    for outcome in both(&reply(200, &false_and_allowed)) {
        assert_failed(&outcome, Status::Rejected, Cause::Rejected);
        assert_eq!(outcome.http_status(), 200);
    }
    for body in [r#"{"status":false}"#, r#"{"status":false,"message":null,"code":null,"data":null,"licenses":null}"#] {
        for outcome in both(&reply(200, body)) {
            assert_failed(&outcome, Status::Rejected, Cause::Rejected);
            assert_eq!(outcome.server_code(), None);
        }
    }
    for outcome in both(&reply(200, r#"{"status":false,"code":"E7","message":"No such user"}"#)) {
        assert_failed(&outcome, Status::Rejected, Cause::Rejected);
        assert_eq!(outcome.server_code(), Some("E7"));
        assert!(outcome.message().contains("No such user"), "{outcome:?}");
    }
}

/// Without an answer there is no need for the payload to have its shape.
#[test]
fn fault_080_false_with_200_and_a_payload_of_another_shape() {
    for payload in [r#""data":{}"#, r#""data":"","licenses":{}"#, r#""data":[1],"licenses":[1]"#] {
        let body = format!(r#"{{"status":false,"code":"1234","message":"maintenance",{payload}}}"#);
        for outcome in both(&reply(200, &body)) {
            assert_failed(&outcome, Status::Rejected, Cause::Rejected);
            assert_eq!((outcome.server_code(), outcome.http_status()), (Some("1234"), 200), "{payload}");
            assert!(outcome.message().contains("maintenance"), "{payload}: {outcome:?}");
        }
    }
}

#[test]
fn fault_081_no_content_is_no_answer() {
    for status in [204, 205, 304] {
        for bytes in [
            format!("HTTP/1.1 {status} No\r\n\r\n"),
            format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n"),
            format!("HTTP/1.1 {status} No\r\nContent-Length: {}\r\n\r\n{ALLOWED}", ALLOWED.len()),
        ] {
            for outcome in both(bytes.as_bytes()) {
                assert_failed(&outcome, Status::UnexpectedReply, Cause::HttpStatus);
                assert_eq!(outcome.http_status(), status);
            }
        }
    }
}

#[test]
fn fault_081_empty_200() {
    for bytes in [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n \r\n",
    ] {
        for outcome in both(bytes.as_bytes()) {
            assert_failed(&outcome, Status::UnexpectedReply, Cause::NotJson);
            assert_eq!(outcome.http_status(), 200);
        }
    }
}

#[test]
fn fault_082_every_status_has_its_meaning_and_keeps_the_servers_words() {
    for &(http, status, cause) in STATUSES {
        for outcome in both(&reply(http, r#"{"status":false,"code":"1234","message":"The server says so"}"#)) {
            assert_failed(&outcome, status, cause);
            assert_eq!(outcome.http_status(), http);
            assert_eq!(outcome.document().get("/http_status"), Some(http.to_string()));
            assert_eq!(outcome.server_code(), Some("1234"), "{http}");
            assert_eq!(outcome.document().get("/server_code").as_deref(), Some("1234"));
            assert!(outcome.message().contains("The server says so"), "{http}: {outcome:?}");
            assert!(outcome.message().contains(&http.to_string()), "{http}: {outcome:?}");
            assert!(outcome.message().contains(outcome.server()), "{http}: {outcome:?}");
        }
    }
}

/// However much the server has to say.
#[test]
fn fault_082_what_to_do_is_told_behind_the_servers_words() {
    const EXPIRED: &str = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3MDAwMDAwMDB9.c2lnbmF0dXJl";
    let body = |word: &str| format!(r#"{{"status":false,"code":"1234","message":"{}"}}"#, word.repeat(4_000));
    for word in ["a", "\u{e9}", "\\u202e"] {
        let server = RawServer::replying(reply(401, body(word)));
        let outcome = client(&server).check(Some(EXPIRED), common::CONSUMERS);
        assert_failed(&outcome, Status::Unauthorized, Cause::TokenExpired);
        assert!(outcome.message().contains("14 Nov 2023"), "{word}: {outcome:?}");
        assert!(outcome.message().contains("code 1234"), "{word}: {outcome:?}");

        let body = body(word);
        let head =
            format!("HTTP/1.1 307 Moved\r\nLocation: https://new.example.com/\r\nContent-Length: {}", body.len());
        let outcome = check_raw(format!("{head}\r\n\r\n{body}"));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::Redirect);
        assert!(outcome.message().contains("https://new.example.com/"), "{word}: {outcome:?}");
    }
    // The code as well, which is kept whole elsewhere.
    let code = "7".repeat(1_900);
    let server = RawServer::replying(reply(401, format!(r#"{{"status":false,"code":"{code}","message":"No"}}"#)));
    let outcome = client(&server).check(Some(EXPIRED), common::CONSUMERS);
    assert!(outcome.message().contains("14 Nov 2023"), "{outcome:?}");
    assert_eq!(outcome.server_code(), Some(&*code));
}

#[test]
fn fault_079_a_success_has_a_message_where_the_server_has_none() {
    for message in ["", " ", "\\t\\n"] {
        let outcome = check_raw(reply(200, format!(r#"{{"status":true,"message":"{message}","data":[]}}"#)));
        assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
        assert!(!outcome.message().trim().is_empty(), "{message:?}: {outcome:?}");
    }
}

#[test]
fn fault_082_no_status_but_200_is_an_answer() {
    for &(http, status, cause) in STATUSES {
        let outcome = check_raw(reply(http, ALLOWED));
        assert_failed(&outcome, status, cause);
    }
}

#[test]
fn fault_082_a_code_may_be_a_number() {
    for (code, shown) in [("1234", "1234"), ("-1", "-1"), ("12345678901234567890123", "12345678901234567890123")] {
        for http in [200, 400, 500] {
            for outcome in both(&reply(http, format!(r#"{{"status":false,"code":{code}}}"#))) {
                assert_eq!(outcome.server_code(), Some(shown), "{http}: {outcome:?}");
            }
        }
    }
}

#[test]
fn fault_082_code_and_message_are_kept_from_bodies_of_other_makers() {
    // Gateways in front of the server have bodies of their own: `status` is the HTTP status in many of them.
    for body in [
        r#"{"code":"42","message":"Out of service"}"#,
        r#"{"message":"Out of service","code":42,"details":[{"a":1,"a":2}]}"#,
        r#"{"timestamp":"2026-11-23","status":503,"error":"Service Unavailable","code":"42","message":"Out of service"}"#,
        r#"{"status":"error","code":"42","message":"Out of service"}"#,
        r#"{"":1,"code":"42","message":"Out of service"}"#,
    ] {
        for http in [404, 422, 503] {
            let outcome = check_raw(reply(http, body));
            assert_eq!(outcome.server_code(), Some("42"), "{http} {body}");
            assert!(outcome.message().contains("Out of service"), "{http} {body}: {outcome:?}");
            assert_eq!(outcome.http_status(), http);
        }
    }
}

#[test]
fn fault_083_a_body_without_sense_leaves_the_status_its_meaning() {
    let megabytes = "<p>padding</p>".repeat(300_000);
    let long_message = format!(r#"{{"status":false,"message":"{}"}}"#, "long ".repeat(10_000));
    for &(http, status, cause) in STATUSES.iter().filter(|(http, ..)| *http >= 400) {
        for body in [
            "",
            "<html><body>Not here</body></html>",
            "{\"status\":fal",
            "[]",
            "null",
            "\"message\"",
            r#"{"status":false,"message":"a","message":"b"}"#,
            r#"{"message":"\ud800"}"#,
            &long_message,
        ] {
            let outcome = check_raw(reply(http, body));
            assert_failed(&outcome, status, cause);
            assert_eq!(outcome.http_status(), http);
            assert!(outcome.message().len() <= 2000, "{} bytes of message", outcome.message().len());
        }
    }
    for (http, status, cause) in
        [(404, Status::NotFound, Cause::NoPreCheck), (503, Status::ServerError, Cause::ServerError)]
    {
        for body in [megabytes.as_bytes(), b"\xff\xfe\x00\x80".as_slice()] {
            let outcome = check_raw(reply(http, body));
            assert_failed(&outcome, status, cause);
            assert!(outcome.to_json().len() < 8000);
        }
    }
}

#[test]
fn fault_083_a_refusal_cut_off_keeps_its_status() {
    for http in [400, 401, 404, 500] {
        let whole = reply(http, r#"{"status":false,"code":"1234","message":"Bad request"}"#);
        let outcome = check_raw(&whole[..whole.len() - 10]);
        let (_, status, cause) = STATUSES.iter().find(|(known, ..)| *known == http).expect("known");
        assert_failed(&outcome, *status, *cause);
        assert_eq!(outcome.http_status(), http);
    }
}

/// The server was there and said 200: only what came after that is of no use.
#[test]
fn fault_067_and_078a_a_useless_reply_keeps_its_http_status() {
    for outcome in both(&answer("200 OK\r\nContent-Encoding: gzip", ALLOWED.as_bytes())) {
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongEncoding);
        assert_eq!((outcome.http_status(), outcome.document().get("/http_status").as_deref()), (200, Some("200")));
    }
    let whole = reply(200, ALLOWED);
    for missing in [1, ALLOWED.len()] {
        for outcome in both(&whole[..whole.len() - missing]) {
            assert_failed(&outcome, Status::ConnectionLost, Cause::ConnectionClosed);
            assert_eq!((outcome.http_status(), outcome.document().get("/http_status").as_deref()), (200, Some("200")));
        }
    }
}

#[test]
fn fault_085_redirects_are_not_followed() {
    let other = RawServer::replying(reply(200, ALLOWED));
    for http in [301, 302, 303, 307, 308, 300, 304] {
        for target in [format!("{}/api/v2/pre-check/licenses", other.url()), "/elsewhere".into(), "//x".into()] {
            let bytes = answer(&format!("{http} Moved\r\nLocation: {target}"), ALLOWED.as_bytes());
            for outcome in both(&bytes) {
                assert_failed(&outcome, Status::UnexpectedReply, Cause::Redirect);
                assert_eq!(outcome.http_status(), http);
                assert!(outcome.message().contains(&target), "{target}: {outcome:?}");
            }
        }
    }
    assert!(other.requests().is_empty());
}

#[test]
fn fault_085_a_redirect_to_the_same_server_is_not_followed_either() {
    let server = RawServer::serving(|stream, requests| {
        let Some(request) = support::read_request(&*stream) else { return };
        requests.lock().expect("no panic").push(request);
        let bytes = answer("307 Moved\r\nLocation: /api/v2/pre-check/licenses/", b"");
        let _ = std::io::Write::write_all(stream, &bytes);
    });
    assert_failed(&client(&server).list(Some(TOKEN), None), Status::UnexpectedReply, Cause::Redirect);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn fault_085_a_redirects_target_cannot_forge_a_message() {
    let outcome = check_raw(answer(&format!("302 Found\r\nLocation: /{}\u{9b}31m\u{202e}", "x".repeat(5000)), b""));
    assert_failed(&outcome, Status::UnexpectedReply, Cause::Redirect);
    assert!(outcome.message().len() <= 2000);
    assert!(!outcome.message().chars().any(|c| c.is_control() || c == '\u{202e}'), "{outcome:?}");
}

#[test]
fn fault_086_captive_portals() {
    let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>true</body></html>";
    for head in ["200 OK\r\nContent-Type: text/html; charset=utf-8", "200 OK\r\nContent-Type: text/html", "200 OK"] {
        for outcome in both(&answer(head, page.as_bytes())) {
            assert_failed(&outcome, Status::UnexpectedReply, Cause::CaptivePortal);
            assert_eq!(outcome.http_status(), 200);
        }
    }
    for outcome in both(&answer("511 Network Authentication Required", ALLOWED.as_bytes())) {
        assert_failed(&outcome, Status::UnexpectedReply, Cause::CaptivePortal);
    }
    for outcome in both(&answer("302 Found\r\nLocation: http://portal.example/login", page.as_bytes())) {
        assert_failed(&outcome, Status::UnexpectedReply, Cause::Redirect);
        assert!(outcome.message().contains("http://portal.example/login"));
    }
}

#[test]
fn fault_087_407_from_the_server_itself() {
    let bytes = answer("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic", ALLOWED.as_bytes());
    for outcome in both(&bytes) {
        assert_failed(&outcome, Status::UnexpectedReply, Cause::HttpStatus);
        assert_eq!(outcome.http_status(), 407);
    }
}

#[test]
fn a_kept_connection_serves_one_operation_after_the_other() {
    let standin = common::standin();
    let client = client_of(standin.url());
    let token = standin.token();
    let listed = client.list(Some(&token), None);
    assert_eq!((listed.status(), listed.licenses().count()), (Status::Ok, 1), "{listed:?}");
    let checked = client.check(Some(&token), common::CONSUMERS);
    assert_eq!(checked.status(), Status::Ok, "{checked:?}");
    let refused = client.check(Some("not.a.token"), common::CONSUMERS);
    assert_failed(&refused, Status::Unauthorized, Cause::Unauthorized);
    let again = client.check(Some(&token), common::CONSUMERS);
    assert_eq!(again.to_json(), checked.to_json(), "a refusal in between changes nothing");
    assert_eq!(standin.requests().len(), 4);
}
