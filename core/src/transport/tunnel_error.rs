//! The errors that asking a proxy for a tunnel can end with, whether by HTTP or by SOCKS. The messages call the proxy
//! "it": the dialer puts the proxy's address in front.

use std::io;

use crate::error::{Cause, Error, Status};

use super::socket::inner_error;

/// The error of a proxy that does not give us a tunnel.
pub(crate) fn failed(cause: Cause, message: impl Into<String>) -> Error {
    Error::new(Status::ProxyFailed, cause, message)
}

/// The error of an answer that no proxy gives.
pub(crate) fn invalid_reply(message: &str) -> Error {
    failed(Cause::ProxyInvalidReply, message)
}

/// The error of a connection that broke while the proxy was asked. The error of a deadline or a cancel stays as it is.
pub(crate) fn connection_broke(error: io::Error) -> Error {
    inner_error(error).unwrap_or_else(|error| {
        failed(Cause::ConnectionClosed, format!("the connection broke before it answered: {error}"))
    })
}
