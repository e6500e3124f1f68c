//! The log: lines for the caller's own log, on the caller's thread. There is no global logger.

use std::fmt;
use std::sync::Arc;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Why an operation failed.
    Error = 1,
    /// What went wrong and was overcome.
    Warn = 2,
    /// What is asked, and how it ended.
    Info = 3,
    /// How the server is reached.
    Debug = 4,
    /// Every step.
    Trace = 5,
}

type Sink = dyn Fn(Level, &str) + Send + Sync;

/// Where lines go; nowhere by default.
#[derive(Clone, Default)]
pub(crate) struct Log(Option<(Level, Arc<Sink>)>);

impl Log {
    /// Lines up to `max` go to `sink`.
    pub(crate) fn to(max: Level, sink: impl Fn(Level, &str) + Send + Sync + 'static) -> Self {
        Self(Some((max, Arc::new(sink))))
    }

    /// Makes the line only where somebody reads it.
    pub(crate) fn line(&self, level: Level, line: impl FnOnce() -> String) {
        if let Some((max, sink)) = &self.0
            && level <= *max
        {
            sink(level, &crate::text::shown(&line()));
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "on" } else { "off" })
    }
}
