//! Each reply, byte for byte.

use crate::client::*;

const LICENSE: &str = r#"{"z":1.50,"license_info":{"valid_to":"2099-12-31","valid_from":"2020-01-01","type":"subscription","schema":"commercial","priority":1e2},"consumers":[{"consumer_id":"qtcreator","consumer_version":"","x":123456789012345678901234567890}],"a":"ä"}"#;

#[test]
fn list_returns_each_license_as_it_was_written() {
    let standin = start(&format!(r#"{{"licenses":[{LICENSE},{LICENSE}]}}"#));
    let reply = post(&standin, r#"{"operation":"list"}"#);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(
        reply.body,
        format!(
            r#"{{"status":true,"message":"Fetched available licenses for user.","licenses":[{LICENSE},{LICENSE}]}}"#
        )
    );
}

#[test]
fn check_answers_each_consumer_in_order() {
    let standin = start(&format!(r#"{{"licenses":[{LICENSE}]}}"#));
    let reply = post(
        &standin,
        r#"{"consumers":[
            {"component_id":"1231","consumer_id":"qtcreator","extra":{"big":1e999}},
            {"component_id":"a\"b","consumer_id":"other"},
            {"component_id":"1231","consumer_id":"qtcreator"}],
          "user_id":7,"operation":"check"}"#,
    );
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(
        reply.body,
        r#"{"status":true,"message":"Checked consumers available for installation","data":[{"component_id":"1231","consumer_id":"qtcreator","installtion_allowed":true},{"component_id":"a\"b","consumer_id":"other","installtion_allowed":false},{"component_id":"1231","consumer_id":"qtcreator","installtion_allowed":true}]}"#
    );
}

#[test]
fn json_that_asks_nothing_is_invalid_data() {
    let standin = start(NO_LICENSES);
    for body in [
        "null",
        "[]",
        r#"["list"]"#,
        "{}",
        r#"{"operation":"install"}"#,
        r#"{"operation":7}"#,
        r#"{"operation":"check"}"#,
        r#"{"operation":"check","consumers":[]}"#,
        r#"{"operation":"check","consumers":null}"#,
        r#"{"operation":"check","consumers":{"consumer_id":"a","component_id":"b"}}"#,
        r#"{"operation":"check","consumers":["qtcreator"]}"#,
        r#"{"operation":"check","consumers":[["1","qtcreator"]]}"#,
        r#"{"operation":"check","consumers":[{"consumer_id":"qtcreator"}]}"#,
        r#"{"operation":"check","consumers":[{"component_id":"1"}]}"#,
        r#"{"operation":"check","consumers":[{"consumer_id":"","component_id":"1"}]}"#,
        r#"{"operation":"check","consumers":[{"consumer_id":"a","component_id":1}]}"#,
    ] {
        let reply = post(&standin, body);
        assert_eq!(reply.status, 200, "{body}");
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.body, r#"{"status":false,"message":"Invalid data"}"#, "{body}");
    }
}

#[test]
fn a_body_that_is_no_json_is_a_bad_request() {
    let standin = start(NO_LICENSES);
    let bodies: [&[u8]; 5] = [
        b"",
        b"operation=list",
        br#"{"operation":"list""#,
        br#"["list"] x"#,
        b"{\"operation\":\"list\",\"x\":\"\xff\"}",
    ];
    for body in bodies {
        let reply = post(&standin, body);
        assert_eq!(reply.status, 400);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.body, r#"{"status":false,"code":"400","message":"Bad request"}"#);
    }
}

#[test]
fn other_paths_and_methods_are_refused() {
    let standin = start(NO_LICENSES);
    let mut client = Client::connect(&standin);
    for path in ["/", "/api/v2/pre-check", "/api/v2/pre-check/licenses/"] {
        let reply = client.send("POST", path, "", b"");
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.body, r#"{"status":false,"code":"404","message":"Not Found"}"#);
    }
    for method in ["GET", "PUT", "DELETE"] {
        let reply = client.send(method, PATH, "", b"");
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header("allow"), Some("POST"));
        assert_eq!(reply.body, r#"{"status":false,"code":"405","message":"Method Not Allowed"}"#);
    }
}

#[test]
fn bodies_end_at_65_mib() {
    let standin = start(NO_LICENSES);
    let largest = 65 * 1024 * 1024;
    let mut body = br#"{"operation":"list"}"#.to_vec();
    body.resize(largest, b' ');
    assert_eq!(post(&standin, &body).status, 200);

    body.push(b' ');
    let reply = post(&standin, &body);
    assert_eq!(reply.status, 413);
    assert_eq!(reply.body, r#"{"status":false,"code":"413","message":"Payload Too Large"}"#);
}
