//! One operation, from its arguments to its outcome: reads what is to be asked, finds the token, sends the request,
//! has the reply judged, and fills in the [`Outcome`]. The deadline of the whole operation is made here. A diagnosis is
//! a list, asked once over a connection of its own, of which every step is recorded.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnosis::{self, Recorder, StepName};
use crate::error::{Cause, Error, Status};
use crate::http::{KeptSession, Reply, Session};
use crate::log::Level;
use crate::outcome::{Components, Operation, Outcome};
use crate::protocol::consumers::Consumers;
use crate::protocol::judge::{Judge, Rejection};
use crate::protocol::list_request;
use crate::settings::Settings;
use crate::text::Message;
use crate::token::redact::Secrets;
use crate::token::{Token, TokenSource, account};
use crate::transport::{Cancel, Deadline};

/// Does what [`Client::check`](crate::Client::check) promises.
pub(crate) fn check(client: Asker<'_>, token: Option<&str>, consumers: &str) -> Outcome {
    Run::new(client, Operation::Check, token).finish(|run| run.check(token, consumers))
}

/// Does what [`Client::list`](crate::Client::list) promises.
pub(crate) fn list(client: Asker<'_>, token: Option<&str>, extra: Option<&str>) -> Outcome {
    Run::new(client, Operation::List, token).finish(|run| run.list(token, extra))
}

/// Does what [`Client::diagnose`](crate::Client::diagnose) promises.
pub(crate) fn diagnose(client: Asker<'_>, token: Option<&str>, extra: Option<&str>) -> Outcome {
    recorded(client, |client| Run::new(client, Operation::Diagnose, token).finish(|run| run.diagnose(token, extra)))
}

/// The outcome of an operation that cannot begin because of `error`.
pub(crate) fn refuse(client: Asker<'_>, operation: Operation, token: Option<&str>, error: Error) -> Outcome {
    let end = |client: Asker<'_>| {
        Run::new(client, operation, token).finish(|run| {
            // A client that was canceled stays so: it reports this, whatever else is wrong.
            run.not_cancelled()?;
            Err(error)
        })
    };
    if operation == Operation::Diagnose { recorded(client, end) } else { end(client) }
}

/// Runs a diagnosis, of which everything is recorded. It has a session of its own: over a kept connection nothing of the
/// way to the server would be seen.
fn recorded(client: Asker<'_>, run: impl FnOnce(Asker<'_>) -> Outcome) -> Outcome {
    let log = client.settings.log.recorded_by(Recorder::default());
    let settings = Settings { log, ..client.settings.clone() };
    run(Asker { settings: &settings, cancel: client.cancel, session: &KeptSession::default() })
}

/// The parts of a [`Client`](crate::Client) that an operation needs.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'c> {
    pub(crate) settings: &'c Settings,
    pub(crate) cancel: &'c Cancel,
    pub(crate) session: &'c KeptSession,
}

/// One running operation.
struct Run<'c> {
    client: Asker<'c>,
    deadline: Deadline,
    /// The token and the proxies' passwords, which no text of this operation may show. They are known from the start as
    /// far as possible, since anything may fail before they are needed.
    secrets: Secrets,
    outcome: Outcome,
    /// The body of a reply, and where in it the licenses stand.
    licenses: Option<(Vec<u8>, Range<usize>)>,
}

impl<'c> Run<'c> {
    fn new(client: Asker<'c>, operation: Operation, token: Option<&str>) -> Self {
        let mut secrets = client.settings.secrets.clone();
        if operation == Operation::Diagnose {
            secrets = secrets.and_mail_addresses();
        }
        for secret in client.settings.proxy.environment_secrets() {
            secrets.add_password(&secret);
        }
        match token {
            Some(token) => secrets.add_token(token),
            None => secrets.add_token(&std::env::var(account::TOKEN_VARIABLE).unwrap_or_default()),
        }
        client.settings.log.begin(StepName::Settings);
        client.settings.log.without(&secrets).line(Level::Debug, || client.settings.to_string());
        Self {
            client,
            deadline: Deadline::new(client.cancel, client.settings.timeout, "preparing the request"),
            secrets,
            outcome: Outcome::new(operation),
            licenses: None,
        }
    }

