//! The library is loaded, unloaded, loaded twice, used in a forked process, and used while a process ends.

mod host;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use host::{Server, compile};
use support::pki::Ca;
use support::{Linkage, RawServer};

/// A program that is linked with the library.
fn linked(server: &Server, name: &str) -> Command {
    Command::new(support::c_program(&format!("tests/c/{name}.c"), server.folder(), Linkage::Shared))
}

/// A program that loads the library when it runs.
fn loading(server: &Server, name: &str) -> Command {
    Command::new(compile("cc", &format!("{name}.c"), server.folder(), &[]))
}

fn library() -> &'static Path {
    support::library().shared()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn fault_108_sixteen_threads_with_one_client_and_with_many() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "threads")));
    }
}

#[test]
fn fault_113_load_call_unload_again_and_again() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut loading(&server, "unload")).arg(library()).arg("200"));
    }
}

/// The bytes that a run under Valgrind has left at its end: those lost for good, and all.
fn lost_under_valgrind(server: &Server, program: &Path, cycles: usize) -> (u64, u64) {
    let log = server.folder().join(format!("valgrind-{cycles}"));
    let mut command = Command::new("valgrind");
    command.args(["--leak-check=full", "--show-leak-kinds=all", "--errors-for-leak-kinds=definite"]);
    command.args(["--error-exitcode=9".into(), format!("--log-file={}", log.display())]);
    command.arg(format!("--suppressions={}", support::root().join("tests/c/valgrind.supp").display())).arg(program);
    let output = server.asked_by(&mut command).arg(library()).arg(cycles.to_string()).output().expect("valgrind runs");
    let log = std::fs::read_to_string(log).expect("valgrind's log");
    assert!(output.status.success(), "{}\n{}\n{log}", output.status, text(&output.stderr));
    assert!(log.contains("ERROR SUMMARY: 0 errors"), "{log}");
    assert!(log.contains("LEAK SUMMARY:") || log.contains("All heap blocks were freed"), "{log}");
    let bytes = |kind: &str| -> u64 {
        let Some((_, rest)) = log.split_once(&format!("{kind}: ")) else { return 0 };
        let digits: String = rest.chars().take_while(|c| *c != ' ').filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_else(|_| panic!("{kind} in {log}"))
    };
    let lost = bytes("definitely lost");
    (lost, lost + bytes("indirectly lost") + bytes("possibly lost") + bytes("still reachable"))
}

#[test]
#[ignore = "needs valgrind"]
fn fault_113_load_call_unload_200_times_under_valgrind() {
    let server = Server::plain();
    let program = compile("cc", "unload.c", server.folder(), &[]);
    let few = lost_under_valgrind(&server, &program, 20);
    let many = lost_under_valgrind(&server, &program, 200);
    assert_eq!((few.0, many.0), (0, 0), "definitely lost after 20 and after 200 cycles");
    // The loader and std may keep some memory, but not more with every cycle.
    assert!(many.1 < few.1 + 1024, "left after 20 cycles: {} bytes, after 200: {} bytes", few.1, many.1);
}

#[test]
fn fault_114_unload_then_the_calling_thread_exits() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut loading(&server, "unload_thread")).arg(library()));
    }
}

#[test]
fn fault_114_unload_while_a_look_up_hangs() {
    let server = Server::plain();
    let program = compile("cc", "unload_lookup.c", server.folder(), &["-rdynamic"]);
    support::run(server.asked_by(&mut Command::new(program)).arg(library()));
}

#[test]
fn fault_116_calls_at_exit() {
    for server in [Server::plain(), Server::tls()] {
        let output = support::run(server.asked_by(&mut linked(&server, "at_exit")));
        assert_eq!(text(&output.stdout), "asked at exit\n");
    }
}

#[test]
#[ignore = "needs c++"]
fn fault_116_calls_from_static_destructors() {
    for server in [Server::plain(), Server::tls()] {
        let with_library = host::linked_with(library());
        let with_library = with_library.each_ref().map(String::as_str);
        let program = compile("c++", "at_exit.cpp", server.folder(), &with_library);
        let output = support::run(server.asked_by(&mut Command::new(program)));
        assert_eq!(text(&output.stdout), "asked by the object local\nasked by the object global\n");
    }
}

#[test]
fn fault_117_two_copies_used_alternately() {
    for server in [Server::plain(), Server::tls()] {
        let copy = server.folder().join("copy-of-the-library.so");
        std::fs::copy(library(), &copy).expect("a copy");
        support::run(server.asked_by(&mut loading(&server, "two_copies")).arg(library()).arg(&copy));
    }
}

#[test]
fn fault_118_global_symbols_and_a_small_stack_in_c() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut loading(&server, "global")).arg(library()));
        support::run(server.asked_by(&mut linked(&server, "smallstack")));
    }
}

