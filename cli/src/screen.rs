//! Standard error, as a person at a terminal sees it: messages, the log, and a line that says what is waited for.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use terminal_size::terminal_size_of;
use unicode_width::UnicodeWidthStr;

use crate::wrap::{self, wrapped};

/// How soon the line appears. Most answers come sooner.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a terminal writes behind the line at Ctrl-C, `^C`, in columns.
const ECHO: usize = 2;

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Standard error. Failures to write there change nothing else: result and exit code stay the same.
pub(crate) struct Screen {
    waiting: Mutex<Waiting>,
}

struct Waiting {
    /// What is waited for, and since when; None where nothing is, or nobody would see it.
    what: Option<(String, Instant)>,
    /// The line as it stands there now.
    shown: String,
    /// Whether the line may be written anew in its place.
    repaints: bool,
    wanted: bool,
}

impl Screen {
    /// `tells_waiting`: whether the line may appear at all, given a terminal.
    pub(crate) fn new(tells_waiting: bool) -> Self {
        let repaints = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let wanted = tells_waiting && io::stderr().is_terminal();
        Self { waiting: Mutex::new(Waiting { what: None, shown: String::new(), repaints, wanted }) }
    }

    /// From now on `what` is waited for.
    pub(crate) fn wait_for(&self, what: String) {
        let mut waiting = self.lock();
        waiting.blank();
        waiting.what = waiting.wanted.then(|| (what, Instant::now()));
    }

    /// Nothing is waited for any more.
    pub(crate) fn stop_waiting(&self) {
        let mut waiting = self.lock();
        waiting.blank();
        waiting.what = None;
    }

    /// Brings the line up to date. To be called now and then.
    pub(crate) fn tick(&self) {
        self.lock().show();
    }

    /// Prints an error; in a terminal, within its width.
    pub(crate) fn error(&self, text: &str) {
        const NAME: &str = "qls-precheck:";
        let text = format!("{NAME} {text}");
        let lines = match io::stderr().is_terminal() {
            true => wrapped(&text, "", "", wrap::columns(terminal_size_of(io::stderr()))),
            false => vec![text],
        };
        self.line(&lines.join("\n").replacen(NAME, &format!("{ERROR}{NAME}{ERROR:#}"), 1));
    }

    /// Prints a line.
    pub(crate) fn line(&self, text: &str) {
        let mut waiting = self.lock();
        waiting.blank();
        let _ = writeln!(anstream::stderr(), "{text}");
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Waiting {
    fn show(&mut self) {
        let Some((what, since)) = &self.what else { return };
        let waited = since.elapsed();
        if waited < PATIENCE {
            return;
        }
        let mut stderr = io::stderr().lock();
        if !self.repaints {
            // Once and for all: what is written there stays.
            let _ = writeln!(stderr, "waiting for {what}");
            self.what = None;
            return;
        }
        let line = fitting(&format!("waiting for {what}, {:.0} s", waited.as_secs_f64().round()));
        if line != self.shown {
            let stale = self.shown.width().saturating_sub(line.width());
            let _ = write!(stderr, "\r{line}{:stale$}", "");
            let _ = stderr.flush();
            self.shown = line;
        }
    }

    fn blank(&mut self) {
        let shown = std::mem::take(&mut self.shown);
        if !shown.is_empty() {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r{:1$}\r", "", shown.width() + ECHO);
            let _ = stderr.flush();
        }
    }
}

/// The end of the line, with the seconds, where the terminal is too narrow for all of it. A line that wraps could not be
/// written anew in its place.
fn fitting(line: &str) -> String {
    let columns = wrap::columns(terminal_size_of(io::stderr()));
    let mut rest = line;
    while !rest.is_empty() && rest.width() + ECHO > columns {
        let mut characters = rest.chars();
        characters.next();
        rest = characters.as_str();
    }
    rest.to_owned()
}
