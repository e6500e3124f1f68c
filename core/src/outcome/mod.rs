//! What an operation came to: the one thing that travels back up, and its JSON.
//!
//! In come, as an operation goes on, the server's address, where the token came from, the components with their
//! verdicts, the licenses, and the error if there is one. Out goes an [`Outcome`], which tells each of them and writes
//! all of them as one JSON text.
//!
//! [`components`] holds what may be very many, and has the rule that a denial outweighs a permission. [`document`] reads a
//! JSON text by JSON Pointers, and [`once_map`] is how it remembers what it has read without a lock. Both find by
//! [`groups`] what has a certain name.

mod components;
mod document;
mod groups;
mod once_map;

pub use components::{Component, Components, Verdict};
pub use document::Document;
pub use once_map::OnceMap;

use std::collections::TryReserveError;
use std::fmt;
use std::ops::Range;

use once_cell::race::OnceBox;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::diagnosis::Step;
use crate::error::{Cause, Error, Status};
use crate::json::scan;
use crate::token::TokenSource;

/// What is asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Which of these consumers may be installed?
    Check,
    /// Which licenses has this user?
    List,
    /// What hinders the two others? The server is asked for a list.
    Diagnose,
}

impl Operation {
    /// The word for it in a result's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::List => "list",
            Self::Diagnose => "diagnose",
        }
    }
}

/// How an operation ended, with all that is known about it.
pub struct Outcome {
    /// None where a defect of this library left nothing else.
    pub(crate) operation: Option<Operation>,
    pub(crate) error: Option<Error>,
    /// The server's sentence for a success, or the error's.
    pub(crate) message: String,
    pub(crate) http_status: u16,
    pub(crate) server_code: Option<String>,
    /// Empty where a defect of this library left nothing else.
    pub(crate) server: String,
    pub(crate) token_source: Option<TokenSource>,
    pub(crate) components: Components,
    pub(crate) diagnosis: Vec<Step>,
    /// Made when it is first asked for; with licenses, when they come, since they are kept nowhere else.
    json: OnceBox<Document>,
}

impl Outcome {
    pub(crate) fn new(operation: Operation) -> Self {
        Self {
            operation: Some(operation),
            error: None,
            message: String::new(),
            http_status: 0,
            server_code: None,
            server: String::new(),
            token_source: None,
            components: Components::default(),
            diagnosis: Vec::new(),
            json: OnceBox::new(),
        }
    }

    /// What is left where a defect of this library came in the way of an operation's own outcome.
    pub fn broken() -> Self {
        let mut outcome = Self { operation: None, ..Self::new(Operation::Check) };
        outcome.fail(Error::internal());
        outcome
    }

    /// Ends the operation with `error`, whose text is safe to show.
    pub(crate) fn fail(&mut self, error: Error) {
        self.message = error.message();
        self.error = Some(error);
    }

    /// [`Status::Ok`], or the error's.
    pub fn status(&self) -> Status {
        self.error.as_ref().map_or(Status::Ok, Error::status)
    }

    /// The error's cause; None on success.
    pub fn cause(&self) -> Option<Cause> {
        self.error.as_ref().map(Error::cause)
    }

    /// Why there is no answer; None on success.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// One sentence: the server's on success, ours with the cause (and the server's words) otherwise. After a diagnosis
    /// what most likely is wrong, and who can mend it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The HTTP status of the reply; 0 where there was none.
    pub fn http_status(&self) -> u16 {
        self.http_status
    }

    /// The server's own error code.
    pub fn server_code(&self) -> Option<&str> {
        self.server_code.as_deref()
    }

    /// The server's address.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Where the token came from; None where none was needed or found.
    pub fn token_source(&self) -> Option<TokenSource> {
        self.token_source
    }

    /// The consumers that were asked for with their verdicts, in the order of the request.
    pub fn components(&self) -> &Components {
        &self.components
    }

    /// The user's licenses, each the JSON object that the server sent.
    pub fn licenses(&self) -> impl Iterator<Item = &str> {
        let json = self.document();
        let array = json.find("/licenses").map_or(0, |place| place.start);
        scan::children(json.text(), array).map(|license| &json.text()[license.value..license.end])
    }

    /// The steps of a diagnosis; none after other operations.
    pub fn diagnosis(&self) -> &[Step] {
        &self.diagnosis
    }

    /// Whether the server answered, and `component_id` was asked for, and every entry for it is allowed.
    pub fn is_allowed(&self, component_id: &str) -> bool {
        self.status() == Status::Ok && self.components.all_allowed(component_id)
    }

    /// The whole outcome as JSON: `docs/result-json.md` is its documentation.
    pub fn to_json(&self) -> String {
        self.document().text().to_owned()
    }

    /// The same JSON, to be read by JSON Pointers.
    pub fn document(&self) -> &Document {
        self.json.get_or_init(|| Box::new(Document::new(self.json_up_to_licenses() + &self.json_after_licenses())))
    }

    /// Makes the JSON with the licenses in it, once everything else is known. They are the items of an array that stands
    /// in `reply` at `items`. There may be millions of them, so the text stays where it is in memory: what the server
    /// wrote around the array is replaced by the rest of the JSON.
    pub(crate) fn add_licenses(&mut self, mut reply: String, items: Range<usize>) -> Result<(), TryReserveError> {
        let (start, end) = (self.json_up_to_licenses(), self.json_after_licenses());
        reply.truncate(items.end);
        reply.try_reserve_exact(start.len() + end.len() + 1)?;
        reply.replace_range(..items.start, &start);
        reply.push_str(&end);
        self.json = OnceBox::with_value(Box::new(Document::new(reply)));
        Ok(())
    }

    fn json_up_to_licenses(&self) -> String {
        // Writing to memory cannot fail; should it ever, the text is JSON still.
        let mut json = serde_json::to_string(self).unwrap_or_else(|_| "{}".into());
        json.pop();
        json.push_str(",\"licenses\":[");
        json
    }

    fn json_after_licenses(&self) -> String {
        let diagnosis = serde_json::to_string(&self.diagnosis).unwrap_or_else(|_| "[]".into());
        format!("],\"diagnosis\":{diagnosis}}}")
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.document().text())
    }
}

/// All members of the outcome's JSON but the licenses and the diagnosis.
impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = serializer.serialize_struct("Outcome", 10)?;
        json.serialize_field("operation", &self.operation.map(Operation::as_str))?;
        json.serialize_field("status", self.status().name())?;
        json.serialize_field("status_code", &self.status().code())?;
        json.serialize_field("http_status", &Some(self.http_status).filter(|status| *status != 0))?;
        json.serialize_field("server_code", &self.server_code())?;
        json.serialize_field("message", self.message())?;
        json.serialize_field("cause", &self.cause().map(Cause::as_str))?;
        json.serialize_field("server", &Some(self.server()).filter(|server| !server.is_empty()))?;
        json.serialize_field("token_source", &self.token_source.map(TokenSource::as_str))?;
        json.serialize_field("components", &self.components)?;
        json.end()
    }
}
