//! Whom to believe: the system's certificates, and those that were given.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{PemObject, SectionKind};

use crate::error::{Cause, Error, Status};
use crate::files;

use super::roots::RootsVerifier;
use super::system_verifier;

/// Whose certificates are believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// The system's, and those that were given.
    #[default]
    System,
    /// Only those that were given: an added CA, a proxy that intercepts, cannot pose as the server.
    GivenOnly,
}

/// The settings that decide whom to believe.
#[derive(Clone, Default)]
pub(crate) struct TrustSettings {
    pub(crate) trust: Trust,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) ca_pem: Option<String>,
}

impl fmt::Debug for TrustSettings {
    /// Without the CA text: what was given may be a key by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustSettings")
            .field("trust", &self.trust)
            .field("ca_file", &self.ca_file)
            .field("ca_pem", &self.ca_pem.as_ref().map(String::len))
            .finish()
    }
}

/// Larger files are no CA files.
const MAX_CA_FILE: u64 = 16 * 1024 * 1024;

/// The certificates that were given, read when a session is made: a CA file that cannot be used is an error
/// even where the connection could do without.
pub(crate) fn given(settings: &TrustSettings) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = &settings.ca_file {
        let source = format!("the CA file {}", path.display());
        let bytes = files::read(path, MAX_CA_FILE)
            .map_err(|error| unusable(&source, Cause::CaFileUnreadable, &format!("it cannot be read: {error}")))?;
        add(&mut roots, &bytes, &source)?;
    }
    if let Some(pem) = &settings.ca_pem {
        add(&mut roots, pem.as_bytes(), "the given CA text")?;
    }
    Ok(roots)
}

fn unusable(source: &str, cause: Cause, why: &str) -> Error {
    Error::new(Status::Configuration, cause, format!("{source} cannot be used: {why}"))
}

/// Adds every certificate of a PEM text; it has to have one, and all have to be good.
fn add(roots: &mut RootCertStore, pem: &[u8], source: &str) -> Result<(), Error> {
    let refuse = |why: &str| Err(unusable(source, Cause::CaInvalid, why));
    let pem = pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem);
    if has_private_key(pem) {
        return refuse("it contains a private key, which belongs in no installer; give the certificate alone");
    }
    let mut number = 0;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
        let der = match section {
            Ok((SectionKind::Certificate, der)) => der,
            Ok(_) => continue,
            Err(_) => return refuse(&format!("what follows its certificate number {number} is no PEM")),
        };
        number += 1;
        if let Err(error) = roots.add(CertificateDer::from(der)) {
            return refuse(&format!("its certificate number {number} is broken: {error}"));
        }
    }
    if number > 0 {
        return Ok(());
    }
    refuse(match pem {
        [] => "it is empty",
        [0x30, 0x80..=0x84, ..] => "it is DER, and PEM is needed; convert it with: openssl x509 -inform der",
        _ => "it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
    })
}

/// Any kind of one, also those that are not read here (encrypted, DSA, OpenSSH).
fn has_private_key(pem: &[u8]) -> bool {
    let mut lines = pem.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
    lines.any(|line| line.starts_with(b"-----BEGIN ") && line.ends_with(b"PRIVATE KEY-----"))
}

/// What decides whom to believe: the given certificates, and the system unless only the given ones count.
pub(crate) fn verifier(
    given: RootCertStore,
    trust: Trust,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    match trust {
        Trust::System => system_verifier(given, provider),
        Trust::GivenOnly if given.is_empty() => {
            let message = "only given CA certificates are trusted, and none was given";
            Err(Error::new(Status::Configuration, Cause::NoTrustStore, message))
        }
        Trust::GivenOnly => Ok(only(given, &provider)),
    }
}

/// Believes `roots` and nobody else.
pub(crate) fn only(roots: RootCertStore, provider: &CryptoProvider) -> Arc<dyn ServerCertVerifier> {
    Arc::new(RootsVerifier { roots, algorithms: provider.signature_verification_algorithms })
}

/// What never happens: rustls refuses settings that are the same for everybody.
pub(crate) fn no_tls(error: &dyn fmt::Display) -> Error {
    Error::new(Status::Internal, Cause::Internal, format!("TLS cannot be set up: {error}"))
}
