//! The certificates that Linux, and other systems that keep them in files, trust.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;

use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;

use super::trust;

/// Believes the system's certificates and those that were given.
pub(crate) fn system_verifier(
    mut given: RootCertStore,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let found = certificates()?;
    // Also where some were given: the rest would be missing for good.
    if let Some(error) = found.errors.iter().find_map(no_descriptors) {
        let message = format!("the system's trusted certificates cannot be read: {error}");
        return Err(Error::new(Status::ConnectFailed, Cause::NoDescriptors, message));
    }
    given.add_parsable_certificates(found.certs);
    if !given.is_empty() {
        return Ok(trust::only(given, &provider));
    }
    let errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    let why = if errors.is_empty() { String::from("none was found") } else { errors.join("; ") };
    let message = format!(
        "the system has no trusted certificates, so no server can be believed ({why}); install the package ca-certificates, or give a CA file"
    );
    Err(Error::new(Status::Configuration, Cause::NoTrustStore, message))
}

/// The system's certificates. Its bundle alone where there is one: the folder beside it holds the same ones
/// again, and reading them all takes longer than the rest of the call.
fn certificates() -> Result<rustls_native_certs::CertificateResult, Error> {
    let chosen_by_user = ["SSL_CERT_FILE", "SSL_CERT_DIR"].iter().any(|name| std::env::var_os(name).is_some());
    if !chosen_by_user && let Some(bundle) = openssl_probe::probe().cert_file {
        let found = rustls_native_certs::load_certs_from_paths(Some(Path::new(&bundle)), None);
        if !found.certs.is_empty() {
            return Ok(found);
        }
    }
    // Anything but a file could be read for ever.
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    if let Some(path) = named.filter(|path| path.metadata().is_ok_and(|about| !about.is_file())) {
        let message = format!("SSL_CERT_FILE names {}, which is no regular file", path.display());
        return Err(Error::new(Status::Configuration, Cause::NoTrustStore, message));
    }
    Ok(rustls_native_certs::load_native_certs())
}

fn no_descriptors(error: &rustls_native_certs::Error) -> Option<&io::Error> {
    match &error.kind {
        rustls_native_certs::ErrorKind::Io { inner, .. } if is_out_of_descriptors(inner) => Some(inner),
        _ => None,
    }
}
