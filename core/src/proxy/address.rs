//! A proxy's address, with the user name and password that the proxy may require.

use std::fmt;

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::server::{self, Host};

/// The protocol that is spoken to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    Https,
    Socks5,
}

/// Where a proxy's address comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Program,
    /// The environment variable of this name.
    Variable(&'static str),
    /// Windows' "Internet Options".
    InternetOptions,
    /// The script at this address, which the Internet Options name.
    Script(String),
    /// A script that Windows found in the network (WPAD). Whoever answers there first decides about it, so such a proxy
    /// is trusted with nothing that it could pass on to somebody else, as it could NTLM.
    Detected,
}

impl Source {
    /// Whether a script named the proxy. Then the user can correct its address nowhere.
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Self::Script(_) | Self::Detected)
    }

    /// What the user can do with a user name and a password for the proxy. Scripts have none.
    pub(crate) fn where_credentials_go(&self) -> &'static str {
        match self.is_script() {
            true => "set this proxy explicitly, with both in its address",
            false => "put them into the proxy's address",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => f.write_str("set explicitly"),
            Self::Variable(name) => write!(f, "set in the environment variable {name}"),
            Self::InternetOptions => f.write_str("set in the Internet Options"),
            Self::Script(address) => write!(f, "named by the script {address}"),
            Self::Detected => f.write_str("found by automatic detection"),
        }
    }
}

/// A proxy's address, with user name and password if it has them. `Display` and `Debug` leave these out.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub(crate) protocol: Protocol,
    pub(crate) host: Host,
    pub(crate) port: u16,
    pub(crate) source: Source,
    pub(crate) credentials: Option<Credentials>,
}

/// User name and password, without percent-encoding. They are overwritten when dropped, and there is no `Debug` that
/// could show them.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) user: Zeroizing<Vec<u8>>,
    pub(crate) password: Zeroizing<Vec<u8>>,
}

/// Why a proxy's address cannot be read, in words for a message. It never quotes the address, which may contain a
/// password.
pub(crate) type Unreadable = &'static str;

impl Proxy {
    /// Reads `[http|https|socks|socks5|socks5h://][user[:password]@]host[:port]`; without a scheme it is http. Special
    /// characters in user name and password are percent-encoded.
    pub(crate) fn parse(text: &str, source: Source) -> Result<Self, Unreadable> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (protocol, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (Protocol::Http, 80),
            "https" => (Protocol::Https, 443),
            // curl looks the server's name up itself for socks5, and leaves it to the proxy for socks5h. Here the proxy
            // always does it: it may know names that this machine does not. GNOME writes `socks` for it.
            "socks" | "socks5" | "socks5h" => (Protocol::Socks5, 1080),
            _ => return Err("only http, https, socks, socks5 and socks5h proxies are supported"),
        };
        let (credentials, address) = match rest.rsplit_once('@') {
            None => (None, rest),
            Some((credentials, address)) => (Some(Credentials::parse(credentials, protocol)?), address),
        };
        let address = address.strip_suffix('/').unwrap_or(address);
        if address.contains(['/', '?', '#']) {
            return Err("a proxy's address has no path, query or fragment");
        }
        let (host, port) = server::authority(address, default_port)?;
        Ok(Self { protocol, host, port, source, credentials })
    }

    /// The address, and where it comes from, for a person.
    pub(crate) fn with_source(&self) -> String {
        format!("{self} ({})", self.source)
    }

    /// The texts that must never be shown: the password itself, and user name and password in the form in which an HTTP
    /// proxy gets them.
    pub(crate) fn secrets(&self) -> Vec<Zeroizing<String>> {
        let Some(credentials) = &self.credentials else { return Vec::new() };
        let password = Zeroizing::new(String::from_utf8_lossy(&credentials.password).into_owned());
        [password, credentials.basic()].into_iter().filter(|secret| !secret.is_empty()).collect()
    }
}

/// The texts in a proxy's `address` that must never be shown: those of [`Proxy::secrets`], and the password as it is
/// written there, even if the address cannot be read.
pub(crate) fn secrets_in(address: &str) -> Vec<Zeroizing<String>> {
    let mut secrets = Proxy::parse(address, Source::Program).map(|proxy| proxy.secrets()).unwrap_or_default();
    let credentials = address.rsplit_once('@').map_or("", |(credentials, _)| credentials);
    let credentials = credentials.split_once("://").map_or(credentials, |(_, credentials)| credentials);
    secrets.extend(credentials.split_once(':').map(|(_, password)| Zeroizing::new(password.to_owned())));
    secrets
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

    /// User name and password as Basic authentication sends them (RFC 7617).
    pub(crate) fn basic(&self) -> Zeroizing<String> {
        let pair = Zeroizing::new([&self.user[..], b":", &self.password[..]].concat());
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(&*pair))
    }
}

/// Decodes percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.bytes();
    let hex_digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let (Some(high), Some(low)) = (hex_digit(rest.next()), hex_digit(rest.next())) else {
                    return Err(
                        "a % in user name or password is not followed by two hexadecimal digits; write % as %25",
                    );
                };
                (high * 16 + low) as u8
            }
            byte if byte < b' ' || byte == 0x7f => return Err("it contains a control character"),
            byte => byte,
        });
    }
    Ok(bytes)
}
