//! What comes out of pipes: tables, JSON, errors and exit codes.

mod common;

use std::fs;
use std::process::Stdio;

use common::{CLOSED, Place, consumers, program, root, run};
use serde_json::Value;

const CREATOR: &str =
    r#"[{"consumer_id":"qtcreator","consumer_version":"14.0.2","component_id":"qt.tools.qtcreator"}]"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn check_prints_the_readmes_table() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let start = readme.find("COMPONENT ").expect("the table");
    let table = &readme[start..start + readme[start..].find("```").expect("its end")];
    let place = Place::new();
    assert_eq!(place.ask(&["check", &consumers()]).with(1), (table.to_owned(), String::new()));
}

#[test]
fn check_ends_with_0_when_all_are_allowed() {
    let place = Place::new();
    let (output, _) = place.ask(&["check", &place.file("c.json", CREATOR)]).with(0);
    assert_eq!(output, "COMPONENT           CONSUMER   VERDICT\nqt.tools.qtcreator  qtcreator  allowed\n");
    let (from_pipe, _) = run(program(&["check", "-"]).args(place.asking()), CREATOR).with(0);
    assert_eq!(from_pipe, output);
}

#[test]
fn list_prints_the_licenses() {
    let place = Place::new();
    let (output, _) = place.ask(&["list"]).with(0);
    assert!(output.starts_with("LICENSE   TYPE          SCHEMA      FROM        TO          CONSUMERS\n"), "{output}");
    let row = "10000001  subscription  commercial  2024-01-01  2099-12-31  qtcreator, squish_tester 8.0.0\n";
    assert!(output.contains(row), "{output}");
    let none = Place::with(place.file("none.json", r#"{"licenses": []}"#).as_ref(), &[]);
    none.ask(&["list"]).with(1);
}

#[test]
fn json_is_the_outcome_with_and_without_an_answer() {
    let place = Place::new();
    let (output, _) = place.ask(&["check", &consumers(), "--json"]).with(1);
    assert_eq!(json(&output)["components"][0]["verdict"], "allowed");
    let (output, _) = place.ask(&["list", "--json"]).with(0);
    assert_eq!(json(&output)["licenses"].as_array().map(Vec::len), Some(3));
    let token = place.path("token").display().to_string();
    let (output, errors) =
        run(&mut program(&["list", "--json", "--server", CLOSED, "--retries", "0", "--token-file", &token]), "")
            .with(2);
    assert_eq!(json(&output)["status"], "QLS_CONNECT_FAILED");
    assert!(errors.contains("[QLS_CONNECT_FAILED, connection-refused]"), "{errors}");
}

#[test]
fn json_is_also_printed_where_nothing_was_tried() {
    let place = Place::new();
    let (none, empty, spoilt) =
        (place.file("none.json", "[]"), place.file("empty", "\n"), place.file("spoilt", "abc\0"));
    let cases: &[(&[&str], &str, Value)] = &[
        (&["check", "missing.json"], "QLS_INVALID_CONSUMERS", Value::Null),
        (&["check", &none, "--server", place.standin.url()], "QLS_INVALID_CONSUMERS", Value::Null),
        (&["list", "--token-file", "missing"], "QLS_INVALID_TOKEN", "token-file-unreadable".into()),
        (&["list", "--token-file", &empty], "QLS_INVALID_TOKEN", "token-empty".into()),
        (&["list", "--token-file", &spoilt], "QLS_INVALID_TOKEN", "token-invalid-character".into()),
        (&["list", "--proxy-file", &empty], "QLS_CONFIGURATION", "proxy-setting-invalid".into()),
    ];
    for (arguments, status, cause) in cases {
        let (output, errors) = run(program(arguments).arg("--json"), "").with(3);
        let outcome = json(&output);
        assert_eq!(output.matches("\":").count(), 4, "{output}");
        assert_eq!((&outcome["status"], &outcome["cause"]), (&Value::from(*status), cause), "{arguments:?}");
        assert!(errors.contains(outcome["message"].as_str().expect("a message")), "{errors}");
    }
}

#[test]
fn it_cannot_ask() {
    let slow = Place::with_faults(&["delay=60s"]);
    let (output, errors) = slow.ask(&["list", "--timeout", "0.3"]).with(2);
    assert_eq!(output, "");
    assert!(errors.contains("QLS_TIMEOUT"), "{errors}");
    let away = ["list", "--plain-http", "--proxy", CLOSED, "--retries", "0", "--server", "http://192.0.2.1"];
    let token = slow.path("token").display().to_string();
    let (_, errors) = run(program(&away).args(["--token-file", &token]), "").with(2);
    assert!(errors.contains("QLS_PROXY_FAILED"), "{errors}");
}

#[test]
fn it_is_refused() {
    for (fault, word) in [("status=403", "QLS_UNAUTHORIZED"), ("status=404", "QLS_NOT_FOUND")] {
        let (_, errors) = Place::with_faults(&[fault]).ask(&["list"]).with(3);
        assert!(errors.contains(word), "{errors}");
    }
    let place = Place::new();
    let token = place.path("token").display().to_string();
    for (server, more, word) in [
        ("http://192.0.2.1", [].as_slice(), "plain-http-refused"),
        ("https://127.0.0.1:1", &["--ca-file", "missing.pem"], "ca-file-unreadable"),
    ] {
        let mut command = program(&["list", "--server", server, "--token-file", &token]);
        let (_, errors) = run(command.args(more), "").with(3);
        assert!(errors.contains(word), "{errors}");
    }
    let (_, errors) = Place::with_faults(&["expired-token"]).ask(&["list"]).with(3);
    assert!(errors.contains("QLS_UNAUTHORIZED"), "{errors}");
    let wrong = place.file("wrong.json", r#"[{"consumer_id": 1}]"#);
    let (_, errors) = place.ask(&["check", &wrong]).with(3);
    assert!(errors.contains("consumers[0].consumer_id"), "{errors}");
    let (_, errors) = place.ask(&["check", "missing.json"]).with(3);
    assert!(errors.contains("missing.json: ") && errors.contains("(os error 2)"), "{errors}");
}

#[test]
fn a_list_that_asks_for_nothing_is_no_yes() {
    let place = Place::new();
    for content in ["[]", r#"{"consumers": []}"#] {
        let path = place.file("empty.json", content);
        let (output, errors) = place.ask(&["check", &path]).with(3);
        assert_eq!(output, "");
        assert!(errors.contains(&format!("{path}: asks for nothing: the list of consumers is empty")), "{errors}");
    }
}

#[test]
fn an_empty_file_of_consumers_is_named() {
    let place = Place::new();
    for content in ["", " \r\n", "\u{feff}"] {
        let path = place.file("empty.json", content);
        let (output, errors) = place.ask(&["check", &path]).with(3);
        assert_eq!(output, "");
        assert!(errors.contains(&format!("{path}: is empty: it is to hold the consumers, as JSON")), "{errors}");
        assert!(errors.contains("[QLS_INVALID_CONSUMERS, not-json]"), "{errors}");
    }
}

#[test]
fn files_may_have_a_byte_order_mark_but_not_be_utf_16() {
    let place = Place::new();
    place.file("token", format!("\u{feff}{}\r\n", place.standin.token()));
    place.ask(&["list"]).with(0);
    let utf_16: Vec<u8> = "[] ".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for content in [utf_16.clone(), [&[0xff, 0xfe], &*utf_16].concat()] {
        let (_, errors) = place.ask(&["check", &place.file("utf16.json", content)]).with(3);
        assert!(errors.contains("is UTF-16: save it as UTF-8"), "{errors}");
    }
    place.file("token", b"abc\xff");
    let (_, errors) = place.ask(&["list"]).with(3);
    assert!(errors.contains("is not UTF-8 at byte 3"), "{errors}");
    for length in [32 * 1024 + 1, 100_000] {
        place.file("token", format!("\u{feff}{}\n", "x".repeat(length)));
        let (_, errors) = place.ask(&["list"]).with(3);
        assert!(errors.contains("token-too-long"), "{errors}");
    }
    place.file("token", " not.a.token\n");
    let (_, errors) = place.ask(&["list"]).with(3);
    assert!(errors.contains("token-invalid-character"), "{errors}");
}

#[test]
fn a_license_of_any_shape_is_one_printable_row() {
    let licenses = r#"{"licenses": [{"license_info": {"license_id": "a\u001b[31m\nb\u202e", "type": "t", "schema": "é",
        "valid_from": "2024-01-01", "valid_to": "2099-12-31"}, "consumers": [{"consumer_id": "c", "consumer_version": ""}]}]}"#;
    let place = Place::new();
    let odd = Place::with(place.file("odd.json", licenses).as_ref(), &[]);
    let (output, _) = odd.ask(&["list"]).with(0);
    assert_eq!(output.lines().count(), 2, "{output}");
    assert!(output.contains(r"a\u{1b}[31m\nb\u{202e}  t     é       2024-01-01  2099-12-31  c"), "{output}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_none() {
    let place = Place::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let mut command = program(&["check", &consumers()]);
    let ended = command.args(place.asking()).stdout(full).stderr(Stdio::piped()).output().expect("the program");
    let (_, errors) = common::ended(ended).with(3);
    assert!(errors.starts_with("qls-precheck: standard output: "), "{errors}");
}

