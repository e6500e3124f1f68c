//! Says what is wrong with a certificate and what can be done about it, in words for a person.

use rustls::CertificateError;
use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

use crate::error::{Cause, Error, Status};
use crate::text::utc;

use super::distinguished_name;
use super::presented::Presented;

/// The error that says why the certificates of a server were refused.
pub(super) fn of_certificate(reason: &CertificateError, presented: &Presented<'_>) -> Error {
    let (cause, message) = cause_and_message(reason, presented);
    untrusted(cause, &message)
}

/// The error that says why the signature was refused which a server makes in the handshake, to prove that it has the
/// certificate's private key.
pub(super) fn of_signature() -> Error {
    let (cause, message) = wrong_signature();
    untrusted(cause, &message)
}

fn untrusted(cause: Cause, message: &str) -> Error {
    Error::new(Status::TlsUntrusted, cause, format!("the certificate cannot be trusted: {message}"))
}

fn cause_and_message(reason: &CertificateError, presented: &Presented<'_>) -> (Cause, String) {
    use CertificateError as E;
    let clock = utc(presented.now.as_secs());
    let host = presented.host.to_str();
    match reason {
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
        E::NotValidForNameContext { presented: names, .. } if names.is_empty() => {
            let message = format!("it names no host in a subject alternative name, so it cannot be that of {host}");
            (Cause::CertificateWithoutHost, message)
        }
        E::NotValidForNameContext { presented: names, .. } => {
            (Cause::CertificateWrongHost, format!("it is made out to {}, not to {host}", names.join(", ")))
        }
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            (Cause::CertificateWrongPurpose, String::from("it is not meant for a server"))
        }
        E::Revoked => (Cause::CertificateRevoked, String::from("it was revoked")),
        E::BadSignature
        | E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => wrong_signature(),
        E::UnknownIssuer => unknown_issuer(presented),
        // Some reasons have no name in rustls, which passes on webpki's error.
        E::Other(other) => match other.0.downcast_ref::<webpki::Error>() {
            Some(webpki::Error::CaUsedAsEndEntity) => ca_as_server(presented.certificate),
            Some(webpki::Error::NameConstraintViolation) => {
                (Cause::CertificateNameConstraints, format!("the CA that issued it may not do so for {host}"))
            }
            _ => (Cause::CertificateInvalid, other.0.to_string()),
        },
        _ => (Cause::CertificateInvalid, reason.to_string()),
    }
}

fn wrong_signature() -> (Cause, String) {
    let message = "its signature is wrong, or too weak to be believed (RSA below 2048 bits, SHA-1)";
    (Cause::CertificateBadSignature, message.into())
}

/// For a server whose own certificate is marked as a CA's, as `openssl req -x509` makes them. The message does not
/// advise to give it as a CA certificate, since that would not help: a CA's certificate is never accepted as a
/// server's.
fn ca_as_server(certificate: &CertificateDer<'_>) -> (Cause, String) {
    let is_self_signed = EndEntityCert::try_from(certificate).is_ok_and(|leaf| leaf.issuer() == leaf.subject());
    let cause = if is_self_signed { Cause::CertificateSelfSigned } else { Cause::CertificateWrongPurpose };
    let kind = if is_self_signed { "self-signed and " } else { "" };
    let message = format!(
        "it is {kind}marked as a CA's (CA:TRUE), which no server's may be; the server needs one that is marked CA:FALSE"
    );
    (cause, message)
}

/// For a certificate that is self-signed, or whose issuer is not trusted here. The message names the issuer.
fn unknown_issuer(presented: &Presented<'_>) -> (Cause, String) {
    let Ok(leaf) = EndEntityCert::try_from(presented.certificate) else {
        return (Cause::CertificateUnknownIssuer, "its issuer is not known here".into());
    };
    let name = |der: &[u8]| distinguished_name::readable(der).unwrap_or_else(|| "an issuer without a name".into());
    if leaf.issuer() == leaf.subject() {
        let message =
            format!("it is self-signed by {}; give that certificate as a CA if this is meant", name(leaf.issuer()));
        return (Cause::CertificateSelfSigned, message);
    }
    // What is missing is the issuer of the last certificate that the server sent along. So the message names that, too.
    let last = presented.intermediates.last().and_then(|der| EndEntityCert::try_from(der).ok());
    let (issuer, top) = (name(leaf.issuer()), last.map(|last| name(last.issuer())));
    let chain = top.filter(|top| *top != issuer).map_or(String::new(), |top| format!(", in turn by {top}"));
    let message = format!(
        "it was issued by {issuer}{chain}, which is not known here; if a company's proxy or private CA issued it, give its certificate as a CA, and if not, the server may fail to send its intermediate certificates"
    );
    (Cause::CertificateUnknownIssuer, message)
}
