//! Sends requests to one server, and repeats them while `retry.rs` says so. What outlives one request is here: the way
//! to the server, and ureq's agent with the kept connection.

use std::sync::Arc;
use std::time::Duration;

use once_cell::sync::OnceCell;
use ureq::Agent;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE};
use ureq::http::{HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use crate::diagnosis::StepName;
use crate::error::{Cause, Error, Status};
use crate::log::{Level, Log};
use crate::proxy::{Proxy, ProxySetting, Route};
use crate::settings::Settings;
use crate::text::Message;
use crate::token::Token;
use crate::transport::{Cancel, Deadline, Dialer, MAX_HEAD, NoResolver, Resolver, Stale};

use super::failure::{self, internal};
use super::reply::Reply;
use super::retry::Retries;

/// How long an idle connection is kept: long enough for an installer that lists, shows the licenses and then checks;
/// shorter than most servers keep theirs.
const IDLE_TIME: Duration = Duration::from_secs(15);

/// What sends requests to one server under one set of settings. Many threads may use it at once.
pub(crate) struct Session {
    agent: Agent,
    endpoint: Uri,
    route: Route,
    resolver: Arc<Resolver>,
    retries: u32,
}

impl Session {
    /// A session under `settings`, whose calls end when `cancel` is set. Reads the proxy's settings and the CA file that
    /// was given, and fails if they cannot be used. On Windows it may ask a script which proxies lead to the server, which
    /// takes up to 3 seconds. Does not connect to the server yet.
    pub(crate) fn new(settings: &Settings, cancel: &Cancel, deadline: &Deadline) -> Result<Self, Error> {
        let Settings { server, proxy, retries, user_agent, log, .. } = settings;
        let endpoint = Uri::try_from(server.endpoint())
            .map_err(|error| internal(&format_args!("the server's address is no URI: {error}")))?;
        log.begin(StepName::Proxy);
        let route = proxy.route(server, deadline, log)?;
        log.line(Level::Debug, || route.to_string());
        // Every setting of ureq's that matters is written out.
        let config = Agent::config_builder()
            // By default ureq reads the proxy from the environment, and connects directly if it cannot parse what it
            // finds.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(user_agent.as_str())
            .max_response_header_size(MAX_HEAD)
            .max_idle_connections(1)
            .max_idle_connections_per_host(1)
            .max_idle_age(IDLE_TIME)
            .build();
        let resolver = Arc::new(Resolver::default());
        let dialer = Dialer::new(settings, route.ways.clone(), resolver.clone(), cancel, deadline)?;
        let agent = Agent::with_parts(config, dialer, NoResolver);
        Ok(Self { agent, endpoint, route, resolver, retries: *retries })
    }

    /// The proxies' passwords in each form in which they could appear in a text. They must never be shown.
    pub(crate) fn proxy_secrets(&self) -> Vec<Zeroizing<String>> {
        self.route.ways.iter().flatten().flat_map(Proxy::secrets).collect()
    }

    /// Whether a script chose the way to the server, or should have.
    pub(crate) fn is_automatic(&self) -> bool {
        self.route.is_automatic
    }

    /// Sends `body` with `token` and reads the reply, again and again while `retry.rs` says so. Returns the last reply,
    /// whatever its status is, or why there is none. `log` is that of this call.
    pub(crate) fn post(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        self.post_and_retry(token, body, deadline, log).map_err(|error| self.route.explain(error))
    }

    /// As [`post`](Self::post), but does not ask again.
    pub(crate) fn post_once(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        self.attempt(token, body, deadline, log).map_err(|error| self.route.explain(error))
    }

    fn post_and_retry(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        let mut retries = Retries::new(self.retries);
        let mut earlier = None;
        loop {
            let done = match (self.attempt(token, body, deadline, log), earlier) {
                // The time ran out while a busy server was asked again, or a resolver that could say nothing. That says
                // more than a deadline (rows 84 and 260 of `docs/faults.md`).
                (Err(error), Some(earlier))
                    if error.status() == Status::Timeout && error.cause() != Cause::ConnectTimeout =>
                {
                    return earlier;
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
            earlier = Some(done).filter(|done| match done {
                Ok(_) => true,
                Err(error) => error.cause() == Cause::ResolverUnavailable,
            });
        }
    }

    /// Makes one attempt. A kept connection that turns out to be dead does not count as one: the next is tried at once.
    fn attempt(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        let attempted = self.attempt_on_any(token, body, deadline, log);
        if attempted.is_err() {
            self.resolver.forget();
        }
        attempted
    }

    fn attempt_on_any(&self, token: &Token, body: &str, deadline: &Deadline, log: &Log) -> Result<Reply, Error> {
        loop {
            log.line(Level::Trace, || String::from("sending the request"));
            let request = self.agent.configure_request(self.request(token, body)?);
            match self.agent.run(request.timeout_global(Some(deadline.left())).build()) {
                // Sending the request again does no harm, since both operations only read. The loop ends, since each
                // turn uses up a kept connection.
                Err(error) if failure::is_stale(&error) => {
                    self.resolver.forget();
                    log.line(Level::Debug, || Stale.to_string());
                }
                Err(error) => {
                    return Err(failure::meaning(error, &deadline.doing("handling the request or the reply")));
                }
                Ok(response) => {
                    let status = response.status().as_u16();
                    return Reply::read(response, deadline).map_err(|error| error.with_http_status(status));
                }
            }
        }
    }

    /// The request with `token` and `body`. The token's header is marked as sensitive, so that nobody prints it.
    fn request<'b>(&self, token: &Token, body: &'b str) -> Result<Request<&'b [u8]>, Error> {
        let mut bearer = HeaderValue::from_str(token.authorization())
            .map_err(|_| internal(&"the token cannot be the value of a header"))?;
        bearer.set_sensitive(true);
        Request::post(self.endpoint.clone())
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            // Without this header the server may compress its reply (RFC 9110, section 12.5.3).
            .header(ACCEPT_ENCODING, "identity")
            .body(body.as_bytes())
            .map_err(|error| internal(&format_args!("the request cannot be made: {error}")))
    }
}

/// Makes ureq initialize itself, once in a process. ureq does so in its first request, behind a lock; a child that is
/// forked at that moment would wait for the lock for ever (rows 122 and 195 of `docs/faults.md`). Creating a client does
/// this too; a library in which other threads may fork does it before. It makes a first request that is canceled before
/// it begins, so nothing is connected to, and its result does not matter.
pub fn warm_up() {
    static DONE: OnceCell<()> = OnceCell::new();
    DONE.get_or_init(|| {
        let cancel = Cancel::default();
        cancel.set();
        let settings = Settings { proxy: ProxySetting::Direct, ..Settings::default() };
        let deadline = Deadline::new(&cancel, settings.timeout, "warming up");
        let _ = Session::new(&settings, &cancel, &deadline)
            .and_then(|session| session.post(&Token::new("none")?, "", &deadline, &Log::default()));
    });
}