    fn check(&mut self, token: Option<&str>, consumers: &str) -> Result<(), Error> {
        self.not_cancelled()?;
        let Consumers { components, body } = self.read(|| Consumers::parse(consumers))?;
        self.outcome.components = components;
        if self.outcome.components.is_empty() {
            self.outcome.message = "Nothing was asked: the list of consumers is empty.".into();
            return Ok(());
        }
        let (_, verdicts) = self.answer(token, &body, |judge, asked| judge.check(asked))?;
        self.outcome.components.judge(&verdicts);
        Ok(())
    }

    fn list(&mut self, token: Option<&str>, extra: Option<&str>) -> Result<(), Error> {
        self.not_cancelled()?;
        let body = self.read(|| list_request::list_body(extra))?;
        let (reply, place) = self.answer(token, &body, |judge, _| judge.list())?;
        self.licenses = Some((reply.body, place));
        Ok(())
    }

    fn diagnose(&mut self, token: Option<&str>, extra: Option<&str>) -> Result<(), Error> {
        self.not_cancelled()?;
        let body = self.read(|| list_request::list_body(extra))?;
        let (_, licenses) = self.answer(token, &body, |judge, _| judge.list())?;
        // Which licenses they are is nobody's business who reads a diagnosis.
        let log = &self.client.settings.log;
        log.note(|facts| facts.has_licenses = !licenses.is_empty());
        log.line(Level::Debug, || {
            String::from(if licenses.is_empty() { "no licenses for this user" } else { "licenses for this user" })
        });
        Ok(())
    }

    /// Fails if the client was canceled before the operation began.
    fn not_cancelled(&self) -> Result<(), Error> {
        match self.client.cancel.is_set() {
            true => Err(Error::new(Status::Cancelled, Cause::Cancelled, "the client was canceled before")),
            false => Ok(()),
        }
    }

    /// Reads the caller's JSON with `read`. Reading is not interrupted, so the deadline is checked afterwards.
    fn read<T>(&self, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let request = read();
        match self.deadline.doing("reading what was to be asked").check() {
            // Time is up. If the JSON is wrong too, that is reported: more time would not help.
            Err(over) if over.status() == Status::Timeout => request.and(Err(over)),
            checked => checked.and(request),
        }
    }

    /// The token that was given, or the environment's or signed-in account's. From here on no text shows it.
    fn token(&mut self, given: Option<&str>) -> Result<Token, Error> {
        let log = &self.client.settings.log;
        log.begin(StepName::Token);
        let (token, source) = match given {
            Some(text) => (Token::new(text)?, TokenSource::Argument),
            None => {
                let found = self.account_token()?;
                self.secrets.add_token(found.0.secret());
                found
            }
        };
        self.outcome.token_source = Some(source);
        log.note(|facts| facts.token = token.times());
        log.line(Level::Debug, || format!("token: {source}; {}", token.times()));
        Ok(token)
    }

    /// The environment's or the signed-in account's token. Fails if the server is neither the Qt Company's nor on this
    /// machine, since no other may see that token.
    fn account_token(&self) -> Result<(Token, TokenSource), Error> {
        let server = &self.client.settings.server;
        if server.is_qt() || server.host.is_loopback() {
            return account::find(&self.deadline);
        }
        let message = format!(
            "{} is no server of the Qt Company, so the token {} is not sent there; pass a token for that server",
            server.base,
            account::source()
        );
        Err(Error::new(Status::TokenNotFound, Cause::AccountTokenForeignServer, message))
    }

