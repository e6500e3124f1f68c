//! The stage's switches and scenes: what clients meet, and what the stage shows of it.

use qls_standin::{Licenses, Options};
use serde_json::{Value, json};

use crate::{client::*, stage::*};

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
        ("html", "the body is no JSON: expected value at line 1 column 1"),
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
    let (status, answer) = staged.post("switches", &" ".repeat(3 * 1024 * 1024));
    assert_eq!((status, answer["error"].is_string()), (413, true), "{answer}");
    assert_eq!(staged.state(), before);
}
