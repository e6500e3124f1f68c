//! Makes rustls's configuration from the settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, RootCertStore, SignatureScheme};

use crate::error::{Cause, Error, Status};

#[cfg(not(any(windows, target_vendor = "apple")))]
use super::linux::system_verifier;
use super::roots::Roots;
use super::trust::Trust;
use super::verifier::{ChainVerifier, Verifier, setup_failed};
#[cfg(any(windows, target_vendor = "apple"))]
use super::windows_macos::system_verifier;

/// What all TLS connections of a session share.
#[derive(Clone, Debug)]
pub(crate) struct TlsConfig {
    pub(crate) rustls: Arc<ClientConfig>,
    pub(crate) client_certificate: Arc<NoClientCertificate>,
}

impl TlsConfig {
    /// The configuration for TLS 1.2 and 1.3 with servers that a CA certificate in `given` vouches for, or that the
    /// system trusts if `trust` says so.
    ///
    /// On Linux this reads the system's certificates. Fails with [`Status::Configuration`] if there is no CA
    /// certificate to trust.
    pub(crate) fn new(given: RootCertStore, trust: Trust) -> Result<Self, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain: Box<dyn ChainVerifier> = match trust {
            Trust::System => Box::new(system_verifier(given, &provider)?),
            Trust::GivenOnly if given.is_empty() => {
                let message = "only given CA certificates are trusted, and none was given";
                return Err(Error::new(Status::Configuration, Cause::NoTrustStore, message));
            }
            Trust::GivenOnly => Box::new(Roots::new(given, &provider)?),
        };
        let verifier = Verifier { chain, algorithms: provider.signature_verification_algorithms };
        let client_certificate = Arc::new(NoClientCertificate::default());
        let rustls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| setup_failed(&error))?
            // rustls calls every verifier dangerous that it did not make itself. Ours accepts only what rustls's own or
            // the system's verifier accepts.
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(client_certificate.clone());
        Ok(Self { rustls: Arc::new(rustls), client_certificate })
    }
}

/// Sends no client certificate, and remembers whether a server asked for one. A server that needs one ends the
/// handshake with an alert, which up to TLS 1.2 only says that something was wrong; that the server had asked explains
/// it.
#[derive(Debug, Default)]
pub(crate) struct NoClientCertificate {
    asked: AtomicBool,
}

impl NoClientCertificate {
    /// Forgets that a server asked for one. To be called before each handshake.
    pub(crate) fn forget(&self) {
        self.asked.store(false, Ordering::Relaxed);
    }

    /// Whether the server of the last handshake asked for one.
    pub(crate) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

impl ResolvesClientCert for NoClientCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.store(true, Ordering::Relaxed);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
