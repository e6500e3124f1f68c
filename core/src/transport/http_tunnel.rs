//! Asks an HTTP proxy for a tunnel to the server, by CONNECT (RFC 9110, section 9.3.6). Plain http goes through a
//! tunnel too: a proxy that forwards requests would be sent the token itself.

use std::io::{self, Read, Write};

use qls_precheck_os::negotiate::IS_SUPPORTED;
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::log::{Level, Log};
use crate::proxy::{Credentials, Protocol, Proxy};
use crate::text::{Message, is_number, number, seconds};

use super::connection::is_tls_alert;
use super::deadline::Deadline;
use super::negotiate::{self, Negotiation};
use super::stream::Stream;
use super::tunnel_error::{connection_broke, failed, invalid_reply};

/// The longest head of a proxy's reply, in bytes.
const MAX_HEAD: usize = 32 * 1024;
/// The longest page with which a proxy may answer, in bytes, to be asked again on the same connection.
const MAX_BODY: u64 = 1024 * 1024;
/// How much a message quotes of what a proxy said, in bytes.
const MAX_QUOTE: usize = 1000;
const NOT_HTTP: &str = "its reply is not HTTP; is there a proxy at this address?";
const SUPPORTED: &str = if IS_SUPPORTED { "Basic and Negotiate are" } else { "Basic is" };
const SPEAKS_TLS: &str = "it speaks TLS; write https:// in front of its address, if it is a proxy";

/// The request to one proxy for a tunnel, and how far its authentication has come.
pub(crate) struct TunnelRequest<'a> {
    proxy: &'a Proxy,
    /// Where the tunnel leads, as `host:port`.
    target: String,
    user_agent: &'a str,
    log: &'a Log,
    /// What says who the user is, in the next request.
    authorization: Option<Zeroizing<String>>,
    negotiation: Option<Negotiation>,
}

/// How far asking a proxy has come.
pub(crate) enum Progress {
    /// There is a tunnel. With the time in the proxy's `Date`, in seconds since 1970, if it sends one.
    Tunnel(Option<u64>),
    /// It wants to be asked again, on another connection.
    Elsewhere,
}

impl<'a> TunnelRequest<'a> {
    /// A request to `proxy` for a tunnel to `target`, written as `host:port`.
    pub(crate) fn new(proxy: &'a Proxy, target: String, user_agent: &'a str, log: &'a Log) -> Self {
        let basic = |credentials: &Credentials| Zeroizing::new(format!("Basic {}", *credentials.basic()));
        let authorization = proxy.credentials.as_ref().map(basic);
        Self { proxy, target, user_agent, log, authorization, negotiation: None }
    }

    /// Asks the proxy at the other end of `stream`, as often as its authentication needs. When it has made the tunnel,
    /// `stream` leads to the target.
    pub(crate) fn ask(&mut self, stream: &mut Stream) -> Result<Progress, Error> {
        let mut is_first = true;
        loop {
            let head = match self.exchange(stream) {
                // It did not say before that it would close the connection.
                Err(error) if !is_first && error.cause() == Cause::ConnectionClosed => return Ok(Progress::Elsewhere),
                exchanged => exchanged?,
            };
            match status(&head) {
                Some(200..=299) => {
                    return Ok(Progress::Tunnel(fields(&head, "date").find_map(|date| seconds(date.trim()))));
                }
                // HTTP has 407 for this, but some proxies answer 401, such as tinyproxy for a wrong password.
                Some(status @ (401 | 407)) => {
                    let message = self.challenge(status, &head)?;
                    let stays_open = skip_body(stream, &head)?;
                    self.negotiate(message, &stream.socket().deadline)?;
                    if !stays_open {
                        return Ok(Progress::Elsewhere);
                    }
                }
                Some(status) => return Err(self.refusal(status, &head)),
                None => return Err(invalid_reply(NOT_HTTP)),
            }
            is_first = false;
        }
    }

