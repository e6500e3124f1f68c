//! The client, which callers use: its settings, the connection that it keeps, and its cancel flag. What an operation
//! does is in `operation.rs`.

use std::fmt;
use std::time::Duration;

use crate::error::{Cause, Error, Status};
use crate::http::{self, KeptSession};
use crate::log::{Level, Log};
use crate::operation::{self, Asker};
use crate::outcome::{Operation, Outcome};
use crate::proxy::{self, Proxy, ProxySetting, Source};
use crate::server::Server;
use crate::settings::{self, Settings};
use crate::text::Message;
use crate::tls::Trust;
use crate::transport::Cancel;

/// A server's address, the settings for reaching it, and the connection that is kept for the next operation.
///
/// Many threads may run operations on one client at once. An operation blocks until it is done, canceled or out of
/// time. While it waits for the network it notices a cancel within 200 ms and the end of its time within 100 ms;
/// reading JSON that is in memory, or a file, is not interrupted.
///
/// Setters close the kept connection. A value that a setter refuses changes nothing; the error's status is
/// [`Status::InvalidArgument`].
pub struct Client {
    settings: Settings,
    cancel: Cancel,
    session: KeptSession,
}

impl Client {
    /// A client for [`DEFAULT_SERVER`](crate::DEFAULT_SERVER) with the defaults that the setters name. Reads no file
    /// and opens no connection.
    pub fn new() -> Self {
        http::warm_up();
        Self { settings: Settings::default(), cancel: Cancel::default(), session: KeptSession::default() }
    }

    /// Sets the server's base address, such as `https://licenses.example.com:8080/qls`; None restores the default.
    ///
    /// Refuses anything but `http[s]://host[:port][/prefix]`, with [`Cause::InvalidUrl`].
    pub fn set_server(&mut self, url: Option<&str>) -> Result<(), Error> {
        self.settings_mut().server = url.map_or_else(|| Ok(Server::default()), Server::parse)?;
        Ok(())
    }

    /// Sets whether a token may be sent to another machine by plain http; by default it may not.
    pub fn set_allow_plain_http(&mut self, allow: bool) {
        self.settings_mut().allow_plain_http = allow;
    }

