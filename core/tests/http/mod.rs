//! Scripted HTTP servers, plain and through TLS, and what every test of a fault asserts besides its own matter.
#![allow(dead_code, unused_imports, reason = "each test program uses its part of this")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use qls_precheck_core::{Cause, Client, Outcome, Status, Trust, Verdict};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use support::pki::Ca;
pub(crate) use support::{ALLOWED, CONSUMERS, TOKEN};
use support::{RawServer, Request, read_request, tls};

pub(crate) const DENIED: &str = r#"{"status":true,"message":"No.","data":[{"component_id":"9876","consumer_id":"qtcreator","installtion_allowed":false}]}"#;
pub(crate) const LICENSES: &str = r#"{"status":true,"message":"These.","licenses":[]}"#;

/// Long enough for anything that is not about time, also on a busy machine.
pub(crate) const AMPLE: Duration = Duration::from_secs(60);
/// For what only a deadline can end.
pub(crate) const DEADLINE: Duration = Duration::from_millis(600);

/// What bytes travel through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    Plain,
    Tls,
}

pub(crate) const WIRES: [Wire; 2] = [Wire::Plain, Wire::Tls];

impl Wire {
    /// A server that gives each connection to `script`; the connection ends with it.
    pub(crate) fn serve(self, script: impl Fn(&mut Conn) + Send + Sync + 'static) -> Server {
        let counts = Arc::new(Counts::default());
        let shared = counts.clone();
        let raw = RawServer::serving(move |stream, _| {
            // What is sent is on the way at once, and no reset takes it back.
            stream.set_nodelay(true).expect("a socket option");
            let number = shared.connections.fetch_add(1, Ordering::SeqCst);
            let clone = || stream.try_clone().expect("another handle of the socket");
            let mut tls = (self == Wire::Tls).then(|| tls::accept(&PKI.config, clone()));
            if let Some(tls) = &mut tls {
                while tls.conn.is_handshaking() {
                    if tls.conn.complete_io(&mut tls.sock).is_err() {
                        return;
                    }
                }
                shared.handshakes.fetch_add(1, Ordering::SeqCst);
            }
            script(&mut Conn { number, tcp: clone(), tls, counts: shared.clone() });
        });
        Server { raw, wire: self, counts }
    }
}

/// A server that reads one request of each connection, sends `reply` and then waits for the client to hang up, so
/// that nothing but the reply itself can tell the client that it is complete or wrong.
pub(crate) fn answering(wire: Wire, reply: impl Into<Vec<u8>>) -> Server {
    let reply = reply.into();
    wire.serve(move |conn| {
        conn.request();
        let _ = conn.send(&reply);
        conn.drain();
    })
}

/// A server that reads one request of each connection, sends `reply` and hangs up.
pub(crate) fn answering_once(wire: Wire, reply: impl Into<Vec<u8>>) -> Server {
    let reply = reply.into();
    wire.serve(move |conn| {
        conn.request();
        let _ = conn.send(&reply);
    })
}

struct Pki {
    ca: String,
    config: Arc<ServerConfig>,
}

static PKI: LazyLock<Pki> = LazyLock::new(|| {
    let ca = Ca::new("CA of a test");
    Pki { ca: ca.pem(), config: tls::server_config(&ca.identity(&["127.0.0.1"])) }
});

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    handshakes: AtomicUsize,
    requests: AtomicUsize,
}

pub(crate) struct Server {
    raw: RawServer,
    wire: Wire,
    counts: Arc<Counts>,
}

impl Server {
    /// A client for this server that trusts its CA only, never repeats by itself, and has ample time.
    pub(crate) fn client(&self) -> Client {
        let scheme = if self.wire == Wire::Tls { "https" } else { "http" };
        let mut client = client(&format!("{scheme}://{}", self.raw.address()));
        client.set_trust(Trust::GivenOnly);
        client.set_ca_pem(Some(&PKI.ca)).expect("the test's CA");
        client
    }

    /// Its address with `http://` in front, whatever it speaks.
    pub(crate) fn url_without_tls(&self) -> String {
        self.raw.url()
    }

    /// Connections accepted so far.
    pub(crate) fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// TLS handshakes completed so far.
    pub(crate) fn handshakes(&self) -> usize {
        self.counts.handshakes.load(Ordering::SeqCst)
    }

    /// Requests read whole so far.
    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }
}

/// A client for `url` without proxy and repetitions, with ample time.
pub(crate) fn client(url: &str) -> Client {
    let mut client = Client::new();
    client.set_server(Some(url)).expect("a server's address");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_timeout(AMPLE).expect("a timeout");
    client.set_retries(0);
    client
}

/// The server's end of a connection.
pub(crate) struct Conn {
    /// 0 for the first connection that the server accepted.
    pub(crate) number: usize,
    tcp: TcpStream,
    tls: Option<StreamOwned<ServerConnection, TcpStream>>,
    counts: Arc<Counts>,
}

impl Conn {
    /// Reads a whole request; None when the client has hung up.
    pub(crate) fn request(&mut self) -> Option<Request> {
        let request = read_request(&mut *self)?;
        self.counts.requests.fetch_add(1, Ordering::SeqCst);
        Some(request)
    }