    /// Sends the request, and returns the head of the answer.
    fn exchange(&self, stream: &mut Stream) -> Result<String, Error> {
        let Self { target, user_agent, .. } = self;
        let mut request =
            Zeroizing::new(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {user_agent}\r\n"));
        if let Some(authorization) = &self.authorization {
            request.push_str("Proxy-Authorization: ");
            request.push_str(authorization);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).and_then(|()| stream.flush()).map_err(connection_broke)?;
        let mut length = 0;
        loop {
            let head = read_head(stream, &mut length)?;
            match status(&head) {
                // An interim reply (RFC 9110, section 15.2), which the proxy's answer follows.
                Some(100 | 102..=199) => {}
                _ => return Ok(head),
            }
        }
    }

    /// What a proxy that wants authentication says to the one side of Negotiate that is here. Fails if Negotiate is not
    /// what it wants, or comes to nothing.
    fn challenge(&mut self, status: u16, head: &str) -> Result<Vec<u8>, Error> {
        let of_servers = fields(head, "www-authenticate").filter(|_| status == 401);
        let offers: Vec<_> = fields(head, "proxy-authenticate").chain(of_servers).flat_map(challenges).collect();
        let offered = |name| offers.iter().find(|(scheme, _)| scheme.eq_ignore_ascii_case(name)).map(|(_, rest)| *rest);
        if let Some(negotiation) = &self.negotiation {
            let message = offered("negotiate").and_then(|token| negotiation.message(token));
            return message.ok_or_else(|| negotiate::refused(&format!("HTTP {status}")));
        }
        let has_basic = offered("basic").is_some();
        let may_negotiate = IS_SUPPORTED && (self.proxy.credentials.is_none() || !has_basic);
        if offered("negotiate").is_none() || !may_negotiate {
            let schemes: Vec<_> = offers.iter().map(|(scheme, _)| *scheme).collect();
            return Err(self.no_authentication(status, &schemes, has_basic));
        }
        self.negotiation = Some(Negotiation::begin(self.proxy, has_basic)?);
        Ok(Vec::new())
    }

    /// Has the system answer the proxy's `message`.
    fn negotiate(&mut self, message: Vec<u8>, deadline: &Deadline) -> Result<(), Error> {
        let Some(negotiation) = &mut self.negotiation else { return Ok(()) };
        self.log.note(|facts| facts.way.is_signing_in = true);
        self.authorization = Some(negotiation.next(message, deadline)?);
        self.log.note(|facts| facts.way.is_signing_in = false);
        self.log.line(Level::Debug, || String::from("signing in to the proxy as this user, by Negotiate"));
        Ok(())
    }

    /// The error of a proxy that does not connect.
    fn refusal(&self, status: u16, head: &str) -> Error {
        let line = head.lines().next().unwrap_or_default();
        // It may repeat what says who the user is. The operation knows the password, but not what came of a ticket.
        let secret = self.authorization.as_ref().and_then(|authorization| authorization.strip_prefix("Negotiate "));
        let line = secret.map_or(line.to_owned(), |secret| line.replace(secret, "[ticket]"));
        let message = Message::own(format!("it does not connect to {}: HTTP {status} (", self.target));
        let message = message.quote(line, MAX_QUOTE).then(")").then(advice(status, self.proxy));
        let cause = match status {
            500 | 502..=504 => Cause::ProxyCannotConnect,
            _ => Cause::ProxyRefused,
        };
        Error::quoting(Status::ProxyFailed, cause, message)
    }

    /// The error of a proxy that wants authentication by one of `schemes`, and does not get it.
    fn no_authentication(&self, status: u16, schemes: &[&str], has_basic: bool) -> Error {
        if !schemes.is_empty() && !has_basic {
            let message = Message::own("it requires authentication by ").quote(schemes.join(" or "), MAX_QUOTE);
            let message = message.then(format!(
                ", and only {SUPPORTED} supported; ask its administrator for that, or for an exception for the license server"
            ));
            return Error::quoting(Status::ProxyFailed, Cause::ProxyAuthUnsupported, message);
        }
        let message = match self.proxy.credentials {
            None => format!(
                "it requires a user name and a password (HTTP {status}); {}",
                self.proxy.source.where_credentials_go()
            ),
            Some(_) => format!("it does not accept the user name and password (HTTP {status})"),
        };
        failed(Cause::ProxyAuthRequired, message)
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

/// Reads what follows the `head` of an answer that makes no tunnel, so that another one can follow. Returns false if the
/// connection cannot be used any more.
fn skip_body(stream: &mut Stream, head: &str) -> Result<bool, Error> {
    let has = |name, word: &str| fields(head, name).any(|value| value.to_ascii_lowercase().contains(word));
    let connection = |word| has("connection", word) || has("proxy-connection", word);
    let stays_open = !connection("close") && (!head.starts_with("HTTP/1.0") || connection("keep-alive"));
    let lengths: Vec<_> = fields(head, "content-length").map(|length| number(length.trim())).collect();
    let is_chunked = fields(head, "transfer-encoding").any(|coding| coding.trim().eq_ignore_ascii_case("chunked"));
    let skipped = match lengths[..] {
        _ if !stays_open => return Ok(false),
        [Some(length)] if !is_chunked => skip(stream, length),
        [] if is_chunked => skip_chunks(stream),
        // Nobody knows where it ends.
        _ => return Ok(false),
    };
    match skipped.map_err(connection_broke) {
        Err(error) if error.cause() == Cause::ConnectionClosed => Ok(false),
        skipped => skipped,
    }
}

/// Reads `length` bytes. Returns false if these are more than it is worth.
fn skip(stream: &mut Stream, length: u64) -> io::Result<bool> {
    if length > MAX_BODY {
        return Ok(false);
    }
    Ok(io::copy(&mut stream.take(length), &mut io::sink())? == length)
}

/// Reads chunks up to the last one (RFC 9112, section 7.1). Returns false where they are not as that has them.
fn skip_chunks(stream: &mut Stream) -> io::Result<bool> {
    let mut length = 0;
    loop {
        let line = read_line(stream)?;
        let digits = line.split(';').next().unwrap_or_default().trim_end();
        let Ok(size) = u64::from_str_radix(digits, 16) else { return Ok(false) };
        if size == 0 {
            break;
        }
        length = size.saturating_add(length);
        if length > MAX_BODY || !skip(stream, size)? || !read_line(stream)?.is_empty() {
            return Ok(false);
        }
    }
    while !read_line(stream)?.is_empty() {}
    Ok(true)
}

/// A line, without its end.
fn read_line(stream: &mut Stream) -> io::Result<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while !line.ends_with(b"\n") && line.len() < MAX_HEAD {
        stream.read_exact(&mut byte)?;
        line.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// The challenges in a list such as `Negotiate abc=, Digest realm="a, b", qop=auth` (RFC 9110, section 11.6.1): the scheme of
/// each, and what stands behind it. Commas separate the elements of the list, unless they are in quotes. The first word of an
/// element is a scheme, unless it is the name of a parameter.
fn challenges(list: &str) -> Vec<(&str, &str)> {
    let (mut in_quotes, mut escaped) = (false, false);
    let elements = list.split(move |c| {
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
            let rest = rest.trim_start();
            let parameter = word.contains('=') || rest.starts_with('=');
            (!word.is_empty() && !parameter).then_some((word, rest))
        })
        .collect()
}
