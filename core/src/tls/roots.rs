//! A verifier that trusts a set of certificates, and nobody else.

use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::CertificateDer;
use webpki::{EndEntityCert, KeyUsage, VerifiedPath, anchor_from_trusted_cert};

use crate::error::Error;

use super::certificate::Certificate;
use super::explanation;
use super::presented::Presented;
use super::verifier::ChainVerifier;

/// The critical extensions of a trusted CA's certificate that are heeded, or limit nothing that is done here: key usage,
/// names, basic constraints, name constraints, revocation lists, purposes, and those of policies.
const UNDERSTOOD: &[u8] = &[15, 17, 19, 30, 31, 37, 32, 33, 36, 54];

/// Trusts the servers whose certificates were issued by a CA in this set, or are in it themselves.
#[derive(Debug)]
pub(super) struct Roots {
    /// Some may be no CA's, or unreadable. That is judged when a chain ends at one.
    pub(super) certificates: Vec<CertificateDer<'static>>,
    pub(super) algorithms: WebPkiSupportedAlgorithms,
}

impl Roots {
    /// As [`verify`](ChainVerifier::verify), with `further` certificates to trust.
    pub(super) fn verify_with(
        &self,
        further: &[CertificateDer<'static>],
        presented: &Presented<'_>,
    ) -> Result<(), Error> {
        let certificates = || self.certificates.iter().chain(further);
        let (anchors, trusted): (Vec<_>, Vec<_>) = certificates()
            .filter_map(|certificate| Some((anchor_from_trusted_cert(certificate).ok()?, certificate)))
            .unzip();
        let verify = || {
            let leaf = EndEntityCert::try_from(presented.certificate)?;
            if certificates().any(|trusted| trusted == presented.certificate) {
                check_alone(presented)?;
            } else {
                let check = |path: &VerifiedPath<'_>| {
                    let anchor = anchors.iter().position(|anchor| std::ptr::eq(anchor, path.anchor()));
                    check_path(path, anchor.map(|anchor| trusted[anchor]), presented)
                };
                leaf.verify_for_usage(
                    self.algorithms.all,
                    &anchors,
                    presented.intermediates,
                    presented.now,
                    KeyUsage::server_auth(),
                    None,
                    Some(&check),
                )?;
            }
            leaf.verify_is_valid_for_subject_name(presented.host)
        };
        verify().map_err(|error| explanation::of_chain(&error, presented, &trusted))
    }
}

impl ChainVerifier for Roots {
    fn verify(&self, presented: &Presented<'_>) -> Result<(), Error> {
        self.verify_with(&[], presented)
    }
}

/// Checks a server's certificate that is trusted itself, so that it does not matter who issued it, and whether it is
/// marked as a CA's.
fn check_alone(presented: &Presented<'_>) -> Result<(), webpki::Error> {
    let leaf = Certificate::read(presented.certificate).ok_or(webpki::Error::BadDer)?;
    leaf.check_dates(presented.now)?;
    check_purpose(&leaf)
}

fn check_purpose(leaf: &Certificate) -> Result<(), webpki::Error> {
    // The only error of a wrong purpose that can be made here.
    if leaf.is_for_tls() && leaf.is_for_servers() { Ok(()) } else { Err(webpki::Error::EmptyEkuExtension) }
}

/// Checks what webpki leaves to others: nothing is asked of the CA at the end of a path, and key usages are ignored. The
/// reference is `openssl verify -partial_chain`.
fn check_path(
    path: &VerifiedPath<'_>,
    anchor: Option<&CertificateDer<'_>>,
    presented: &Presented<'_>,
) -> Result<(), webpki::Error> {
    let read = |der: &[u8]| Certificate::read(der).ok_or(webpki::Error::BadDer);
    let leaf = read(presented.certificate)?;
    check_purpose(&leaf)?;
    // One of the system's that cannot be read vouches for nobody.
    let anchor = anchor.and_then(|der| Certificate::read(der)).ok_or(webpki::Error::UnknownIssuer)?;
    let mut below = leaf;
    let mut between = 0;
    for intermediate in path.intermediate_certificates() {
        let issuer = read(&intermediate.der())?;
        check_issuer(&issuer, &below)?;
        below = issuer;
        between += 1;
    }
    check_issuer(&anchor, &below)?;
    anchor.check_dates(presented.now)?;
    if anchor.path_length().is_some_and(|length| between > usize::from(length)) {
        return Err(webpki::Error::PathLenConstraintViolated);
    }
    if anchor.strange_extension(UNDERSTOOD).is_some() {
        return Err(webpki::Error::UnsupportedCriticalExtension);
    }
    if anchor.is_for_servers() { Ok(()) } else { Err(webpki::Error::EmptyEkuExtension) }
}

fn check_issuer(issuer: &Certificate, below: &Certificate) -> Result<(), webpki::Error> {
    if !issuer.is_ca() {
        return Err(webpki::Error::EndEntityUsedAsCa);
    }
    // The signature fits the key, so this is another certificate of the same CA.
    if below.names_key_of(issuer) { Ok(()) } else { Err(webpki::Error::UnknownIssuer) }
}
