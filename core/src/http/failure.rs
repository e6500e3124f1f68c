//! Turns ureq's errors into ours.

use std::fmt;
use std::io::ErrorKind;

use ureq_proto::client::MAX_RESPONSE_HEADERS;

use crate::error::{Cause, Error, Status};
use crate::transport::{Deadline, Stale};

/// Whether ureq's error says that the kept connection was dead. A new one may work.
pub(super) fn is_stale(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Other(inner) if inner.is::<Stale>())
}

/// What ureq's error means. `deadline` is that of the call and says what ureq was asked to do, for the message if ureq
/// notices between two waits that the time is over.
pub(super) fn meaning(error: ureq::Error, deadline: &Deadline) -> Error {
    match error {
        ureq::Error::Other(inner) => inner.downcast::<Error>().map_or_else(|inner| internal(&inner), |error| *error),
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput => invalid_http(&error),
            ErrorKind::OutOfMemory => Error::reply_out_of_memory(),
            _ => {
                let message = format!("the connection broke before the reply was complete: {error}");
                Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message)
            }
        },
        ureq::Error::Protocol(ureq_proto::Error::HttpParseTooManyHeaders) => {
            let message = format!("the reply has more than {MAX_RESPONSE_HEADERS} header fields, and no more are read");
            Error::new(Status::UnexpectedReply, Cause::TooManyHeaders, message)
        }
        ureq::Error::Timeout(_) => deadline.missed(),
        error @ (ureq::Error::Protocol(_)
        | ureq::Error::Http(_)
        | ureq::Error::LargeResponseHeader(..)
        | ureq::Error::BodyStalled) => {
            // In front stand ureq's names for where it noticed, such as "protocol: http parse fail".
            let text = error.to_string();
            invalid_http(&text.rsplit(": ").next().unwrap_or(&text))
        }
        error => internal(&error),
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
