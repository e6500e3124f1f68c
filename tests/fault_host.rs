//! Unusual hosts: without standard streams or descriptors, with a log that calls the library, and with panics inside
//! the library.

mod host;

use std::collections::BTreeSet;
use std::io::Read;
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use host::{Server, compile};
use support::pki::Ca;
use support::{Linkage, RawServer};

fn linked(server: &Server, name: &str) -> Command {
    Command::new(support::c_program(&format!("tests/c/{name}.c"), server.folder(), Linkage::Shared))
}

fn compiled_with(compiler: &str, library: &Path, name: &str, folder: &Path, further: &[&str]) -> PathBuf {
    let with_library = host::linked_with(library);
    let arguments: Vec<&str> = further.iter().copied().chain(with_library.iter().map(String::as_str)).collect();
    compile(compiler, name, folder, &arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn shown(output: &Output) -> String {
    format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))
}

#[test]
fn fault_112_calling_back_from_the_log() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "callbacks")));
    }
}

/// One thread reads the system's certificates or a CA file from a disk that does not answer.
#[test]
fn fault_199_no_call_waits_while_another_reads_a_file() {
    let server = Server::tls();
    let certificates = server.folder().join("ca.pem");
    let given = server.folder().join("given.pem");
    std::fs::copy(&certificates, &given).expect("a CA file");
    support::run(server.asked_by(&mut linked(&server, "slow_disk")).arg(&certificates));
    support::run(server.asked_by(&mut linked(&server, "slow_disk")).arg(&given).arg(&given));
}

/// The connect timeout bounds what the server and the network do.
#[test]
fn fault_224_a_slow_disk_is_not_the_servers_fault() {
    let server = Server::tls();
    let certificates = server.folder().join("ca.pem");
    support::run(server.asked_by(&mut linked(&server, "slow_trust")).arg(&certificates));
}

#[test]
fn fault_112_no_secret_in_log_message_and_json() {
    const REPLY: &str = "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
    let proxy = RawServer::replying(REPLY);
    let server = Server::plain();
    let with_password = proxy.url().replace("http://", "http://paula:Wallaby77@");
    let output = support::run(server.asked_at(&with_password, &mut linked(&server, "log_secrets")));
    let printed = text(&output.stdout);
    // "paula:Wallaby77", as it is sent to the proxy.
    let encoded = "cGF1bGE6V2FsbGFieTc3";
    assert!(proxy.requests().iter().any(|request| request.head.contains(encoded)), "{:?}", proxy.requests());
    let token = std::fs::read_to_string(server.folder().join("token")).expect("the token's file");
    for secret in ["Wallaby77", encoded, token.trim()] {
        assert!(!printed.contains(secret), "{secret} is in {printed}");
    }
    for part in ["log 1 QLS_PROXY_FAILED", "log 4 ", "message ", "json {"] {
        assert!(printed.contains(part), "{part} is missing in {printed}");
    }
}

/// Reads the first part of the request and closes: the next write to such a peer is a broken pipe.
fn hang_up(stream: &mut impl Read, tcp: &TcpStream) {
    let _ = stream.read_exact(&mut [0; 4096]);
    let _ = tcp.shutdown(Shutdown::Write);
}

#[test]
fn fault_119_sigpipe_is_never_raised() {
    let closing = RawServer::serving(|stream, _| hang_up(&mut &*stream, stream));
    let server = Server::plain();
    support::run(server.asked_at(&closing.url(), &mut linked(&server, "sigpipe")));
}

#[test]
fn fault_119_sigpipe_is_never_raised_with_tls() {
    let ca = Ca::new("The CA of a server that closes");
    let config = support::tls::server_config(&ca.identity(&["127.0.0.1"]));
    let closing = RawServer::serving(move |stream, _| {
        hang_up(&mut support::tls::accept(&config, stream.try_clone().expect("a second handle")), stream);
    });
    let server = Server::tls();
    std::fs::write(server.folder().join("ca.pem"), ca.pem()).expect("a CA file");
    let address = closing.url().replace("http:", "https:");
    support::run(server.asked_at(&address, &mut linked(&server, "sigpipe")));
}

