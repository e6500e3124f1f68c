//! Bytes to and from a peer, plain or through TLS: reads and writes that wait with [`Patience`].

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use rustix::event::PollFlags;
use socket2::{Domain, Protocol, Type};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;

use super::connection::is_hang_up;
use super::deadline::Patience;
use super::tls_stream::TlsStream;

/// A connection's bytes.
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

    /// Whether nothing has arrived and the peer has not hung up: what an idle connection has to be like.
    pub(crate) fn is_quiet(&mut self) -> bool {
        match self {
            Self::Plain(socket) => socket.is_quiet(),
            Self::Tls(stream) => stream.is_drained() && stream.inner().is_quiet(),
        }
    }

    /// Whether a write that has to wait gives up with `WouldBlock` when the peer has sent something; every write,
    /// where the system would lose that. Not through two layers of TLS: the inner one could not tell whose bytes are left over.
    pub(crate) fn heed_input(&mut self, heed: bool) {
        match self {
            Self::Plain(socket) => socket.heeds_input = heed,
            Self::Tls(stream) => {
                if let Self::Plain(socket) = stream.inner() {
                    socket.heeds_input = heed;
                }
            }
        }
    }

    /// What a peer has sent while it was written to; called when it has sent something.
    pub(crate) fn heard(&mut self) -> io::Result<Heard> {
        match self {
            Self::Plain(socket) => {
                let mut start = [0; INTERIM.len()];
                let length = socket.stream.peek(&mut start)?;
                Ok(Heard::of(&start[..length]))
            }
            Self::Tls(stream) => stream.heard(),
        }
    }
}

/// How an interim reply begins; its second and third digit can be any.
const INTERIM: &[u8] = b"HTTP/1.1 1";

/// What a peer says before it has read the whole request.
pub(crate) enum Heard {
    /// Nothing that matters here.
    Nothing,
    /// Too little to tell.
    Unclear,
    /// "Go on" (100), or an announcement: the reply itself is still to come.
    Interim,
    /// Its reply, or its end: it wants no more.
    Reply,
}

impl Heard {
    /// What begins with these bytes; an end has none.
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [] => Self::Reply,
            _ if start.starts_with(INTERIM) => Self::Interim,
            _ if INTERIM.starts_with(start) => Self::Unclear,
            _ => Self::Reply,
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

/// A connected, non-blocking TCP socket.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    pub(crate) patience: Patience,
    pub(super) heeds_input: bool,
}

impl Socket {
    /// Connects to the first of `addresses` that answers, each with its share of the time.
    pub(crate) fn connect(addresses: &[SocketAddr], patience: &Patience) -> Result<Self, Error> {
        let mut failures = Vec::new();
        for (index, address) in addresses.iter().enumerate() {
            let patience = patience.doing(format!("connecting to {address}"));
            let mut share = patience.clone();
            if index + 1 < addresses.len() {
                // Half of what is left: a dead address must not use up the time of a good one.
                let half = share.until.saturating_duration_since(Instant::now()) / 2;
                share = share.for_connecting(half);
            }
            match Self::connect_to(address, &share) {
                // What follows may take all the time there is.
                Ok(stream) => return Ok(Self { stream, patience, heeds_input: false }),
                Err(error) => failures.push(connect_error(address, error)),
            }
            if failures.last().is_some_and(|error| error.status() == Status::Cancelled) {
                break;
            }
        }
        Err(summary(failures, patience))
    }

    fn connect_to(address: &SocketAddr, patience: &Patience) -> io::Result<TcpStream> {
        let socket = socket2::Socket::new(Domain::for_address(*address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        if let Err(error) = socket.connect(&(*address).into()) {
            let under_way = error.kind() == io::ErrorKind::WouldBlock || is_in_progress(&error);
            if !under_way && error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        let stream = TcpStream::from(socket);
        patience.wait_connected(&stream)?;
        match stream.take_error()? {
            None => Ok(stream),
            Some(error) => Err(error),
        }
    }

    fn is_quiet(&self) -> bool {
        matches!(self.stream.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.patience.check().map_err(io::Error::other)?;
        loop {
            match (&self.stream).read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.patience.wait(&self.stream, PollFlags::IN)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.patience.check().map_err(io::Error::other)?
                }
                done => return done,
            }
        }
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.patience.check().map_err(io::Error::other)?;
        if FAILED_SEND_LOSES_INPUT && self.heeds_input && !self.is_quiet() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        loop {
            match (&self.stream).write(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let wanted = if self.heeds_input { PollFlags::OUT | PollFlags::IN } else { PollFlags::OUT };
                    let ready = self.patience.wait(&self.stream, wanted)?;
                    if !ready.intersects(PollFlags::OUT) && ready.intersects(PollFlags::IN) {
                        return Err(io::ErrorKind::WouldBlock.into());
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.patience.check().map_err(io::Error::other)?
                }
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Our own error inside of an I/O error, where it has travelled through a reader or writer.
pub(crate) fn inner_error(error: io::Error) -> Result<Error, io::Error> {
    error.downcast::<Error>()
}

fn connect_error(address: &SocketAddr, error: io::Error) -> Error {
    inner_error(error).unwrap_or_else(|error| {
        if is_hang_up(&error) {
            let message = format!("the connection to {address} broke as soon as it was made: {error}");
            return Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message);
        }
        let message = format!("cannot connect to {address}: {error}");
        let cause = match error.kind() {
            io::ErrorKind::ConnectionRefused => Cause::ConnectionRefused,
            // The system's own limit, which is longer than ours usually are.
            io::ErrorKind::TimedOut => return Error::new(Status::Timeout, Cause::ConnectTimeout, message),
            _ if is_out_of_descriptors(&error) => Cause::NoDescriptors,
            _ => Cause::Unreachable,
        };
        Error::new(Status::ConnectFailed, cause, message)
    })
}

/// One error for all addresses. Where one of them was silent it counts as a timeout, which is not tried again; and
/// where one was there to refuse, it says more than another to which the network does not lead.
fn summary(mut failures: Vec<Error>, patience: &Patience) -> Error {
    let is_last_word = failures.len() == 1 || failures.last().is_some_and(|error| error.status() == Status::Cancelled);
    if is_last_word && let Some(error) = failures.pop() {
        return error;
    }
    let messages: Vec<&str> = failures.iter().map(Error::message).collect();
    let told = |status| failures.iter().find(|error| error.status() == status);
    let refused = failures.iter().find(|error| error.cause() == Cause::ConnectionRefused);
    let telling = told(Status::Timeout).or(refused).or(told(Status::ConnectionLost)).or(failures.first());
    let (status, cause) = match (patience.check(), telling) {
        (Err(over), _) => (over.status(), over.cause()),
        (Ok(()), Some(error)) => (error.status(), error.cause()),
        (Ok(()), None) => (Status::ConnectFailed, Cause::Unreachable),
    };
    Error::new(status, cause, messages.join("; "))
}

/// Winsock throws away what has arrived and was not read yet, once a send fails.
const FAILED_SEND_LOSES_INPUT: bool = cfg!(windows);

/// Whether a connection is being made in the background. Winsock says "would block" instead.
fn is_in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error())
}
