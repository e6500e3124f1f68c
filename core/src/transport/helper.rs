//! Helper threads run what the system does not let us interrupt, such as a look-up of a name, so that a call does not wait
//! for it beyond its time.
//!
//! Such a thread may outlive the call. A process has at most four of each kind. Otherwise an installer that tries again
//! and again while the system hangs would have more and more of them (row 24 of `docs/faults.md`).

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use crate::error::Error;

use super::deadline::Deadline;

/// How many threads of one kind a process may have at once.
pub(crate) const MAX_HELPERS: u32 = 4;

/// The stack of a thread, in bytes. The system loads plug-ins, which need more than the smallest possible stack.
const STACK: usize = 512 * 1024;

/// The helper threads of one kind.
pub(crate) struct Helpers {
    /// The name of each.
    name: &'static str,
    /// How many there are, in the lower half, and in which process, in the upper half. A forked child inherits this value
    /// but not the threads: it sees the other process's id, and starts from 0.
    count: AtomicU64,
}

/// Why there is no answer.
pub(crate) enum Unanswered {
    /// The call ended, as the error says, while it waited for one of the earlier threads to end.
    Busy(Error),
    /// The call ended, as the error says, before the thread did.
    Ended(Error),
    /// The system gave no thread.
    NoThread(io::Error),
    /// The thread panicked.
    Panicked,
}

impl Helpers {
    /// Those whose threads have this `name`. It belongs into a static.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, count: AtomicU64::new(0) }
    }

    /// What `work` returns, on a thread of its own, as soon as there may be one more. The thread goes on when `deadline`
    /// ends the wait for it.
    pub(crate) fn run<T: Send + 'static>(
        &'static self,
        deadline: &Deadline,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unanswered> {
        let permit = loop {
            match Permit::take(self) {
                Some(permit) => break permit,
                None => deadline.pause().map_err(Unanswered::Busy)?,
            }
        };
        let (answer_to, answer) = mpsc::channel();
        let thread = thread::Builder::new().name(self.name.into()).stack_size(STACK).spawn(move || {
            let done = work();
            drop(permit);
            // Sending fails if the call has ended meanwhile: then nobody waits for the answer.
            let _ = answer_to.send(done);
        });
        thread.map_err(Unanswered::NoThread)?;
        loop {
            match answer.recv_timeout(deadline.slice()) {
                Ok(done) => return Ok(done),
                Err(RecvTimeoutError::Timeout) => deadline.check().map_err(Unanswered::Ended)?,
                Err(RecvTimeoutError::Disconnected) => return Err(Unanswered::Panicked),
            }
        }
    }

    /// Changes the number of this process's threads to what `change` returns, if that is a number. Returns whether it was
    /// changed.
    fn change_count(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        let process = u64::from(std::process::id()) << 32;
        let next = |threads: u64| {
            let count = if threads >> 32 == process >> 32 { threads as u32 } else { 0 };
            change(count).map(|count| process | u64::from(count))
        };
        self.count.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
    }
}

/// The permission to have one thread. It is given back when the work is done, even long after the call.
struct Permit(&'static Helpers);

impl Permit {
    /// Takes a permit; None if all permits of this process are taken.
    fn take(helpers: &'static Helpers) -> Option<Self> {
        let taken = helpers.change_count(|count| (count < MAX_HELPERS).then_some(count + 1));
        // `then_some` would be wrong here: it makes a permit in any case, and drops it again, which would give one back
        // that nobody took.
        if taken { Some(Self(helpers)) } else { None }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.change_count(|count| count.checked_sub(1));
    }
}
