//! One operation: prepare, send, judge.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Cause, Error, Status};
use crate::http::{self, Reply, Session};
use crate::json::Pace;
use crate::log::{Level, Log};
use crate::outcome::{Operation, Outcome};
use crate::protocol::consumers::Consumers;
use crate::protocol::judge::{Judge, Refused};
use crate::protocol::list_request;
use crate::proxy::desktop;
use crate::proxy::{Proxy, ProxySetting};
use crate::server::{DEFAULT_SERVER, Server};
use crate::settings::Settings;
use crate::text;
use crate::tls::{Trust, TrustSettings};
use crate::token::Token;
use crate::token::account::{self, TokenSource};
use crate::transport::{Cancel, Limit, Patience};

/// A server's address, the rules for reaching it, and the connection kept for the next operation.
///
/// Shared by reference it may be used from many threads at once; setters are exclusive and drop the kept
/// connection. Operations block until they are done, cancelled, or out of time.
pub struct Client {
    settings: Settings,
    cancel: Cancel,
    /// Made at the first operation, and by the process that uses it: a forked child must not write into its
    /// parent's connection.
    session: Mutex<Option<(u32, Arc<Session>)>>,
}

impl Client {
    /// A client for `https://qls.qt.io` with the defaults that each setter names.
    pub fn new() -> Result<Self, Error> {
        let settings = Settings {
            server: Server::parse(DEFAULT_SERVER)?,
            allow_plain_http: false,
            timeout: Duration::from_millis(30_000),
            connect_timeout: Duration::from_millis(10_000),
            retries: 2,
            proxy: ProxySetting::default(),
            trust: TrustSettings::default(),
            log: Log::default(),
            user_agent: own_user_agent(),
        };
        http::begin(&settings);
        Ok(Self { settings, cancel: Cancel::default(), session: Mutex::new(None) })
    }

    /// The server's base address, such as `https://licences.example.com:8080/qls`; None restores the default.
    pub fn set_server(&mut self, url: Option<&str>) -> Result<(), Error> {
        self.settings_mut().server = Server::parse(url.unwrap_or(DEFAULT_SERVER))?;
        Ok(())
    }

    /// Whether a token may travel over plain http to another machine than this one; no by default.
    pub fn set_allow_plain_http(&mut self, allow: bool) {
        self.settings_mut().allow_plain_http = allow;
    }

