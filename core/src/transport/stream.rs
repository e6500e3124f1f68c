//! A stream of bytes to and from a peer: a plain socket, or TLS over another stream.

use std::io::{self, Read, Write};

use super::early_reply::EarlyReply;
use super::socket::Socket;
use super::tls_stream::TlsStream;

/// A stream of bytes. Through an HTTPS proxy, the TLS stream to the server runs over the TLS stream to the proxy.
#[derive(Debug)]
pub(crate) enum Stream {
    Plain(Socket),
    Tls(Box<TlsStream>),
}

impl Stream {
    /// The socket at the bottom.
    pub(crate) fn socket(&mut self) -> &mut Socket {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => stream.inner().socket(),
        }
    }

    pub(crate) fn is_tls(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    /// Whether nothing has arrived and the peer has not hung up. Only then an idle connection can be used again.
    pub(crate) fn is_quiet(&mut self) -> bool {
        match self {
            Self::Plain(socket) => socket.is_quiet(),
            Self::Tls(stream) => stream.is_drained() && stream.inner().is_quiet(),
        }
    }

    /// Sets whether a write that has to wait gives up with `WouldBlock` as soon as the peer has sent something. Has no
    /// effect for TLS over TLS.
    pub(crate) fn yield_to_input(&mut self, yields: bool) {
        match self {
            Self::Plain(socket) => socket.yields_to_input = yields,
            Self::Tls(stream) => stream.yield_to_input(yields),
        }
    }

    /// Recognizes what the peer has sent. To be called when a write gave up because something has arrived.
    pub(crate) fn early_reply(&mut self) -> io::Result<EarlyReply> {
        match self {
            Self::Plain(socket) => socket.early_reply(),
            Self::Tls(stream) => stream.early_reply(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(buffer),
            Self::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
