//! TLS over another [`Stream`], by rustls: the handshake, reading and writing, and what the errors mean.

use rustls::pki_types::ServerName;
use rustls::{
    AlertDescription, CertificateError, CipherSuite, ClientConfig, ClientConnection, InvalidMessage, IoState,
    PeerIncompatible,
};
use std::io::{self, BufRead, Read, Write};
use std::sync::Arc;
use std::time::Instant;

use crate::error::{Cause, Error, Status};
use crate::server::Host;

use super::early_reply::EarlyReply;
use super::socket::{inner_error, is_hang_up};
use super::stream::Stream;
use crate::tls::noticing_client_certificate_request;

/// A TLS connection whose handshake is done.
#[derive(Debug)]
pub(crate) struct TlsStream {
    connection: ClientConnection,
    /// Whether the peer asked for a client certificate.
    wants_certificate: bool,
    inner: Stream,
}

impl TlsStream {
    /// Makes the handshake over `inner`, with a peer whose certificate has to name `host`.
    pub(crate) fn connect(config: &Arc<ClientConfig>, host: &Host, inner: Stream) -> Result<Self, Error> {
        let name = match host {
            Host::Ip(ip) => ServerName::from(*ip),
            // A trailing dot tells the resolver that the name is complete; the names in certificates have none.
            Host::Name(name) => ServerName::try_from(name.trim_end_matches('.').to_owned()).map_err(|error| {
                let message = format!("{name} is no name that a certificate can have: {error}");
                Error::new(Status::TlsFailed, Cause::HandshakeFailed, message)
            })?,
        };
        let connection = ClientConnection::new(config.clone(), name).map_err(|error| failure(&error, false))?;
        let mut stream = Self { connection, wants_certificate: false, inner };
        match stream.handshake() {
            Ok(()) => Ok(stream),
            Err(error) if is_hang_up(&error) => Err(handshake_error(stream.last_words().err().unwrap_or(error))),
            Err(error) => Err(handshake_error(error)),
        }
    }

