//! Names to addresses, by the system's resolver.
//!
//! The system's resolver cannot be interrupted, so it runs on a thread that may outlive the call. Their number
//! is bounded for the whole process: an installer that is retried against a dead resolver must not pile them up.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;
use crate::server::{Host, is_loopback};

use super::deadline::Patience;

/// Look-ups under way in this process, at most.
const MAX_THREADS: u32 = 4;

/// The system's resolver loads plug-ins that want more than the smallest stack.
const STACK: usize = 512 * 1024;

/// How long an answer is remembered.
const REMEMBERED: Duration = Duration::from_secs(60);

/// The process in the upper half, its threads in the lower: a forked child has none of its parent's.
static THREADS: AtomicU64 = AtomicU64::new(0);

/// Remembers the answers of one session.
#[derive(Default)]
pub(crate) struct Resolver {
    known: Mutex<Vec<Answer>>,
}

struct Answer {
    name: String,
    at: Instant,
    addresses: Vec<SocketAddr>,
}

impl Resolver {
    /// The addresses of `host`, at least one. `localhost` has to lead to this machine.
    pub(crate) fn resolve(&self, host: &Host, port: u16, patience: &Patience) -> Result<Vec<SocketAddr>, Error> {
        let name = match host {
            Host::Ip(ip) => return Ok(vec![SocketAddr::new(*ip, port)]),
            Host::Name(name) => name,
        };
        let patience = patience.doing(format!("looking up {name}"));
        let mut addresses = match self.remembered(name) {
            Some(addresses) => addresses,
            None => self.look_up(name, &patience)?,
        };
        for address in &mut addresses {
            address.set_port(port);
        }
        // Plain http and the account's token are trusted to this name, so it has to mean what it says.
        if host.is_loopback().is_none()
            && let Some(foreign) = addresses.iter().find(|address| !is_loopback(address.ip()))
        {
            let message = format!("{name} leads to {}, another machine; check the system's hosts file", foreign.ip());
            return Err(Error::new(Status::Configuration, Cause::LocalhostForeign, message));
        }
        Ok(addresses)
    }

    fn remembered(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let mut known = self.known.lock().ok()?;
        known.retain(|answer| answer.at.elapsed() < REMEMBERED);
        known.iter().find(|answer| answer.name == name).map(|answer| answer.addresses.clone())
    }

    fn look_up(&self, name: &str, patience: &Patience) -> Result<Vec<SocketAddr>, Error> {
        let addresses = ask_system(name, patience)?;
        if addresses.is_empty() {
            let message = format!("the name {name} has no address; check its spelling and the network");
            return Err(Error::new(Status::ResolveFailed, Cause::NameNotFound, message));
        }
        if let Ok(mut known) = self.known.lock() {
            known.push(Answer { name: name.to_owned(), at: Instant::now(), addresses: addresses.clone() });
        }
        Ok(addresses)
    }
}

/// A place among the threads under way; given back when the look-up ends, however long that takes.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        Self::count(|count| (count < MAX_THREADS).then_some(count + 1)).then(|| Self)
    }

    /// Changes the number of this process's threads, unless `change` declines.
    fn count(change: impl Fn(u32) -> Option<u32>) -> bool {
        let process = u64::from(std::process::id()) << 32;
        let next = |threads: u64| {
            let count = if threads >> 32 == process >> 32 { threads as u32 } else { 0 };
            change(count).map(|count| process | u64::from(count))
        };
        THREADS.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        Self::count(|count| count.checked_sub(1));
    }
}

fn ask_system(name: &str, patience: &Patience) -> Result<Vec<SocketAddr>, Error> {
    let place = loop {
        match Place::take() {
            Some(place) => break place,
            None => patience.check().map_err(busy)?,
        }
        thread::sleep(patience.slice());
    };
    let answer = Arc::new(Slot::default());
    let to_fill = answer.clone();
    // The hosts file has "localhost" without the dot that some write behind it.
    let question = (if name == "localhost." { "localhost" } else { name }.to_owned(), 0);
    let thread = thread::Builder::new().name("qls-resolver".into()).stack_size(STACK).spawn(move || {
        let addresses = question.to_socket_addrs().map(Iterator::collect);
        drop(place);
        // Nobody may be waiting any more.
        to_fill.fill(addresses);
    });
    if let Err(error) = thread {
        let message = format!("cannot look up {name}: the system gave no thread for it: {error}");
        return Err(Error::new(Status::ResolveFailed, Cause::NoResolverThread, message));
    }
    loop {
        match answer.wait(patience.slice()) {
            Some(Ok(addresses)) => return Ok(addresses),
            Some(Err(error)) if lacks_descriptors(&error) => {
                let message = format!("cannot look up {name}: no file descriptor is left");
                return Err(Error::new(Status::ConnectFailed, Cause::NoDescriptors, message));
            }
            Some(Err(error)) => {
                let message = format!("cannot look up {name}: {error}; check its spelling and the network");
                return Err(Error::new(Status::ResolveFailed, Cause::NameNotFound, message));
            }
            None => patience.check()?,
        }
    }
}

/// Where the thread leaves its answer. A channel of std's would take 8 KB.
#[derive(Default)]
struct Slot {
    answer: Mutex<Option<io::Result<Vec<SocketAddr>>>>,
    filled: Condvar,
}

impl Slot {
    fn fill(&self, answer: io::Result<Vec<SocketAddr>>) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        self.filled.notify_one();
    }

    fn wait(&self, time: Duration) -> Option<io::Result<Vec<SocketAddr>>> {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.filled.wait_timeout_while(answer, time, |answer| answer.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.take()
    }
}

/// Whether a look-up failed for want of a descriptor: some resolvers then say that there is no such name.
fn lacks_descriptors(error: &io::Error) -> bool {
    let probe = || socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).err();
    is_out_of_descriptors(error) || probe().is_some_and(|error| is_out_of_descriptors(&error))
}

/// A deadline that passed before the look-up could even start.
fn busy(error: Error) -> Error {
    match error.status() {
        Status::Timeout => {
            let message = format!("{error}: {MAX_THREADS} earlier look-ups are still without an answer");
            Error::new(Status::Timeout, Cause::ResolverBusy, message)
        }
        _ => error,
    }
}
