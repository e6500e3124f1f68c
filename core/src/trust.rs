//! Whom to believe: the certificates that the system trusts.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::RootCertStore;

use crate::error::{Cause, Error, Status};

/// TLS 1.2 and 1.3 over the system's trust store.
pub(crate) fn client_config() -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(Status::Internal, Cause::Internal, format!("TLS cannot be set up: {error}")))?;
    Ok(Arc::new(builder.with_root_certificates(system_roots()?).with_no_client_auth()))
}

fn system_roots() -> Result<RootCertStore, Error> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    if !roots.is_empty() {
        return Ok(roots);
    }
    let errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    let why = if errors.is_empty() { String::from("none was found") } else { errors.join("; ") };
    let message = format!(
        "the system has no trusted certificates, so no server can be believed: {why}; install the package ca-certificates"
    );
    Err(Error::new(Status::Configuration, Cause::NoTrustStore, message))
}
