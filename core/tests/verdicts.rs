//! Rows 92 to 94 of the fault matrix, and the rules by which a reply's entries become verdicts: they fail closed.

mod common;

use common::{ALLOWED, assert_failed, assert_nothing_allowed, check_body, check_these, verdicts};
use qls_precheck_core::Verdict::{Allowed, Denied, Unknown};
use qls_precheck_core::{Cause, Outcome, Status};
use support::reply;

/// Asks about these pairs of component and consumer, answered with these entries.
fn judged(asked: &[(&str, &str)], entries: &str) -> Outcome {
    let consumers: Vec<String> = asked
        .iter()
        .map(|(component, consumer)| format!(r#"{{"component_id":{component:?},"consumer_id":{consumer:?}}}"#))
        .collect();
    let body = format!(r#"{{"status":true,"message":"","data":[{entries}]}}"#);
    let outcome = check_these(&format!("[{}]", consumers.join(",")), reply(200, &body));
    assert_eq!(outcome.status(), Status::Ok, "{entries}: {outcome:?}");
    outcome
}

/// An entry of a reply.
fn entry(component: &str, consumer: &str, allowed: bool) -> String {
    format!(r#"{{"component_id":"{component}","consumer_id":"{consumer}","installtion_allowed":{allowed}}}"#)
}

#[test]
fn fault_092_either_spelling_but_not_both() {
    let mended = ALLOWED.replace("installtion", "installation");
    assert!(check_body(&mended).is_allowed("9876"));
    assert_eq!(verdicts(&check_body(mended.replace("true}", "false}"))), [Denied]);
    for both in [
        r#"true,"installation_allowed":true}"#,
        r#"true,"installation_allowed":false}"#,
        r#"true,"install\u0061tion_allowed":true}"#,
        r#"true,"x":1,"installation_allowed":null}"#,
    ] {
        let outcome = check_body(ALLOWED.replace("true}", both));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
    }
}

#[test]
fn fault_093_verdict_that_is_no_boolean() {
    for verdict in ["\"true\"", "1", "null", "0", "\"\"", "[]", "{}", "[true]", "1e400", "\"false\""] {
        for spelling in ["installtion_allowed", "installation_allowed"] {
            let body = ALLOWED.replace("installtion_allowed", spelling).replace("true}", &format!("{verdict}}}"));
            assert_failed(&check_body(body), Status::UnexpectedReply, Cause::WrongShape);
        }
    }
}

#[test]
fn fault_093_one_bad_verdict_spoils_the_whole_reply() {
    let other = r#"{"component_id":"other","consumer_id":"x","installtion_allowed":1}"#;
    for body in [ALLOWED.replace("[{", &format!("[{other},{{")), ALLOWED.replace("}]", &format!("}},{other}]"))] {
        assert_failed(&check_body(body), Status::UnexpectedReply, Cause::WrongShape);
    }
}

#[test]
fn fault_093_absent_verdict_is_unknown() {
    let absent = r#"{"component_id":"9876","consumer_id":"qtcreator"}"#;
    let asked = [("9876", "qtcreator")];
    assert_eq!(verdicts(&judged(&asked, absent)), [Unknown]);
    assert_nothing_allowed(&judged(&asked, absent));
    // Names are exact: neither of these is a verdict.
    for name in ["Installtion_allowed", "installtion_allowed ", "installed_allowed", "allowed"] {
        let outcome = check_body(ALLOWED.replace("installtion_allowed", name));
        assert_eq!(verdicts(&outcome), [Unknown], "{name}");
    }
}

#[test]
fn fault_093_ids_that_are_no_strings() {
    for id in ["9876", "null", "true", "[\"9876\"]", "{}"] {
        let outcome = check_body(ALLOWED.replace("\"9876\"", id));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
    }
    for id in ["1", "true", "[\"qtcreator\"]", "{}"] {
        let outcome = check_body(ALLOWED.replace("\"qtcreator\"", id));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
    }
    let outcome = check_body(ALLOWED.replace(r#""component_id":"9876","#, ""));
    assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
}

#[test]
fn fault_094_a_missing_component_is_unknown_and_an_extra_one_ignored() {
    let asked = [("a", "qt"), ("b", "qt"), ("c", "qt")];
    let outcome = judged(&asked, &[entry("c", "qt", true), entry("x", "qt", true), entry("a", "qt", false)].join(","));
    assert_eq!(verdicts(&outcome), [Denied, Unknown, Allowed]);
    let shown: Vec<_> = outcome.components().iter().map(|c| (c.component_id, c.consumer_id)).collect();
    assert_eq!(shown, asked, "in the order of the request");
    assert!(outcome.is_allowed("c"));
    for id in ["a", "b", "x", "", "qt", "C"] {
        assert!(!outcome.is_allowed(id), "{id}");
    }
    assert_eq!(outcome.document().count("/components"), 3);
    assert_eq!(outcome.document().get("/components/1/verdict").as_deref(), Some("unknown"));
    assert_eq!(verdicts(&judged(&asked, "")), [Unknown; 3]);
}

#[test]
fn fault_094_a_contradiction_is_a_denial() {
    let asked = [("a", "qt")];
    let (yes, no) = (entry("a", "qt", true), entry("a", "qt", false));
    let anyone = |allowed: bool| format!(r#"{{"component_id":"a","installtion_allowed":{allowed}}}"#);
    for entries in [
        [yes.clone(), no.clone()],
        [no.clone(), yes.clone()],
        [anyone(true), no],
        [yes.clone(), anyone(false)],
        [anyone(false), yes.clone()],
        [anyone(false), anyone(true)],
    ] {
        let outcome = judged(&asked, &entries.join(","));
        assert_eq!(verdicts(&outcome), [Denied], "{entries:?}");
        assert!(!outcome.is_allowed("a"));
    }
    assert_eq!(verdicts(&judged(&asked, &[yes.clone(), yes].join(","))), [Allowed]);
}

#[test]
fn fault_094_names_match_exactly() {
    let outcome = check_body(ALLOWED.replace("9876", r"98\u00376"));
    assert!(outcome.is_allowed("9876"), "an escape is only another way to write the same name");
    for (component, consumer) in [
        ("9876 ", "qtcreator"),
        (" 9876", "qtcreator"),
        ("09876", "qtcreator"),
        ("987", "qtcreator"),
        ("98765", "qtcreator"),
        ("9876", "QtCreator"),
        ("9876", "qtcreator "),
        ("9876", "qt"),
        ("9876", ""),
        ("", "qtcreator"),
        ("qtcreator", "9876"),
        (r"9876\u200b", "qtcreator"),
        ("９８７６", "qtcreator"),
    ] {
        let outcome = judged(&[("9876", "qtcreator")], &entry(component, consumer, true));
        assert_eq!(verdicts(&outcome), [Unknown], "{component:?} {consumer:?}");
        assert_nothing_allowed(&outcome);
    }
    let composed = judged(&[("caf\u{e9}", "qt")], &entry("cafe\u{301}", "qt", true));
    assert_eq!(verdicts(&composed), [Unknown], "no normalization");
}

#[test]
fn fault_194_an_entry_without_consumer_denies_all_and_allows_the_only_one() {
    let asked = [("a", "qt"), ("a", "squish"), ("b", "qt"), ("b", "qt")];
    for consumer in ["", r#""consumer_id":null,"#] {
        let entry = |component: &str, allowed: bool| {
            format!(r#"{{"component_id":"{component}",{consumer}"installtion_allowed":{allowed}}}"#)
        };
        let outcome = judged(&asked, &entry("a", false));
        assert_eq!(verdicts(&outcome), [Denied, Denied, Unknown, Unknown], "{consumer}");
        // Which of the two consumers may be installed, it does not say.
        let outcome = judged(&asked, &entry("a", true));
        assert_eq!(verdicts(&outcome), [Unknown; 4], "{consumer}");
        assert_nothing_allowed(&outcome);
        // One that is asked for twice is one.
        let outcome = judged(&asked, &entry("b", true));
        assert_eq!(verdicts(&outcome), [Unknown, Unknown, Allowed, Allowed], "{consumer}");
        assert!(outcome.is_allowed("b"));
        let outcome = judged(&asked, &[entry("b", true), entry("b", false), entry("b", true)].join(","));
        assert_eq!(verdicts(&outcome), [Unknown, Unknown, Denied, Denied], "{consumer}");
    }
    // It is no empty name, and an empty name is none of ours.
    assert_eq!(verdicts(&judged(&asked, &entry("a", "", true))), [Unknown; 4]);
}

#[test]
fn every_entry_of_a_component_has_to_be_allowed() {
    let asked = [("a", "qt"), ("b", "qt"), ("a", "squish")];
    let outcome = judged(&asked, &[entry("a", "qt", true), entry("b", "qt", true)].join(","));
    assert_eq!(verdicts(&outcome), [Allowed, Allowed, Unknown]);
    assert!(!outcome.is_allowed("a"), "one of its consumers is unknown");
    assert!(outcome.is_allowed("b"));
    let entries = [entry("a", "qt", true), entry("a", "squish", false), entry("b", "qt", true)];
    let outcome = judged(&asked, &entries.join(","));
    assert_eq!(verdicts(&outcome), [Allowed, Allowed, Denied]);
    assert!(!outcome.is_allowed("a"));
    let entries = [entry("a", "qt", true), entry("a", "squish", true)];
    assert!(judged(&asked, &entries.join(",")).is_allowed("a"));
}

#[test]
fn a_failure_leaves_every_verdict_unknown() {
    for bytes in [
        reply(500, ALLOWED),
        reply(200, ALLOWED.replace(r#""status":true"#, r#""status":false"#)),
        reply(200, format!("{ALLOWED}x")),
        reply(200, ALLOWED.replace("}]}", r#"},{"component_id":1}]}"#)),
        // The answer comes first and what spoils it last.
        reply(200, ALLOWED.replace("}]}", r#"}],"status":true}"#)),
        reply(200, format!(r#"{},"\ud800":1}}"#, ALLOWED.trim_end_matches('}'))),
    ] {
        let outcome = check_these(common::CONSUMERS, bytes);
        assert_ne!(outcome.status(), Status::Ok, "{outcome:?}");
        assert_eq!(verdicts(&outcome), [Unknown], "{outcome:?}");
        assert_nothing_allowed(&outcome);
    }
}
