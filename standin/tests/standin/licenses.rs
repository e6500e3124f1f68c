//! License files: the samples, and what is wrong with bad ones.

use std::fs;

use qls_standin::Licenses;
use tempfile::tempdir;

use crate::client::*;

/// A file of three licenses whose last one has `from` replaced by `to`.
fn spoilt(from: &str, to: &str) -> String {
    let license = r#"{"license_info":{"type":"perpetual","schema":"commercial","valid_from":"2020-01-01","valid_to":"2020-12-31"},"consumers":[{"consumer_id":"tool","consumer_version":""}]}"#;
    let last = license.replace(from, to);
    assert_ne!(last, license);
    let json = format!(r#"{{"licenses":[{license},{license},{last}]}}"#);
    json.parse::<Licenses>().unwrap_err().to_string()
}

#[test]
fn what_is_wrong_is_named_by_place() {
    for (from, to, message) in [
        (
            r#""2020-12-31""#,
            r#""soon""#,
            "licenses[2].license_info.valid_to: expected a date YYYY-MM-DD, found \"soon\"",
        ),
        (
            r#""2020-01-01""#,
            r#""2023-02-29""#,
            "licenses[2].license_info.valid_from: expected a date YYYY-MM-DD, found \"2023-02-29\"",
        ),
        (
            r#""2020-12-31""#,
            "20201231",
            "licenses[2].license_info.valid_to: invalid type: integer `20201231`, expected a string",
        ),
        (r#""type":"perpetual","#, "", "licenses[2].license_info: missing field `type`"),
        (r#","consumer_version":"""#, "", "licenses[2].consumers[0]: missing field `consumer_version`"),
        (r#""consumers""#, r#""customers""#, "licenses[2]: missing field `consumers`"),
    ] {
        let found = spoilt(from, to);
        assert!(found.starts_with(message), "{found}");
        assert!(found.contains("at line 1 column"), "{found}");
    }
}

#[test]
fn what_is_no_license_file_is_refused() {
    for (json, message) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{}", "missing field `licenses` at line 1 column 2"),
        (
            r#"{"licenses":[[{"type":"","schema":"","valid_from":"2020-01-01","valid_to":"2020-01-01"},[]]]}"#,
            "licenses[0]: expected objects, found an array",
        ),
        (r#"{"licenses":[]} x"#, "trailing characters at line 1 column 17"),
        (r#"{"licenses":7}"#, "licenses: invalid type: integer `7`, expected a sequence at line 1 column 13"),
    ] {
        assert_eq!(json.parse::<Licenses>().unwrap_err().to_string(), message);
    }
}

#[test]
fn errors_name_the_file() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("licenses.json");
    let message = |path| Licenses::load(path).unwrap_err().to_string();

    assert_eq!(
        message(&path),
        format!("cannot read the license file {}: No such file or directory (os error 2)", path.display())
    );
    fs::write(&path, "{}").unwrap();
    assert_eq!(
        message(&path),
        format!("bad license file {}: missing field `licenses` at line 1 column 2", path.display())
    );
}

#[test]
fn a_list_reply_is_a_license_file() {
    let standin = start_sample("site.json");
    let reply = post(&standin, r#"{"operation":"list"}"#);
    let again = start(&reply.body);
    assert_eq!(post(&again, r#"{"operation":"list"}"#).body, reply.body);
}

#[test]
fn the_samples_are_listed_complete() {
    for name in ["reference.json", "site.json", "perpetual-expired.json", "evaluation.json", "demo.json"] {
        let reply = post(&start_sample(name), r#"{"operation":"list"}"#);
        let listed: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
        let file = fs::read_to_string(sample(name)).unwrap();
        let file: serde_json::Value = serde_json::from_str(&file).unwrap();
        assert_eq!(listed["licenses"], file["licenses"], "{name}");
    }
}

#[test]
fn the_demo_licenses_give_every_verdict() {
    let standin = start_sample("demo.json");
    let asked = [
        ("qtcreator", "15.0.0", "2024-11-22", true),
        ("squish_tester", "9.0.0", "2025-05-20", false),
        ("squish_coco", "7.2.0", "2024-03-12", false),
        ("qtframework", "6.7.0", "2024-04-02", true),
        ("qtframework", "6.8.0", "2024-10-08", false),
        ("test_center", "3.4.0", "2024-09-10", false),
    ];
    let consumers = asked.map(|(id, version, built, _)| {
        format!(
            r#"{{"consumer_id":"{id}","consumer_version":"{version}","consumer_installation_schema":"commercial","consumer_build_timestamp":"{built}","component_id":"{id}-{version}"}}"#
        )
    });
    let reply = post(&standin, format!(r#"{{"operation":"check","consumers":[{}]}}"#, consumers.join(",")));
    let data = asked.map(|(id, version, _, allowed)| {
        format!(r#"{{"component_id":"{id}-{version}","consumer_id":"{id}","installtion_allowed":{allowed}}}"#)
    });
    assert_eq!(
        reply.body,
        format!(
            r#"{{"status":true,"message":"Checked consumers available for installation","data":[{}]}}"#,
            data.join(",")
        )
    );
}
