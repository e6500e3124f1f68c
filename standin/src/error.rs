//! The one error of this crate: every one of them ends as text in front of a person.

use std::fmt;

/// Why a stand-in could not be started, or one of its settings not be read.
///
/// The message is complete: it says what failed, on what, and the cause underneath.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
