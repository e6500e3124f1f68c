//! Asks an HTTP proxy for a tunnel to the server, by CONNECT (RFC 9110, section 9.3.6). Plain http goes through a
//! tunnel too: a proxy that forwards requests would be sent the token itself.

use std::io::{Read, Write};

use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::proxy::{Protocol, Proxy};
use crate::text::{Message, is_number, number, seconds};

use super::connection::is_tls_alert;
use super::stream::Stream;
use super::tunnel_error::{connection_broke, failed, invalid_reply};

/// The longest head of a proxy's reply, in bytes.
const MAX_HEAD: usize = 32 * 1024;
/// How much a message quotes of what a proxy said, in bytes.
const MAX_QUOTE: usize = 1000;
const NOT_HTTP: &str = "its reply is not HTTP; is there a proxy at this address?";
const SPEAKS_TLS: &str = "it speaks TLS; write https:// in front of its address, if it is a proxy";

/// Asks the proxy at the other end of `stream` for a tunnel to `target`, written as `host:port`. Afterwards `stream`
/// leads to `target`. Returns the time in the proxy's `Date`, in seconds since 1970, if it sends one.
pub(crate) fn connect(
    stream: &mut Stream,
    proxy: &Proxy,
    target: &str,
    user_agent: &str,
) -> Result<Option<u64>, Error> {
    let mut request =
        Zeroizing::new(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {user_agent}\r\n"));
    if let Some(credentials) = &proxy.credentials {
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&credentials.basic());
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).and_then(|()| stream.flush()).map_err(connection_broke)?;
    let mut length = 0;
    let head = loop {
        let head = read_head(stream, &mut length)?;
        match status(&head) {
            // An interim reply (RFC 9110, section 15.2), which the proxy's answer follows.
            Some(100 | 102..=199) => {}
            _ => break head,
        }
    };
    match status(&head) {
        Some(200..=299) => Ok(fields(&head, "date").find_map(|date| seconds(date.trim()))),
        // HTTP has 407 for this, but some proxies answer 401, such as tinyproxy for a wrong password.
        Some(status @ (401 | 407)) => Err(authentication(status, &head, proxy)),
        Some(status) => {
            let line = head.lines().next().unwrap_or_default();
            let message = Message::own(format!("it does not connect to {target}: HTTP {status} ("));
            let message = message.quote(line, MAX_QUOTE).then(")").then(advice(status, proxy));
            let cause = match status {
                500 | 502..=504 => Cause::ProxyCannotConnect,
                _ => Cause::ProxyRefused,
            };
            Err(Error::quoting(Status::ProxyFailed, cause, message))
        }
        None => Err(invalid_reply(NOT_HTTP)),
    }
}

/// What to do about a status with which web servers, rather than proxies, answer.
fn advice(status: u16, proxy: &Proxy) -> &'static str {
    match status {
        400 if proxy.protocol == Protocol::Http => {
            "; is there a proxy at this address, and if its port is meant for TLS, is https:// in front of it?"
        }
        400 | 404 | 405 | 501 => "; is there a proxy at this address?",
        _ => "",
    }
}

/// Reads the head of a reply. It reads byte by byte, since what follows the head comes from the server already. `length`
/// is that of all heads so far.
fn read_head(stream: &mut Stream, length: &mut usize) -> Result<String, Error> {
    let mut head = Vec::new();
    let mut byte = [0];
    // The last line is empty. Each line may end in LF alone.
    while !head.ends_with(b"\n\r\n") && !head.ends_with(b"\n\n") {
        if *length == MAX_HEAD {
            return Err(invalid_reply("the head of its reply is longer than 32 KiB"));
        }
        match stream.read(&mut byte).map_err(connection_broke)? {
            0 => return Err(failed(Cause::ConnectionClosed, "it closed the connection before it answered")),
            _ => head.push(byte[0]),
        }
        *length += 1;
        if is_tls_alert(&head) {
            return Err(invalid_reply(SPEAKS_TLS));
        }
        if head.len() == 5 && head != b"HTTP/" {
            return Err(invalid_reply(NOT_HTTP));
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// The status in a line such as `HTTP/1.1 200 OK`; None if the line is not HTTP/1. The words behind it may be missing.
fn status(head: &str) -> Option<u16> {
    let mut words = head.lines().next()?.split(' ');
    let minor_version = words.next()?.strip_prefix("HTTP/1.")?;
    let code = words.next()?;
    if minor_version.len() == 1 && is_number(minor_version) && code.len() == 3 { number(code) } else { None }
}

/// The values of the header fields called `name`.
fn fields<'h>(head: &'h str, name: &'h str) -> impl Iterator<Item = &'h str> {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.filter(move |(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The error of a proxy that wants authentication. It says what the proxy wants.
fn authentication(status: u16, head: &str, proxy: &Proxy) -> Error {
    let of_servers = fields(head, "www-authenticate").filter(|_| status == 401);
    let schemes: Vec<&str> = fields(head, "proxy-authenticate").chain(of_servers).flat_map(schemes).collect();
    if !schemes.is_empty() && !schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic")) {
        let schemes = schemes.join(" or ");
        let message = Message::own("it requires authentication by ").quote(schemes, MAX_QUOTE).then(
            ", and only Basic is supported; ask its administrator for Basic, or for an exception for the license server",
        );
        return Error::quoting(Status::ProxyFailed, Cause::ProxyAuthUnsupported, message);
    }
    let message = match proxy.credentials {
        None => format!("it requires a user name and a password (HTTP {status}); put them into the proxy's address"),
        Some(_) => format!("it does not accept the user name and password (HTTP {status})"),
    };
    failed(Cause::ProxyAuthRequired, message)
}

/// The authentication schemes in a list such as `Negotiate, Digest realm="a, b", qop=auth` (RFC 9110, section 11.6.1).
/// Commas separate the elements of the list, unless they are in quotes. The first word of an element is a scheme,
/// unless it is the name of a parameter.
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
