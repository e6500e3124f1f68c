//! Says what is wrong with a certificate and what can be done about it, in words for a person.

use rustls::CertificateError;
use rustls::pki_types::CertificateDer;
use x509_cert::name::Name;

use crate::error::{Cause, Error, Status};
use crate::text::{Message, utc};

use super::algorithm;
use super::certificate::{Certificate, readable};
use super::presented::Presented;

/// The critical extensions of a certificate that webpki understands, by their numbers; of those of a trusted CA it asks
/// nothing, and `roots.rs` does.
const UNDERSTOOD: &[u8] = &[15, 17, 19, 30, 31, 37];

/// The error that says why the certificates of a server were refused. `trusted` are the certificates that could have
/// vouched for it.
pub(super) fn of_chain(error: &webpki::Error, presented: &Presented<'_>, trusted: &[&CertificateDer<'_>]) -> Error {
    let Some(chain) = Chain::new(presented, trusted) else {
        return untrusted((Cause::CertificateInvalid, Message::own(MALFORMED)));
    };
    untrusted(cause_and_message(error, presented, &chain))
}

/// The error that says why the system refused the certificates of a server. `given` are those that are trusted besides.
#[cfg(any(windows, target_vendor = "apple"))]
pub(super) fn of_system(error: &rustls::Error, presented: &Presented<'_>, given: &[&CertificateDer<'_>]) -> Error {
    use CertificateError as E;
    let rustls::Error::InvalidCertificate(reason) = error else {
        return untrusted((Cause::CertificateInvalid, Message::default().quote(error.to_string(), LIST)));
    };
    let Some(chain) = Chain::new(presented, given) else {
        return untrusted((Cause::CertificateInvalid, Message::own(MALFORMED)));
    };
    let clock = utc(presented.now.as_secs());
    untrusted(match reason {
        E::Expired => {
            let message = format!("it or one of its CAs has expired; this computer's clock says {clock}");
            (Cause::CertificateExpired, message.into())
        }
        E::NotValidForName | E::NotValidForNameContext { .. } => wrong_host(presented, &chain),
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            (Cause::CertificateWrongPurpose, Message::own("it is not meant for a server"))
        }
        E::Revoked => revoked(),
        E::UnknownIssuer => unknown_issuer(&chain),
        E::BadEncoding => (Cause::CertificateInvalid, Message::own(MALFORMED)),
        E::Other(other) => {
            let message = other.0.to_string();
            // CERT_E_CHAINING: the chain ends at an unknown issuer. TRUST_E_CERT_SIGNATURE: the store has a CA of the
            // issuer's name with another key. CERT_E_REVOKED: Windows has two codes for that, of which the verifier knows one.
            match message.rsplit_once("(os error ").map(|(_, code)| code) {
                Some("-2146762486)") => unknown_issuer(&chain),
                Some("-2146869244)") => wrong_signature(&chain),
                Some("-2146762484)") => revoked(),
                _ => (Cause::CertificateInvalid, message.into()),
            }
        }
        _ => (Cause::CertificateInvalid, Message::own("the system does not believe it")),
    })
}

/// The error that says why the signature was refused which a server makes in the handshake, to prove that it has the
/// certificate's private key.
pub(super) fn of_signature(reason: &CertificateError, certificate: &CertificateDer<'_>) -> Error {
    let leaf = Certificate::read(certificate);
    untrusted(match reason {
        CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { public_key_algorithm_id, .. } => {
            algorithm::unsupported(public_key_algorithm_id)
        }
        _ => leaf.as_ref().and_then(algorithm::unusable_key).unwrap_or_else(|| {
            let message = "the server does not prove that it has the certificate's private key: its signature is wrong";
            (Cause::CertificateBadSignature, Message::own(message))
        }),
    })
}

fn untrusted((cause, message): (Cause, Message)) -> Error {
    Error::quoting(Status::TlsUntrusted, cause, message.at("the certificate cannot be trusted"))
}

/// How many bytes of a name are shown that stands in a certificate, and of a list of hosts. Whoever issues a certificate
/// can write anything into it, and the advice in a message has to stay.
pub(super) const NAME: usize = 200;
const LIST: usize = 400;

/// Our own words, then a name.
pub(super) fn naming(words: &str, name: &Name) -> Message {
    Message::own(words).quote(readable(name), NAME)
}

const MALFORMED: &str = "it, or one that the server sent along, is malformed";

/// The certificates that can have something to do with a refusal.
struct Chain {
    /// The server's own.
    leaf: Certificate,
    /// Those that it sent along.
    sent: Vec<Certificate>,
    /// Those that are trusted, and have the name of an issuer of the others.
    trusted: Vec<Certificate>,
}

