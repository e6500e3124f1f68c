//! The contract: asked with the example requests of the reference page and answered with each of its example
//! replies, byte for byte, the library gives the documented result, and the request is what the page shows.

mod common;

use common::{CONSUMERS, TOKEN, assert_failed, client, client_of, header, only_request, sent_body, verdicts};
use qls_precheck_core::{Cause, Client, Operation, Outcome, Status, TokenSource, Verdict};
use support::{RawServer, reply};

/// The page's example request of `check`.
const REQUEST: &str = r#"{
"operation": "check",
"consumers": [
{
"consumer_id": "qtcreator",
"consumer_version": "6.0.1",
"consumer_installation_schema": "commercial | opensource",
"consumer_supported_features": "host_platform, target_platform",
"consumer_build_timestamp": "2024-12-12",
"component_id": "9876"
}
]
}"#;

/// The page's example replies.
const LICENSES: &str = r#"{
"status": true,
"message": "Fetched available licenses for user.",
"licenses": [
{
"licensee": {
"name": "John Doe",
"description": "Software engineer",
"contact": "Software engineer"
},
"contacts": {
"sales": "https://www.qt.io/contact-us",
"support": "mailto:support@qt.io",
"admin": "https://account.qt.io/s/manage-licenses"
},
"license_info": {
"license_id": "10612076",
"model": "floating | site | name",
"priority": 100,
"type": "subscription | perpetual",
"schema": "commercial | education | evaluation | opensource",
"hosting": "qt | on-prem",
"valid_from": "2023-09-28",
"valid_to": "2024-09-28"
},
"consumers": [
{
"consumer_id": "squish_tester",
"consumer_version": "8.0.0",
"consumer_features": {
"feature_key": "android, qt, ios, java, mac, tk, vnc, web, windows"
}
}
],
"pool_info": {
"concurrent_consumers": 20,
"lease_time_unit": "seconds | minutes | hours",
"lease_time": 100,
"reservation_type": "user | process"
},
"version": "1.0.0",
"cs_s": "0987654321ruoppyr7890876resdfyu90",
"cs_p": "kojsd8ubj__OIUhjhjhJHG9879uhjsdhkjsdhf=)=0sdkj"
}
]
}"#;
const DATA: &str = r#"{
"status": true,
"message": "Checked consumers available for installation",
"data": [
{
"component_id": "1231",
"consumer_id": "qtcreator",
"installtion_allowed": true
}
]
}"#;
const INVALID_DATA: &str = r#"{
"status": false,
"message": "Invalid data"
}"#;
const BAD_REQUEST: &str = r#"{
"status": false,
"code": "1234",
"message": "Bad request"
}"#;
const SERVER_ERROR: &str = r#"{
"status": false,
"code": "1234"
}"#;

/// The consumers of the example request, as an installer would pass them.
fn example_consumers() -> &'static str {
    let start = REQUEST.find('[').expect("a list");
    &REQUEST[start..=REQUEST.rfind(']').expect("a list")]
}

fn check(status: u16, body: &str) -> Outcome {
    client(&RawServer::replying(reply(status, body))).check(Some(TOKEN), example_consumers())
}

fn list(status: u16, body: &str) -> Outcome {
    client(&RawServer::replying(reply(status, body))).list(Some(TOKEN), None)
}

#[test]
fn list_reply_gives_the_license_as_the_server_wrote_it() {
    let outcome = list(200, LICENSES);
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    assert_eq!(outcome.http_status(), 200);
    assert_eq!(outcome.message(), "Fetched available licenses for user.");
    assert_eq!((outcome.cause(), outcome.server_code(), outcome.error()), (None, None, None));
    assert_eq!(outcome.token_source(), Some(TokenSource::Argument));
    let start = LICENSES.find("{\n\"licensee\"").expect("the license");
    let license = &LICENSES[start..=LICENSES.rfind("}\n]").expect("its end")];
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [license]);
    assert_eq!(outcome.document().get("/licenses/0").as_deref(), Some(license));
    assert!(outcome.components().is_empty());
    assert_eq!(
        outcome.document().get("/licenses/0/consumers/0/consumer_features/feature_key").as_deref(),
        Some("android, qt, ios, java, mac, tk, vnc, web, windows")
    );
}

