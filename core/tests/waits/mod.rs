//! Peers that keep a client waiting for ever, one for each thing a call can wait for.
#![allow(dead_code, unused_imports, reason = "every file that has this module needs another part of it")]

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_core::{Client, Level, Outcome, Trust, Verdict};
use socket2::{Domain, SockAddr, Socket, Type};
pub(crate) use support::{ALLOWED, CONSUMERS, TOKEN};
use support::{RawServer, Request, pki::Ca, read_request, tls};

/// A server whose name only a proxy would have to know.
const FAR: &str = "https://licenses.example.com";

const DRIP: Duration = Duration::from_millis(200);

/// Something that a call waits for in vain.
pub(crate) struct Wait {
    /// What a client says it is doing.
    pub(crate) doing: &'static str,
    /// Whether ureq may notice before it that the time is over. It does not tell what it was doing.
    pub(crate) is_ureqs: bool,
    /// Part of the last log line before it.
    after: &'static str,
    server: String,
    proxy: String,
    ca: Option<String>,
    consumers: String,
    peer: Peer,
}

/// Kept for as long as the wait.
enum Peer {
    Nobody,
    Server(RawServer),
    Listener(Silent),
    /// At both addresses of localhost.
    Race(Silent, Option<Silent>),
}

impl Wait {
    fn of(peer: Peer, after: &'static str, doing: &'static str) -> Self {
        let server = match &peer {
            Peer::Server(server) => server.url(),
            Peer::Listener(silent) => format!("http://{}", silent.address),
            Peer::Race(silent, _) => format!("http://localhost:{}", silent.address.port()),
            Peer::Nobody => FAR.into(),
        };
        Self {
            doing,
            is_ureqs: false,
            after,
            server,
            proxy: String::new(),
            ca: None,
            consumers: CONSUMERS.into(),
            peer,
        }
    }

    /// Before the body comes.
    fn of_ureq(self) -> Self {
        Self { is_ureqs: true, ..self }
    }

    fn with_tls(mut self) -> Self {
        self.server = self.server.replace("http://", "https://");
        self
    }

    /// Makes the peer the proxy to a server far away.
    fn behind_proxy(mut self, scheme: &str) -> Self {
        self.proxy = self.server.replace("http", scheme);
        self.server = FAR.into();
        self
    }

    /// Waits for the resolver; only where a shim makes it silent.
    pub(crate) fn resolve() -> Self {
        Self::of(Peer::Nobody, "bytes)", "looking up licenses.example.com")
    }

    pub(crate) fn connect() -> Self {
        Self::of(Peer::Listener(Silent::full(Ipv4Addr::LOCALHOST, 0)), "bytes)", "connecting to 127.0.0.1")
    }

    pub(crate) fn race() -> Self {
        let one = Silent::full(Ipv4Addr::LOCALHOST, 0);
        // Without IPv6 the attempt at that address fails at once.
        let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
        let other = has_ipv6.then(|| Silent::full(Ipv6Addr::LOCALHOST, one.address.port()));
        Self::of(Peer::Race(one, other), "addresses of localhost", "connecting to 127.0.0.1")
    }

    pub(crate) fn connect_to_proxy() -> Self {
        Self { after: "through the proxy", ..Self::connect() }.behind_proxy("http")
    }

    pub(crate) fn connect_silent() -> Self {
        Self::of(Peer::Listener(Silent::new()), "connected to", "waiting for the proxy").behind_proxy("http")
    }

    pub(crate) fn connect_dripping() -> Self {
        let server = RawServer::serving(|stream, _| drip(stream, b"HTTP/1.1 200 Fine\r\nX-Slow: ", b'a'));
        Self::of(Peer::Server(server), "connected to", "waiting for the proxy").behind_proxy("http")
    }

    /// Only where the network's Kerberos is silent.
    pub(crate) fn ticket() -> Self {
        let head = "HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n";
        let wait = Self::of(Peer::Server(RawServer::replying(head)), "connected to", "asking Kerberos for a ticket");
        let wait = wait.behind_proxy("http");
        Self { proxy: wait.proxy.replace("127.0.0.1", "localhost"), ..wait }
    }

    pub(crate) fn socks_silent() -> Self {
        Self::of(Peer::Listener(Silent::new()), "connected to", "waiting for the proxy").behind_proxy("socks5")
    }

    pub(crate) fn socks_dripping() -> Self {
        // No authentication; connected, and now follows a long name.
        let server = RawServer::serving(|stream, _| drip(stream, &[5, 0, 5, 0, 0, 3, 255], b'a'));
        Self::of(Peer::Server(server), "connected to", "waiting for the proxy").behind_proxy("socks5")
    }

