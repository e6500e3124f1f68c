//! Says what is wrong with the algorithm of a key or a signature. Too weak is one thing, not supported here another.

use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, Reader, SliceReader};

use crate::error::Cause;
use crate::text::Message;

use super::certificate::Certificate;
use super::explanation::{NAME, naming};

const SUPPORTED: &str =
    "supported are RSA keys of 2048 to 8192 bits, P-256, P-384 and Ed25519, with SHA-256, SHA-384 and SHA-512";

/// Signatures with these can be forged.
const WEAK: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.4", "MD5"),
    ("1.2.840.113549.1.1.5", "SHA-1"),
    ("1.2.840.10045.4.1", "SHA-1"),
    ("1.2.840.10040.4.3", "SHA-1"),
];

/// What people know better by a name.
const NAMES: &[(&str, &str)] = &[
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("1.3.101.113", "Ed448"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.2.840.113549.1.1.10", "RSA-PSS"),
    ("1.2.840.10045.4.3.4", "ECDSA with SHA-512"),
    ("2.5.29.32", "certificate policies"),
    ("2.5.29.33", "policy mappings"),
    ("2.5.29.36", "policy constraints"),
    ("2.5.29.54", "inhibit anyPolicy"),
];

/// A number with the name that people know, if there is one.
pub(super) fn name(id: ObjectIdentifier) -> String {
    let id = id.to_string();
    NAMES.iter().find(|(known, _)| *known == id).map_or_else(|| id.clone(), |(_, name)| format!("{name} ({id})"))
}

/// For an algorithm that was refused, as its identifier stands in a certificate: its number, and that of the curve.
pub(super) fn unsupported(identifier: &[u8]) -> (Cause, Message) {
    let numbers = SliceReader::new(identifier).map(|mut reader| {
        let algorithm = ObjectIdentifier::decode(&mut reader).ok();
        let curve = if reader.is_finished() { None } else { ObjectIdentifier::decode(&mut reader).ok() };
        curve.or(algorithm)
    });
    let Ok(Some(id)) = numbers else {
        let message = format!("its algorithm is not supported here; {SUPPORTED}");
        return (Cause::CertificateUnsupported, message.into());
    };
    match WEAK.iter().find(|(known, _)| *known == id.to_string()) {
        Some((_, weak)) => {
            let message = format!("it, or one of its issuers, is signed with {weak}, which is too weak to be believed");
            (Cause::CertificateBadSignature, message.into())
        }
        None => {
            let message = Message::own("the algorithm ").quote(name(id), NAME);
            (Cause::CertificateUnsupported, message.then(format!(" is not supported here; {SUPPORTED}")))
        }
    }
}

/// What is wrong with the key of a certificate, if no signature with it is believed here.
pub(super) fn unusable_key(certificate: &Certificate) -> Option<(Cause, Message)> {
    let bits = certificate.rsa_bits()?;
    let whose = naming("the RSA key of ", certificate.subject());
    match bits {
        ..2048 => {
            let message = format!(" has {bits} bits, which is too weak to be believed; 2048 bits is the least");
            Some((Cause::CertificateBadSignature, whose.then(message)))
        }
        8193.. => Some((Cause::CertificateUnsupported, whose.then(format!(" has {bits} bits; {SUPPORTED}")))),
        _ => None,
    }
}
