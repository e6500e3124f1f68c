//! The way to a server: directly or through a proxy, and what to tell a person where a proxy may be missing.

use crate::error::{Cause, Error};

use super::address::Proxy;

/// The way to a server.
#[derive(Debug, Default)]
pub(crate) struct Route {
    /// The proxy to go through; None to connect directly.
    pub(crate) proxy: Option<Proxy>,
    /// The address of the script that the desktop would have run to choose a proxy, and that was not run here.
    pub(crate) script: Option<String>,
}

impl Route {
    pub(crate) fn through(proxy: Proxy) -> Self {
        Self { proxy: Some(proxy), script: None }
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
        // The address may have a user name and password in front of the host, which must not be shown.
        let script = script.rsplit_once('@').map_or(script.as_str(), |(_, rest)| rest);
        let message = error.to_message().then(format!(
            "; the system's proxies are chosen by the script {script}, which is not run here: set the proxy explicitly if one is needed"
        ));
        Error::quoting(error.status(), Cause::ProxyAutoconfig, message)
    }
}
