//! What happens to consumers on their way: an empty build timestamp is left out wherever it stands, everything
//! else arrives as it was given, and a hundred thousand of them are no more trouble than one each.

mod common;

use std::time::{Duration, Instant};

use common::{TOKEN, client, only_request, sent_body, verdicts};
use qls_precheck_core::{Status, Verdict};
use support::{RawServer, read_request, reply};

/// The list as it was sent.
fn sent_list(consumers: &str) -> String {
    let body = sent_body(consumers);
    let list = body.strip_prefix(r#"{"operation":"check","consumers":"#).and_then(|rest| rest.strip_suffix('}'));
    list.unwrap_or_else(|| panic!("{body}")).to_owned()
}

#[test]
fn an_empty_build_timestamp_is_left_out() {
    for (given, sent) in [
        // first, middle, last
        (
            r#"[{"consumer_build_timestamp":"","consumer_id":"a","component_id":"b"}]"#,
            r#"[{"consumer_id":"a","component_id":"b"}]"#,
        ),
        (
            r#"[{"consumer_id":"a","consumer_build_timestamp":"","component_id":"b"}]"#,
            r#"[{"consumer_id":"a","component_id":"b"}]"#,
        ),
        (
            r#"[{"consumer_id":"a","component_id":"b","consumer_build_timestamp":""}]"#,
            r#"[{"consumer_id":"a","component_id":"b"}]"#,
        ),
        // after members whose text looks like the key's or a comma's surroundings
        (
            r#"[{"consumer_id":"a","x":"consumer_build_timestamp","consumer_build_timestamp":"","component_id":"b,"}]"#,
            r#"[{"consumer_id":"a","x":"consumer_build_timestamp","component_id":"b,"}]"#,
        ),
        (
            r#"[{"consumer_id":"a","component_id":"b,\"","consumer_build_timestamp":""}]"#,
            r#"[{"consumer_id":"a","component_id":"b,\""}]"#,
        ),
        (
            r#"[{"consumer_id":"a","component_id":"b","x":{"consumer_build_timestamp":""},"consumer_build_timestamp":""}]"#,
            r#"[{"consumer_id":"a","component_id":"b","x":{"consumer_build_timestamp":""}}]"#,
        ),
        // with an escaped key
        (
            r#"[{"consumer_id":"a","consumer\u005fbuild_timest\u0061mp":"","component_id":"b"}]"#,
            r#"[{"consumer_id":"a","component_id":"b"}]"#,
        ),
        // in several, next to one that is not empty
        (
            r#"[{"consumer_build_timestamp":"","consumer_id":"a","component_id":"b"},{"consumer_id":"ä","component_id":"😀","consumer_build_timestamp":"2024-12-12"},{"consumer_id":"c","component_id":"d","consumer_build_timestamp":""}]"#,
            r#"[{"consumer_id":"a","component_id":"b"},{"consumer_id":"ä","component_id":"😀","consumer_build_timestamp":"2024-12-12"},{"consumer_id":"c","component_id":"d"}]"#,
        ),
        // only an empty one: white space is the server's to judge
        (
            r#"[{"consumer_id":"a","component_id":"b","consumer_build_timestamp":" "}]"#,
            r#"[{"consumer_id":"a","component_id":"b","consumer_build_timestamp":" "}]"#,
        ),
        (
            r#"[{"consumer_id":"a","component_id":"b","consumer_version":""}]"#,
            r#"[{"consumer_id":"a","component_id":"b","consumer_version":""}]"#,
        ),
    ] {
        assert_eq!(sent_list(given), sent, "{given}");
    }
}

#[test]
fn an_empty_build_timestamp_is_left_out_in_any_layout() {
    let ids = ["\"consumer_id\" : \"a\"", "\"component_id\"\t:\n\"b\""];
    for stamp in [
        "\"consumer_build_timestamp\":\"\"",
        "\"consumer_build_timestamp\"\r\n:\t \"\"",
        "\"consumer_build_timestamp\": \"\"",
    ] {
        for members in [[stamp, ids[0], ids[1]], [ids[0], stamp, ids[1]], [ids[0], ids[1], stamp]] {
            for (comma, space) in [(",", ""), (" , ", " "), ("\n,\n\n", "\r\n\t")] {
                let given = format!("{space}[{space}{{{space}{}{space}}}{space}]{space}", members.join(comma));
                let sent = sent_list(&given);
                let read: serde_json::Value =
                    serde_json::from_str(&sent).unwrap_or_else(|error| panic!("{given:?} became {sent:?}: {error}"));
                assert_eq!(read, serde_json::json!([{"consumer_id": "a", "component_id": "b"}]), "{given:?}");
            }
        }
    }
}

#[test]
fn an_empty_build_timestamp_is_left_out_in_the_object_form() {
    let given = r#" {"consumer_build_timestamp":"","consumers":[{"consumer_id":"a","component_id":"b","consumer_build_timestamp":""}],"user_id":""}"#;
    // Beside the list the name has no meaning, so it stays.
    assert_eq!(
        sent_body(given),
        r#"{"operation":"check","consumer_build_timestamp":"","consumers":[{"consumer_id":"a","component_id":"b"}],"user_id":""}"#
    );
}

#[test]
fn values_are_never_split_or_rewritten() {
    let given = r#"[{"consumer_id":"Qt Creator \ud83d\ude00 \u00e9é","component_id":"a | b","consumer_installation_schema":"commercial | opensource","unknown":{"k":[null,true,"\/"]}}]"#;
    assert_eq!(sent_list(given), given);
}

/// Some 250 bytes per consumer.
fn hundred_thousand(stamp: &str) -> String {
    let mut text = String::from("[");
    for n in 0..100_000 {
        let comma = if n == 0 { "" } else { "," };
        text.push_str(&format!(
            r#"{comma}{{"consumer_id":"qtcreator","consumer_version":"6.0.{n}","consumer_installation_schema":"commercial","consumer_supported_features":"host_platform, target_platform","consumer_build_timestamp":"{stamp}","component_id":"com.example.component.{n}"}}"#
        ));
    }
    text.push(']');
    text
}

#[test]
fn fault_014a_a_hundred_thousand_consumers() {
    let server = RawServer::serving(|stream, requests| {
        let Some(request) = read_request(&*stream) else { return };
        requests.lock().expect("no panic").push(request);
        let mut body = String::from(r#"{"status":true,"message":"","data":["#);
        // Backwards, every third denied, and the last of the request without a verdict.
        for n in (0..99_999).rev() {
            let allowed = n % 3 != 0;
            body.push_str(&format!(
                r#"{{"component_id":"com.example.component.{n}","consumer_id":"qtcreator","installtion_allowed":{allowed}}},"#
            ));
        }
        body.pop();
        body.push_str("]}");
        let _ = std::io::Write::write_all(stream, &reply(200, body));
    });
    let consumers = hundred_thousand("2024-12-12");
    let outcome = client(&server).check(Some(TOKEN), &*consumers);
    assert_eq!(outcome.status(), Status::Ok, "{}", outcome.message());
    let body = only_request(&server).body;
    assert!(body == format!(r#"{{"operation":"check","consumers":{consumers}}}"#).as_bytes(), "the body differs");
    let expected: Vec<Verdict> = (0..100_000)
        .map(|n| match n {
            99_999 => Verdict::Unknown,
            n if n % 3 == 0 => Verdict::Denied,
            _ => Verdict::Allowed,
        })
        .collect();
    assert!(verdicts(&outcome) == expected, "the verdicts differ");
    // Looking each of them up must not be quadratic either: that would take minutes.
    let begun = Instant::now();
    let document = outcome.document();
    for (n, expected) in expected.iter().enumerate() {
        let id = format!("com.example.component.{n}");
        assert_eq!(outcome.is_allowed(&id), *expected == Verdict::Allowed, "{id}");
        assert_eq!(document.get(&format!("/components/{n}/component_id")), Some(id));
    }
    assert_eq!(document.count("/components"), 100_000);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn fault_014a_a_hundred_thousand_empty_timestamps_are_left_out_in_linear_time() {
    let server = RawServer::replying(reply(200, r#"{"status":true,"message":"","data":[]}"#));
    let consumers = hundred_thousand("");
    let mut client = client(&server);
    client.set_timeout(Duration::from_secs(600)).expect("valid");
    let begun = Instant::now();
    let outcome = client.check(Some(TOKEN), &*consumers);
    let elapsed = begun.elapsed();
    assert_eq!(outcome.status(), Status::Ok, "{}", outcome.message());
    let body = only_request(&server).body;
    assert!(!String::from_utf8_lossy(&body).contains("consumer_build_timestamp"));
    // A debug build on a slow machine takes a few seconds where time grows linearly, and minutes where it does not.
    assert!(elapsed < Duration::from_secs(25), "took {elapsed:?}");
}