#[test]
fn fault_118_global_symbols_and_a_small_stack_in_python() {
    for server in [Server::plain(), Server::tls()] {
        let mut python = Command::new("python3");
        python.arg("-B").arg(support::root().join("tests/python/small_stack.py")).arg(library());
        support::run(server.asked_by(&mut python));
    }
}

/// Answers on each connection as long as the client keeps it, and notes who asked on which connection.
struct WhoServer {
    raw: RawServer,
    asked: Arc<Mutex<Vec<(usize, String)>>>,
}

impl WhoServer {
    /// `open` makes the stream from an accepted connection.
    fn start<S: std::io::Read + std::io::Write>(
        open: impl Fn(std::net::TcpStream) -> S + Send + Sync + 'static,
    ) -> Self {
        let asked: Arc<Mutex<Vec<(usize, String)>>> = Arc::default();
        let notes = asked.clone();
        let connections = AtomicUsize::new(0);
        let raw = RawServer::serving(move |tcp, _| {
            let connection = connections.fetch_add(1, Ordering::SeqCst);
            let mut stream = open(tcp.try_clone().expect("a second handle"));
            while let Some(request) = support::read_request(&mut stream) {
                let body = text(&request.body);
                let (_, who) = body.split_once("\"who\":\"").unwrap_or_else(|| panic!("nobody asks in {body}"));
                let who = who.split('"').next().unwrap_or_default().to_owned();
                let noted = || notes.lock().expect("nobody panicked").iter().any(|(_, who)| who == "child-alone");
                if who == "slow" {
                    let patience = Instant::now() + Duration::from_secs(20);
                    while !noted() && Instant::now() < patience {
                        std::thread::sleep(Duration::from_millis(10));
                    }
                }
                notes.lock().expect("nobody panicked").push((connection, who));
                if stream.write_all(&support::reply(200, r#"{"status":true,"licenses":[]}"#)).is_err() {
                    return;
                }
            }
        });
        Self { raw, asked }
    }

    /// The connections on which those in `who` asked.
    fn connections(&self, who: &[&str]) -> BTreeSet<usize> {
        let asked = self.asked.lock().expect("nobody panicked");
        let of = |name: &&str| {
            let mut found = asked.iter().filter(|(_, asker)| asker == name).map(|(connection, _)| *connection);
            let first = found.next().unwrap_or_else(|| panic!("{name} is not among {asked:?}"));
            assert_eq!(found.next(), None, "{name} asked twice: {asked:?}");
            first
        };
        who.iter().map(of).collect()
    }
}

fn forks(server: &WhoServer, address: &str, trusted: &Server) {
    support::run(trusted.asked_at(address, &mut linked(trusted, "fork")));
    let parent = server.connections(&["parent-1", "parent-2", "parent-3"]);
    let child = server.connections(&["child-1", "child-2"]);
    assert_eq!(parent.len(), 1, "the parent's connection is kept: {:?}", server.asked);
    assert_eq!(child.len(), 1, "the child's connection is kept: {:?}", server.asked);
    assert!(parent.is_disjoint(&child), "they share a connection: {:?}", server.asked);

    let parent = server.connections(&["slow", "parent-afterwards"]);
    let child = server.connections(&["child-meanwhile", "child-alone"]);
    assert_eq!((parent.len(), child.len()), (1, 2), "{:?}", server.asked);
    assert!(parent.is_disjoint(&child), "they share a connection: {:?}", server.asked);
    let asked = server.asked.lock().expect("nobody panicked");
    let place = |name: &str| asked.iter().position(|(_, who)| who == name);
    assert!(place("child-alone") < place("slow"), "the fork was not during the call: {asked:?}");
}

#[test]
fn fault_122_parent_and_child_call_after_a_fork() {
    let server = WhoServer::start(|tcp| tcp);
    forks(&server, &server.raw.url(), &Server::plain());
}

#[test]
fn fault_122_parent_and_child_call_after_a_fork_with_tls() {
    let ca = Ca::new("The CA of a parent and its child");
    let config = support::tls::server_config(&ca.identity(&["127.0.0.1"]));
    let server = WhoServer::start(move |tcp| support::tls::accept(&config, tcp));
    let trusted = Server::tls();
    std::fs::write(trusted.folder().join("ca.pem"), ca.pem()).expect("a CA file");
    forks(&server, &server.raw.url().replace("http:", "https:"), &trusted);
}

/// Forks at each moment at which another thread does this and asks for memory. The locks that it holds then stay locked
/// in the child.
fn forks_anywhere(linkage: Linkage, what: &str, at_least: u32) {
    let server = Server::tls();
    let program = support::c_program("tests/c/fork_anywhere.c", server.folder(), linkage);
    let ca = server.folder().join("ca.pem");
    let over = (1..5000).find(|n: &u32| {
        let mut command = Command::new(&program);
        let output = support::run(server.asked_by(&mut command).arg(&ca).args([what, &n.to_string()]));
        output.stdout == b"over\n"
    });
    assert!(over.is_some_and(|moments| moments > at_least), "{over:?} moments");
}

#[test]
fn fault_122_a_fork_at_any_moment_leaves_the_child_able_to_ask() {
    forks_anywhere(Linkage::Shared, "call", 50);
}

#[test]
fn fault_195_a_fork_during_the_first_use_of_the_library() {
    forks_anywhere(Linkage::Shared, "first", 50);
}

#[test]
fn fault_195_a_fork_during_the_first_use_of_the_static_library() {
    forks_anywhere(Linkage::Static, "first", 50);
}

#[test]
fn fault_196_a_fork_while_another_thread_reads_a_result() {
    forks_anywhere(Linkage::Shared, "read", 20);
}

#[test]
fn fault_197_five_hundred_forks_at_random_moments() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "fork_randomly")));
    }
}

