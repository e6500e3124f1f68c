//! The way from an address to a connection: name, socket, TLS.

use std::sync::Arc;
use std::time::{Duration, Instant};

use once_cell::sync::OnceCell;
use rustls::ClientConfig;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as UreqResolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use crate::error::Error;
use crate::server::Server;
use crate::trust;

use super::connection::Connection;
use super::resolver::Resolver;
use super::stream::{Socket, Stream};
use super::tls::TlsStream;
use super::wait::{Cancel, Limit, Patience};

/// Makes the connections of one session, all to one server.
#[derive(Debug)]
pub(crate) struct Dialer {
    server: Server,
    call_limit: Duration,
    connect_limit: Duration,
    cancel: Cancel,
    resolver: Resolver,
    /// Made at the first TLS connection: reading the trust store takes time and can fail, and plain http must
    /// work without one.
    tls: OnceCell<Arc<ClientConfig>>,
}

impl Dialer {
    pub(crate) fn new(server: Server, call_limit: Duration, connect_limit: Duration, cancel: Cancel) -> Self {
        Self { server, call_limit, connect_limit, cancel, resolver: Resolver::default(), tls: OnceCell::new() }
    }

    fn dial(&self, left: Duration) -> Result<Connection, Error> {
        let patience = Patience {
            cancel: self.cancel.clone(),
            until: Instant::now() + left,
            limit: Limit::Call(self.call_limit),
            doing: String::from("connecting"),
        };
        let addresses = self.resolver.resolve(&self.server.host, self.server.port, &patience)?;
        let mut socket = Socket::connect(&addresses, &patience.for_connecting(self.connect_limit))?;
        if !self.server.https {
            return Ok(Connection::new(Stream::Plain(socket), self.call_limit));
        }
        "in the TLS handshake".clone_into(&mut socket.patience.doing);
        let config = self.tls.get_or_try_init(trust::client_config)?;
        let stream = TlsStream::connect(config.clone(), &self.server.host, Stream::Plain(socket))?;
        Ok(Connection::new(Stream::Tls(Box::new(stream)), self.call_limit))
    }
}

impl Connector for Dialer {
    type Out = Connection;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Connection>, ureq::Error> {
        self.dial(*details.timeout.after).map(Some).map_err(|error| ureq::Error::Other(Box::new(error)))
    }
}

/// Keeps ureq from looking names up: the [`Dialer`] does, once it knows whose name matters.
#[derive(Debug)]
pub(crate) struct NoResolver;

impl UreqResolver for NoResolver {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}
