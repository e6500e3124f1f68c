//! Makes connections to the server, and moves bytes over them, for ureq.
//!
//! ureq writes requests, reads replies and keeps the idle connection. But its own transport does not notice a cancel,
//! and not every wait in it ends in time, so this folder replaces it. In come the server's address, the proxy, the
//! trusted certificates and the time limits. Out goes a [`Dialer`], which ureq calls when it needs a connection. If
//! there is none, an [`Error`](crate::Error) names what failed: the name, the address, the proxy or the TLS handshake.
//!
//! From the bottom up:
//! - `deadline` has the cancel flag and the deadline of a call, and all waiting: each wait ends with one of them. The
//!   deadline itself is made in `operation.rs`.
//! - `helper` runs on threads what cannot be interrupted.
//! - `resolver` looks names up, `connect` races the addresses for a connection, `socket` is the connected socket.
//! - `tls_stream` is TLS over a stream; `stream` is a socket or a TLS stream.
//! - `early_reply` recognizes what a server sends while the request is still being written.
//! - `http_tunnel` and `socks` ask a proxy for a tunnel; `tunnel_error` has the errors that both share. `negotiate` signs in
//!   to a proxy as the user of this session.
//! - `dialer` puts these together; `connection` and `buffers` are what ureq gets, and `chunks` looks at what they give it.

mod buffers;
mod chunks;
mod connect;
mod connection;
mod deadline;
mod dialer;
mod early_reply;
mod helper;
mod http_tunnel;
mod negotiate;
mod resolver;
mod socket;
mod socks;
mod stream;
mod tls_stream;
mod tunnel_error;

pub(crate) use connection::{MAX_HEAD, Stale};
pub(crate) use deadline::{Cancel, Deadline};
pub(crate) use dialer::{Dialer, NoResolver};
pub(crate) use helper::{Helpers, Unanswered};
pub(crate) use resolver::Resolver;
pub(crate) use socket::inner_error;
