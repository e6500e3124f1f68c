//! Why there is no answer where the core was not even called.

use std::fmt::Display;

use qls_precheck_core::{Cause, Status, shown};

/// What is wrong with a file, with the status and cause that the core has for such a thing.
pub(crate) struct Failure {
    pub(crate) status: Status,
    pub(crate) cause: Option<Cause>,
    pub(crate) message: String,
}

impl Failure {
    /// `text` may hold a path or an error of the system: the message is without what looks like a token.
    pub(crate) fn new(status: Status, cause: Option<Cause>, text: impl Display) -> Self {
        Self { status, cause, message: shown(&text.to_string()) }
    }

    /// For the outputs, which are settings.
    pub(crate) fn of_setting(text: impl Display) -> Self {
        Self::new(Status::Configuration, None, text)
    }

    /// Four of the members that an outcome has; `docs/result-json.md` describes them.
    pub(crate) fn to_json(&self) -> String {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let cause = self.cause.map_or("null".into(), |cause| text(cause.as_str()));
        let (name, code, message) = (self.status.name(), self.status.code(), text(&self.message));
        format!(r#"{{"status":"{name}","status_code":{code},"cause":{cause},"message":{message}}}"#)
    }
}
