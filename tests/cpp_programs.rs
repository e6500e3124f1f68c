//! The C++ programs of `tests/cpp`, against the shared library, linked and loaded, and the static one, from both
//! compilers. `.ci/platforms` runs those of gcc for Windows too.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use qls_standin::{Licenses, Options, Standin};
use support::{Linkage, RawServer, read_request};
use tempfile::TempDir;

const GCC: &[&str] = &["g++", "-std=c++11"];
const GCC_NEW: &[&str] = &["g++", "-std=c++20"];
const GCC_PLAIN: &[&str] = &["g++", "-std=c++11", "-fno-exceptions", "-fno-rtti"];
const CLANG: &[&str] = &["clang++", "-std=c++11"];
const CLANG_NEW: &[&str] = &["clang++", "-std=c++20"];
const CLANG_PLAIN: &[&str] = &["clang++", "-std=c++20", "-fno-exceptions", "-fno-rtti"];

/// The servers that the programs may reach, and a token for the first in a file.
struct Servers {
    standin: Standin,
    /// Refuses every request.
    proxy: RawServer,
    /// Reads requests and never answers.
    silent: RawServer,
    work: TempDir,
}

impl Servers {
    fn start() -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
        let work = tempfile::tempdir().expect("a folder");
        std::fs::write(work.path().join("token"), standin.token()).expect("a token file");
        let silent = RawServer::serving(|stream, _| {
            let _ = read_request(&*stream);
            let _ = stream.set_read_timeout(Some(Duration::from_secs(300)));
            // Until the client hangs up.
            let _ = read_request(&*stream);
        });
        let proxy = RawServer::replying("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        Self { standin, proxy, silent, work }
    }

    /// Runs a program and returns what it printed; if it fails, that is shown. The environment has an account's token
    /// and a proxy for https, so that a request to the default server would be seen at the proxy.
    fn run(&self, name: &str, mut command: Command) -> String {
        for name in ["https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
            command.env_remove(name);
        }
        command.env("HTTPS_PROXY", self.proxy.url()).env("QT_INSTALLER_JWT_TOKEN", "an.account.token");
        command.env("QLS_TEST_ACCOUNT", "an.account.token");
        let server = if name == "cancel" { self.silent.url() } else { self.standin.url().to_owned() };
        let output = support::run(command.arg(server).arg(self.work.path().join("token")));
        text(&output.stdout)
    }
}

fn run_alone(program: PathBuf) -> Command {
    support::program(&program)
}

fn under_valgrind(program: PathBuf) -> Command {
    support::under_valgrind(support::program(&program))
}

/// Compiles a program of `tests/cpp`, runs it, and compares what it says about its requests with what the servers saw.
fn passes(name: &str, compiler: &[&str], linkage: Linkage, command: fn(PathBuf) -> Command) {
    let servers = Servers::start();
    let source = format!("tests/cpp/{name}.cpp");
    let program = support::cpp_program(compiler, &[(&source, &[])], servers.work.path(), linkage);
    let printed = servers.run(name, command(program));
    let proxied: Vec<String> = servers.proxy.requests().into_iter().map(|request| request.head).collect();
    match name {
        // One client with default settings asks on purpose, to show that the proxy would see it.
        "ownership" => assert!(proxied.len() == 1 && proxied[0].starts_with("CONNECT qls.qt.io:443 "), "{proxied:?}"),
        _ => assert!(proxied.is_empty(), "{proxied:?}"),
    }
    if name == "setters" {
        assert_eq!(printed, format!("sent {}\n", servers.standin.requests().len()));
    }
}

macro_rules! programs {
    ($($name:ident),*) => {$(
        mod $name {
            use super::*;

            #[test]
            #[ignore = "needs c++"]
            fn gcc_shared() {
                passes(stringify!($name), GCC, Linkage::Shared, run_alone);
            }

            #[test]
            #[ignore = "needs c++"]
            fn gcc_new_static() {
                passes(stringify!($name), GCC_NEW, Linkage::Static, run_alone);
            }

            #[test]
            #[ignore = "needs c++"]
            fn gcc_loaded() {
                passes(stringify!($name), GCC, Linkage::LoadedFirst, run_alone);
            }

            #[test]
            #[ignore = "needs c++"]
            fn gcc_without_exceptions() {
                passes(stringify!($name), GCC_PLAIN, Linkage::Shared, run_alone);
            }

            #[test]
            #[ignore = "needs clang"]
            fn clang_static() {
                passes(stringify!($name), CLANG, Linkage::Static, run_alone);
            }

            #[test]
            #[ignore = "needs clang"]
            fn clang_new_loaded() {
                passes(stringify!($name), CLANG_NEW, Linkage::LoadedFirst, run_alone);
            }

            #[test]
            #[ignore = "needs clang"]
            fn clang_new_without_exceptions() {
                passes(stringify!($name), CLANG_PLAIN, Linkage::Shared, run_alone);
            }

            #[test]
            #[ignore = "needs valgrind"]
            fn valgrind() {
                passes(stringify!($name), GCC, Linkage::Shared, under_valgrind);
            }
        }
    )*};
}

programs!(ownership, operations, setters, log, cancel);

/// Two files in one program; `first` and `second` are the compiler's further arguments for each.
fn two_files(compiler: &[&str], first: &[&str], second: &[&str], linkage: Linkage, command: fn(PathBuf) -> Command) {
    let servers = Servers::start();
    let sources = [("tests/cpp/units.cpp", first), ("tests/cpp/units_other.cpp", second)];
    let program = support::cpp_program(compiler, &sources, servers.work.path(), linkage);
    servers.run("units", command(program));
    // Of two functions with one name the linker keeps that of the first file.
    let sources = [sources[1], sources[0]];
    let program = support::cpp_program(compiler, &sources, servers.work.path(), linkage);
    servers.run("units", command(program));
}

