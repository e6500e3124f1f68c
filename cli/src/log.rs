//! The log of `-v` and `--log-file`: the program's settings, and what the core tells. The core's lines hold no secret.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use qls_precheck_core::{Level, shown, without_mail_addresses};

use crate::arguments::{Given, Options};
use crate::failure::Failure;
use crate::screen::Screen;

pub(crate) struct Log {
    started: Instant,
    screen: Arc<Screen>,
    /// The highest level that standard error gets; None for nothing.
    on_screen: Option<Level>,
    file: Option<File>,
}

impl Log {
    pub(crate) fn new(options: &Options, screen: Arc<Screen>) -> Result<Self, Failure> {
        let on_screen = match options.verbose {
            0 => None,
            1 => Some(Level::Debug),
            _ => Some(Level::Trace),
        };
        let file = options.log_file.as_deref().map(create).transpose()?;
        Ok(Self { started: Instant::now(), screen, on_screen, file })
    }

    /// The highest level that anybody reads.
    pub(crate) fn level(&self) -> Option<Level> {
        self.file.as_ref().map(|_| Level::Trace).or(self.on_screen)
    }

    pub(crate) fn line(&self, level: Level, text: &str) {
        let line = format!("{:8.3} s  {text}", self.started.elapsed().as_secs_f64());
        if self.on_screen.is_some_and(|highest| level <= highest) {
            self.screen.line(&line);
        }
        if let Some(mut file) = self.file.as_ref() {
            // A log that cannot be written is no reason to end without an answer.
            let _ = writeln!(file, "{line}");
        }
    }
}

/// Which program this is, and where each setting comes from. For logs and reports, which are sent around.
pub(crate) fn about(given: &[Given]) -> Vec<String> {
    let (version, os, machine) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let setting = |Given { option, value, variable }: &Given| {
        // Who the user is belongs in no log.
        let value = if option == "--user-id" { "(not shown)".into() } else { shown(value) };
        let origin = variable.as_deref().unwrap_or("an argument");
        format!("{} (from {origin})", format!("{option} {value}").trim_end())
    };
    let program = format!("qls-precheck {version}, {os}, {machine}");
    let limits = crate::limits::LIMITS.map(str::to_owned);
    let lines = std::iter::once(program).chain(limits).chain(given.iter().map(setting));
    // In some companies the home folder is called by one.
    lines.map(|line| without_mail_addresses(&line)).collect()
}

/// Creates the file. One that exists already, or a link in its place, is refused: somebody else may have put it there.
fn create(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|error| Failure::of_setting(format_args!("{}: cannot be created: {error}", path.display())))
}
