//! Status numbers and verdicts as C sees them.

use std::ffi::{CStr, c_char};

use qls_precheck_core::{Status, Verdict};

use crate::guard::guard;

/// How an operation ended. A status divided by 1000 is its layer: 0 success, 1 nothing was sent, 2 nobody
/// answered, 3 an answer without a verdict, 9 a defect of this library. Numbers are only ever added, so
/// expect ones that are not listed here. docs/status-codes.md says what to do about each.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum qls_status {
    /// The server answered in the documented shape. It does not mean "allowed": ask for verdicts.
    QLS_OK = 0,
    /// An argument of the call is unusable.
    QLS_INVALID_ARGUMENT = 1000,
    /// The consumers are no JSON of the documented shape.
    QLS_INVALID_CONSUMERS = 1001,
    /// The token cannot be sent: empty, too long, or with characters a token never has.
    QLS_INVALID_TOKEN = 1002,
    /// No token was given and no signed-in Qt account can be used.
    QLS_TOKEN_NOT_FOUND = 1003,
    /// A setting that was accepted cannot be used.
    QLS_CONFIGURATION = 1004,
    /// The name of the server or its address is unknown.
    QLS_RESOLVE_FAILED = 2000,
    /// No connection to the server.
    QLS_CONNECT_FAILED = 2001,
    /// The proxy refused or failed.
    QLS_PROXY_FAILED = 2002,
    /// The certificate does not prove that this is the server.
    QLS_TLS_UNTRUSTED = 2003,
    /// No secure connection for another reason than the certificate.
    QLS_TLS_FAILED = 2004,
    /// The deadline passed.
    QLS_TIMEOUT = 2005,
    /// The client was cancelled.
    QLS_CANCELLED = 2006,
    /// The connection broke before the reply was complete.
    QLS_CONNECTION_LOST = 2007,
    /// HTTP 200 with "status": false.
    QLS_REJECTED = 3000,
    /// HTTP 400.
    QLS_BAD_REQUEST = 3001,
    /// HTTP 401 or 403.
    QLS_UNAUTHORIZED = 3002,
    /// HTTP 404 or 405: no pre-check at this address.
    QLS_NOT_FOUND = 3003,
    /// HTTP 429.
    QLS_RATE_LIMITED = 3004,
    /// HTTP 5xx other than 511.
    QLS_SERVER_ERROR = 3005,
    /// A reply of another shape than documented.
    QLS_UNEXPECTED_REPLY = 3006,
    /// A reply larger than any sensible one.
    QLS_REPLY_TOO_LARGE = 3007,
    /// A defect of this library.
    QLS_INTERNAL = 9000,
}

impl qls_status {
    pub(crate) const fn of(status: Status) -> Self {
        match status {
            Status::Ok => Self::QLS_OK,
            Status::InvalidArgument => Self::QLS_INVALID_ARGUMENT,
            Status::InvalidConsumers => Self::QLS_INVALID_CONSUMERS,
            Status::InvalidToken => Self::QLS_INVALID_TOKEN,
            Status::TokenNotFound => Self::QLS_TOKEN_NOT_FOUND,
            Status::Configuration => Self::QLS_CONFIGURATION,
            Status::ResolveFailed => Self::QLS_RESOLVE_FAILED,
            Status::ConnectFailed => Self::QLS_CONNECT_FAILED,
            Status::ProxyFailed => Self::QLS_PROXY_FAILED,
            Status::TlsUntrusted => Self::QLS_TLS_UNTRUSTED,
            Status::TlsFailed => Self::QLS_TLS_FAILED,
            Status::Timeout => Self::QLS_TIMEOUT,
            Status::Cancelled => Self::QLS_CANCELLED,
            Status::ConnectionLost => Self::QLS_CONNECTION_LOST,
            Status::Rejected => Self::QLS_REJECTED,
            Status::BadRequest => Self::QLS_BAD_REQUEST,
            Status::Unauthorized => Self::QLS_UNAUTHORIZED,
            Status::NotFound => Self::QLS_NOT_FOUND,
            Status::RateLimited => Self::QLS_RATE_LIMITED,
            Status::ServerError => Self::QLS_SERVER_ERROR,
            Status::UnexpectedReply => Self::QLS_UNEXPECTED_REPLY,
            Status::ReplyTooLarge => Self::QLS_REPLY_TOO_LARGE,
            Status::Internal => Self::QLS_INTERNAL,
        }
    }
}

// The core owns the numbers; this file writes them out once more because the header is made from it.
const _: () = {
    let mut index = 0;
    while index < Status::ALL.len() {
        assert!(qls_status::of(Status::ALL[index]) as i32 == Status::ALL[index].code());
        index += 1;
    }
};

/// What the server said of a component. Only an explicit yes is QLS_VERDICT_ALLOWED.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum qls_verdict {
    /// The reply has no verdict for it, or there is no reply.
    QLS_VERDICT_UNKNOWN = 0,
    /// The licences do not cover it.
    QLS_VERDICT_DENIED = 1,
    /// It may be installed.
    QLS_VERDICT_ALLOWED = 2,
}

impl qls_verdict {
    pub(crate) const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Unknown => Self::QLS_VERDICT_UNKNOWN,
            Verdict::Denied => Self::QLS_VERDICT_DENIED,
            Verdict::Allowed => Self::QLS_VERDICT_ALLOWED,
        }
    }
}

/// The name of a status, such as "QLS_TIMEOUT".
///
/// status   any integer.
///
/// Returns the name, or "QLS_UNKNOWN" for a number without one; never NULL; valid for ever.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_status_name(status: i32) -> *const c_char {
    guard(c"QLS_INTERNAL".as_ptr(), || words(status).0.as_ptr())
}

/// One sentence about a status for an end user, in English. What happened in particular is in
/// qls_result_message().
///
/// status   any integer.
///
/// Returns the sentence; never NULL; valid for ever.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_status_text(status: i32) -> *const c_char {
    guard(c"".as_ptr(), || words(status).1.as_ptr())
}

/// Name and sentence of a status, NUL-terminated.
fn words(status: i32) -> (&'static CStr, &'static CStr) {
    match Status::ALL.iter().find(|known| known.code() == status) {
        Some(known) => (known.c_name(), known.c_text()),
        None => (c"QLS_UNKNOWN", c"The licence check ended in a way that this installer does not know."),
    }
}
