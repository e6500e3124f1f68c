//! The verifier that rustls calls in each handshake.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};

use crate::diagnosis::Chain;
use crate::error::{Cause, Error, Status};
use crate::log::{Level, Log};

use super::certificate::{Certificate, readable};
use super::explanation;
use super::presented::Presented;

/// Decides whether certificates prove that a server is the one that was meant.
pub(super) trait ChainVerifier: fmt::Debug + Send + Sync {
    /// Succeeds if they prove it. Otherwise the error says why not, in words for a person.
    fn verify(&self, presented: &Presented<'_>) -> Result<(), Error>;
}

/// Has the certificates verified by a [`ChainVerifier`], and the handshake's signatures by rustls. If either refuses,
/// the error says why in words for a person.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) chain: Box<dyn ChainVerifier>,
    /// The algorithms with which signatures may be made.
    pub(super) algorithms: WebPkiSupportedAlgorithms,
    /// Is told what each server shows, whether it is believed or not.
    pub(super) log: Log,
}

impl Verifier {
    fn tell(&self, presented: &Presented<'_>) {
        if !self.log.is_wanted(Level::Debug) {
            return;
        }
        let shown = [presented.certificate].into_iter().chain(presented.intermediates);
        let shown: Vec<_> = shown.filter_map(|der| Certificate::read(der)).collect();
        self.log.note(|facts| facts.way.chain = chain(&shown));
        for certificate in &shown {
            self.log.line(Level::Debug, || certificate.to_string());
        }
    }
}

/// What a diagnosis needs of the certificates that were shown; None if none can be read.
fn chain(shown: &[Certificate]) -> Option<Chain> {
    let (own, top) = (shown.first()?, shown.last()?);
    let seconds = |(start, end): (UnixTime, UnixTime)| (start.as_secs(), end.as_secs());
    let dates = shown.iter().map(|certificate| seconds(certificate.dates()));
    Some(Chain {
        issuer: readable(own.issuer()),
        top: readable(top.issuer()),
        is_single: shown.len() == 1,
        validity: dates.fold((0, u64::MAX), |(start, end), (from, until)| (start.max(from), end.min(until))),
    })
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let presented = Presented { certificate, intermediates, ocsp_response, host, now };
        self.tell(&presented);
        self.chain.verify(&presented).map(|()| ServerCertVerified::assertion()).map_err(passed_on)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
            .map_err(|error| explained(error, certificate))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
            .map_err(|error| explained(error, certificate))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Says in words why the signature was refused which a server makes to prove that it has the certificate's private key.
fn explained(error: rustls::Error, certificate: &CertificateDer<'_>) -> rustls::Error {
    match error {
        rustls::Error::InvalidCertificate(reason) => passed_on(explanation::of_signature(&reason, certificate)),
        error => error,
    }
}

/// Our own error, as rustls passes it on unchanged. `transport/tls_stream.rs` takes it out again.
fn passed_on(error: Error) -> rustls::Error {
    rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(error))))
}

/// The error for a configuration that rustls refuses. That would be a defect of this library, since nothing that a user
/// sets can cause it.
pub(super) fn setup_failed(error: &dyn fmt::Display) -> Error {
    Error::new(Status::Internal, Cause::Internal, format!("TLS cannot be set up: {error}"))
}
