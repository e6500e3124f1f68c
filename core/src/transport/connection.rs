//! The connection that ureq gets. ureq fills and empties its buffers, and asks it to send or receive within a given
//! time.

use std::fmt;
use std::io::{self, Read, Write};

use ureq::unversioned::transport::{Buffers as UreqBuffers, NextTimeout, Transport};

use crate::error::{Cause, Error, Status};

use super::buffers::Buffers;
use super::chunks::ChunkSizes;
use super::deadline::CallLimit;
use super::early_reply::EarlyReply;
use super::socket::{inner_error, is_hang_up};
use super::stream::Stream;

/// The longest head of a reply, in bytes (row 102 of `docs/faults.md`). The input buffer has this size too, since ureq
/// needs the whole head in it at once.
pub(crate) const MAX_HEAD: usize = 32 * 1024;
/// The size of the output buffer, in bytes. The longest header line has to fit, with a token of 32 KiB. Input and
/// output buffer together have 128 KiB: from this size on glibc maps pages of their own for an allocation, and pages
/// that were never touched cost no memory. The goal for the peak memory of a call with 10 consumers needs that
/// (`benches/RESULTS.md`).
const OUTPUT: usize = 96 * 1024;
/// Output below this size, in bytes, waits for more. So head and body of a small request leave in one write, and the
/// server wakes up once. The goal for a call over plain HTTP on a kept connection needs that: twice the time of a bare
/// socket (`benches/RESULTS.md`).
const HELD_BACK: usize = 16 * 1024;

/// How often to look again, 25 ms apart, at a reply of which only the first letters have arrived during the upload.
/// After that it counts as a final reply, and the upload ends (row 77 of `docs/faults.md`).
const MAX_LOOKS: u32 = 40;

/// The error of a kept connection that the server had closed before anything of the reply arrived, or had waited on for
/// too long (HTTP 408). The request is sent again at once, over a new connection.
#[derive(Debug)]
pub(crate) struct Stale;

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the kept connection was closed by the server")
    }
}

impl std::error::Error for Stale {}

/// One connection to the server, which can be used for several requests, one after the other.
pub(crate) struct Connection {
    stream: Stream,
    buffers: Buffers,
    chunks: ChunkSizes,
    call_limit: CallLimit,
    /// How many requests were begun on this connection.
    requests: u32,
    phase: Phase,
    /// The server answered or hung up before it had read the whole request. Nothing more is written; its reply is read.
    upload_ended: bool,
}

/// What happens on a connection.
#[derive(PartialEq)]
enum Phase {
    /// No request is under way.
    Idle,
    /// The request is being written.
    Sending,
    /// The request was sent, and nothing of the reply has arrived.
    Waiting,
    /// Something of the reply has arrived.
    Receiving,
}

impl fmt::Debug for Connection {
    /// Shows nothing: the buffers hold the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

impl Connection {
    pub(crate) fn new(stream: Stream, call_limit: CallLimit) -> Self {
        let buffers = Buffers::new(MAX_HEAD, OUTPUT);
        let chunks = ChunkSizes::default();
        Self { stream, buffers, chunks, call_limit, requests: 0, phase: Phase::Idle, upload_ended: false }
    }

    fn set_deadline(&mut self, timeout: NextTimeout, doing: &'static str) {
        self.stream.socket().deadline = self.call_limit.deadline(*timeout.after, doing);
    }

    /// Sends the output buffer, and empties it.
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if !self.upload_ended && !self.buffers.pending().is_empty() {
            self.set_deadline(timeout, "sending the request");
            self.stream.yield_to_input(true);
            let sent = self.write_pending();
            self.stream.yield_to_input(false);
            sent.map_err(to_ureq)?;
        }
        self.buffers.clear_pending();
        Ok(())
    }

