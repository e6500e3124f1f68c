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

use crate::diagnosis::{Date, StepName};
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

/// How far a way led on which no connection was made, the most telling first: a proxy that cannot be reached may be why
/// nobody is reached directly, but not the other way round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// A proxy made a tunnel. It broke, or nobody answers at its other end.
    BehindProxy,
    AtProxy,
    Direct,
}

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
            let (error, end) = match self.dial_by(self.ways[place].as_ref(), &limited) {
                Ok(connection) => {
                    self.last_good.store(place, Ordering::Relaxed);
                    return Ok(connection);
                }
                // Where this is the only way, or the call is over, the operation says why.
                Err((error, _)) if self.ways.len() == 1 || error.status() == Status::Cancelled => return Err(error),
                Err(failure) => failure,
            };
            // The session does so only if no way leads to the server.
            self.resolver.forget();
            let way = log.fail_way(&error);
            let is_last = !leads_nowhere(&error);
            failures.push((rank(&error, end), error, way));
            if is_last {
                break;
            }
        }
        let most_telling = (0..failures.len()).min_by_key(|&at| failures[at].0).unwrap_or(0);
        let (_, error, way) = failures.remove(most_telling);
        log.note(|facts| facts.way = way);
        Err(failures.iter().fold(error, |error, (_, other, _)| besides(&error, other)))
    }

    /// Makes a connection to the server through `proxy`, or directly, with TLS for https.
    fn dial_by(&self, proxy: Option<&Proxy>, deadline: &Deadline) -> Result<Connection, (Error, End)> {
        self.settings.log.begin_way(proxy);
        let (made, end) = match proxy {
            None => (self.connect_directly(deadline).map_err(|error| (error, End::Direct)), End::Direct),
            Some(proxy) => {
                let made = self.connect_through(proxy, deadline);
                (made.map_err(|error| (at_proxy(proxy, error), End::AtProxy)), End::BehindProxy)
            }
        };
        self.start(made?).map_err(|error| (error, end))
    }

    /// Begins to speak to the server at the other end of `stream`: by TLS, if it is an https server.
    fn start(&self, mut stream: Stream) -> Result<Connection, Error> {
        let Settings { log, server: Server { host, https, .. }, .. } = &self.settings;
        if *https {
            log.begin(StepName::Tls);
            stream = self.secure(host, stream)?;
        }
        log.begin(StepName::Reply);
        Ok(Connection::new(stream, self.call_limit.clone()))
    }

    fn connect_directly(&self, deadline: &Deadline) -> Result<Stream, Error> {
        let Settings { log, server: Server { host, port, .. }, .. } = &self.settings;
        let addresses = self.addresses(host, *port, deadline)?;
        connect(&addresses, &self.for_connecting(deadline), log).map(Stream::Plain)
    }

    /// The addresses of a host, at least one.
    fn addresses(&self, host: &Host, port: u16, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
        let log = &self.settings.log;
        log.line(Level::Trace, || format!("connecting to {host}:{port}"));
        if let Host::Name(_) = host {
            log.begin(StepName::Name);
        }
        let addresses = self.resolver.resolve(host, port, deadline)?;
        if let Host::Name(name) = host {
            log.line(Level::Debug, || format!("addresses of {name}: {}", listed(&addresses)));
        }
        log.begin(StepName::Connection);
        Ok(addresses)
    }

    /// The deadline for all that a connection is made of. Its socket keeps it, for the proxy and for TLS.
    fn for_connecting(&self, deadline: &Deadline) -> Deadline {
        deadline.limited(self.settings.connect_timeout)
    }

    /// Makes a tunnel to the server through `proxy`.
    fn connect_through(&self, proxy: &Proxy, deadline: &Deadline) -> Result<Stream, Error> {
        let Settings { log, user_agent, server: Server { host, port, .. }, .. } = &self.settings;
        log.line(Level::Trace, || format!("through the proxy {}", proxy.with_source()));
        let reached = self.addresses(&proxy.host, proxy.port, deadline).and_then(|addresses| {
            let socket = connect(&addresses, &self.for_connecting(deadline), log)?;
            Ok((addresses, socket))
        });
        let (addresses, mut socket) = reached.map_err(|error| not_reached(proxy, error))?;
        log.begin(StepName::Tunnel);
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

/// The place of a way's `error` among those of several ways, the most telling first. An answer says most. A name that is
/// not known says least, be it the proxy's, which may belong to another network: so it comes behind all others.
fn rank(error: &Error, end: End) -> (bool, Option<End>, u8) {
    let rank = error.rank();
    (error.cause() == Cause::NameNotFound, (rank > 0).then_some(end), rank)
}

/// The `error` of one way, which also tells that of an `other`.
fn besides(error: &Error, other: &Error) -> Error {
    let message = other.to_message().behind(error.to_message().then(" (tried besides: ")).then(")");
    Error::quoting(error.status(), error.cause(), message)
}

/// Whether another way may lead to the server. Where a proxy or the server answers, that counts; one that closes the
/// connection instead does not answer. This computer may let the program connect elsewhere.
fn leads_nowhere(error: &Error) -> bool {
    let others = [Cause::ConnectionClosed, Cause::ConnectionNotPermitted, Cause::ResolverBusy];
    error.nobody_answered() || others.contains(&error.cause())
}

/// Makes an error on the way to the proxy, or while it is asked for a tunnel, one of the proxy. Timeouts, cancels and
/// faulty settings keep their status.
fn at_proxy(proxy: &Proxy, error: Error) -> Error {
    let error = match error.status() {
        Status::Timeout | Status::Cancelled | Status::Configuration => error,
        _ => Error::quoting(Status::ProxyFailed, error.cause(), error.to_message()),
    };
    error.at(format_args!("the proxy {}", proxy.with_source()))
}

/// The `error` of a proxy that cannot be reached. Often it is one that another program has set and not removed. Where no
/// name can be looked up, there is no network.
fn not_reached(proxy: &Proxy, error: Error) -> Error {
    let advice = match proxy.source {
        _ if !error.nobody_answered() => return error,
        _ if matches!(error.cause(), Cause::ResolverUnavailable | Cause::ResolverFailed) => return error,
        Source::Program => return error,
        Source::Variable(_) | Source::InternetOptions => "; if there is no such proxy any more, remove it from there",
        Source::Script(_) | Source::Detected => {
            "; if there is no such proxy any more, the network's administrator has to correct the script"
        }
    };
    Error::quoting(error.status(), error.cause(), error.to_message().then(advice))
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
