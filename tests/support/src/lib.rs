//! What the tests and the demo share. `cargo test` builds no shared library, so the first thing is to build one.

#[cfg(target_os = "linux")]
mod daemon;
#[cfg(target_os = "linux")]
pub mod kerberos;
#[cfg(target_os = "linux")]
pub mod lab;
mod library;
pub mod pki;
mod question;
mod raw;
mod target;
pub mod tls;

#[cfg(target_os = "linux")]
pub use daemon::Daemon;
pub use library::{
    CPP_WARNINGS, Library, Linkage, c_library, c_program, cargo_s_variables, cpp_program, library, panicking_c_program,
    precheck_program, standin_program,
};
pub use question::{ALLOWED, CONSUMERS, TOKEN};
pub use raw::{RawServer, Request, read_request, reply};
pub use target::{LIBRARIES_LINUX, LIBRARIES_WINDOWS, Target, msvc, program, target, under_valgrind};

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's folder")
}

/// Runs a command that has to succeed; what it printed is shown where it does not.
pub fn run(command: &mut Command) -> Output {
    let mut output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    if wine_ended_it(command, &output) {
        eprintln!("Wine ended this without a word, and runs it once more: {command:?}");
        output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    }
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Whether Wine ended the program, without a word. Of a thousand programs whose last threads end when they do, Wine 8 kills
/// one, also where they do nothing else; one of ours ended with 1. Whatever a program itself finds wrong is printed, and a
/// crash has another code.
fn wine_ended_it(command: &Command, output: &Output) -> bool {
    let silent = output.stdout.is_empty() && output.stderr.is_empty();
    target().is_wine(command) && silent && matches!(output.status.code(), None | Some(1))
}

/// What `tests/c/getaddrinfo_shim.c` describes, made in `folder`: to be preloaded into a program on Linux.
pub fn shim(folder: &Path) -> PathBuf {
    let shim = folder.join("shim.so");
    let mut cc = Command::new("cc");
    cc.args(["-std=gnu99", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o"]);
    run(cc.arg(&shim).arg(root().join("tests/c/getaddrinfo_shim.c")).arg("-ldl"));
    shim
}