/// The part of strace's log while the program used the library.
fn traced(server: &Server, url: &str) -> Vec<String> {
    let log = server.folder().join("strace");
    let program = support::c_program("tests/c/leaves_nothing.c", server.folder(), Linkage::Shared);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-s", "200", "-e", "signal=none", "-e"]);
    command.arg("trace=%file,%process,connect,bind,write,memfd_create,ftruncate,fallocate,fchmod,fchown,shmget");
    command.arg("-o").arg(&log).arg(program);
    support::run(server.asked_at(url, &mut command));
    let log = std::fs::read_to_string(log).expect("strace's log");
    let (_, log) = log.split_once("/the-asking-begins").unwrap_or_else(|| panic!("no beginning in {log}"));
    let (log, _) = log.split_once("/the-asking-ends").unwrap_or_else(|| panic!("no end in {log}"));
    log.lines().skip(1).map(str::to_owned).collect()
}

/// Whether a traced system call neither writes a file nor starts a process.
fn is_harmless(line: &str) -> bool {
    const READING: &str = "access faccessat faccessat2 stat lstat newfstatat statx readlink readlinkat statfs getcwd";
    const OTHER: [&str; 2] = ["connect", "exit"];
    const CHANGING: [&str; 6] = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"];
    // A line begins with the thread's number. "<... x resumed>" ends a call whose beginning was already judged.
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let name = call.split('(').next().unwrap_or_default();
    match name {
        _ if call.starts_with("<... ") => true,
        _ if READING.split(' ').any(|known| known == name) || OTHER.contains(&name) => true,
        "open" | "openat" | "openat2" => !CHANGING.iter().any(|flag| call.contains(flag)),
        "clone" | "clone3" => call.contains("CLONE_THREAD"),
        _ => false,
    }
}

#[test]
#[ignore = "needs strace"]
fn leaves_nothing_behind_under_strace() {
    for server in [Server::plain(), Server::tls()] {
        for url in [server.url_by_name(), server.url_by_name().replace("localhost", "127.0.0.1")] {
            let calls = traced(&server, &url);
            assert!(calls.iter().any(|call| call.contains("connect(") && call.contains("AF_INET")), "{calls:#?}");
            let harmful: Vec<_> = calls.iter().filter(|call| !is_harmless(call)).collect();
            assert!(harmful.is_empty(), "{url}: {harmful:#?}");
        }
    }
}

#[test]
fn what_counts_as_left_behind() {
    for harmless in [
        r#"12 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 5"#,
        "12 clone3({flags=CLONE_VM|CLONE_THREAD|CLONE_SETTLS, exit_signal=0, stack=0x7f00} => {}, 88) = 13",
        "13 <... openat resumed>) = 5",
    ] {
        assert!(is_harmless(harmless), "{harmless}");
    }
    for harmful in [
        r#"12 openat(AT_FDCWD, "/tmp/log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 5"#,
        r#"12 creat("/tmp/log", 0666) = 5"#,
        r#"12 mkdir("/tmp/cache", 0777) = 0"#,
        r#"12 unlink("/tmp/cache") = 0"#,
        "12 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD) = 13",
        "12 vfork() = 13",
        r#"12 execve("/bin/sh", ["sh"], 0x7ffc) = 0"#,
        r#"12 memfd_create("x", 0) = 5"#,
        r#"12 write(2, "x", 1) = 1"#,
    ] {
        assert!(!is_harmless(harmful), "{harmful}");
    }
}

#[test]
fn leaves_no_thread_and_no_descriptor_behind() {
    for server in [Server::plain(), Server::tls()] {
        support::run(server.asked_by(&mut linked(&server, "leaves_nothing")));
        support::run(server.asked_at(&server.url_by_name(), &mut linked(&server, "leaves_nothing")));
    }
}
