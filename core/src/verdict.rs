//! What an answer means: only HTTP 200 in the documented shape is one.

use crate::components::Components;
use crate::endpoint::{self, Head};
use crate::error::{Cause, Error, Status};
use crate::json::Refusal;
use crate::session::Reply;
use crate::text::utc;

/// A reply that carries no answer, in our words and the server's.
pub(crate) struct Refused {
    pub(crate) error: Error,
    pub(crate) code: Option<String>,
}

/// The reply to `check`: `components` get their verdicts, and the server's sentence is returned.
pub(crate) fn check(reply: &Reply, components: &mut Components, token_expiry: Option<u64>) -> Result<String, Refused> {
    let text = answer(reply, token_expiry)?;
    accept(endpoint::read_check(text, components).map_err(|refusal| unexpected(reply, &refusal))?)
}

/// The reply to `list`: the server's sentence and the licences.
pub(crate) fn list(reply: &Reply, token_expiry: Option<u64>) -> Result<(String, Vec<Box<str>>), Refused> {
    let text = answer(reply, token_expiry)?;
    let (head, licenses) = endpoint::read_list(text).map_err(|refusal| unexpected(reply, &refusal))?;
    Ok((accept(head)?, licenses))
}

/// The text of a reply that may carry an answer.
fn answer(reply: &Reply, token_expiry: Option<u64>) -> Result<&str, Refused> {
    if reply.status != 200 {
        return Err(refusal(reply, token_expiry));
    }
    let refuse =
        |cause, message: String| Refused { error: Error::new(Status::UnexpectedReply, cause, message), code: None };
    if let Some(charset) = charset(&reply.content_type).filter(|charset| *charset != "utf-8") {
        return Err(refuse(
            Cause::WrongEncoding,
            format!("the reply's characters are encoded as {charset}, and JSON is UTF-8"),
        ));
    }
    std::str::from_utf8(&reply.body).map_err(|error| refuse(Cause::NotUtf8, format!("the reply is not UTF-8: {error}")))
}

/// `status: true` is an answer, `false` a refusal with status 200.
fn accept(head: Head) -> Result<String, Refused> {
    if head.status == Some(true) {
        return Ok(head.message.unwrap_or_else(|| "The server answered.".into()));
    }
    let error =
        Error::new(Status::Rejected, Cause::Rejected, format!("the server refused the request{}", words(&head)));
    Err(Refused { error, code: head.code })
}

/// A reply with status 200 that is not what the endpoint's documentation promises.
fn unexpected(reply: &Reply, refusal: &Refusal) -> Refused {
    let is_page = reply.content_type.starts_with("text/html") || reply.body.trim_ascii_start().starts_with(b"<");
    let (cause, message) = match reply.body.trim_ascii_start() {
        [] => (Cause::NotJson, "the reply is empty".into()),
        _ if is_page => {
            let message = "a web page came instead of a reply; is this network asking you to sign in, or is the address another server's?";
            (Cause::CaptivePortal, message.into())
        }
        [0xef, 0xbb, 0xbf, ..] => {
            (Cause::NotJson, "the reply starts with a byte order mark, which JSON has not".into())
        }
        _ => (refusal.cause, format!("the reply is not what a licence server answers: {}", refusal.message)),
    };
    Refused { error: Error::new(Status::UnexpectedReply, cause, message), code: None }
}

/// Any status but 200.
fn refusal(reply: &Reply, token_expiry: Option<u64>) -> Refused {
    let head = std::str::from_utf8(&reply.body).map(endpoint::read_refusal).unwrap_or_default();
    let (status, cause, meaning) = meaning(reply);
    let mut message = format!("the server answered HTTP {}: {meaning}{}", reply.status, words(&head));
    let mut cause = cause;
    if status == Status::Unauthorized
        && let Some(expiry) = token_expiry.filter(|expiry| *expiry <= now())
    {
        cause = Cause::TokenExpired;
        message.push_str(&format!("; the token was valid until {}, sign in again", utc(expiry)));
    }
    if let Some(target) = &reply.location {
        message.push_str(&format!(
            "; it points to {target}, and redirects are not followed: give that server's own address"
        ));
    }
    Refused { error: Error::new(status, cause, message), code: head.code }
}

fn meaning(reply: &Reply) -> (Status, Cause, &'static str) {
    match reply.status {
        300..=399 if reply.location.is_some() => (Status::UnexpectedReply, Cause::Redirect, "a redirect"),
        400 => (Status::BadRequest, Cause::BadRequest, "it did not understand the request"),
        401 => (Status::Unauthorized, Cause::Unauthorized, "it does not accept the token"),
        403 => (Status::Unauthorized, Cause::Forbidden, "this user may not ask"),
        404 | 405 => (Status::NotFound, Cause::NoPreCheck, "there is no licence pre-check at this address"),
        429 => (Status::RateLimited, Cause::RateLimited, "too many requests; try again later"),
        511 => (Status::UnexpectedReply, Cause::CaptivePortal, "this network wants you to sign in first"),
        500..=599 => (Status::ServerError, Cause::ServerError, "it has a fault; try again later"),
        _ => (Status::UnexpectedReply, Cause::HttpStatus, "no licence server answers so"),
    }
}

/// The server's own words, as a tail for our sentence.
fn words(head: &Head) -> String {
    match (&head.message, &head.code) {
        (Some(message), Some(code)) => format!(" (\"{message}\", code {code})"),
        (Some(message), None) => format!(" (\"{message}\")"),
        (None, Some(code)) => format!(" (code {code})"),
        (None, None) => String::new(),
    }
}

fn charset(content_type: &str) -> Option<&str> {
    let (_, value) = content_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim() == "charset")?;
    Some(value.trim().trim_matches('"'))
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