    /// Sets how long one operation may take, repetitions included; 30 seconds by default, and at most 49 days.
    ///
    /// Refuses zero, with [`Cause::InvalidTimeout`].
    pub fn set_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.settings_mut().timeout = settings::time_limit(timeout)?;
        Ok(())
    }

    /// Sets how long making one connection may take, the proxy's tunnel and the TLS handshake included; 10 seconds by
    /// default, and at most 49 days.
    ///
    /// Refuses zero, with [`Cause::InvalidTimeout`].
    pub fn set_connect_timeout(&mut self, timeout: Duration) -> Result<(), Error> {
        self.settings_mut().connect_timeout = settings::time_limit(timeout)?;
        Ok(())
    }

    /// Sets how often an operation asks again after a connection was refused or broke, or after HTTP 502, 503 or 504; 2
    /// times by default. After HTTP 429 it asks again until its time is up, whatever is set here.
    pub fn set_retries(&mut self, retries: u32) {
        self.settings_mut().retries = retries;
    }

    /// Sets the proxy, such as `http://user:password@proxy.example.com:3128`; the empty string means no proxy. With
    /// None, the default, the environment or the desktop's settings name it.
    ///
    /// Refuses anything but `[http|https|socks|socks5|socks5h://][user[:password]@]host[:port]`, with
    /// [`Cause::InvalidProxy`].
    pub fn set_proxy(&mut self, url: Option<&str>) -> Result<(), Error> {
        let settings = self.settings_mut();
        // The password of an earlier proxy stays a secret, which is still in force if this one is refused.
        for secret in url.map(proxy::secrets_in).unwrap_or_default() {
            settings.secrets.add_password(&secret);
        }
        settings.proxy = match url {
            None => ProxySetting::Environment,
            Some("") => ProxySetting::Direct,
            Some(url) => ProxySetting::Proxy(Proxy::parse(url, Source::Program).map_err(|why| {
                let message =
                    format!("the proxy's address cannot be used: {why}; write it like http://proxy.example.com:3128");
                Error::new(Status::InvalidArgument, Cause::InvalidProxy, message)
            })?),
        };
        Ok(())
    }

    /// Sets a PEM file of CA certificates to trust, besides those of the system and of
    /// [`set_ca_pem`](Self::set_ca_pem); None, the default, means no file. The next operation reads the file; if it
    /// cannot be used, the operation ends with [`Status::Configuration`].
    ///
    /// Refuses an empty path, and PEM text in place of a path, with [`Cause::InvalidCa`].
    pub fn set_ca_file(&mut self, path: Option<&str>) -> Result<(), Error> {
        // The text may be a private key, so it is neither kept nor quoted.
        if path.is_some_and(|path| path.contains("-----BEGIN ")) {
            let message = "what was given as the path of the CA file is a PEM text; give it as the CA text";
            return Err(Error::new(Status::InvalidArgument, Cause::InvalidCa, message));
        }
        self.settings_mut().trust.ca_file =
            path.map(|path| not_empty(path, "the path of the CA file")).transpose()?.map(Into::into);
        Ok(())
    }

    /// Sets CA certificates to trust, as PEM text, besides those of the system and of
    /// [`set_ca_file`](Self::set_ca_file); None, the default, means no certificates. The next operation reads them; if
    /// they cannot be used, the operation ends with [`Status::Configuration`].
    ///
    /// Refuses an empty text, with [`Cause::InvalidCa`].
    pub fn set_ca_pem(&mut self, pem: Option<&str>) -> Result<(), Error> {
        self.settings_mut().trust.ca_pem = pem.map(|pem| not_empty(pem, "the CA text")).transpose()?.map(Into::into);
        Ok(())
    }

    /// Sets which CA certificates are trusted; by default those of the system and those that were given.
    pub fn set_trust(&mut self, trust: Trust) {
        self.settings_mut().trust.trust = trust;
    }

    /// Sends log lines up to the level `max` to `sink`; by default there is no log. `sink` is called on the thread that
    /// runs the operation, with no lock held, so on several threads at once if they share the client.
    pub fn set_log(&mut self, max: Level, sink: impl Fn(Level, &str) + Send + Sync + 'static) {
        self.settings_mut().log = Log::to(max, sink);
    }

    /// Restores the default: no log.
    pub fn unset_log(&mut self) {
        self.settings_mut().log = Log::default();
    }

    /// Names the program that asks, such as `ExampleInstaller/1.2`, in the header `User-Agent`, in front of this
    /// library's own name. With None, the default, the header has only the library's name.
    ///
    /// Refuses anything but 1 to 256 printable ASCII characters, and a name of spaces only, with
    /// [`Cause::InvalidUserAgent`].
    pub fn set_user_agent(&mut self, product: Option<&str>) -> Result<(), Error> {
        self.settings_mut().user_agent = settings::user_agent(product)?;
        Ok(())
    }

    /// The server's base address, without a slash at its end.
    pub fn server(&self) -> &str {
        &self.settings.server.base
    }

    /// How long one operation may take.
    pub fn timeout(&self) -> Duration {
        self.settings.timeout
    }

    /// Ends the running operations of this client, and all its later ones, with [`Status::Cancelled`]. An operation
    /// that is nearly done may still return its answer. May be called on any thread and in a signal handler; does not
    /// block.
    pub fn cancel(&self) {
        self.cancel.set();
    }

    /// Asks the server which of `consumers` may be installed.
    ///
    /// `token` is the user's JWT, of at most 32 KiB. With None the signed-in Qt account's token is used, which is sent
    /// to the Qt Company's servers and to this machine only.
    ///
    /// `consumers` is JSON of at most 64 MiB: an array of objects, or an object whose member `consumers` is that array
    /// and whose other members are sent along. Each object in the array has the non-empty strings `consumer_id` and
    /// `component_id`; `docs/result-json.md` describes the rest. For an empty array nothing is sent, and the outcome is
    /// [`Status::Ok`].
    ///
    /// Blocks, at most for the timeout. The outcome can have any [`Status`].
    pub fn check(&self, token: Option<&str>, consumers: impl AsRef<str>) -> Outcome {
        operation::check(self.asker(), token, consumers.as_ref())
    }

    /// Asks the server which licenses the user has.
    ///
    /// `token` is as for [`check`](Self::check). The members of the JSON object `extra`, of at most 64 MiB, are sent
    /// along; a member `operation` is refused with [`Cause::InvalidExtra`].
    ///
    /// Blocks, at most for the timeout. The outcome can have any [`Status`] but [`Status::InvalidConsumers`].
    pub fn list(&self, token: Option<&str>, extra: Option<&str>) -> Outcome {
        operation::list(self.asker(), token, extra)
    }

    /// Finds out what hinders a check or a list: goes the way of a list, once and over a new connection, and tells each
    /// step. The outcome's message is the conclusion: what most likely is wrong, and who can mend it. No text in the
    /// outcome has a token, a password, an e-mail address or a license in it.
    ///
    /// `token` and `extra` are as for [`list`](Self::list).
    ///
    /// Blocks, at most for the timeout. The outcome can have any [`Status`] that a list can have.
    pub fn diagnose(&self, token: Option<&str>, extra: Option<&str>) -> Outcome {
        operation::diagnose(self.asker(), token, extra)
    }

    /// The outcome of an operation that its caller cannot begin because of `error`, for example because an argument is
    /// not UTF-8. If the client was canceled, the outcome is [`Status::Cancelled`] instead. No text in it shows `token`.
    pub fn refuse(&self, operation: Operation, token: Option<&str>, error: Error) -> Outcome {
        operation::refuse(self.asker(), operation, token, error)
    }

    fn asker(&self) -> Asker<'_> {
        Asker { settings: &self.settings, cancel: &self.cancel, session: &self.session }
    }

    /// The settings, to be changed. The kept connection was made under the old ones, so it is closed.
    fn settings_mut(&mut self) -> &mut Settings {
        self.session = KeptSession::default();
        &mut self.settings
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = Message::own(format!("Client {{ settings: {:?}, .. }}", self.settings));
        f.write_str(&settings.shown(&self.settings.secrets))
    }
}

fn not_empty<'a>(text: &'a str, what: &str) -> Result<&'a str, Error> {
    match text.is_empty() {
        true => Err(Error::new(Status::InvalidArgument, Cause::InvalidCa, format!("{what} is empty"))),
        false => Ok(text),
    }
}
