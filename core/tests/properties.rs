//! What holds whatever goes in: a component is allowed only if the reply said so for it, a list of consumers
//! arrives as it was given, and no reply brings the client down or a yes out of nothing.

mod common;
#[path = "common/json_text.rs"]
mod json_text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};

use common::{CONSUMERS, TOKEN, client};
use json_text::{Json, json};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use qls_precheck_core::{Client, Outcome, Status, Verdict};
use support::{RawServer, read_request, reply};

/// A server that is told before each request what to answer.
struct Told {
    answer: Arc<Mutex<Vec<u8>>>,
    server: RawServer,
    client: Client,
}

impl Told {
    fn new() -> Self {
        let answer = Arc::<Mutex<Vec<u8>>>::default();
        let server = {
            let answer = answer.clone();
            RawServer::serving(move |stream, requests| {
                let Some(request) = read_request(&*stream) else { return };
                let mut requests = requests.lock().expect("no panic");
                // Only the last one is asked for, and they may be large.
                requests.clear();
                requests.push(request);
                drop(requests);
                let answer = answer.lock().expect("no panic").clone();
                let _ = stream.write_all(&answer);
            })
        };
        let client = client(&server);
        Self { answer, server, client }
    }

    fn check(&self, consumers: &str, answer: Vec<u8>) -> Outcome {
        *self.answer.lock().expect("no panic") = answer;
        self.client.check(Some(TOKEN), consumers)
    }
}

/// Runs `test` for many inputs. Failures are shown, not written to files: tests leave nothing behind.
fn holds<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&strategy, test).unwrap_or_else(|failure| panic!("{failure}"));
}

/// Few names, so that they meet; some differ only in case, spaces or escapes.
fn component() -> impl Strategy<Value = &'static str> {
    select(&["a", "b", "A", "a ", "9876", "", "é", "a\"b"][..])
}

fn consumer() -> impl Strategy<Value = &'static str> {
    select(&["qt", "squish", "Qt", "qt\\", "a"][..])
}

/// One entry of a reply's data; a consumer of None is absent or null.
#[derive(Clone, Debug)]
struct Entry {
    component: &'static str,
    consumer: Option<&'static str>,
    null: bool,
    verdict: Option<bool>,
    mended: bool,
    escaped: bool,
    order: usize,
}