    /// Makes the handshake. rustls's `complete_io` does the same, but here the time for verifying certificates does not
    /// count towards the connect timeout. Windows and macOS may ask the network for revoked certificates, which takes
    /// long if a firewall drops the packets, and is not the server's fault.
    fn handshake(&mut self) -> io::Result<()> {
        loop {
            self.flush()?;
            self.inner.flush()?;
            if !self.connection.is_handshaking() {
                return Ok(());
            }
            let has_ended = self.connection.read_tls(&mut self.inner)? == 0;
            let began = Instant::now();
            let taken = self.take_in();
            self.inner.socket().deadline.extend(began.elapsed());
            if taken.is_err() {
                // Tells the peer why, with the alert that rustls has prepared. If that fails too, the first error says
                // more.
                let _ = self.connection.write_tls(&mut self.inner).and_then(|_| self.inner.flush());
            }
            taken?;
            if has_ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Reads on after the peer has hung up during the handshake. Fails with the alert that the peer sent before, if
    /// there is one. The hang-up was noticed by a failed write, and the alert was not read yet; it says why the peer
    /// hung up.
    fn last_words(&mut self) -> io::Result<()> {
        while let Ok(1..) = self.connection.read_tls(&mut self.inner) {
            self.take_in()?;
        }
        Ok(())
    }

    /// Has rustls work on what was read. Its error becomes ours, inside of an I/O error.
    fn take_in(&mut self) -> io::Result<IoState> {
        let (done, asked) = noticing_client_certificate_request(|| self.connection.process_new_packets());
        self.wants_certificate |= asked;
        done.map_err(|error| match error {
            // Only after the ServerHello is it known to be TLS.
            rustls::Error::InvalidMessage(
                InvalidMessage::HandshakePayloadTooLarge | InvalidMessage::CertificatePayloadTooLarge,
            ) if self.connection.protocol_version().is_some() => Error::new(
                Status::TlsUntrusted,
                Cause::CertificateUnsupported,
                "the server's certificates have more than 64 KiB, which this library does not read; it should send fewer",
            )
            .into(),
            error => failure(&error, self.wants_certificate).into(),
        })
    }

    /// The version and cipher that were agreed on, for the log: `TLS 1.3, TLS_AES_256_GCM_SHA384`.
    pub(crate) fn agreed(&self) -> String {
        let version = self.connection.protocol_version().and_then(|version| version.as_str()).unwrap_or("TLS");
        // rustls writes `TLSv1_3`.
        let version = version.replace("TLSv", "TLS ").replace('_', ".");
        let cipher = self.connection.negotiated_cipher_suite().map_or("", |cipher| cipher_name(cipher.suite()));
        format!("{version}, {cipher}")
    }

    /// Whether everything that rustls has received was read, and the peer has not closed TLS.
    pub(crate) fn is_drained(&self) -> bool {
        self.connection.wants_read()
    }

    pub(crate) fn inner(&mut self) -> &mut Stream {
        &mut self.inner
    }

    /// Reads what has arrived, and recognizes it. It may be TLS's own, such as a session ticket, and nothing of a
    /// reply.
    pub(crate) fn early_reply(&mut self) -> io::Result<EarlyReply> {
        if self.connection.read_tls(&mut self.inner)? == 0 {
            return Ok(EarlyReply::Final);
        }
        let state = self.take_in()?;
        if state.plaintext_bytes_to_read() > 0 {
            return Ok(EarlyReply::of(self.connection.reader().fill_buf()?));
        }
        Ok(if state.peer_has_closed() { EarlyReply::Final } else { EarlyReply::Nothing })
    }

    /// Sets whether a write that has to wait gives up with `WouldBlock` as soon as the peer has sent something. Has no
    /// effect for TLS over TLS: an inner stream that gave up in the middle of a write could not tell how much of it was
    /// sent.
    pub(crate) fn yield_to_input(&mut self, yields: bool) {
        if let Stream::Plain(socket) = &mut self.inner {
            socket.yields_to_input = yields;
        }
    }

    /// Sends what is left to send, before a read. Gives up without an error if the peer has sent something or hung up:
    /// what it sent is read first, since it may say why the peer takes nothing more.
    fn flush_unless_answered(&mut self) -> io::Result<()> {
        if !self.connection.wants_write() {
            return Ok(());
        }
        self.yield_to_input(true);
        let flushed = self.flush();
        self.yield_to_input(false);
        match flushed {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock && !is_hang_up(&error) => Err(error),
            _ => Ok(()),
        }
    }
}

impl Read for TlsStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.connection.reader().read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // The peer hung up without TLS's close_notify, as many servers do. Whether the reply is complete can be
                // told by its length, which ureq knows.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
                done => return done,
            }
            self.flush_unless_answered()?;
            self.connection.read_tls(&mut self.inner)?;
            self.take_in()?;
        }
    }
}

impl Write for TlsStream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        // An earlier write may have given up before all of it was sent. rustls still has the rest, which goes first.
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

/// The name of one of the ciphers that ring has. rustls's own names are those of all ciphers that there are, which would
/// make the library 50 KB larger.
fn cipher_name(cipher: CipherSuite) -> &'static str {
    use CipherSuite as C;
    match cipher {
        C::TLS13_AES_256_GCM_SHA384 => "TLS_AES_256_GCM_SHA384",
        C::TLS13_AES_128_GCM_SHA256 => "TLS_AES_128_GCM_SHA256",
        C::TLS13_CHACHA20_POLY1305_SHA256 => "TLS_CHACHA20_POLY1305_SHA256",
        C::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        C::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        C::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 => "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        C::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        C::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        C::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        _ => "another cipher",
    }
}

/// What an error of the handshake means.
fn handshake_error(error: io::Error) -> Error {
    inner_error(error).unwrap_or_else(|error| {
        if is_hang_up(&error) {
            let message = format!("the connection broke during the TLS handshake: {error}");
            return Error::new(Status::ConnectionLost, Cause::ConnectionClosed, message);
        }
        Error::new(Status::TlsFailed, Cause::HandshakeFailed, format!("the TLS handshake failed: {error}"))
    })
}