    /// Reads a little of a request and leaves the rest of it on the way.
    pub(crate) fn beginning_of_request(&mut self) {
        let _ = self.read(&mut [0; 64]);
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.write_all(bytes.as_ref())?;
        self.flush()
    }

    /// Sends `piece` again and again until the client hangs up, with `pause` in between.
    pub(crate) fn send_endlessly(&mut self, piece: impl AsRef<[u8]>, pause: Duration) {
        while self.send(piece.as_ref()).is_ok() {
            std::thread::sleep(pause);
        }
    }

    /// Waits until the client hangs up.
    pub(crate) fn drain(&mut self) {
        while matches!(self.read(&mut [0; 64 * 1024]), Ok(1..)) {}
    }

    /// Says that no more will be sent: close_notify where there is TLS, then FIN.
    pub(crate) fn say_goodbye(&mut self) {
        if let Some(tls) = &mut self.tls {
            tls.conn.send_close_notify();
            let _ = tls.flush();
        }
        let _ = self.tcp.shutdown(Shutdown::Write);
    }

    /// Lets the connection end, when the script ends, with a reset.
    pub(crate) fn reset_at_end(&self) {
        socket2::SockRef::from(&self.tcp).set_linger(Some(Duration::ZERO)).expect("a socket option");
    }

    /// Neither reads nor closes, for longer than any test takes; the thread ends with the test program.
    pub(crate) fn stay_deaf(&self) {
        std::thread::sleep(2 * AMPLE);
    }
}

impl Read for Conn {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.tls {
            Some(tls) => tls.read(buffer),
            None => self.tcp.read(buffer),
        }
    }
}

impl Write for Conn {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.tls {
            Some(tls) => tls.write(bytes),
            None => self.tcp.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.tls {
            Some(tls) => tls.flush(),
            None => self.tcp.flush(),
        }
    }
}

/// A reply with status 200 and these header fields, each ended by its line break.
pub(crate) fn ok(fields: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{fields}\r\n{body}").into_bytes()
}

/// A reply with a Content-Length.
pub(crate) fn whole(status: u16, body: &str) -> Vec<u8> {
    support::reply(status, body)
}

/// Consumers whose request is larger than all buffers on the way can be.
pub(crate) fn twenty_megabytes() -> String {
    format!(r#"[{{"consumer_id":"qtcreator","component_id":"9876","padding":"{}"}}]"#, "x".repeat(20_000_000))
}

pub(crate) fn check(client: &Client) -> Outcome {
    client.check(Some(TOKEN), CONSUMERS)
}

/// Asserts a success with the verdict "allowed".
#[track_caller]
pub(crate) fn allowed(outcome: &Outcome, what: &str) {
    assert_eq!(outcome.status(), Status::Ok, "{what}: {}", outcome.message());
    assert!(outcome.is_allowed("9876"), "{what}: {}", outcome.to_json());
    keeps_the_secret(outcome, what);
}

/// Asserts a failure: its status, its cause, that nothing is allowed, and that the token is not told.
#[track_caller]
pub(crate) fn refused(outcome: &Outcome, status: Status, cause: Cause, what: &str) {
    let got = (outcome.status(), outcome.cause());
    assert_eq!(got, (status, Some(cause)), "{what}: {}", outcome.message());
    assert!(!outcome.is_allowed("9876"), "{what}");
    assert!(outcome.components().iter().all(|component| component.verdict == Verdict::Unknown), "{what}");
    keeps_the_secret(outcome, what);
}

#[track_caller]
fn keeps_the_secret(outcome: &Outcome, what: &str) {
    for text in [outcome.message(), &outcome.to_json(), &format!("{outcome:?}"), &format!("{:?}", outcome.error())] {
        assert!(!text.contains(TOKEN), "{what}: the token is in {text}");
    }
}

/// Asserts that only its deadline ends a check of this server, and that it does.
#[track_caller]
pub(crate) fn ends_at_deadline(server: &Server, consumers: &str, what: &str) {
    ends_at(DEADLINE, server, consumers, what);
}

/// Asserts that only `deadline` ends a check of this server, and that it does.
#[track_caller]
pub(crate) fn ends_at(deadline: Duration, server: &Server, consumers: &str, what: &str) {
    let mut client = server.client();
    client.set_timeout(deadline).expect("a timeout");
    let start = Instant::now();
    let outcome = client.check(Some(TOKEN), consumers);
    let took = start.elapsed();
    refused(&outcome, Status::Timeout, Cause::Deadline, what);
    assert!((deadline..deadline + Duration::from_secs(2)).contains(&took), "{what}: it took {took:?}");
}

/// Runs `test` for each of `rows` at the same time: most of them only wait.
pub(crate) fn at_once<T: Send>(rows: impl IntoIterator<Item = T>, test: impl Fn(T) + Sync) {
    std::thread::scope(|scope| {
        for row in rows {
            let test = &test;
            scope.spawn(move || test(row));
        }
    });
}

/// Checks with a server that sends this reply and stays, and with one that hangs up afterwards: both are answers.
#[track_caller]
pub(crate) fn is_fine(reply: &[u8], what: &str) {
    for wire in WIRES {
        for server in [answering(wire, reply), answering_once(wire, reply)] {
            allowed(&check(&server.client()), what);
        }
    }
}
