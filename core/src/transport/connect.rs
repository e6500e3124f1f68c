//! Connects to the first of several addresses that answers. The addresses are raced (RFC 8305, section 5), so that those
//! that lead nowhere cost little time.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use socket2::{Domain, Protocol, Type};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;
use crate::log::{Level, Log};

use super::deadline::Deadline;
use super::socket::{Socket, inner_error, is_hang_up, is_not_yet};

/// How long after an attempt the next one begins, if none fails before.
const ATTEMPT_DELAY: Duration = Duration::from_millis(200);

/// Returns the first connection to one of `addresses`, of which there is at least one, and closes the others. Writes
/// to `log` how each answered, or that it had not yet. Fails with one error for all attempts.
pub(crate) fn connect(addresses: &[SocketAddr], deadline: &Deadline, log: &Log) -> Result<Socket, Error> {
    let mut waiting = alternating(addresses).into_iter();
    let mut attempts = Vec::new();
    let mut failures = Vec::new();
    let failed = |address: &SocketAddr, error| {
        let error = connect_error(address, error);
        log.line(Level::Debug, || error.to_message());
        log.note(|facts| facts.way.was_refused |= error.cause() == Cause::ConnectionRefused);
        error
    };
    let mut next_at = Instant::now();
    loop {
        while (attempts.is_empty() || next_at <= Instant::now())
            && let Some(address) = waiting.next()
        {
            match begin(&address) {
                Ok(stream) => {
                    let began = Instant::now();
                    attempts.push((address, stream, began));
                    next_at = began + ATTEMPT_DELAY;
                }
                Err(error) => failures.push(failed(&address, error)),
            }
        }
        if attempts.is_empty() {
            return Err(summary(failures));
        }
        let names: Vec<String> = attempts.iter().map(|(address, ..)| address.to_string()).collect();
        let mut polled: Vec<_> = attempts.iter().map(|(_, stream, _)| PollFd::new(stream, PollFlags::OUT)).collect();
        let pause = match waiting.len() {
            0 => Duration::MAX,
            _ => next_at.saturating_duration_since(Instant::now()),
        };
        deadline
            .doing(format!("connecting to {}", names.join(" and ")))
            .poll_a_slice(&mut polled, pause)
            .map_err(|error| ended(error, &mut failures))?;
        let ready: Vec<bool> = polled.iter().map(|polled| !polled.revents().is_empty()).collect();
        let mut connected = None;
        for ((address, stream, began), is_ready) in std::mem::take(&mut attempts).into_iter().zip(ready) {
            // Before version 2004 of Windows 10, polling does not report an attempt that failed.
            match stream.take_error() {
                Ok(None) if is_ready => connected = connected.or(Some((address, stream))),
                Ok(None) => attempts.push((address, stream, began)),
                Ok(Some(error)) | Err(error) => {
                    failures.push(failed(&address, error));
                    next_at = Instant::now();
                }
            }
        }
        if let Some((address, stream)) = connected {
            for (address, _, began) in attempts {
                // A fraction of a second would bring 20 KB of code for numbers with a point.
                let milliseconds = began.elapsed().as_millis() as u64;
                log.line(Level::Debug, || format!("{address} had not answered after {milliseconds} ms"));
            }
            log.line(Level::Debug, || format!("connected to {address}"));
            // The socket's deadline goes on, for the proxy and for TLS.
            return Ok(Socket::new(stream, deadline.doing(format!("connecting to {address}"))));
        }
    }
}

/// The addresses in the order in which they are tried: IPv6 and IPv4 in turn, each in the resolver's order, and first
/// the family that the resolver has first.
fn alternating(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let is_first_family = |address: &SocketAddr| addresses[0].is_ipv4() == address.is_ipv4();
    let (first, second): (Vec<SocketAddr>, Vec<_>) = addresses.iter().copied().partition(is_first_family);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut order = Vec::new();
    while order.len() < addresses.len() {
        order.extend([first.next(), second.next()].into_iter().flatten());
    }
    order
}

/// Begins to connect to `address`, without waiting.
fn begin(address: &SocketAddr) -> io::Result<TcpStream> {
    let socket = socket2::Socket::new(Domain::for_address(*address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    match socket.connect(&(*address).into()) {
        Err(error) if !is_not_yet(&error) && !is_in_progress(&error) => Err(error),
        _ => Ok(socket.into()),
    }
}

/// Whether `error` says that the system goes on connecting in the background. On Windows it is "would block" instead.
fn is_in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error())
}

fn connect_error(address: &SocketAddr, error: io::Error) -> Error {
    if is_hang_up(&error) {
        let message = format!("the connection to {address} broke as soon as it was made: {error}");
        return Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message);
    }
    let message = format!("cannot connect to {address}: {error}");
    let cause = match error.kind() {
        io::ErrorKind::ConnectionRefused => Cause::ConnectionRefused,
        io::ErrorKind::PermissionDenied => Cause::ConnectionNotPermitted,
        // The system gave up by itself. Its own time limit is usually longer than ours.
        io::ErrorKind::TimedOut => return Error::new(Status::Timeout, Cause::ConnectTimeout, message),
        _ if is_out_of_descriptors(&error) => Cause::NoDescriptors,
        _ => Cause::Unreachable,
    };
    Error::new(Status::ConnectFailed, cause, message)
}

/// The error of a race that `error` ended while it was waited for: a cancel, which is the whole story, or the deadline.
fn ended(error: io::Error, failures: &mut Vec<Error>) -> Error {
    match inner_error(error) {
        Ok(error) if error.status() == Status::Cancelled => error,
        Ok(error) => {
            failures.insert(0, error);
            summary(std::mem::take(failures))
        }
        Err(error) => {
            let message = format!("cannot wait for a connection: {error}");
            Error::new(Status::ConnectFailed, Cause::Unreachable, message)
        }
    }
}

/// Makes one error of those of all attempts. The most telling comes first, and gives status and cause.
fn summary(mut failures: Vec<Error>) -> Error {
    let most_telling = (0..failures.len()).min_by_key(|&at| failures[at].rank()).unwrap_or(0);
    let first = failures.remove(most_telling);
    let (status, cause) = (first.status(), first.cause());
    failures.insert(0, first);
    let messages: Vec<String> = failures.iter().map(Error::message).collect();
    Error::new(status, cause, messages.join("; "))
}
