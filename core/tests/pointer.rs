//! Reading the outcome with JSON Pointers (RFC 6901): what a C program without a JSON library relies on. The
//! documents are licenses, since their members are the server's to choose.

mod common;

use common::{check_body, list_body, with_license};
use qls_precheck_core::{Outcome, Status};

/// The document of RFC 6901, section 5.
const RFC: &str = r#"{
      "foo": ["bar", "baz"],
      "": 0,
      "a/b": 1,
      "c%d": 2,
      "e^f": 3,
      "g|h": 4,
      "i\\j": 5,
      "k\"l": 6,
      " ": 7,
      "m~n": 8
   }"#;

/// What stands at `pointer` below the first license.
fn at(outcome: &Outcome, pointer: &str) -> Option<String> {
    outcome.document().get(&format!("/licenses/0{pointer}"))
}

#[test]
fn examples_of_rfc_6901() {
    let outcome = with_license(RFC);
    for (pointer, value) in [
        ("", RFC),
        ("/foo", r#"["bar", "baz"]"#),
        ("/foo/0", "bar"),
        ("/", "0"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/ ", "7"),
        ("/m~0n", "8"),
    ] {
        assert_eq!(at(&outcome, pointer).as_deref(), Some(value), "{pointer}");
    }
    assert_eq!(outcome.document().count("/licenses/0"), 10);
    assert_eq!(outcome.document().count("/licenses/0/foo"), 2);
}

#[test]
fn escapes_of_the_pointer() {
    let outcome = with_license(r#"{"~":1,"/":2,"~1":3,"~0":4,"a~/b":{"//":5},"~~":6}"#);
    for (pointer, value) in
        [("/~0", "1"), ("/~1", "2"), ("/~01", "3"), ("/~00", "4"), ("/a~0~1b/~1~1", "5"), ("/~0~0", "6")]
    {
        assert_eq!(at(&outcome, pointer).as_deref(), Some(value), "{pointer}");
    }
    // Errors of syntax (section 3), even where a later reader might guess what was meant.
    for pointer in ["/~", "/~2", "/a~", "/~~", "/~0~", "/~1~2", "/a~/b"] {
        assert_eq!(at(&outcome, pointer), None, "{pointer}");
        assert_eq!(outcome.document().count(&format!("/licenses/0{pointer}")), 0, "{pointer}");
    }
}

#[test]
fn pointers_without_a_leading_slash_are_none() {
    let outcome = with_license("{}");
    for pointer in ["status", "licenses/0", "#/status", "#", " /status", "0", "$.status"] {
        assert_eq!(outcome.document().get(pointer), None, "{pointer}");
        assert_eq!(outcome.document().count(pointer), 0, "{pointer}");
    }
}

#[test]
fn absent_is_none_and_null_is_null() {
    let outcome = with_license(r#"{"a":null,"s":"text","n":1,"t":true,"list":[],"object":{}}"#);
    assert_eq!(at(&outcome, "/a").as_deref(), Some("null"));
    for pointer in [
        "/b",
        "/A",
        "/a/b",
        "/s/0",
        "/s/",
        "/n/0",
        "/t/x",
        "/list/0",
        "/list/-",
        "/list/",
        "/object/a",
        "/object/",
        "/ a",
        "/a ",
        "//a",
    ] {
        assert_eq!(at(&outcome, pointer), None, "{pointer}");
    }
    for pointer in ["/", "//", "/Status", "/licenses/", "/licenses/1", "/licenses/x", "/components/0", "/nothing"] {
        assert_eq!(outcome.document().get(pointer), None, "{pointer}");
        assert_eq!(outcome.document().count(pointer), 0, "{pointer}");
    }
}

#[test]
fn indices_are_digits_without_leading_zeros() {
    let items: Vec<String> = (0..12).map(|n| format!("\"n{n}\"")).collect();
    let outcome = with_license(&format!(r#"{{"list":[{}]}}"#, items.join(" , ")));
    for index in 0..12 {
        assert_eq!(at(&outcome, &format!("/list/{index}")), Some(format!("n{index}")));
    }
    for index in [
        "12",
        "00",
        "01",
        "-1",
        "+1",
        "1.0",
        "1e0",
        " 1",
        "1 ",
        "0x1",
        "-",
        "１",
        "99999999999999999999",
        "18446744073709551616",
    ] {
        assert_eq!(at(&outcome, &format!("/list/{index}")), None, "{index}");
        assert_eq!(outcome.document().get(&format!("/licenses/{index}")), None, "{index}");
    }
    // In an object they are keys.
    let outcome = with_license(r#"{"01":"key","-":"dash"}"#);
    assert_eq!(at(&outcome, "/01").as_deref(), Some("key"));
    assert_eq!(at(&outcome, "/-").as_deref(), Some("dash"));
    assert_eq!(at(&outcome, "/1"), None);
}

#[test]
fn values_come_as_their_json_text_and_strings_decoded() {
    let outcome = with_license(
        r#"{"s":"a\n\"b\"\\ \/ \u00e9 \ud83d\ude00","empty":"","n":-1.50E+2,"big":123456789012345678901234567890,"t":true,"f":false,"list":[ 1 , [2] ],"object":{ "a" : "\u0041" }}"#,
    );
    for (pointer, value) in [
        ("/s", "a\n\"b\"\\ / é 😀"),
        ("/empty", ""),
        ("/n", "-1.50E+2"),
        ("/big", "123456789012345678901234567890"),
        ("/t", "true"),
        ("/f", "false"),
        ("/list", "[ 1 , [2] ]"),
        ("/list/1", "[2]"),
        ("/list/1/0", "2"),
        ("/object", r#"{ "a" : "\u0041" }"#),
        ("/object/a", "A"),
    ] {
        assert_eq!(at(&outcome, pointer).as_deref(), Some(value), "{pointer}");
    }
}

#[test]
fn strings_that_c_cannot_hold_stay_json_text() {
    let outcome = with_license(r#"{"nul":"a\u0000b","lone":"\ud800","list":["\u0000"]}"#);
    assert_eq!(at(&outcome, "/nul").as_deref(), Some(r#""a\u0000b""#));
    assert_eq!(at(&outcome, "/lone").as_deref(), Some(r#""\ud800""#));
    assert_eq!(at(&outcome, "/list/0").as_deref(), Some(r#""\u0000""#));
}

#[test]
fn keys_are_compared_decoded() {
    let outcome = with_license(r#"{"\u0061\/b":"first","é":2,"\ud83d\ude00":3,"\u0000":4,"\"":5,"\\u0063":6}"#);
    for (pointer, value) in
        [("/a~1b", "first"), ("/\u{e9}", "2"), ("/😀", "3"), ("/\0", "4"), ("/\"", "5"), ("/\\u0063", "6")]
    {
        assert_eq!(at(&outcome, pointer).as_deref(), Some(value), "{pointer:?}");
    }
    for pointer in ["/\\u0061~1b", "/e\u{301}", "/c", "/\\\""] {
        assert_eq!(at(&outcome, pointer), None, "{pointer:?}");
    }
}

#[test]
fn odd_keys_hide_nothing() {
    let outcome = with_license(
        r#"{"\ud800":1,"a":2,"\udc00\ud800":{"x":3},"b":{"\ud83d":4,"c":"deep"},"\u0000":5,"":6,"last":7}"#,
    );
    for (pointer, value) in [("/a", "2"), ("/b/c", "deep"), ("/", "6"), ("/last", "7")] {
        assert_eq!(at(&outcome, pointer).as_deref(), Some(value), "{pointer}");
    }
    assert_eq!(outcome.document().count("/licenses/0"), 7);
    assert_eq!(outcome.document().count("/licenses/0/b"), 2);
    // A replacement character is not the name of a key that is no text.
    assert_eq!(at(&outcome, "/\u{fffd}"), None);
}

#[test]
fn of_equal_keys_the_last_one_counts() {
    let outcome = with_license(r#"{"a":1,"b":{"x":"first"},"\u0061":2,"b":{"y":"second"}}"#);
    assert_eq!(at(&outcome, "/a").as_deref(), Some("2"));
    assert_eq!(at(&outcome, "/b/y").as_deref(), Some("second"));
    assert_eq!(at(&outcome, "/b/x"), None);
}

#[test]
fn count_is_for_arrays_and_objects_alone() {
    let outcome =
        with_license(r#"{"list":[1,[2,3],{"a":4}],"empty":[],"none":{},"s":"[1,2]","n":12,"null":null,"spaced":[ ]}"#);
    for (pointer, count) in [
        ("", 7),
        ("/list", 3),
        ("/list/1", 2),
        ("/list/2", 1),
        ("/empty", 0),
        ("/spaced", 0),
        ("/none", 0),
        ("/s", 0),
        ("/n", 0),
        ("/null", 0),
        ("/absent", 0),
    ] {
        assert_eq!(outcome.document().count(&format!("/licenses/0{pointer}")), count, "{pointer}");
    }
    assert_eq!(outcome.document().count("/licenses"), 1);
    assert_eq!(outcome.document().count("/components"), 0);
    assert_eq!(outcome.document().count(""), 12);
    assert_eq!(outcome.document().count("/status"), 0);
}

#[test]
fn the_deepest_license_can_be_read() {
    // A license stands two levels deep in the reply, and 128 are read.
    let depth = 125;
    let outcome = with_license(&format!(r#"{{"x":{}"core"{}}}"#, "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(at(&outcome, &format!("/x{}", "/0".repeat(depth))).as_deref(), Some("core"));
    assert_eq!(at(&outcome, &format!("/x{}", "/0".repeat(depth + 1))), None);
    assert_eq!(outcome.document().count(&format!("/licenses/0/x{}", "/0".repeat(depth - 1))), 1);
    // A pointer may be longer than anything it could lead to.
    assert_eq!(outcome.document().get(&"/0".repeat(1_000_000)), None);
}

#[test]
fn every_member_of_the_outcome_can_be_reached() {
    let outcome = check_body(common::ALLOWED);
    assert_eq!(outcome.document().get(""), Some(outcome.to_json()));
    for (pointer, value) in [
        ("/operation", Some("check")),
        ("/status", Some("QLS_OK")),
        ("/status_code", Some("0")),
        ("/http_status", Some("200")),
        ("/server_code", Some("null")),
        ("/message", Some("Checked consumers available for installation")),
        ("/cause", Some("null")),
        ("/server", Some(outcome.server())),
        ("/token_source", Some("argument")),
        ("/components", Some(r#"[{"component_id":"9876","consumer_id":"qtcreator","verdict":"allowed"}]"#)),
        ("/components/0", Some(r#"{"component_id":"9876","consumer_id":"qtcreator","verdict":"allowed"}"#)),
        ("/components/0/component_id", Some("9876")),
        ("/components/0/consumer_id", Some("qtcreator")),
        ("/components/0/verdict", Some("allowed")),
        ("/components/0/verdict/0", None),
        ("/components/1", None),
        ("/components/0/x", None),
        ("/licenses", Some("[]")),
        ("/licenses/0", None),
        ("/status/0", None),
        ("/data", None),
    ] {
        assert_eq!(outcome.document().get(pointer).as_deref(), value, "{pointer}");
    }
    assert_eq!(outcome.document().count("/components"), 1);
    assert_eq!(outcome.document().count("/components/0"), 3);
}

#[test]
fn every_pointer_agrees_with_the_json() {
    let outcome =
        list_body(format!(r#"{{"status":true,"message":"é\n😀","licenses":[{RFC},{{"a":[{{"b":"\u00e9"}}]}}]}}"#));
    assert_eq!(outcome.status(), Status::Ok);
    let json: serde_json::Value = serde_json::from_str(&outcome.to_json()).expect("JSON");
    let mut pointers = vec![String::new()];
    let mut seen = 0;
    while let Some(pointer) = pointers.pop() {
        let expected = json.pointer(&pointer).expect("it was found there");
        match expected {
            serde_json::Value::Array(items) => {
                assert_eq!(outcome.document().count(&pointer), items.len(), "{pointer}");
                pointers.extend((0..items.len()).map(|index| format!("{pointer}/{index}")));
            }
            serde_json::Value::Object(members) => {
                assert_eq!(outcome.document().count(&pointer), members.len(), "{pointer}");
                let step = |key: &String| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                pointers.extend(members.keys().map(step));
            }
            serde_json::Value::String(text) => {
                assert_eq!(outcome.document().get(&pointer).as_ref(), Some(text), "{pointer}")
            }
            other => assert_eq!(outcome.document().get(&pointer), Some(other.to_string()), "{pointer}"),
        }
        seen += 1;
    }
    assert!(seen > 25, "{seen}");
}
