//! How requests reach the server: one ureq agent, its connection kept for the next request.

use std::fmt;
use std::io::Read;
use std::time::{Duration, Instant};

use once_cell::sync::OnceCell;
use ureq::http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER,
    TRANSFER_ENCODING,
};
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri};
use ureq::{Agent, Body};

use crate::error::{Cause, Error, Status};
use crate::log::{Level, Log};
use crate::proxy::{ProxySetting, Route};
use crate::settings::Settings;
use crate::tls;
use crate::token::Token;
use crate::token::redact;
use crate::transport::{Cancel, Dialer, Limit, MAX_HEAD, NoResolver, Patience, Resolver, Stale};

use super::reply::Reply;
use super::retry::Retries;

/// The largest reply that is read, in bytes.
const MAX_REPLY: usize = 64 * 1024 * 1024;
/// How much of a reply that carries no answer is read: enough for the server's words.
const MAX_REFUSAL: usize = 64 * 1024;
/// Longer than the pause between listing and checking, shorter than most servers wait.
const KEPT: Duration = Duration::from_secs(15);

/// Connections to one server under one set of settings.
pub(crate) struct Session {
    agent: Agent,
    endpoint: Uri,
    /// See [`Route`].
    pub(crate) script: Option<String>,
    timeout: Duration,
    retries: u32,
    cancel: Cancel,
    log: Log,
}

/// Does, once a process, what a first request does besides: ureq makes a text behind a lock then, and a child that is
/// forked in that moment would wait for it for ever. Nothing is connected to: the request is cancelled before.
pub(crate) fn begin(settings: &Settings) {
    static BEGUN: OnceCell<()> = OnceCell::new();
    BEGUN.get_or_init(|| {
        let cancel = Cancel::default();
        cancel.set();
        let settings = Settings { proxy: ProxySetting::Direct, ..settings.clone() };
        let deadline = Instant::now() + settings.timeout;
        let _ = Session::new(&settings, &cancel).and_then(|session| session.post(&Token::new("none")?, "", deadline));
    });
}

impl Session {
    pub(crate) fn new(settings: &Settings, cancel: &Cancel) -> Result<Self, Error> {
        // Taken apart, so that a setting that is forgotten here does not compile.
        let Settings { server, allow_plain_http: _, timeout, connect_timeout, retries, proxy, trust, user_agent, log } =
            settings.clone();
        let endpoint = Uri::try_from(server.endpoint()).map_err(|error| {
            Error::new(Status::Internal, Cause::Internal, format!("the server's address is no URI: {error}"))
        })?;
        let config = Agent::config_builder()
            // ureq reads the environment by default and goes directly where it cannot parse what it finds.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(user_agent.as_str())
            .max_response_header_size(MAX_HEAD)
            .max_idle_connections(1)
            .max_idle_connections_per_host(1)
            .max_idle_age(KEPT)
            .build();
        let Route { proxy, script } = proxy.route(&server)?;
        let dialer = Dialer {
            proxy,
            given_roots: tls::given(&trust)?,
            server,
            user_agent,
            call_limit: timeout,
            connect_limit: connect_timeout,
            cancel: cancel.clone(),
            log: log.clone(),
            trust: trust.trust,
            resolver: Resolver::default(),
            tls: OnceCell::new(),
        };
        Ok(Self {
            agent: Agent::with_parts(config, dialer, NoResolver),
            endpoint,
            script,
            timeout,
            retries,
            cancel: cancel.clone(),
            log,
        })
    }

    /// Sends `body` and reads the reply, as often as is sensible before `deadline`.
    pub(crate) fn post(&self, token: &Token, body: &str, deadline: Instant) -> Result<Reply, Error> {
        let patience = Patience {
            cancel: self.cancel.clone(),
            until: deadline,
            limit: Limit::Call(self.timeout),
            doing: String::from("waiting to ask again"),
        };
        let mut retries = Retries::new(self.retries);
        let mut before = None;
        loop {
            let done = match (self.post_once(token, body, deadline), before) {
                // That the server was busy says more than that time ran out while it was asked again.
                (Err(error), Some(reply))
                    if error.status() == Status::Timeout && error.cause() != Cause::ConnectTimeout =>
                {
                    return Ok(reply);
                }
                (done, _) => done,
            };
            let Some(pause) = retries.pause(&done, deadline.saturating_duration_since(Instant::now())) else {
                return done;
            };
            self.log.line(Level::Warn, || {
                let why = match &done {
                    Ok(reply) => format!("HTTP {}", reply.status),
                    Err(error) => error.to_string(),
                };
                format!("asking again in {} ms: {why}", pause.as_millis())
            });
            match patience.sleep(pause) {
                // A pause that fitted may still end too late on a busy machine.
                Err(error) if error.status() == Status::Timeout => return done,
                slept => slept?,
            }
            before = done.ok();
        }
    }

    fn post_once(&self, token: &Token, body: &str, deadline: Instant) -> Result<Reply, Error> {
        loop {
            self.log.line(Level::Trace, || String::from("sending the request"));
            match self.try_post(token, body, deadline) {
                // Both operations only read, so asking again does no harm. Each turn uses up a kept connection.
                Err(Failure::Stale) => self.log.line(Level::Debug, || Stale.to_string()),
                Err(Failure::Error(error)) => return Err(error),
                Ok(reply) => return Ok(reply),
            }
        }
    }

