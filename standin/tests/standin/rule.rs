//! Each branch of the rule, on 2025-06-15.

use crate::client::*;

/// A license for `tool`.
struct License {
    version: &'static str,
    schema: &'static str,
    kind: &'static str,
    valid: [&'static str; 2],
}

const CURRENT: License =
    License { version: "", schema: "commercial", kind: "subscription", valid: ["2025-01-01", "2025-12-31"] };

impl License {
    fn json(&self) -> String {
        let Self { version, schema, kind, valid: [from, to] } = self;
        format!(
            r#"{{"license_info":{{"type":"{kind}","schema":"{schema}","valid_from":"{from}","valid_to":"{to}"}},
                "consumers":[{{"consumer_id":"tool","consumer_version":"{version}"}}]}}"#
        )
    }

    /// The verdict on a consumer with these further members.
    fn allows(&self, members: &str) -> bool {
        any_allows(&[self], members)
    }
}

fn any_allows(licenses: &[&License], members: &str) -> bool {
    let licenses: Vec<_> = licenses.iter().map(|license| license.json()).collect();
    let standin = start(&format!(r#"{{"licenses":[{}]}}"#, licenses.join(",")));
    let reply = post(
        &standin,
        format!(r#"{{"operation":"check","consumers":[{{"component_id":"1","consumer_id":"tool"{members}}}]}}"#),
    );
    match reply.body.split_once(r#""installtion_allowed":"#) {
        Some((_, "true}]}")) => true,
        Some((_, "false}]}")) => false,
        _ => panic!("expected one verdict: {}", reply.body),
    }
}

fn covers(licensed: &'static str, asked: &str) -> bool {
    let license = License { version: licensed, ..CURRENT };
    license.allows(&format!(r#","consumer_version":"{asked}""#))
}

#[test]
fn an_empty_version_covers_all() {
    for asked in ["", "0.1", "99.0.0", "6.8.0-rc1", "banana"] {
        assert!(covers("", asked), "{asked}");
    }
}

#[test]
fn a_version_covers_what_is_not_newer() {
    for (licensed, asked) in [
        ("8.0.0", "8.0.0"),
        ("8.0.0", "7.9.9"),
        ("6.10.0", "6.9.1"),
        ("6.8", "6.8.0"),
        ("6.8.0", "6.8"),
        ("8.0.0", "8.0.0-rc1"),
        ("6.8.0-rc1", "6.8.0-beta10"),
        ("6.8.0-beta10", "6.8.0-beta2"),
        ("6.8.0-RC1", "6.8.0-rc1"),
        ("6.8.0", "6.8.0+build7"),
        ("15.0.0", "15.0.0-0-202411220943"),
        ("8.0.0", ""),
        ("99999999999999999999999", "1.0"),
    ] {
        assert!(covers(licensed, asked), "{licensed} covers {asked}");
    }
    for (licensed, asked) in [
        ("8.0.0", "8.0.1"),
        ("8.0.0", "8.0.0.1"),
        ("6.9.1", "6.10.0"),
        ("9.0", "10"),
        ("6.8.0-rc1", "6.8.0"),
        ("6.8.0-beta2", "6.8.0-beta10"),
        ("6.8.0-beta10", "6.8.0-rc1"),
    ] {
        assert!(!covers(licensed, asked), "{licensed} does not cover {asked}");
    }
}

#[test]
fn a_consumer_without_a_version_is_covered() {
    let license = License { version: "1.0", ..CURRENT };
    assert!(license.allows(""));
}

#[test]
fn opensource_licenses_serve_opensource_consumers_only() {
    let opensource = License { schema: "opensource", ..CURRENT };
    assert!(opensource.allows(r#","consumer_installation_schema":"opensource""#));
    assert!(!opensource.allows(r#","consumer_installation_schema":"commercial""#));
    assert!(!opensource.allows(""));
}

#[test]
fn other_licenses_serve_the_rest() {
    for schema in ["commercial", "education", "evaluation", "Full Commercial", ""] {
        let license = License { schema, ..CURRENT };
        assert!(license.allows(r#","consumer_installation_schema":"commercial""#));
        assert!(license.allows(r#","consumer_installation_schema":"commercial | opensource""#));
        assert!(license.allows(""));
        assert!(!license.allows(r#","consumer_installation_schema":"opensource""#));
    }
}

#[test]
fn the_first_and_the_last_day_count() {
    for (valid, expected) in [
        (["2025-06-15", "2025-06-15"], true),
        (["2025-06-16", "2025-12-31"], false),
        (["2025-01-01", "2025-06-14"], false),
    ] {
        let license = License { valid, ..CURRENT };
        assert_eq!(license.allows(""), expected, "{valid:?}");
    }
}

#[test]
fn an_expired_perpetual_license_allows_earlier_builds() {
    let perpetual = |kind| License { kind, valid: ["2021-07-01", "2024-06-30"], ..CURRENT };
    let built = |day| format!(r#","consumer_build_timestamp":"{day}""#);
    for kind in ["perpetual", "Perpetual"] {
        assert!(perpetual(kind).allows(&built("2024-06-30")));
        assert!(perpetual(kind).allows(&built("2020-01-01")));
        assert!(!perpetual(kind).allows(&built("2024-07-01")));
    }
    for no_date in ["", "2024-02-30", "30.06.2024", "2024-06-30T10:00:00Z"] {
        assert!(!perpetual("perpetual").allows(&built(no_date)), "{no_date}");
    }
    assert!(!perpetual("perpetual").allows(""));
    assert!(!perpetual("subscription").allows(&built("2024-06-30")));
}

#[test]
fn a_current_perpetual_license_needs_no_build_time() {
    let license = License { kind: "perpetual", ..CURRENT };
    assert!(license.allows(""));
    assert!(license.allows(r#","consumer_build_timestamp":"2099-01-01""#));
}

#[test]
fn one_license_must_grant_all_of_it() {
    let old = License { version: "5.0", ..CURRENT };
    let expired = License { valid: ["2020-01-01", "2020-12-31"], ..CURRENT };
    let asked = r#","consumer_version":"6.0""#;
    assert!(!any_allows(&[&old, &expired], asked));
    assert!(any_allows(&[&old, &expired, &CURRENT], asked));
}