/// Builds the library into a target folder of its own, with the changes of `set_up`; returns the shared library's path.
fn built(folder: &str, set_up: impl FnOnce(&mut Command)) -> PathBuf {
    let target = support::library().shared().ancestors().nth(2).expect("the target folder").join(folder);
    let mut cargo = Command::new("cargo");
    // Set by the cargo that runs this test, for its own toolchain and target folder.
    cargo.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTUP_TOOLCHAIN").current_dir(support::root());
    set_up(cargo.args(["build", "--quiet", "--package", "qls-precheck", "--target-dir"]).arg(&target));
    support::run(&mut cargo);
    target
}

/// The library with the feature `panic-test`, which can let any export panic.
fn panicking() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let target = built("panic-test", |cargo| {
            cargo.args(["--release", "--features", "panic-test"]);
        });
        let name = support::library().shared().file_name().expect("a file");
        target.join("release").join(name)
    })
}

#[test]
fn fault_121_defects_print_nothing_and_raise_no_sigpipe() {
    let server = Server::plain();
    let program = compiled_with("cc", panicking(), "panic_quiet.c", server.folder(), &[]);
    for stream in ["open", "closed", "broken"] {
        let mut command = Command::new(&program);
        let output = server.asked_by(command.env("RUST_BACKTRACE", "1")).arg(stream).output().expect("it runs");
        assert!(output.status.success(), "standard error {stream}: {}", shown(&output));
        assert_eq!(text(&output.stdout), "all quiet\n", "standard error {stream}");
        assert_eq!(text(&output.stderr), "", "standard error {stream}");
    }
}

#[test]
fn fault_125_a_panic_in_each_export_gives_the_documented_value() {
    let server = Server::plain();
    let program = compiled_with("cc", panicking(), "panic_exports.c", server.folder(), &[]);
    let output = support::run(server.asked_by(&mut Command::new(program)));
    let tried: BTreeSet<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    let symbols = support::run(Command::new("nm").args(["-D", "--defined-only"]).arg(panicking()));
    let exported: BTreeSet<String> =
        text(&symbols.stdout).lines().filter_map(|line| line.split_whitespace().nth(2)).map(str::to_owned).collect();
    assert_eq!(tried, exported);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn fault_125_the_ordinary_library_cannot_be_made_to_panic() {
    let contains = |library: &Path| {
        let bytes = std::fs::read(library).expect("the library");
        bytes.windows(9).any(|window| window == b"QLS_PANIC")
    };
    assert!(contains(panicking()), "the variable's name is not to be found where it has to be");
    assert!(!contains(support::library().shared()));
}

#[test]
fn fault_124_standard_descriptors_closed() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "closed_fds")));
        support::run(server.asked_at(&server.url_by_name(), &mut linked(&server, "closed_fds")));
    }
}

#[test]
fn fault_124_few_descriptors() {
    let (plain, tls) = (Server::plain(), Server::tls());
    support::run(plain.asked_by(&mut linked(&plain, "few_descriptors")).arg("plain"));
    support::run(tls.asked_by(&mut linked(&tls, "few_descriptors")).arg("tls"));
}

/// The system's resolver needs descriptors too. Without any it says that the name is unknown.
#[test]
fn fault_124_few_descriptors_and_a_name_to_look_up() {
    let (plain, tls) = (Server::plain(), Server::tls());
    support::run(plain.asked_at(&plain.url_by_name(), &mut linked(&plain, "few_descriptors")).arg("plain"));
    support::run(tls.asked_at(&tls.url_by_name(), &mut linked(&tls, "few_descriptors")).arg("tls"));
}