#[test]
fn check_reply_for_another_component_leaves_ours_unknown() {
    let outcome = check(200, DATA);
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    assert_eq!(outcome.message(), "Checked consumers available for installation");
    assert_eq!(verdicts(&outcome), [Verdict::Unknown]);
    assert!(!outcome.is_allowed("9876"));
    assert!(!outcome.is_allowed("1231"), "it was not asked for");
}

#[test]
fn check_reply_allows_the_component_it_names() {
    let server = RawServer::replying(reply(200, DATA));
    let outcome = client(&server).check(Some(TOKEN), example_consumers().replace("9876", "1231"));
    assert_eq!((outcome.status(), outcome.http_status()), (Status::Ok, 200), "{outcome:?}");
    assert_eq!(verdicts(&outcome), [Verdict::Allowed]);
    assert!(outcome.is_allowed("1231"));
    assert!(!outcome.is_allowed("9876"));
    assert_eq!(
        outcome.to_json(),
        format!(
            r#"{{"operation":"check","status":"QLS_OK","status_code":0,"http_status":200,"server_code":null,"message":"Checked consumers available for installation","cause":null,"server":"{}","token_source":"argument","components":[{{"component_id":"1231","consumer_id":"qtcreator","verdict":"allowed"}}],"licenses":[],"diagnosis":[]}}"#,
            server.url()
        )
    );
}

#[test]
fn status_false_with_200_is_rejected_with_the_servers_words() {
    for outcome in [check(200, INVALID_DATA), list(200, INVALID_DATA)] {
        assert_failed(&outcome, Status::Rejected, Cause::Rejected);
        assert_eq!(outcome.http_status(), 200);
        assert_eq!(outcome.server_code(), None);
        assert!(outcome.message().contains("Invalid data"), "{}", outcome.message());
    }
}

#[test]
fn bad_request_keeps_code_and_message() {
    for outcome in [check(400, BAD_REQUEST), list(400, BAD_REQUEST)] {
        assert_failed(&outcome, Status::BadRequest, Cause::BadRequest);
        assert_eq!(outcome.http_status(), 400);
        assert_eq!(outcome.server_code(), Some("1234"));
        assert!(outcome.message().contains("Bad request"), "{}", outcome.message());
    }
}

#[test]
fn server_error_without_message_keeps_its_code() {
    for outcome in [check(500, SERVER_ERROR), list(500, SERVER_ERROR)] {
        assert_failed(&outcome, Status::ServerError, Cause::ServerError);
        assert_eq!(outcome.http_status(), 500);
        assert_eq!(outcome.server_code(), Some("1234"));
        assert!(outcome.message().contains("1234"), "{}", outcome.message());
    }
}

/// Sends one `list` and one `check` to a server with this path in front.
fn requests_below(prefix: &str, setup: impl Fn(&mut Client)) -> Vec<support::Request> {
    let server = RawServer::replying(reply(200, r#"{"status":true,"message":"","licenses":[],"data":[]}"#));
    let mut client = client_of(&format!("{}{prefix}", server.url()));
    setup(&mut client);
    assert_eq!(client.list(Some(TOKEN), None).status(), Status::Ok);
    assert_eq!(client.check(Some(TOKEN), example_consumers()).status(), Status::Ok);
    server.requests()
}

#[test]
fn requests_go_to_the_documented_path() {
    for (prefix, path) in [
        ("", "/api/v2/pre-check/licenses"),
        ("/", "/api/v2/pre-check/licenses"),
        ("/qls", "/qls/api/v2/pre-check/licenses"),
        ("/qls/", "/qls/api/v2/pre-check/licenses"),
        ("/on-prem/licenses", "/on-prem/licenses/api/v2/pre-check/licenses"),
    ] {
        let requests = requests_below(prefix, |_| ());
        assert_eq!(requests.len(), 2, "{prefix}");
        for request in requests {
            assert_eq!(request.head.lines().next(), Some(format!("POST {path} HTTP/1.1").as_str()), "{prefix}");
        }
    }
}

#[test]
fn requests_carry_the_documented_headers() {
    for request in requests_below("", |_| ()) {
        assert_eq!(header(&request, "Authorization"), format!("Bearer {TOKEN}"));
        assert_eq!(header(&request, "Content-Type"), "application/json");
        assert_eq!(header(&request, "Accept"), "application/json");
        assert_eq!(header(&request, "User-Agent"), format!("qls-precheck/{}", env!("CARGO_PKG_VERSION")));
        assert_eq!(header(&request, "Content-Length"), request.body.len().to_string());
        // A reply in another coding would be refused, so none is asked for.
        assert_eq!(header(&request, "Accept-Encoding"), "identity");
    }
}

#[test]
fn host_header_names_the_server() {
    let server = RawServer::replying(reply(200, LICENSES));
    client(&server).list(Some(TOKEN), None);
    assert_eq!(header(&only_request(&server), "Host"), server.address().to_string());
}

#[test]
fn user_agent_puts_the_product_in_front() {
    let ours = format!("qls-precheck/{}", env!("CARGO_PKG_VERSION"));
    for request in requests_below("", |client| client.set_user_agent(Some("ExampleInstaller/1.2")).expect("valid")) {
        assert_eq!(header(&request, "User-Agent"), format!("ExampleInstaller/1.2 {ours}"));
    }
    let requests = requests_below("", |client| {
        client.set_user_agent(Some("ExampleInstaller/1.2")).expect("valid");
        client.set_user_agent(None).expect("the default");
    });
    assert_eq!(header(&requests[0], "User-Agent"), ours);
}

#[test]
fn user_agents_that_http_cannot_carry_are_refused() {
    let mut client = Client::new();
    for bad in ["", " ", "a\r\nX-Other: 1", "a\nb", "a\0b", "tab\there", "Ünïcode/1", &"x".repeat(257)] {
        let error = client.set_user_agent(Some(bad)).expect_err(bad);
        assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidUserAgent), "{bad:?}");
    }
    client.set_user_agent(Some(&"x".repeat(256))).expect("256 characters");
}

