//! What a reply means: only HTTP 200 in the documented shape is an answer.

use std::ops::Range;

use crate::error::{Cause, Error, Status};
use crate::http::Reply;
use crate::json::ReadError;
use crate::outcome::{Components, Verdict};
use crate::text::{Message, now, utc};
use crate::token::Token;

use super::reply::{self, Head};

/// How much a message quotes of the server's words, in bytes: what to do has to fit behind them.
const MAX_WORDS: usize = 1000;
/// How much it quotes of the server's error code.
const MAX_CODE: usize = 100;

/// A reply without an answer.
pub(crate) struct Rejection {
    /// What it means, in our words and the server's.
    pub(crate) error: Error,
    /// The server's own error code.
    pub(crate) code: Option<Message>,
}

impl Rejection {
    /// What is not an answer in the documented shape.
    fn unexpected(cause: Cause, message: impl Into<Message>) -> Self {
        Self { error: Error::quoting(Status::UnexpectedReply, cause, message.into()), code: None }
    }

    /// What a server said in the documented shape, with its own code.
    fn said(status: Status, cause: Cause, message: Message, head: &Head) -> Self {
        let code = head.code.clone().map(|code| Message::default().quote(code, usize::MAX));
        Self { error: Error::quoting(status, cause, message), code }
    }
}

/// A reply, and what may explain it: the token that was sent for it, which may have expired, and how it was asked for.
pub(crate) struct Judge<'r> {
    pub(crate) reply: &'r Reply,
    pub(crate) https: bool,
    pub(crate) token: &'r Token,
}

impl Judge<'_> {
    /// The reply to `check`: the server's sentence, and a verdict for each of the components that were asked for.
    pub(crate) fn check(&self, asked: &Components) -> Result<(Message, Vec<Verdict>), Rejection> {
        self.answer(|text| reply::read_check(text, asked))
    }

    /// The reply to `list`: the server's sentence, and where in the reply's body the licenses stand.
    pub(crate) fn list(&self) -> Result<(Message, Range<usize>), Rejection> {
        self.answer(reply::read_list)
    }

    /// What `read` makes of a reply that may carry an answer.
    fn answer<T>(&self, read: impl Fn(&str) -> Result<(Head, T), ReadError>) -> Result<(Message, T), Rejection> {
        if self.reply.status != 200 {
            return Err(self.other_status());
        }
        if let Some(charset) = charset(&self.reply.content_type).filter(|charset| !is_read_as_utf8(charset)) {
            let message = Message::own("the reply's characters are encoded as ").quote(charset, MAX_WORDS);
            return Err(Rejection::unexpected(Cause::WrongEncoding, message.then(", and JSON is UTF-8")));
        }
        let text = std::str::from_utf8(&self.reply.body)
            .map_err(|error| format!("the reply is not UTF-8 at byte {}", error.valid_up_to()))
            .map_err(|message| Rejection::unexpected(Cause::NotUtf8, message))?;
        let (head, answer) = read(text).map_err(|error| self.unexpected(text, &error))?;
        Ok((accept(head)?, answer))
    }

    /// A reply with status 200 that is not what the endpoint's documentation promises, or that could not be read.
    fn unexpected(&self, text: &str, error: &ReadError) -> Rejection {
        if error.cause == Cause::OutOfMemory {
            return Rejection { error: Error::reply_out_of_memory(), code: None };
        }
        // `"status": false` stays a rejection, whatever else is wrong with the reply.
        let head = reply::read_lenient_head(text);
        if head.status == Some(false) {
            return rejected(&head);
        }
        let body = self.reply.body.trim_ascii_start();
        let is_page = is_html(&self.reply.content_type) || body.starts_with(b"<");
        match body {
            [] => Rejection::unexpected(Cause::NotJson, Message::own("the reply is empty")),
            _ if is_page => {
                let message = "a web page came instead of a reply; is this network asking you to sign in, or is the address another server's?";
                Rejection::unexpected(Cause::CaptivePortal, Message::own(message))
            }
            [0xef, 0xbb, 0xbf, ..] => {
                let message = "the reply starts with a byte order mark, which JSON does not have";
                Rejection::unexpected(Cause::NotJson, Message::own(message))
            }
            _ => {
                let message = Message::own("the reply is not what a license server answers: ");
                Rejection::unexpected(error.cause, message.quote(error.message.as_str(), MAX_WORDS))
            }
        }
    }

    /// Any status but 200.
    fn other_status(&self) -> Rejection {
        let reply = self.reply;
        let head = std::str::from_utf8(&reply.body).map(reply::read_lenient_head).unwrap_or_default();
        let (status, mut cause, meaning) = meaning(reply);
        let mut message = words(Message::own(format!("the server answered HTTP {}: {meaning}", reply.status)), &head);
        // The server's clock counts, if it tells the time.
        let now = reply.date.map_or_else(now, |date| date.told);
        let expired = self.token.times().expires.filter(|expiry| status == Status::Unauthorized && *expiry <= now);
        if let Some(expiry) = expired {
            cause = Cause::TokenExpired;
            message = message.then(format!("; the token was valid until {}, sign in again", utc(expiry)));
        }
        if reply.status == 400 && !self.https && head.message.is_none() {
            message = message.then("; if this port is meant for TLS, use https");
        }
        if let Some(target) = &reply.location {
            message = message
                .then("; it points to ")
                .quote(target.as_str(), MAX_WORDS / 2)
                .then(", and redirects are not followed: give that server's own address");
        }
        Rejection::said(status, cause, message, &head)
    }
}

