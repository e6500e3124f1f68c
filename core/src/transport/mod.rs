//! What ureq speaks HTTP over: connections made, waited on and given up under our own rules.
//!
//! ureq's own transport neither notices a cancellation nor ends every wait in time, so the way to the server
//! (name, address, proxy, TLS) is ours; ureq frames requests and replies and keeps the idle connection.

mod buffers;
mod connection;
mod deadline;
mod dialer;
mod http_tunnel;
mod resolver;
mod socks;
mod stream;
mod tls_stream;

pub(crate) use connection::{MAX_HEAD, Stale};
pub(crate) use deadline::{Cancel, Limit, Patience};
pub(crate) use dialer::{Dialer, NoResolver};
pub(crate) use resolver::Resolver;
