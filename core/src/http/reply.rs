//! Reads a reply: its status, its body, and the few headers that matter.

use std::io::Read;

use ureq::Body;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, HeaderName, Response};

use crate::error::{Cause, Error, Status};
use crate::transport::Deadline;

use super::failure::Failure;
use super::framing;

/// The longest body of a reply with an answer (HTTP 200), in bytes. A longer one is an error.
const MAX_ANSWER: usize = 32 * 1024 * 1024;
/// How much is read of the body of a reply with another status, in bytes: enough for what the server says about the
/// error. The rest is left out.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// A reply of the server.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// The header `Content-Type`; empty if there is none.
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
}

impl Reply {
    /// Reads the reply. Fails if it is too large, encoded, ambiguous in its length, or breaks off; of a reply with
    /// another status than 200 a part is enough.
    pub(super) fn read(response: Response<Body>, deadline: &Deadline) -> Result<Self, Failure> {
        let status = response.status().as_u16();
        let has_answer = status == 200;
        let headers = response.headers();
        let length = framing::content_length(headers)?;
        let content_type = text(headers, CONTENT_TYPE).unwrap_or_default();
        let location = text(headers, LOCATION);
        let retry_after = text(headers, RETRY_AFTER);
        let is_encoded =
            headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"));
        if is_encoded && has_answer {
            // The message does not quote the header, in which a server can write anything.
            let message = "the reply is compressed or encoded otherwise, though the request does not allow it";
            return Err(Error::new(Status::UnexpectedReply, Cause::WrongEncoding, message).into());
        }
        if has_answer && length.is_some_and(|length| length > MAX_ANSWER as u64) {
            return Err(too_large().into());
        }
        let limit = if has_answer { MAX_ANSWER } else { MAX_ERROR_BODY };
        let mut body = Vec::with_capacity(length.unwrap_or(0).min(limit as u64) as usize);
        // One byte more than allowed shows that the body is longer. ureq keeps the connection only if the body was read
        // to its end.
        let mut reader = response.into_body().into_reader().take(limit as u64 + 1);
        if let Err(error) = reader.read_to_end(&mut body) {
            match Failure::of(error.into(), deadline) {
                // The body broke off, or time is up. What the server said about its error so far is worth keeping.
                Failure::Error(error) if !has_answer && error.status() != Status::Cancelled => {}
                failure => return Err(failure),
            }
        }
        if body.len() > limit {
            if has_answer {
                return Err(too_large().into());
            }
            body.truncate(limit);
        }
        if is_encoded {
            // An encoded text about an error cannot be read here, and the status says enough.
            body.clear();
        }
        Ok(Self { status, body, content_type, location, retry_after })
    }
}

fn too_large() -> Error {
    let message = format!("the reply is larger than {MAX_ANSWER} bytes; is this a license server?");
    Error::new(Status::ReplyTooLarge, Cause::TooLarge, message)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}