#[test]
fn fault_124_current_folder_deleted() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "lost_folder")));
        support::run(server.asked_at(&server.url_by_name(), &mut linked(&server, "lost_folder")));
    }
}

#[test]
fn fault_124_locale_of_every_system() {
    let server = Server::plain();
    support::run(server.asked_by(&mut linked(&server, "locale")).arg("C.UTF-8"));
}

#[test]
#[ignore = "needs localedef and its sources (Debian: locales)"]
fn fault_124_turkish_locale() {
    let server = Server::tls();
    // This name is a path, so localedef writes the locale there and installs nothing.
    let made = server.folder().join("tr_TR.UTF-8");
    support::run(Command::new("localedef").args(["--no-archive", "-i", "tr_TR", "-f", "UTF-8"]).arg(&made));
    let mut command = linked(&server, "locale");
    support::run(server.asked_by(command.env("LOCPATH", server.folder())).arg("tr_TR.UTF-8"));
}

/// The library with AddressSanitizer. The program that loads it has the sanitizer's runtime: gcc's runtime, as a shared
/// library, works with the code of Rust's compiler.
fn sanitized() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        const TARGET: &str = "x86_64-unknown-linux-gnu";
        let target = built("asan", |cargo| {
            cargo.env("RUSTUP_TOOLCHAIN", "nightly").env("RUSTFLAGS", "-Zsanitizer=address");
            // Reports name lines only with symbols.
            cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none").env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only");
            cargo.args(["--release", "--target", TARGET]);
        });
        target.join(TARGET).join("release/libqls_precheck.so")
    })
}

fn sanitized_program(server: &Server, name: &str) -> Command {
    let program = compiled_with("gcc", sanitized(), &format!("{name}.c"), server.folder(), &["-fsanitize=address"]);
    Command::new(program)
}

#[test]
#[ignore = "needs nightly Rust, and gcc with libasan"]
fn fault_127_the_c_tests_under_addresssanitizer() {
    for server in [Server::plain(), Server::tls()] {
        for name in
            ["contract_client", "contract_input", "contract_result", "operations", "threads", "smallstack", "callbacks"]
        {
            support::run(server.asked_by(&mut sanitized_program(&server, name)));
        }
    }
}

#[test]
#[ignore = "needs nightly Rust, and gcc with libasan"]
fn fault_127_addresssanitizer_sees_into_the_library() {
    let server = Server::plain();
    let output = sanitized_program(&server, "asan_control").output().expect("it runs");
    let report = text(&output.stderr);
    assert!(!output.status.success() && report.contains("heap-use-after-free"), "{}", shown(&output));
    assert!(report.lines().any(|line| line.contains("#0 ") && line.contains("qls_")), "{report}");
}

/// The loader of libraries writes down what it loads.
#[test]
fn fault_294_gssapi_is_loaded_where_it_is_wanted_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = support::c_program("examples-c/check.c", folder.path(), Linkage::Shared);
    let token = folder.path().join("token");
    std::fs::write(&token, "a-token").expect("a token file");
    for (answer, is_wanted) in [("403 No", false), ("407 Who is it?\r\nProxy-Authenticate: Negotiate", true)] {
        let proxy = RawServer::replying(format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n"));
        let mut command = support::program(&program);
        command.args(["--server", "https://licenses.example.com", "--token-file"]).arg(&token);
        command.arg(support::root().join("examples-c/consumers.json"));
        command.env("https_proxy", format!("http://localhost:{}", proxy.address().port()));
        command.env("KRB5_CONFIG", "/dev/null").env("KRB5CCNAME", "MEMORY:").env("LD_DEBUG", "files");
        let told = String::from_utf8_lossy(&command.output().expect("a program").stderr).into_owned();
        assert_eq!(proxy.requests().len(), 1, "{told}");
        assert!(told.contains("libqls_precheck.so"), "{told}");
        assert_eq!(told.contains("libgssapi_krb5.so.2"), is_wanted, "{told}");
    }
}