/// What rustls's error means, in words that tell who can change something: the client's side or the server's. What was seen
/// follows in brackets, for those who search for the reason on the server.
fn failure(error: &rustls::Error, wants_certificate: bool) -> Error {
    use rustls::Error as E;
    // `tls/verifier.rs` has put our own error, with an explanation, into rustls's.
    if let E::InvalidCertificate(CertificateError::Other(other)) = error
        && let Some(error) = other.0.downcast_ref::<Error>()
    {
        return error.clone();
    }
    let (cause, what, advice) = match error {
        // Every refusal of a certificate comes from `tls/verifier.rs` today. This is for one that does not.
        E::InvalidCertificate(_) => {
            return Error::new(Status::TlsUntrusted, Cause::CertificateInvalid, "the certificate cannot be trusted");
        }
        E::InvalidMessage(_) | E::InappropriateMessage { .. } => {
            (Cause::NotTls, "what answers there does not speak TLS", "; check the port")
        }
        E::AlertReceived(AlertDescription::CertificateRequired) => {
            (Cause::ClientCertificateRequired, CLIENT_CERTIFICATE, "")
        }
        // TLS 1.2 has no alert for a missing client certificate. Servers send one of these instead.
        E::AlertReceived(AlertDescription::HandshakeFailure | AlertDescription::BadCertificate)
            if wants_certificate =>
        {
            (Cause::ClientCertificateRequired, CLIENT_CERTIFICATE, "")
        }
        E::PeerIncompatible(_)
        | E::AlertReceived(
            AlertDescription::ProtocolVersion
            | AlertDescription::InsufficientSecurity
            | AlertDescription::HandshakeFailure,
        ) => (
            Cause::TlsVersion,
            "the server and this library have no TLS version, cipher or kind of key in common",
            "; supported are TLS 1.2 or newer, AES-GCM and ChaCha20 with ECDHE, and keys of RSA, P-256, P-384 and Ed25519",
        ),
        E::AlertReceived(AlertDescription::UnrecognisedName) => {
            (Cause::HandshakeFailed, "the server does not know the name by which it was asked", "")
        }
        _ => (Cause::HandshakeFailed, "the TLS connection failed", ""),
    };
    let seen = match error {
        E::AlertReceived(alert) => format!(" ({})", alert_name(*alert)),
        E::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
            " (the server's TLS is older than 1.2)".into()
        }
        E::NoCertificatesPresented => " (the server shows no certificate)".into(),
        E::PeerMisbehaved(_) | E::DecryptError | E::InappropriateHandshakeMessage { .. } => {
            " (what the server sends breaks the rules of TLS)".into()
        }
        _ => String::new(),
    };
    Error::new(Status::TlsFailed, cause, format!("{what}{seen}{advice}"))
}

/// An alert, by which a server says why it ends TLS, as RFC 8446 and the logs of servers call it.
fn alert_name(alert: AlertDescription) -> String {
    const NAMES: [(u8, &str); 18] = [
        (10, "unexpected_message"),
        (20, "bad_record_mac"),
        (40, "handshake_failure"),
        (42, "bad_certificate"),
        (43, "unsupported_certificate"),
        (46, "certificate_unknown"),
        (47, "illegal_parameter"),
        (48, "unknown_ca"),
        (49, "access_denied"),
        (50, "decode_error"),
        (51, "decrypt_error"),
        (70, "protocol_version"),
        (71, "insufficient_security"),
        (80, "internal_error"),
        (109, "missing_extension"),
        (112, "unrecognized_name"),
        (116, "certificate_required"),
        (120, "no_application_protocol"),
    ];
    let number = u8::from(alert);
    let name = NAMES.iter().find(|(known, _)| *known == number).map_or(String::new(), |(_, name)| format!(", {name}"));
    format!("TLS alert {number}{name}")
}

const CLIENT_CERTIFICATE: &str = "the server wants a client certificate, which this library does not send";
