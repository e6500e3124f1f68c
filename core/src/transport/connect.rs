//! Connects to the first of several addresses that answers.

use std::io;
use std::net::{SocketAddr, TcpStream};

use socket2::{Domain, Protocol, Type};

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;
use crate::log::{Level, Log};

use super::deadline::Deadline;
use super::socket::{Socket, inner_error, is_hang_up, is_not_yet};

/// Tries the addresses one after the other, and returns the first connection. Each but the last gets at most half of
/// the time that is left, so that an address that never answers leaves time for the next one (row 26 of
/// `docs/faults.md`). Writes to `log` how each answered. Fails with one error for all addresses.
pub(crate) fn connect(addresses: &[SocketAddr], deadline: &Deadline, log: &Log) -> Result<Socket, Error> {
    let mut failures = Vec::new();
    for (index, address) in addresses.iter().enumerate() {
        let deadline = deadline.doing(format!("connecting to {address}"));
        let share = match index + 1 < addresses.len() {
            true => deadline.for_connecting(deadline.left() / 2),
            false => deadline.clone(),
        };
        match connect_to(address, &share) {
            // The socket gets the whole deadline, not the share: what follows (proxy, TLS) may use all the time that is
            // left.
            Ok(stream) => {
                log.line(Level::Debug, || format!("connected to {address}"));
                return Ok(Socket::new(stream, deadline));
            }
            Err(error) => match connect_error(address, error) {
                error if error.status() == Status::Cancelled || addresses.len() == 1 => return Err(error),
                error => {
                    log.line(Level::Debug, || error.to_message());
                    log.note(|facts| facts.was_refused |= error.cause() == Cause::ConnectionRefused);
                    failures.push(error);
                }
            },
        }
    }
    Err(summary(&failures, deadline))
}

fn connect_to(address: &SocketAddr, deadline: &Deadline) -> io::Result<TcpStream> {
    let socket = socket2::Socket::new(Domain::for_address(*address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    match socket.connect(&(*address).into()) {
        Err(error) if !is_not_yet(&error) && !is_in_progress(&error) => return Err(error),
        _ => {}
    }
    let stream = TcpStream::from(socket);
    deadline.wait_connected(&stream)?;
    match stream.take_error()? {
        None => Ok(stream),
        Some(error) => Err(error),
    }
}

/// Whether `error` says that the system goes on connecting in the background. On Windows it is "would block" instead.
fn is_in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error())
}

fn connect_error(address: &SocketAddr, error: io::Error) -> Error {
    inner_error(error).unwrap_or_else(|error| {
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
    })
}

/// Makes one error of those of all addresses, with all their messages. Its status and cause are those of a timeout if
/// there was one, so that the operation does not ask again; otherwise of a refused connection, which says more than an
/// address that cannot be reached; otherwise of a connection that broke; otherwise of the first failure.
fn summary(failures: &[Error], deadline: &Deadline) -> Error {
    let messages: Vec<String> = failures.iter().map(Error::message).collect();
    let ended = deadline.check().err();
    let decisive = ended.as_ref().or(failures.iter().min_by_key(|error| match (error.status(), error.cause()) {
        (Status::Timeout, _) => 0,
        (_, Cause::ConnectionRefused) => 1,
        (Status::ConnectionLost, _) => 2,
        _ => 3,
    }));
    let (status, cause) =
        decisive.map_or((Status::ConnectFailed, Cause::Unreachable), |error| (error.status(), error.cause()));
    Error::new(status, cause, messages.join("; "))
}
