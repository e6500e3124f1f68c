//! A client's settings and their defaults.

use std::time::Duration;

use crate::server::Server;

/// Everything a session is made from. A new setting does not compile until the session takes it.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) server: Server,
    /// Whether a token may travel over plain http to another machine.
    pub(crate) allow_plain_http: bool,
    /// For one whole operation.
    pub(crate) timeout: Duration,
    /// For making one connection.
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: String,
}
