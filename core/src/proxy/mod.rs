//! Which proxy leads to the server: the one that was set, the environment's, or the desktop's.
//!
//! Whatever cannot be read is an error: a direct connection in its place could go where it must not.

pub(crate) mod desktop;
#[cfg(windows)]
mod windows;

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::server::{Host, Server};

/// How the user wants the server to be reached.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProxySetting {
    /// By the proxy that the environment names, or the desktop's settings, or directly.
    #[default]
    Environment,
    Direct,
    Proxy(Proxy),
}

/// What is spoken to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    Https,
    Socks5,
}

/// A proxy's address and, perhaps, what it takes to be let through.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub(crate) protocol: Protocol,
    pub(crate) host: Host,
    pub(crate) port: u16,
    pub(crate) credentials: Option<Credentials>,
}

/// User and password, decoded. Overwritten when dropped, and never shown.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) user: Zeroizing<Vec<u8>>,
    pub(crate) password: Zeroizing<Vec<u8>>,
}

/// Why a proxy's address cannot be read; it never quotes the address, which may hold a password.
pub(crate) type Unreadable = &'static str;

impl Proxy {
    /// Reads `[http|https|socks5|socks5h://][user[:password]@]host[:port]`; http where no scheme stands. What is
    /// special in user and password is percent-encoded.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (protocol, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (Protocol::Http, 80),
            "https" => (Protocol::Https, 443),
            // Either way the proxy resolves the server's name: it may know names that this machine does not.
            "socks5" | "socks5h" => (Protocol::Socks5, 1080),
            _ => return Err("only http, https, socks5 and socks5h proxies are spoken to"),
        };
        let (credentials, address) = match rest.rsplit_once('@') {
            None => (None, rest),
            Some((credentials, address)) => (Some(Credentials::parse(credentials, protocol)?), address),
        };
        let address = address.strip_suffix('/').unwrap_or(address);
        if address.contains(['/', '?', '#']) {
            return Err("a proxy's address has no path, query or fragment");
        }
        let (host, port) = crate::server::authority(address, default_port)?;
        Ok(Self { protocol, host, port, credentials })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.protocol {
            Protocol::Http => "http",
            Protocol::Https => "https",
            Protocol::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Credentials {
    fn parse(text: &str, protocol: Protocol) -> Result<Self, Unreadable> {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        let (user, password) = (decoded(user)?, decoded(password)?);
        if protocol == Protocol::Socks5 && (user.is_empty() || user.len() > 255 || password.len() > 255) {
            return Err("a SOCKS5 proxy takes a user name of 1 to 255 bytes and a password of at most 255");
        }
        Ok(Self { user, password })
    }

    /// The word behind "Basic" (RFC 7617).
    pub(crate) fn basic(&self) -> Zeroizing<String> {
        let pair = Zeroizing::new([&self.user[..], b":", &self.password[..]].concat());
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(&*pair))
    }

    /// Whether `text`, from the proxy, shows the password, plain or as it was sent.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let password = String::from_utf8_lossy(&self.password);
        text.contains(&**self.basic()) || (!password.is_empty() && text.contains(&*password))
    }
}

/// Percent-decoding (RFC 3986, section 2.1), once.
fn decoded(text: &str) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits =
                    [rest.next(), rest.next()].map(|digit| digit.and_then(|digit| char::from(digit).to_digit(16)));
                let [Some(high), Some(low)] = digits else {
                    return Err("a % in user or password is not followed by two hexadecimal digits; write % as %25");
                };
                (high * 16 + low) as u8
            }
            byte if byte < b' ' || byte == 0x7f => return Err("it contains a control character"),
            byte => byte,
        });
    }
    Ok(bytes)
}

/// The way to a server.
#[derive(Default)]
pub(crate) struct Route {
    /// None: directly.
    pub(crate) proxy: Option<Proxy>,
    /// A script that was to choose the way, and is not run.
    pub(crate) script: Option<String>,
}

impl Route {
    fn through(proxy: Proxy) -> Self {
        Self { proxy: Some(proxy), script: None }
    }
}