#[test]
fn check_body_in_array_form_is_the_callers_text() {
    let consumers = example_consumers();
    let body = sent_body(consumers);
    assert_eq!(body, format!(r#"{{"operation":"check","consumers":{consumers}}}"#));
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert_eq!(parse(&body), parse(REQUEST), "what the page shows");
}

#[test]
fn check_body_in_object_form_keeps_further_members() {
    let members =
        format!(r#""user_id": 12345678901234567890123, "consumers": {CONSUMERS}, "dry": {{"run":[1.50]}} }}"#);
    assert_eq!(sent_body(&format!("\n {{{members}")), format!(r#"{{"operation":"check",{members}"#));
}

fn list_body_of(extra: Option<&str>) -> String {
    let server = RawServer::replying(reply(200, LICENSES));
    let outcome = client(&server).list(Some(TOKEN), extra);
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    String::from_utf8(only_request(&server).body).expect("UTF-8")
}

#[test]
fn list_body_without_and_with_extra_members() {
    assert_eq!(list_body_of(None), r#"{"operation":"list"}"#);
    assert_eq!(list_body_of(Some("{}")), r#"{"operation":"list"}"#);
    assert_eq!(list_body_of(Some(" \n{ \t} ")), r#"{"operation":"list"}"#);
    assert_eq!(list_body_of(Some(r#"{"user_id":"jane"}"#)), r#"{"operation":"list","user_id":"jane"}"#);
    assert_eq!(list_body_of(Some(r#"{"a":1,"\u0061":2}"#)), r#"{"operation":"list","a":1,"\u0061":2}"#);
    assert_eq!(
        list_body_of(Some(" { \"user_id\" : 1e400, \"x\": {\"operation\":\"mine\"} } \n")),
        r#"{"operation":"list", "user_id" : 1e400, "x": {"operation":"mine"} }"#
    );
}

#[test]
fn extra_members_that_are_no_strict_object_are_refused_unsent() {
    let server = RawServer::replying(reply(200, LICENSES));
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(128), "]".repeat(128));
    for extra in [
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{} {}",
        "\u{feff}{}",
        r#"{"a":1,}"#,
        r#"{"\ud800":1}"#,
        r#"{"\u0000":1}"#,
        r#"{"operation":"list"}"#,
        r#"{"oper\u0061tion":"check"}"#,
        &deep,
    ] {
        let outcome = client(&server).list(Some(TOKEN), Some(extra));
        assert_failed(&outcome, Status::InvalidArgument, Cause::InvalidExtra);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn operation_is_named_in_the_outcome() {
    let check = check(200, DATA);
    let list = list(200, LICENSES);
    assert_eq!(check.document().get("/operation").as_deref(), Some(Operation::Check.as_str()));
    assert_eq!(list.document().get("/operation").as_deref(), Some(Operation::List.as_str()));
    assert_eq!((Operation::Check.as_str(), Operation::List.as_str()), ("check", "list"));
}
