//! A connected TCP socket. Its reads and writes wait no longer than its [`Deadline`].

use std::io::{self, Read, Write};
use std::net::TcpStream;

use rustix::event::PollFlags;

use crate::error::Error;

use super::deadline::Deadline;
use super::early_reply::EarlyReply;

/// A connected, non-blocking socket.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    /// When reads and writes give up, and what is being done, for the message.
    pub(crate) deadline: Deadline,
    /// Whether a write that has to wait gives up with `WouldBlock` as soon as there is something to read.
    pub(crate) yields_to_input: bool,
}

/// On Windows a failed write discards what has arrived but was not read yet: the server's reply. There a write first
/// looks whether something has arrived.
const FAILED_WRITE_LOSES_INPUT: bool = cfg!(windows);

impl Socket {
    /// Takes over `stream`, which is connected and does not block.
    pub(crate) fn new(stream: TcpStream, deadline: Deadline) -> Self {
        Self { stream, deadline, yields_to_input: false }
    }

    /// Whether nothing has arrived and the peer has not hung up.
    pub(crate) fn is_quiet(&self) -> bool {
        matches!(self.stream.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Looks at what has arrived, without taking it.
    pub(crate) fn early_reply(&self) -> io::Result<EarlyReply> {
        let mut start = [0; EarlyReply::START];
        let length = self.stream.peek(&mut start)?;
        Ok(EarlyReply::of(&start[..length]))
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.deadline.check()?;
        loop {
            match (&self.stream).read(buffer) {
                Err(error) if is_not_yet(&error) => drop(self.deadline.wait(&self.stream, PollFlags::IN)?),
                done => return done,
            }
        }
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.deadline.check()?;
        if FAILED_WRITE_LOSES_INPUT && self.yields_to_input && !self.is_quiet() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        loop {
            match (&self.stream).write(buffer) {
                Err(error) if is_not_yet(&error) => {
                    let wanted = if self.yields_to_input { PollFlags::OUT | PollFlags::IN } else { PollFlags::OUT };
                    let ready = self.deadline.wait(&self.stream, wanted)?;
                    if !ready.intersects(PollFlags::OUT) && ready.intersects(PollFlags::IN) {
                        return Err(io::ErrorKind::WouldBlock.into());
                    }
                }
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether what failed with `error` is not done yet, and the socket has to be waited for.
pub(crate) fn is_not_yet(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

/// Whether a read or write failed because the peer has closed or reset the connection.
pub(crate) fn is_hang_up(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof)
}

impl From<Error> for io::Error {
    /// Puts our own error, such as that of a deadline, into an I/O error, since readers and writers can return no
    /// others. `inner_error` takes it out.
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}

/// Takes our own [`Error`] out of an I/O error. Gives any other I/O error back.
pub(crate) fn inner_error(error: io::Error) -> Result<Error, io::Error> {
    error.downcast::<Error>()
}
