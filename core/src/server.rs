//! The server's address. It is read strictly, since a misread address would send the token to the wrong place.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::error::{Cause, Error, Status};
use crate::text::{self, Message};

/// The address of the Qt Company's license server.
pub const DEFAULT_SERVER: &str = "https://qls.qt.io";

/// The longest address, in bytes. Servers accept no longer ones.
const MAX_URL: usize = 8 * 1024;

/// The path of the pre-check, behind the base address.
const ENDPOINT: &str = "/api/v2/pre-check/licenses";

/// A server's base address: `https://host[:port][/prefix]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    /// The address as it was given, without a slash at its end.
    pub(crate) base: String,
    pub(crate) https: bool,
    pub(crate) host: Host,
    pub(crate) port: u16,
}

/// The host part of an address. Names are in lower case, and may end in a dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Ip(IpAddr),
    Name(String),
}

impl Default for Server {
    /// The server at [`DEFAULT_SERVER`].
    fn default() -> Self {
        Self { base: DEFAULT_SERVER.into(), https: true, host: Host::Name("qls.qt.io".into()), port: 443 }
    }
}

impl Server {
    /// Reads `http[s]://host[:port][/prefix]`. Fails with [`Status::InvalidArgument`] for anything else.
    pub(crate) fn parse(url: &str) -> Result<Self, Error> {
        let refuse = |why: &str| {
            let message = Message::own("the server's address ")
                .refused(url)
                .then(format!(" cannot be used: {why}; write it like {DEFAULT_SERVER} or https://host:8080/qls"));
            Error::quoting(Status::InvalidArgument, Cause::InvalidUrl, message)
        };
        if url.is_empty() {
            return Err(refuse("it is empty"));
        }
        if url.len() > MAX_URL {
            let message = format!("the server's address has {} bytes, and at most {MAX_URL} are sent", url.len());
            return Err(Error::new(Status::InvalidArgument, Cause::InvalidUrl, message));
        }
        // This comes before the errors that quote the address: these characters mean that it may contain a password or
        // a token.
        if url.contains(['@', '?', '#']) {
            let message = "the server's address cannot be used: it contains '@', '?' or '#'; user names, passwords, queries and fragments do not belong in it";
            return Err(Error::new(Status::InvalidArgument, Cause::InvalidUrl, message));
        }
        if url.bytes().any(|b| b.is_ascii() && !b.is_ascii_graphic()) {
            return Err(refuse("it contains a space or a control character"));
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(|| refuse("it has no https:// in front"))?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(refuse("only https and http are supported")),
        };
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        if !path.bytes().all(is_path_byte) {
            return Err(refuse(
                "its path has a character that no path may have; such a one is written as % and two digits",
            ));
        }
        let (host, port) = self::authority(authority, if https { 443 } else { 80 }).map_err(refuse)?;
        let scheme = if https { "https" } else { "http" };
        let base = format!("{scheme}://{authority}{}", path.trim_end_matches('/'));
        Ok(Self { base, https, host, port })
    }

    /// The address that requests are sent to.
    pub(crate) fn endpoint(&self) -> String {
        format!("{}{ENDPOINT}", self.base)
    }

    /// Whether this is a server of the Qt Company. Only those, and this machine, may see the Qt account's token.
    pub(crate) fn is_qt(&self) -> bool {
        match &self.host {
            Host::Ip(_) => false,
            Host::Name(name) => {
                let name = name.trim_end_matches('.');
                name == "qt.io" || name.ends_with(".qt.io")
            }
        }
    }
}

impl Host {
    /// Reads a host name or an IPv4 address, as URLs have them (<https://url.spec.whatwg.org/#host-parsing>), but for
    /// other spellings of an IPv4 address than four decimal numbers. An error says what is wrong, in words for a message.
    fn parse(text: &str) -> Result<Self, &'static str> {
        if !text.is_ascii() {
            return Err("its host has letters outside of ASCII; write it in its xn-- form, as browsers copy it");
        }
        if let Ok(ip) = text.parse::<Ipv4Addr>() {
            return Ok(Self::Ip(ip.into()));
        }
        let name = text.to_ascii_lowercase();
        let bare = name.strip_suffix('.').unwrap_or(&name);
        let labels_fit = bare.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        });
        if !labels_fit || bare.len() > 253 {
            return Err("its host is neither a host name nor an IP address");
        }
        // Resolvers take "127.1" and "127.0x1" for IP addresses.
        let last = bare.rsplit('.').next().unwrap_or(bare);
        let is_hexadecimal = |number: &str| {
            number.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        if text::is_number(last) || is_hexadecimal(last) {
            return Err("its host ends in a number, and is not an IP address of four numbers from 0 to 255");
        }
        Ok(Self::Name(name))
    }

    /// Whether this is this machine: a loopback address, `localhost` or `*.localhost`. The resolver is not asked about
    /// these names either (RFC 6761, section 6.3).
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            // Also `::ffff:127.0.0.1`.
            Self::Ip(ip) => ip.to_canonical().is_loopback(),
            Self::Name(name) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(IpAddr::V6(ip)) => write!(f, "[{ip}]"),
            Self::Ip(ip) => write!(f, "{ip}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Reads `host[:port]`, IPv6 in brackets. An error says what is wrong, in words for a message.
pub(crate) fn authority(address: &str, default_port: u16) -> Result<(Host, u16), &'static str> {
    let (host, port) = if let Some(rest) = address.strip_prefix('[') {
        let (literal, after) = rest.split_once(']').ok_or("a bracket is not closed")?;
        let ip = literal.parse::<Ipv6Addr>().map_err(|_| "what is in brackets is not an IPv6 address")?;
        let port = match after {
            "" => None,
            _ => Some(after.strip_prefix(':').ok_or("something other than a port follows the bracket")?),
        };
        (Host::Ip(IpAddr::V6(ip)), port)
    } else {
        let (host, port) = address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port)));
        (Host::parse(host)?, port)
    };
    match port.map_or(Some(default_port), text::number) {
        None | Some(0) => Err("the port is not a number from 1 to 65535"),
        Some(port) => Ok((host, port)),
    }
}

/// Whether `byte` may stand in a path (RFC 3986, section 3.3).
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte)
}
