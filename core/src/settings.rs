//! A client's settings and their defaults.

use std::fmt;
use std::time::Duration;

use crate::error::{Cause, Error, Status};
use crate::log::Log;
use crate::proxy::ProxySetting;
use crate::server::Server;
use crate::text::Message;
use crate::tls::TrustSettings;
use crate::token::redact::Secrets;

/// Everything that a caller can set.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) server: Server,
    /// Whether a token may be sent to another machine by plain http.
    pub(crate) allow_plain_http: bool,
    /// How long one operation may take.
    pub(crate) timeout: Duration,
    /// How long making one connection may take.
    pub(crate) connect_timeout: Duration,
    /// How often a failed attempt is repeated; HTTP 429 does not count.
    pub(crate) retries: u32,
    pub(crate) proxy: ProxySetting,
    /// The password in the proxy's address, as it was written. One in an address that was refused is a secret too.
    pub(crate) secrets: Secrets,
    pub(crate) trust: TrustSettings,
    pub(crate) user_agent: String,
    pub(crate) log: Log,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            server: Server::default(),
            allow_plain_http: false,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            retries: 2,
            proxy: ProxySetting::default(),
            secrets: Secrets::default(),
            trust: TrustSettings::default(),
            user_agent: own_user_agent(),
            log: Log::default(),
        }
    }
}

impl fmt::Display for Settings {
    /// What the log says of them. The proxy has a line of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { server, timeout, connect_timeout, trust, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        write!(f, "library {version}; server {}; {trust}; ", server.base)?;
        // As "30s" or "1.5s". What writes fractions would make the library 20 KB larger.
        write!(f, "at most {timeout:?} in all, {connect_timeout:?} to connect")
    }
}

/// Checks a time limit: refuses zero, and shortens more than 49 days (the most milliseconds that fit 32 bits) to that,
/// so that adding it to the current time cannot overflow.
pub(crate) fn time_limit(limit: Duration) -> Result<Duration, Error> {
    if limit.is_zero() {
        let message = "a timeout of 0 ms leaves no time to ask; give at least 1 ms";
        return Err(Error::new(Status::InvalidArgument, Cause::InvalidTimeout, message));
    }
    Ok(limit.min(Duration::from_millis(u32::MAX.into())))
}

/// The value of the header `User-Agent`: `product`, if there is one, and behind it this library's name. Fails if HTTP
/// cannot carry `product`.
pub(crate) fn user_agent(product: Option<&str>) -> Result<String, Error> {
    let Some(product) = product else { return Ok(own_user_agent()) };
    let is_printable = product.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && !product.trim().is_empty();
    if product.len() > 256 || !is_printable {
        let message = Message::own("the user agent ")
            .refused(product)
            .then(" cannot be sent: at most 256 printable ASCII characters, and not only spaces");
        return Err(Error::quoting(Status::InvalidArgument, Cause::InvalidUserAgent, message));
    }
    Ok(format!("{product} {}", own_user_agent()))
}

fn own_user_agent() -> String {
    format!("qls-precheck/{}", env!("CARGO_PKG_VERSION"))
}
