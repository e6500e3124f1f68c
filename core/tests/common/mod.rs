//! What the core's tests share: the usual question, and the way from a reply's bytes to an outcome.
#![allow(dead_code, unused_imports, reason = "every test binary uses its own part of this")]

use qls_precheck_core::{Cause, Client, Outcome, Status, Verdict};
pub(crate) use support::{ALLOWED, CONSUMERS, TOKEN};
use support::{RawServer, Request, reply};

/// A client of `server` with the defaults, but for retries: a test says what one attempt ends in.
pub(crate) fn client(server: &RawServer) -> Client {
    client_of(&server.url())
}

/// A client of the server at `url` with the defaults, but for retries.
pub(crate) fn client_of(url: &str) -> Client {
    let mut client = Client::new();
    client.set_server(Some(url)).expect("a server's address");
    client.set_retries(0);
    client
}

/// Asks about [`CONSUMERS`] and answers with these bytes.
pub(crate) fn check_raw(bytes: impl Into<Vec<u8>>) -> Outcome {
    check_these(CONSUMERS, bytes)
}

/// Asks about `consumers` and answers with these bytes.
pub(crate) fn check_these(consumers: &str, bytes: impl Into<Vec<u8>>) -> Outcome {
    client(&RawServer::replying(bytes)).check(Some(TOKEN), consumers)
}

/// Asks about [`CONSUMERS`] and answers HTTP 200 with this body.
pub(crate) fn check_body(body: impl AsRef<[u8]>) -> Outcome {
    check_raw(reply(200, body))
}

/// Asks for the licenses and answers HTTP 200 with this body.
pub(crate) fn list_body(body: impl AsRef<[u8]>) -> Outcome {
    client(&RawServer::replying(reply(200, body))).list(Some(TOKEN), None)
}

/// The outcome of a list that has this one license.
pub(crate) fn with_license(license: &str) -> Outcome {
    let outcome = list_body(format!(r#"{{"status":true,"message":"","licenses":[{license}]}}"#));
    assert_eq!(outcome.status(), Status::Ok, "{license}: {outcome:?}");
    outcome
}

/// What was sent to ask about `consumers`; the reply has no verdicts and the outcome has to be a success.
pub(crate) fn sent(consumers: &str) -> Request {
    let server = RawServer::replying(reply(200, r#"{"status":true,"message":"","data":[]}"#));
    let outcome = client(&server).check(Some(TOKEN), consumers);
    assert_eq!(outcome.status(), Status::Ok, "{}: {outcome:?}", start_of(consumers));
    only_request(&server)
}

/// The body that was sent to ask about `consumers`.
pub(crate) fn sent_body(consumers: &str) -> String {
    String::from_utf8(sent(consumers).body).expect("the body is UTF-8")
}

/// The one request that `server` has seen.
pub(crate) fn only_request(server: &RawServer) -> Request {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "requests seen");
    requests.remove(0)
}

/// The value of a header field that has to stand there exactly once.
pub(crate) fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    let values = headers(request, name);
    assert_eq!(values.len(), 1, "{name} in:\n{}", request.head);
    values[0]
}

/// Every value of a header field.
pub(crate) fn headers<'r>(request: &'r Request, name: &str) -> Vec<&'r str> {
    let fields = request.head.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
}

/// The outcome is this failure, says so everywhere, and allows nothing.
#[track_caller]
pub(crate) fn assert_failed(outcome: &Outcome, status: Status, cause: Cause) {
    assert_eq!((outcome.status(), outcome.cause()), (status, Some(cause)), "{outcome:?}");
    assert!(!outcome.message().is_empty(), "a failure without a message");
    assert_nothing_allowed(outcome);
    assert_eq!(outcome.licenses().count(), 0, "licenses without a success: {outcome:?}");
    let json: serde_json::Value = serde_json::from_str(&outcome.to_json()).expect("the outcome is JSON");
    assert_eq!(json["status"], status.name());
    assert_eq!(json["status_code"], status.code());
    assert_eq!(json["cause"], cause.as_str());
    assert_eq!(json["message"], outcome.message());
}

/// No component is allowed, whichever way one looks at it.
#[track_caller]
pub(crate) fn assert_nothing_allowed(outcome: &Outcome) {
    for component in outcome.components().iter() {
        assert_ne!(component.verdict, Verdict::Allowed, "{outcome:?}");
        assert!(!outcome.is_allowed(component.component_id), "{outcome:?}");
    }
    assert!(!outcome.is_allowed("9876"), "{outcome:?}");
    assert!(!outcome.to_json().contains(r#""verdict":"allowed""#), "{outcome:?}");
}

/// The verdicts in the order of the request.
pub(crate) fn verdicts(outcome: &Outcome) -> Vec<Verdict> {
    outcome.components().iter().map(|component| component.verdict).collect()
}

/// Enough of a text to recognize it: some here have megabytes.
pub(crate) fn start_of(text: &str) -> String {
    text.chars().take(200).collect()
}

/// The stand-in server with the license of the reference page.
pub(crate) fn standin() -> qls_standin::Standin {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../standin/licenses/reference.json");
    let licenses = qls_standin::Licenses::load(file).expect("the sample licenses");
    qls_standin::Standin::start(qls_standin::Options::new(licenses)).expect("a stand-in")
}

/// The pieces of a secret that give some of it away.
pub(crate) fn pieces(secret: &str) -> impl Iterator<Item = &str> {
    secret.as_bytes().windows(12).map(|piece| std::str::from_utf8(piece).expect("ASCII"))
}

/// Everything that the library shows of an outcome.
pub(crate) fn everything(outcome: &Outcome) -> String {
    let mut shown = format!("{outcome:?}\n{outcome:#?}\n{}\n{}\n", outcome.to_json(), outcome.message());
    if let Some(error) = outcome.error() {
        shown.push_str(&format!("{error:?}\n{error:#?}\n{error}\n{}\n", error.message()));
    }
    shown.extend(outcome.licenses());
    shown.push_str(outcome.server_code().unwrap_or_default());
    collect(outcome, "", &mut shown);
    shown
}

/// What pointers reach, strings decoded.
fn collect(outcome: &Outcome, pointer: &str, shown: &mut String) {
    let Some(text) = outcome.document().get(pointer) else { return };
    shown.push_str(&text);
    shown.push('\n');
    let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) else { return };
    let steps: Vec<String> = match &value {
        serde_json::Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        serde_json::Value::Object(members) => members.keys().cloned().collect(),
        _ => return,
    };
    for step in steps {
        let step = step.replace('~', "~0").replace('/', "~1");
        collect(outcome, &format!("{pointer}/{step}"), shown);
    }
}
