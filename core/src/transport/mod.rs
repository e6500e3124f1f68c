//! What ureq speaks HTTP over: connections made, waited on and given up under our own rules.
//!
//! ureq's own transport neither notices a cancellation nor ends every wait in time, so the way to the server
//! (name, address, proxy, TLS) is ours; ureq frames requests and replies and keeps the idle connection.

mod buffers;
mod connection;
mod crypto;
mod dialer;
mod names;
mod proxy;
mod resolver;
mod socks;
mod stream;
mod tls;
mod verifier;
mod wait;

pub(crate) use connection::{MAX_HEAD, Stale};
pub(crate) use dialer::{Dialer, NoResolver};
pub(crate) use resolver::Resolver;
pub(crate) use wait::{Cancel, Limit, Patience};
