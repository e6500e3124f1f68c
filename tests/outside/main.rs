//! A project outside of this one finds the library: by pkg-config, CMake and qmake, installed, unpacked or in its
//! source tree, shared, static and to be loaded. `project` is that project; what it prints comes from a stand-in server.

// The tools and the names of files are those of Linux.
#![cfg(target_os = "linux")]

mod archive;
mod installed;
mod missing;
mod packages;
mod shipped;
mod source_tree;
mod unpacked_windows;
mod ways;
mod windows_names;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use qls_standin::{Licenses, Options, Standin};
use tempfile::TempDir;

/// A server with the demo's licenses, and a folder to work in that has a token for it.
pub(crate) struct Server {
    pub(crate) standin: Standin,
    folder: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        Self { standin, folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a program of the outside project, which may look for a shared library in `prefix`.
    pub(crate) fn asked_by(&self, program: &Path, prefix: &Path) -> Output {
        let mut command = if support::target().is_windows() {
            support::program(program)
        } else {
            let mut command = Command::new(program);
            command.env_clear().env("HOME", "/nonexistent").env("LD_LIBRARY_PATH", prefix.join("lib"));
            command
        };
        command.arg(self.standin.url()).arg(self.folder().join("token"));
        // For those that load it.
        command.arg(support::target().path(&prefix.join(if support::target().is_windows() {
            "bin/qls_precheck.dll"
        } else {
            "lib/libqls_precheck.so"
        })));
        command.output().unwrap_or_else(|error| panic!("{}: {error}", program.display()))
    }

    /// The program asks, and prints what may be installed.
    pub(crate) fn answers(&self, program: &Path, prefix: &Path) {
        let output = self.asked_by(program, prefix);
        // Lines of Windows end otherwise.
        let printed = (text(&output.stdout) + &text(&output.stderr)).replace("\r\n", "\n");
        assert_eq!(printed, "qtcreator 1\naxivion 0\n", "{}: {}", program.display(), output.status);
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Which form of the library is linked, or that none is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Form {
    Shared,
    Static,
    Load,
}

impl Form {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Static => "static",
            Self::Load => "load",
        }
    }
}

/// Runs a tool that may start cargo.
pub(crate) fn run(command: &mut Command) -> Output {
    for name in support::cargo_s_variables() {
        command.env_remove(name);
    }
    support::run(command)
}

/// Takes all that is shared from a prefix.
pub(crate) fn without_shared(prefix: &Path) {
    let files = fs::read_dir(prefix.join("lib")).expect("the libraries").map(|entry| entry.expect("a file").path());
    let shared: Vec<_> = files.filter(|file| file.to_string_lossy().contains("/libqls_precheck.so")).collect();
    assert!(shared.len() >= 2, "{shared:?}");
    for file in shared {
        fs::remove_file(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// Builds the project with a prefix and runs it; then once more where there is no shared library any more.
pub(crate) fn builds_and_runs(way: ways::Way, form: Form, prefix: &Path, server: &Server) {
    let programs = way(prefix, form, server.folder());
    for program in &programs {
        server.answers(program, prefix);
    }
    without_shared(prefix);
    for program in &programs {
        let missing = match form {
            Form::Static => {
                server.answers(program, prefix);
                continue;
            }
            Form::Shared => "libqls_precheck.so.0: cannot open",
            Form::Load => "libqls_precheck.so\": cannot open",
        };
        let printed = text(&server.asked_by(program, prefix).stderr);
        assert!(printed.contains(missing), "{}: {printed}", program.display());
    }
}
