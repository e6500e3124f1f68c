//! What the desktop's proxy settings mean, in the form in which Windows' "Internet Options" write them. `windows.rs`
//! reads them; the meaning is apart from that, so that it compiles on every system.

use crate::error::{Cause, Error, Status};
use crate::log::Log;
use crate::server::{Host, Server};
use crate::transport::Deadline;

use super::address::{Proxy, Source};
use super::automatic::{self, Choice};
use super::route::Route;

/// The desktop's settings; empty on systems other than Windows.
#[derive(Default)]
pub(crate) struct DesktopProxy {
    /// The manual proxy: `host:port` for every server, or `http=host:port;https=host:port`, separated by semicolons or
    /// white space. None if it is off.
    pub(crate) server: Option<String>,
    /// The servers that are reached directly, such as `*.example.com;10.*;<local>`.
    pub(crate) exempt: String,
    /// Whether the network is asked for a script that chooses proxies (WPAD).
    pub(crate) detect: bool,
    /// The address of such a script (PAC).
    pub(crate) script: Option<String>,
}

impl DesktopProxy {
    /// The ways to `server`: those that a script names; or else the manual one. The script is asked within `deadline`.
    pub(crate) fn route(self, server: &Server, deadline: &Deadline, log: &Log) -> Result<Route, Error> {
        let is_automatic = self.detect || self.script.is_some();
        let unheard = match automatic::ask(self.detect, self.script.as_deref(), server, deadline, log)? {
            Choice::Ways(ways) => {
                return Ok(Route { ways, is_automatic, ..Route::direct("a script names none") });
            }
            Choice::Nothing(unheard) => unheard,
        };
        let proxy = match &self.server {
            Some(text) if !is_exempt(&self.exempt, server) => entry(text, server).map_err(unusable)?,
            _ => None,
        };
        let why_direct = match &self.server {
            None => "neither the program nor the system names one",
            Some(_) => "the system's settings except the server from it",
        };
        Ok(Route { ways: vec![proxy], is_automatic, unheard, ..Route::direct(why_direct) })
    }
}

/// The error of a setting that cannot be read: connecting directly instead could send the request where it must not go.
pub(super) fn unusable(why: &str) -> Error {
    let message = format!(
        "the proxy in the system's settings cannot be used: {why}; correct it in the Internet Options, or set a proxy explicitly"
    );
    Error::new(Status::Configuration, Cause::ProxySettingInvalid, message)
}

/// The kinds of servers that Windows has proxies for.
const KINDS: &[&str] = &["http", "https", "ftp", "gopher", "socks"];

/// The entries of a list, separated as Windows documents it: by semicolons and white space, line breaks included.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(|c: char| c == ';' || c.is_whitespace()).filter(|entry| !entry.is_empty())
}

/// The proxy for `server` in the setting `text`; None if it has none for this kind of server.
fn entry(text: &str, server: &Server) -> Result<Option<Proxy>, &'static str> {
    let scheme = if server.https { "https" } else { "http" };
    // Blanks around a `=` separate nothing.
    let text = text.split('=').map(str::trim).collect::<Vec<_>>().join("=");
    let named = || entries(&text).filter_map(|entry| entry.split_once('='));
    let of = |wanted: &str| named().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, address)| address);
    if entries(&text).next().is_none() {
        return Err("it is switched on, and names none");
    }
    if named().any(|(name, _)| !KINDS.iter().any(|kind| name.eq_ignore_ascii_case(kind))) {
        return Err("it names a proxy for an unknown kind of server; http, https, ftp, gopher and socks are known");
    }
    // Of "http= https=proxy" nobody knows whether the first name was left without a proxy on purpose.
    if named().any(|(_, address)| address.contains('=')) {
        return Err("one of its entries has more than one =");
    }
    match of(scheme).or_else(|| entries(&text).find(|entry| !entry.contains('='))) {
        Some(address) => Proxy::parse(address, Source::InternetOptions).map(Some),
        None if of("socks").is_some() => {
            Err("it is a SOCKS proxy, by which Windows means version 4, and only version 5 is supported")
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
    entries(&list.to_ascii_lowercase()).any(|entry| {
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

/// Whether `text` matches `pattern`, in which `*` stands for any text.
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
