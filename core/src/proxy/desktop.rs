//! The proxy that is set for the whole desktop, written as Windows' "Internet Options" write it.

use crate::error::{Cause, Error, Status};
use crate::proxy::{Proxy, Route};
use crate::server::{Host, Server};

/// What is set; empty on systems where nothing is read.
#[derive(Default)]
pub(crate) struct DesktopProxy {
    /// `host:port` for everything, or `http=host:port;https=host:port`.
    pub(crate) server: Option<String>,
    /// Servers that are reached directly: `*.example.com;10.*;<local>`.
    pub(crate) exempt: String,
    /// The address of a script that chooses proxies.
    pub(crate) script: Option<String>,
}

#[cfg(windows)]
pub(super) use super::windows::desktop_proxy;

/// Nothing is read elsewhere: on Linux each desktop has a setting of its own, which programs outside of it do not heed,
/// and on macOS it would take the system's network framework.
#[cfg(not(windows))]
pub(super) fn desktop_proxy() -> DesktopProxy {
    DesktopProxy::default()
}

impl DesktopProxy {
    /// The way to `server`.
    pub(crate) fn route(self, server: &Server) -> Result<Route, Error> {
        let proxy = match self.server.as_deref().map(|text| entry(text, server)) {
            Some(Ok(Some(proxy))) if !is_exempt(&self.exempt, server) => Some(proxy),
            Some(Err(why)) if !is_exempt(&self.exempt, server) => return Err(unusable(why)),
            _ => None,
        };
        // Where there is a proxy, the script has no say.
        let script = if proxy.is_some() { None } else { self.script };
        Ok(Route { proxy, script })
    }
}

fn unusable(why: &str) -> Error {
    let message = format!(
        "the proxy in the system's settings cannot be used: {why}; correct it in the Internet Options, or set a proxy explicitly"
    );
    Error::new(Status::Configuration, Cause::ProxySettingInvalid, message)
}

/// The entry of `text` that counts for `server`.
fn entry(text: &str, server: &Server) -> Result<Option<Proxy>, &'static str> {
    let scheme = if server.https { "https" } else { "http" };
    let entries = || text.split([';', ' ', '\t']).filter(|entry| !entry.is_empty());
    let of = |wanted: &str| {
        let mut named = entries().filter_map(|entry| entry.split_once('='));
        named.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, address)| address)
    };
    match of(scheme).or_else(|| entries().find(|entry| !entry.contains('='))) {
        Some(address) => Proxy::parse(address).map(Some),
        None if of("socks").is_some() => {
            Err("it is a SOCKS proxy, by which Windows means version 4, and only version 5 is spoken")
        }
        None => Ok(None),
    }
}

/// Whether the list of exceptions names `server`.
fn is_exempt(list: &str, server: &Server) -> bool {
    let scheme = if server.https { "https" } else { "http" };
    let host = server.host.to_string();
    let host = host.trim_end_matches('.');
    let with_port = format!("{host}:{}", server.port);
    list.to_ascii_lowercase().split([';', ' ', '\t']).filter(|entry| !entry.is_empty()).any(|entry| {
        if entry == "<local>" {
            return matches!(server.host, Host::Name(_)) && !host.contains('.');
        }
        let pattern = match entry.split_once("://") {
            Some((only, pattern)) if only == scheme => pattern,
            Some(_) => return false,
            None => entry,
        };
        matches(pattern, host) || matches(pattern, &with_port)
    })
}

/// Whether `text` is `pattern`, in which `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(end)
}

/// `error`, where it may come from a proxy that a script would have named.
pub(crate) fn explained(error: Error, script: &str) -> Error {
    let without_a_way = [Cause::NameNotFound, Cause::ConnectionRefused, Cause::Unreachable, Cause::ConnectTimeout];
    if !without_a_way.contains(&error.cause()) {
        return error;
    }
    // A user name may stand in front of the host.
    let script = script.rsplit_once('@').map_or(script, |(_, rest)| rest);
    let message = format!(
        "{error}; the system's proxies are chosen by the script {script}, which is not run here: set the proxy explicitly if one is needed"
    );
    Error::new(error.status(), Cause::ProxyAutoconfig, message)
}
