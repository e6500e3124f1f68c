//! Row 215 of the fault matrix: no output of a failure shows the token or a proxy's password, wherever a program in C or
//! C++ puts them.

use std::process::{Command, Output};

use support::{Linkage, RawServer, reply};

/// Every twelve letters of them are found nowhere else.
const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz";
const PASSWORD: &str = "Vx8-pZ2wq-Lk9mT4r";
/// As a proxy gets it: user:PASSWORD.
const BASIC: &str = "dXNlcjpWeDgtcFoyd3EtTGs5bVQ0cg==";

/// What a program printed, in an environment with a token, and with a proxy that nobody reaches.
fn printed(command: &mut Command) -> String {
    for name in ["https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "http_proxy"] {
        command.env(name, format!("http://user:{PASSWORD}@127.0.0.1:1"));
    }
    for name in ["ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    let Output { stdout, stderr, .. } = command.env("QT_INSTALLER_JWT_TOKEN", TOKEN).output().expect("it runs");
    String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr)
}

#[track_caller]
fn assert_hidden(printed: &str) {
    let lower = printed.to_lowercase();
    for secret in [TOKEN, PASSWORD, BASIC] {
        for piece in secret.to_lowercase().as_bytes().windows(12) {
            let piece = std::str::from_utf8(piece).expect("ASCII");
            assert!(
                !lower.contains(piece),
                "{piece} is shown: {}",
                lower.lines().find(|line| line.contains(piece)).unwrap_or_default()
            );
        }
    }
}

/// Repeats both secrets in everything that it says.
fn echoing() -> RawServer {
    let both = format!("{TOKEN} {PASSWORD} {BASIC}");
    let body = format!(r#"{{"status":false,"code":"{both}","message":"{both}","data":[{{"{TOKEN}":1}}]}}"#);
    let head = String::from_utf8(reply(400, &body)).expect("UTF-8");
    RawServer::replying(head.replacen("\r\n", &format!(" {both}\r\nLocation: /{both}\r\n"), 1))
}

/// The program's output has no secret, and tells of these statuses.
fn tells(program: &std::path::Path, statuses: &[&str]) {
    let folder = program.parent().expect("a folder");
    let shown = printed(Command::new(program).arg(echoing().url()).args([TOKEN, PASSWORD]).arg(folder));
    assert_hidden(&shown);
    assert!(!shown.contains("not a failure"), "{shown}");
    for status in statuses {
        assert!(shown.contains(status), "{status} was not provoked: {shown}");
    }
}

const STATUSES: &[&str] = &[
    "QLS_INVALID_ARGUMENT",
    "QLS_INVALID_CONSUMERS",
    "QLS_INVALID_TOKEN",
    "QLS_CONFIGURATION",
    "QLS_CONNECT_FAILED",
    "QLS_PROXY_FAILED",
    "QLS_CANCELLED",
    "QLS_BAD_REQUEST",
];

#[test]
fn fault_215_no_secret_in_what_a_c_program_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for linkage in [Linkage::Shared, Linkage::LoadedFirst] {
        let program = support::c_program("tests/c/secrets.c", folder.path(), linkage);
        tells(&program, STATUSES);
    }
}

#[test]
fn fault_215_no_secret_in_what_a_cpp_program_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = [("tests/cpp/secrets.cpp", &[][..])];
    let program = support::cpp_program(&["g++", "-std=c++11"], &sources, folder.path(), Linkage::Shared);
    tells(&program, STATUSES);
}

#[test]
fn fault_215_no_secret_in_what_the_examples_print() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, content) in [
        ("token", TOKEN.to_owned()),
        ("with-nul", format!("{TOKEN}\0")),
        ("with-blank", format!("Bearer {TOKEN}")),
        ("keys", format!(r#"[{{"component_id":"{TOKEN}","consumer_id":"{PASSWORD}","{TOKEN}":1}}]"#)),
        ("bad", format!(r#"[{{"{TOKEN}":1,"consumer_id":"{PASSWORD}","component_id":{{}}}}]"#)),
    ] {
        std::fs::write(path(name), content).expect("a file");
    }
    let [c, list, load] = ["check", "list", "load"].map(|name| {
        let linkage = if name == "load" { Linkage::Loader } else { Linkage::Shared };
        support::c_program(&format!("examples-c/{name}.c"), folder.path(), linkage)
    });
    std::fs::create_dir(path("cpp")).expect("a folder");
    let sources = [("examples-c/check.cpp", &[][..])];
    let compiler = ["g++", "-std=c++11"];
    let cpp = support::cpp_program(&compiler, &sources, &folder.path().join("cpp"), Linkage::Shared);
    let echoing = echoing();
    let servers = [
        format!("{}/{TOKEN}", echoing.url()),
        format!("http://127.0.0.1:1/{TOKEN}/{PASSWORD}"),
        format!("http://licenses.example.com/{TOKEN}/{PASSWORD}"),
        format!("https://licenses.example.com/{TOKEN}/{PASSWORD}"),
        format!("https://user:{PASSWORD}@host"),
        TOKEN.to_owned(),
    ];
    let mut shown = String::new();
    for server in &servers {
        shown += &printed(Command::new(&load).arg(support::library().shared()).args(["--server", server]));
        for token in ["token", "with-nul", "with-blank", TOKEN].map(path).iter().chain([&TOKEN.to_owned()]) {
            let asking = ["--server", server, "--token-file", token];
            shown += &printed(Command::new(&list).args(asking));
            for consumers in ["keys", "bad", "token"].map(path).iter().chain([&TOKEN.to_owned()]) {
                shown += &printed(Command::new(&c).args(asking).arg(consumers));
                shown += &printed(Command::new(&cpp).args(asking).arg(consumers));
            }
        }
        shown += &printed(Command::new(&list).args(["--server", server, "--token", TOKEN]));
        shown += &printed(Command::new(&c).args(["--server", server, TOKEN, TOKEN]));
    }
    assert_hidden(&shown);
    for words in ["QLS_BAD_REQUEST", "QLS_INVALID_TOKEN", "the token file: ", "the list of consumers: ", "usage: "] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}
