//! A client's settings and their defaults.

use std::time::Duration;

use crate::log::Log;
use crate::proxy::ProxySetting;
use crate::server::Server;
use crate::tls::TrustSettings;

/// Everything a session is made from. A session takes it apart, so that a setting it forgot does not compile.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) server: Server,
    /// Whether a token may travel over plain http to another machine.
    pub(crate) allow_plain_http: bool,
    /// For one whole operation.
    pub(crate) timeout: Duration,
    /// For making one connection.
    pub(crate) connect_timeout: Duration,
    /// How often a failed attempt is repeated.
    pub(crate) retries: u32,
    pub(crate) proxy: ProxySetting,
    pub(crate) trust: TrustSettings,
    pub(crate) user_agent: String,
    pub(crate) log: Log,
}
