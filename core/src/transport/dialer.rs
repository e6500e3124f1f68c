//! Makes a connection to the server: looks the name up, connects a socket, asks the proxy for a tunnel, and starts TLS.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use once_cell::race::OnceBox;
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as UreqResolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use crate::diagnosis::{Date, Step, WayFacts};
use crate::error::{Cause, Error, Status};
use crate::log::Level;
use crate::proxy::{Protocol, Proxy, Source};
use crate::server::{Host, Server};
use crate::settings::Settings;
use crate::tls;

use super::connect::connect;
use super::connection::Connection;
use super::deadline::{CallLimit, Cancel, Deadline};
use super::http_tunnel::{Progress, TunnelRequest};
use super::resolver::Resolver;
use super::socks;
use super::stream::Stream;
use super::tls_stream::TlsStream;

/// Makes the connections of one session, all to one server.
#[derive(Debug)]
pub(crate) struct Dialer {
    settings: Settings,
    /// At least one, in the order in which they are tried; None stands for the direct one.
    ways: Vec<Option<Proxy>>,
    /// The place of the way by which the last connection was made. The next is tried by it first: a dead proxy in front
    /// of it costs time.
    last_good: AtomicUsize,
    call_limit: CallLimit,
    given: Vec<CertificateDer<'static>>,
    resolver: Arc<Resolver>,
    /// Made for the first TLS connection. Reading the system's certificates takes time and can fail, and plain http
    /// must work without them. Two threads may make it at once: neither waits while the other reads from a slow disk.
    tls: OnceBox<Arc<ClientConfig>>,
}

impl Dialer {
    /// A dialer for the server of `settings`, which tries these `ways`. Reads the CA file that was given, if there is one, and
    /// fails with [`Status::Configuration`] if a given CA certificate cannot be used.
    pub(crate) fn new(
        settings: &Settings,
        ways: Vec<Option<Proxy>>,
        resolver: Arc<Resolver>,
        cancel: &Cancel,
        deadline: &Deadline,
    ) -> Result<Self, Error> {
        Ok(Self {
            settings: settings.clone(),
            ways,
            last_good: AtomicUsize::new(0),
            call_limit: CallLimit { cancel: cancel.clone(), timeout: settings.timeout },
            given: settings.trust.given(deadline)?,
            resolver,
            tls: OnceBox::new(),
        })
    }

    /// Makes a connection to the server, by the first way that leads there.
    fn dial(&self, deadline: &Deadline) -> Result<Connection, Error> {
        deadline.check()?;
        start_winsock();
        let log = &self.settings.log;
        let first = self.last_good.load(Ordering::Relaxed);
        let mut failures = Vec::new();
        for tried in 0..self.ways.len() {
            let place = (first + tried) % self.ways.len();
            let left = (self.ways.len() - tried) as u32;
            // The ways behind a silent one need time as well.
            let limited = if left == 1 { deadline.clone() } else { deadline.limited(deadline.left() / left) };
            let error = match self.dial_by(self.ways[place].as_ref(), &limited) {
                Ok(connection) => {
                    self.last_good.store(place, Ordering::Relaxed);
                    return Ok(connection);
                }
                // Where this is the only way, or the call is over, the operation says why.
                Err(error) if self.ways.len() == 1 || error.status() == Status::Cancelled => return Err(error),
                Err(error) => error,
            };
            let is_last = left == 1 || !leads_nowhere(&error);
            let then = if is_last { "" } else { "; trying the next way" };
            log.line(Level::Debug, || error.to_message().then(then));
            let way = log.fail_way(error.cause());
            failures.push((error, way));
            if is_last {
                break;
            }
        }
        let most_telling = (0..failures.len()).min_by_key(|&at| failures[at].0.rank()).unwrap_or(0);
        let (error, way) = failures.remove(most_telling);
        log.note(|facts| facts.way = way);
        Err(failures.iter().fold(error, |error, (other, _)| besides(&error, other)))
    }

    /// Makes a connection to the server through `proxy`, or directly, with TLS for https.
    fn dial_by(&self, proxy: Option<&Proxy>, deadline: &Deadline) -> Result<Connection, Error> {
        let Server { host, port, https, .. } = &self.settings.server;
        let log = &self.settings.log;
        log.note(|facts| {
            let proxy = proxy.map(|proxy| format!("{proxy} ({})", proxy.source));
            facts.way = WayFacts { proxy, ..WayFacts::default() };
        });
        let mut stream = match proxy {
            None => {
                let addresses = self.addresses(host, *port, deadline)?;
                Stream::Plain(connect(&addresses, &self.for_connecting(deadline), log)?)
            }
            Some(proxy) => self.connect_through(proxy, deadline).map_err(|error| at_proxy(proxy, error))?,
        };
        if *https {
            log.begin(Step::Tls);
            stream = self.secure(host, stream)?;
        }
        log.begin(Step::Reply);
        Ok(Connection::new(stream, self.call_limit.clone()))
    }

    /// The addresses of a host, at least one.
    fn addresses(&self, host: &Host, port: u16, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
        let log = &self.settings.log;
        log.line(Level::Trace, || format!("connecting to {host}:{port}"));
        if let Host::Name(_) = host {
            log.begin(Step::Name);
        }
        let addresses = self.resolver.resolve(host, port, deadline)?;
        if let Host::Name(name) = host {
            log.line(Level::Debug, || format!("addresses of {name}: {}", listed(&addresses)));
        }
        log.begin(Step::Connection);
        Ok(addresses)
    }

