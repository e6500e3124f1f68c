//! Hosts with little memory: what a server sends must not end them.

use std::io::Write;
use std::process::Command;

use support::{Linkage, RawServer, read_request, reply};

const SIZE: usize = 4 * 1024 * 1024;
const SMALL: &str = r#"{"status":true,"message":"","licenses":[],"data":[]}"#;

/// `start`, so many times `part` that it has about [`SIZE`] bytes, and `end`.
fn filled(start: &str, part: &str, end: &str) -> String {
    format!("{start}{}{end}", part.repeat((SIZE - start.len() - end.len()) / part.len()))
}

/// Bodies of the kinds that take most: many very small values, nesting, and long texts in each place where one is read,
/// quoted or passed over.
fn replies() -> Vec<(&'static str, String)> {
    let licenses = r#"{"status":true,"message":"","licenses":["#;
    let data = r#"{"status":true,"message":"","data":["#;
    let list = |start: &str, part, end: &str| ("list", filled(&format!("{licenses}{start}"), part, end));
    let check = |start: &str, part, end: &str| ("check", filled(&format!("{data}{start}"), part, end));
    let other = |start, part, end| ("list", filled(start, part, end));
    vec![
        list("{}", ",{}", "]}"),
        list(r#"{"a":1}"#, r#",{"a":1}"#, "]}"),
        list(r#"{"a":[[]"#, ",[]", "]}]}"),
        list(r#"{"a":1"#, r#","":1"#, "}]}"),
        list(r#"{"a":""#, r"\u0041", r#""}]}"#),
        list(r#"{"a":1,""#, r"\n", r#"":1}]}"#),
        list(r#"{"a":""#, "x", r#""}]}"#),
        list(r#"{"a":"\na-long-token"#, "x", r#""}]}"#),
        list("", " ", "]}"),
        list("[", "{},", "{}]]}"),
        other(r#"{"status":true,"licenses":[],"message":"\n"#, "x", r#""}"#),
        other(r#"{"status":true,"licenses":[],"\u0000"#, "x", r#"":1}"#),
        other(r#"{"licenses":[],"status":""#, "\u{200b}", r#""}"#),
        other(r#"{"status":false,"code":"#, "1", "}"),
        other(r#"{"status":true,"licenses":[],"x":"#, "[", ""),
        other("\"", r"\n", "\""),
        check(r#"{"component_id":""}"#, r#",{"component_id":""}"#, "]}"),
        check(r#"{"component_id":""#, r"\n", r#""}]}"#),
        check(r#"{"component_id":"9876","installtion_allowed":""#, "\u{200b}", r#""}]}"#),
    ]
}

/// Answers with the body, or with a small one if the path says so. As a proxy it is the server too.
fn serve(body: String) -> RawServer {
    RawServer::serving(move |stream, _| {
        while let Some(request) = read_request(&mut *stream) {
            let answer = match request.head.split_once(' ') {
                Some(("CONNECT", _)) => b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
                Some((_, rest)) if rest.starts_with("/small") => reply(200, SMALL),
                _ => reply(200, &body),
            };
            if stream.write_all(&answer).is_err() {
                return;
            }
        }
    })
}

/// Licenses with many small values in an array or object of theirs: of 1 KiB each, so that each is copied alone, with an
/// array that is too small for an index; and one object with an index.
fn small_values() -> [String; 2] {
    let license = format!(r#"{{"a":[1{}],"b":"{}"}},"#, ",1".repeat(250), "x".repeat(600));
    let members: String = (0..SIZE / 12).map(|number| format!(r#","{number}":1"#)).collect();
    [license.repeat(SIZE / license.len()) + "{}", format!(r#"{{"a":{{"x":1{members}}}}}"#)]
        .map(|licenses| format!(r#"{{"status":true,"message":"","licenses":[{licenses}]}}"#))
}

#[test]
fn fault_218_too_little_memory_for_small_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    std::fs::write(&token, "a-long-token").expect("a token file");
    let program = support::c_program("tests/c/little_memory.c", folder.path(), Linkage::Shared);
    for body in small_values() {
        let server = serve(body);
        let mut without_memory = 0;
        for quarters in [0, 2, 5, 7, 9, 12] {
            let kib = 1024 + SIZE / 4096 * quarters;
            let mut command = Command::new(&program);
            let output = support::run(command.arg(server.url()).arg(&token).args(["list", &kib.to_string(), "each"]));
            // All can be read in three times the reply and a little more.
            let read_all = output.stdout == b"QLS_OK null\n";
            without_memory += usize::from(!read_all);
            assert!(quarters < 12 || read_all, "{}", String::from_utf8_lossy(&output.stdout));
        }
        assert!(without_memory > 1, "{without_memory} calls lacked memory");
    }
}

/// The name in the place of a secret is longer than the shortest password.
#[test]
fn fault_190_too_little_memory_for_a_copy_without_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    std::fs::write(&token, "a-long-token").expect("a token file");
    let program = support::c_program("tests/c/little_memory.c", folder.path(), Linkage::Shared);
    let repeats = r#"{"a":"passw0rd"}"#;
    let proxy =
        serve(filled(&format!(r#"{{"status":true,"message":"","licenses":[{repeats}"#), &format!(",{repeats}"), "]}"));
    let address = proxy.url().replace("http://", "http://user:passw0rd@");
    let mut without_memory = 0;
    for quarters in 0..=14 {
        let kib = 1024 + SIZE / 4096 * quarters;
        let mut command = Command::new(&program);
        command.arg("http://licenses.example.com").arg(&token).args(["list", &kib.to_string(), &address]);
        let output = support::run(&mut command);
        let out_of_memory = output.stdout == b"QLS_REPLY_TOO_LARGE out-of-memory\n";
        without_memory += usize::from(out_of_memory);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(out_of_memory || text == "QLS_OK null\n", "{text}");
        assert!(quarters < 12 || !out_of_memory, "three times the reply and 1 MiB are too little");
    }
    assert!(without_memory > 3, "{without_memory} calls lacked memory");
}

#[test]
fn fault_190_too_little_memory_for_a_reply() {
    for (operation, body) in replies() {
        ends_in_a_status(operation, body, 12);
    }
}

/// One string with escapes that is nearly the whole reply needs room for four times the reply, as its text is copied from a
/// buffer that doubles; here each half grows it once.
#[test]
fn fault_190_too_little_memory_for_one_string_with_escapes() {
    let halves = format!("{0}\\n{0}\\n", "x".repeat(SIZE / 2 - 40));
    let head = r#"{"status":true,"licenses":[],"#;
    ends_in_a_status("list", format!(r#"{head}"message":"{halves}"}}"#), 16);
    ends_in_a_status("list", format!(r#"{head}"{halves}":1}}"#), 16);
}

/// However much memory there is for the reply, the call ends with a status. So many quarters of the reply's size, and
/// 1 MiB, are enough for it.
fn ends_in_a_status(operation: &str, body: String, enough: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    std::fs::write(&token, "a-long-token").expect("a token file");
    let program = support::c_program("tests/c/little_memory.c", folder.path(), Linkage::Shared);
    let start: String = body.chars().take(100).collect();
    let server = serve(body);
    let mut without_memory = 0;
    for quarters in 0..=enough + 2 {
        let kib = 1024 + SIZE / 4096 * quarters;
        let mut command = Command::new(&program);
        let output = support::run(command.arg(server.url()).arg(&token).args([operation, &kib.to_string()]));
        let out_of_memory = output.stdout == b"QLS_REPLY_TOO_LARGE out-of-memory\n";
        without_memory += usize::from(out_of_memory);
        assert!(
            quarters < enough || !out_of_memory,
            "{enough} quarters of the reply and 1 MiB are too little for {start}"
        );
    }
    assert!(without_memory > 3, "{without_memory} calls lacked memory for {start}");
}
