//! Rows 88 to 91 and 95 to 100 of the fault matrix: which bodies of a reply with status 200 are read, and that
//! what cannot be read in one way only is refused whole.

mod common;

use std::time::{Duration, Instant};

use common::{ALLOWED, TOKEN, assert_failed, check_body, check_raw, client, list_body, start_of, with_license};
use qls_precheck_core::{Cause, Outcome, Status};
use support::{RawServer, reply};

const MIB_32: usize = 32 * 1024 * 1024;

/// A reply of status 200 with these header fields.
fn with_fields(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// A reply that ends where the connection does.
fn close_delimited(body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", body].concat()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n", body.len());
    [head.as_bytes(), body, b"\r\n0\r\n\r\n"].concat()
}

#[track_caller]
fn refused(body: impl AsRef<[u8]>, cause: Cause) -> Outcome {
    let outcome = check_body(body.as_ref());
    assert_eq!(outcome.cause(), Some(cause), "{}: {outcome:?}", start_of(&String::from_utf8_lossy(body.as_ref())));
    assert_failed(&outcome, Status::UnexpectedReply, cause);
    assert_eq!(outcome.http_status(), 200);
    outcome
}

/// [`ALLOWED`] with one more member beside `status`.
fn beside(member: &str) -> String {
    format!("{{{member},{}", &ALLOWED[1..])
}

#[test]
fn fault_088_json_of_another_shape() {
    for body in ["null", "[]", "[true]", "\"x\"", "1", "true", "{}", "[{\"status\":true,\"data\":[]}]"] {
        refused(body, Cause::WrongShape);
        assert_failed(&list_body(body), Status::UnexpectedReply, Cause::WrongShape);
    }
    for body in ["", " \n", "x", "{", "nul", "{'status':true}"] {
        refused(body, Cause::NotJson);
        assert_failed(&list_body(body), Status::UnexpectedReply, Cause::NotJson);
    }
}

