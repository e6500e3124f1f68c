//! Has certificates checked, and says what is wrong with one so that a person can act on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme};
use webpki::EndEntityCert;

use super::trust::{self, Trust};
use crate::error::{Cause, Error, Status};
use crate::text::utc;

use super::{crypto, distinguished_name};

/// What all TLS connections of a session share.
#[derive(Clone, Debug)]
pub(crate) struct TlsConfig {
    pub(crate) rustls: Arc<ClientConfig>,
    pub(crate) client_certificate: Arc<NoClientCertificate>,
}

impl TlsConfig {
    /// TLS 1.2 and 1.3, believing `given`, and the system if `trust` says so.
    pub(crate) fn new(given: RootCertStore, trust: Trust) -> Result<Self, Error> {
        let provider = Arc::new(crypto::provider());
        let verifier = Verifier(trust::verifier(given, trust, provider.clone())?);
        let client_certificate = Arc::new(NoClientCertificate::default());
        let rustls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| trust::no_tls(&error))?
            // Not dangerous: it only words another's refusals.
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(client_certificate.clone());
        Ok(Self { rustls: Arc::new(rustls), client_certificate })
    }
}

#[derive(Debug)]
struct Verifier(Arc<dyn ServerCertVerifier>);

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map_err(|error| {
            match error {
                rustls::Error::InvalidCertificate(reason) => {
                    let error = refusal(&reason, end_entity, intermediates, server_name, now);
                    rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(error))))
                }
                error => error,
            }
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature).map_err(weak_key)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature).map_err(weak_key)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// What is wrong with a certificate, and what to do.
fn refusal(
    reason: &CertificateError,
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
    server_name: &ServerName<'_>,
    now: UnixTime,
) -> Error {
    use CertificateError as E;
    let clock = utc(now.as_secs());
    let host = server_name.to_str();
    let (cause, message) = match reason {
        E::Expired => (Cause::CertificateExpired, format!("it has expired; this computer's clock says {clock}")),
        E::ExpiredContext { not_after, .. } => {
            let end = utc(not_after.as_secs());
            (Cause::CertificateExpired, format!("it expired on {end}; this computer's clock says {clock}"))
        }
        E::NotValidYet => (
            Cause::CertificateNotYetValid,
            format!("it is not valid yet; this computer's clock says {clock}, is that right?"),
        ),
        E::NotValidYetContext { not_before, .. } => {
            let start = utc(not_before.as_secs());
            let message = format!("it is valid from {start} on; this computer's clock says {clock}, is that right?");
            (Cause::CertificateNotYetValid, message)
        }
        E::NotValidForName => (Cause::CertificateWrongHost, format!("it is not made out to {host}")),
        E::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            let message = format!("it names no host in a subject alternative name, so it cannot be that of {host}");
            (Cause::CertificateWithoutHost, message)
        }
        E::NotValidForNameContext { presented, .. } => {
            (Cause::CertificateWrongHost, format!("it is made out to {}, not to {host}", presented.join(", ")))
        }
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            (Cause::CertificateWrongPurpose, String::from("it is not meant for a server"))
        }
        E::Revoked => (Cause::CertificateRevoked, String::from("it was revoked")),
        E::BadSignature => weak(),
        E::UnknownIssuer => unknown_issuer(end_entity, intermediates),
        E::Other(other) => match other.0.downcast_ref::<webpki::Error>() {
            Some(webpki::Error::CaUsedAsEndEntity) => ca_as_server(end_entity),
            Some(webpki::Error::NameConstraintViolation) => {
                (Cause::CertificateNameConstraints, format!("the CA that issued it may not do so for {host}"))
            }
            _ => (Cause::CertificateInvalid, other.0.to_string()),
        },
        _ if is_unsupported_algorithm(reason) => weak(),
        _ => (Cause::CertificateInvalid, reason.to_string()),
    };
    Error::new(Status::TlsUntrusted, cause, format!("the certificate cannot be trusted: {message}"))
}

/// The handshake's own signature, made with the server's key.
fn weak_key(error: rustls::Error) -> rustls::Error {
    match error {
        rustls::Error::InvalidCertificate(_) => {
            let (cause, message) = weak();
            let error =
                Error::new(Status::TlsUntrusted, cause, format!("the certificate cannot be trusted: {message}"));
            rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(error))))
        }
        error => error,
    }
}

/// What `openssl req -x509` makes: trusting it would not help, since no CA's certificate is a server's.
fn ca_as_server(end_entity: &CertificateDer<'_>) -> (Cause, String) {
    let is_self_signed = EndEntityCert::try_from(end_entity).is_ok_and(|leaf| leaf.issuer() == leaf.subject());
    let cause = if is_self_signed { Cause::CertificateSelfSigned } else { Cause::CertificateWrongPurpose };
    let kind = if is_self_signed { "self-signed and " } else { "" };
    let message = format!(
        "it is {kind}marked as a CA's (CA:TRUE), which no server's may be; the server needs one that is marked CA:FALSE"
    );
    (cause, message)
}

fn weak() -> (Cause, String) {
    (
        Cause::CertificateBadSignature,
        "its signature is wrong, or too weak to be believed (RSA below 2048 bits, SHA-1)".into(),
    )
}

fn is_unsupported_algorithm(reason: &CertificateError) -> bool {
    matches!(
        reason,
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
    )
}

/// Nobody known has signed it: itself, or an issuer who is named.
fn unknown_issuer(end_entity: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) -> (Cause, String) {
    let Ok(leaf) = EndEntityCert::try_from(end_entity) else {
        return (Cause::CertificateUnknownIssuer, "its issuer is not known here".into());
    };
    let name = |der: &[u8]| distinguished_name::readable(der).unwrap_or_else(|| "an issuer without a name".into());
    if leaf.issuer() == leaf.subject() {
        let message =
            format!("it is self-signed by {}; give that certificate as a CA if this is meant", name(leaf.issuer()));
        return (Cause::CertificateSelfSigned, message);
    }
    // The issuer to look for is the last one: those before it were sent along.
    let top = intermediates.last().and_then(|der| EndEntityCert::try_from(der).ok().map(|top| name(top.issuer())));
    let issuer = name(leaf.issuer());
    let chain = top.filter(|top| *top != issuer).map_or(String::new(), |top| format!(", in turn by {top}"));
    let message = format!(
        "it was issued by {issuer}{chain}, which is not known here; if a company's proxy or private CA issued it, give its certificate as a CA, and if not, the server may fail to send its intermediate certificates"
    );
    (Cause::CertificateUnknownIssuer, message)
}

/// Remembers that a server asked for a client certificate: afterwards it only says that something was wrong.
#[derive(Debug, Default)]
pub(crate) struct NoClientCertificate {
    asked: AtomicBool,
}

impl NoClientCertificate {
    /// A new handshake begins.
    pub(crate) fn forget(&self) {
        self.asked.store(false, Ordering::Relaxed);
    }

    /// Whether the last handshake of any connection asked for one.
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
