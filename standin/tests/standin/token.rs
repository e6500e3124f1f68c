//! Who is let in.

use std::time::Duration;

use crate::client::*;

fn refusal(headers: &str) -> (String, Option<String>) {
    let standin = start(NO_LICENSES);
    let reply = Client::connect(&standin).send("POST", PATH, headers, br#"{"operation":"list"}"#);
    assert_eq!(reply.status, 401, "{headers}");
    assert_eq!(reply.header("content-type"), Some("application/json"));
    (reply.body.clone(), reply.header("www-authenticate").map(str::to_owned))
}

#[test]
fn a_missing_token_is_refused() {
    let (body, challenge) = refusal("");
    assert_eq!(body, r#"{"status":false,"code":"401","message":"The Authorization header is missing"}"#);
    assert_eq!(challenge.as_deref(), Some("Bearer"));
}

#[test]
fn a_header_without_a_bearer_token_is_refused() {
    for headers in ["Authorization: Basic am9objpkb2U=\r\n", &bearer("")] {
        let (body, _) = refusal(headers);
        assert_eq!(
            body,
            r#"{"status":false,"code":"401","message":"The Authorization header carries no bearer token"}"#
        );
    }
}

#[test]
fn an_expired_token_is_refused() {
    let (body, _) = refusal(&bearer(&qls_standin::token(Duration::ZERO)));
    assert_eq!(body, r#"{"status":false,"code":"401","message":"The token has expired"}"#);
}

#[test]
fn a_wrong_token_is_refused() {
    let good = qls_standin::token(Duration::from_secs(60));
    let (unsigned, signature) = good.rsplit_once('.').unwrap();
    // {"alg":"none"}, then the claims of a good one.
    let claims = unsigned.split_once('.').unwrap().1;
    let unprotected = format!("eyJhbGciOiJub25lIn0.{claims}.");
    let reversed: String = signature.chars().rev().collect();
    for wrong in [
        "secret",
        "a.b.c",
        unsigned,
        &format!("{unsigned}."),
        &format!("{unsigned}.{reversed}"),
        &unprotected,
        &format!("{good} {good}"),
    ] {
        let (body, _) = refusal(&bearer(wrong));
        let expected = r#"{"status":false,"code":"401","message":"The token is not valid"}"#;
        assert_eq!(body, expected, "{wrong}");
    }
}

#[test]
fn every_standin_accepts_the_token_of_any_other() {
    let token = start(NO_LICENSES).token();
    let other = start(NO_LICENSES);
    let mut client = Client::connect(&other);
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let header = format!("Authorization: {scheme} {token}\r\n");
        let reply = client.send("POST", PATH, &header, br#"{"operation":"list"}"#);
        assert_eq!(reply.status, 200, "{scheme}");
    }
}
