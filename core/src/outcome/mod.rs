//! What an operation came to: the one thing that travels back up, and its JSON.

mod components;

pub use components::{Component, Components, Verdict};

use std::borrow::Cow;

use crate::error::{Cause, Error, Status};
use crate::json::pointer;
use crate::token::TokenSource;

/// What is asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Which of these consumers may be installed?
    Check,
    /// Which licences has this user?
    List,
}

impl Operation {
    /// The server's word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::List => "list",
        }
    }
}

/// How an operation ended, with all that is known about it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub(crate) operation: Operation,
    pub(crate) error: Option<Error>,
    /// The server's sentence for a success.
    pub(crate) success: String,
    pub(crate) http_status: u16,
    pub(crate) server_code: Option<String>,
    pub(crate) server: String,
    pub(crate) token_source: Option<TokenSource>,
    pub(crate) components: Components,
    pub(crate) licenses: Vec<Box<str>>,
}

impl Outcome {
    pub(crate) fn new(operation: Operation, server: &str) -> Self {
        Self {
            operation,
            error: None,
            success: String::new(),
            http_status: 0,
            server_code: None,
            server: server.to_owned(),
            token_source: None,
            components: Components::default(),
            licenses: Vec::new(),
        }
    }

    /// An operation that ended before it reached a [`Client`](crate::Client), as the C interface needs it.
    pub fn failed(operation: Operation, server: &str, error: Error) -> Self {
        Self { error: Some(error), ..Self::new(operation, server) }
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

    /// One sentence: the server's on success, ours with the cause (and the server's words) otherwise.
    pub fn message(&self) -> &str {
        self.error.as_ref().map_or(&self.success, Error::message)
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

    /// The user's licences, each the JSON object that the server sent.
    pub fn licenses(&self) -> impl ExactSizeIterator<Item = &str> {
        self.licenses.iter().map(|license| &**license)
    }

    /// Whether the server answered, and `component_id` was asked for, and every entry for it is allowed.
    pub fn is_allowed(&self, component_id: &str) -> bool {
        self.status() == Status::Ok && self.components.all_allowed(component_id)
    }

    /// The whole outcome as JSON: `docs/result-json.md` is its documentation.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{");
        for (position, name) in MEMBERS.iter().enumerate() {
            if position > 0 {
                json.push(',');
            }
            push_string(&mut json, name);
            json.push(':');
            json.push_str(&self.member(name));
        }
        json.push('}');
        json
    }

    /// The value at a JSON Pointer into [`to_json`](Self::to_json): a string decoded (unless it holds U+0000 or
    /// a lone surrogate), anything else as JSON text. None where nothing is.
    pub fn get(&self, pointer: &str) -> Option<String> {
        self.at(pointer).map(|json| pointer::value_text(&json).into_owned())
    }

    /// How many elements the array, or members the object, at a JSON Pointer has; 0 for anything else.
    pub fn count(&self, pointer: &str) -> usize {
        match pointer {
            "/components" => self.components.len(),
            "/licenses" => self.licenses.len(),
            _ => self.at(pointer).map_or(0, |json| pointer::count(&json)),
        }
    }

    /// The JSON at a pointer. Its first steps go through the outcome itself: rendering a hundred thousand
    /// components to read one of them would make a loop over them quadratic.
    fn at(&self, pointer: &str) -> Option<Cow<'_, str>> {
        let mut tokens = pointer::tokens(pointer)?;
        let Some(name) = tokens.next() else { return Some(Cow::Owned(self.to_json())) };
        let mut json = match &*name {
            "components" | "licenses" => match tokens.next() {
                None => self.member(&name),
                Some(token) => self.element(&name, pointer::index(&token)?)?,
            },
            name if MEMBERS.contains(&name) => self.member(name),
            _ => return None,
        };
        for token in tokens {
            json = match json {
                Cow::Borrowed(json) => Cow::Borrowed(pointer::step(json, &token)?),
                Cow::Owned(json) => Cow::Owned(pointer::step(&json, &token)?.to_owned()),
            };
        }
        Some(json)
    }

    fn element(&self, name: &str, index: usize) -> Option<Cow<'_, str>> {
        match name {
            "components" => self.components.get(index).map(|component| {
                let mut json = String::new();
                push_component(&mut json, component);
                Cow::Owned(json)
            }),
            _ => self.licenses.get(index).map(|license| Cow::Borrowed(&**license)),
        }
    }

    /// The JSON of a member in [`MEMBERS`].
    fn member(&self, name: &str) -> Cow<'_, str> {
        let string = |text: Option<&str>| match text {
            None => Cow::Borrowed("null"),
            Some(text) => {
                let mut json = String::new();
                push_string(&mut json, text);
                Cow::Owned(json)
            }
        };
        match name {
            "operation" => string(Some(self.operation.word())),
            "status" => string(Some(self.status().name())),
            "status_code" => Cow::Owned(self.status().code().to_string()),
            "http_status" if self.http_status == 0 => Cow::Borrowed("null"),
            "http_status" => Cow::Owned(self.http_status.to_string()),
            "server_code" => string(self.server_code()),
            "message" => string(Some(self.message())),
            "cause" => string(self.cause().map(Cause::word)),
            "server" => string(Some(&self.server)),
            "token_source" => string(self.token_source.map(TokenSource::word)),
            "components" => {
                Cow::Owned(array(self.components.iter(), |json, component| push_component(json, component)))
            }
            _ => Cow::Owned(array(self.licenses(), |json, license| json.push_str(license))),
        }
    }
}

/// The members of a result's JSON, in their order.
const MEMBERS: [&str; 11] = [
    "operation",
    "status",
    "status_code",
    "http_status",
    "server_code",
    "message",
    "cause",
    "server",
    "token_source",
    "components",
    "licenses",
];

fn array<T>(items: impl Iterator<Item = T>, push: impl Fn(&mut String, T)) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        push(&mut json, item);
    }
    json.push(']');
    json
}

fn push_component(json: &mut String, component: Component<'_>) {
    json.push_str("{\"component_id\":");
    push_string(json, component.component_id);
    json.push_str(",\"consumer_id\":");
    push_string(json, component.consumer_id);
    json.push_str(",\"verdict\":\"");
    json.push_str(component.verdict.word());
    json.push_str("\"}");
}

fn push_string(json: &mut String, text: &str) {
    // Writing a string to memory cannot fail; the unlikely error would leave valid JSON.
    json.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "\"\"".into()));
}
