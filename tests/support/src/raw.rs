//! A server that answers byte for byte what a test says, for replies that no well-kept server would send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Request {
    /// Request line and header fields.
    pub head: String,
    /// As many bytes as Content-Length promised.
    pub body: Vec<u8>,
}

/// Answers connection after connection on a loopback port until it is dropped.
#[derive(Debug)]
pub struct RawServer {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl RawServer {
    /// Reads one request of each connection, writes `reply`, and closes.
    pub fn replying(reply: impl Into<Vec<u8>>) -> Self {
        let reply = reply.into();
        Self::serving(move |stream, requests| {
            if let Some(request) = read_request(&*stream) {
                requests.lock().expect("no test panicked here").push(request);
                let _ = stream.write_all(&reply);
            }
        })
    }

    /// Gives each connection to `serve`, on a thread of its own.
    pub fn serving(serve: impl Fn(&mut TcpStream, &Mutex<Vec<Request>>) + Send + Sync + 'static) -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)), serve)
    }

    /// As [`serving`](Self::serving), at an address of the caller's: for a network of a test's own.
    pub fn at(
        address: SocketAddr,
        serve: impl Fn(&mut TcpStream, &Mutex<Vec<Request>>) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).expect("a port of this machine");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let thread = {
            let (requests, stopping, serve) = (requests.clone(), stopping.clone(), Arc::new(serve));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if stopping.load(Ordering::SeqCst) {
                        break;
                    }
                    let Ok(mut stream) = stream else { continue };
                    let (requests, serve) = (requests.clone(), serve.clone());
                    thread::spawn(move || {
                        let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
                        let _ = stream.set_write_timeout(Some(Duration::from_secs(20)));
                        serve(&mut stream, &requests);
                    });
                }
            })
        };
        Self { address, requests, stopping, thread: Some(thread) }
    }

    /// Its address as a client's server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no test panicked here").clone()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads one request, plain or through TLS; None where the peer hung up before its end.
pub fn read_request(stream: impl Read) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().to_owned())
    });
    let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Request { head, body })
}

/// A complete reply: status line, the usual fields, the body with its length. With 429 it says that there is no
/// point in asking again soon: a client would, until its deadline.
pub fn reply(status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let later = if status == 429 { "Retry-After: 86400\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {status} Some\r\nContent-Type: application/json\r\n{later}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