impl ProxySetting {
    /// The way to `server`.
    pub(crate) fn route(&self, server: &Server) -> Result<Route, Error> {
        // A proxy elsewhere would look for its own loopback, and get the token.
        if server.host.is_loopback() != Some(false) {
            return Ok(Route::default());
        }
        match self {
            Self::Direct => Ok(Route::default()),
            Self::Proxy(proxy) => Ok(Route::through(proxy.clone())),
            Self::Environment => match from_environment(server, &|name| env::var_os(name))? {
                Some(route) => Ok(route),
                None => desktop::desktop_proxy().route(server),
            },
        }
    }
}

/// The way that the environment names, as `variable` tells it; None where it names none.
fn from_environment(server: &Server, variable: &dyn Fn(&str) -> Option<OsString>) -> Result<Option<Route>, Error> {
    let set = |names: &[&'static str]| {
        names.iter().find_map(|name| {
            variable(name)
                .filter(|value| !value.is_empty())
                .map(|value| (*name, value.into_string().map(Zeroizing::new)))
        })
    };
    if set(&["no_proxy", "NO_PROXY"]).is_some_and(|(_, list)| {
        let list = list.unwrap_or_else(|list| list.to_string_lossy().into_owned().into());
        is_exempt(&list, &server.host, server.port)
    }) {
        return Ok(Some(Route::default()));
    }
    let names = if server.https { ["https_proxy", "HTTPS_PROXY"] } else { ["http_proxy", "HTTP_PROXY"] };
    let Some((name, value)) = set(&names).or_else(|| set(&["all_proxy", "ALL_PROXY"])) else {
        return Ok(None);
    };
    let proxy = match &value {
        Ok(value) => Proxy::parse(value),
        // Mended by force it would be another password.
        Err(_) => Err("it is not UTF-8; write what is special as % and two hexadecimal digits"),
    };
    proxy.map(|proxy| Some(Route::through(proxy))).map_err(|why| {
        let message = format!("the proxy in the environment variable {name} cannot be used: {why}; mend the variable, or set a proxy explicitly");
        Error::new(Status::Configuration, Cause::ProxySettingInvalid, message)
    })
}

/// Whether a NO_PROXY list names `host`. The table in `docs/proxies.md` is its documentation.
pub(crate) fn is_exempt(list: &str, host: &Host, port: u16) -> bool {
    list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty()).any(|entry| matches(entry, host, port))
}

fn matches(entry: &str, host: &Host, port: u16) -> bool {
    if entry == "*" {
        return true;
    }
    let Some((pattern, only_port)) = split_port(entry) else { return false };
    if only_port.is_some_and(|only| only != port.to_string()) {
        return false;
    }
    match host {
        Host::Ip(ip) => pattern.parse::<IpAddr>().is_ok_and(|exempt| exempt == *ip) || is_in_network(pattern, *ip),
        Host::Name(name) => {
            let pattern = pattern.to_ascii_lowercase();
            let pattern =
                pattern.strip_prefix("*.").or(pattern.strip_prefix('.')).unwrap_or(&pattern).trim_end_matches('.');
            let name = name.trim_end_matches('.');
            !pattern.is_empty()
                && (name == pattern || name.strip_suffix(pattern).is_some_and(|rest| rest.ends_with('.')))
        }
    }
}

/// `host:port`, `[v6]:port`, `[v6]`, or a bare address, whose colons are no port's; None for anything else.
fn split_port(entry: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = entry.strip_prefix('[') {
        let (literal, after) = rest.split_once(']')?;
        literal.parse::<std::net::Ipv6Addr>().ok()?;
        return match after {
            "" => Some((literal, None)),
            _ => Some((literal, Some(after.strip_prefix(':')?))),
        };
    }
    match entry.split_once(':') {
        Some((host, port)) if !port.contains(':') => Some((host, Some(port))),
        _ => Some((entry, None)),
    }
}

/// `10.0.0.0/8`: the address in its first bits.
fn is_in_network(pattern: &str, ip: IpAddr) -> bool {
    let Some((network, bits)) = pattern.split_once('/') else { return false };
    let digits = bits.bytes().all(|b| b.is_ascii_digit());
    let Some(bits) = bits.parse::<u32>().ok().filter(|_| digits) else { return false };
    match (network.parse(), ip) {
        (Ok(IpAddr::V4(network)), IpAddr::V4(ip)) if bits <= 32 => {
            (u64::from(network.to_bits() ^ ip.to_bits()) >> (32 - bits)) == 0
        }
        (Ok(IpAddr::V6(network)), IpAddr::V6(ip)) if bits <= 128 => {
            (network.to_bits() ^ ip.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}
