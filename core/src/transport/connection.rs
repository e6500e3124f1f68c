//! A connection as ureq sees it: buffers, and bytes that travel within the time ureq was given.

use std::fmt;
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers as UreqBuffers, NextTimeout, Transport};

use super::buffers::Buffers;
use super::deadline::Limit;
use super::stream::{Heard, Stream, inner_error};

/// The longest head of a reply. The input buffer is as long: ureq takes all that is in it for the head, as long as
/// it reads one.
pub(crate) const MAX_HEAD: usize = 32 * 1024;
/// A header line has to fit, and the token may have 32 KiB. With the input it is glibc's threshold for fresh pages.
const OUTPUT: usize = 96 * 1024;
/// Less waits for what follows, so that a head and a short body travel, and wake the server, together.
const GATHERED: usize = 16 * 1024;

/// How often it is looked whether the few bytes that have come have become a reply: for about a second.
const MAX_LOOKS: u32 = 40;

/// A kept connection turned out to be dead before it answered: worth a new one at once.
#[derive(Debug)]
pub(crate) struct Stale;

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the kept connection was closed by the server")
    }
}

impl std::error::Error for Stale {}

/// One connection to the server, used for one request after the other.
pub(crate) struct Connection {
    stream: Stream,
    buffers: Buffers,
    call_limit: Duration,
    /// Requests begun.
    requests: u32,
    phase: Phase,
    /// The peer answered or hung up before it had read the request: no more is written, its reply is read.
    stopped: bool,
}

#[derive(PartialEq)]
enum Phase {
    Idle,
    Sending,
    Waiting,
    Receiving,
}

impl fmt::Debug for Connection {
    /// ureq asks for it and shows it nowhere; all that is inside would take 5 KB.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

impl Connection {
    pub(crate) fn new(stream: Stream, call_limit: Duration) -> Self {
        let buffers = Buffers::new(MAX_HEAD, OUTPUT);
        Self { stream, buffers, call_limit, requests: 0, phase: Phase::Idle, stopped: false }
    }

    fn set_patience(&mut self, timeout: NextTimeout, doing: &str) {
        let socket = self.stream.socket();
        socket.patience.until = Instant::now() + *timeout.after;
        socket.patience.limit = Limit::Call(self.call_limit);
        doing.clone_into(&mut socket.patience.doing);
    }

    /// Sends what waits to be sent.
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if !self.stopped && !self.buffers.pending().is_empty() {
            self.set_patience(timeout, "sending the request");
            self.stream.heed_input(true);
            let sent = self.write();
            self.stream.heed_input(false);
            sent.map_err(to_ureq)?;
        }
        self.buffers.sent();
        Ok(())
    }

    /// Writes what waits, unless the peer does not want it any more.
    fn write(&mut self) -> io::Result<()> {
        let pending = self.buffers.pending();
        let mut sent = 0;
        let mut looks = 0;
        loop {
            let step = match &pending[sent..] {
                [] => self.stream.flush().map(|()| 0),
                left => self.stream.write(left),
            };
            match step {
                Ok(_) if sent == pending.len() => return Ok(()),
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => sent += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.stream.heard() {
                    Ok(Heard::Nothing) => {}
                    Ok(Heard::Unclear) if looks < MAX_LOOKS => {
                        looks += 1;
                        self.stream.socket().patience.pause().map_err(io::Error::other)?;
                    }
                    Ok(Heard::Interim) => self.stream.heed_input(false),
                    Err(error) if !is_hang_up(&error) => return Err(error),
                    // Reading tells what it was.
                    Ok(Heard::Reply | Heard::Unclear) | Err(_) => {
                        self.stopped = true;
                        return Ok(());
                    }
                },
                Err(error) if is_hang_up(&error) => {
                    self.stopped = true;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The peer is gone, as a write or read sees it.
pub(crate) fn is_hang_up(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof)
}

fn to_ureq(error: io::Error) -> ureq::Error {
    match inner_error(error) {
        Ok(error) => ureq::Error::Other(Box::new(error)),
        Err(error) => ureq::Error::Io(error),
    }
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn UreqBuffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if self.phase != Phase::Sending {
            self.phase = Phase::Sending;
            self.requests += 1;
        }
        self.buffers.written(amount);
        if self.buffers.pending().len() < GATHERED { Ok(()) } else { self.send(timeout) }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        if self.phase == Phase::Sending {
            self.send(timeout)?;
            self.phase = Phase::Waiting;
        }
        let doing = if self.phase == Phase::Waiting { "waiting for the reply" } else { "reading the reply" };
        self.set_patience(timeout, doing);
        let buffer = self.buffers.input_append_buf();
        if buffer.is_empty() {
            let error = io::Error::new(io::ErrorKind::InvalidData, "its head or the head of a chunk is too long");
            return Err(ureq::Error::Io(error));
        }
        let read = self.stream.read(buffer);
        let ended = matches!(&read, Ok(0)) || matches!(&read, Err(error) if is_hang_up(error));
        if ended && self.phase == Phase::Waiting && self.requests > 1 {
            return Err(ureq::Error::Other(Box::new(Stale)));
        }
        let amount = read.map_err(to_ureq)?;
        if amount == 0 {
            // ureq knows whether the reply could end here.
            return Err(ureq::Error::Io(io::ErrorKind::UnexpectedEof.into()));
        }
        self.phase = Phase::Receiving;
        self.buffers.input_appended(amount);
        Ok(true)
    }

    /// ureq asks when it puts a connection away and again when it takes it out; what has arrived by then counts.
    fn is_open(&mut self) -> bool {
        let is_used = std::mem::replace(&mut self.phase, Phase::Idle) == Phase::Receiving;
        !self.stopped && (is_used || self.stream.is_quiet())
    }

    fn is_tls(&self) -> bool {
        self.stream.is_tls()
    }
}
