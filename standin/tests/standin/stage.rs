//! The stage: its rows and switches, over its interface for scripts.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use qls_standin::{Licenses, Options, Standin};
use serde_json::{Value, json};

use crate::client::*;

const LIST: &str = r#"{"operation":"list"}"#;

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

    fn post(&self, what: &str, body: &str) -> (u16, Value) {
        let reply = self.send("POST", &format!("{}{what}", self.path), &self.own(), body);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        (reply.status, serde_json::from_str(&reply.body).unwrap())
    }

    fn set(&self, switches: Value) {
        let (status, answer) = self.post("switches", &switches.to_string());
        assert_eq!(status, 200, "{answer}");
    }

    /// The row of the last request.
    fn last(&self) -> Value {
        self.state()["requests"].as_array().unwrap().last().unwrap().clone()
    }

    /// Asks the server for these consumers; the answer's verdicts, and the stage's reasons.
    fn check(&self, consumers: &[Value]) -> Vec<(bool, String)> {
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

fn consumer(id: &str, version: &str, built: &str) -> Value {
    json!({"component_id": format!("tools.{id}"), "consumer_id": id, "consumer_version": version,
        "consumer_installation_schema": "commercial", "consumer_build_timestamp": built})
}

fn verdict(allowed: bool, reason: &str) -> (bool, String) {
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
fn faults_are_switched_at_once() {
    let staged = Staged::start(Options { faults: vec!["2*status=403".parse().unwrap()], ..options(NO_LICENSES) });
    let faults = || staged.state()["switches"]["faults"].clone();
    assert_eq!(post(&staged.standin, LIST).status, 403);
    assert_eq!(faults(), json!(["1*status=403"]));
    assert_eq!(post(&staged.standin, LIST).status, 403);
    assert_eq!((post(&staged.standin, LIST).status, faults()), (200, json!([])));

    let all = json!([
        "delay=1s 500ms",
        "3*status=404",
        "html",
        "redirect=https://example.com/a*b=c",
        "expired-token",
        "1*broken",
        "silence"
    ]);
    staged.set(json!({"faults": all}));
    assert_eq!(faults(), all);

    staged.set(json!({"faults": ["delay=10ms", "1*status=503", "html"]}));
    assert_eq!([(); 3].map(|()| post(&staged.standin, LIST).status), [503, 200, 200]);
    let row = staged.last();
    assert_eq!((&row["faults"], &row["operation"]), (&json!(["delay=10ms", "html"]), &json!("list")));
    assert!(row["answer"].as_str().unwrap().contains("<h1>Sign in"), "{row}");
    staged.set(json!({}));
    assert_eq!(post(&staged.standin, LIST).body.find("Fetched"), Some(26));
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
fn licenses_are_judged_as_switched() {
    let staged = Staged::demo();
    let asked = [consumer("qtcreator", "15.0.0", ""), consumer("squish_coco", "7.2.0", "")];

    staged.set(json!({"licenses": [{"license": 0, "on": false}, {"license": 1, "valid_to": "2025-06-15"}]}));
    assert_eq!(
        staged.check(&asked),
        [
            verdict(false, "license 10000001 is switched off"),
            verdict(true, "license 10000002 is valid until 2025-06-15")
        ]
    );
    assert_eq!(
        staged.last()["licenses"],
        json!(["license 10000002, until 2025-06-15", "license 10000003, until 2024-06-30"])
    );
    staged.set(json!({"licenses": [{"license": 0, "valid_from": "2025-06-16"}]}));
    assert_eq!(
        staged.check(&asked),
        [
            verdict(false, "license 10000001 begins on 2025-06-16"),
            verdict(false, "license 10000002 ended on 2023-12-31")
        ]
    );
}

/// What is listed is as it was written, but for the dates that were moved.
#[test]
fn licenses_are_listed_as_switched() {
    let license = |from: &str, to: &str| {
        format!(
            r#"{{ "x":1e2,"license_info":{{"valid_to": "{to}","type":"","schema":"","valid_from":"{from}" }},"consumers":[],"valid_to":"" }}"#
        )
    };
    let staged = Staged::start(options(&format!(
        r#"{{"licenses":[{},{}]}}"#,
        license("2021-01-01", "2021-12-31"),
        license("2022-01-01", "2022-12-31")
    )));
    let listed = |licenses: &[String]| {
        let expected = format!(r#""Fetched available licenses for user.","licenses":[{}]}}"#, licenses.join(","));
        let reply = post(&staged.standin, LIST).body;
        assert!(reply.ends_with(&expected), "{reply}");
    };
    staged.set(json!({"licenses": [{"license": 0, "on": false}, {"license": 1, "valid_to": "2025-06-15"}]}));
    listed(&[license("2022-01-01", "2025-06-15")]);
    staged.set(json!({"licenses": [{"license": 1, "valid_from": "0999-01-01", "valid_to": "9999-12-31"}]}));
    listed(&[license("2021-01-01", "2021-12-31"), license("0999-01-01", "9999-12-31")]);
    staged.set(json!({}));
    listed(&[license("2021-01-01", "2021-12-31"), license("2022-01-01", "2022-12-31")]);
}

#[test]
fn the_state_s_switches_can_be_set_again() {
    let staged = Staged::demo();
    staged.set(json!({"faults": ["1*html"], "licenses": [{"license": 2, "on": false, "valid_to": "2027-01-01"}]}));
    let state = staged.state();
    assert_eq!(
        state["switches"]["licenses"][2],
        json!({"license": 2, "on": false, "valid_from": "2021-07-01", "valid_to": "2027-01-01"})
    );
    assert_eq!(
        state["licenses"][2],
        json!({"name": "license 10000003", "about": "perpetual, commercial: qtframework"})
    );
    assert_eq!(state["server"], staged.standin.url());
    staged.set(json!({}));
    staged.set(state["switches"].clone());
    assert_eq!(staged.state()["switches"], state["switches"]);
}

#[test]
fn scenes_set_several_switches() {
    let staged = Staged::start(Options {
        faults: vec!["1*status=418".parse().unwrap()],
        today: Some("2025-06-15".parse().unwrap()),
        ..Options::new(Licenses::load(sample("demo.json")).unwrap())
    });
    let state = staged.state();
    assert_eq!(state["scene"], "as-started");
    let names: Vec<&str> = state["scenes"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    let asked = [consumer("qtcreator", "15.0.0", ""), consumer("qtframework", "6.7.0", "2024-04-02")];
    let body = json!({"operation": "check", "consumers": asked}).to_string();
    // (scene, statuses of two answers, verdicts of the last one)
    let scenes = [
        ("as-started", [418, 200], Some((2, 0))),
        ("new-colleague", [200, 200], Some((0, 2))),
        ("ran-out-yesterday", [200, 200], Some((1, 1))),
        ("expired-overnight", [401, 401], None),
        ("login-page", [200, 200], None),
        ("maintenance", [503, 503], None),
    ];
    for (scene, statuses, verdicts) in scenes {
        let (status, answer) = staged.post(&format!("scenes/{scene}"), "");
        assert_eq!((status, &answer["scene"]), (200, &json!(scene)));
        assert_eq!([(); 2].map(|()| post(&staged.standin, &body).status), statuses, "{scene}");
        let row = staged.last();
        let given = row["components"][0]["allowed"].is_boolean().then(|| (&row["allowed"], &row["denied"]));
        assert_eq!(given, verdicts.map(|(a, d)| (json!(a), json!(d))).as_ref().map(|(a, d)| (a, d)), "{scene}");
        // A count that runs down is still the scene.
        assert_eq!(staged.state()["scene"], scene);
    }
    let slow = ["busy-monday", "shaky-line", "silent-firewall"].map(|scene| {
        let (status, answer) = staged.post(&format!("scenes/{scene}"), "");
        assert_eq!(status, 200);
        answer["switches"]["faults"].clone()
    });
    assert_eq!(slow, [json!(["delay=2s", "2*status=429"]), json!(["delay=1s", "1*broken"]), json!(["silence"])]);
    assert_eq!(names.len(), scenes.len() + slow.len(), "a scene without a test: {names:?}");

    staged.set(json!({}));
    assert_eq!(staged.state()["scene"], Value::Null);
    assert_eq!(staged.post("scenes/nonesuch", ""), (404, json!({"error": "there is no scene \"nonesuch\""})));
}

#[test]
fn wrong_switches_are_explained_and_change_nothing() {
    let staged = Staged::demo();
    let before = staged.state();
    for (body, message) in [
        ("html", "expected value at line 1 column 1"),
        (
            r#"{"faults":["html","flood"]}"#,
            "faults[1]: expected delay=TIME, status=CODE, html, redirect=URL, expired-token, broken or silence, each with N* before it or not, found \"flood\"",
        ),
        (r#"{"fault":["html"]}"#, "fault: unknown field `fault`, expected `faults` or `licenses`"),
        (
            r#"{"faults":["html"],"licenses":[{"license":3}]}"#,
            "licenses[0].license: there are 3, counted from 0, and no 3",
        ),
        (
            r#"{"licenses":[{"license":0,"valid_to":"soon"}]}"#,
            "licenses[0].valid_to: expected a date YYYY-MM-DD, found \"soon\"",
        ),
        (r#"{"licenses":[{"on":false}]}"#, "licenses[0]: missing field `license`"),
    ] {
        let (status, answer) = staged.post("switches", body);
        assert_eq!(status, 400, "{body}");
        assert_eq!(answer["error"], message);
    }
    assert_eq!(staged.state(), before);
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
    let until = |number: usize, progress: &str| {
        loop {
            let row = &staged.state()["requests"][number];
            if row["progress"] == progress {
                return row.clone();
            }
            thread::sleep(Duration::from_millis(5));
        }
    };
    let _broken = ask();
    let row = until(0, "broken");
    assert_eq!((&row["status"], &row["path"], &row["operation"]), (&Value::Null, &json!("/a"), &Value::Null));
    let silent = ask();
    let row = until(1, "waiting");
    assert_eq!((&row["faults"], &row["took_ms"]), (&json!(["silence"]), &Value::Null));
    drop(silent);
    assert!(until(1, "gone")["took_ms"].is_u64());
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
