//! Windows and macOS judge certificates themselves, by rules that administrators set.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::Error;
use crate::trust;

/// Believes the given certificates, and the system for everything else.
pub(crate) fn system_verifier(
    given: RootCertStore,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let system = Arc::new(Verifier::new(provider.clone()).map_err(|error| trust::no_tls(&error))?);
    if given.is_empty() {
        return Ok(system);
    }
    Ok(Arc::new(GivenFirst { given: trust::webpki(given, provider)?, system }))
}

/// What was given is judged as on every other system, without the network and in no time. The platform verifier
/// takes extra roots too, but would look for revocation lists that private CAs do not have.
#[derive(Debug)]
struct GivenFirst {
    given: Arc<dyn ServerCertVerifier>,
    system: Arc<Verifier>,
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
        self.given.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).or_else(|refusal| {
            let system = self.system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
            // Where a given CA issued it, what is wrong is already known.
            system.map_err(|error| match refusal {
                rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => error,
                refusal => refusal,
            })
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.given.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.given.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.given.supported_verify_schemes()
    }
}
