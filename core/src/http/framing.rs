//! How long a reply's body is. A reply whose headers tell more than one length is refused: a proxy in between could
//! take one of them, and ureq the other.

use ureq::http::HeaderMap;
use ureq::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};

use crate::error::Error;

use super::failure::invalid_http;

/// The length in `Content-Length`; None if there is none, and the body ends with its last chunk or with the connection.
/// Fails with [`Cause::InvalidHttp`](crate::Cause::InvalidHttp) if the headers are ambiguous (RFC 9112, section 6.3).
pub(super) fn content_length(headers: &HeaderMap) -> Result<Option<u64>, Error> {
    let lengths: Vec<_> = headers.get_all(CONTENT_LENGTH).iter().map(|value| value.as_bytes()).collect();
    let encodings: Vec<_> = headers.get_all(TRANSFER_ENCODING).iter().map(|value| value.as_bytes()).collect();
    match (lengths.as_slice(), encodings.as_slice()) {
        ([], []) => Ok(None),
        ([length], []) => number(length).map(Some).ok_or_else(|| invalid_http(&"its Content-Length is not a number")),
        (_, []) => Err(invalid_http(&"it has more than one Content-Length")),
        ([], [encoding]) if encoding.eq_ignore_ascii_case(b"chunked") => Ok(None),
        ([], _) => Err(invalid_http(&"its Transfer-Encoding is not \"chunked\"")),
        _ => Err(invalid_http(&"it has both Content-Length and Transfer-Encoding")),
    }
}

/// Reads a number of digits alone: `parse` would take "+2" as well.
fn number(text: &[u8]) -> Option<u64> {
    let text = str::from_utf8(text).ok()?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