    /// The time for one whole operation, 30 seconds by default; zero is refused, and more than 49 days are 49 days.
    pub fn set_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.settings_mut().timeout = not_zero(timeout)?;
        Ok(())
    }

    /// The time for making one connection (its proxy and TLS included), 10 seconds by default; zero is refused.
    pub fn set_connect_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.settings_mut().connect_timeout = not_zero(timeout)?;
        Ok(())
    }

    /// How often a refused or broken connection and HTTP 502, 503 and 504 are tried again, 2 times by default.
    /// HTTP 429 is tried again until the timeout, whatever is set here.
    pub fn set_retries(&mut self, retries: u32) {
        self.settings_mut().retries = retries;
    }

    /// The proxy, such as `http://user:password@proxy.example.com:3128`; the empty string for none. None, the
    /// default, is the environment's.
    pub fn set_proxy(&mut self, url: Option<&str>) -> Result<(), Error> {
        self.settings_mut().proxy = match url {
            None => ProxySetting::Environment,
            Some("") => ProxySetting::Direct,
            Some(url) => ProxySetting::Proxy(Proxy::parse(url).map_err(|why| {
                let message =
                    format!("the proxy's address cannot be used: {why}; write it like http://proxy.example.com:3128");
                Error::new(Status::InvalidArgument, Cause::InvalidProxy, message)
            })?),
        };
        Ok(())
    }

    /// A PEM file of CA certificates that are trusted besides others; None for none. It is read at the first
    /// operation.
    pub fn set_ca_file(&mut self, path: Option<&str>) -> Result<(), Error> {
        // Not kept and not quoted: it may be a key.
        if path.is_some_and(|path| path.contains("-----BEGIN ")) {
            let message = "the path of the CA file is none: it is a PEM text; give it as the CA text";
            return Err(Error::new(Status::InvalidArgument, Cause::InvalidCa, message));
        }
        self.settings_mut().trust.ca_file =
            path.map(|path| not_empty(path, "the path of the CA file")).transpose()?.map(Into::into);
        Ok(())
    }

    /// CA certificates in PEM form that are trusted besides others; None for none.
    pub fn set_ca_pem(&mut self, pem: Option<&str>) -> Result<(), Error> {
        self.settings_mut().trust.ca_pem = pem.map(|pem| not_empty(pem, "the CA text")).transpose()?.map(Into::into);
        Ok(())
    }

    /// Whether the system's certificates are trusted; yes by default.
    pub fn set_trust(&mut self, trust: Trust) {
        self.settings_mut().trust.trust = trust;
    }

    /// Where log lines up to `max` go: called on the thread that runs an operation, with no lock held.
    pub fn set_log(&mut self, max: Level, sink: impl Fn(Level, &str) + Send + Sync + 'static) {
        self.settings_mut().log = Log::to(max, sink);
    }

    /// Ends logging.
    pub fn unset_log(&mut self) {
        self.settings_mut().log = Log::default();
    }

    /// The program on whose behalf the server is asked, such as `ExampleInstaller/1.2`; it stands in front of
    /// this library's own name. None restores the default.
    pub fn set_user_agent(&mut self, product: Option<&str>) -> Result<(), Error> {
        self.settings_mut().user_agent = match product {
            None => own_user_agent(),
            Some(product) if is_product(product) => format!("{product} {}", own_user_agent()),
            Some(product) => {
                let message = format!(
                    "the user agent {} cannot be sent: at most 256 printable ASCII characters, and not only spaces",
                    text::refused(product)
                );
                return Err(Error::new(Status::InvalidArgument, Cause::InvalidUserAgent, message));
            }
        };
        Ok(())
    }

    /// Ends operations under way, and all later ones, with [`Status::Cancelled`]; from any thread.
    pub fn cancel(&self) {
        self.cancel.set();
    }

    /// Whether [`cancel`](Self::cancel) was called, as an error.
    pub fn not_cancelled(&self) -> Result<(), Error> {
        match self.cancel.is_set() {
            true => Err(Error::new(Status::Cancelled, Cause::Cancelled, "the client was cancelled before")),
            false => Ok(()),
        }
    }

    /// The server's base address.
    pub fn server(&self) -> &str {
        self.settings.server.base()
    }

    /// Asks which of `consumers` may be installed. A token of None is the signed-in Qt account's, which is sent
    /// to the Qt Company's servers and to this machine only.
    pub fn check(&self, token: Option<&str>, consumers: impl Into<String>) -> Outcome {
        let mut run = Run::new(self, Operation::Check);
        let done = run.check(token, consumers.into());
        run.finish(done)
    }

    /// Asks which licences the user has; the members of the JSON object `extra` join the request's body.
    pub fn list(&self, token: Option<&str>, extra: Option<&str>) -> Outcome {
        let mut run = Run::new(self, Operation::List);
        let done = run.list(token, extra);
        run.finish(done)
    }

    fn settings_mut(&mut self) -> &mut Settings {
        *self.session.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        &mut self.settings
    }

    fn session(&self) -> Result<Arc<Session>, Error> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let process = std::process::id();
        match &*session {
            Some((owner, kept)) if *owner == process => Ok(kept.clone()),
            _ => {
                let made = Arc::new(Session::new(&self.settings, &self.cancel)?);
                *session = Some((process, made.clone()));
                Ok(made)
            }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// One operation under way.
struct Run<'c> {
    client: &'c Client,
    patience: Patience,
    outcome: Outcome,
}

impl<'c> Run<'c> {
    fn new(client: &'c Client, operation: Operation) -> Self {
        let patience = Patience {
            cancel: client.cancel.clone(),
            until: Instant::now() + client.settings.timeout,
            limit: Limit::Call(client.settings.timeout),
            doing: String::from("reading what was to be asked"),
        };
        Self { client, patience, outcome: Outcome::new(operation, client.server()) }
    }

    fn check(&mut self, token: Option<&str>, consumers: String) -> Result<(), Error> {
        self.client.not_cancelled()?;
        let patience = self.patience.clone();
        let go_on = || patience.check().is_ok();
        // What was not read to its end is not what it was refused for.
        let read = Consumers::parse(consumers, &Pace::new(&go_on)).or_else(|error| patience.check().and(Err(error)));
        let Consumers { components, body } = read?;
        self.outcome.components = components;
        if self.outcome.components.is_empty() {
            self.outcome.success = "Nothing was asked: the list of consumers is empty.".into();
            return Ok(());
        }
        let token = self.token(token)?;
        let reply = self.ask(&token, &body)?;
        let judge = Judge { reply: &reply, token: &token, pace: &Pace::new(&go_on) };
        match judge.check(&mut self.outcome.components) {
            Ok(message) => self.outcome.success = message,
            Err(refused) => self.refused(&reply, refused)?,
        }
        Ok(())
    }

