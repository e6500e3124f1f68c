//! What the tests of TLS and of trust share: a server that allows everything to whoever asks, a client with a secret
//! token, and what has to hold whenever the client does not trust the server.
#![allow(dead_code, unused_imports, reason = "each test program uses its part of this")]

pub(crate) mod openssl;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use qls_precheck_core::{Cause, Client, Level, Outcome, Status, Trust, Verdict};
use rustls::ServerConfig;
use support::pki::{Ca, Identity};
pub(crate) use support::{ALLOWED, CONSUMERS, TOKEN};
use support::{RawServer, Request, read_request, reply, tls};
use tempfile::TempDir;

/// A server that allows everything to whoever believes `identity`.
pub(crate) fn server(identity: &Identity) -> RawServer {
    server_with(tls::server_config(identity))
}

/// A server with these TLS settings that allows everything.
pub(crate) fn server_with(config: Arc<ServerConfig>) -> RawServer {
    RawServer::serving(move |stream, requests| answer(&config, stream, requests))
}

/// Makes the handshake, answers one request, and says goodbye.
pub(crate) fn answer(config: &Arc<ServerConfig>, stream: &mut TcpStream, requests: &Mutex<Vec<Request>>) {
    let mut stream = tls::accept(config, stream.try_clone().expect("a second handle"));
    if let Some(request) = read_request(&mut stream) {
        requests.lock().expect("no test panicked here").push(request);
        let _ = stream.write_all(&reply(200, ALLOWED));
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
}

/// A peer that reads the client's first bytes, and does what `then` says.
pub(crate) fn scripted(then: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> RawServer {
    RawServer::serving(move |stream, _| {
        if stream.read(&mut [0; 16 * 1024]).is_ok_and(|count| count > 0) {
            then(stream);
        }
    })
}

/// A client of `https://{host}:port` that tries once, and believes only `ca`.
pub(crate) fn client(server: &RawServer, host: &str, ca: &str) -> Client {
    let mut client = Client::new();
    client.set_server(Some(&format!("https://{host}:{}", server.address().port()))).expect("an address");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_ca_pem(Some(ca)).expect("a CA");
    client.set_trust(Trust::GivenOnly);
    client.set_retries(0);
    client
}

/// A client that trusts the system, and nothing else if nothing is `given`.
pub(crate) fn of_system(server: &RawServer, given: Option<&str>) -> Client {
    let mut client = client(server, "localhost", "none");
    client.set_ca_pem(given).expect("a CA");
    client.set_trust(Trust::System);
    client
}

/// Servers of two CAs, with the CAs' certificates.
pub(crate) fn two() -> [(RawServer, String); 2] {
    ["The first CA", "The second CA"].map(|name| {
        let ca = Ca::new(name);
        (server(&ca.identity(&["localhost"])), ca.pem())
    })
}

/// A folder of the test's own.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// One `check`, with everything in which a secret could be found afterwards.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) outcome: Outcome,
    pub(crate) log: String,
    pub(crate) client: String,
    pub(crate) took: Duration,
}

/// Asks for [`CONSUMERS`], with every log line.
pub(crate) fn ask(client: Client) -> Asked {
    ask_for(client, CONSUMERS)
}

pub(crate) fn ask_for(mut client: Client, consumers: &str) -> Asked {
    let log = Arc::new(Mutex::new(String::new()));
    let sink = log.clone();
    client.set_log(Level::Trace, move |_, line| {
        let mut log = sink.lock().expect("no test panicked here");
        log.push_str(line);
        log.push('\n');
    });
    let start = Instant::now();
    let outcome = client.check(Some(TOKEN), consumers);
    let took = start.elapsed();
    let log = log.lock().expect("no test panicked here").clone();
    assert!(!log.is_empty(), "nothing was logged, so that a secret in a log line would not be seen");
    Asked { outcome, log, client: format!("{client:?}"), took }
}

impl Asked {
    pub(crate) fn message(&self) -> &str {
        self.outcome.message()
    }

    /// It ended like this, with no verdict, in a message fit to be shown.
    #[track_caller]
    pub(crate) fn failed(&self, status: Status, cause: Cause) -> &Self {
        let outcome = &self.outcome;
        assert_eq!((outcome.status(), outcome.cause()), (status, Some(cause)), "{}", outcome.message());
        assert_eq!(outcome.http_status(), 0, "there was no reply: {}", outcome.message());
        assert!(!outcome.is_allowed("9876"), "allowed by nobody");
        assert!(outcome.components().iter().all(|component| component.verdict == Verdict::Unknown));
        assert_eq!(outcome.document().get("/cause").as_deref(), Some(cause.as_str()));
        assert_eq!(outcome.document().get("/components/0/verdict").as_deref(), Some("unknown"));
        let message = outcome.message();
        assert!(!message.is_empty() && message.len() <= 2000, "{} bytes", message.len());
        for text in [message, &self.log] {
            let deceiving =
                |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\0';
            assert!(!text.contains(deceiving), "{text:?}");
        }
        self.hides(TOKEN)
    }

    /// `secret` is nowhere that somebody could read it.
    #[track_caller]
    pub(crate) fn hides(&self, secret: &str) -> &Self {
        let error = self.outcome.error().map(|error| format!("{error:?} {error}")).unwrap_or_default();
        for (place, text) in [
            ("message", self.outcome.message()),
            ("JSON", &self.outcome.to_json()),
            ("outcome's Debug", &format!("{:?}", self.outcome)),
            ("error", &error),
            ("client's Debug", &self.client),
            ("log", &self.log),
        ] {
            assert!(!text.contains(secret), "the secret is in the {place}: {text}");
        }
        self
    }

    /// The message tells all of `words`.
    #[track_caller]
    pub(crate) fn tells(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.message().contains(word), "{word:?} is not in: {}", self.message());
        }
        self
    }

    /// The message has none of `words`.
    #[track_caller]
    pub(crate) fn does_not_tell(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(!self.message().contains(word), "{word:?} is in: {}", self.message());
        }
        self
    }

    /// The server was believed and asked.
    #[track_caller]
    pub(crate) fn allowed(&self) -> &Self {
        assert_eq!(self.outcome.status(), Status::Ok, "{}", self.message());
        assert!(self.outcome.is_allowed("9876"));
        self.hides(TOKEN)
    }
}

/// Asks `server` by the name localhost, and expects its certificate to be refused before anything is sent.
#[track_caller]
pub(crate) fn untrusted(server: &RawServer, host: &str, ca: &Ca, cause: Cause) -> Asked {
    let asked = ask(client(server, host, &ca.pem()));
    asked.failed(Status::TlsUntrusted, cause).tells(&["the certificate cannot be trusted", host]);
    assert!(server.requests().is_empty(), "the token was sent to a server that proved nothing");
    asked
}

const CHILD: &str = "QLS_TEST_RUNS_AS_CHILD";

/// Runs `body` in a process of its own with these environment variables, since all tests of this program share its
/// environment. That process runs the test `test` alone, which comes here again and then calls `body`.
#[track_caller]
pub(crate) fn with_environment(test: &str, variables: &[(&str, &str)], body: impl FnOnce()) {
    if std::env::var_os(CHILD).is_some() {
        body();
        println!("{test} ran to its end");
        return;
    }
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([test, "--exact", "--nocapture", "--include-ignored"]).env(CHILD, "1");
    command.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
    let output = support::run(command.envs(variables.iter().copied()));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(&format!("{test} ran to its end")), "the test did not run: {said}");
}
