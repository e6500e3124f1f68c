//! Rows 9 to 14c of the fault matrix, and what the design says of consumers: what is refused before anything
//! is sent, named by its place, and what travels unchanged.

mod common;

use common::{CONSUMERS, TOKEN, assert_failed, client, client_of, sent_body, start_of, verdicts};
use qls_precheck_core::{Cause, Client, Outcome, Status, Verdict};
use support::{RawServer, reply};

/// The outcome for consumers that must not be sent.
#[track_caller]
fn refused(consumers: &str, cause: Cause) -> Outcome {
    let server = RawServer::replying(reply(200, common::ALLOWED));
    let outcome = client(&server).check(Some(TOKEN), consumers);
    assert_eq!(outcome.status(), Status::InvalidConsumers, "{}: {outcome:?}", start_of(consumers));
    assert_failed(&outcome, Status::InvalidConsumers, cause);
    assert_eq!(outcome.http_status(), 0);
    assert!(server.requests().is_empty(), "{} was sent", start_of(consumers));
    outcome
}

#[track_caller]
fn refused_naming(consumers: &str, place: &str) {
    let outcome = refused(consumers, Cause::WrongShape);
    assert!(outcome.message().contains(place), "{place:?} in {:?}", outcome.message());
}

/// One consumer with these members besides the ids.
fn with(members: &str) -> String {
    format!(r#"[{{"consumer_id":"qtcreator",{members},"component_id":"9876"}}]"#)
}

/// `depth` arrays, one in the other.
fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn fault_010_not_json_and_trailing_junk() {
    for text in [
        "",
        " ",
        "consumers",
        "[",
        "[{]",
        "{\"consumers\":",
        "[] []",
        "[]x",
        "[],",
        "[{\"consumer_id\":\"a\",\"component_id\":\"b\"},]",
        "[{\"consumer_id\":\"a\",\"component_id\":\"b\",}]",
        "[{'consumer_id':'a','component_id':'b'}]",
        "[{\"consumer_id\":\"a\",\"component_id\":\"b\"}] {}",
        "[{\"consumer_id\":\"a\",\"component_id\":\"b\"}]\0",
        "[{\"consumer_id\":\"a\",\"component_id\":\"b\"}] // why not",
        "\u{a0}[]",
        "\u{c}[]",
    ] {
        refused(text, Cause::NotJson);
    }
    for number in ["01", "1.", ".5", "+1", "0x1", "NaN", "Infinity", "1e", "-"] {
        refused(&with(&format!("\"x\":{number}")), Cause::NotJson);
    }
    // Text that is JSON but for one raw control character or escape, in a member that is not ours to read.
    for string in ["\"a\nb\"", "\"a\u{1}b\"", r#""\x""#, r#""\u12""#, "\"open"] {
        refused(&with(&format!("\"x\":{string}")), Cause::NotJson);
    }
}

#[test]
fn fault_010_byte_order_mark_is_named() {
    let outcome = refused(&format!("\u{feff}{CONSUMERS}"), Cause::NotJson);
    assert!(outcome.message().contains("byte order mark"), "{}", outcome.message());
}

#[test]
fn fault_010_json_of_another_shape() {
    for text in ["null", "true", "1", "\"x\""] {
        refused(text, Cause::WrongShape);
    }
    refused_naming("{}", "consumers");
    refused_naming(r#"{"Consumers":[]}"#, "consumers");
    refused_naming(r#"{"consumers":{}}"#, "consumers: expected an array, found an object");
    refused_naming(r#"{"consumers":null}"#, "consumers: expected an array, found null");
    refused_naming(r#"{"consumers":"[]"}"#, "consumers: expected an array, found a string");
}

#[test]
fn the_place_is_named() {
    let good = r#"{"consumer_id":"a","component_id":"b"}"#;
    refused_naming(
        &format!(r#"[{good},{good},{good},{{"consumer_id":"a","component_id":"b","consumer_version":6}}]"#),
        "consumers[3].consumer_version: expected a string, found a number",
    );
    refused_naming(&format!("[{good},null]"), "consumers[1]: expected an object, found null");
    refused_naming(&format!("[{good},true]"), "consumers[1]: expected an object, found a boolean");
    refused_naming(&format!("[{good},7]"), "consumers[1]: expected an object, found a number");
    refused_naming(&format!("[{good},-7.5]"), "consumers[1]: expected an object, found a number");
    refused_naming(&format!("{{\"consumers\":[{good},\"x\"]}}"), "consumers[1]: expected an object, found a string");
    // The last member, and in what line and column its value ends.
    refused_naming(
        &format!("[{good},\n {{\"component_id\":\"b\",\"consumer_id\":null }} ]"),
        "consumers[1].consumer_id: expected a string, found null (line 2, column",
    );
    refused_naming(r#"[{"consumer_id":"a","component_id":"\ud800"}]"#, "consumers[0].component_id: ");
}

#[test]
fn an_array_does_not_pass_for_a_consumer() {
    // serde's derived structs would take the values for the members in their order.
    refused_naming(r#"[["qtcreator","9876"]]"#, "consumers[0]: expected an object, found an array");
    refused_naming(r#"[["qtcreator","","","","","9876"]]"#, "consumers[0]: expected an object, found an array");
}

#[test]
fn documented_members_are_strings() {
    for name in [
        "consumer_id",
        "component_id",
        "consumer_version",
        "consumer_installation_schema",
        "consumer_supported_features",
        "consumer_build_timestamp",
    ] {
        let others: String = ["consumer_id", "component_id"]
            .iter()
            .filter(|id| **id != name)
            .map(|id| format!("\"{id}\":\"a\","))
            .collect();
        for (value, kind) in
            [("null", "null"), ("1", "a number"), ("true", "a boolean"), ("[\"a\"]", "an array"), ("{}", "an object")]
        {
            refused_naming(
                &format!("[{{{others}\"{name}\":{value}}}]"),
                &format!("consumers[0].{name}: expected a string, found {kind}"),
            );
        }
    }
}

#[test]
fn fault_014c_missing_and_empty_ids() {
    refused_naming(r#"[{"consumer_id":"a"}]"#, "consumers[0].component_id: is missing");
    refused_naming(r#"[{"component_id":"a"}]"#, "consumers[0].consumer_id: is missing");
    refused_naming(r#"[{"consumer_id":"a","component_id":""}]"#, "consumers[0].component_id: is empty");
    refused_naming(r#"[{"consumer_id":"","component_id":"b"}]"#, "consumers[0].consumer_id: is empty");
    refused_naming(r#"{"consumers":[{}]}"#, "consumers[0].consumer_id: is missing");
    // Behind others, and as the last thing in the text.
    refused_naming(
        &format!(r#"[{},{{"consumer_id":"a"}}]"#, &CONSUMERS[1..CONSUMERS.len() - 1]),
        "[1].component_id: is missing",
    );
    refused_naming(r#"{"x":1,"consumers":[{"consumer_id":"a"}]}"#, "consumers[0].component_id: is missing");
    // Names are exact.
    refused_naming(r#"[{"consumer_id":"a","Component_id":"b"}]"#, "component_id: is missing");
}

#[test]
fn fault_011_more_than_64_mib() {
    let limit = 64 * 1024 * 1024;
    let outcome = refused(&format!("{}[]", " ".repeat(limit - 1)), Cause::TooLarge);
    assert!(outcome.message().contains("67108865"), "{}", outcome.message());
    // Exactly as many pass; the empty list makes it a question that needs no server.
    let outcome = Client::new().check(Some(TOKEN), format!("{}[]", " ".repeat(limit - 2)));
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
}

#[test]
fn fault_012_a_hundred_thousand_deep() {
    let deep = nested(100_000);
    let open = "[".repeat(100_000);
    let objects = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    // In a thread with little stack: an installer's threads may have no more.
    let stack = std::thread::Builder::new().stack_size(256 * 1024);
    let run = stack.spawn(move || {
        for consumers in [
            deep.clone(),
            with(&format!("\"x\":{deep}")),
            with(&format!("\"consumer_version\":{deep}")),
            with(&format!("\"x\":{objects}")),
            format!(r#"{{"consumers":{deep}}}"#),
            format!(r#"{{"x":{deep},"consumers":[]}}"#),
            format!(r#"{{"consumers":[],"x":{objects}}}"#),
        ] {
            refused(&consumers, Cause::WrongShape);
        }
        for consumers in [format!("[{{\"x\":{open}"), format!("{{\"x\":{open}")] {
            refused(&consumers, Cause::NotJson);
        }
    });
    run.expect("a thread").join().expect("no stack overflow, no failed assertion");
}

/// The server's reader meets the request's body, so that is where levels are counted.
#[test]
fn fault_012_a_body_with_128_levels_is_sent_and_one_with_129_is_not() {
    // The body, the list and the consumer are three levels.
    let array = |inner: usize| with(&format!("\"x\":{}", nested(inner)));
    let inside = |inner: usize| format!(r#"{{"consumers":{}}}"#, array(inner));
    let last = |inner: usize| format!(r#"[{{"consumer_id":"a","component_id":"b","x":{}}}]"#, nested(inner));
    for consumers in [&array as &dyn Fn(usize) -> String, &inside, &last] {
        assert!(sent_body(&consumers(125)).contains(&nested(125)));
        refused_naming(&consumers(126), "consumers[0].x: nests deeper than 128 levels");
    }
    // Beside the list there is one.
    let beside = |inner: usize| format!(r#"{{"consumers":{CONSUMERS},"x":{}}}"#, nested(inner));
    assert!(sent_body(&beside(127)).contains(&nested(127)));
    refused_naming(&beside(128), " x: nests deeper than 128 levels");
}

#[test]
fn brackets_in_strings_are_no_nesting() {
    let text = format!(r#""{}\"{}""#, "[".repeat(300), "{".repeat(300));
    let consumers = with(&format!("\"x\":[{text},\"\\\\\"]"));
    assert!(sent_body(&consumers).contains(&text));
}

#[test]
fn fault_013_a_member_that_is_read_stands_there_once() {
    refused_naming(&with(r#""consumer_id":"qtcreator""#), "consumers[0].consumer_id: stands there twice");
    refused_naming(&with(r#""component_id":"9876""#), "consumers[0].component_id: stands there twice");
    refused_naming(&with(r#""consumer_version":"1","consumer_version":"1""#), "consumers[0].consumer_version");
    refused_naming(&with(r#""consumer\u005fid":"other""#), "consumer_id");
    refused_naming(&format!(r#"{{"consumers":{CONSUMERS},"consumers":{CONSUMERS}}}"#), "consumers: stands there twice");
    refused_naming(&format!(r#"{{"consumers":[],"consumer\u0073":{CONSUMERS}}}"#), "consumers");
    // Far apart, among many.
    let many: String = (0..200).map(|n| format!("\"m{n}\":1,")).collect();
    refused_naming(&with(&format!(r#"{many}"consumer_id":"qtcreator""#)), "consumers[0].consumer_id");
}

#[test]
fn fault_013_members_that_are_not_read_may_stand_there_twice() {
    let many: String = (0..200).map(|n| format!("\"m{n}\":1,")).collect();
    for members in [
        r#""x":1,"x":1"#,
        r#""é":1,"\u00e9":2"#,
        r#""":1,"":2"#,
        r#""x":{"a":1,"a":2}"#,
        r#""x":{"consumer_id":1,"consumer_id":2}"#,
        &format!(r#"{many}"m0":1,"m150":1"#),
    ] {
        assert!(sent_body(&with(members)).contains(members), "{members}");
        let object = format!(r#"{{{members},"consumers":{CONSUMERS}}}"#);
        assert_eq!(sent_body(&object), format!(r#"{{"operation":"check",{}"#, &object[1..]));
    }
}

/// JSON has no largest number, so this is JSON of another shape.
#[test]
fn a_number_that_no_type_holds_is_no_string() {
    for number in ["1e400", "-1e999"] {
        for member in ["consumer_version", "consumer_build_timestamp"] {
            let consumers = with(&format!("\"{member}\":{number}"));
            let outcome = client_of("http://127.0.0.1:9").check(Some(TOKEN), consumers);
            assert_failed(&outcome, Status::InvalidConsumers, Cause::WrongShape);
        }
    }
}

#[test]
fn fault_013_lone_surrogates_and_u0000() {
    for text in [r#""\ud800""#, r#""\udc00 ""#, r#""a\ud83dx""#, r#""\ud83d\ud83d""#] {
        for name in ["consumer_version", "consumer_build_timestamp"] {
            let outcome = client_of("http://127.0.0.1:9").check(Some(TOKEN), with(&format!("\"{name}\":{text}")));
            assert_failed(&outcome, Status::InvalidConsumers, Cause::WrongShape);
        }
    }
    for consumers in [
        with(r#""consumer_version":"6\u0000""#),
        with(r#""consumer_build_timestamp":"\u0000""#),
        with(r#""\u0000":1"#),
        with(r#""a\u0000b":1"#),
        with(r#""\ud800":1"#),
        r#"[{"consumer_id":"a\u0000","component_id":"b"}]"#.into(),
        r#"[{"consumer_id":"a","component_id":"\udfff"}]"#.into(),
        format!(r#"{{"\ud800":1,"consumers":{CONSUMERS}}}"#),
        format!(r#"{{"\u0000":1,"consumers":{CONSUMERS}}}"#),
    ] {
        let outcome = client_of("http://127.0.0.1:9").check(Some(TOKEN), &*consumers);
        assert_eq!(outcome.status(), Status::InvalidConsumers, "{consumers}: {outcome:?}");
    }
    // Inside of unknown members any well-formed JSON passes, as it stands; and pairs are no lone surrogates.
    for unread in [r#""x":"\ud800""#, r#""x":["\u0000",{"\udc00":1}]"#, r#""consumer_version":"\ud83d\ude00""#] {
        assert!(sent_body(&with(unread)).contains(unread));
    }
}

#[test]
fn operation_is_ours_to_set() {
    for consumers in [
        format!(r#"{{"operation":"check","consumers":{CONSUMERS}}}"#),
        format!(r#"{{"consumers":{CONSUMERS},"operation":"list"}}"#),
        format!(r#"{{"\u006fperation":null,"consumers":{CONSUMERS}}}"#),
    ] {
        refused_naming(&consumers, "operation");
    }
    // In a consumer it is a member like any other.
    assert!(sent_body(&with(r#""operation":1"#)).contains(r#""operation":1"#));
}

#[test]
fn fault_014_an_empty_list_needs_no_server_and_no_token() {
    let server = RawServer::replying(reply(500, ""));
    for consumers in ["[]", " [ \n] ", r#"{"consumers":[]}"#, r#"{"user_id":"x","consumers":[ ]}"#] {
        // "" would be refused and None would look for an account, were a token needed at all.
        for token in [Some(TOKEN), Some(""), None] {
            let outcome = client(&server).check(token, consumers);
            assert_eq!((outcome.status(), outcome.http_status()), (Status::Ok, 0), "{consumers}: {outcome:?}");
            assert!(outcome.components().is_empty());
            assert_eq!(outcome.token_source(), None);
            assert!(!outcome.is_allowed("") && !outcome.is_allowed("9876"));
        }
    }
    assert!(server.requests().is_empty());
}

#[test]
fn fault_014_equal_ids_are_shown_each_with_the_one_verdict() {
    let twice = r#"[{"consumer_id":"qtcreator","component_id":"9876"},{"consumer_id":"other","component_id":"1"},
        {"component_id":"98\u00376","consumer_version":"2","consumer_id":"qtcreator"}]"#;
    let outcome = common::check_these(twice, reply(200, common::ALLOWED));
    assert_eq!(verdicts(&outcome), [Verdict::Allowed, Verdict::Unknown, Verdict::Allowed], "{outcome:?}");
    assert!(outcome.is_allowed("9876") && !outcome.is_allowed("1"));
    assert_eq!(outcome.document().get("/components/2/component_id").as_deref(), Some("9876"));
    let denied = common::ALLOWED.replace("true}", "false}");
    let outcome = common::check_these(twice, reply(200, denied));
    assert_eq!(verdicts(&outcome), [Verdict::Denied, Verdict::Unknown, Verdict::Denied], "{outcome:?}");
}

#[test]
fn fault_014b_numbers_travel_digit_for_digit() {
    let members =
        r#""big":123456789012345678901234567890,"huge":1e400,"tiny":-1E-400,"exact":1.10,"zero":-0.0,"deep":[[1e999]]"#;
    assert!(sent_body(&with(members)).contains(members));
    let object = format!(r#"{{"n":100000000000000000000000000000.000,{members},"consumers":{CONSUMERS}}}"#);
    assert_eq!(sent_body(&object), format!(r#"{{"operation":"check",{}"#, &object[1..]));
}
