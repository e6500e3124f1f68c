//! A running stand-in: its thread, its address, and its end.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use axum_server::{
    Handle, Server,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio::{net::TcpListener, runtime};

use crate::{
    Error, Options, SeenRequest,
    endpoint::{self, Shared},
    rate::RateLimit,
    stage::{self, Stage},
    switches::Switches,
    tls, token,
};

/// How long requests under way may take to finish when the stand-in stops.
const GRACE: Duration = Duration::from_millis(500);

/// How long [`Standin::token`] is good for: longer than a working day.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// A running stand-in. It serves from a thread of its own and stops when it is dropped.
///
/// Its functions block; in async code, call them where blocking is allowed.
pub struct Standin {
    addr: SocketAddr,
    url: String,
    stage_url: Option<String>,
    seen: Arc<Mutex<Vec<SeenRequest>>>,
    handle: Handle<SocketAddr>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl fmt::Debug for Standin {
    /// Leaves out the stage's address, which has a secret, and the requests, which have tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standin").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Standin {
    /// Starts a stand-in; when this returns, it accepts connections.
    pub fn start(options: Options) -> Result<Self, Error> {
        let prefix = normal_prefix(&options.path_prefix)?;
        let tls = options.tls.as_ref().map(tls::config).transpose()?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("qls-standin")
            .enable_all()
            .build()
            .map_err(|e| Error::new(format!("cannot start the server's threads: {e}")))?;
        let listen = |addr| {
            let listening = async {
                let listener = TcpListener::bind(addr).await?;
                let addr = listener.local_addr()?;
                io::Result::Ok((listener, addr))
            };
            runtime.block_on(listening).map_err(|e| Error::new(format!("cannot listen on {addr}: {e}")))
        };
        let (listener, addr) = listen(options.listen)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{addr}{prefix}");
        let switches = Arc::new(Switches::new(options.faults, options.licenses));
        let mut stage = None;
        if options.stage {
            // Loopback, wherever the stand-in listens: who reaches it over a network must not work its switches.
            let (listener, addr) = listen((Ipv4Addr::LOCALHOST, 0).into())?;
            let shown = Stage::new(addr, url.clone(), switches.clone(), options.today)?;
            stage = Some((listener, Arc::new(shown)));
        }
        let stage_url = stage.as_ref().map(|(_, stage)| stage.url());
        let seen = Arc::<Mutex<Vec<SeenRequest>>>::default();
        let app = endpoint::router(
            &prefix,
            Arc::new(Shared {
                switches,
                rate_limit: RateLimit::new(options.rate_limit),
                today: options.today,
                seen: options.keep_requests.then(|| seen.clone()),
                stage: stage.as_ref().map(|(_, stage)| stage.clone()),
            }),
        )
        .into_make_service_with_connect_info::<SocketAddr>();

        let handle = Handle::new();
        let server =
            Server::<SocketAddr>::from_listener(listener).acceptor(NoDelayAcceptor::new()).handle(handle.clone());
        let thread = thread::Builder::new()
            .name("qls-standin".into())
            .spawn(move || {
                runtime.block_on(async {
                    if let Some((listener, stage)) = stage {
                        // It ends with the runtime, whatever pages are open.
                        tokio::spawn(axum::serve(listener, stage::router(stage)).into_future());
                    }
                    match tls {
                        None => server.serve(app).await,
                        Some(config) => {
                            let config = RustlsConfig::from_config(config);
                            server.map(|tcp| RustlsAcceptor::new(config).acceptor(tcp)).serve(app).await
                        }
                    }
                })
            })
            .map_err(|e| Error::new(format!("cannot start the server's thread: {e}")))?;
        Ok(Self { addr, url, stage_url, seen, handle, thread: Some(thread) })
    }

    /// The server address for clients, path prefix included: `http://127.0.0.1:43211/qls`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of its stage, if [`Options::stage`] asked for one. It is a secret: whoever
    /// knows it can work the switches.
    pub fn stage_url(&self) -> Option<&str> {
        self.stage_url.as_deref()
    }

    /// The socket address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// A token good for 24 hours; [`token`](crate::token) gives others.
    pub fn token(&self) -> String {
        token::token(TOKEN_LIFETIME)
    }

    /// The requests so far, in the order in which their bodies were complete. Requests with a
    /// body above the limit, or one that never ended, are not among them.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.seen.lock().expect("no holder of this lock panics").clone()
    }

    /// Stops it, as dropping it does: when this returns, the port is closed. Requests under way
    /// have half a second to finish.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        self.handle.graceful_shutdown(Some(GRACE));
        if let Some(thread) = self.thread.take() {
            // Whatever ended it, it has ended, and that is all that is wanted here.
            let _ = thread.join();
        }
    }
}

/// `qls/`, `/qls` and `/qls/` all become `/qls`; `/` becomes nothing.
fn normal_prefix(prefix: &str) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    let trimmed = prefix.trim_matches('/');
    match trimmed {
        "" => Ok(String::new()),
        _ if trimmed.chars().all(plain) => Ok(format!("/{trimmed}")),
        _ => Err(Error::new(format!(
            "the path prefix {prefix:?} may hold letters, digits and / - . _ ~ only, as in /qls"
        ))),
    }
}
