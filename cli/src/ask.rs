//! Makes a client of the options, and asks.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use qls_precheck_core::{Cause, Client, Error, Level, Operation, Outcome, Status, Trust};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::answer::{Answer, Form};
use crate::arguments::{self, Command, Options};
use crate::failure::Failure;
use crate::input;
use crate::log::Log;
use crate::screen::Screen;

/// A client with the settings that are arguments. Fails if one of them cannot be used.
pub(crate) fn client(options: &Options) -> Result<Client, Error> {
    let mut client = Client::new();
    client.set_server(options.server.as_deref())?;
    client.set_proxy(options.proxy.as_deref())?;
    client.set_ca_file(options.ca_file.as_deref())?;
    client.set_trust(match options.trust {
        Some(arguments::Trust::GivenOnly) => Trust::GivenOnly,
        Some(arguments::Trust::System) | None => Trust::System,
    });
    if let Some(timeout) = options.timeout {
        client.set_timeout(timeout)?;
    }
    if let Some(retries) = options.retries {
        client.set_retries(retries);
    }
    client.set_allow_plain_http(options.plain_http);
    client.set_user_agent(Some(concat!("qls-precheck-cli/", env!("CARGO_PKG_VERSION"))))?;
    Ok(client)
}

/// What is asked, and what for.
pub(crate) struct Question {
    pub(crate) command: Command,
    pub(crate) options: Options,
    /// Which program asks, and where its settings come from.
    pub(crate) about: Vec<String>,
    pub(crate) client: Client,
    pub(crate) form: Form,
    pub(crate) screen: Arc<Screen>,
    pub(crate) log: Arc<Log>,
}

impl Question {
    /// Reads the files and asks. Blocks until there is an answer, or why there is none.
    pub(crate) fn ask(mut self) -> Answer {
        self.answer().unwrap_or_else(|failure| match (&self.command, failure.cause) {
            (Command::Diagnose, Some(cause)) => {
                let error = Error::new(failure.status, cause, failure.message);
                self.diagnosis(&self.client.refuse(Operation::Diagnose, None, error))
            }
            _ => Answer::refusing(&failure, self.form),
        })
    }

    fn diagnosis(&self, outcome: &Outcome) -> Answer {
        Answer::of_diagnosis(outcome, &self.about, self.form)
    }

    fn answer(&mut self) -> Result<Answer, Failure> {
        self.about.iter().for_each(|line| self.log.line(Level::Debug, line));
        if let Some(level) = self.log.level() {
            let log = self.log.clone();
            self.client.set_log(level, move |level, line| log.line(level, line));
        }
        if let Some(path) = &self.options.proxy_file {
            self.wait_for_file(path);
            let time = self.client.timeout();
            let url = input::read_line(path, &input::PROXY, time, Cause::ProxySettingInvalid, "the proxy's URL")?;
            self.client.set_proxy(Some(&url)).map_err(|error| {
                let text = format!("{}: {error}", input::name(path));
                Failure::new(Status::Configuration, Some(Cause::ProxySettingInvalid), text)
            })?;
        }
        let (operation, file, consumers) = match &self.command {
            Command::Check { consumers: path } => {
                self.wait_for_file(path);
                let consumers = input::read(path, &input::CONSUMERS, self.client.timeout())?;
                // The core advises to ask for nothing then, which this program refuses.
                if consumers.trim_ascii().is_empty() {
                    let text = format!("{}: is empty: it is to hold the consumers, as JSON", input::name(path));
                    return Err(Failure::new(Status::InvalidConsumers, Some(Cause::NotJson), text));
                }
                (Operation::Check, input::name(path), Some(consumers))
            }
            Command::Diagnose => (Operation::Diagnose, String::new(), None),
            _ => (Operation::List, String::new(), None),
        };
        let token = self.token()?;
        self.screen.wait_for(self.client.server().to_owned());
        let token = token.as_deref().map(String::as_str);
        let extra = self.user_id().map(|member| format!("{{{member}}}"));
        let outcome = match &consumers {
            Some(consumers) => self.check(token, consumers, &file)?,
            None if operation == Operation::Diagnose => {
                return Ok(self.diagnosis(&self.client.diagnose(token, extra.as_deref())));
            }
            None => self.client.list(token, extra.as_deref()),
        };
        Ok(Answer::of(&outcome, operation, &file, self.form))
    }

    fn token(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let Some(path) = &self.options.token_file else { return Ok(None) };
        self.wait_for_file(path);
        input::read_line(path, &input::TOKEN, self.client.timeout(), Cause::TokenEmpty, "the token").map(Some)
    }

    fn check(&self, token: Option<&str>, consumers: &str, file: &str) -> Result<Outcome, Failure> {
        let Some(member) = self.user_id() else { return Ok(self.client.check(token, consumers)) };
        let outcome = self.client.check(token, with_member(consumers, &member, file)?);
        match outcome.status() {
            // Nothing was sent. Asked with the user's own text, the message has the right place in it.
            Status::InvalidConsumers => Ok(self.client.check(token, consumers)),
            _ => Ok(outcome),
        }
    }

    /// The member of the request that --user-id adds.
    fn user_id(&self) -> Option<String> {
        let id = self.options.user_id.as_deref()?;
        Some(format!(r#""user_id":{}"#, serde_json::Value::from(id)))
    }

    /// Says what is waited for, unless somebody is typing it: the line would come in the way.
    fn wait_for_file(&self, path: &Path) {
        if !io::stdin().is_terminal() {
            self.screen.wait_for(input::name(path));
        }
    }
}

/// The consumers with a further member of the request. What is not JSON stays as it is: the core says what is wrong.
fn with_member(consumers: &str, member: &str, file: &str) -> Result<String, Failure> {
    if consumers.trim_ascii_start().starts_with('[') {
        return Ok(format!(r#"{{"consumers":{consumers},{member}}}"#));
    }
    let Ok(members) = serde_json::from_str::<HashMap<String, &RawValue>>(consumers) else {
        return Ok(consumers.to_owned());
    };
    if members.contains_key("user_id") {
        let text = format!("{file}: has a \"user_id\" already: leave out --user-id, or the member");
        return Err(Failure::new(Status::InvalidConsumers, Some(Cause::WrongShape), text));
    }
    let open = consumers.trim_ascii_end().strip_suffix('}').unwrap_or(consumers);
    let comma = if members.is_empty() { "" } else { "," };
    Ok(format!("{open}{comma}{member}}}"))
}
