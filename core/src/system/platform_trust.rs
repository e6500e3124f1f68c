//! Windows and macOS judge certificates themselves, by rules that administrators set.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::Error;
use crate::trust;

/// Believes the given certificates, and the system for everything else.
pub(crate) fn system_verifier(
    given: RootCertStore,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let system = Verifier::new(provider.clone()).map_err(|error| trust::no_tls(&error))?;
    Ok(Arc::new(GivenFirst { given: trust::only(given, &provider), system }))
}

/// What was given is judged as on every other system, without the network and in no time. The platform verifier
/// takes extra roots too, but would look for revocation lists that private CAs do not have.
#[derive(Debug)]
struct GivenFirst {
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
        by_given.or_else(|refusal| {
            let by_system = self.system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
            by_system.map_err(|error| {
                // Whoever issued it: dates and purpose come first. Windows calls all expired that is out of date.
                if refusal == rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) {
                    told(error, end_entity, server_name)
                } else {
                    refusal
                }
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
