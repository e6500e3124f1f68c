//! The log: lines that go to a function of the caller's, on the thread that runs the operation. There is no global
//! logger.

use std::fmt;
use std::sync::Arc;

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
}

impl Log {
    /// A log whose lines up to the level `max` go to `sink`.
    pub(crate) fn to(max: Level, sink: impl Fn(Level, &str) + Send + Sync + 'static) -> Self {
        Self { sink: Some((max, Arc::new(sink))), secrets: Secrets::default() }
    }

    /// A log for one operation: its lines go to the same function, with `secrets` removed.
    pub(crate) fn without(&self, secrets: &Secrets) -> Self {
        match &self.sink {
            None => Self::default(),
            sink => Self { sink: sink.clone(), secrets: secrets.clone() },
        }
    }

    /// Writes the line that `line` makes. Does not call `line` if nobody reads lines of this level.
    pub(crate) fn line<M: Into<Message>>(&self, level: Level, line: impl FnOnce() -> M) {
        if let Some((max, sink)) = &self.sink
            && level <= *max
        {
            sink(level, &line().into().shown(&self.secrets));
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.sink.is_some() { "on" } else { "off" })
    }
}
