//! What the program's tests share: a stand-in to ask, files, and the program without whatever this machine has set.
#![allow(dead_code, reason = "every test binary uses its own part of this")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use qls_standin::{Licenses, Options, Standin};
use tempfile::TempDir;

/// Nothing listens there.
pub(crate) const CLOSED: &str = "http://127.0.0.1:1";

/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_qls-precheck");

/// Variables of whoever runs the tests, which the program would heed.
pub(crate) const FOREIGN: &[&str] = &[
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "QT_INSTALLER_JWT_TOKEN",
    "XDG_DATA_HOME",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    // Where it is set, colors are shown even in a dumb terminal.
    "CI",
    "TERM",
];

/// A stand-in with the demo's licenses, and a folder with its token.
pub(crate) struct Place {
    pub(crate) standin: Standin,
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::with(&root().join("standin/licenses/demo.json"), &[])
    }

    pub(crate) fn with_faults(faults: &[&str]) -> Self {
        Self::with(&root().join("standin/licenses/demo.json"), faults)
    }

    pub(crate) fn with(licenses: &Path, faults: &[&str]) -> Self {
        let faults = faults.iter().map(|fault| fault.parse().expect("a fault")).collect();
        Self::of(Options { faults, ..Options::new(Licenses::load(licenses).expect("licenses")) })
    }

    pub(crate) fn of(options: Options) -> Self {
        let standin = Standin::start(options).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        let place = Self { standin, folder };
        place.file("token", format!("{}\n", place.standin.token()));
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and gives its path as an argument.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).expect("a file");
        self.path(name).display().to_string()
    }

    /// The arguments for asking the stand-in.
    pub(crate) fn asking(&self) -> [String; 4] {
        let token = self.path("token").display().to_string();
        ["--server".into(), self.standin.url().into(), "--token-file".into(), token]
    }

    /// Runs the program with `arguments` and those of [`asking`](Self::asking).
    pub(crate) fn ask(&self, arguments: &[&str]) -> Ended {
        run(program(arguments).args(self.asking()), "")
    }
}

/// How the program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    /// Its standard output and standard error, if it ended with `code`.
    #[track_caller]
    pub(crate) fn with(self, code: i32) -> (String, String) {
        assert_eq!(self.code, code, "{self:?}");
        (self.stdout, self.stderr)
    }
}

pub(crate) fn root() -> PathBuf {
    support::root()
}

/// The consumers of the README's table.
pub(crate) fn consumers() -> String {
    root().join("examples-c/consumers.json").display().to_string()
}

pub(crate) fn program<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("HOME", "/nonexistent");
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
}

/// Runs a command with this standard input.
pub(crate) fn run(command: &mut Command, input: impl AsRef<[u8]>) -> Ended {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    // It need not read all of it.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_ref());
    ended(child.wait_with_output().expect("the program ends"))
}

pub(crate) fn ended(Output { status, stdout, stderr }: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: status.code().expect("an exit code"), stdout: text(stdout), stderr: text(stderr) }
}