#[test]
fn fault_088_members_of_another_type() {
    for status in ["null", "1", "\"true\"", "[true]", "{}"] {
        refused(ALLOWED.replace(r#""status":true"#, &format!(r#""status":{status}"#)), Cause::WrongShape);
    }
    for data in ["{}", "\"x\"", "1", "true", "[null]", "[[]]", "[\"9876\"]", r#"[["9876","qtcreator",true]]"#] {
        refused(format!(r#"{{"status":true,"data":{data}}}"#), Cause::WrongShape);
    }
    for licenses in ["{}", "\"x\"", "1", "[null]", "[[]]", "[\"x\"]", "[{},1]"] {
        let outcome = list_body(format!(r#"{{"status":true,"licenses":{licenses}}}"#));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
    }
    for member in [r#""message":1"#, r#""message":{}"#, r#""code":true"#, r#""code":[1]"#] {
        let body = format!(r#"{{"status":true,"data":[],"licenses":[],{member}}}"#);
        refused(&body, Cause::WrongShape);
        assert_failed(&list_body(&body), Status::UnexpectedReply, Cause::WrongShape);
    }
}

#[test]
fn fault_089_cut_at_every_byte_with_a_length() {
    let whole = reply(200, ALLOWED);
    for end in 0..whole.len() {
        assert_failed(&check_raw(&whole[..end]), Status::ConnectionLost, Cause::ConnectionClosed);
    }
    assert!(check_raw(whole).is_allowed("9876"));
}

#[test]
fn fault_089_cut_at_every_byte_without_a_length() {
    let body = ALLOWED.as_bytes();
    for end in 0..body.len() {
        let outcome = check_raw(close_delimited(&body[..end]));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::NotJson);
        assert_eq!(outcome.http_status(), 200, "cut at {end}");
    }
    assert!(check_raw(close_delimited(body)).is_allowed("9876"));
}

#[test]
fn fault_071_chunked_body_cut_at_every_byte() {
    let whole = chunked(ALLOWED.as_bytes());
    let body = whole.windows(4).position(|end| end == b"\r\n\r\n").expect("the head's end") + 4;
    // Without the last chunk the end of the message is not proven, complete JSON or not.
    for end in body..whole.len() - 4 {
        let outcome = check_raw(&whole[..end]);
        assert_eq!(outcome.status(), Status::ConnectionLost, "cut at {end} of {}: {outcome:?}", whole.len());
        assert_failed(&outcome, Status::ConnectionLost, Cause::ConnectionClosed);
    }
    assert!(check_raw(whole).is_allowed("9876"));
}

#[test]
fn fault_090_byte_order_marks_and_utf_16() {
    let outcome = refused(["\u{feff}".as_bytes(), ALLOWED.as_bytes()].concat(), Cause::NotJson);
    assert!(outcome.message().contains("byte order mark"), "{outcome:?}");
    let little: Vec<u8> = ALLOWED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = ALLOWED.encode_utf16().flat_map(u16::to_be_bytes).collect();
    refused(&little, Cause::NotJson);
    refused(&big, Cause::NotJson);
    refused([&[0xff, 0xfe], &*little].concat(), Cause::NotUtf8);
    refused([&[0xfe, 0xff], &*big].concat(), Cause::NotUtf8);
}

#[test]
fn fault_090_invalid_utf_8_even_in_unknown_members() {
    for bad in [&b"\xff"[..], b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"caf\xe9"] {
        for (before, after) in [
            (r#"{"unknown":""#, format!("\",{}", &ALLOWED[1..])),
            (r#"{""#, format!("\":1,{}", &ALLOWED[1..])),
            (r#"{"x":{"y":[""#, format!("\"]}},{}", &ALLOWED[1..])),
        ] {
            refused([before.as_bytes(), bad, after.as_bytes()].concat(), Cause::NotUtf8);
        }
        let license = [br#"{"status":true,"licenses":[{"name":""#, bad, br#""}]}"#].concat();
        assert_failed(&list_body(license), Status::UnexpectedReply, Cause::NotUtf8);
    }
}

#[test]
fn fault_091_members_that_are_there_twice() {
    let entry = r#"{"component_id":"9876","consumer_id":"qtcreator","installtion_allowed":true}"#;
    let data = format!(r#""data":[{entry}]"#);
    for body in [
        beside(r#""status":true"#),
        beside(r#""status":false"#),
        beside(r#""st\u0061tus":true"#),
        beside(&data),
        beside(r#""data":[]"#),
        beside(r#""dat\u0061":[]"#),
        beside(r#""message":"x""#),
        beside(r#""code":1,"code":1"#),
        ALLOWED.replace("true}", r#"true,"installtion_allowed":true}"#),
        ALLOWED.replace("true}", r#"true,"installtion_allowed":false}"#),
        ALLOWED.replace("true}", r#"true,"inst\u0061lltion_allowed":true}"#),
        ALLOWED.replace("true}", r#"true,"component_id":"9876"}"#),
        ALLOWED.replace("true}", r#"true,"component\u005fid":"9876"}"#),
        ALLOWED.replace("true}", r#"true,"consumer_id":"qtcreator"}"#),
    ] {
        let outcome = refused(body, Cause::WrongShape);
        assert!(outcome.message().contains("stands there twice"), "{outcome:?}");
    }
    for body in
        [r#"{"status":true,"licenses":[],"licenses":[]}"#, r#"{"status":true,"licenses":[],"l\u0069censes":[{}]}"#]
    {
        assert_failed(&list_body(body), Status::UnexpectedReply, Cause::WrongShape);
    }
}

#[test]
fn fault_091_members_that_are_not_read_may_be_there_twice() {
    for body in [
        beside(r#""x":1,"x":1"#),
        beside(r#""licenses":1,"licenses":{}"#),
        ALLOWED.replace("true}", r#"true,"x":1,"x":2}"#),
        ALLOWED.replace("true}", r#"true,"status":1,"status":2}"#),
    ] {
        assert!(check_body(&body).is_allowed("9876"), "{body}");
    }
}

#[test]
fn fault_088_the_place_is_named() {
    for (body, place) in [
        (r#"{"status":1,"data":[]}"#.to_owned(), "answers: status: expected a boolean, found a number"),
        (r#"{"status":true,"data":[],"code":[]}"#.into(), "answers: code: expected a string, found an array"),
        (ALLOWED.replace("true}", "1}"), "data[0].installtion_allowed: expected a boolean, found a number"),
        (ALLOWED.replace("\"9876\"", "null"), "data[0].component_id: expected a string, found null"),
        (ALLOWED.replace("}]", "},null]"), "data[1]: expected an object, found null"),
        (ALLOWED.replace("}]", "},{}]"), "data[1].component_id: is missing"),
    ] {
        let outcome = refused(&body, Cause::WrongShape);
        assert!(outcome.message().contains(place), "{place:?} in {:?}", outcome.message());
    }
    let nested = format!(r#"{{"x":{}{}}}"#, "[".repeat(126), "]".repeat(126));
    for (licenses, place) in [
        ("[{},1]", "licenses[1]: expected an object, found a number"),
        (&*format!("[{{}},{nested}]"), "licenses[1]: nests deeper than 128 levels"),
    ] {
        let outcome = list_body(format!(r#"{{"status":true,"licenses":{licenses}}}"#));
        assert!(outcome.message().contains(place), "{place:?} in {:?}", outcome.message());
    }
}

#[test]
fn fault_095_u0000_in_a_message_cuts_nothing_silently() {
    let body = ALLOWED.replace("Checked", r"Chec\u0000ked");
    let outcome = check_body(&body);
    assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongShape);
    assert!(!outcome.message().contains('\0') && !outcome.to_json().contains('\0'));
    let outcome = check_raw(reply(400, r#"{"status":false,"code":"7\u0000","message":"a\u0000b"}"#));
    assert_failed(&outcome, Status::BadRequest, Cause::BadRequest);
    assert!(!outcome.message().contains('\0') && !outcome.to_json().contains('\0'), "{outcome:?}");
}

#[test]
fn fault_095_what_the_server_says_cannot_forge_a_line() {
    let outcome = check_body(ALLOWED.replace("Checked", r"\u001b[2J\r\nERROR \u202etxt\u009b \u200b"));
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    assert!(outcome.message().contains("ERROR"), "{outcome:?}");
    for forged in ['\u{1b}', '\r', '\n', '\u{202e}', '\u{9b}', '\u{200b}'] {
        assert!(!outcome.message().contains(forged), "{:?}", outcome.message());
    }
}

#[test]
fn fault_096_lone_surrogates_in_what_is_read() {
    for (old, new) in [
        ("Checked", r"\ud800"),
        ("9876", r"9876\udc00"),
        ("qtcreator", r"\ud83d\ud83d"),
        (r#""data""#, r#""\ud800":1,"data""#),
        (r#""component_id""#, r#""\udfff":1,"component_id""#),
        (r#""component_id""#, r#""\u0000":1,"component_id""#),
        ("qtcreator", r"qtcreator\u0000"),
    ] {
        refused(ALLOWED.replace(old, new), Cause::WrongShape);
    }
    refused(ALLOWED.replace("\"9876\"", "1e400"), Cause::WrongShape);
}

#[test]
fn fault_096_deep_nesting() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    // A license's member is within the reply (or the result), the list and the license.
    let license = |depth: usize| format!(r#"{{"status":true,"licenses":[{{"x":{}}}]}}"#, nested(depth));
    assert_eq!(list_body(license(125)).status(), Status::Ok);
    for depth in [126, 1000, 100_000] {
        assert_failed(&list_body(license(depth)), Status::UnexpectedReply, Cause::WrongShape);
    }
    for body in [nested(100_000), format!(r#"{{"status":true,"data":{}}}"#, nested(100_000))] {
        refused(body, Cause::WrongShape);
    }
    refused(ALLOWED.replace("true}", &format!("{}}}", nested(100_000))), Cause::WrongShape);
    refused("[".repeat(100_000), Cause::NotJson);
    refused("{\"status\":".repeat(100_000), Cause::NotJson);
}

/// What is not read reaches nobody; and reading past it takes no stack.
#[test]
fn fault_096_deep_nesting_in_what_is_not_read() {
    let run = || {
        let nested = "[".repeat(100_000) + &"]".repeat(100_000);
        let member = format!("\"x\":{nested}");
        assert!(check_body(beside(&member)).is_allowed("9876"));
        assert!(check_body(ALLOWED.replace("true}", &format!("true,{member}}}"))).is_allowed("9876"));
        assert_eq!(list_body(format!("{{{member},\"status\":true,\"licenses\":[]}}")).status(), Status::Ok);
        // Less of a reply without an answer is read.
        let nested = "[".repeat(20_000) + &"]".repeat(20_000);
        let outcome = check_raw(reply(400, format!(r#"{{"x":{nested},"code":"42"}}"#)));
        assert_failed(&outcome, Status::BadRequest, Cause::BadRequest);
        assert_eq!(outcome.server_code(), Some("42"));
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).expect("a thread").join().expect("no overflow");
}

#[test]
fn fault_096_long_numbers_are_kept_in_unknown_members() {
    let digits = "7".repeat(10_000);
    let license = format!(r#"{{"big":{digits},"huge":1e400,"tiny":-1E-400,"exact":1.10}}"#);
    let outcome = with_license(&license);
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [license]);
    assert_eq!(outcome.document().get("/licenses/0/big"), Some(digits.clone()));
    assert_eq!(outcome.document().get("/licenses/0/huge").as_deref(), Some("1e400"));
    assert!(outcome.to_json().contains(&digits));
    let outcome = check_body(beside(&format!("\"x\":{digits},\"y\":[1e400]")));
    assert!(outcome.is_allowed("9876"), "{outcome:?}");
}

#[test]
fn fault_097_trailing_junk() {
    for junk in ["x", "{}", "null", ",", "]", "\0", "\u{feff}", "// done", ALLOWED] {
        refused(format!("{ALLOWED}{junk}"), Cause::NotJson);
        refused(format!("{ALLOWED}\n{junk}"), Cause::NotJson);
    }
    assert!(check_body(format!(" \t\r\n{ALLOWED}\r\n\t ")).is_allowed("9876"));
}

#[test]
fn fault_098_licenses_are_kept_byte_for_byte() {
    let license = "{ \"b\" : 1.50,\n\t\"a\":\"\\u0041\\/\\ud83d\\ude00 é 😀\",\"a\":2, \"\": {\"new\":[ null ,true]}, \"\\ud800\":\"\\u0000\" }";
    let outcome =
        list_body(format!(r#"{{"new":[{{}}],"status":true,"licenses":[ {license} , {{}}],"x":{{"x":1,"x":2}}}}"#));
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [license, "{}"]);
    // With the white space that the server puts between them.
    assert!(
        outcome.to_json().ends_with(&format!(r#""licenses":[{license} , {{}}],"diagnosis":[]}}"#)),
        "{}",
        outcome.to_json()
    );
}

#[test]
fn fault_098_unknown_members_of_a_check_are_ignored() {
    let body = beside(r#""x":{"status":false,"status":1},"Status":false,"licenses":1"#)
        .replace("true}", r#"true,"reason":{"a":1,"a":2},"Installtion_allowed":false}"#);
    assert!(check_body(body).is_allowed("9876"));
}

#[test]
fn fault_099_content_type_does_not_matter_for_valid_json() {
    for fields in [
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: text/html\r\n",
        "Content-Type: \r\n",
        "Content-Type: ;;;=\r\n",
        "Content-Type: application/json; charset=utf-8\r\n",
        "Content-Type: application/json;charset=UTF-8\r\n",
        "Content-Type: application/json; Charset=\"utf-8\"; x=y\r\n",
    ] {
        let outcome = check_raw(with_fields(fields, ALLOWED.as_bytes()));
        assert!(outcome.is_allowed("9876"), "{fields}: {outcome:?}");
    }
}

#[test]
fn fault_099_another_charset_is_refused() {
    for charset in ["iso-8859-1", "utf-16", "\"UTF-16LE\"", "windows-1252", "utf-7"] {
        let fields = format!("Content-Type: application/json; x=\"y\"; charset={charset}\r\n");
        let outcome = check_raw(with_fields(&fields, ALLOWED.as_bytes()));
        assert_failed(&outcome, Status::UnexpectedReply, Cause::WrongEncoding);
        assert_eq!(outcome.http_status(), 200);
    }
}

#[test]
fn fault_100_a_body_of_32_mib_passes_and_one_byte_more_does_not() {
    let padded = |size: usize| {
        let mut body = format!(r#"{{"pad":"{}",{}"#, "x".repeat(MIB_32 / 2), &ALLOWED[1..]).into_bytes();
        body.resize(size, b' ');
        body
    };
    let largest = padded(MIB_32);
    for bytes in [reply(200, &largest), close_delimited(&largest), chunked(&largest)] {
        assert!(check_raw(bytes).is_allowed("9876"));
    }
    let larger = padded(MIB_32 + 1);
    for bytes in [reply(200, &larger), close_delimited(&larger), chunked(&larger)] {
        assert_failed(&check_raw(bytes), Status::ReplyTooLarge, Cause::TooLarge);
    }
}

#[test]
fn fault_101_a_huge_length_is_refused_unread() {
    for length in [MIB_32 as u64 + 1, u64::from(u32::MAX) + 1, u64::MAX >> 1] {
        let server = RawServer::serving(move |stream, _| {
            if support::read_request(&*stream).is_some() {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                let _ = std::io::Write::write_all(stream, head.as_bytes());
                // Stays there until the client hangs up.
                let _ = std::io::Read::read(stream, &mut [0]);
            }
        });
        assert_failed(&client(&server).list(Some(TOKEN), None), Status::ReplyTooLarge, Cause::TooLarge);
    }
}

#[test]
fn fault_100_an_object_may_have_any_number_of_members() {
    let members: Vec<String> = (0..300_000).map(|n| format!(r#""m{n}":0"#)).collect();
    assert!(check_body(beside(&members.join(","))).is_allowed("9876"));
}

/// The time a deadline leaves is also for reading what has arrived.
#[test]
fn fault_101_a_deadline_while_entries_are_read() {
    let entries = vec![r#"{"component_id":"1"}"#; 1_500_000].join(",");
    let server = RawServer::replying(reply(200, format!(r#"{{"status":true,"message":"","data":[{entries}]}}"#)));
    let ask = |timeout| {
        let mut client = client(&server);
        client.set_timeout(timeout).expect("a timeout");
        client.check(Some(TOKEN), common::CONSUMERS)
    };
    // How long this machine needs for it.
    let start = Instant::now();
    let outcome = ask(Duration::from_secs(300));
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    // Read to its end, it would be an answer.
    assert_failed(&ask(start.elapsed() / 3), Status::Timeout, Cause::Deadline);
}