fn entry() -> impl Strategy<Value = Entry> {
    let consumer = prop_oneof![4 => consumer().prop_map(Some), 1 => Just(None)];
    let verdict = prop_oneof![3 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
    (component(), consumer, any::<bool>(), verdict, any::<bool>(), any::<bool>(), 0..6_usize).prop_map(
        |(component, consumer, null, verdict, mended, escaped, order)| Entry {
            component,
            consumer,
            null,
            verdict,
            mended,
            escaped,
            order,
        },
    )
}

impl Entry {
    fn json(&self) -> String {
        let mut members = vec![format!("\"component_id\":{}", string(self.component, self.escaped))];
        match self.consumer {
            Some(consumer) => members.push(format!("\"consumer_id\": {}", string(consumer, !self.escaped))),
            None if self.null => members.push("\"consumer_id\":null".into()),
            None => {}
        }
        if let Some(verdict) = self.verdict {
            let name = if self.mended { "installation_allowed" } else { "installtion_allowed" };
            members.push(format!("{} :{verdict}", string(name, self.escaped)));
        }
        members.push("\"reason\":{\"installtion_allowed\":true}".into());
        let count = members.len();
        members.rotate_left(self.order % count);
        format!("{{{}}}", members.join(","))
    }
}

/// `text` as a JSON string, with every character escaped or only what has to be.
fn string(text: &str, escaped: bool) -> String {
    match escaped {
        false => serde_json::to_string(text).expect("a string"),
        true => {
            let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            format!("\"{units}\"")
        }
    }
}

#[test]
fn a_component_is_allowed_only_if_the_reply_said_so() {
    let told = Told::new();
    let asked = vec((component().prop_filter("an id", |id| !id.is_empty()), consumer()), 1..7);
    holds(2000, (asked, vec(entry(), 0..12), 0..8_usize, any::<bool>()), |(asked, mut entries, in_order, status)| {
        // So many answer in the order of the request, as servers do.
        for (entry, (component, consumer)) in entries.iter_mut().zip(&asked).take(in_order) {
            (entry.component, entry.consumer) = (*component, Some(*consumer));
        }
        let consumers: Vec<String> = asked
            .iter()
            .map(|(c, k)| format!(r#"{{"consumer_id":{},"component_id":{}}}"#, string(k, false), string(c, true)))
            .collect();
        let data: Vec<String> = entries.iter().map(Entry::json).collect();
        let body = format!(r#"{{"message":"x","data":[{}],"status":{status}}}"#, data.join(" , "));
        let outcome = told.check(&format!("[{}]", consumers.join(",")), reply(200, body));
        prop_assert_eq!(outcome.status(), if status { Status::Ok } else { Status::Rejected });

        // The model, as naive as can be.
        let mut verdicts = Vec::new();
        for (component, consumer) in &asked {
            let is_only = !asked.iter().any(|(same, other)| same == component && other != consumer);
            let said: Vec<bool> = entries
                .iter()
                .filter(|entry| entry.component == *component && entry.consumer.is_none_or(|c| c == *consumer))
                // Without a consumer, a permission is for the only one.
                .filter(|entry| entry.consumer.is_some() || is_only || entry.verdict == Some(false))
                .filter_map(|entry| entry.verdict)
                .filter(|_| status)
                .collect();
            verdicts.push(match said.as_slice() {
                [] => Verdict::Unknown,
                said if said.contains(&false) => Verdict::Denied,
                _ => Verdict::Allowed,
            });
        }
        prop_assert_eq!(common::verdicts(&outcome), verdicts.clone());
        let shown: Vec<_> = outcome.components().iter().map(|c| (c.component_id, c.consumer_id)).collect();
        prop_assert_eq!(shown, asked.clone());
        for id in ["a", "b", "A", "a ", "9876", "", "é", "a\"b", "c", "qt"] {
            let mut same = asked.iter().zip(&verdicts).filter(|((component, _), _)| *component == id).peekable();
            let expected = same.peek().is_some() && same.all(|(_, verdict)| *verdict == Verdict::Allowed);
            prop_assert_eq!(outcome.is_allowed(id), expected, "{:?}", id);
            let yes = entries.iter().any(|entry| entry.component == id && entry.verdict == Some(true));
            prop_assert!(!outcome.is_allowed(id) || (status && yes), "{:?}", id);
        }
        Ok(())
    });
}

/// A member that is not documented. Its key is unlike any other of the consumer, which `number` sees to.
fn unknown_member(number: usize) -> impl Strategy<Value = (String, Json)> {
    (select(&["x", "consumer_", "é", "operation", "{", "]", " "][..]), json())
        .prop_map(move |(name, value)| (format!("\"{name}{number}\""), value))
}

/// A consumer's members: ids, perhaps a build timestamp that may be empty, and what is not documented.
fn members() -> impl Strategy<Value = Vec<(String, Json)>> {
    let text = |name: &str, escaped: bool| (string(name, escaped), Json::Scalar("\"1\"".into()));
    let timestamp = (select(&["", "2024-12-12"][..]), any::<bool>()).prop_map(|(value, escaped)| {
        let key = string("consumer_build_timestamp", escaped);
        (key, Json::Scalar(format!("\"{value}\"")))
    });
    let unknown = (vec(unknown_member(1), 0..2), vec(unknown_member(2), 0..2), vec(unknown_member(3), 0..2));
    (unknown, prop::option::of(timestamp), any::<[bool; 2]>())
        .prop_map(move |(unknown, timestamp, escaped)| {
            let mut members = vec![text("consumer_id", escaped[0]), text("component_id", escaped[1])];
            members.extend(timestamp);
            members.extend(unknown.0.into_iter().chain(unknown.1).chain(unknown.2));
            members
        })
        .prop_shuffle()
}

#[test]
fn a_valid_list_of_consumers_arrives_whole() {
    let told = Told::new();
    let answer = reply(200, r#"{"status":true,"message":"","data":[]}"#);
    let outer = prop::option::of((vec(unknown_member(4), 0..2), vec(unknown_member(5), 0..2), any::<Index>()));
    let spaces = vec(select(&["", "", " ", "\n", "\t", "\r\n", "  "][..]), 1..40);
    holds(1000, (vec(members(), 1..5), outer, spaces), |(consumers, outer, spaces)| {
        let list = |consumers: Vec<Vec<(String, Json)>>| Json::Array(consumers.into_iter().map(Json::Object).collect());
        let mut kept = consumers.clone();
        for members in &mut kept {
            let is_empty = |value: &Json| *value == Json::Scalar("\"\"".into());
            members.retain(|(key, value)| {
                let key: String = serde_json::from_str(key).expect("a key");
                key != "consumer_build_timestamp" || !is_empty(value)
            });
        }
        let mut expected = vec![(r#""operation""#.to_owned(), Json::Scalar(r#""check""#.into()))];
        let given = match outer {
            None => {
                expected.push((r#""consumers""#.into(), list(kept)));
                list(consumers)
            }
            Some((before, after, at)) => {
                let mut members: Vec<_> = before.into_iter().chain(after).collect();
                let at = at.index(members.len() + 1);
                members.insert(at, (r#""consumers""#.into(), list(kept)));
                expected.extend(members.clone());
                members[at].1 = list(consumers);
                Json::Object(members)
            }
        };
        let mut text = String::new();
        given.write(&mut text, &mut spaces.into_iter().cycle());
        let outcome = told.check(&text, answer.clone());
        prop_assert_eq!(outcome.status(), Status::Ok, "{}: {}", text, outcome.message());
        let request = common::only_request(&told.server);
        let body = String::from_utf8(request.body).expect("UTF-8");
        prop_assert_eq!(Json::read(&body), Json::Object(expected), "{}", text);
        Ok(())
    });
}

/// `body`, damaged in up to three places: bytes changed, put in or taken out.
fn damaged(body: &'static str) -> impl Strategy<Value = Vec<u8>> {
    vec((any::<Index>(), 0..3_u8, any::<u8>()), 0..4).prop_map(move |edits| {
        let mut bytes = body.as_bytes().to_vec();
        for (at, kind, byte) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    })
}

/// A denial, from which three changed bytes make no permission.
const DENIED: &str = r#"{"status":true,"message":"\u0041 \ud83d\ude00","data":[{"component_id":"9876","consumer_id":"qtcreator","installtion_allowed":false},{"component_id":"1234567","consumer_id":"another","installtion_allowed":true}]}"#;

/// Whatever it is, it is no yes, and what is told about it is in order.
fn is_no_yes(outcome: &Outcome) -> TestCaseResult {
    prop_assert!(!outcome.is_allowed("9876"), "{:?}", outcome);
    prop_assert!(outcome.components().iter().all(|component| component.verdict != Verdict::Allowed), "{:?}", outcome);
    prop_assert_ne!(outcome.status(), Status::Internal, "{:?}", outcome);
    prop_assert!(outcome.message().len() <= 2000 && !outcome.message().chars().any(char::is_control));
    let json: serde_json::Value = serde_json::from_str(&outcome.to_json()).expect("JSON");
    prop_assert_eq!(&json["message"], outcome.message());
    Ok(())
}

#[test]
fn arbitrary_bodies_never_allow() {
    let told = Told::new();
    let body = prop_oneof![vec(any::<u8>(), 0..200), any::<String>().prop_map(String::into_bytes), damaged(DENIED)];
    let status = prop_oneof![4 => Just(200), 1 => 200..600_u16];
    holds(1500, (status, body), |(status, body)| is_no_yes(&told.check(CONSUMERS, reply(status, body))));
}

#[test]
fn arbitrary_json_never_allows() {
    let told = Told::new();
    let names = select(&["status", "data", "message", "code", "installtion_allowed", "component_id", "x"][..]);
    let members = vec((names, json()), 0..6);
    holds(1000, (members, any::<bool>()), |(members, status)| {
        // Documented names at the top with values of any kind, each name once.
        let mut members: BTreeMap<&str, Json> = members.into_iter().collect();
        members.entry("status").or_insert(Json::Scalar(status.to_string()));
        let members = members.into_iter().map(|(name, value)| (string(name, false), value)).collect();
        let mut body = String::new();
        Json::Object(members).write(&mut body, &mut std::iter::repeat(""));
        is_no_yes(&told.check(CONSUMERS, reply(200, body)))
    });
}

#[test]
fn arbitrary_bytes_in_place_of_http_never_allow() {
    let told = Told::new();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nX: y\r\n\r\n{}";
    let bytes = prop_oneof![vec(any::<u8>(), 0..300), damaged(head)];
    holds(1000, bytes, |bytes| is_no_yes(&told.check(CONSUMERS, bytes)));
}

#[test]
fn arbitrary_consumers_are_refused_or_shown_as_they_were_asked() {
    let told = Told::new();
    let answer = reply(200, r#"{"status":true,"message":"","data":[]}"#);
    let text = r#"[{"consumer_id":"a","component_id":"b","consumer_build_timestamp":""},{"component_id":"\u0063","consumer_id":"d","x":[1]}]"#;
    holds(1500, damaged(text), |bytes| {
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let outcome = told.check(&text, answer.clone());
        match outcome.status() {
            Status::InvalidConsumers => prop_assert_eq!(outcome.components().len(), 0),
            Status::Ok => {
                let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                let ids = |name: &str| -> Vec<String> {
                    read.as_array().expect("a list").iter().filter_map(|c| c[name].as_str()).map(String::from).collect()
                };
                let shown: BTreeSet<(String, String)> = outcome
                    .components()
                    .iter()
                    .map(|c| (c.component_id.to_owned(), c.consumer_id.to_owned()))
                    .collect();
                prop_assert_eq!(shown, ids("component_id").into_iter().zip(ids("consumer_id")).collect());
            }
            other => prop_assert!(false, "{:?}: {}", other, outcome.message()),
        }
        Ok(())
    });
}
