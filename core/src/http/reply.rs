//! Reads a reply: its status, its body, and the few headers that matter.

use std::io::Read;

use ureq::Body;
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use ureq::http::{HeaderMap, HeaderName, Response, Version};

use crate::diagnosis::Date;
use crate::error::{Cause, Error, Status};
use crate::text::{number, seconds};
use crate::transport::Deadline;

use super::failure::{self, invalid_http};

/// The longest body of a reply with an answer (HTTP 200), in bytes. A longer one is an error.
const MAX_ANSWER: usize = 32 * 1024 * 1024;
/// How much is read of the body of a reply with another status, in bytes: enough for what the server says about the
/// error. The rest is left out.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// How much memory a body begins with whose length is not known, in bytes. While it is read it gets more.
const UNKNOWN_LENGTH: u64 = 16 * 1024;

/// A reply of the server.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// The header `Content-Type`; empty if there is none.
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
    /// The header `Date`.
    pub(crate) date: Option<Date>,
}

impl Reply {
    /// Reads the reply. Fails if it is too large, encoded, ambiguous in its length, or breaks off; of a reply with
    /// another status than 200 a part is enough.
    pub(super) fn read(response: Response<Body>, deadline: &Deadline) -> Result<Self, Error> {
        let status = response.status().as_u16();
        let has_answer = status == 200;
        let headers = response.headers();
        let length = content_length(response.version(), headers)?;
        let content_type = text(headers, CONTENT_TYPE).unwrap_or_default();
        let location = text(headers, LOCATION);
        let retry_after = text(headers, RETRY_AFTER);
        // Reading the body may take long.
        let date = text(headers, DATE).and_then(|date| seconds(&date)).map(|date| Date::now("the server", date));
        let is_encoded = is_encoded(headers);
        if is_encoded && has_answer {
            // The message does not quote the header, in which a server can write anything.
            let message = "the reply is compressed or encoded otherwise, though the request does not allow it";
            return Err(Error::new(Status::UnexpectedReply, Cause::WrongEncoding, message));
        }
        if has_answer && length.is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(too_large());
        }
        let limit = if has_answer { MAX_ANSWER } else { MAX_ERROR_BODY };
        let mut body = Vec::new();
        let expected = length.unwrap_or(UNKNOWN_LENGTH).min(limit as u64) as usize;
        body.try_reserve_exact(expected).map_err(|_| Error::reply_out_of_memory())?;
        // One byte more than allowed shows that the body is longer. ureq keeps the connection only if the body was read
        // to its end.
        let mut reader = response.into_body().into_reader().take(limit as u64 + 1);
        if let Err(error) = reader.read_to_end(&mut body) {
            let error = failure::meaning(error.into(), &deadline.doing("reading the reply"));
            // The body broke off, or time is up. What the server said about its error so far is worth keeping.
            if has_answer || error.status() == Status::Cancelled {
                return Err(error);
            }
        }
        if body.len() > limit {
            if has_answer {
                return Err(too_large());
            }
            body.truncate(limit);
        }
        if is_encoded {
            // An encoded text about an error cannot be read here, and the status says enough.
            body.clear();
        }
        Ok(Self { status, body, content_type, location, retry_after, date })
    }
}

/// The length in `Content-Length`; None if there is none, and the body ends with its last chunk or with the connection.
/// Fails with [`Cause::InvalidHttp`] if the headers are ambiguous (RFC 9112, section 6.3): a proxy in between could take
/// one length, and ureq another.
fn content_length(version: Version, headers: &HeaderMap) -> Result<Option<u64>, Error> {
    let lengths: Vec<_> = headers.get_all(CONTENT_LENGTH).iter().map(|value| value.as_bytes()).collect();
    let encodings: Vec<_> = headers.get_all(TRANSFER_ENCODING).iter().map(|value| value.as_bytes()).collect();
    match (lengths.as_slice(), encodings.as_slice()) {
        ([], []) => Ok(None),
        ([length], []) => match str::from_utf8(length).ok().and_then(number) {
            None => Err(invalid_http(&"its Content-Length is not a number")),
            length => Ok(length),
        },
        (_, []) => Err(invalid_http(&"it has more than one Content-Length")),
        // HTTP/1.0 has no chunks (RFC 9112, section 6.1). Some readers go on to the end of the connection.
        ([], [_, ..]) if version != Version::HTTP_11 => Err(invalid_http(&"it has Transfer-Encoding and is HTTP/1.0")),
        ([], [encoding]) if encoding.eq_ignore_ascii_case(b"chunked") => Ok(None),
        ([], _) => Err(invalid_http(&"its Transfer-Encoding is not \"chunked\"")),
        _ => Err(invalid_http(&"it has both Content-Length and Transfer-Encoding")),
    }
}

/// Whether the body is compressed or encoded otherwise. Some programs name the character encoding here, or nothing.
fn is_encoded(headers: &HeaderMap) -> bool {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let mut codings = values.flat_map(|value| value.as_bytes().split(|&byte| byte == b',')).map(<[u8]>::trim_ascii);
    let plain = ["", "identity", "utf-8", "utf8"];
    codings.any(|coding| !plain.iter().any(|plain| coding.eq_ignore_ascii_case(plain.as_bytes())))
}

fn too_large() -> Error {
    let message =
        format!("the reply is larger than {} MiB, the most that is read; is this a license server?", MAX_ANSWER >> 20);
    Error::new(Status::ReplyTooLarge, Cause::TooLarge, message)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}