    fn list(&mut self, token: Option<&str>, extra: Option<&str>) -> Result<(), Error> {
        self.client.not_cancelled()?;
        let patience = self.patience.clone();
        let go_on = || patience.check().is_ok();
        let body =
            list_request::list_body(extra, &Pace::new(&go_on)).or_else(|error| patience.check().and(Err(error)))?;
        let token = self.token(token)?;
        let reply = self.ask(&token, &body)?;
        match (Judge { reply: &reply, token: &token, pace: &Pace::new(&go_on) }).list() {
            Ok((message, licenses)) => {
                self.outcome.success = message;
                self.outcome.licenses = licenses;
            }
            Err(refused) => self.refused(&reply, refused)?,
        }
        Ok(())
    }

    fn token(&mut self, given: Option<&str>) -> Result<Token, Error> {
        let (token, source) = match given {
            Some(text) => (Token::new(text)?, TokenSource::Argument),
            None => self.account_token()?,
        };
        self.outcome.token_source = Some(source);
        Ok(token)
    }

    fn account_token(&self) -> Result<(Token, TokenSource), Error> {
        let server = &self.client.settings.server;
        if !server.is_qt() && server.host.is_loopback() == Some(false) {
            let message = format!(
                "{} is no server of the Qt Company, so the Qt account's token is not sent there; pass a token for that server",
                server.base()
            );
            return Err(Error::new(Status::TokenNotFound, Cause::AccountTokenForeignServer, message));
        }
        account::find()
    }

    fn ask(&mut self, token: &Token, body: &str) -> Result<Reply, Error> {
        let Settings { server, allow_plain_http, log, .. } = &self.client.settings;
        if !server.https && !allow_plain_http && server.host.is_loopback() == Some(false) {
            let message = format!(
                "{}: a token is not sent over plain http, where everybody on the way can read it; use https",
                server.base()
            );
            return Err(Error::new(Status::Configuration, Cause::PlainHttpRefused, message));
        }
        log.line(Level::Info, || {
            format!("{}: {} ({} bytes)", server.base(), self.outcome.operation.word(), body.len())
        });
        let reply = self.client.session().and_then(|session| {
            let reply = session.post(token, body, self.patience.until);
            reply.map_err(|error| match &session.script {
                Some(script) => desktop::explained(error, script),
                None => error,
            })
        });
        let reply = reply.map_err(|error| {
            self.outcome.http_status = error.http_status();
            at(server, &error)
        })?;
        log.line(Level::Debug, || format!("HTTP {}, {} bytes", reply.status, reply.body.len()));
        self.outcome.http_status = reply.status;
        Ok(reply)
    }

    fn refused(&mut self, reply: &Reply, Refused { error, code }: Refused) -> Result<(), Error> {
        // An answer may have been too long to be read in time; a refusal never is.
        if reply.status == 200 {
            self.patience.doing("reading the reply").check()?;
        }
        self.outcome.error = Some(at(&self.client.settings.server, &error));
        self.outcome.server_code = code;
        Ok(())
    }

    fn finish(mut self, done: Result<(), Error>) -> Outcome {
        if let Err(error) = done {
            self.outcome.error = Some(error);
        }
        let level = if self.outcome.error.is_some() { Level::Error } else { Level::Info };
        self.client
            .settings
            .log
            .line(level, || format!("{}: {}", self.outcome.status().name(), self.outcome.message()));
        self.outcome
    }
}

/// `error`, with the server it concerns.
fn at(server: &Server, error: &Error) -> Error {
    Error::new(error.status(), error.cause(), format!("{}: {error}", server.base()))
}

fn not_zero(timeout: Duration) -> Result<Duration, Error> {
    match timeout.is_zero() {
        true => Err(Error::new(
            Status::InvalidArgument,
            Cause::InvalidTimeout,
            "a timeout of 0 ms leaves no time to ask; give at least 1 ms",
        )),
        // What 32 bits of milliseconds can say, so that a deadline can always be reckoned.
        false => Ok(timeout.min(Duration::from_millis(u32::MAX.into()))),
    }
}

fn not_empty<'a>(text: &'a str, what: &str) -> Result<&'a str, Error> {
    match text.is_empty() {
        true => Err(Error::new(Status::InvalidArgument, Cause::InvalidCa, format!("{what} is empty"))),
        false => Ok(text),
    }
}

fn own_user_agent() -> String {
    format!("qls-precheck/{}", env!("CARGO_PKG_VERSION"))
}

fn is_product(text: &str) -> bool {
    text.len() <= 256 && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && !text.trim().is_empty()
}