/// `"status": true` is an answer, `false` is none though HTTP says 200.
fn accept(head: Head) -> Result<Message, Rejection> {
    if head.status != Some(true) {
        return Err(rejected(&head));
    }
    Ok(match head.message.filter(|message| !message.trim().is_empty()) {
        Some(words) => Message::default().quote(words, usize::MAX),
        None => Message::own("The server answered."),
    })
}

/// HTTP 200 with `"status": false`.
fn rejected(head: &Head) -> Rejection {
    let message = words(Message::own("the server refused the request"), head);
    Rejection::said(Status::Rejected, Cause::Rejected, message, head)
}

/// Our sentence with the server's own words behind it.
fn words(message: Message, head: &Head) -> Message {
    match (&head.message, &head.code) {
        (Some(words), Some(code)) => {
            message.then(" (\"").quote(words, MAX_WORDS).then("\", code ").quote(code, MAX_CODE).then(")")
        }
        (Some(words), None) => message.then(" (\"").quote(words, MAX_WORDS).then("\")"),
        (None, Some(code)) => message.then(" (code ").quote(code, MAX_CODE).then(")"),
        (None, None) => message,
    }
}

fn meaning(reply: &Reply) -> (Status, Cause, &'static str) {
    match reply.status {
        300..=399 if reply.location.is_some() => (Status::UnexpectedReply, Cause::Redirect, "a redirect"),
        400 => (Status::BadRequest, Cause::BadRequest, "it did not understand the request"),
        401 => (Status::Unauthorized, Cause::Unauthorized, "it does not accept the token"),
        403 => (Status::Unauthorized, Cause::Forbidden, "this user may not ask"),
        404 | 405 => (Status::NotFound, Cause::NoPreCheck, "there is no license pre-check at this address"),
        429 => (Status::RateLimited, Cause::RateLimited, "too many requests; try again later"),
        511 => (Status::UnexpectedReply, Cause::CaptivePortal, "this network wants you to sign in first"),
        500..=599 => (Status::ServerError, Cause::ServerError, "it has a fault; try again later"),
        _ => (Status::UnexpectedReply, Cause::HttpStatus, "no license server answers so"),
    }
}

/// Whether everybody reads a body in this character encoding as UTF-8, if it is that: ASCII is a part of UTF-8.
fn is_read_as_utf8(charset: &str) -> bool {
    ["", "utf-8", "utf8", "us-ascii", "ascii"].iter().any(|name| charset.eq_ignore_ascii_case(name))
}

fn is_html(content_type: &str) -> bool {
    content_type.get(..9).is_some_and(|media_type| media_type.eq_ignore_ascii_case("text/html"))
}

fn charset(content_type: &str) -> Option<&str> {
    let (_, value) = content_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\'']).trim())
}