impl Chain {
    fn new(presented: &Presented<'_>, trusted: &[&CertificateDer<'_>]) -> Option<Self> {
        let leaf = Certificate::read(presented.certificate)?;
        let sent: Vec<_> = presented.intermediates.iter().filter_map(|der| Certificate::read(der)).collect();
        let mut trusted: Vec<_> = trusted.iter().filter_map(|der| Certificate::read(der)).collect();
        trusted.retain(|ca| sent.iter().chain([&leaf]).any(|certificate| certificate.issuer() == ca.subject()));
        Some(Self { leaf, sent, trusted })
    }

    fn issuers(&self) -> impl Iterator<Item = &Certificate> {
        self.sent.iter().chain(&self.trusted)
    }

    /// The words for the first certificate of which `is` holds: the server's own is "it".
    fn whose(&self, is: impl Fn(&Certificate) -> bool) -> Message {
        if is(&self.leaf) {
            return Message::own("it");
        }
        let of = |found: &Certificate, which| {
            naming("the certificate of its issuer ", found.subject()).then(format!(", which {which},"))
        };
        let sent = self.sent.iter().find(|certificate| is(certificate)).map(|found| of(found, "the server sent along"));
        let trusted = || self.trusted.iter().find(|ca| is(ca)).map(|found| of(found, "is trusted here"));
        sent.or_else(trusted).unwrap_or_else(|| Message::own("it or one of its issuers"))
    }
}

fn cause_and_message(error: &webpki::Error, presented: &Presented<'_>, chain: &Chain) -> (Cause, Message) {
    use webpki::Error as E;
    let clock = utc(presented.now.as_secs());
    let host = presented.host.to_str();
    match error {
        E::CertExpired { not_after, .. } => {
            let whose = chain.whose(|certificate| certificate.dates().1 == *not_after);
            let end = utc(not_after.as_secs());
            (Cause::CertificateExpired, whose.then(format!(" expired on {end}; this computer's clock says {clock}")))
        }
        E::CertNotValidYet { not_before, .. } => {
            let whose = chain.whose(|certificate| certificate.dates().0 == *not_before);
            let start = utc(not_before.as_secs());
            let message = format!(" is valid from {start} on; this computer's clock says {clock}, is that right?");
            (Cause::CertificateNotYetValid, whose.then(message))
        }
        E::CertNotValidForName(_) => wrong_host(presented, chain),
        E::RequiredEkuNotFoundContext(_) | E::EmptyEkuExtension => {
            let whose = match chain.leaf.is_for_tls() {
                true => chain.whose(|certificate| !certificate.is_for_servers()),
                false => Message::own("it"),
            };
            (Cause::CertificateWrongPurpose, whose.then(" is not meant for a server"))
        }
        E::InvalidSignatureForPublicKey => {
            chain.issuers().find_map(algorithm::unusable_key).unwrap_or_else(|| wrong_signature(chain))
        }
        E::UnsupportedSignatureAlgorithmContext(context) => algorithm::unsupported(&context.signature_algorithm_id),
        E::UnsupportedSignatureAlgorithmForPublicKeyContext(context) => {
            algorithm::unsupported(&context.public_key_algorithm_id)
        }
        E::UnknownIssuer => unknown_issuer(chain),
        E::CaUsedAsEndEntity if chain.leaf.is_self_signed() => self_signed(chain),
        E::CaUsedAsEndEntity => {
            let message = "it is marked as a CA's (CA:TRUE), which no server's may be unless it was given itself; the server needs one that is marked CA:FALSE";
            (Cause::CertificateWrongPurpose, Message::own(message))
        }
        E::EndEntityUsedAsCa if chain.leaf.is_self_signed() && chain.sent.iter().all(Certificate::is_ca) => {
            self_signed(chain)
        }
        E::EndEntityUsedAsCa => {
            let issuer = chain.issuers().find(|certificate| !certificate.is_ca());
            let issuer = issuer.map_or(chain.leaf.issuer(), Certificate::subject);
            let message = naming("it was issued, directly or not, by ", issuer);
            (Cause::CertificateInvalid, message.then(", whose certificate is no CA's"))
        }
        E::PathLenConstraintViolated => {
            let message = "one of its issuers may have no further CA below it, or not so many (path length)";
            (Cause::CertificateInvalid, Message::own(message))
        }
        E::NameConstraintViolation if chain.issuers().any(Certificate::limits_other_names) => {
            let whose = chain.whose(Certificate::limits_other_names);
            let message = " is limited to names of a kind that this library does not compare: directory names, mail addresses or others";
            (Cause::CertificateUnsupported, whose.then(message))
        }
        E::NameConstraintViolation => {
            let message =
                format!("its CA is limited to certain names, which are not those of this certificate for {host}");
            (Cause::CertificateNameConstraints, message.into())
        }
        E::UnsupportedCriticalExtension => {
            let strange = |certificate: &Certificate| certificate.strange_extension(UNDERSTOOD);
            let found = [&chain.leaf].into_iter().chain(chain.issuers()).find_map(strange);
            let which = found.map(algorithm::name).unwrap_or_default();
            let whose = chain.whose(|certificate| strange(certificate).is_some());
            let message = whose.then(" has the critical extension ").quote(which, NAME);
            (Cause::CertificateUnsupported, message.then(", which this library would have to understand"))
        }
        E::UnsupportedCertVersion => {
            let message = "it, or one that the server sent along, is of an old version of X.509; version 3 is needed";
            (Cause::CertificateUnsupported, Message::own(message))
        }
        E::MaximumSignatureChecksExceeded => {
            let issuer = chain.sent.last().unwrap_or(&chain.leaf).issuer();
            let message = naming("more than 100 certificates have the name ", issuer);
            (Cause::CertificateUnsupported, message.then(", and this library tries no more; trust fewer of that name"))
        }
        E::MaximumPathDepthExceeded => {
            let message = "more than 6 CAs stand between it and a trusted one, which this library does not follow";
            (Cause::CertificateUnsupported, Message::own(message))
        }
        E::MaximumPathBuildCallsExceeded | E::MaximumNameConstraintComparisonsExceeded => {
            let message = "what the server sent along has too many ways to a trusted CA for this library to try";
            (Cause::CertificateUnsupported, Message::own(message))
        }
        E::InvalidCertValidity => {
            (Cause::CertificateInvalid, Message::own("it, or one of its issuers, ends before it begins"))
        }
        _ => (Cause::CertificateInvalid, Message::own(MALFORMED)),
    }
}

