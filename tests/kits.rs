//! The kits for setups that link nothing: `integrations/ifw-stock`, `integrations/nsis` and `integrations/shell`. Real
//! installers of the framework are tried by `integrations/ifw-stock/tests/run`, and not here.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

use qls_standin::{Licenses, Options, Standin};

fn kit(name: &str) -> PathBuf {
    support::root().join("integrations").join(name)
}

/// The script of the kit for the stock framework, in Qt's script engine: what it closes and opens, and when it cancels.
#[test]
#[ignore = "needs Qt 6's script engine"]
fn fault_320_the_stock_framework_s_script() {
    let output = support::run(&mut Command::new(kit("ifw-stock/tests/engine/run")));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains(" tests of the script passed\n"), "{printed}");
    eprintln!("{printed}");
}

/// What an author embeds without another thought turns nothing on.
#[test]
fn the_settings_of_the_stock_framework_s_kit_are_the_defaults() {
    let shipped = std::fs::read_to_string(kit("ifw-stock/qls.ini")).expect("qls.ini");
    for line in shipped.lines() {
        assert!(line.is_empty() || line.starts_with('#'), "qls.ini sets {line}");
    }
}

/// The README has the tables that `integrations/ifw-stock/tests/run` prints: these rows and no others.
#[test]
fn what_was_tried_with_the_stock_framework_is_in_its_readme() {
    let readme = std::fs::read_to_string(kit("ifw-stock/README.md")).expect("the README");
    let output = support::run(Command::new("python3").arg(kit("ifw-stock/tests/run")).arg("--rows"));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let rows: Vec<_> = printed.lines().collect();
    assert!(rows.len() > 60, "{printed}");
    let tried = &readme[readme.find("\n## What was tried").expect("the tables")..];
    let tables: Vec<_> = tried.split("| --- |\n").skip(1).flat_map(|rest| rest.split("\n\n").next()).collect();
    let found: Vec<_> = tables[..4].iter().flat_map(|table| table.lines()).collect();
    for (found, row) in found.iter().zip(&rows) {
        assert_eq!(found, row);
    }
    assert_eq!(found.len(), rows.len());
}

/// Each guard is tried by leaving it out of the script: what is cut then still stands there, once.
#[test]
fn the_guards_that_are_tried_are_in_the_stock_framework_s_script() {
    let output = support::run(Command::new("python3").arg(kit("ifw-stock/tests/run")).arg("--cuts"));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let scripts: u32 = printed.trim().strip_suffix(" scripts").expect("a number").parse().expect("a number");
    assert!(scripts > 40, "{printed}");
}

/// A setup of the example for shells, and what it is run with.
struct Setup {
    work: tempfile::TempDir,
    /// The shell with its arguments.
    shell: Vec<String>,
    path: String,
    /// What its install.sh has for its server.
    server: std::cell::RefCell<String>,
}

const AUTHORS_SERVER: &str = "https://licenses.example.com";

impl Setup {
    fn new(shell: &[&str], path: Option<&Path>) -> Self {
        let work = tempfile::tempdir().expect("a folder");
        let copy = |from: &Path, name: &str| {
            std::fs::copy(from, work.path().join(name)).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        };
        copy(&support::precheck_program(), "qls-precheck");
        copy(&kit("shell/qls-licenses.sh"), "qls-licenses.sh");
        copy(&kit("shell/example/consumers.json"), "consumers.json");
        copy(&kit("shell/example/install.sh"), "install.sh");
        for package in ["editor", "designer", "tester"] {
            std::fs::create_dir_all(work.path().join("packages").join(package)).expect("a package");
            std::fs::write(work.path().join("packages").join(package).join("file"), package).expect("its file");
        }
        let path = path.map_or_else(|| std::env::var("PATH").expect("PATH"), |path| path.display().to_string());
        Self {
            work,
            shell: shell.iter().map(|&word| word.to_owned()).collect(),
            path,
            server: AUTHORS_SERVER.to_owned().into(),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.shell[0]);
        command.args(&self.shell[1..]).current_dir(self.work.path());
        command.env_clear().env("PATH", &self.path).env("HOME", self.work.path());
        command
    }

    /// Runs install.sh. Returns its exit code, what was installed, and what it printed.
    fn install(&self, url: &str, token: &str) -> (Option<i32>, Vec<String>, String) {
        std::fs::write(self.work.path().join("token"), token).expect("a token");
        self.replace("install.sh", &self.server.replace(url.to_owned()), url);
        let output =
            self.command().args(["./install.sh", "./a target", "--token-file", "token"]).output().expect("a shell");
        let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let target = self.work.path().join("a target");
        let mut installed: Vec<_> = std::fs::read_dir(&target)
            .into_iter()
            .flatten()
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        installed.sort();
        let _ = std::fs::remove_dir_all(target);
        (output.status.code(), installed, printed)
    }

    /// Whether a component is allowed after these lines of a script.
    fn allows(&self, before: &str, component: &str) -> bool {
        let script = format!(". ./qls-licenses.sh\n{before}\nqls_allowed '{component}'");
        let status = self.command().args(["-c", &script]).status().expect("a shell");
        assert!([Some(0), Some(1)].contains(&status.code()), "{before}: {status}");
        status.success()
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let path = self.work.path().join(file);
        let text = std::fs::read_to_string(&path).expect("a file");
        assert!(text.contains(old), "{old}");
        std::fs::write(path, text.replace(old, new)).expect("a file");
    }
}