    fn try_post(&self, token: &Token, body: &str, deadline: Instant) -> Result<Reply, Failure> {
        let mut bearer =
            HeaderValue::from_str(token.authorization()).map_err(|_| internal("the token is no header value"))?;
        bearer.set_sensitive(true);
        let request = Request::post(self.endpoint.clone())
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            // Where nothing is said, any coding may be used (RFC 9110, section 12.5.3).
            .header(ACCEPT_ENCODING, "identity")
            .body(body.as_bytes())
            .map_err(|error| internal(&format!("the request cannot be made: {error}")))?;
        let left = deadline.saturating_duration_since(Instant::now());
        let request = self.agent.configure_request(request).timeout_global(Some(left)).build();
        let response = self.agent.run(request).map_err(|error| failure(error, token, self.timeout))?;
        let status = response.status().as_u16();
        read(response, token, self.timeout).map_err(|failure| match failure {
            Failure::Error(error) => Failure::Error(error.with_http_status(status)),
            Failure::Stale => Failure::Stale,
        })
    }
}

/// Why there is no reply.
enum Failure {
    Stale,
    Error(Error),
}

/// What ureq makes of it, in our terms; without `token`, should it quote a peer that echoed it.
fn failure(error: ureq::Error, token: &Token, limit: Duration) -> Failure {
    use std::io::ErrorKind;
    let told = |error: &dyn fmt::Display| redact::in_text(&error.to_string(), token.secret()).into_owned();
    let invalid = |error: &dyn fmt::Display| {
        Error::new(Status::UnexpectedReply, Cause::InvalidHttp, format!("the reply is no valid HTTP: {}", told(error)))
    };
    Failure::Error(match error {
        ureq::Error::Other(inner) => match inner.downcast::<Error>() {
            Ok(error) => error.without(token.secret()),
            Err(inner) if inner.is::<Stale>() => return Failure::Stale,
            Err(inner) => Error::new(Status::Internal, Cause::Internal, told(&inner)),
        },
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput => invalid(&error),
            _ => {
                let message = format!("the connection broke before the reply was complete: {}", told(&error));
                Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message)
            }
        },
        ureq::Error::Timeout(_) => {
            let message = format!("no answer within {} ms; given up between two steps", limit.as_millis());
            Error::new(Status::Timeout, Cause::Deadline, message)
        }
        error @ (ureq::Error::Protocol(_)
        | ureq::Error::Http(_)
        | ureq::Error::LargeResponseHeader(..)
        | ureq::Error::BodyStalled) => invalid(&error),
        error => Error::new(Status::Internal, Cause::Internal, told(&error)),
    })
}

fn internal(message: &str) -> Failure {
    Failure::Error(Error::new(Status::Internal, Cause::Internal, message))
}

fn read(response: Response<Body>, token: &Token, time: Duration) -> Result<Reply, Failure> {
    let status = response.status().as_u16();
    let headers = response.headers();
    let length = check_framing(headers).map_err(Failure::Error)?;
    let content_type = text(headers, CONTENT_TYPE).unwrap_or_default();
    let location = text(headers, LOCATION);
    let retry_after = text(headers, RETRY_AFTER);
    // Not quoted: what a server writes there can be anything.
    let is_encoded =
        headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"));
    if is_encoded && status == 200 {
        let message = "the reply is compressed or encoded otherwise, and the request said that it must not be";
        return Err(Failure::Error(Error::new(Status::UnexpectedReply, Cause::WrongEncoding, message)));
    }
    let limit = if status == 200 { MAX_REPLY } else { MAX_REFUSAL };
    let too_large = || {
        let message = format!("the reply is larger than {MAX_REPLY} bytes; is this a licence server?");
        Failure::Error(Error::new(Status::ReplyTooLarge, Cause::TooLarge, message))
    };
    if status == 200 && length.is_some_and(|length| length > MAX_REPLY as u64) {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(length.unwrap_or(0).min(limit as u64) as usize);
    // One byte more than allowed, to see whether there is one; and to the end, so that the connection is kept.
    let mut reader = response.into_body().into_reader().take(limit as u64 + 1);
    match reader.read_to_end(&mut body) {
        Ok(_) => {}
        Err(error) => match failure(error.into(), token, time) {
            // What a reply without an answer says is worth having; its end is not.
            Failure::Error(error) if status != 200 && error.status() != Status::Cancelled => {}
            failure => return Err(failure),
        },
    }
    if body.len() > limit {
        if status == 200 {
            return Err(too_large());
        }
        body.truncate(limit);
    }
    if is_encoded {
        // The status alone says enough.
        body.clear();
    }
    Ok(Reply { status, body, content_type, location, retry_after })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// The length that the headers tell. Refuses what two readers could frame in two ways (RFC 9112, section 6.3):
/// ureq lets some of it pass.
fn check_framing(headers: &HeaderMap) -> Result<Option<u64>, Error> {
    let invalid = |what: &str| {
        Error::new(Status::UnexpectedReply, Cause::InvalidHttp, format!("the reply is no valid HTTP: {what}"))
    };
    let lengths: Vec<_> = headers.get_all(CONTENT_LENGTH).iter().collect();
    let encodings: Vec<_> = headers.get_all(TRANSFER_ENCODING).iter().collect();
    let length = match lengths.as_slice() {
        [] => None,
        [one] if one.as_bytes().iter().all(u8::is_ascii_digit) => Some(
            one.to_str()
                .ok()
                .and_then(|digits| digits.parse().ok())
                .ok_or_else(|| invalid("Content-Length is no number"))?,
        ),
        _ => return Err(invalid("Content-Length is not one number")),
    };
    match encodings.as_slice() {
        [] => Ok(length),
        _ if length.is_some() => Err(invalid("it has both Content-Length and Transfer-Encoding")),
        [one] if one.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(None),
        _ => Err(invalid("its Transfer-Encoding is not \"chunked\"")),
    }
}
