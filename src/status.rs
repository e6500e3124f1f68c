//! `qls_status` and `qls_verdict`: the core's statuses and verdicts as numbers for C.

use std::ffi::{CStr, CString, c_char};

use once_cell::race::OnceBox;
use qls_precheck_core::{Status, Verdict};

use crate::guard::guard;
use crate::ptr::c_string;

/// How an operation ended. A status divided by 1000 tells how far it came: 0 success, 1 nothing was sent, 2 nobody
/// answered, 3 an answer without a verdict, 9 a defect of this library. Later versions add numbers, so expect ones
/// that are not listed here. docs/status-codes.md says what to do about each.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum qls_status {
    /// The server answered as documented, or nothing had to be asked. It does not mean "allowed": look at the verdicts.
    QLS_OK = 0,
    /// An argument of the call, or of an earlier setter, cannot be used.
    QLS_INVALID_ARGUMENT = 1000,
    /// The consumers are not JSON of the documented shape.
    QLS_INVALID_CONSUMERS = 1001,
    /// The token cannot be sent: empty, too long, or with characters a token never has.
    QLS_INVALID_TOKEN = 1002,
    /// No token was given and no signed-in Qt account can be used.
    QLS_TOKEN_NOT_FOUND = 1003,
    /// A setting cannot be used, as was found only during the call: a broken CA file, plain http to another machine.
    QLS_CONFIGURATION = 1004,
    /// The server's name was not found, or could not be looked up.
    QLS_RESOLVE_FAILED = 2000,
    /// No connection to the server.
    QLS_CONNECT_FAILED = 2001,
    /// The proxy refused or failed.
    QLS_PROXY_FAILED = 2002,
    /// The certificate does not prove that this is the server.
    QLS_TLS_UNTRUSTED = 2003,
    /// No secure connection, for another reason than the certificate.
    QLS_TLS_FAILED = 2004,
    /// The time for the operation, or for making a connection, is over.
    QLS_TIMEOUT = 2005,
    /// The client was canceled.
    QLS_CANCELLED = 2006,
    /// The connection broke before the reply was complete.
    QLS_CONNECTION_LOST = 2007,
    /// HTTP 200 with "status": false.
    QLS_REJECTED = 3000,
    /// HTTP 400.
    QLS_BAD_REQUEST = 3001,
    /// HTTP 401 or 403.
    QLS_UNAUTHORIZED = 3002,
    /// HTTP 404 or 405: there is no pre-check at this address.
    QLS_NOT_FOUND = 3003,
    /// HTTP 429: too many requests.
    QLS_RATE_LIMITED = 3004,
    /// HTTP 5xx other than 511.
    QLS_SERVER_ERROR = 3005,
    /// The reply is not of the documented shape. Often something other than a license server answered.
    QLS_UNEXPECTED_REPLY = 3006,
    /// The reply is larger than 32 MiB, or than the memory that is left.
    QLS_REPLY_TOO_LARGE = 3007,
    /// A defect of this library.
    QLS_INTERNAL = 9000,
}

impl qls_status {
    /// The C name for `status`.
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

// The numbers are written twice: in the core, and above, because cbindgen reads them there. They have to agree.
const _: () = {
    let mut index = 0;
    while index < Status::ALL.len() {
        assert!(qls_status::of(Status::ALL[index]) as i32 == Status::ALL[index].code());
        index += 1;
    }
};

/// Whether a component may be installed, as the server said. Only an explicit yes is QLS_VERDICT_ALLOWED.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum qls_verdict {
    /// The reply has no verdict for it, or there is no reply.
    QLS_VERDICT_UNKNOWN = 0,
    /// The licenses do not cover it.
    QLS_VERDICT_DENIED = 1,
    /// It may be installed.
    QLS_VERDICT_ALLOWED = 2,
}

impl qls_verdict {
    /// The C name for `verdict`.
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
/// Returns the name, or "QLS_UNKNOWN" for a number without one, never NULL; valid for ever.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_status_name(status: i32) -> *const c_char {
    guard(c"QLS_INTERNAL".as_ptr(), || words(status).0.as_ptr())
}

/// One sentence about a status for an end user, in English. qls_result_message() tells more about a particular
/// result.
///
/// status   any integer.
///
/// Returns the sentence, never NULL; valid for ever.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_status_text(status: i32) -> *const c_char {
    guard(c"".as_ptr(), || words(status).1.as_ptr())
}

/// Name and sentence of a status as C strings. The first call makes those of all statuses.
fn words(status: i32) -> (&'static CStr, &'static CStr) {
    static WORDS: OnceBox<Vec<(i32, CString, CString)>> = OnceBox::new();
    let known = WORDS.get_or_init(|| {
        let words = |status: &Status| (status.code(), c_string(status.name()), c_string(status.text()));
        Box::new(Status::ALL.iter().map(words).collect())
    });
    match known.iter().find(|(code, ..)| *code == status) {
        Some((_, name, text)) => (name, text),
        None => (c"QLS_UNKNOWN", c"The license check ended in a way that this installer does not know."),
    }
}
