//! Looks names up with the system's resolver.
//!
//! The system's resolver cannot be interrupted, so it runs on a thread, which may outlive the call. A process has at
//! most four such threads. Otherwise an installer that tries again and again while the resolver hangs would have more
//! and more of them (row 24 of `docs/faults.md`).

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_os::addresses::{self, Failure};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;
use crate::server::Host;

use super::deadline::Deadline;

/// How many look-ups may be under way at once in this process.
const MAX_THREADS: u32 = 4;

/// The stack of a thread that looks a name up, in bytes. The system's resolver loads plug-ins, which need more than the
/// smallest possible stack.
const STACK: usize = 512 * 1024;

/// How long an answer is remembered, as long as connections to it succeed.
const REMEMBERED: Duration = Duration::from_secs(60);

/// How many look-ups are under way, in the lower half, and in which process, in the upper half. A forked child inherits
/// this value but not the threads: it sees the other process's id, and starts from 0.
static THREADS: AtomicU64 = AtomicU64::new(0);

/// Looks names up for one session, and remembers the last answer for a minute. A session connects to one host: the
/// server, or the proxy.
#[derive(Debug, Default)]
pub(crate) struct Resolver {
    known: Mutex<Option<Answer>>,
}

#[derive(Debug)]
struct Answer {
    name: String,
    at: Instant,
    addresses: Vec<SocketAddr>,
}

impl Resolver {
    /// The addresses of `host`, at least one. Those of this machine's own names are known without asking anybody
    /// (RFC 6761, section 6.3): a server of that name gets the account's token, also by plain http.
    pub(crate) fn resolve(&self, host: &Host, port: u16, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
        let name = match host {
            Host::Ip(ip) => return Ok(vec![SocketAddr::new(*ip, port)]),
            Host::Name(_) if host.is_loopback() => {
                return Ok(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]);
            }
            Host::Name(name) => name,
        };
        let deadline = deadline.doing(format!("looking up {name}"));
        let mut addresses = match self.remembered(name) {
            Some(addresses) => addresses,
            None => self.look_up(name, &deadline)?,
        };
        for address in &mut addresses {
            address.set_port(port);
        }
        Ok(addresses)
    }

    /// Forgets the last answer. To be called when a connection failed in any way: the network may have changed.
    pub(crate) fn forget(&self) {
        if let Ok(mut known) = self.known.lock() {
            *known = None;
        }
    }

    fn remembered(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let known = self.known.lock().ok()?;
        let answer = known.as_ref().filter(|answer| answer.name == name && answer.at.elapsed() < REMEMBERED);
        answer.map(|answer| answer.addresses.clone())
    }

    fn look_up(&self, name: &str, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
        let addresses = ask_system(name, deadline)?;
        if addresses.is_empty() {
            let message = format!("the name {name} has no address; check its spelling and the network");
            return Err(Error::new(Status::ResolveFailed, Cause::NameNotFound, message));
        }
        if let Ok(mut known) = self.known.lock() {
            *known = Some(Answer { name: name.to_owned(), at: Instant::now(), addresses: addresses.clone() });
        }
        Ok(addresses)
    }
}

/// The permission to make one look-up. It is given back when the look-up ends, even long after the call.
struct Permit;

impl Permit {
    /// Takes a permit; None if all permits of this process are taken.
    fn take() -> Option<Self> {
        let taken = Self::change_count(|count| (count < MAX_THREADS).then_some(count + 1));
        // `then_some` would be wrong here: it makes a permit in any case, and drops it again, which would give one back
        // that nobody took.
        if taken { Some(Self) } else { None }
    }

    /// Changes the number of this process's look-ups to what `change` returns, if that is a number. Returns whether it
    /// was changed.
    fn change_count(change: impl Fn(u32) -> Option<u32>) -> bool {
        let process = u64::from(std::process::id()) << 32;
        let next = |threads: u64| {
            let count = if threads >> 32 == process >> 32 { threads as u32 } else { 0 };
            change(count).map(|count| process | u64::from(count))
        };
        THREADS.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        Self::change_count(|count| count.checked_sub(1));
    }
}

/// Asks the system's resolver, on a thread of its own, as soon as there is a permit.
fn ask_system(name: &str, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
    let permit = loop {
        match Permit::take() {
            Some(permit) => break permit,
            None => deadline.check().map_err(busy)?,
        }
        thread::sleep(deadline.slice());
    };
    let (answer_to, answer) = mpsc::channel();
    let question = name.to_owned();
    let thread = thread::Builder::new().name("qls-resolver".into()).stack_size(STACK).spawn(move || {
        let addresses = addresses::look_up(&question);
        drop(permit);
        // Sending fails if the call has ended meanwhile: then nobody waits for the answer.
        let _ = answer_to.send(addresses);
    });
    if let Err(error) = thread {
        let message = format!("cannot look up {name}: the system gave no thread for it: {error}");
        return Err(Error::new(Status::ResolveFailed, Cause::NoResolverThread, message));
    }
    loop {
        match answer.recv_timeout(deadline.slice()) {
            Ok(Ok(addresses)) => return Ok(addresses),
            Ok(Err(failure)) => return Err(look_up_error(name, failure)),
            Err(RecvTimeoutError::Timeout) => deadline.check()?,
            Err(RecvTimeoutError::Disconnected) => {
                let message = format!("cannot look up {name}: the look-up ended without an answer");
                return Err(Error::new(Status::Internal, Cause::Internal, message));
            }
        }
    }
}

fn look_up_error(name: &str, failure: Failure) -> Error {
    let (error, cause, advice) = match failure {
        Failure::NotFound(error) => (error, Cause::NameNotFound, "check its spelling and the network"),
        Failure::Unavailable(error) => (
            error,
            Cause::ResolverUnavailable,
            "there is no network, or its name server does not answer; check the network, and a VPN if there is one",
        ),
    };
    if lacks_descriptors(&error) {
        let message = format!("cannot look up {name}: no file descriptor is left");
        return Error::new(Status::ConnectFailed, Cause::NoDescriptors, message);
    }
    Error::new(Status::ResolveFailed, cause, format!("cannot look up {name}: {error}; {advice}"))
}

/// Whether a look-up failed because no file descriptor is left (row 29 of `docs/faults.md`). Some resolvers report that
/// as "no such name", so this also tries to open a socket.
fn lacks_descriptors(error: &io::Error) -> bool {
    let probe = || socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).err();
    is_out_of_descriptors(error) || probe().is_some_and(|error| is_out_of_descriptors(&error))
}

/// Makes the error of a deadline that passed while waiting for a permit say so.
fn busy(error: Error) -> Error {
    match error.status() {
        Status::Timeout => {
            let message = format!("{error}: {MAX_THREADS} earlier look-ups are still without an answer");
            Error::new(Status::Timeout, Cause::ResolverBusy, message)
        }
        _ => error,
    }
}
