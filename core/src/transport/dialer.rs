//! The way from an address to a connection: name, socket, proxy, TLS.

use std::fmt;
use std::time::{Duration, Instant};

use once_cell::sync::OnceCell;
use rustls::RootCertStore;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as UreqResolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use crate::error::{Error, Status};
use crate::log::{Level, Log};
use crate::proxy::{Protocol, Proxy};
use crate::server::{Host, Server};
use crate::tls::Trust;

use super::connection::Connection;
use super::deadline::{Cancel, Limit, Patience};
use super::resolver::Resolver;
use super::stream::{Socket, Stream};
use super::tls_stream::TlsStream;
use super::{http_tunnel, socks};
use crate::tls::TlsConfig;

/// Makes the connections of one session, all to one server.
pub(crate) struct Dialer {
    pub(crate) server: Server,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) user_agent: String,
    pub(crate) call_limit: Duration,
    pub(crate) connect_limit: Duration,
    pub(crate) cancel: Cancel,
    pub(crate) log: Log,
    pub(crate) trust: Trust,
    pub(crate) given_roots: RootCertStore,
    pub(crate) resolver: Resolver,
    /// Made at the first TLS connection: reading the trust store takes time and can fail, and plain http must
    /// work without one.
    pub(crate) tls: OnceCell<TlsConfig>,
}

impl fmt::Debug for Dialer {
    /// As brief as [`Connection`]'s, for the same reason.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dialer")
    }
}

impl Dialer {
    fn dial(&self, left: Duration) -> Result<Connection, Error> {
        let patience = Patience {
            cancel: self.cancel.clone(),
            until: Instant::now() + left,
            limit: Limit::Call(self.call_limit),
            doing: String::from("connecting"),
        };
        patience.check()?;
        let mut stream = match &self.proxy {
            None => Stream::Plain(self.connect(&self.server.host, self.server.port, &patience)?),
            Some(proxy) => self.through(proxy, &patience).map_err(|error| of_proxy(proxy, &error))?,
        };
        if self.server.https {
            stream = self.secure(&self.server.host, stream)?;
        }
        Ok(Connection::new(stream, self.call_limit))
    }

    fn connect(&self, host: &Host, port: u16, patience: &Patience) -> Result<Socket, Error> {
        self.log.line(Level::Trace, || format!("connecting to {host}:{port}"));
        let addresses = self.resolver.resolve(host, port, patience)?;
        let socket = Socket::connect(&addresses, &patience.for_connecting(self.connect_limit))?;
        self.log.line(Level::Debug, || format!("connected to {host}:{port}"));
        Ok(socket)
    }

    /// A tunnel to the server through `proxy`.
    fn through(&self, proxy: &Proxy, patience: &Patience) -> Result<Stream, Error> {
        self.log.line(Level::Debug, || format!("through the proxy {proxy}"));
        let mut stream = Stream::Plain(self.connect(&proxy.host, proxy.port, patience)?);
        if proxy.protocol == Protocol::Https {
            stream = self.secure(&proxy.host, stream)?;
        }
        "waiting for the proxy".clone_into(&mut stream.socket().patience.doing);
        let Server { host, port, .. } = &self.server;
        match proxy.protocol {
            Protocol::Socks5 => socks::connect(&mut stream, proxy, host, *port)?,
            Protocol::Http | Protocol::Https => {
                http_tunnel::tunnel(&mut stream, proxy, &format!("{host}:{port}"), &self.user_agent)?
            }
        }
        Ok(stream)
    }

    fn secure(&self, host: &Host, mut stream: Stream) -> Result<Stream, Error> {
        self.log.line(Level::Trace, || format!("TLS handshake with {host}"));
        "in the TLS handshake".clone_into(&mut stream.socket().patience.doing);
        let config = self.tls.get_or_try_init(|| TlsConfig::new(self.given_roots.clone(), self.trust))?;
        let stream = TlsStream::connect(config, host, stream)?;
        self.log.line(Level::Debug, || format!("{} with {host}", stream.version()));
        Ok(Stream::Tls(Box::new(stream)))
    }
}

/// `error` on the way to or through the proxy: that it is the proxy's matters more than what it is.
fn of_proxy(proxy: &Proxy, error: &Error) -> Error {
    let status = match error.status() {
        Status::Timeout | Status::Cancelled | Status::Configuration => error.status(),
        _ => Status::ProxyFailed,
    };
    Error::new(status, error.cause(), format!("the proxy {proxy}: {error}"))
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
