//! The stage: what it shows of requests, over its interface for scripts.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use qls_standin::{Licenses, Options, Standin};
use serde_json::{Value, json};

use crate::client::*;

pub(crate) const LIST: &str = r#"{"operation":"list"}"#;

/// A stand-in with a stage, as a script uses it.
pub(crate) struct Staged {
    pub(crate) standin: Standin,
    /// The stage's own `HOST:PORT`.
    pub(crate) authority: String,
    /// The path of its page, secret included.
    pub(crate) path: String,
}

impl Staged {
    pub(crate) fn start(options: Options) -> Self {
        let standin = Standin::start(Options { stage: true, ..options }).unwrap();
        let url = standin.stage_url().unwrap().strip_prefix("http://").unwrap().to_owned();
        let (authority, path) = url.split_at(url.find('/').unwrap());
        Self { authority: authority.to_owned(), path: path.to_owned(), standin }
    }

    /// With the demo's licenses, on 2025-06-15.
    pub(crate) fn demo() -> Self {
        let licenses = Licenses::load(sample("demo.json")).unwrap();
        Self::start(Options { today: Some("2025-06-15".parse().unwrap()), ..Options::new(licenses) })
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Reply {
        Client::over(TcpStream::connect(&self.authority).unwrap()).send(method, path, headers, body.as_bytes())
    }

    /// The headers of the page's own requests.
    pub(crate) fn own(&self) -> String {
        format!("Host: {0}\r\nOrigin: http://{0}\r\n", self.authority)
    }

    pub(crate) fn state(&self) -> Value {
        let headers = format!("Host: {}\r\n", self.authority);
        let reply = self.send("GET", &format!("{}state", self.path), &headers, "");
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")), "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    pub(crate) fn post(&self, what: &str, body: &str) -> (u16, Value) {
        let reply = self.send("POST", &format!("{}{what}", self.path), &self.own(), body);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        (reply.status, serde_json::from_str(&reply.body).unwrap())
    }

    pub(crate) fn set(&self, switches: Value) {
        let (status, answer) = self.post("switches", &switches.to_string());
        assert_eq!(status, 200, "{answer}");
    }

    /// The row of the last request.
    pub(crate) fn last(&self) -> Value {
        self.state()["requests"].as_array().unwrap().last().unwrap().clone()
    }

    /// Asks the server for these consumers; the answer's verdicts, and the stage's reasons.
    pub(crate) fn check(&self, consumers: &[Value]) -> Vec<(bool, String)> {
        let reply = post(&self.standin, json!({"operation": "check", "consumers": consumers}).to_string());
        let reply: Value = serde_json::from_str(&reply.body).unwrap();
        let row = self.last();
        let shown = row["components"].as_array().unwrap();
        assert_eq!(shown.len(), consumers.len());
        let verdict = |(answered, shown): (&Value, &Value)| {
            assert_eq!(answered["installtion_allowed"], shown["allowed"]);
            (shown["allowed"].as_bool().unwrap(), shown["reason"].as_str().unwrap().to_owned())
        };
        reply["data"].as_array().unwrap().iter().zip(shown).map(verdict).collect()
    }
}

pub(crate) fn consumer(id: &str, version: &str, built: &str) -> Value {
    json!({"component_id": format!("tools.{id}"), "consumer_id": id, "consumer_version": version,
        "consumer_installation_schema": "commercial", "consumer_build_timestamp": built})
}

pub(crate) fn verdict(allowed: bool, reason: &str) -> (bool, String) {
    (allowed, reason.to_owned())
}

#[test]
fn a_check_is_shown_with_verdicts_and_without_the_token() {
    let staged = Staged::demo();
    let token = staged.standin.token();
    let body = json!({"operation": "check",
        "consumers": [consumer("qtcreator", "15.0.0", "2024-11-22"), consumer("squish_tester", "9.0.0", "")]});
    let query = format!("{PATH}?token={token}");
    let reply = Client::connect(&staged.standin).send("POST", &query, &bearer(&token), body.to_string().as_bytes());

    let state = staged.state();
    let mut row = state["requests"][0].clone();
    assert!(row["time"].as_str().unwrap().ends_with('Z'), "{row}");
    assert!(row["took_ms"].is_u64(), "{row}");
    row["time"].take();
    row["took_ms"].take();
    let component = |id: &str, version: &str, built: &str, allowed: bool, reason: &str| {
        json!({"component_id": format!("tools.{id}"), "consumer_id": id, "version": version, "schema": "commercial",
            "built": built, "allowed": allowed, "reason": reason})
    };
    assert_eq!(
        row,
        json!({"id": 1, "time": null, "method": "POST", "path": PATH, "operation": "check", "consumers": 2,
            "allowed": 1, "denied": 1,
            "components": [
                component("qtcreator", "15.0.0", "2024-11-22", true, "license 10000001 is valid until 2099-12-31"),
                component("squish_tester", "9.0.0", "", false, "license 10000001 covers versions up to 8.0.0"),
            ],
            "licenses": ["license 10000001, until 2099-12-31", "license 10000002, until 2023-12-31",
                "license 10000003, until 2024-06-30"],
            "faults": [], "progress": "answered", "status": 200, "answer": reply.body, "took_ms": null})
    );
    assert!(token.split('.').all(|part| !state.to_string().contains(part)), "{state}");
}

#[test]
fn a_token_in_the_wrong_place_is_not_shown() {
    let staged = Staged::demo();
    let token = staged.standin.token();
    let body = json!({"operation": "check", "consumers": [
        {"component_id": format!("Bearer {token}"), "consumer_id": token, "consumer_version": format!("{token};")}
    ]});
    let mut client = Client::connect(&staged.standin);
    client.send("POST", PATH, &bearer(&token), body.to_string().as_bytes());
    client.send("GET", &format!("/{token}/x"), "", b"");
    let state = staged.state();
    let row = &state["requests"][0]["components"][0];
    assert_eq!((&row["component_id"], &row["version"]), (&json!("Bearer [token]…"), &json!("[token]…")));
    assert_eq!(row["reason"], "no license names [token]");
    assert_eq!(state["requests"][1]["path"], "/[token]…");
    for before in ["x", "Bearer_", "token-", "a.", "%20", "%22", "é"] {
        client.send(
            "POST",
            PATH,
            &bearer(&token),
            json!({"operation": "check", "consumers": [
                {"component_id": format!("{before}{token}"), "consumer_id": "eyJ is no token"}
            ]})
            .to_string()
            .as_bytes(),
        );
        let state = staged.state();
        let row = &state["requests"].as_array().expect("requests").last().expect("one")["components"][0];
        assert_eq!(row["component_id"], format!("{before}[token]…"));
        assert_eq!(row["consumer_id"], "eyJ is no token");
    }
    let state = staged.state();
    assert!(token.split('.').all(|part| !state.to_string().contains(&part[..20])), "{state}");
}

#[test]
fn every_reason_is_given() {
    let staged = Staged::demo();
    let consumers = [
        consumer("qtframework", "6.7.0", "2024-04-02"),
        consumer("qtframework", "6.8.0", "2024-10-08"),
        consumer("qtframework", "6.8.0", ""),
        consumer("squish_coco", "7.2.0", ""),
        consumer("test_center", "3.4.0", ""),
        json!({"component_id": "1", "consumer_id": "qtcreator", "consumer_installation_schema": "opensource"}),
    ];
    let perpetual = "license 10000003 is perpetual: it covers builds up to 2024-06-30, this one is of 2024-04-02";
    assert_eq!(
        staged.check(&consumers),
        [
            verdict(true, perpetual),
            verdict(false, "license 10000003 ended on 2024-06-30, and the build is of 2024-10-08"),
            verdict(false, "license 10000003 ended on 2024-06-30, and the consumer has no build timestamp"),
            verdict(false, "license 10000002 ended on 2023-12-31"),
            verdict(false, "no license names test_center"),
            verdict(false, "license 10000001 is not for open source"),
        ]
    );

    let license = |id: Value, schema: &str, from: &str| {
        json!({"license_info": {"type": "subscription", "schema": schema, "valid_from": from, "valid_to": "2030-12-31",
            "license_id": id}, "consumers": [{"consumer_id": "tool", "consumer_version": ""}]})
    };
    let file = json!({"licenses": [license("".into(), "opensource", "2025-01-01"), license(7.into(), "commercial", "2026-01-01")]});
    let staged = Staged::start(options(&file.to_string()));
    assert_eq!(
        staged.check(&[consumer("tool", "1", "")]),
        [verdict(false, "licenses[0] is for open source alone; license 7 begins on 2026-01-01")]
    );
}

#[test]
fn a_check_that_a_fault_answers_is_shown_without_verdicts() {
    let staged = Staged::demo();
    staged.set(json!({"faults": ["status=500"]}));
    let consumers = [consumer("qtcreator", "15.0.0", "")];
    assert_eq!(post(&staged.standin, json!({"operation": "check", "consumers": consumers}).to_string()).status, 500);
    let row = staged.last();
    assert_eq!(row["components"][0]["component_id"], "tools.qtcreator");
    assert_eq!((&row["components"][0]["allowed"], &row["components"][0]["reason"]), (&Value::Null, &Value::Null));
    assert_eq!((&row["status"], &row["allowed"], &row["denied"]), (&json!(500), &json!(0), &json!(0)));
}

#[test]
fn rows_tell_how_a_request_goes_on() {
    let staged = Staged::start(options(NO_LICENSES));
    staged.set(json!({"faults": ["1*broken", "silence"]}));
    let ask = || {
        let mut stream = TcpStream::connect(staged.standin.addr()).unwrap();
        write!(stream, "POST /a?b HTTP/1.1\r\nHost: standin\r\nContent-Length: 0\r\n\r\n").unwrap();
        stream
    };
    let until = |number: usize, member: &str, value: Value| {
        loop {
            let row = &staged.state()["requests"][number];
            if row[member] == value {
                return row.clone();
            }
            thread::sleep(Duration::from_millis(5));
        }
    };
    let _broken = ask();
    let row = until(0, "progress", "broken".into());
    assert_eq!((&row["status"], &row["path"], &row["operation"]), (&Value::Null, &json!("/a"), &Value::Null));
    let silent = ask();
    // The row is there before its faults are chosen.
    let row = until(1, "faults", json!(["silence"]));
    assert_eq!((&row["progress"], &row["took_ms"]), (&json!("waiting"), &Value::Null));
    drop(silent);
    assert!(until(1, "progress", "gone".into())["took_ms"].is_u64());
}

#[test]
fn a_page_is_told_every_change() {
    let staged = Staged::start(options(NO_LICENSES));
    let stream = TcpStream::connect(&staged.authority).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(&stream, "GET {}events HTTP/1.1\r\nHost: {}\r\n\r\n", staged.path, staged.authority).unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next = || {
        let event = lines.find_map(|line| Some(line.strip_prefix("event: ")?.to_owned())).unwrap();
        let data = lines.find_map(|line| Some(serde_json::from_str::<Value>(line.strip_prefix("data: ")?).unwrap()));
        (event, data.unwrap())
    };
    assert_eq!(next(), ("state".to_owned(), staged.state()));

    staged.set(json!({"faults": ["1*html"]}));
    let (event, switches) = next();
    assert_eq!(
        (&*event, &switches["switches"]["faults"], &switches["scene"]),
        ("switches", &json!(["1*html"]), &Value::Null)
    );

    post(&staged.standin, LIST);
    // Some come several times, and in an order that is not promised: each tells how things are now.
    let (mut over, mut row) = (false, Value::Null);
    while !over || row["progress"] != "answered" {
        match next() {
            (event, switches) if event == "switches" => over = switches["switches"]["faults"] == json!([]),
            (_, request) => row = request,
        }
    }
    assert_eq!(row, staged.last());

    staged.post("clear", "");
    let (event, state) = loop {
        let (event, data) = next();
        if event == "state" {
            break (event, data);
        }
    };
    assert_eq!((event, &state["requests"]), ("state".to_owned(), &json!([])));
}

#[test]
fn what_is_kept_is_bounded() {
    let staged = Staged::start(options(NO_LICENSES));
    let mut client = Client::connect(&staged.standin);
    for number in 0..502 {
        client.send("GET", &format!("/{number}"), "", b"");
    }
    let state = staged.state();
    let paths: Vec<&str> = state["requests"].as_array().unwrap().iter().map(|r| r["path"].as_str().unwrap()).collect();
    assert_eq!((paths.len(), paths[0], paths[499]), (500, "/2", "/501"));

    // Eleven requests of 500 components are too many: the oldest gives way.
    let long = "ä".repeat(300);
    let consumers: Vec<Value> = (0..600).map(|_| json!({"component_id": long, "consumer_id": "a"})).collect();
    let body = json!({"operation": "check", "consumers": consumers}).to_string();
    for _ in 0..11 {
        client.send("POST", PATH, &bearer(&staged.standin.token()), body.as_bytes());
    }
    let state = staged.state();
    assert_eq!(state["requests"].as_array().unwrap().len(), 10);
    let row = &state["requests"][9];
    assert_eq!((&row["consumers"], &row["denied"]), (&json!(600), &json!(600)));
    assert_eq!(row["components"].as_array().unwrap().len(), 500);
    assert_eq!(row["components"][0]["component_id"], format!("{}…", "ä".repeat(200)));
    assert_eq!(row["answer"].as_str().unwrap().chars().count(), 2001);
}
