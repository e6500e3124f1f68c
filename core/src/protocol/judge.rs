//! What an answer means: only HTTP 200 in the documented shape is one.

use std::borrow::Cow;

use crate::error::{Cause, Error, Status};
use crate::http::Reply;
use crate::json::{Pace, Refusal};
use crate::outcome::Components;
use crate::text::{shown, start, utc};
use crate::token::Token;
use crate::token::redact;

use super::reply::{self as endpoint, Head};

/// How much a message quotes of the server's, in bytes: with our sentences it has to fit.
const MAX_WORDS: usize = 1000;
const MAX_CODE: usize = 100;

/// A reply that carries no answer, in our words and the server's.
pub(crate) struct Refused {
    pub(crate) error: Error,
    pub(crate) code: Option<String>,
}

/// A reply, and the token that was sent for it: whatever is quoted of the one must not show the other.
pub(crate) struct Judge<'r> {
    pub(crate) reply: &'r Reply,
    pub(crate) token: &'r Token,
    pub(crate) pace: &'r Pace<'r>,
}

impl Judge<'_> {
    /// The reply to `check`: `components` get their verdicts, and the server's sentence is returned.
    pub(crate) fn check(&self, components: &mut Components) -> Result<String, Refused> {
        let text = self.answer()?;
        self.accept(
            endpoint::read_check(text, components, self.pace).map_err(|refusal| self.unexpected(text, &refusal))?,
        )
    }

    /// The reply to `list`: the server's sentence and the licences.
    pub(crate) fn list(&self) -> Result<(String, Vec<Box<str>>), Refused> {
        let text = self.answer()?;
        let (head, mut licenses) =
            endpoint::read_list(text, self.pace).map_err(|refusal| self.unexpected(text, &refusal))?;
        for license in &mut licenses {
            if self.pace.is_over() {
                // Whoever set the pace says why.
                return Err(refused(Status::Timeout, Cause::Deadline, "given up while reading the licences".into()));
            }
            if let Some(clean) = redact::in_json(license, self.token.secret()) {
                *license = clean.into();
            }
        }
        Ok((self.accept(head)?, licenses))
    }

    /// The text of a reply that may carry an answer.
    fn answer(&self) -> Result<&str, Refused> {
        if self.reply.status != 200 {
            return Err(self.refusal());
        }
        let refuse = |cause, message: String| refused(Status::UnexpectedReply, cause, message);
        if let Some(charset) = charset(&self.reply.content_type).filter(|charset| !is_utf8(charset)) {
            let charset = self.quoted(charset);
            return Err(refuse(
                Cause::WrongEncoding,
                format!("the reply's characters are encoded as {charset}, and JSON is UTF-8"),
            ));
        }
        std::str::from_utf8(&self.reply.body)
            .map_err(|error| refuse(Cause::NotUtf8, format!("the reply is not UTF-8: {error}")))
    }

    /// `status: true` is an answer, `false` a refusal with status 200.
    fn accept(&self, head: Head) -> Result<String, Refused> {
        if head.status == Some(true) {
            let message = head.message.as_deref().filter(|message| !message.trim().is_empty());
            return Ok(shown(&self.quoted(message.unwrap_or("The server answered."))));
        }
        Err(self.rejected(&head))
    }

    fn rejected(&self, head: &Head) -> Refused {
        let message = format!("the server refused the request{}", self.words(head));
        Refused { code: self.code(head), ..refused(Status::Rejected, Cause::Rejected, message) }
    }

    /// A reply with status 200 that is not what the endpoint's documentation promises.
    fn unexpected(&self, text: &str, refusal: &Refusal) -> Refused {
        // A refusal stays one, whatever else is wrong with it. Where reading was given up, so is this.
        let head = if self.pace.is_over() { Head::default() } else { endpoint::read_refusal(text, self.pace) };
        if head.status == Some(false) {
            return self.rejected(&head);
        }
        let body = self.reply.body.trim_ascii_start();
        let is_page = is_html(&self.reply.content_type) || body.starts_with(b"<");
        let (cause, message) = match body {
            [] => (Cause::NotJson, "the reply is empty".into()),
            _ if is_page => {
                let message = "a web page came instead of a reply; is this network asking you to sign in, or is the address another server's?";
                (Cause::CaptivePortal, message.into())
            }
            [0xef, 0xbb, 0xbf, ..] => {
                (Cause::NotJson, "the reply starts with a byte order mark, which JSON has not".into())
            }
            _ => (
                refusal.cause,
                format!("the reply is not what a licence server answers: {}", self.quoted(&refusal.message)),
            ),
        };
        refused(Status::UnexpectedReply, cause, message)
    }

    /// Any status but 200.
    fn refusal(&self) -> Refused {
        let reply = self.reply;
        let head =
            std::str::from_utf8(&reply.body).map(|text| endpoint::read_refusal(text, self.pace)).unwrap_or_default();
        let (status, mut cause, meaning) = meaning(reply);
        let mut message = format!("the server answered HTTP {}: {meaning}{}", reply.status, self.words(&head));
        let expired = self.token.expires_at().filter(|expiry| status == Status::Unauthorized && *expiry <= now());
        if let Some(expiry) = expired {
            cause = Cause::TokenExpired;
            message.push_str(&format!("; the token was valid until {}, sign in again", utc(expiry)));
        }
        if let Some(target) = &reply.location {
            let target = self.quoted(target);
            message.push_str(&format!(
                "; it points to {target}, and redirects are not followed: give that server's own address"
            ));
        }
        Refused { code: self.code(&head), ..refused(status, cause, message) }
    }

    /// The server's own words, as a tail for our sentence; bounded, since what to do comes behind them.
    fn words(&self, head: &Head) -> String {
        let code = self.code(head).map(|code| start(&code, MAX_CODE));
        let message = head.message.as_deref().map(|message| start(&shown(&self.quoted(message)), MAX_WORDS));
        match (message, code) {
            (Some(message), Some(code)) => format!(" (\"{message}\", code {code})"),
            (Some(message), None) => format!(" (\"{message}\")"),
            (None, Some(code)) => format!(" (code {code})"),
            (None, None) => String::new(),
        }
    }

    fn code(&self, head: &Head) -> Option<String> {
        head.code.as_deref().map(|code| shown(&self.quoted(code)))
    }

    /// Text from the server, before it is bounded: a token cut short would not be found any more.
    fn quoted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        redact::in_text(text, self.token.secret())
    }
}

fn refused(status: Status, cause: Cause, message: String) -> Refused {
    Refused { error: Error::new(status, cause, message), code: None }
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

fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
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
    Some(value.trim().trim_matches('"'))
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
