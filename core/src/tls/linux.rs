//! Reads the system's CA certificates on Linux and other systems that keep them in files.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::crypto::CryptoProvider;
use rustls_native_certs::CertificateResult;

use crate::environment;
use crate::error::{Cause, Error, Status};
use crate::files::is_out_of_descriptors;

use super::roots::Roots;

/// A verifier that trusts the CA certificates that were given and those of the system. Fails if there are none at all.
pub(super) fn system_verifier(mut given: RootCertStore, provider: &Arc<CryptoProvider>) -> Result<Roots, Error> {
    let found = system_certificates()?;
    // A lack of file descriptors is over soon. Without this error, a session with some given certificates would be made
    // without those of the system, and would be kept that way.
    if let Some(error) = found.errors.iter().find_map(no_descriptors) {
        let message = format!("the system's trusted certificates cannot be read: {error}");
        return Err(Error::new(Status::ConnectFailed, Cause::NoDescriptors, message));
    }
    // Some systems have certificates that cannot be parsed; those are left out.
    given.add_parsable_certificates(found.certs);
    if !given.is_empty() {
        return Roots::new(given, provider);
    }
    let errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    let why = if errors.is_empty() { String::from("none was found") } else { errors.join("; ") };
    let message = format!(
        "the system has no trusted certificates, so no server can be believed ({why}); install the package ca-certificates, or give a CA file"
    );
    Err(Error::new(Status::Configuration, Cause::NoTrustStore, message))
}

/// Reads the system's certificates. If the environment variables `SSL_CERT_FILE` or `SSL_CERT_DIR` are set, those that
/// they name, as OpenSSL does; otherwise the system's bundle, a file with all certificates. The system's folder, which
/// has each certificate in a file of its own, is read only if there is no bundle: reading it takes longer than the rest
/// of a call.
fn system_certificates() -> Result<CertificateResult, Error> {
    if !environment::is_believed() {
        // Everything else here would read those variables.
        let folder = openssl_probe::candidate_cert_dirs().next();
        return Ok(rustls_native_certs::load_certs_from_paths(None, folder));
    }
    let chosen_by_user = ["SSL_CERT_FILE", "SSL_CERT_DIR"].iter().any(|name| std::env::var_os(name).is_some());
    if !chosen_by_user && let Some(bundle) = openssl_probe::probe().cert_file {
        let found = rustls_native_certs::load_certs_from_paths(Some(Path::new(&bundle)), None);
        if !found.certs.is_empty() {
            return Ok(found);
        }
    }
    // Reading a pipe or a device in place of a file could take forever.
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
