//! The server's side of TLS on a connection that a test has accepted.

use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WantsServerCert;
use rustls::{ConfigBuilder, ServerConfig, ServerConnection, StreamOwned};

use crate::pki::Identity;

/// What a TLS server needs to know; TLS 1.2 and 1.3.
pub fn server_config(identity: &Identity) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth();
    with_identity(config, identity)
}

/// Settings that lack nothing but the server's certificate, with it.
pub fn with_identity(config: ConfigBuilder<ServerConfig, WantsServerCert>, identity: &Identity) -> Arc<ServerConfig> {
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(identity.chain.as_bytes()).collect::<Result<_, _>>().expect("certificates");
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).expect("a key");
    Arc::new(config.with_single_cert(chain, key).expect("a certificate that fits its key"))
}

/// A TLS stream over `stream`; the handshake is made by the first read.
pub fn accept(config: &Arc<ServerConfig>, stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(config.clone()).expect("a TLS connection"), stream)
}
