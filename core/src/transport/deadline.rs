//! The deadline of a call, the cancel flag of a client, and waiting: everything in the transport waits in short slices,
//! and looks at both after each.

use std::borrow::Cow;
use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::error::{Cause, Error, Status};

/// How long a wait lasts before it looks at the cancel flag and the deadline again.
const SLICE: Duration = Duration::from_millis(25);

/// A client's cancel flag: set once, never cleared.
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

/// When one of the client's two timeouts ends, with its length for the message.
#[derive(Clone, Copy, Debug)]
struct Limit {
    until: Instant,
    timeout: Duration,
}

/// Until when an operation may go on. Every wait ends at this time, or when the client is canceled.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    cancel: Cancel,
    /// The limit of the whole call.
    call: Limit,
    /// The limit for a part of the call: for making one connection, most often.
    part: Option<Limit>,
    /// What the operation is doing, for the message: "given up while ...".
    doing: Cow<'static, str>,
}

impl Deadline {
    /// The deadline of a call that begins now and may take `timeout`. `doing` is what it does first, for the message.
    pub(crate) fn new(cancel: &Cancel, timeout: Duration, doing: &'static str) -> Self {
        CallLimit { cancel: cancel.clone(), timeout }.deadline(timeout, doing)
    }

    /// A copy of this deadline for something else that the operation does.
    pub(crate) fn doing(&self, doing: impl Into<Cow<'static, str>>) -> Self {
        Self { doing: doing.into(), ..self.clone() }
    }

    /// Changes what the operation is doing.
    pub(crate) fn now_doing(&mut self, doing: &'static str) {
        self.doing = doing.into();
    }

    /// The deadline for making one connection, or another part of a call, which may take `limit` but no longer than this
    /// deadline.
    pub(crate) fn limited(&self, limit: Duration) -> Self {
        let limit = Limit { until: Instant::now() + limit, timeout: limit };
        if limit.until >= self.until() {
            return self.clone();
        }
        Self { part: Some(limit), ..self.clone() }
    }

    /// Gives making a connection `time` more, but never more than the whole call has. For work during which the server
    /// was not waited for.
    pub(crate) fn extend(&mut self, time: Duration) {
        if let Some(limit) = &mut self.part {
            limit.until += time;
        }
    }

    /// The limit for a part, if it ends before that of the whole call.
    fn part_limit(&self) -> Option<Limit> {
        self.part.filter(|limit| limit.until < self.call.until)
    }

    fn until(&self) -> Instant {
        self.part_limit().unwrap_or(self.call).until
    }

    /// The time that is left; zero if the deadline has passed.
    pub(crate) fn left(&self) -> Duration {
        self.until().saturating_duration_since(Instant::now())
    }

    /// Fails with [`Status::Cancelled`] if the client was canceled, and with [`Status::Timeout`] if the deadline has
    /// passed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.cancel.is_set() {
            let message = format!("canceled while {}", self.doing);
            return Err(Error::new(Status::Cancelled, Cause::Cancelled, message));
        }
        if self.left().is_zero() { Err(self.missed()) } else { Ok(()) }
    }

    /// The error of a call that did not end before this deadline.
    pub(crate) fn missed(&self) -> Error {
        let (cause, what, limit) = match self.part_limit() {
            None => (Cause::Deadline, "answer", self.call),
            Some(limit) => (Cause::ConnectTimeout, "connection", limit),
        };
        let message = format!("no {what} within {} ms; given up while {}", limit.timeout.as_millis(), self.doing);
        Error::new(Status::Timeout, cause, message)
    }

    /// Waits for `duration`. Fails as [`check`](Self::check) does.
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

    /// Waits for one slice. For something that cannot be waited for, and has to be looked at again and again.
    pub(crate) fn pause(&self) -> Result<(), Error> {
        self.sleep(SLICE)
    }

    /// How long to wait at most before the next [`check`](Self::check).
    pub(crate) fn slice(&self) -> Duration {
        self.left().min(SLICE)
    }

    /// Waits until `socket` is ready for one of `wanted`, or has failed. Returns what it is ready for. An error of the
    /// deadline is inside of the I/O error; [`inner_error`](super::socket::inner_error) takes it out.
    pub(crate) fn wait(&self, socket: &TcpStream, wanted: PollFlags) -> io::Result<PollFlags> {
        loop {
            if let Some(ready) = self.wait_a_slice(socket, wanted)? {
                return Ok(ready);
            }
        }
    }

    /// Waits for `socket` during one slice; None if nothing that is wanted happened.
    fn wait_a_slice(&self, socket: &TcpStream, wanted: PollFlags) -> io::Result<Option<PollFlags>> {
        let mut polled = [PollFd::new(socket, wanted)];
        self.poll_a_slice(&mut polled, SLICE)?;
        let ready = polled[0].revents();
        if ready.is_empty() {
            return Ok(None);
        }
        // After a hang-up there can be bytes to read, or the end. Windows reports only the hang-up.
        let ready = if ready.intersects(PollFlags::HUP) { ready | PollFlags::IN } else { ready };
        if ready.intersects(wanted | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Some(ready));
        }
        // Only the hang-up was reported, and polling again would report it at once. So this sleeps for the slice,
        // instead of looping without a pause until what is wanted comes.
        std::thread::sleep(self.slice());
        Ok(None)
    }

    /// Waits until something happened to one of `polled`, for `longest` or one slice at most. Fails as
    /// [`check`](Self::check) does.
    pub(crate) fn poll_a_slice(&self, polled: &mut [PollFd<'_>], longest: Duration) -> io::Result<()> {
        self.check()?;
        let slice = self.slice().min(longest).max(Duration::from_micros(1));
        let time = Timespec::try_from(slice).map_err(io::Error::other)?;
        match poll(polled, Some(&time)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// What the deadlines of all calls of one session have in common. From it the code below ureq makes the deadline of the
/// call anew.
///
/// An operation makes one [`Deadline`] and passes it down to the session. The session calls ureq, and ureq calls the
/// dialer and the connections, but passes them only the time that is left. They need the cancel flag and the timeout as
/// well, and have them from here. The session cannot keep the deadline itself for them, since it serves calls of
/// several threads at once.
#[derive(Clone, Debug)]
pub(crate) struct CallLimit {
    pub(crate) cancel: Cancel,
    pub(crate) timeout: Duration,
}

impl CallLimit {
    /// The deadline of a call that has the time `left`.
    pub(crate) fn deadline(&self, left: Duration, doing: &'static str) -> Deadline {
        Deadline {
            cancel: self.cancel.clone(),
            call: Limit { until: Instant::now() + left, timeout: self.timeout },
            part: None,
            doing: doing.into(),
        }
    }
}
