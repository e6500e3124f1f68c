//! Runs `tests/c/ask.c` with a system that fails around it: the shim `tests/c/getaddrinfo_shim.c` is preloaded into
//! that process alone.
#![allow(dead_code, reason = "every file that has this module needs another part of it")]

use std::path::PathBuf;
use std::process::{Command, Output};

use support::Linkage;
use tempfile::TempDir;

use crate::waits::{CONSUMERS, TOKEN};

/// The result of one call.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: String,
    pub(crate) cause: String,
    pub(crate) message: String,
    pub(crate) allowed: u32,
    pub(crate) took_ms: u64,
}

/// What the whole process said.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) calls: Vec<Answer>,
    /// The most threads that were there after a call.
    pub(crate) threads: u32,
    /// How far apart two readings of the wall clock were, in seconds.
    pub(crate) clock: u64,
}

impl Answers {
    /// The only call.
    pub(crate) fn one(&self) -> &Answer {
        assert_eq!(self.calls.len(), 1, "{self:?}");
        &self.calls[0]
    }
}

/// The program, the shim and the token file, in a folder of their own.
pub(crate) struct Child {
    folder: TempDir,
    program: PathBuf,
    shim: PathBuf,
}

impl Child {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let program = support::c_program("tests/c/ask.c", folder.path(), Linkage::Shared);
        let shim = support::shim(folder.path());
        std::fs::write(folder.path().join("token"), TOKEN).expect("a token file");
        Self { folder, program, shim }
    }

    /// Asks `server` with `timeout_ms`; `shim` are the shim's variables, `options` the program's.
    pub(crate) fn ask(&self, server: &str, timeout_ms: u32, shim: &[(&str, &str)], options: &[&str]) -> Answers {
        self.run(Command::new(&self.program), server, timeout_ms, shim, options)
    }

    /// Asks as [`ask`](Self::ask) does, where there is no network but a loopback interface that is down.
    pub(crate) fn ask_without_network(
        &self,
        server: &str,
        timeout_ms: u32,
        shim: &[(&str, &str)],
        options: &[&str],
    ) -> Answers {
        let mut command = Command::new("unshare");
        command.arg("-rn").arg(&self.program);
        self.run(command, server, timeout_ms, shim, options)
    }

    fn run(
        &self,
        mut command: Command,
        server: &str,
        timeout_ms: u32,
        shim: &[(&str, &str)],
        options: &[&str],
    ) -> Answers {
        command.arg(server).arg(timeout_ms.to_string()).arg(self.folder.path().join("token")).arg(CONSUMERS);
        // Also without the proxy of whoever runs the tests.
        command.env_clear().env("LD_PRELOAD", &self.shim).envs(shim.iter().copied());
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").args(options);
        read(&command.output().expect("the program runs"))
    }
}

/// Reads what the program printed. Nothing on standard error, no token anywhere.
fn read(output: &Output) -> Answers {
    let printed = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{printed}{complaints}", output.status);
    assert_eq!(complaints, "", "{printed}");
    assert!(!printed.contains(TOKEN), "{printed}");
    let mut answers = Answers { calls: Vec::new(), threads: 0, clock: 0 };
    for line in printed.lines() {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        let number = || value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        if name == "status" {
            let nothing = String::new;
            answers.calls.push(Answer {
                status: value.into(),
                cause: nothing(),
                message: nothing(),
                allowed: 0,
                took_ms: 0,
            });
            continue;
        }
        match (name, answers.calls.last_mut()) {
            ("cause", Some(call)) => call.cause = value.into(),
            ("message", Some(call)) => call.message = value.into(),
            ("allowed", Some(call)) => call.allowed = number() as u32,
            ("ms", Some(call)) => call.took_ms = number(),
            ("threads", _) => answers.threads = number() as u32,
            ("clock", _) => answers.clock = number(),
            _ => {}
        }
    }
    answers
}
