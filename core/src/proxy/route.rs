//! The way to a server: directly or through a proxy, and what to tell a person where a proxy may be missing.

use std::fmt;

use crate::error::{Cause, Error};

use super::address::Proxy;

/// The way to a server.
#[derive(Debug, Default)]
pub(crate) struct Route {
    /// The proxy to go through; None to connect directly.
    pub(crate) proxy: Option<Proxy>,
    /// Why there is no proxy, in words for the log.
    pub(crate) why_direct: String,
    /// The address of the script that the desktop would have run to choose a proxy, and that was not run here.
    pub(crate) script: Option<String>,
}

impl Route {
    pub(crate) fn through(proxy: Proxy) -> Self {
        Self { proxy: Some(proxy), ..Self::default() }
    }

    pub(crate) fn direct(why: impl Into<String>) -> Self {
        Self { why_direct: why.into(), ..Self::default() }
    }

    /// Completes an error of a connection. If a script would have chosen a proxy, and the server was not reached
    /// directly, the message also says that the proxy may have to be set.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let Some(script) = &self.script else { return error };
        match error.cause() {
            Cause::NameNotFound
            | Cause::ResolverUnavailable
            | Cause::ConnectionRefused
            | Cause::Unreachable
            | Cause::ConnectTimeout => {}
            _ => return error,
        }
        let script = shown(script);
        let message = error.to_message().then(format!(
            "; the system's proxies are chosen by the script {script}, which is not run here: set the proxy explicitly if one is needed"
        ));
        Error::quoting(error.status(), Cause::ProxyAutoconfig, message)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.proxy, &self.script) {
            (Some(proxy), _) => write!(f, "proxy: {proxy} ({})", proxy.source),
            (None, Some(script)) => write!(f, "no proxy: the system's script {} is not run here", shown(script)),
            (None, None) => write!(f, "no proxy: {}", self.why_direct),
        }
    }
}

/// A script's address without the user name and password that may stand in front of the host.
fn shown(script: &str) -> &str {
    script.rsplit_once('@').map_or(script, |(_, rest)| rest)
}