    /// Sends the request and returns the reply, whatever its HTTP status is, and the session by which it came. Fails if
    /// there is none, or if the token would travel unencrypted to another machine.
    fn ask(&mut self, token: &Token, body: &str) -> Result<(Reply, Arc<Session>), Error> {
        let Settings { server, allow_plain_http, log, .. } = self.client.settings;
        if !server.https && !allow_plain_http && !server.host.is_loopback() {
            let message = format!(
                "{}: a token is not sent over plain http, where everybody on the way can read it; use https",
                server.base
            );
            return Err(Error::new(Status::Configuration, Cause::PlainHttpRefused, message));
        }
        let Asker { settings, cancel, session } = self.client;
        // The session's log lives longer than this operation, and so would its copy of a secret. Of this operation's own
        // only those are removed there that stand in an address.
        let hosts = format!("{} {:?}", server.base, settings.proxy);
        let of_session = log.without(&self.secrets.found_in(&hosts));
        let session =
            session.get(settings, cancel, &self.deadline, &of_session).map_err(|error| error.at(&server.base))?;
        for secret in session.proxy_secrets() {
            self.secrets.add_password(&secret);
        }
        let log = log.without(&self.secrets);
        log.line(Level::Info, || {
            format!("{}: {} ({} bytes)", server.base, self.outcome.operation.map_or("", Operation::as_str), body.len())
        });
        let posted = match self.outcome.operation {
            // What fails once is what a diagnosis is to show.
            Some(Operation::Diagnose) => session.post_once(token, body, &self.deadline, &log),
            _ => session.post(token, body, &self.deadline, &log),
        };
        let reply = posted.map_err(|error| {
            self.outcome.http_status = error.http_status();
            // The network may be another one now, or have come back; then the script may say something else.
            if session.is_automatic() {
                self.client.session.forget(&session);
            }
            error.at(&server.base)
        })?;
        log.line(Level::Debug, || format!("HTTP {}, {} bytes", reply.status, reply.body.len()));
        self.outcome.http_status = reply.status;
        log.note(|facts| facts.date = reply.date.or(facts.date));
        Ok((reply, session))
    }

    /// Sends the request and has the reply judged by `judge`, which is told the components that were asked for. Puts the
    /// server's sentence into the outcome and returns the reply and its answer; or its error code, and fails.
    fn answer<T>(
        &mut self,
        token: Option<&str>,
        body: &str,
        judge: impl FnOnce(Judge<'_>, &Components) -> Result<(Message, T), Rejection>,
    ) -> Result<(Reply, T), Error> {
        let token = self.token(token)?;
        let (reply, session) = self.ask(&token, body)?;
        let judged = judge(
            Judge { reply: &reply, https: self.client.settings.server.https, token: &token },
            &self.outcome.components,
        );
        // Judging an answer of many megabytes takes time, and the deadline may have passed meanwhile. Replies with
        // another status are short.
        if reply.status == 200 {
            self.deadline.doing("reading the reply").check()?;
        }
        match judged {
            Ok((message, answer)) => {
                self.outcome.message = message.shown(&self.secrets);
                Ok((reply, answer))
            }
            Err(Rejection { error, code }) => {
                // Perhaps a network's sign-in page answered. Neither its address nor the connection to it may decide how
                // the next operation ends (row 258 of `docs/faults.md`).
                if matches!(error.status(), Status::UnexpectedReply | Status::NotFound) {
                    self.client.session.forget(&session);
                }
                self.outcome.server_code = code.map(|code| code.shown(&self.secrets));
                Err(error.at(&self.client.settings.server.base))
            }
        }
    }

    /// Runs `operate` and completes the outcome. Its texts leave the core here, so secrets are removed from them here.
    fn finish(mut self, operate: impl FnOnce(&mut Self) -> Result<(), Error>) -> Outcome {
        let result = operate(&mut self);
        let Self { client, secrets, mut outcome, licenses, .. } = self;
        outcome.server = Message::own(&client.settings.server.base).shown(&secrets);
        outcome.components.hide(&secrets);
        let result = result.and_then(|()| match licenses {
            Some((reply, place)) => add_licenses(&mut outcome, reply, place, &secrets),
            None => Ok(()),
        });
        if let Err(error) = result {
            outcome.fail(error.without(&secrets));
        }
        diagnosis::complete(&mut outcome, client.settings, &secrets);
        let level = if outcome.status() == Status::Ok { Level::Info } else { Level::Error };
        client.settings.log.line(level, || format!("{}: {}", outcome.status().name(), outcome.message()));
        outcome
    }
}

/// Puts the licenses that stand in a reply at `place` into the outcome, without secrets.
fn add_licenses(outcome: &mut Outcome, reply: Vec<u8>, place: Range<usize>, secrets: &Secrets) -> Result<(), Error> {
    // It was read before, so it is UTF-8.
    let reply = String::from_utf8(reply).map_err(|_| Error::internal())?;
    let added = match secrets.removed_from_json(&reply[place.clone()])? {
        Some(clean) => {
            let place = 0..clean.len();
            outcome.add_licenses(clean, place)
        }
        None => outcome.add_licenses(reply, place),
    };
    added.map_err(|_| Error::reply_out_of_memory())
}
