//! Rows 2 to 8 of the fault matrix: which tokens are sent, as what, and what is said when the server refuses one.

mod common;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use common::{ALLOWED, CONSUMERS, TOKEN, assert_failed, client, client_of, header, only_request};
use qls_precheck_core::{Cause, Outcome, Status, TokenSource};
use support::{RawServer, reply};

const LIMIT: usize = 32 * 1024;

/// A token that must not be sent, with either operation.
#[track_caller]
fn refused(token: &str, cause: Cause) {
    let server = RawServer::replying(reply(200, ALLOWED));
    let client = client(&server);
    for outcome in [client.check(Some(token), CONSUMERS), client.list(Some(token), None)] {
        assert_failed(&outcome, Status::InvalidToken, cause);
        assert_eq!(outcome.http_status(), 0);
        assert_eq!(outcome.token_source(), None);
    }
    assert!(server.requests().is_empty(), "it was sent");
}

/// A JWT with this payload; its signature is nobody's.
fn jwt(payload: &str) -> String {
    let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.c2lnbmF0dXJl", encode(r#"{"alg":"HS256"}"#), encode(payload))
}

/// The outcome when a server answers this status to a token.
fn answered(status: u16, token: &str) -> Outcome {
    let server = RawServer::replying(reply(status, r#"{"status":false,"code":"17","message":"No entry"}"#));
    client(&server).check(Some(token), CONSUMERS)
}

#[test]
fn fault_001_empty() {
    refused("", Cause::TokenEmpty);
}

#[test]
fn fault_002_control_characters() {
    for token in ["abc\r\nX-Other: 1", "abc\n", "\nabc", "abc\r", "abc\0", "a\0bc", "a\tb", "a\u{1b}b", "a\u{7f}b"] {
        refused(token, Cause::TokenInvalidCharacter);
    }
}

#[test]
fn fault_184_quotes_and_names_of_variables() {
    let rows: [(&str, &[&str]); 2] = [
        ("quotes", &["\"a.b.c\"", "'a.b.c'", "\"\"", "''"]),
        ("variable", &["%TOKEN%", "%QT_INSTALLER_JWT_TOKEN%", "%%", "$TOKEN", "${TOKEN}", "$env:TOKEN", "$(TOKEN)"]),
    ];
    for (word, tokens) in rows {
        for token in tokens {
            refused(token, Cause::TokenInvalidCharacter);
            let outcome = client(&RawServer::replying("")).check(Some(token), CONSUMERS);
            assert!(outcome.message().contains(word), "{token}: {}", outcome.message());
        }
    }
    // Inside of a token they are the server's to judge.
    for token in ["a'b", "a\"b\"", "a%20b", "%a", "a$b", "\"", "'"] {
        let server = RawServer::replying(reply(200, ALLOWED));
        assert!(client(&server).check(Some(token), CONSUMERS).is_allowed("9876"), "{token}");
    }
}

#[test]
fn fault_003_non_ascii() {
    for token in ["tökén", "\u{a0}abc", "abc\u{feff}", "\u{feff}abc", "abc\u{2028}", "😀"] {
        refused(token, Cause::TokenInvalidCharacter);
    }
}

#[test]
fn fault_004_spaces_and_bearer() {
    for token in [" abc", "abc ", "a b", " ", "Bearer abc", "bearer abc"] {
        refused(token, Cause::TokenInvalidCharacter);
    }
    let outcome = client_of("http://127.0.0.1:9").list(Some("Bearer abcdefgh"), None);
    assert!(outcome.message().contains("Bearer"), "{}", outcome.message());
    assert!(!outcome.message().contains("abcdefgh"), "{}", outcome.message());
}

#[test]
fn fault_005_32_kib_pass_and_more_does_not() {
    let longest = "x".repeat(LIMIT);
    let server = RawServer::replying(reply(200, ALLOWED));
    let outcome = client(&server).check(Some(&longest), CONSUMERS);
    assert!(outcome.is_allowed("9876"), "{outcome:?}");
    assert_eq!(header(&only_request(&server), "Authorization"), format!("Bearer {longest}"));
    refused(&"x".repeat(LIMIT + 1), Cause::TokenTooLong);
    refused(&"x".repeat(100 * LIMIT), Cause::TokenTooLong);
}

#[test]
fn fault_006_what_is_no_jwt_is_sent_as_it_is() {
    for token in ["x", "0123456789abcdef", "a.b", "a.b.c.d", "==", "{\"a\":\"b\\\\\"}", "~!@#$%^&*()_+-=[]|;:',.<>/?`"]
    {
        let server = RawServer::replying(reply(200, ALLOWED));
        let outcome = client(&server).check(Some(token), CONSUMERS);
        assert!(outcome.is_allowed("9876"), "{token}: {outcome:?}");
        assert_eq!(outcome.token_source(), Some(TokenSource::Argument));
        assert_eq!(header(&only_request(&server), "Authorization"), format!("Bearer {token}"));
    }
}

#[test]
fn fault_007_refused_tokens() {
    for (status, cause) in [(401, Cause::Unauthorized), (403, Cause::Forbidden)] {
        let outcome = answered(status, TOKEN);
        assert_failed(&outcome, Status::Unauthorized, cause);
        assert_eq!(outcome.server_code(), Some("17"));
        assert!(outcome.message().contains("No entry"), "{}", outcome.message());
    }
}

#[test]
fn fault_007_an_expired_token_says_when() {
    for (payload, when) in [
        (r#"{"exp":1}"#, "Thu, 01 Jan 1970 00:00:01 GMT"),
        (r#"{"sub":"x","exp":951782400}"#, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (r#"{"exp":1735689599.9,"iat":1}"#, "Tue, 31 Dec 2024 23:59:59 GMT"),
        (r#"{ "exp" : 1.7e9 }"#, "Tue, 14 Nov 2023 22:13:20 GMT"),
    ] {
        for status in [401, 403] {
            let outcome = answered(status, &jwt(payload));
            assert_failed(&outcome, Status::Unauthorized, Cause::TokenExpired);
            assert_eq!((outcome.http_status(), outcome.server_code()), (status, Some("17")));
            assert!(outcome.message().contains(when), "{payload}: {}", outcome.message());
        }
    }
}

#[test]
fn fault_007_no_expiry_is_claimed_that_has_not_passed() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let future = format!(r#"{{"exp":{}}}"#, now + 3600);
    for payload in [
        &*future,
        "{}",
        "[]",
        "null",
        "1",
        "no json",
        r#"{"exp":null}"#,
        r#"{"exp":"1"}"#,
        r#"{"exp":-1}"#,
        r#"{"exp":0}"#,
        r#"{"exp":1e400}"#,
        r#"{"exp":9e99}"#,
        r#"{"exp":[1]}"#,
        r#"{"x":{"exp":1}}"#,
    ] {
        assert_failed(&answered(401, &jwt(payload)), Status::Unauthorized, Cause::Unauthorized);
    }
    for token in ["a.b.c", "...", "a.!!!.c", "x"] {
        assert_failed(&answered(401, token), Status::Unauthorized, Cause::Unauthorized);
    }
    // Deep enough to overflow a stack, were it read recursively.
    let deep = jwt(&format!("{{\"x\":{}", "[".repeat(20_000)));
    assert_failed(&answered(401, &deep), Status::Unauthorized, Cause::Unauthorized);
}

#[test]
fn fault_007_the_servers_word_counts_not_the_tokens() {
    // An expired token that the server accepts is fine: this machine's clock may be wrong.
    let server = RawServer::replying(reply(200, ALLOWED));
    assert!(client(&server).check(Some(&jwt(r#"{"exp":1}"#)), CONSUMERS).is_allowed("9876"));
    let outcome = answered(404, &jwt(r#"{"exp":1}"#));
    assert_failed(&outcome, Status::NotFound, Cause::NoPreCheck);
}

#[test]
fn fault_007_by_a_server_that_checks_tokens() {
    let standin = common::standin();
    let client = client_of(standin.url());
    let expired = client.list(Some(&qls_standin::token(Duration::ZERO)), None);
    assert_failed(&expired, Status::Unauthorized, Cause::TokenExpired);
    assert_failed(&client.list(Some(TOKEN), None), Status::Unauthorized, Cause::Unauthorized);
    assert_eq!(client.list(Some(&standin.token()), None).status(), Status::Ok);
}

#[test]
fn fault_008_a_given_token_goes_to_any_server_of_the_callers() {
    // Unlike the account's, see account.rs. Plain http to another machine is what stops this one.
    let outcome = client_of("http://licenses.example.com").list(Some(TOKEN), None);
    assert_failed(&outcome, Status::Configuration, Cause::PlainHttpRefused);
    assert_eq!(outcome.token_source(), Some(TokenSource::Argument));
}
