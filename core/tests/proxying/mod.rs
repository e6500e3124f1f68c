//! What the tests of proxies share: a client that is asked, everything it said, and servers to lead it to.

// Each test binary uses a part of it.
#![allow(dead_code, unused_imports)]

#[cfg(target_os = "linux")]
pub(crate) mod child;
pub(crate) mod script;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use qls_precheck_core::{Cause, Client, Level, Outcome, Status, Verdict};
use support::pki::Identity;
pub(crate) use support::{ALLOWED, CONSUMERS, TOKEN};
use support::{RawServer, read_request, reply, tls};

/// The name of another machine, so that a proxy is used. Only the proxy has to know it.
pub(crate) const HOST: &str = "licenses.example.com";

/// A client of `server` that never asks twice, with time enough for a slow machine.
pub(crate) fn client(server: &str, proxy: &str) -> Client {
    let mut client = Client::new();
    client.set_server(Some(server)).expect("a server's address");
    client.set_proxy(Some(proxy)).expect("a proxy's address");
    client.set_allow_plain_http(true);
    client.set_retries(0);
    client.set_timeout(Duration::from_secs(20)).expect("a timeout");
    client.set_connect_timeout(Duration::from_secs(20)).expect("a timeout");
    client
}

/// One call, and everything that the library showed of it.
pub(crate) struct Asked {
    pub(crate) outcome: Outcome,
    /// Message, JSON, Debug of outcome and client, and every log line.
    pub(crate) said: String,
    pub(crate) took: Duration,
}

/// Asks whether the component may be installed, with the log wide open.
pub(crate) fn ask(client: &mut Client) -> Asked {
    let lines = Arc::new(Mutex::new(String::new()));
    client.set_log(Level::Trace, {
        let lines = lines.clone();
        move |level, line| lines.lock().expect("no test panicked here").push_str(&format!("{level:?}: {line}\n"))
    });
    let start = Instant::now();
    let outcome = client.check(Some(TOKEN), CONSUMERS);
    let took = start.elapsed();
    let lines = lines.lock().expect("no test panicked here").clone();
    assert!(!lines.is_empty(), "nothing was logged, so the log proves nothing");
    let said = format!("{}\n{}\n{outcome:?}\n{client:?}\n{lines}", outcome.message(), outcome.to_json());
    Asked { outcome, said, took }
}

impl Asked {
    /// It ended in this failure, gave no verdict, and showed the token nowhere.
    #[track_caller]
    pub(crate) fn failed(&self, status: Status, cause: Cause) -> &Self {
        let outcome = &self.outcome;
        assert_eq!((outcome.status(), outcome.cause()), (status, Some(cause)), "{}", self.said);
        assert!(!outcome.is_allowed("9876"), "{}", self.said);
        assert!(outcome.components().iter().all(|component| component.verdict == Verdict::Unknown), "{}", self.said);
        assert!(outcome.to_json().contains(&format!("\"cause\":\"{}\"", cause.as_str())), "{}", self.said);
        self.hid(&[TOKEN])
    }

    #[track_caller]
    pub(crate) fn succeeded(&self) -> &Self {
        assert_eq!(self.outcome.status(), Status::Ok, "{}", self.said);
        assert!(self.outcome.is_allowed("9876"), "{}", self.said);
        self.hid(&[TOKEN])
    }

    /// None of `secrets` was shown anywhere.
    #[track_caller]
    pub(crate) fn hid(&self, secrets: &[&str]) -> &Self {
        for secret in secrets {
            assert!(!self.said.contains(secret), "{secret:?} was shown: {}", self.said);
        }
        self
    }

    /// The message has each of `words`.
    #[track_caller]
    pub(crate) fn told(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.outcome.message().contains(word), "{word:?} is missing: {}", self.outcome.message());
        }
        self
    }

    /// It took at least `deadline`, and not much more: the bound is that of a busy machine, and below the client's other
    /// time limits.
    #[track_caller]
    pub(crate) fn ended_at(&self, deadline: Duration) -> &Self {
        assert!(self.took >= deadline, "{:?} is too early: {}", self.took, self.said);
        assert!(self.took < deadline + Duration::from_secs(10), "{:?} is too late: {}", self.took, self.said);
        self
    }
}

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Replies to every request of every connection, over plain http, that the component is allowed.
pub(crate) fn server() -> RawServer {
    RawServer::serving(|stream, requests| {
        while let Some(request) = read_request(&mut *stream) {
            requests.lock().expect("no test panicked here").push(request);
            if std::io::Write::write_all(stream, &reply(200, ALLOWED)).is_err() {
                return;
            }
        }
    })
}

/// Replies to every request of every connection, over TLS, that the component is allowed.
pub(crate) fn tls_server(identity: &Identity) -> RawServer {
    let config = tls::server_config(identity);
    RawServer::serving(move |stream, requests| {
        let Ok(stream) = stream.try_clone() else { return };
        let mut stream = tls::accept(&config, stream);
        while let Some(request) = read_request(&mut stream) {
            requests.lock().expect("no test panicked here").push(request);
            let written = std::io::Write::write_all(&mut stream, &reply(200, ALLOWED));
            if written.and_then(|()| std::io::Write::flush(&mut stream)).is_err() {
                return;
            }
        }
    })
}

/// The server has seen so many requests, each with the token.
#[track_caller]
pub(crate) fn assert_has_token(server: &RawServer, requests: usize) {
    let seen = server.requests();
    assert_eq!(seen.len(), requests, "{seen:?}");
    for request in seen {
        assert!(request.head.contains(&format!("\r\nauthorization: Bearer {TOKEN}\r\n")), "{}", request.head);
        assert!(!request.head.to_lowercase().contains("proxy-"), "the server was told of the proxy: {}", request.head);
    }
}

/// An address at which nothing listens, and nobody else can, as long as its socket lives.
pub(crate) fn deserted() -> (socket2::Socket, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a loopback port");
    let address = socket.local_addr().ok().and_then(|address| address.as_socket()).expect("an address");
    (socket, address)
}