    /// The deadline for all that a connection is made of. Its socket keeps it, for the proxy and for TLS.
    fn for_connecting(&self, deadline: &Deadline) -> Deadline {
        deadline.limited(self.settings.connect_timeout)
    }

    /// Makes a tunnel to the server through `proxy`.
    fn connect_through(&self, proxy: &Proxy, deadline: &Deadline) -> Result<Stream, Error> {
        let Settings { log, user_agent, server: Server { host, port, .. }, .. } = &self.settings;
        log.line(Level::Trace, || format!("through the proxy {proxy} ({})", proxy.source));
        let addresses = self.addresses(&proxy.host, proxy.port, deadline)?;
        let mut socket = connect(&addresses, &self.for_connecting(deadline), log)?;
        log.begin(Step::Tunnel);
        let mut request = TunnelRequest::new(proxy, format!("{host}:{port}"), user_agent, log);
        loop {
            let mut stream = Stream::Plain(socket);
            if proxy.protocol == Protocol::Https {
                stream = self.secure(&proxy.host, stream)?;
            }
            stream.socket().deadline.now_doing("waiting for the proxy");
            let progress = match proxy.protocol {
                Protocol::Socks5 => socks::connect(&mut stream, proxy, host, *port).map(|()| Progress::Tunnel(None))?,
                Protocol::Http | Protocol::Https => request.ask(&mut stream)?,
            };
            match progress {
                Progress::Tunnel(date) => {
                    log.note(|facts| facts.date = date.map(|date| Date::now("the proxy", date)));
                    log.line(Level::Debug, || format!("tunnel to {host}:{port}"));
                    return Ok(stream);
                }
                Progress::Elsewhere => {
                    log.line(Level::Debug, || String::from("the proxy wants another connection for the next message"))
                }
            }
            let deadline = stream.socket().deadline.clone();
            drop(stream);
            socket = connect(&addresses, &deadline, log)?;
        }
    }

    /// Starts TLS over `stream`, with a peer whose certificate has to name `host`.
    fn secure(&self, host: &Host, mut stream: Stream) -> Result<Stream, Error> {
        self.settings.log.line(Level::Trace, || format!("TLS handshake with {host}"));
        stream.socket().deadline.now_doing("in the TLS handshake");
        let Settings { trust, log, .. } = &self.settings;
        let make = || tls::config(self.given.clone(), trust.trust, log).map(Box::new);
        let began = Instant::now();
        let config = self.tls.get_or_try_init(make)?;
        // A slow disk is not the server's fault.
        stream.socket().deadline.extend(began.elapsed());
        let stream = TlsStream::connect(config, host, stream)?;
        self.settings.log.line(Level::Debug, || format!("{} with {host}", stream.agreed()));
        Ok(Stream::Tls(Box::new(stream)))
    }
}

/// Addresses, without the port that all have in common.
fn listed(addresses: &[SocketAddr]) -> String {
    addresses.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>().join(", ")
}

/// Starts Winsock again, if the program has ended it for the whole process by one `WSACleanup` too many. The standard
/// library starts it once.
fn start_winsock() {
    #[cfg(windows)]
    {
        const NOT_INITIALIZED: i32 = 10093;
        let probe = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None);
        if probe.is_err_and(|error| error.raw_os_error() == Some(NOT_INITIALIZED)) {
            // If it does not start, the connection fails and says why.
            let _ = rustix::net::wsa_startup();
        }
    }
}

/// The `error` of one way, which also tells that of an `other`.
fn besides(error: &Error, other: &Error) -> Error {
    let message = other.to_message().behind(error.to_message().then(" (tried besides: ")).then(")");
    Error::quoting(error.status(), error.cause(), message)
}

/// Whether another way may lead to the server. Where a proxy or the server answers, that counts; one that closes the
/// connection instead does not answer.
fn leads_nowhere(error: &Error) -> bool {
    error.nobody_answered() || error.cause() == Cause::ConnectionClosed
}

/// Makes an error on the way to the proxy, or while it is asked for a tunnel, one of the proxy. Timeouts, cancels and
/// faulty settings keep their status.
fn at_proxy(proxy: &Proxy, error: Error) -> Error {
    let error = match error.status() {
        Status::Timeout | Status::Cancelled | Status::Configuration => error,
        _ => Error::quoting(Status::ProxyFailed, error.cause(), error.to_message()),
    };
    let advice = match proxy.source {
        // The commonest case of the others is a proxy that another program has set and not removed.
        _ if !error.nobody_answered() => None,
        Source::Program => None,
        Source::Variable(_) | Source::InternetOptions => {
            Some("; if there is no such proxy any more, remove it from there")
        }
        Source::Script(_) | Source::Detected => {
            Some("; if there is no such proxy any more, the network's administrator has to correct the script")
        }
    };
    let error = match advice {
        Some(advice) => Error::quoting(error.status(), error.cause(), error.to_message().then(advice)),
        None => error,
    };
    error.at(format_args!("the proxy {proxy} ({})", proxy.source))
}

impl Connector for Dialer {
    type Out = Connection;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Connection>, ureq::Error> {
        let deadline = self.call_limit.deadline(*details.timeout.after, "connecting");
        self.dial(&deadline).map(Some).map_err(|error| ureq::Error::Other(Box::new(error)))
    }
}

/// Makes ureq look up no names. The [`Dialer`] looks up the server's; or the proxy's, and leaves the server's to the
/// proxy.
#[derive(Debug)]
pub(crate) struct NoResolver;

impl UreqResolver for NoResolver {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}
