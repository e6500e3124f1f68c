//! Records one diagnosis while it runs: which step takes how long, what the log says of it, and what the conclusion
//! needs to know.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Cause, Error};
use crate::proxy::Proxy;
use crate::text::Message;
use crate::token::Times;

use super::StepName;
use super::clock::Date;

/// What the log of a diagnosis is written to. Clones write to the same record.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Record>>);

#[derive(Default)]
struct Record {
    steps: Vec<Recorded>,
    /// When the last step began.
    began: Option<Instant>,
    facts: Facts,
}

/// A step that was begun.
pub(super) struct Recorded {
    pub(super) name: StepName,
    pub(super) took: Duration,
    /// Why it failed, if one of several ways to the server ended with it.
    pub(super) failed: Option<(Cause, Message)>,
    pub(super) lines: Vec<Message>,
}

/// What a conclusion needs besides the error.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) way: WayFacts,
    pub(crate) token: Times,
    /// Whether CA certificates of this computer cannot be read.
    pub(crate) lacks_cas: bool,
    /// The last time that somebody told.
    pub(crate) date: Option<Date>,
    /// Whether the server's answer has licenses.
    pub(crate) has_licenses: bool,
}

/// What belongs to one way to the server. Where several are tried, the conclusion is about one of them.
#[derive(Default)]
pub(crate) struct WayFacts {
    /// The proxy that is asked for a tunnel, without a password, and where it was set.
    pub(crate) proxy: Option<String>,
    /// Whether a script named the proxy. Then only who writes the script can correct it.
    pub(crate) is_scripted: bool,
    /// How many steps were recorded before this way was tried.
    begin: usize,
    /// How many there were when it had failed; None for the way that led on, or was the only one.
    end: Option<usize>,
    /// What was shown in the last TLS handshake.
    pub(crate) chain: Option<Chain>,
    /// Whether an address was reached, but refused the connection.
    pub(crate) was_refused: bool,
    /// Whether the system is asked for what tells the proxy who the user is.
    pub(crate) is_signing_in: bool,
}

impl WayFacts {
    /// The `steps` that were taken on this way; if it led on, also those behind it.
    pub(super) fn steps<'s>(&self, steps: &'s [Recorded]) -> &'s [Recorded] {
        &steps[self.begin..self.end.unwrap_or(steps.len())]
    }
}

/// The certificates that a server, or a proxy, showed. None of them need be true.
pub(crate) struct Chain {
    /// Who issued the server's own.
    pub(crate) issuer: String,
    /// Who issued the last one that was sent along: who has to be trusted.
    pub(crate) top: String,
    /// Whether no other one was sent along.
    pub(crate) is_single: bool,
    /// From when until when all of them are valid, in seconds since 1970.
    pub(crate) validity: (u64, u64),
}

impl Recorder {
    pub(crate) fn begin(&self, name: StepName) {
        let mut record = self.lock();
        record.end_step();
        record.steps.push(Recorded { name, took: Duration::ZERO, failed: None, lines: Vec::new() });
        record.began = Some(Instant::now());
    }

    pub(crate) fn line(&self, line: Message) {
        if let Some(step) = self.lock().steps.last_mut() {
            step.lines.push(line);
        }
    }

    /// Begins a way to the server: through `proxy`, or directly.
    pub(crate) fn begin_way(&self, proxy: Option<&Proxy>) {
        let mut record = self.lock();
        record.facts.way = WayFacts {
            proxy: proxy.map(Proxy::with_source),
            is_scripted: proxy.is_some_and(|proxy| proxy.source.is_script()),
            begin: record.steps.len(),
            ..WayFacts::default()
        };
    }

    /// Ends the way that is being tried: it failed, with `error`, in the last step that began. Returns what was noted of
    /// it.
    pub(crate) fn fail_way(&self, error: &Error) -> WayFacts {
        let mut record = self.lock();
        let way = std::mem::take(&mut record.facts.way);
        let end = Some(record.steps.len());
        if let Some(step) = record.steps.last_mut() {
            step.failed = Some((error.cause(), error.to_message()));
        }
        WayFacts { end, ..way }
    }

    pub(crate) fn note(&self, note: impl FnOnce(&mut Facts)) {
        note(&mut self.lock().facts);
    }

    /// Takes out what was recorded, in the order in which the steps began.
    pub(super) fn finish(&self) -> (Vec<Recorded>, Facts) {
        let mut record = self.lock();
        record.end_step();
        (std::mem::take(&mut record.steps), std::mem::take(&mut record.facts))
    }

    /// Never waits: one thread runs a diagnosis.
    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Record {
    fn end_step(&mut self) {
        if let (Some(step), Some(began)) = (self.steps.last_mut(), self.began) {
            step.took = began.elapsed();
        }
    }
}
