//! A verifier that asks Windows or macOS whether they trust a certificate. They decide by rules that administrators
//! set.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, RootCertStore};
use rustls_platform_verifier::Verifier as PlatformVerifier;

use crate::error::Error;

use super::presented::Presented;
use super::roots::{Roots, UNKNOWN_ISSUER};
use super::verifier::{ChainVerifier, setup_failed};

/// Trusts the servers for which a CA certificate that was given vouches, and asks the system about all others.
///
/// The system's verifier could be told the given certificates as well. But then it would ask the network for lists of
/// revoked certificates, which private CAs do not have.
#[derive(Debug)]
pub(super) struct SystemVerifier {
    given: Roots,
    system: PlatformVerifier,
}

pub(super) fn system_verifier(given: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<SystemVerifier, Error> {
    let system = PlatformVerifier::new(provider.clone()).map_err(|error| setup_failed(&error))?;
    Ok(SystemVerifier { given: Roots::new(given, provider)?, system })
}

impl ChainVerifier for SystemVerifier {
    fn verify(&self, presented: &Presented<'_>) -> Result<(), rustls::Error> {
        let Err(by_given) = self.given.verify(presented) else {
            return Ok(());
        };
        let Presented { certificate, intermediates, ocsp_response, host, now } = presented;
        let Err(by_system) = self.system.verify_server_cert(certificate, intermediates, host, ocsp_response, *now)
        else {
            return Ok(());
        };
        // Both refused the certificate, and the more helpful reason is reported. First what is wrong with the
        // certificate itself, for which rustls's reason is more precise: Windows says "expired" even for one that is
        // not valid yet.
        self.given.verify_alone(presented)?;
        let by_system = clarified(by_system, presented);
        let system_knows_why = matches!(
            by_system,
            rustls::Error::InvalidCertificate(
                CertificateError::NotValidForNameContext { .. } | CertificateError::Revoked
            )
        );
        // Any other reason than an unknown issuer means that the chain leads to a given CA, and that something in it is
        // wrong.
        let given_know_why = by_given != UNKNOWN_ISSUER;
        Err(if given_know_why && !system_knows_why { by_given } else { by_system })
    }
}

/// How the message of the system's error ends for Windows' CERT_E_CHAINING: the chain ends at an unknown issuer.
const CERT_E_CHAINING: &str = "(os error -2146762486)";

/// The system's error, replaced by rustls's if that says more.
fn clarified(error: rustls::Error, presented: &Presented<'_>) -> rustls::Error {
    match &error {
        rustls::Error::InvalidCertificate(CertificateError::Other(other))
            if other.0.to_string().ends_with(CERT_E_CHAINING) =>
        {
            UNKNOWN_ISSUER
        }
        // The system says that the certificate does not name the host, but not whom it names.
        rustls::Error::InvalidCertificate(CertificateError::NotValidForName) => {
            ParsedCertificate::try_from(presented.certificate)
                .and_then(|certificate| verify_server_name(&certificate, presented.host))
                .err()
                .unwrap_or(error)
        }
        _ => error,
    }
}
