//! What the stage shows of requests: the last ones, bounded, and without their tokens.

use std::{
    collections::VecDeque,
    time::{Instant, SystemTime},
};

use axum::http::{StatusCode, request::Parts};
use serde::Serialize;

use crate::{
    date::Date,
    fault::Kind,
    licenses::{License, Licenses},
    request::{self, Consumer, Operation},
};

/// So many requests are kept, and of each one so many components.
const ROWS: usize = 500;

/// So many components are kept in all: the oldest requests go first.
const COMPONENTS: usize = 5_000;

/// So many letters are kept of a text that a client sent.
const LETTERS: usize = 200;

/// So many letters are kept of an answer, and of a reason, which names each license.
const ANSWER_LETTERS: usize = 2_000;

/// One request. It has nothing of the client's headers, where the token is, and nothing of a query.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    id: u64,
    /// UTC, as in `2026-11-27T08:30:00.123Z`.
    time: String,
    method: String,
    path: String,
    /// `list`, `check` or nothing that makes sense.
    operation: Option<&'static str>,
    /// How many were asked for; `components` has the first ones.
    consumers: usize,
    #[serde(flatten)]
    verdicts: Verdicts,
    /// The faults that struck.
    faults: Vec<String>,
    progress: Progress,
    /// The answer's HTTP status and the beginning of its body.
    status: Option<u16>,
    answer: Option<String>,
    took_ms: Option<u64>,
    #[serde(skip)]
    began: Instant,
}

/// What a request asked for, and the verdicts on it, if there were any.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Verdicts {
    allowed: usize,
    denied: usize,
    components: Vec<Component>,
    /// The licenses that count.
    licenses: Vec<String>,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Progress {
    Waiting,
    Answered,
    /// The connection was broken on purpose.
    Broken,
    /// The client closed the connection first.
    Gone,
}

/// One consumer of a check.
#[derive(Clone, Debug, Serialize)]
struct Component {
    component_id: String,
    consumer_id: String,
    version: String,
    schema: String,
    built: String,
    /// `None`: no verdict was given.
    allowed: Option<bool>,
    reason: Option<String>,
}

impl Component {
    fn new(consumer: &Consumer<'_>, verdict: Option<(bool, String)>) -> Self {
        let (allowed, reason) = verdict.unzip();
        Self {
            component_id: shown(&consumer.component_id, LETTERS),
            consumer_id: shown(&consumer.consumer_id, LETTERS),
            version: shown(&consumer.consumer_version, LETTERS),
            schema: shown(&consumer.consumer_installation_schema, LETTERS),
            built: shown(&consumer.consumer_build_timestamp, LETTERS),
            allowed,
            reason: reason.map(|reason| shown(&reason, ANSWER_LETTERS)),
        }
    }
}

impl Verdicts {
    pub(crate) fn new(licenses: &Licenses, consumers: &[Consumer<'_>], today: Date) -> Self {
        let allowed = consumers.iter().filter(|consumer| licenses.allow(consumer, today)).count();
        let verdict = |consumer| (licenses.allow(consumer, today), licenses.reason(consumer, today));
        let name = |license: &License| shown(&format!("{}, until {}", license.name, license.valid_to), LETTERS);
        Self {
            allowed,
            denied: consumers.len() - allowed,
            components: consumers.iter().take(ROWS).map(|c| Component::new(c, Some(verdict(c)))).collect(),
            licenses: licenses.on().take(ROWS).map(name).collect(),
        }
    }
}

impl Row {
    pub(crate) fn new(parts: &Parts, body: &[u8]) -> Self {
        let (operation, consumers) = match request::read(body) {
            Ok(Operation::List) => (Some("list"), Vec::new()),
            Ok(Operation::Check(consumers)) => (Some("check"), consumers),
            Err(_) => (None, Vec::new()),
        };
        Self {
            id: 0,
            time: humantime::format_rfc3339_millis(SystemTime::now()).to_string(),
            method: shown(parts.method.as_str(), LETTERS),
            path: shown(parts.uri.path(), LETTERS),
            operation,
            consumers: consumers.len(),
            verdicts: Verdicts {
                components: consumers.iter().take(ROWS).map(|consumer| Component::new(consumer, None)).collect(),
                ..Verdicts::default()
            },
            faults: Vec::new(),
            progress: Progress::Waiting,
            status: None,
            answer: None,
            took_ms: None,
            began: Instant::now(),
        }
    }

    pub(crate) fn struck(&mut self, faults: &[Kind]) {
        self.faults = faults.iter().map(|fault| shown(&fault.to_string(), LETTERS)).collect();
    }

    pub(crate) fn judged(&mut self, verdicts: Verdicts) {
        self.verdicts = verdicts;
    }

    /// Takes down the end; false if there has been one.
    pub(crate) fn ended(&mut self, progress: Progress, answer: Option<(StatusCode, &[u8])>) -> bool {
        if self.progress != Progress::Waiting {
            return false;
        }
        self.progress = progress;
        self.took_ms = u64::try_from(self.began.elapsed().as_millis()).ok();
        if let Some((status, body)) = answer {
            self.status = Some(status.as_u16());
            // A letter has four bytes at most.
            let body = &body[..body.len().min(4 * ANSWER_LETTERS)];
            self.answer = Some(shown(&String::from_utf8_lossy(body), ANSWER_LETTERS));
        }
        true
    }
}

/// The first `letters` of a text, and a sign that there are more. What looks like a token is left out: a client may put
/// it anywhere by mistake.
fn shown(text: &str, letters: usize) -> String {
    let (beginning, more) = match text.char_indices().nth(letters) {
        Some((end, _)) => (&text[..end], "…"),
        None => (text, ""),
    };
    without_tokens(beginning) + more
}

/// `text` with `[token]` in the place of everything that looks like a JWT, whatever it stands behind.
fn without_tokens(text: &str) -> String {
    // How the JSON at the beginning of every JWT looks in base64.
    const START: &str = "eyJ";
    const SHORTEST: usize = 20;
    let ends_token = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
    let (mut clean, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(START) {
        let end = rest[start..].find(ends_token).map_or(rest.len(), |length| start + length);
        clean.push_str(&rest[..start]);
        clean.push_str(if end - start > SHORTEST { "[token]" } else { &rest[start..end] });
        rest = &rest[end..];
    }
    clean + rest
}

/// The requests that are kept.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    kept: VecDeque<Row>,
    last_id: u64,
}

impl Rows {
    /// Keeps a request, at the cost of the oldest ones; gives its id.
    pub(crate) fn push(&mut self, mut row: Row) -> u64 {
        self.last_id += 1;
        row.id = self.last_id;
        self.kept.push_back(row);
        let components = |kept: &VecDeque<Row>| kept.iter().map(|row| row.verdicts.components.len()).sum::<usize>();
        while self.kept.len() > ROWS || components(&self.kept) > COMPONENTS {
            self.kept.pop_front();
        }
        self.last_id
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Row> {
        self.kept.iter().rev().find(|row| row.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Row> {
        self.kept.iter_mut().rev().find(|row| row.id == id)
    }

    pub(crate) fn all(&self) -> &VecDeque<Row> {
        &self.kept
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
    }
}
