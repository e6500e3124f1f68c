//! The C programs of `tests/c` and `examples-c`, against the shared library, linked and loaded, and the static one.
//! `.ci/platforms` runs this for other systems too, with the variable `QLS_TEST_TARGET`.

use std::path::PathBuf;
use std::process::{Command, Output};

use qls_standin::{Licenses, Options, Standin, Tls};
use support::pki::Ca;
use support::{Linkage, RawServer, reply};
use tempfile::TempDir;

/// A server with the demo's licenses, and a token for it in a file.
struct Server {
    standin: Standin,
    work: TempDir,
}

impl Server {
    fn start() -> Self {
        Self::with(None)
    }

    fn with(tls: Option<Tls>) -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let mut options = Options::new(licenses);
        options.tls = tls;
        let standin = Standin::start(options).expect("a stand-in");
        let work = tempfile::tempdir().expect("a folder");
        std::fs::write(work.path().join("token"), standin.token()).expect("a token file");
        Self { standin, work }
    }

    fn token_file(&self) -> PathBuf {
        self.work.path().join("token")
    }
}

/// How a program is run.
#[derive(Clone, Copy)]
enum Under {
    Nothing,
    Valgrind,
}

/// A command without the account of the user who runs the tests, and without a proxy.
fn command(program: PathBuf, under: Under) -> Command {
    let program = support::program(&program);
    match under {
        Under::Nothing => program,
        Under::Valgrind => support::under_valgrind(program),
    }
}

/// Runs a program of `tests/c`; if it fails, its output is shown.
fn passes(name: &str, linkage: Linkage, under: Under) {
    let server = Server::start();
    let program = support::c_program(&format!("tests/c/{name}.c"), server.work.path(), linkage);
    support::run(command(program, under).arg(server.standin.url()).arg(server.token_file()));
}

macro_rules! programs {
    ($($name:ident),*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn shared() {
                passes(stringify!($name), Linkage::Shared, Under::Nothing);
            }

            #[test]
            fn static_() {
                passes(stringify!($name), Linkage::Static, Under::Nothing);
            }

            #[test]
            fn loaded() {
                passes(stringify!($name), Linkage::LoadedFirst, Under::Nothing);
            }

            #[test]
            #[ignore = "needs valgrind"]
            fn under_valgrind() {
                passes(stringify!($name), Linkage::Shared, Under::Valgrind);
            }

            #[test]
            #[ignore = "needs valgrind"]
            fn loaded_under_valgrind() {
                passes(stringify!($name), Linkage::LoadedFirst, Under::Valgrind);
            }
        }
    )*};
}

programs!(contract_client, contract_input, contract_result, operations, threads, smallstack);

/// HTTPS with a private CA, given in each possible way.
fn trusts_a_given_ca(linkage: Linkage) {
    let ca = Ca::new("A CA of the tests");
    let identity = ca.identity(&["127.0.0.1"]);
    let server = Server::with(Some(Tls { certificate: identity.chain, key: identity.key }));
    let folder = server.work.path();
    for name in ["ca.pem", "Zertifikate für 日本.pem"] {
        std::fs::write(folder.join(name), ca.pem()).expect("a CA file");
    }
    std::fs::write(folder.join("other.pem"), Ca::new("Another CA").pem()).expect("a CA file");
    let program = support::c_program("tests/c/trusting.c", folder, linkage);
    support::run(command(program, Under::Nothing).arg(server.standin.url()).arg(server.token_file()).arg(folder));
}

#[test]
fn a_private_ca_is_believed_by_the_shared_library() {
    trusts_a_given_ca(Linkage::Shared);
}

#[test]
fn a_private_ca_is_believed_by_the_static_library() {
    trusts_a_given_ca(Linkage::Static);
}

fn example(name: &str, arguments: &[&str], consumers: bool) -> Output {
    let server = Server::start();
    let program = support::c_program(&format!("examples-c/{name}.c"), server.work.path(), Linkage::Shared);
    let mut command = command(program, Under::Nothing);
    command.args(["--server", server.standin.url(), "--token-file"]).arg(server.token_file()).args(arguments);
    if consumers {
        command.arg(support::root().join("examples-c/consumers.json"));
    }
    command.output().expect("the example runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_prints_the_demo_s_verdicts() {
    let output = example("check", &[], true);
    let printed = text(&output.stdout);
    let verdicts: Vec<&str> = printed.lines().skip(1).filter_map(|line| line.split_whitespace().last()).collect();
    assert_eq!(verdicts, ["allowed", "denied", "denied", "allowed", "denied"], "{printed}{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn list_prints_every_license() {
    let output = example("list", &[], false);
    let printed = text(&output.stdout);
    for id in ["10000001", "10000002", "10000003"] {
        assert!(printed.contains(id), "{id} is missing in {printed}{}", text(&output.stderr));
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn check_says_why_nobody_answered() {
    let server = Server::start();
    let program = support::c_program("examples-c/check.c", server.work.path(), Linkage::Shared);
    let mut command = command(program, Under::Nothing);
    // Port 1 of the loopback interface: nothing listens there.
    command.args(["--server", "http://127.0.0.1:1", "--token-file"]).arg(server.token_file());
    let output = command.arg(support::root().join("examples-c/consumers.json")).output().expect("the example runs");
    let printed = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{printed}");
    for word in ["QLS_CONNECT_FAILED", "http://127.0.0.1:1", "connection-refused", "refused"] {
        assert!(printed.contains(word), "{word} is missing in {printed}");
    }
}

#[test]
fn list_shows_what_would_deceive() {
    let body =
        r#"{"status":true,"message":"","licenses":[{"license_info":{"license_id":"é👍\u001b[2J\u061c\udb40\udc41"}}]}"#;
    let server = RawServer::replying(reply(200, body));
    let work = tempfile::tempdir().expect("a folder");
    std::fs::write(work.path().join("token"), "not.a.token").expect("a token file");
    let program = support::c_program("examples-c/list.c", work.path(), Linkage::Shared);
    let mut command = command(program, Under::Nothing);
    let output = command.args(["--server", &server.url(), "--token-file"]).arg(work.path().join("token")).output();
    let output = output.expect("the example runs");
    let printed = text(&output.stdout);
    assert_eq!(printed.lines().next(), Some(r"license é👍\u{1b}[2J\u{61c}\u{e0041}"), "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
}