    /// Writes the output buffer. Ends early, without an error, if the server answers or hangs up before it has read
    /// all.
    fn write_pending(&mut self) -> io::Result<()> {
        let pending = self.buffers.pending();
        let mut sent = 0;
        let mut looks = 0;
        loop {
            let step = match &pending[sent..] {
                [] => self.stream.flush().map(|()| 0),
                rest => self.stream.write(rest),
            };
            match step {
                Ok(_) if sent == pending.len() => return Ok(()),
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => sent += count,
                // The write gave up waiting because the server has sent something.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.stream.early_reply() {
                    Ok(EarlyReply::Nothing) => {}
                    Ok(EarlyReply::Unclear) if looks < MAX_LOOKS => {
                        looks += 1;
                        self.stream.socket().deadline.pause()?;
                    }
                    Ok(EarlyReply::Interim) => self.stream.yield_to_input(false),
                    Err(error) if !is_hang_up(&error) => return Err(error),
                    // The server needs no more of the request. If it hung up, reading the reply will say so.
                    Ok(EarlyReply::Final | EarlyReply::Unclear) | Err(_) => {
                        self.upload_ended = true;
                        return Ok(());
                    }
                },
                // The server hung up. What it sent before can still be read.
                Err(error) if is_hang_up(&error) => {
                    self.upload_ended = true;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The error of a reply that is not read as HTTP, wrapped for its way through ureq.
fn unusable(message: impl Into<String>) -> ureq::Error {
    ureq::Error::Other(Box::new(Error::new(Status::UnexpectedReply, Cause::InvalidHttp, message)))
}

/// Whether a reply begins with HTTP 408: the server's time for a request was up. On a kept connection it began when the
/// last reply was sent, so this is no reply to the request.
fn is_request_timeout(start: &[u8]) -> bool {
    start.get(..12).is_some_and(|line| line.starts_with(b"HTTP/1.") && line.ends_with(b" 408"))
}

/// Whether these bytes begin as TLS's alert does (RFC 8446, section 6), with which servers answer what is not TLS.
pub(super) fn is_tls_alert(start: &[u8]) -> bool {
    start.starts_with(&[21, 3])
}

/// Wraps an error for its way through ureq; `http/failure.rs` unwraps it.
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
            self.buffers.begin_request();
            self.chunks = ChunkSizes::default();
        }
        self.buffers.add_pending(amount);
        if self.buffers.pending().len() < HELD_BACK { Ok(()) } else { self.send(timeout) }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        if self.phase == Phase::Sending {
            self.send(timeout)?;
            self.phase = Phase::Waiting;
        }
        // ureq has read what came before that size.
        let bad_size = || unusable("a chunk in the reply has a size line that is not as HTTP has it");
        if self.chunks.are_bad() {
            return Err(bad_size());
        }
        let doing = if self.phase == Phase::Waiting { "waiting for the reply" } else { "reading the reply" };
        self.set_deadline(timeout, doing);
        let buffer = self.buffers.input_append_buf();
        if buffer.is_empty() {
            let what = "the head of the reply, or of a chunk in it, is longer than";
            return Err(unusable(format!("{what} {} KiB, and no more is read", MAX_HEAD / 1024)));
        }
        let read = self.stream.read(buffer);
        let has_ended = matches!(&read, Ok(0)) || matches!(&read, Err(error) if is_hang_up(error));
        if has_ended && self.phase == Phase::Waiting && self.requests > 1 {
            return Err(ureq::Error::Other(Box::new(Stale)));
        }
        let amount = read.map_err(to_ureq)?;
        if amount == 0 {
            // ureq decides whether the reply was complete.
            return Err(ureq::Error::Io(io::ErrorKind::UnexpectedEof.into()));
        }
        self.phase = Phase::Receiving;
        let fine = self.chunks.follow(&buffer[..amount]);
        if fine == 0 {
            return Err(bad_size());
        }
        self.buffers.input_appended(fine);
        let start = self.buffers.start_of_reply();
        if self.requests > 1 && is_request_timeout(start) {
            return Err(ureq::Error::Other(Box::new(Stale)));
        }
        if !self.is_tls() && is_tls_alert(start) {
            return Err(unusable("what answers there speaks TLS, and was asked by plain http; use https"));
        }
        Ok(true)
    }

    /// ureq asks this when it puts the connection away after a reply, and again when it takes it out for the next
    /// request. Only the second time the socket is looked at, which saves a system call (the goal of
    /// `benches/RESULTS.md` for a call on a kept connection).
    fn is_open(&mut self) -> bool {
        let is_put_away = std::mem::replace(&mut self.phase, Phase::Idle) == Phase::Receiving;
        // What stands behind a bad size was not given to ureq, which would not use the connection again.
        !self.upload_ended && !self.chunks.are_bad() && (is_put_away || self.stream.is_quiet())
    }

    fn is_tls(&self) -> bool {
        self.stream.is_tls()
    }
}
