//! Makes rustls's configuration from the settings.

use std::cell::Cell;
use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, SignatureScheme};

use crate::error::{Cause, Error, Status};
use crate::log::Log;

#[cfg(not(any(windows, target_vendor = "apple")))]
use super::linux::system_verifier;
use super::roots::Roots;
use super::trust::Trust;
use super::verifier::{ChainVerifier, Verifier, setup_failed};
#[cfg(any(windows, target_vendor = "apple"))]
use super::windows_macos::system_verifier;

/// The configuration for TLS 1.2 and 1.3 with servers that a certificate in `given` vouches for, or that the system
/// trusts if `trust` says so. All TLS connections of a session share it.
///
/// Each handshake writes to `log` which certificates the server shows.
///
/// On Linux this reads the system's certificates, and writes to `log` if some of them cannot be read. Fails with
/// [`Status::Configuration`] if there is no certificate to trust.
pub(crate) fn config(given: Vec<CertificateDer<'static>>, trust: Trust, log: &Log) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let algorithms = provider.signature_verification_algorithms;
    let chain: Box<dyn ChainVerifier> = match trust {
        Trust::System => Box::new(system_verifier(given, &provider, log)?),
        Trust::GivenOnly if given.is_empty() => {
            let message = "only given CA certificates are trusted, and none was given";
            return Err(Error::new(Status::Configuration, Cause::NoTrustStore, message));
        }
        Trust::GivenOnly => Box::new(Roots { certificates: given, algorithms }),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| setup_failed(&error))?
        // rustls calls every verifier dangerous that it did not make itself. Ours accepts what webpki or the system's
        // verifier accepts, less what `roots.rs` checks besides, and a server's certificate that is trusted itself.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Verifier { chain, algorithms, log: log.clone() }))
        .with_client_cert_resolver(Arc::new(NoClientCertificate));
    Ok(Arc::new(config))
}

thread_local! {
    /// Whether a server has asked this thread for a client certificate.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Does `work`, and tells whether rustls was asked for a client certificate meanwhile. A server that needs one ends the
/// handshake with an alert, which up to TLS 1.2 only says that something was wrong; that the server had asked explains
/// it.
pub(crate) fn noticing_client_certificate_request<T>(work: impl FnOnce() -> T) -> (T, bool) {
    ASKED.set(false);
    (work(), ASKED.get())
}

/// Sends no client certificate. It belongs to all connections of a session, since rustls resumes a session of TLS only
/// with the same one; so it is the thread that remembers who asked.
#[derive(Debug)]
struct NoClientCertificate;

impl ResolvesClientCert for NoClientCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        ASKED.set(true);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
