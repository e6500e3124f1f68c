//! A verifier that asks Windows or macOS whether they trust a certificate. They decide by rules that administrators
//! set.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier as PlatformVerifier;

use crate::error::{Cause, Error};
use crate::log::Log;

use super::explanation;
use super::presented::Presented;
use super::roots::Roots;
use super::verifier::{ChainVerifier, setup_failed};

/// Trusts the servers for which a certificate that was given vouches, and asks the system about all others.
///
/// The system's verifier could be told the given certificates as well. But then it would ask the network for lists of
/// revoked certificates, which private CAs do not have.
#[derive(Debug)]
pub(super) struct SystemVerifier {
    given: Roots,
    system: PlatformVerifier,
}

pub(super) fn system_verifier(
    given: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
    _: &Log,
) -> Result<SystemVerifier, Error> {
    let system = PlatformVerifier::new(provider.clone()).map_err(|error| setup_failed(&error))?;
    let algorithms = provider.signature_verification_algorithms;
    Ok(SystemVerifier { given: Roots { certificates: given, algorithms }, system })
}

impl ChainVerifier for SystemVerifier {
    fn verify(&self, presented: &Presented<'_>) -> Result<(), Error> {
        let Err(by_given) = self.given.verify(presented) else {
            return Ok(());
        };
        let Presented { certificate, intermediates, ocsp_response, host, now } = *presented;
        let Err(by_system) = self.system.verify_server_cert(certificate, intermediates, host, ocsp_response, now)
        else {
            return Ok(());
        };
        // Both refused the certificate, and the more helpful reason is reported. First what is wrong with the
        // certificate itself, for which webpki's reason is more precise: Windows says "expired" even for one that is
        // not valid yet.
        let nobody = Roots { certificates: Vec::new(), algorithms: self.given.algorithms };
        let alone = Presented { intermediates: &[], ..*presented };
        if let Err(error) = nobody.verify(&alone)
            && !is_unknown(&error)
        {
            return Err(error);
        }
        let given: Vec<_> = self.given.certificates.iter().collect();
        let by_system = explanation::of_system(&by_system, presented, &given);
        let system_knows_why = matches!(
            by_system.cause(),
            Cause::CertificateWrongHost | Cause::CertificateWithoutHost | Cause::CertificateRevoked
        );
        // Any other reason than an unknown issuer means that the chain leads to a given CA, and that something in it is
        // wrong.
        Err(if !is_unknown(&by_given) && !system_knows_why { by_given } else { by_system })
    }
}

fn is_unknown(error: &Error) -> bool {
    matches!(error.cause(), Cause::CertificateUnknownIssuer | Cause::CertificateSelfSigned)
}