/// Standard error is full, or a pipe that nobody reads.
#[cfg(target_os = "linux")]
#[test]
fn an_error_that_cannot_be_written_changes_nothing_else() {
    let cases: &[(i32, &str, &[&str])] = &[
        (2, "QLS_CONNECT_FAILED", &["list", "--json", "--retries", "0", "--server", CLOSED, "--token-file", "token"]),
        (3, "QLS_INVALID_CONSUMERS", &["check", "--json", "missing.json"]),
        (3, "", &["check", "missing.json"]),
        (64, "", &["ask"]),
        (64, "", &["list", "--json", "more"]),
    ];
    let place = Place::new();
    for (code, status, arguments) in cases {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let (_, unread) = std::io::pipe().expect("a pipe");
        for stderr in [Stdio::from(full), Stdio::from(unread)] {
            let mut command = program(arguments);
            let ended = command.current_dir(place.path("")).stdout(Stdio::piped()).stderr(stderr).output();
            let (output, _) = common::ended(ended.expect("the program")).with(*code);
            assert!(if status.is_empty() { output.is_empty() } else { json(&output)["status"] == *status }, "{output}");
        }
    }
}

#[test]
fn a_reader_that_has_seen_enough_changes_nothing() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = program(&["check", &consumers()]);
    let ended = command.args(place.asking()).stdout(writer).stderr(Stdio::piped()).output().expect("the program");
    assert_eq!(common::ended(ended).with(1), (String::new(), String::new()));
}

#[test]
fn a_user_id_is_sent_along() {
    let place = Place::new();
    let object = format!(r#"{{"consumers": {CREATOR}, "x": 1}} "#);
    place.ask(&["check", &place.file("array.json", CREATOR), "--user-id", "a\"b"]).with(0);
    place.ask(&["check", &place.file("object.json", object), "--user-id", "a\"b"]).with(0);
    place.ask(&["list", "--user-id", "a\"b"]).with(0);
    for request in place.standin.requests() {
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        assert_eq!(body["user_id"], "a\"b");
    }
    let both = place.file("both.json", format!(r#"{{"user_id": "c", "consumers": {CREATOR}}}"#));
    let (_, errors) = place.ask(&["check", &both, "--user-id", "d"]).with(3);
    assert!(errors.contains("has a \"user_id\" already"), "{errors}");
    assert_eq!(place.standin.requests().len(), 3);
    let wrong = place.file("wrong.json", r#"[{"consumer_id": 1}]"#);
    let messages = [&[][..], &["--user-id", "d"]].map(|more| place.ask(&[&["check", &wrong], more].concat()).with(3));
    assert_eq!(messages[0], messages[1], "the place in the text is that of the user's own");
}
