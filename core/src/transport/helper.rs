//! Threads for what the system does in its own time. Some of its functions cannot be interrupted and may take minutes,
//! so they run on a thread that the call does not wait for beyond its time, and that may outlive it. There are few such
//! threads: otherwise an installer that tries again and again while the system hangs would have more and more of them
//! (row 24 of `docs/faults.md`).

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// How many threads of one kind there may be at once in this process.
pub(crate) const MAX_THREADS: u32 = 4;

/// The stack of such a thread, in bytes. The system loads plug-ins there, which need more than the smallest possible
/// stack.
const STACK: usize = 512 * 1024;

/// The threads of one kind.
#[derive(Debug)]
pub(crate) struct Helpers {
    name: &'static str,
    /// How many there are, in the lower half, and in which process, in the upper half. A forked child inherits this value
    /// but not the threads: it sees the other process's id, and starts from 0.
    running: AtomicU64,
}

impl Helpers {
    /// No threads yet; each will have this name.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, running: AtomicU64::new(0) }
    }

    /// Takes a permit for one thread; None if there are as many as there may be.
    pub(crate) fn permit(&'static self) -> Option<Permit> {
        let taken = self.change_count(|count| (count < MAX_THREADS).then_some(count + 1));
        // `then_some` would be wrong here: it makes a permit in any case, and drops it again, which would give one back
        // that nobody took.
        if taken { Some(Permit(self)) } else { None }
    }

    /// Changes the number of this process's threads to what `change` returns, if that is a number. Returns whether it
    /// was changed.
    fn change_count(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        let process = u64::from(std::process::id()) << 32;
        let next = |running: u64| {
            let count = if running >> 32 == process >> 32 { running as u32 } else { 0 };
            change(count).map(|count| process | u64::from(count))
        };
        self.running.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
    }
}

/// The permission to have one thread. It is given back when the thread's work ends, even long after the call.
pub(crate) struct Permit(&'static Helpers);

impl Permit {
    /// Does `work` on a thread. What it returns arrives at the receiver. Fails if the system gives no thread.
    pub(crate) fn run<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> io::Result<Receiver<T>> {
        let (answer_to, answer) = mpsc::channel();
        thread::Builder::new().name(self.0.name.into()).stack_size(STACK).spawn(move || {
            let done = work();
            drop(self);
            // Sending fails if the call has ended meanwhile: then nobody waits for the answer.
            let _ = answer_to.send(done);
        })?;
        Ok(answer)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.change_count(|count| count.checked_sub(1));
    }
}
