//! Through an HTTP proxy: a tunnel made by CONNECT (RFC 9110, section 9.3.6), for plain http too, so that the
//! proxy never sees the token.

use std::io::{Read, Write};

use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::proxy::Proxy;

use super::stream::{Stream, inner_error};

/// The longest reply head of a proxy.
const MAX_HEAD: usize = 32 * 1024;

/// Asks the proxy at the other end of `stream` for a tunnel to `target`, a host with its port.
pub(crate) fn tunnel(stream: &mut Stream, proxy: &Proxy, target: &str, user_agent: &str) -> Result<(), Error> {
    let mut request =
        Zeroizing::new(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {user_agent}\r\n"));
    if let Some(credentials) = &proxy.credentials {
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&credentials.basic());
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).and_then(|()| stream.flush()).map_err(broken)?;
    let head = read_head(stream)?;
    match status(&head) {
        Some(200) => Ok(()),
        // Some say 401, which is a server's, where they mean 407: tinyproxy does to wrong credentials.
        Some(status @ (401 | 407)) => Err(authentication(status, &head, proxy)),
        Some(status) => {
            let line = quoted(head.lines().next().unwrap_or_default(), proxy);
            let message = format!("it does not connect to {target}: HTTP {status} ({line})");
            Err(Error::new(Status::ProxyFailed, Cause::ProxyRefused, message))
        }
        None => Err(invalid("its reply is no HTTP; is there a proxy at this address?")),
    }
}

/// Reads up to the empty line and not a byte further: what follows is the server's.
fn read_head(stream: &mut Stream) -> Result<String, Error> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && !head.ends_with(b"\n\n") {
        if head.len() == MAX_HEAD {
            return Err(invalid("the head of its reply is longer than 32 KiB"));
        }
        match stream.read(&mut byte).map_err(broken)? {
            0 => {
                return Err(Error::new(
                    Status::ProxyFailed,
                    Cause::ConnectionClosed,
                    "it closed the connection before it answered",
                ));
            }
            _ => head.push(byte[0]),
        }
        if head.len() == 5 && head != b"HTTP/" {
            return Err(invalid("its reply is no HTTP; is there a proxy at this address?"));
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// The three digits between "HTTP/1.x " and a space or the line's end.
fn status(head: &str) -> Option<u16> {
    let (version, rest) = head.lines().next()?.strip_prefix("HTTP/1.")?.split_once(' ')?;
    let code = rest.split(' ').next()?;
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    (digits(version, 1) && digits(code, 3)).then(|| code.parse().ok()).flatten()
}

/// 407: what would be needed to be let through.
fn authentication(status: u16, head: &str, proxy: &Proxy) -> Error {
    let schemes: Vec<&str> = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| {
            name.eq_ignore_ascii_case("proxy-authenticate")
                || (status == 401 && name.eq_ignore_ascii_case("www-authenticate"))
        })
        .flat_map(|(_, challenges)| schemes(challenges))
        .collect();
    if !schemes.is_empty() && !schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic")) {
        let schemes = schemes.join(" or ");
        let message = format!(
            "it wants to know who is asking, by {}, and only Basic is supported; ask its administrator for Basic, or for an exception for the licence server",
            quoted(&schemes, proxy)
        );
        return Error::new(Status::ProxyFailed, Cause::ProxyAuthUnsupported, message);
    }
    let message = match proxy.credentials {
        None => format!("it wants a user name and a password (HTTP {status}); put them into the proxy's address"),
        Some(_) => format!("it does not accept the user name and password (HTTP {status})"),
    };
    Error::new(Status::ProxyFailed, Cause::ProxyAuthRequired, message)
}

/// The schemes of a list of challenges (RFC 9110, section 11.6.1): what stands first, or behind a comma, and is no
/// parameter's name. A comma between quotes separates nothing.
fn schemes(challenges: &str) -> Vec<&str> {
    let (mut in_quotes, mut escaped) = (false, false);
    let elements = challenges.split(move |c| {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' => in_quotes = !in_quotes,
            _ => {}
        }
        c == ',' && !in_quotes
    });
    elements
        .filter_map(|element| {
            let element = element.trim();
            let (word, rest) = element.split_once(char::is_whitespace).unwrap_or((element, ""));
            let parameter = word.contains('=') || rest.trim_start().starts_with('=');
            (!word.is_empty() && !parameter).then_some(word)
        })
        .collect()
}

/// What the proxy said, unless it repeats what it must not be quoted with.
fn quoted<'t>(text: &'t str, proxy: &Proxy) -> &'t str {
    match &proxy.credentials {
        Some(credentials) if credentials.are_in(text) => "not shown: it repeats the password",
        _ => text,
    }
}

pub(crate) fn invalid(message: &str) -> Error {
    Error::new(Status::ProxyFailed, Cause::ProxyInvalidReply, message)
}

/// A connection to the proxy that ended in the middle of the talk; our own limits stay what they are.
pub(crate) fn broken(error: std::io::Error) -> Error {
    inner_error(error).unwrap_or_else(|error| {
        Error::new(
            Status::ProxyFailed,
            Cause::ConnectionClosed,
            format!("the connection broke before it answered: {error}"),
        )
    })
}
