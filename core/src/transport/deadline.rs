//! The one way to wait: in short slices, with an eye on the cancel flag and an absolute deadline.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::error::{Cause, Error, Status};

/// How long a wait lasts before it looks at the cancel flag again.
const SLICE: Duration = Duration::from_millis(25);

/// Set once, never cleared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Which of the two limits ends a wait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    /// The whole call's.
    Call(Duration),
    /// That of making one connection, within that of the whole call.
    Connect { limit: Duration, call: Duration, call_until: Instant },
}

/// For how long to go on, and doing what.
#[derive(Clone, Debug)]
pub(crate) struct Patience {
    pub(crate) cancel: Cancel,
    pub(crate) until: Instant,
    pub(crate) limit: Limit,
    /// For the message: "given up while ...".
    pub(crate) doing: String,
}

impl Patience {
    /// The same limits for another activity.
    pub(crate) fn doing(&self, doing: impl Into<String>) -> Self {
        Self { doing: doing.into(), ..self.clone() }
    }

    /// Tighter by a limit of its own for making a connection.
    pub(crate) fn for_connecting(&self, limit: Duration) -> Self {
        let until = Instant::now() + limit;
        if until >= self.until {
            return self.clone();
        }
        let (call, call_until) = match self.limit {
            Limit::Call(call) => (call, self.until),
            Limit::Connect { call, call_until, .. } => (call, call_until),
        };
        Self { until, limit: Limit::Connect { limit, call, call_until }, ..self.clone() }
    }

    /// Does not count `time` towards the limit of making a connection: the peer had no part in it.
    pub(crate) fn excuse(&mut self, time: Duration) {
        if let Limit::Connect { call, call_until, .. } = self.limit {
            self.until += time;
            if self.until >= call_until {
                self.until = call_until;
                self.limit = Limit::Call(call);
            }
        }
    }

    /// Whether to go on.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.cancel.is_set() {
            let message = format!("cancelled while {}", self.doing);
            return Err(Error::new(Status::Cancelled, Cause::Cancelled, message));
        }
        if Instant::now() < self.until {
            return Ok(());
        }
        let (cause, message) = match self.limit {
            Limit::Call(limit) => {
                (Cause::Deadline, format!("no answer within {} ms; given up while {}", limit.as_millis(), self.doing))
            }
            Limit::Connect { limit, .. } => (
                Cause::ConnectTimeout,
                format!("no connection within {} ms; given up while {}", limit.as_millis(), self.doing),
            ),
        };
        Err(Error::new(Status::Timeout, cause, message))
    }

    /// Waits for nothing but `duration`.
    pub(crate) fn sleep(&self, duration: Duration) -> Result<(), Error> {
        let end = Instant::now() + duration;
        loop {
            self.check()?;
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(self.slice()));
        }
    }

    /// Waits a moment for what cannot be waited for otherwise.
    pub(crate) fn pause(&self) -> Result<(), Error> {
        self.sleep(SLICE)
    }

    /// How long to wait before the next look, at most.
    pub(crate) fn slice(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now()).min(SLICE)
    }

    /// Waits until `socket` is ready for one of `wanted` (or failed), and says for what.
    pub(crate) fn wait(&self, socket: &TcpStream, wanted: PollFlags) -> io::Result<PollFlags> {
        loop {
            if let Some(ready) = self.wait_a_slice(socket, wanted)? {
                return Ok(ready);
            }
        }
    }

    /// Waits until `socket` is connected, or could not be.
    pub(crate) fn wait_connected(&self, socket: &TcpStream) -> io::Result<()> {
        while self.wait_a_slice(socket, PollFlags::OUT)?.is_none() {
            // Windows, before version 2004 of 10, says nothing of a connection that could not be made.
            if let Some(error) = socket.take_error()? {
                return Err(error);
            }
        }
        Ok(())
    }

    fn wait_a_slice(&self, socket: &TcpStream, wanted: PollFlags) -> io::Result<Option<PollFlags>> {
        self.check().map_err(io::Error::other)?;
        let slice = self.slice().max(Duration::from_micros(1));
        let time = Timespec::try_from(slice).map_err(io::Error::other)?;
        let mut polled = [PollFd::new(socket, wanted)];
        match poll(&mut polled, Some(&time)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => Ok(None),
            Ok(_) => {
                let ready = polled[0].revents();
                // That a peer sends no more is something to read; Windows calls it hanging up.
                let ready = if ready.intersects(PollFlags::HUP) { ready | PollFlags::IN } else { ready };
                if ready.intersects(wanted | PollFlags::ERR | PollFlags::NVAL) {
                    return Ok(Some(ready));
                }
                // It stays so, while what is wanted may still come.
                std::thread::sleep(slice);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}
