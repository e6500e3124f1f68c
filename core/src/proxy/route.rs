//! The ways to a server: directly or through proxies, and what to tell a person where a proxy may be missing.

use std::fmt;

use crate::error::{Cause, Error};

use super::address::Proxy;

/// The ways to a server.
#[derive(Debug)]
pub(crate) struct Route {
    /// At least one, in the order in which they are tried; None stands for the direct one.
    pub(crate) ways: Vec<Option<Proxy>>,
    /// Why there is no proxy, in words for the log.
    pub(crate) why_direct: String,
    /// Whether a script was asked. It may say something else in another network.
    pub(crate) is_automatic: bool,
    /// Why no script chose the ways, though the settings say that one may.
    pub(super) unheard: Option<Unheard>,
}

/// Why no script was heard.
#[derive(Debug)]
pub(super) struct Unheard {
    /// In words for a message.
    pub(super) why: String,
    /// Whether there is a script: one that is set, or that was found. Otherwise nobody knows.
    pub(super) is_there: bool,
}

impl Route {
    pub(crate) fn through(proxy: Proxy) -> Self {
        Self { ways: vec![Some(proxy)], ..Self::direct("") }
    }

    pub(crate) fn direct(why: impl Into<String>) -> Self {
        Self { ways: vec![None], why_direct: why.into(), is_automatic: false, unheard: None }
    }

    /// Completes an error of a connection. If a script might have chosen the way, and this one led nowhere, the message
    /// also says that a proxy may have to be set.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let Some(Unheard { why, is_there }) = self.unheard.as_ref().filter(|_| error.nobody_answered()) else {
            return error;
        };
        let message = error.to_message().then(format!("; {why}: set the proxy explicitly if one is needed"));
        let is_direct = self.ways.iter().all(Option::is_none);
        let cause = if is_direct && *is_there { Cause::ProxyAutoconfig } else { error.cause() };
        Error::quoting(error.status(), cause, message)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, way) in self.ways.iter().enumerate() {
            match (way, at) {
                (Some(proxy), 0) => write!(f, "proxy: {proxy} ({})", proxy.source)?,
                (Some(proxy), _) => write!(f, ", then {proxy}")?,
                (None, 0) => write!(f, "no proxy: {}", self.why_direct)?,
                (None, _) => write!(f, ", then directly")?,
            }
        }
        match &self.unheard {
            Some(unheard) => write!(f, "; {}", unheard.why),
            None => Ok(()),
        }
    }
}

/// A script's address without the user name and password that may stand in front of the host.
pub(super) fn shown(script: &str) -> &str {
    script.rsplit_once('@').map_or(script, |(_, rest)| rest)
}
