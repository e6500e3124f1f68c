//! Windows and macOS judge certificates themselves, by rules that administrators set.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::trust;
use crate::error::Error;

/// Believes the given certificates, and the system for everything else.
pub(crate) fn system_verifier(
    given: RootCertStore,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let system = Verifier::new(provider.clone()).map_err(|error| trust::no_tls(&error))?;
    Ok(Arc::new(GivenFirst { is_any_given: !given.is_empty(), given: trust::only(given, &provider), system }))
}

/// What was given is judged as on every other system, without the network and in no time. The platform verifier
/// takes extra roots too, but would look for revocation lists that private CAs do not have.
#[derive(Debug)]
struct GivenFirst {
    is_any_given: bool,
    /// Believes nobody where nothing was given, and still tells what is wrong with a certificate itself.
    given: Arc<dyn ServerCertVerifier>,
    system: Verifier,
}

/// Windows' CERT_E_CHAINING: the chain ends at somebody whom nobody here knows.
const CHAIN_WITHOUT_END: &str = "(os error -2146762486)";

/// The system's refusal, as far as it can be told more clearly.
fn told(error: rustls::Error, end_entity: &CertificateDer<'_>, server_name: &ServerName<'_>) -> rustls::Error {
    match &error {
        rustls::Error::InvalidCertificate(CertificateError::Other(other))
            if other.0.to_string().ends_with(CHAIN_WITHOUT_END) =>
        {
            rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)
        }
        // The system does not say whom it names instead.
        rustls::Error::InvalidCertificate(CertificateError::NotValidForName) => ParsedCertificate::try_from(end_entity)
            .and_then(|certificate| verify_server_name(&certificate, server_name))
            .err()
            .unwrap_or(error),
        _ => error,
    }
}

fn is_unknown_issuer(error: &rustls::Error) -> bool {
    *error == rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)
}

impl ServerCertVerifier for GivenFirst {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let by_given = self.given.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        by_given.or_else(|by_given| {
            let by_system = self.system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
            by_system.map_err(|by_system| {
                // Whoever issued it: its dates and its purpose come first. Windows calls all expired that is out of date.
                let alone = self.given.verify_server_cert(end_entity, &[], server_name, ocsp_response, now);
                if let Err(alone) = alone
                    && !is_unknown_issuer(&alone)
                {
                    return alone;
                }
                let by_system = told(by_system, end_entity, server_name);
                let says_why = matches!(
                    &by_system,
                    rustls::Error::InvalidCertificate(
                        CertificateError::NotValidForNameContext { .. } | CertificateError::Revoked
                    )
                );
                // An intermediate that is sent along in vain is no reason; one below a given CA is.
                if self.is_any_given && !says_why && !is_unknown_issuer(&by_given) { by_given } else { by_system }
            })
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}
