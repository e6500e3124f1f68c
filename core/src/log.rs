//! The log: lines that go to a function of the caller's, on the thread that runs the operation. There is no global
//! logger. A diagnosis is made of the same lines: its recorder gets them too, and is told which step they belong to.

use std::fmt;
use std::sync::Arc;

use crate::diagnosis::{Facts, Recorder, StepName, WayFacts};
use crate::error::Error;
use crate::proxy::Proxy;
use crate::text::Message;
use crate::token::redact::Secrets;

/// How much a line of the log matters, from errors to details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Why an operation failed.
    Error = 1,
    /// What went wrong and was overcome.
    Warn = 2,
    /// What is asked, and how that ended.
    Info = 3,
    /// How the server is reached.
    Debug = 4,
    /// Each step on the way to the server.
    Trace = 5,
}

type Sink = dyn Fn(Level, &str) + Send + Sync;

/// Where lines go; by default nowhere.
#[derive(Clone, Default)]
pub(crate) struct Log {
    sink: Option<(Level, Arc<Sink>)>,
    secrets: Secrets,
    /// What a diagnosis is made from; None for every other operation.
    recorder: Option<Recorder>,
}

impl Log {
    /// A log whose lines up to the level `max` go to `sink`, without e-mail addresses: logs are sent around as diagnoses
    /// are.
    pub(crate) fn to(max: Level, sink: impl Fn(Level, &str) + Send + Sync + 'static) -> Self {
        let secrets = Secrets::default().and_mail_addresses();
        Self { sink: Some((max, Arc::new(sink))), secrets, recorder: None }
    }

    /// A log for one operation: its lines go to the same function, with `secrets` removed as well.
    pub(crate) fn without(&self, secrets: &Secrets) -> Self {
        let secrets = if self.sink.is_some() { secrets.clone().and_mail_addresses() } else { Secrets::default() };
        Self { sink: self.sink.clone(), secrets, recorder: self.recorder.clone() }
    }

    /// A log whose lines go to `recorder` too.
    pub(crate) fn recorded_by(&self, recorder: Recorder) -> Self {
        Self { recorder: Some(recorder), ..self.clone() }
    }

    /// What records this log, if it is that of a diagnosis.
    pub(crate) fn recorder(&self) -> Option<&Recorder> {
        self.recorder.as_ref()
    }

    /// Says that `step` begins, and the one before it is done.
    pub(crate) fn begin(&self, step: StepName) {
        if let Some(recorder) = &self.recorder {
            recorder.begin(step);
        }
    }

    /// Keeps something for the conclusion of a diagnosis.
    pub(crate) fn note(&self, note: impl FnOnce(&mut Facts)) {
        if let Some(recorder) = &self.recorder {
            recorder.note(note);
        }
    }

    /// Says that a way to the server is tried now: through `proxy`, or directly.
    pub(crate) fn begin_way(&self, proxy: Option<&Proxy>) {
        if let Some(recorder) = &self.recorder {
            recorder.begin_way(proxy);
        }
    }

    /// Says that the way that is being tried, one of several, failed in this step with `error`. Returns what was noted of
    /// it.
    pub(crate) fn fail_way(&self, error: &Error) -> WayFacts {
        self.show(Level::Debug, &error.to_message());
        self.recorder.as_ref().map(|recorder| recorder.fail_way(error)).unwrap_or_default()
    }

    /// Writes the line that `line` makes. Does not call `line` if nobody reads lines of this level.
    pub(crate) fn line<M: Into<Message>>(&self, level: Level, line: impl FnOnce() -> M) {
        if self.is_wanted(level) {
            self.write(level, line().into());
        }
    }

    /// Whether anybody reads or records lines of this level.
    pub(crate) fn is_wanted(&self, level: Level) -> bool {
        self.is_read(level) || self.is_recorded(level)
    }

    fn write(&self, level: Level, line: Message) {
        self.show(level, &line);
        if let Some(recorder) = self.recorder.as_ref().filter(|_| self.is_recorded(level)) {
            recorder.line(line);
        }
    }

    /// Writes a line to the caller's function alone.
    fn show(&self, level: Level, line: &Message) {
        if let Some((_, sink)) = self.sink.as_ref().filter(|_| self.is_read(level)) {
            sink(level, &line.shown(&self.secrets));
        }
    }

    fn is_read(&self, level: Level) -> bool {
        self.sink.as_ref().is_some_and(|(max, _)| level <= *max)
    }

    fn is_recorded(&self, level: Level) -> bool {
        self.recorder.is_some() && matches!(level, Level::Debug | Level::Warn)
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.sink.is_some() { "on" } else { "off" })
    }
}
