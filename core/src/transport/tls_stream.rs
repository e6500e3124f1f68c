//! TLS over a [`Stream`], by rustls.

use rustls::pki_types::ServerName;
use rustls::{AlertDescription, CertificateError, ClientConnection};
use std::io::{self, BufRead, Read, Write};
use std::time::Instant;

use crate::error::{Cause, Error, Status};
use crate::server::Host;

use super::connection::is_hang_up;
use super::stream::{Heard, Stream, inner_error};
use crate::tls::TlsConfig;

/// A TLS connection whose handshake is done.
#[derive(Debug)]
pub(crate) struct TlsStream {
    connection: ClientConnection,
    config: TlsConfig,
    inner: Stream,
}

impl TlsStream {
    /// Makes the handshake; `host` is whom the certificate has to name.
    pub(crate) fn connect(config: &TlsConfig, host: &Host, mut inner: Stream) -> Result<Self, Error> {
        let name = match host {
            Host::Ip(ip) => ServerName::from(*ip),
            // A trailing dot belongs to the resolver; no certificate has it.
            Host::Name(name) => ServerName::try_from(name.trim_end_matches('.').to_owned()).map_err(|error| {
                let message = format!("{name} is no name that a certificate can have: {error}");
                Error::new(Status::TlsFailed, Cause::HandshakeFailed, message)
            })?,
        };
        config.client_certificate.forget();
        let mut connection =
            ClientConnection::new(config.rustls.clone(), name).map_err(|error| failure(&error, config))?;
        if let Err(mut error) = handshake(&mut connection, &mut inner) {
            if is_hang_up(&error) {
                error = last_words(&mut connection, &mut inner).unwrap_or(error);
            }
            return Err(handshake_error(error, config));
        }
        Ok(Self { connection, config: config.clone(), inner })
    }

    /// What was agreed, for the log.
    pub(crate) fn version(&self) -> &'static str {
        self.connection.protocol_version().and_then(|version| version.as_str()).unwrap_or("TLS")
    }

    /// Whether everything that arrived was read, and the peer has not said goodbye.
    pub(crate) fn is_drained(&self) -> bool {
        self.connection.wants_read()
    }

    pub(crate) fn inner(&mut self) -> &mut Stream {
        &mut self.inner
    }

    /// Reads what has arrived, and tells what it is: it may be a mere session ticket.
    pub(crate) fn heard(&mut self) -> io::Result<Heard> {
        if self.connection.read_tls(&mut self.inner)? == 0 {
            return Ok(Heard::Reply);
        }
        let state = self.connection.process_new_packets().map_err(|error| self.invalid_data(&error))?;
        if state.plaintext_bytes_to_read() > 0 {
            return Ok(Heard::of(self.connection.reader().fill_buf()?));
        }
        Ok(if state.peer_has_closed() { Heard::Reply } else { Heard::Nothing })
    }

    /// Sends what is left to send while a reply is awaited: the reply comes first, and may say why the peer
    /// takes nothing more.
    fn flush_unless_answered(&mut self) -> io::Result<()> {
        if !self.connection.wants_write() {
            return Ok(());
        }
        if let Stream::Plain(_) = self.inner {
            self.inner.heed_input(true);
        }
        let flushed = self.flush();
        self.inner.socket().heeds_input = false;
        match flushed {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock && !is_hang_up(&error) => Err(error),
            _ => Ok(()),
        }
    }

    fn invalid_data(&self, error: &rustls::Error) -> io::Error {
        io::Error::other(failure(error, &self.config))
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
            self.flush_unless_answered()?;
            self.connection.read_tls(&mut self.inner)?;
            self.connection.process_new_packets().map_err(|error| self.invalid_data(&error))?;
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

/// As rustls would do it itself, but for the clock: on Windows and macOS the certificate's judge asks the network, and
/// takes longer where a firewall swallows the question.
fn handshake(connection: &mut ClientConnection, inner: &mut Stream) -> io::Result<()> {
    loop {
        while connection.wants_write() {
            connection.write_tls(inner)?;
        }
        inner.flush()?;
        if !connection.is_handshaking() {
            return Ok(());
        }
        let has_ended = connection.read_tls(inner)? == 0;
        let began = Instant::now();
        let taken = connection.process_new_packets();
        inner.socket().patience.excuse(began.elapsed());
        if let Err(error) = taken {
            // The peer may learn of it; what matters is the error.
            let _ = connection.write_tls(inner).and_then(|_| inner.flush());
            return Err(io::Error::new(io::ErrorKind::InvalidData, error));
        }
        if has_ended {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// What a peer that hung up during the handshake had said before: writing to it fails before that is read.
fn last_words(connection: &mut ClientConnection, inner: &mut Stream) -> Option<io::Error> {
    while let Ok(1..) = connection.read_tls(inner) {
        if let Err(said) = connection.process_new_packets() {
            return Some(io::Error::new(io::ErrorKind::InvalidData, said));
        }
    }
    None
}

fn handshake_error(error: io::Error, config: &TlsConfig) -> Error {
    let error = match inner_error(error) {
        Ok(error) => return error,
        Err(error) => error,
    };
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return failure(error, config);
    }
    if is_hang_up(&error) {
        let message = format!("the connection broke during the TLS handshake: {error}");
        return Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message);
    }
    Error::new(Status::TlsFailed, Cause::HandshakeFailed, format!("the TLS handshake failed: {error}"))
}

fn failure(error: &rustls::Error, config: &TlsConfig) -> Error {
    use rustls::Error as E;
    if let E::InvalidCertificate(CertificateError::Other(other)) = error
        && let Some(error) = other.0.downcast_ref::<Error>()
    {
        return error.clone();
    }
    let (cause, hint) = match error {
        E::InvalidCertificate(_) => {
            let message = format!("the certificate cannot be trusted: {error}");
            return Error::new(Status::TlsUntrusted, Cause::CertificateInvalid, message);
        }
        E::InvalidMessage(_) | E::InappropriateMessage { .. } => {
            (Cause::NotTls, "what answers there does not speak TLS; check the port")
        }
        E::PeerIncompatible(_)
        | E::AlertReceived(AlertDescription::ProtocolVersion | AlertDescription::InsufficientSecurity) => (
            Cause::TlsVersion,
            "the server offers no TLS version or cipher that is still safe; TLS 1.2 or newer is needed",
        ),
        E::AlertReceived(AlertDescription::CertificateRequired) => {
            (Cause::ClientCertificateRequired, CLIENT_CERTIFICATE)
        }
        E::AlertReceived(AlertDescription::HandshakeFailure | AlertDescription::BadCertificate)
            if config.client_certificate.was_asked() =>
        {
            (Cause::ClientCertificateRequired, CLIENT_CERTIFICATE)
        }
        E::AlertReceived(AlertDescription::HandshakeFailure) => {
            (Cause::TlsVersion, "the server and this library have no cipher in common")
        }
        _ => (Cause::HandshakeFailed, "the TLS connection failed"),
    };
    Error::new(Status::TlsFailed, cause, format!("{hint} ({error})"))
}

const CLIENT_CERTIFICATE: &str = "the server wants a client certificate, which this library does not send";
