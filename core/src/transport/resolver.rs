//! Looks names up with the system's resolver. It cannot be interrupted, so it runs on a helper thread.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use qls_precheck_os::addresses::{self, NoAddresses};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;
use crate::server::Host;

use super::deadline::Deadline;
use super::helper::{Helpers, MAX_HELPERS, Unanswered};

/// How long an answer is remembered, as long as connections to it succeed.
const REMEMBERED: Duration = Duration::from_secs(60);

/// The threads on which names are looked up.
static LOOK_UPS: Helpers = Helpers::new("qls-resolver");

/// Looks names up for one session, and remembers the last answer for a minute. While connections succeed, a session
/// connects to one host: the server, or a proxy.
#[derive(Debug, Default)]
pub(crate) struct Resolver {
    known: Mutex<Option<Known>>,
}

#[derive(Debug)]
struct Known {
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
            *known = Some(Known { name: name.to_owned(), at: Instant::now(), addresses: addresses.clone() });
        }
        Ok(addresses)
    }
}

/// Asks the system's resolver, on a thread of its own.
fn ask_system(name: &str, deadline: &Deadline) -> Result<Vec<SocketAddr>, Error> {
    let question = name.to_owned();
    let answer =
        LOOK_UPS.run(deadline, move || addresses::look_up(&question)).map_err(|unanswered| match unanswered {
            Unanswered::Busy(error) => busy(error),
            Unanswered::Ended(error) => error,
            Unanswered::NoThread(error) => {
                let message = format!("cannot look up {name}: the system gave no thread for it: {error}");
                Error::new(Status::ResolveFailed, Cause::NoResolverThread, message)
            }
            Unanswered::Panicked => {
                let message = format!("cannot look up {name}: the look-up ended without an answer");
                Error::new(Status::Internal, Cause::Internal, message)
            }
        })?;
    answer.map_err(|why| look_up_error(name, why))
}

fn look_up_error(name: &str, why: NoAddresses) -> Error {
    let (error, cause, advice) = match why {
        NoAddresses::NotFound(error) => (error, Cause::NameNotFound, "check its spelling and the network"),
        NoAddresses::Unavailable(error) => (
            error,
            Cause::ResolverUnavailable,
            "there is no network, or its name server does not answer; check the network, and a VPN if there is one",
        ),
        NoAddresses::Failed(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            (error, Cause::OutOfMemory, "close other programs and try again")
        }
        NoAddresses::Failed(error) => (
            error,
            Cause::ResolverFailed,
            "the name server has a fault, or this computer's resolver is set up wrongly; ask the network's administrator",
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
            let message = format!("{error}: {MAX_HELPERS} earlier look-ups are still without an answer");
            Error::new(Status::Timeout, Cause::ResolverBusy, message)
        }
        _ => error,
    }
}
