//! Sends requests to one server, and repeats them while `retry.rs` says so. What outlives one request is here: the way
//! to the server, and ureq's agent with the kept connection.

use once_cell::sync::OnceCell;
use ureq::Agent;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE};
use ureq::http::{HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::log::{Level, Log};
use crate::proxy::{Proxy, ProxySetting, Route};
use crate::settings::Settings;
use crate::text::Message;
use crate::token::Token;
use crate::transport::{Cancel, Deadline, Stale};

use super::agent;
use super::failure::{Failure, internal};
use super::reply::Reply;
use super::retry::Retries;

/// What sends requests to one server under one set of settings. Many threads may use it at once.
pub(crate) struct Session {
    agent: Agent,
    endpoint: Uri,
    route: Route,
    retries: u32,
}

impl Session {
    /// A session under `settings`, whose calls end when `cancel` is set. Reads the proxy's settings and the CA file
    /// that was given, and fails if they cannot be used. Connects to nothing yet.
    pub(crate) fn new(settings: &Settings, cancel: &Cancel) -> Result<Self, Error> {
        let Settings { server, proxy, retries, .. } = settings;
        let endpoint = Uri::try_from(server.endpoint())
            .map_err(|error| internal(&format_args!("the server's address is no URI: {error}")))?;
        let route = proxy.route(server)?;
        let agent = agent::new(settings, route.proxy.clone(), cancel)?;
        Ok(Self { agent, endpoint, route, retries: *retries })
    }

    /// The proxy's password in each form in which it could appear in a text. It must never be shown.
    pub(crate) fn proxy_secrets(&self) -> Vec<Zeroizing<String>> {
        self.route.proxy.as_ref().map(Proxy::secrets).unwrap_or_default()
    }

    /// Sends `body` with `token` and reads the reply, again and again while `retry.rs` says so. Returns the last reply,
    /// whatever its status is, or why there is none. `log` is that of this call.
    pub(crate) fn post(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        self.post_and_retry(token, body, deadline, log).map_err(|error| self.route.explain(error))
    }

    fn post_and_retry(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        let mut retries = Retries::new(self.retries);
        let mut earlier_reply = None;
        loop {
            let done = match (self.post_once(token, body, deadline, log), earlier_reply) {
                // The time ran out while a busy server was asked again. That it was busy says more than that (row 84 of
                // `docs/faults.md`).
                (Err(error), Some(reply))
                    if error.status() == Status::Timeout && error.cause() != Cause::ConnectTimeout =>
                {
                    return Ok(reply);
                }
                (done, _) => done,
            };
            let Some(pause) = retries.pause(&done, deadline.left()) else { return done };
            log.line(Level::Warn, || {
                let why = match &done {
                    Ok(reply) => Message::own(format!("HTTP {}", reply.status)),
                    Err(error) => error.to_message(),
                };
                why.at(format_args!("asking again in {} ms", pause.as_millis()))
            });
            match deadline.doing("waiting to ask again").sleep(pause) {
                // There was enough time for the pause, but on a busy machine it took longer.
                Err(error) if error.status() == Status::Timeout => return done,
                slept => slept?,
            }
            earlier_reply = done.ok();
        }
    }

    /// Makes one attempt. A kept connection that turns out to be dead does not count as one: the next is tried at once.
    fn post_once(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        loop {
            log.line(Level::Trace, || String::from("sending the request"));
            match self.try_post(token, body, deadline) {
                // Sending the request again does no harm, since both operations only read. The loop ends, since each
                // turn uses up a kept connection.
                Err(Failure::Stale) => log.line(Level::Debug, || Stale.to_string()),
                Err(Failure::Error(error)) => return Err(error),
                Ok(reply) => return Ok(reply),
            }
        }
    }

    /// Sends the request over one connection and reads the reply.
    fn try_post(&self, token: &Token, body: &str, deadline: &Deadline) -> Result<Reply, Failure> {
        let mut bearer = HeaderValue::from_str(token.authorization())
            .map_err(|_| internal(&"the token cannot be the value of a header"))?;
        bearer.set_sensitive(true);
        let request = Request::post(self.endpoint.clone())
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            // Without this header the server may compress its reply (RFC 9110, section 12.5.3).
            .header(ACCEPT_ENCODING, "identity")
            .body(body.as_bytes())
            .map_err(|error| internal(&format_args!("the request cannot be made: {error}")))?;
        let request = self.agent.configure_request(request).timeout_global(Some(deadline.left())).build();
        let response = self.agent.run(request).map_err(|error| Failure::of(error, deadline))?;
        let status = response.status().as_u16();
        Reply::read(response, deadline).map_err(|failure| match failure {
            Failure::Error(error) => Failure::Error(error.with_http_status(status)),
            Failure::Stale => Failure::Stale,
        })
    }
}

/// Makes ureq initialize itself, once in a process. ureq does so in its first request, behind a lock; a child that is
/// forked at that moment would wait for the lock for ever (row 122 of `docs/faults.md`). So clients make a first
/// request when they are created. It is canceled before it begins, so nothing is connected to, and its result does not
/// matter.
pub(crate) fn warm_up() {
    static DONE: OnceCell<()> = OnceCell::new();
    DONE.get_or_init(|| {
        let cancel = Cancel::default();
        cancel.set();
        let settings = Settings { proxy: ProxySetting::Direct, ..Settings::default() };
        let deadline = Deadline::new(&cancel, settings.timeout, "warming up");
        let _ = Session::new(&settings, &cancel)
            .and_then(|session| session.post(&Token::new("none")?, "", &deadline, &Log::default()));
    });
}
