//! Proxies that answer what a test tells them to, and record every byte that they receive.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use support::pki::Identity;
use support::{RawServer, tls};

/// What a proxy says to make a tunnel.
pub(crate) const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// The bytes of each connection, one after the other.
type Heard = Arc<Mutex<Vec<Vec<u8>>>>;

trait Bytes: Read + Write {}
impl<T: Read + Write> Bytes for T {}

/// A proxy on a loopback port.
pub(crate) struct Proxy {
    server: RawServer,
    heard: Heard,
}

impl Proxy {
    /// Has `talk` lead each conversation.
    pub(crate) fn talking(talk: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        Self::over(|stream| Box::new(stream), talk)
    }

    /// Has `talk` lead each conversation, over TLS.
    pub(crate) fn secure(identity: &Identity, talk: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        let config = tls::server_config(identity);
        Self::over(move |stream| Box::new(tls::accept(&config, stream)), talk)
    }

    fn over(
        wrap: impl Fn(TcpStream) -> Box<dyn Bytes> + Send + Sync + 'static,
        talk: impl Fn(&mut Peer) + Send + Sync + 'static,
    ) -> Self {
        let heard = Heard::default();
        let server = RawServer::serving({
            let heard = heard.clone();
            move |stream, _| {
                let index = {
                    let mut heard = heard.lock().expect("no test panicked here");
                    heard.push(Vec::new());
                    heard.len() - 1
                };
                let (Ok(tcp), Ok(inner)) = (stream.try_clone(), stream.try_clone()) else { return };
                talk(&mut Peer { tcp, stream: wrap(inner), heard: heard.clone(), index });
            }
        });
        Self { server, heard }
    }

    /// Reads the request for a tunnel, says `reply`, and waits for the client to hang up.
    pub(crate) fn replying(reply: impl Into<Vec<u8>>) -> Self {
        let reply = reply.into();
        Self::talking(move |peer| {
            peer.head();
            peer.say(&reply);
            peer.until_hang_up();
        })
    }

    /// Makes every tunnel that is asked for, to `server` whatever the name.
    pub(crate) fn connecting(server: SocketAddr) -> Self {
        Self::talking(move |peer| {
            peer.head();
            peer.say(ESTABLISHED);
            peer.tunnel(server);
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// `scheme://127.0.0.1:port`.
    pub(crate) fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.address())
    }

    /// `scheme://credentials@127.0.0.1:port`.
    pub(crate) fn url_with(&self, scheme: &str, credentials: &str) -> String {
        format!("{scheme}://{credentials}@{}", self.address())
    }

    /// What each connection so far was told.
    pub(crate) fn heard(&self) -> Vec<Vec<u8>> {
        self.heard.lock().expect("no test panicked here").clone()
    }

    /// What the only connection was told.
    #[track_caller]
    pub(crate) fn heard_once(&self) -> Vec<u8> {
        let mut heard = self.heard();
        assert_eq!(heard.len(), 1, "connections to the proxy");
        heard.remove(0)
    }

    /// The head of the only connection's request, as lines.
    #[track_caller]
    pub(crate) fn head(&self) -> Vec<String> {
        let heard = self.heard_once();
        let end = heard.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        String::from_utf8(heard[..end].to_vec()).expect("a head in UTF-8").lines().map(str::to_owned).collect()
    }
}

/// The client at the other end of a proxy's connection.
pub(crate) struct Peer {
    tcp: TcpStream,
    stream: Box<dyn Bytes>,
    heard: Heard,
    index: usize,
}

impl Peer {
    /// Reads some bytes and records them; returns 0 at the end.
    fn hear(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.heard.lock().expect("no test panicked here")[self.index].extend_from_slice(&buffer[..count]);
        Ok(count)
    }

    /// What this connection was told so far.
    pub(crate) fn heard(&self) -> Vec<u8> {
        self.heard.lock().expect("no test panicked here")[self.index].clone()
    }

    /// Reads up to the empty line.
    pub(crate) fn head(&mut self) -> String {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && matches!(self.hear(&mut byte), Ok(1)) {
            head.push(byte[0]);
        }
        String::from_utf8_lossy(&head).into_owned()
    }

    /// Reads `count` bytes; fewer where the client hangs up.
    pub(crate) fn take(&mut self, count: usize) -> Vec<u8> {
        let mut taken = Vec::new();
        let mut byte = [0];
        while taken.len() < count && matches!(self.hear(&mut byte), Ok(1)) {
            taken.push(byte[0]);
        }
        taken
    }

    pub(crate) fn say(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Listens without a word.
    pub(crate) fn until_hang_up(&mut self) {
        let mut buffer = [0; 4096];
        while matches!(self.hear(&mut buffer), Ok(1..)) {}
    }

    /// Carries bytes between the client and `server` until either hangs up. One thread looks at both in turn:
    /// a TLS stream cannot be read and written by two.
    pub(crate) fn tunnel(&mut self, server: SocketAddr) {
        const GLANCE: Option<Duration> = Some(Duration::from_millis(5));
        let Ok(mut server) = TcpStream::connect(server) else { return };
        if self.tcp.set_read_timeout(GLANCE).is_err() || server.set_read_timeout(GLANCE).is_err() {
            return;
        }
        let nothing_yet = |error: &io::Error| {
            matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
        };
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.hear(&mut buffer) {
                Ok(0) => return,
                Ok(count) if server.write_all(&buffer[..count]).is_err() => return,
                Err(error) if !nothing_yet(&error) => return,
                _ => {}
            }
            match server.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) if !self.say(&buffer[..count]) => return,
                Err(error) if !nothing_yet(&error) => return,
                _ => {}
            }
        }
    }
}

/// What a SOCKS5 client asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SocksRequest {
    /// 1 IPv4, 3 name, 4 IPv6.
    pub(crate) kind: u8,
    pub(crate) host: Vec<u8>,
    pub(crate) port: u16,
}

/// A whole, proper SOCKS5 reply: connected.
pub(crate) const SOCKS_CONNECTED: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

impl Peer {
    /// Reads the methods that a SOCKS5 client offers.
    pub(crate) fn socks_methods(&mut self) -> Vec<u8> {
        match self.take(2)[..] {
            [5, count] => self.take(count.into()),
            _ => Vec::new(),
        }
    }

    /// Reads user name and password (RFC 1929).
    pub(crate) fn socks_credentials(&mut self) -> (Vec<u8>, Vec<u8>) {
        let user = match self.take(2)[..] {
            [1, length] => self.take(length.into()),
            _ => Vec::new(),
        };
        let password = match self.take(1)[..] {
            [length] => self.take(length.into()),
            _ => Vec::new(),
        };
        (user, password)
    }

    /// Reads where to connect.
    pub(crate) fn socks_request(&mut self) -> SocksRequest {
        let [5, 1, 0, kind] = self.take(4)[..] else { return SocksRequest::default() };
        let length = match kind {
            1 => 4,
            4 => 16,
            _ => self.take(1).first().copied().unwrap_or_default().into(),
        };
        let host = self.take(length);
        let port = self.take(2).try_into().map(u16::from_be_bytes).unwrap_or_default();
        SocksRequest { kind, host, port }
    }
}
