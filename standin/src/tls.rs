//! From PEM text to a TLS configuration.

use std::sync::Arc;

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
};

use crate::{Error, options::Tls};

/// TLS 1.2 and 1.3 with the given certificate.
pub(crate) fn config(tls: &Tls) -> Result<Arc<ServerConfig>, Error> {
    let chain = CertificateDer::pem_slice_iter(tls.certificate.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| Error::new(format!("the TLS certificate is not readable PEM: {e}")))?;
    if chain.is_empty() {
        return Err(Error::new("the TLS certificate's PEM text holds no certificate (BEGIN CERTIFICATE)"));
    }
    let key = PrivateKeyDer::from_pem_slice(tls.key.as_bytes()).map_err(|e| match e {
        pem::Error::NoItemsFound => {
            Error::new("the TLS key's PEM text holds no unencrypted private key (BEGIN PRIVATE KEY)")
        }
        e => Error::new(format!("the TLS key is not readable PEM: {e}")),
    })?;

    // The provider is named: a process that links a second one has no default.
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|e| Error::new(format!("the TLS certificate and key cannot be used: {e}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