    pub(crate) fn handshake_silent() -> Self {
        Self::of(Peer::Listener(Silent::new()), "connected to", "in the TLS handshake").with_tls()
    }

    pub(crate) fn handshake_dripping() -> Self {
        // A handshake record of 8 KiB that begins with a ServerHello.
        let start = [22, 3, 3, 0x20, 0, 2, 0, 0x1f, 0xfc, 3, 3];
        let server = RawServer::serving(move |stream, _| drip(stream, &start, 0));
        Self::of(Peer::Server(server), "connected to", "in the TLS handshake").with_tls()
    }

    pub(crate) fn send() -> Self {
        let filler = "a".repeat(6 << 20);
        let consumers = CONSUMERS.replace("}]", &format!(r#","x":"{filler}"}}]"#));
        Self { consumers, ..Self::of(Peer::Listener(Silent::new()), "connected to", "sending the request").of_ureq() }
    }

    pub(crate) fn reply_silent() -> Self {
        Self::of(Peer::Listener(Silent::new()), "connected to", "waiting for the reply").of_ureq()
    }

    pub(crate) fn reply_silent_in_tls() -> Self {
        let ca = Ca::new("a CA for waits");
        let config = tls::server_config(&ca.identity(&["127.0.0.1"]));
        let server = RawServer::serving(move |stream, _| {
            let Ok(copy) = stream.try_clone() else { return };
            let mut secure = tls::accept(&config, copy);
            if read_request(&mut secure).is_some() {
                hang(stream);
            }
        });
        let wait = Self::of(Peer::Server(server), " with 127.0.0.1", "waiting for the reply").with_tls().of_ureq();
        Self { ca: Some(ca.pem()), ..wait }
    }

    pub(crate) fn head_dripping() -> Self {
        Self::answering(b"HTTP/1.1 200 Fine\r\nX-Slow: ", true).of_ureq()
    }

    pub(crate) fn body_silent() -> Self {
        Self::answering(b"HTTP/1.1 200 Fine\r\nContent-Length: 1000\r\n\r\n{\"status\": true,", false)
    }

    pub(crate) fn body_dripping() -> Self {
        Self::answering(b"HTTP/1.1 200 Fine\r\nContent-Length: 1000\r\n\r\n{\"message\": \"", true)
    }

    pub(crate) fn chunk_dripping() -> Self {
        Self::answering(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n{\"message\": \"", true)
    }

    /// The body of a refusal, of which only the beginning is needed.
    pub(crate) fn refusal_dripping() -> Self {
        Self::answering(b"HTTP/1.1 401 No\r\nContent-Length: 1000\r\n\r\n{\"message\": \"", true)
    }

    pub(crate) fn server_error_dripping() -> Self {
        Self::answering(b"HTTP/1.1 500 Broken\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n{\"message\": \"", true)
    }

    /// A server that is busy for longer than any test takes, but not for longer than a long deadline.
    pub(crate) fn backoff() -> Self {
        let busy = b"HTTP/1.1 429 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n";
        Self::of(Peer::Server(RawServer::replying(busy)), "asking again in", "waiting to ask again")
    }

    /// A server that is busy for good, and does not say for how long.
    pub(crate) fn backoffs() -> Self {
        let server = RawServer::serving(|stream, requests| {
            if note_request(stream, requests) {
                let _ = stream.write_all(b"HTTP/1.1 429 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            }
        });
        Self::of(Peer::Server(server), "asking again in", "")
    }

    /// A reply that begins with `start`, and then stalls or drips.
    fn answering(start: &'static [u8], dripping: bool) -> Self {
        let server = RawServer::serving(move |stream, requests| {
            if note_request(stream, requests) {
                if dripping {
                    drip(stream, start, b'a');
                } else {
                    let _ = stream.write_all(start);
                    hang(stream);
                }
            }
        });
        Self::of(Peer::Server(server), "connected to", "reading the reply")
    }

    /// A client that would have to wait, and what it has logged.
    pub(crate) fn client(&self, deadline: Duration) -> (Client, Arc<Log>) {
        let log = Arc::new(Log::default());
        let mut client = Client::new();
        client.set_server(Some(&self.server)).expect("a server");
        client.set_proxy(Some(&self.proxy)).expect("a proxy");
        client.set_timeout(deadline).expect("a timeout");
        client.set_connect_timeout(Duration::from_secs(50)).expect("a timeout");
        client.set_retries(0);
        client.set_trust(Trust::GivenOnly);
        let ca = self.ca.clone().unwrap_or_else(|| Ca::new("a CA nobody needs").pem());
        client.set_ca_pem(Some(&ca)).expect("a CA");
        let (sink, after) = (log.clone(), self.after);
        client.set_log(Level::Trace, move |_, line| sink.add(line, after));
        (client, log)
    }

    /// Asks, cancels `pause` after the wait has begun, and returns how long the call went on after that.
    pub(crate) fn cancel(&self, client: &Client, log: &Log, pause: Duration) -> (Outcome, Duration) {
        let done = &AtomicBool::new(false);
        thread::scope(|scope| {
            let canceler = scope.spawn(move || {
                while !log.reached.load(Ordering::SeqCst) && !done.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(1));
                }
                thread::sleep(pause);
                let at = Instant::now();
                client.cancel();
                at
            });
            let outcome = self.ask(client);
            let end = Instant::now();
            done.store(true, Ordering::SeqCst);
            let at = canceler.join().expect("no panic");
            (outcome, end.saturating_duration_since(at))
        })
    }

    /// How many requests the peer has read.
    pub(crate) fn requests(&self) -> usize {
        match &self.peer {
            Peer::Server(server) => server.requests().len(),
            Peer::Nobody | Peer::Listener(_) | Peer::Race(..) => 0,
        }
    }

    pub(crate) fn ask(&self, client: &Client) -> Outcome {
        client.check(Some(TOKEN), self.consumers.clone())
    }
}

/// The log lines of one client.
#[derive(Debug, Default)]
pub(crate) struct Log {
    reached: AtomicBool,
    lines: Mutex<Vec<String>>,
}

impl Log {
    fn add(&self, line: &str, after: &str) {
        self.lines.lock().expect("no panic").push(line.to_owned());
        if line.contains(after) {
            self.reached.store(true, Ordering::SeqCst);
        }
    }

    /// All lines so far.
    pub(crate) fn text(&self) -> String {
        self.lines.lock().expect("no panic").join("\n")
    }
}

/// Nothing is allowed, and the token is nowhere.
pub(crate) fn assert_harmless(outcome: &Outcome, client: &Client, log: &str) {
    assert!(outcome.components().iter().all(|component| component.verdict == Verdict::Unknown), "{outcome:?}");
    assert!(!outcome.is_allowed("9876"), "{outcome:?}");
    let shown = format!("{} {} {outcome:?} {client:?} {log}", outcome.message(), outcome.to_json());
    assert!(!shown.contains(TOKEN), "{shown}");
}

/// A listener that never accepts. The system makes as many connections as its queue holds, and nobody reads from them.
pub(crate) struct Silent {
    pub(crate) address: SocketAddr,
    _listener: Socket,
    queued: Vec<Socket>,
}

impl Silent {
    pub(crate) fn new() -> Self {
        Self::listening(Ipv4Addr::LOCALHOST, 0, 1024)
    }

    /// A listener whose queue is full: it answers no connection attempt.
    pub(crate) fn full(ip: impl Into<IpAddr>, port: u16) -> Self {
        let mut silent = Self::listening(ip, port, 0);
        for _ in 0..16 {
            let socket = Socket::new(Domain::for_address(silent.address), Type::STREAM, None).expect("a socket");
            let connected = socket.connect_timeout(&silent.address.into(), Duration::from_millis(300)).is_ok();
            silent.queued.push(socket);
            if !connected {
                return silent;
            }
        }
        panic!("the queue of a listener is never full here");
    }

    fn listening(ip: impl Into<IpAddr>, port: u16, queue: i32) -> Self {
        let address = SocketAddr::new(ip.into(), port);
        let listener = Socket::new(Domain::for_address(address), Type::STREAM, None).expect("a socket");
        // Little room, so that a large request does not fit.
        listener.set_recv_buffer_size(4096).expect("a buffer size");
        listener.bind(&SockAddr::from(address)).expect("a loopback port");
        listener.listen(queue).expect("a listener");
        let address = listener.local_addr().ok().and_then(|address| address.as_socket()).expect("an address");
        Self { address, _listener: listener, queued: Vec::new() }
    }
}

fn note_request(stream: &mut TcpStream, requests: &Mutex<Vec<Request>>) -> bool {
    let request = read_request(&*stream);
    let complete = request.is_some();
    requests.lock().expect("no panic").extend(request);
    complete
}

/// Sends `start` and then `byte` after `byte`, until the peer hangs up.
fn drip(stream: &mut TcpStream, start: &[u8], byte: u8) {
    let mut sent = stream.write_all(start);
    while sent.is_ok() {
        thread::sleep(DRIP);
        sent = stream.write_all(&[byte]);
    }
}

/// Says nothing until the peer hangs up.
fn hang(stream: &mut TcpStream) {
    let mut rest = [0; 4096];
    loop {
        match stream.read(&mut rest) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return,
        }
    }
}
