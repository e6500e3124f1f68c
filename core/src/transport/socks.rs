//! Asks a SOCKS5 proxy for a tunnel to the server (RFC 1928, RFC 1929). The proxy looks the server's name up.

use std::io::{Read, Write};
use std::net::IpAddr;

use zeroize::Zeroizing;

use crate::error::{Cause, Error};
use crate::proxy::{Credentials, Proxy};
use crate::server::Host;

use super::stream::Stream;
use super::tunnel_error::{connection_broke, failed, invalid_reply};

const VERSION: u8 = 5;
const NO_AUTHENTICATION: u8 = 0;
const USER_AND_PASSWORD: u8 = 2;
const NOTHING_ACCEPTABLE: u8 = 0xff;

/// Asks the proxy at the other end of `stream` for a tunnel to `host` and `port`. Afterwards `stream` leads there.
pub(crate) fn connect(stream: &mut Stream, proxy: &Proxy, host: &Host, port: u16) -> Result<(), Error> {
    match &proxy.credentials {
        None => send(stream, &[VERSION, 1, NO_AUTHENTICATION])?,
        Some(_) => send(stream, &[VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD])?,
    }
    match read(stream)? {
        [VERSION, NO_AUTHENTICATION] => {}
        [VERSION, NOTHING_ACCEPTABLE] => return Err(nothing_acceptable(proxy)),
        [VERSION, USER_AND_PASSWORD] if let Some(credentials) = &proxy.credentials => {
            authenticate(stream, credentials)?
        }
        _ => return Err(invalid_reply("its reply is not SOCKS5; is there a SOCKS5 proxy at this address?")),
    }
    send(stream, &request(host, port))?;
    let [version, reply, _, kind] = read(stream)?;
    if version != VERSION {
        return Err(invalid_reply("its reply is not SOCKS5"));
    }
    if reply != 0 {
        let message = format!("it does not connect to {host}:{port}: {} (SOCKS reply {reply})", meaning(reply));
        let cause = match reply {
            1 | 3..=6 => Cause::ProxyCannotConnect,
            _ => Cause::ProxyRefused,
        };
        return Err(failed(cause, message));
    }
    // The reply ends with the address from which the proxy connects to the server. It has to be read, but nobody needs
    // it.
    let length = match kind {
        1 => 4,
        3 => u8::from_be_bytes(read(stream)?),
        4 => 16,
        _ => return Err(invalid_reply("its reply has an address of an unknown kind")),
    };
    // The port's two bytes follow the address.
    for _ in 0..u16::from(length) + 2 {
        read::<1>(stream)?;
    }
    Ok(())
}

/// The request to connect to `host` and `port` (RFC 1928, section 4).
fn request(host: &Host, port: u16) -> Vec<u8> {
    let address = match host {
        Host::Ip(IpAddr::V4(ip)) => [&[1], &ip.octets()[..]].concat(),
        Host::Ip(IpAddr::V6(ip)) => [&[4], &ip.octets()[..]].concat(),
        // `Host` holds names of at most 253 bytes.
        Host::Name(name) => [&[3, name.len() as u8], name.as_bytes()].concat(),
    };
    [&[VERSION, 1, 0], &address[..], &port.to_be_bytes()].concat()
}

/// Sends user name and password (RFC 1929). Each has at most 255 bytes: `proxy/address.rs` refuses longer ones.
fn authenticate(stream: &mut Stream, credentials: &Credentials) -> Result<(), Error> {
    let Credentials { user, password } = credentials;
    let message = [&[1, user.len() as u8], &user[..], &[password.len() as u8], &password[..]].concat();
    send(stream, &Zeroizing::new(message))?;
    match read(stream)? {
        [_, 0] => Ok(()),
        _ => Err(failed(Cause::ProxyAuthRequired, "it does not accept the user name and password")),
    }
}

fn nothing_acceptable(proxy: &Proxy) -> Error {
    const NEEDS_CREDENTIALS: &str = "it requires a user name and a password; put them into the proxy's address";
    const NEEDS_OTHERS: &str = "it accepts neither a user name with password nor an anonymous connection";
    match proxy.credentials {
        None => failed(Cause::ProxyAuthRequired, NEEDS_CREDENTIALS),
        Some(_) => failed(Cause::ProxyAuthUnsupported, NEEDS_OTHERS),
    }
}

/// What the number in a proxy's reply means (RFC 1928, section 6).
fn meaning(reply: u8) -> &'static str {
    match reply {
        1 => "general failure",
        2 => "not allowed by its rules",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        7 => "command not supported",
        8 => "address type not supported",
        _ => "unknown reason",
    }
}

fn send(stream: &mut Stream, bytes: &[u8]) -> Result<(), Error> {
    stream.write_all(bytes).and_then(|()| stream.flush()).map_err(connection_broke)
}

fn read<const N: usize>(stream: &mut Stream) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).map_err(connection_broke)?;
    Ok(bytes)
}
