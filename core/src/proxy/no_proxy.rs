//! Understands the list in the environment variable `NO_PROXY`: the servers that are reached without a proxy. The table
//! in `docs/proxies.md` says what may stand in it. `environment.rs` reads the variable.

use std::net::{IpAddr, Ipv6Addr};

use crate::server::Host;
use crate::text::number;

/// The entry of `list`, the value of `NO_PROXY`, that names the server at `host` and `port`.
pub(crate) fn exempting<'l>(list: &'l str, host: &Host, port: u16) -> Option<&'l str> {
    list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty()).find(|entry| matches(entry, host, port))
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
            let domain =
                pattern.strip_prefix("*.").or(pattern.strip_prefix('.')).unwrap_or(&pattern).trim_end_matches('.');
            let name = name.trim_end_matches('.');
            // An entry stands for the domain itself and for all names below it.
            !domain.is_empty() && (name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
        }
    }
}

/// Splits an entry into host and port, if it has one: `host`, `host:port`, `[v6]`, `[v6]:port`, or an IPv6 address
/// without brackets, whose colons do not separate a port. None if what is in brackets is not an IPv6 address, or
/// something other than a port follows them.
fn split_port(entry: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = entry.strip_prefix('[') {
        let (literal, after) = rest.split_once(']')?;
        literal.parse::<Ipv6Addr>().ok()?;
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

/// Whether `ip` lies in a network written like `10.0.0.0/8`.
fn is_in_network(pattern: &str, ip: IpAddr) -> bool {
    let Some((network, bits)) = pattern.split_once('/') else { return false };
    let Some(bits) = number::<u32>(bits) else { return false };
    match (network.parse(), ip) {
        (Ok(IpAddr::V4(network)), IpAddr::V4(ip)) => (network.to_bits() ^ ip.to_bits()).leading_zeros() >= bits,
        (Ok(IpAddr::V6(network)), IpAddr::V6(ip)) => (network.to_bits() ^ ip.to_bits()).leading_zeros() >= bits,
        _ => false,
    }
}