const NO_EXCEPTIONS: &[&str] = &["-fno-exceptions"];

#[test]
#[ignore = "needs c++"]
fn gcc_links_two_files() {
    two_files(GCC, &[], &[], Linkage::Shared, run_alone);
    two_files(GCC_NEW, &[], NO_EXCEPTIONS, Linkage::Static, run_alone);
    two_files(GCC, NO_EXCEPTIONS, &[], Linkage::Shared, run_alone);
}

#[test]
#[ignore = "needs clang"]
fn clang_links_two_files() {
    two_files(CLANG, &[], &[], Linkage::Static, run_alone);
    two_files(CLANG_NEW, &[], NO_EXCEPTIONS, Linkage::Shared, run_alone);
}

#[test]
#[ignore = "needs valgrind"]
fn valgrind_with_two_files() {
    two_files(GCC, &[], NO_EXCEPTIONS, Linkage::Shared, under_valgrind);
}

/// The output of one of the two check programs with these arguments.
fn checked(program: &Path, arguments: &[&str]) -> Output {
    support::program(program).args(arguments).output().expect("the example runs")
}

/// The text with Unix line ends, and without the lines of Wine, whose services may report failures at any time.
fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.split_inclusive('\n').filter(|line| !line.starts_with("wine: ")).collect()
}

/// `examples-c/check.cpp` gives the demo's verdicts, and does the same as `check.c` with all other arguments.
fn example_does_what_the_one_in_c_does(compiler: &[&str], linkage: Linkage) {
    let servers = Servers::start();
    let work = servers.work.path();
    let [c, cpp] = ["c", "cpp"].map(|name| work.join(name));
    for folder in [&c, &cpp] {
        std::fs::create_dir(folder).expect("a folder");
    }
    let c = support::c_program("examples-c/check.c", &c, linkage);
    let cpp = support::cpp_program(compiler, &[("examples-c/check.cpp", &[])], &cpp, linkage);

    std::fs::write(work.join("with-nul"), "[]\0").expect("a file");
    std::fs::write(work.join("none"), "[]").expect("a file");
    std::fs::write(work.join("two-lines"), "token\r\n\n").expect("a file");
    std::fs::write(work.join("with-line-end"), servers.standin.token() + "\r\n").expect("a file");
    let path = |name: &str| work.join(name).display().to_string();
    std::fs::write(work.join("spoilt"), "not.a.token").expect("a file");
    let [nul, none, two_lines, line_end, spoilt, folder] =
        ["with-nul", "none", "two-lines", "with-line-end", "spoilt", ""].map(path);
    let (token, url) = (path("token"), servers.standin.url());
    let consumers = support::root().join("examples-c/consumers.json").display().to_string();

    let verdicts = checked(&cpp, &["--server", url, "--token-file", &token, &consumers]);
    let printed = text(&verdicts.stdout);
    let words: Vec<&str> = printed.lines().skip(1).filter_map(|line| line.split_whitespace().last()).collect();
    assert_eq!(words, ["allowed", "denied", "denied", "allowed", "denied"], "{printed}{}", text(&verdicts.stderr));

    let asking: &[(i32, &[&str])] = &[
        (1, &["--server", url, "--token-file", &token, &consumers]),
        (1, &["--plain-http", &consumers, "--token-file", &line_end, "--server", url]),
        // Whoever asks for nothing has made a mistake.
        (3, &["--server", url, "--token-file", &token, &none]),
        (3, &["--server", url, "--token-file", &two_lines, &consumers]),
        (3, &["--server", url, "--token-file", &spoilt, &consumers]),
        (3, &["--server", url, &consumers]),
        (2, &["--server", "http://127.0.0.1:1", "--token-file", &token, &consumers]),
        (3, &["--server", "http://example.com", "--token-file", &token, &consumers]),
        (64, &["--server", "no address", "--token-file", &token, &consumers]),
        (3, &["--server", url, "--token-file", &token, &nul]),
        (3, &["--server", url, "--token-file", &token, &folder]),
        (3, &["--server", url, "--token-file", "/nonexistent", &consumers]),
        (3, &["/nonexistent"]),
        (3, &["--server", url, "--token-file", &token, "--ca-file", "/nonexistent", &consumers]),
        (64, &[]),
        (64, &["--server"]),
        (64, &["--token-file", &token]),
        (64, &[&consumers, &consumers]),
    ];
    for (code, arguments) in asking {
        let [c, cpp] = [&c, &cpp].map(|program| checked(program, arguments));
        assert_eq!(cpp.status.code(), Some(*code), "{arguments:?}: {}", text(&cpp.stderr));
        assert_eq!(c.status.code(), cpp.status.code(), "{arguments:?}");
        assert_eq!(text(&c.stdout), text(&cpp.stdout), "{arguments:?}");
        // Only the program in C prints that a setter was refused; in C++ the result says that.
        let reason = text(&c.stderr).replace("check: a setting was refused\n", "");
        assert_eq!(reason, text(&cpp.stderr), "{arguments:?}");
    }
}

#[test]
#[ignore = "needs c++"]
fn gcc_example_does_what_the_one_in_c_does() {
    example_does_what_the_one_in_c_does(GCC, Linkage::Shared);
    example_does_what_the_one_in_c_does(GCC_PLAIN, Linkage::Static);
}

#[test]
#[ignore = "needs clang"]
fn clang_example_does_what_the_one_in_c_does() {
    example_does_what_the_one_in_c_does(CLANG_NEW, Linkage::Shared);
}