fn wrong_host(presented: &Presented<'_>, chain: &Chain) -> (Cause, Message) {
    let host = presented.host.to_str();
    match chain.leaf.hosts().as_slice() {
        [] => {
            let message = format!("it names no host in a subject alternative name, so it cannot be that of {host}");
            (Cause::CertificateWithoutHost, message.into())
        }
        hosts => {
            let message = Message::own("it is made out to ").quote(hosts.join(", "), LIST);
            (Cause::CertificateWrongHost, message.then(format!(", not to {host}")))
        }
    }
}

#[cfg(any(windows, target_vendor = "apple"))]
fn revoked() -> (Cause, Message) {
    (Cause::CertificateRevoked, Message::own("it was revoked"))
}

/// A signature was not made with the key that the issuer's certificate has.
fn wrong_signature(chain: &Chain) -> (Cause, Message) {
    let issuer = chain.trusted.first().or(chain.sent.last()).map(Certificate::subject);
    let message = naming("a signature does not fit the key of ", issuer.unwrap_or(chain.leaf.issuer()))
        .then("; if that CA has a new key, give its new certificate, and if not, somebody poses as it");
    (Cause::CertificateBadSignature, message)
}

/// For a certificate that names another certificate of its issuer than those that are known here: one with another serial
/// number, most often.
fn issued_otherwise(chain: &Chain) -> Option<Message> {
    let named = |below: &Certificate| {
        let issuer = below.issuer().clone();
        chain.issuers().filter(move |ca| *ca.subject() == issuer)
    };
    let is =
        |below: &Certificate| named(below).next().is_some() && named(below).all(|issuer| !below.names_key_of(issuer));
    let below = [&chain.leaf].into_iter().chain(&chain.sent).find(|certificate| is(certificate))?;
    let message = chain.whose(is).then(" was issued by another certificate of ").quote(readable(below.issuer()), NAME);
    Some(message.then(" than the one that is known here, most likely an earlier one; give that certificate as a CA too, or have the server's issued anew"))
}

fn self_signed(chain: &Chain) -> (Cause, Message) {
    let other = if chain.trusted.is_empty() { "" } else { " (another one of that name is trusted here)" };
    let message = naming("it is self-signed by ", chain.leaf.issuer())
        .then(format!("{other}; give that certificate as a CA if this is meant"));
    (Cause::CertificateSelfSigned, message)
}

/// For a certificate that is self-signed, or whose issuer is not trusted here. The message names the issuer.
fn unknown_issuer(chain: &Chain) -> (Cause, Message) {
    if chain.leaf.is_self_signed() {
        return self_signed(chain);
    }
    if let Some(message) = issued_otherwise(chain) {
        return (Cause::CertificateUnknownIssuer, message);
    }
    // What is missing is the issuer of the last certificate that the server sent along. So the message names that, too.
    let issuer = chain.leaf.issuer();
    let mut message = naming("it was issued by ", issuer);
    if let Some(top) = chain.sent.last().map(Certificate::issuer).filter(|top| readable(top) != readable(issuer)) {
        message = message.then(", in turn by ").quote(readable(top), NAME);
    }
    let message = message.then(", which is not known here; if a company's proxy or private CA issued it, give its certificate as a CA, and if not, the server may fail to send its intermediate certificates");
    (Cause::CertificateUnknownIssuer, message)
}
