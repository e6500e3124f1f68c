//! TLS over a [`Stream`], by rustls.

use std::io::{self, Read, Write};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};

use crate::error::{Cause, Error, Status};
use crate::server::Host;

use super::stream::{Stream, inner_error};

/// A TLS connection whose handshake is done.
#[derive(Debug)]
pub(crate) struct TlsStream {
    connection: ClientConnection,
    inner: Stream,
}

impl TlsStream {
    /// Makes the handshake; `host` is whom the certificate has to name.
    pub(crate) fn connect(config: Arc<ClientConfig>, host: &Host, mut inner: Stream) -> Result<Self, Error> {
        let name = match host {
            Host::Ip(ip) => ServerName::from(*ip),
            // A trailing dot belongs to the resolver; no certificate has it.
            Host::Name(name) => ServerName::try_from(name.trim_end_matches('.').to_owned()).map_err(|error| {
                let message = format!("{name} is no name that a certificate can have: {error}");
                Error::new(Status::TlsFailed, Cause::HandshakeFailed, message)
            })?,
        };
        let mut connection = ClientConnection::new(config, name).map_err(|error| failure(&error))?;
        while connection.is_handshaking() {
            connection.complete_io(&mut inner).map_err(handshake_error)?;
        }
        Ok(Self { connection, inner })
    }

    pub(crate) fn inner(&mut self) -> &mut Stream {
        &mut self.inner
    }

    /// Reads what has arrived; true if some of it is the peer's reply (and no mere session ticket).
    pub(crate) fn has_plaintext(&mut self) -> io::Result<bool> {
        self.connection.read_tls(&mut self.inner)?;
        let state = self.connection.process_new_packets().map_err(invalid_data)?;
        Ok(state.plaintext_bytes_to_read() > 0 || state.peer_has_closed())
    }
}

impl Read for TlsStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.connection.reader().read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // Closed without saying so: whoever knows the reply's length can tell whether it is complete.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
                done => return done,
            }
            self.flush()?;
            self.connection.read_tls(&mut self.inner)?;
            self.connection.process_new_packets().map_err(invalid_data)?;
        }
    }
}

impl Write for TlsStream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        // Before taking more: what is left over from a write that had to give way.
        self.flush()?;
        self.connection.writer().write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        while self.connection.wants_write() {
            self.connection.write_tls(&mut self.inner)?;
        }
        Ok(())
    }
}

fn invalid_data(error: rustls::Error) -> io::Error {
    io::Error::other(failure(&error))
}

fn handshake_error(error: io::Error) -> Error {
    let error = match inner_error(error) {
        Ok(error) => return error,
        Err(error) => error,
    };
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(error) => failure(error),
        None => Error::new(
            Status::ConnectionLost,
            Cause::ConnectionClosed,
            format!("the connection broke during the TLS handshake: {error}"),
        ),
    }
}

fn failure(error: &rustls::Error) -> Error {
    match error {
        rustls::Error::InvalidCertificate(reason) => {
            let message = format!("the server's certificate cannot be trusted: {reason}");
            Error::new(Status::TlsUntrusted, Cause::CertificateUntrusted, message)
        }
        _ => Error::new(Status::TlsFailed, Cause::HandshakeFailed, format!("no secure connection: {error}")),
    }
}
