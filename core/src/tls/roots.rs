//! A verifier that trusts a set of CA certificates, and nobody else.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::{WebPkiServerVerifier, verify_server_cert_signed_by_trust_anchor};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, RootCertStore};

use crate::error::Error;

use super::presented::Presented;
use super::verifier::{ChainVerifier, setup_failed};

pub(super) const UNKNOWN_ISSUER: rustls::Error = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);

/// Trusts the servers whose certificates were issued by one of these CAs.
#[derive(Debug)]
pub(super) struct Roots {
    /// None if there is no CA certificate, since rustls makes no verifier without one.
    verifier: Option<Arc<WebPkiServerVerifier>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Roots {
    /// A verifier that trusts `certificates`, of which there may be none.
    pub(super) fn new(certificates: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Self, Error> {
        let algorithms = provider.signature_verification_algorithms;
        if certificates.is_empty() {
            return Ok(Self { verifier: None, algorithms });
        }
        let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(certificates), provider.clone());
        let verifier = builder.build().map_err(|error| setup_failed(&error))?;
        Ok(Self { verifier: Some(verifier), algorithms })
    }

    /// Checks a server's certificate without asking who issued it: its dates, and that it is meant for a server.
    pub(super) fn verify_alone(&self, presented: &Presented<'_>) -> Result<(), rustls::Error> {
        let certificate = ParsedCertificate::try_from(presented.certificate)?;
        let nobody = RootCertStore::empty();
        match verify_server_cert_signed_by_trust_anchor(&certificate, &nobody, &[], presented.now, self.algorithms.all)
        {
            // rustls looks for the issuer last. There is none in an empty set, so everything else was fine.
            Err(error) if error == UNKNOWN_ISSUER => Ok(()),
            done => done,
        }
    }
}

impl ChainVerifier for Roots {
    fn verify(&self, presented: &Presented<'_>) -> Result<(), rustls::Error> {
        let Some(verifier) = &self.verifier else {
            // Wrong dates or a wrong purpose are reported first: no CA certificate would help then.
            self.verify_alone(presented)?;
            return Err(UNKNOWN_ISSUER);
        };
        let Presented { certificate, intermediates, ocsp_response, host, now } = presented;
        verifier.verify_server_cert(certificate, intermediates, host, ocsp_response, *now).map(|_| ())
    }
}
