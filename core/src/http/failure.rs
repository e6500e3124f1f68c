//! Turns ureq's errors into ours.

use std::fmt;
use std::io::ErrorKind;

use crate::error::{Cause, Error, Status};
use crate::transport::{Deadline, Stale};

/// Why one attempt brought no reply.
pub(super) enum Failure {
    /// The kept connection was dead. A new one may work.
    Stale,
    Error(Error),
}

impl Failure {
    /// What ureq's error means. `deadline` is that of the call, for the message if its time is over.
    pub(super) fn of(error: ureq::Error, deadline: &Deadline) -> Self {
        let error = match error {
            ureq::Error::Other(inner) => match inner.downcast::<Error>() {
                Ok(error) => *error,
                Err(inner) if inner.is::<Stale>() => return Self::Stale,
                Err(inner) => internal(&inner),
            },
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::InvalidData | ErrorKind::InvalidInput => invalid_http(&error),
                _ => {
                    let message = format!("the connection broke before the reply was complete: {error}");
                    Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message)
                }
            },
            ureq::Error::Timeout(_) => deadline.doing("handling the request or the reply").missed(),
            error @ (ureq::Error::Protocol(_)
            | ureq::Error::Http(_)
            | ureq::Error::LargeResponseHeader(..)
            | ureq::Error::BodyStalled) => invalid_http(&error),
            error => internal(&error),
        };
        Self::Error(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The error of a reply that breaks the rules of HTTP.
pub(super) fn invalid_http(what: &dyn fmt::Display) -> Error {
    Error::new(Status::UnexpectedReply, Cause::InvalidHttp, format!("the reply is not valid HTTP: {what}"))
}

/// The error of a defect in this library: nothing that a server sends can cause it.
pub(super) fn internal(what: &dyn fmt::Display) -> Error {
    Error::new(Status::Internal, Cause::Internal, what.to_string())
}