/// The shell kit in one shell: what is denied, or could not be asked about, is not installed.
fn the_shell_kit(setup: &Setup) {
    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    let standin = Standin::start(Options::new(licenses.clone())).expect("a server");
    let token = standin.token();

    let (code, installed, printed) = setup.install(standin.url(), &token);
    assert_eq!((code, installed), (Some(0), vec!["designer".to_owned(), "editor".to_owned()]), "{printed}");
    assert!(printed.contains("tester is left out: your license does not cover com.example.tester"), "{printed}");
    assert!(!printed.contains(&token), "{printed}");

    let fails =
        Standin::start(Options { faults: vec!["status=503".parse().expect("a fault")], ..Options::new(licenses) })
            .expect("a server");
    let (code, installed, printed) = setup.install(fails.url(), &token);
    assert_eq!((code, installed), (Some(3), vec![]), "{printed}");
    assert!(printed.contains("HTTP 503"), "{printed}");

    setup.replace("install.sh", "on_no_verdict=block", "on_no_verdict=hide");
    let (code, installed, printed) = setup.install(fails.url(), &token);
    assert_eq!((code, installed), (Some(0), vec!["editor".to_owned()]), "{printed}");

    let ask = |verdicts: &str, code: i32| {
        format!("printf '#!/bin/sh\\nprintf \"{verdicts}\"; exit {code}\\n' > fake; chmod +x fake; qls_ask ./fake list")
    };
    let head = "COMPONENT CONSUMER VERDICT\\n";
    assert!(setup.allows(&ask(&format!("{head}a.b c allowed\\n"), 0), "a.b"));
    assert!(!setup.allows("", "a.b"), "before an answer");
    // Names are no numbers.
    for name in ["6.1", "6.100", "61e-1"] {
        assert!(!setup.allows(&ask(&format!("{head}6.10 c allowed\\n"), 0), name), "{name}");
    }
    assert!(setup.allows(&ask(&format!("{head}6.10 c allowed\\n"), 0), "6.10"));
    // A user names no server, and no standard input.
    for arguments in
        [&["--server", standin.url()][..], &["--token-file", "-"], &["--token-file", "token", "--insecure"]]
    {
        let output = setup.command().args(["./install.sh", "x"]).args(arguments).output().expect("a shell");
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {output:?}");
    }
    for (verdicts, code) in [
        ("a.b c allowed\\n", 2),
        ("a.b c denied\\n", 1),
        ("a.b c unknown\\n", 1),
        ("axb c allowed\\n", 1),
        ("a.b c allowed\\na.b d denied\\n", 1),
        ("a.b c d allowed\\n", 0),
        ("", 0),
    ] {
        assert!(!setup.allows(&ask(&format!("{head}{verdicts}"), code), "a.b"), "{verdicts}");
    }
    assert!(!setup.allows(&ask(&format!("{head}a.b c allowed\\n"), 0), ""), "no name");
    assert!(
        !setup.allows(&format!("{}; {}", ask(&format!("{head}a.b c allowed\\n"), 0), ask("", 3)), "a.b"),
        "an old answer"
    );

    std::fs::remove_file(setup.work.path().join("qls-precheck")).expect("the program");
    let (code, installed, printed) = setup.install(standin.url(), &token);
    assert_eq!((code, installed), (Some(0), vec!["editor".to_owned()]), "{printed}");
    setup.replace("install.sh", "on_no_verdict=hide", "on_no_verdict=block");
    assert_eq!(setup.install(standin.url(), &token).0, Some(3));
}

#[test]
#[ignore = "needs dash"]
fn fault_321_the_shell_kit_in_dash() {
    the_shell_kit(&Setup::new(&["dash"], None));
}

/// With no tools but busybox's.
#[test]
#[ignore = "needs busybox"]
fn fault_321_the_shell_kit_in_busybox() {
    let busybox = std::env::split_paths(&std::env::var_os("PATH").expect("PATH"))
        .map(|folder| folder.join("busybox"))
        .find(|path| path.exists())
        .expect("busybox");
    let tools = tempfile::tempdir().expect("a folder");
    for name in ["awk", "chmod", "cp", "dirname", "mkdir", "printf", "sh"] {
        std::os::unix::fs::symlink(&busybox, tools.path().join(name)).expect("a link");
    }
    the_shell_kit(&Setup::new(&[busybox.to_str().expect("a path"), "sh"], Some(tools.path())));
}

/// The include for NSIS compiles, in an example for both kinds of Windows; `.ci/platforms windows` runs the setups.
#[test]
#[ignore = "needs makensis"]
fn fault_322_nsis_compiles_the_example() {
    let work = tempfile::tempdir().expect("a folder");
    for target in ["x86-unicode", "amd64-unicode"] {
        for more in ["-DQLS_OPTIONS=--server https://licenses.example.com", "-DQLS_HIDE"] {
            let setup = work.path().join(format!("{target}.exe"));
            let mut compiler = Command::new("makensis");
            compiler.args(["-NOCD", "-V2", "-WX", more, "-DQLS_PROGRAM=README.md"]);
            compiler.arg(format!("-DTARGET={target}")).arg(format!("-DOUTFILE={}", setup.display()));
            support::run(compiler.arg("example/example.nsi").current_dir(kit("nsis")));
            assert!(setup.exists());
            std::fs::remove_file(setup).expect("the setup");
        }
    }
}
