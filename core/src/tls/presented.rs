//! What a server shows in a handshake.

use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

/// The certificates that a server shows, and what they have to prove.
pub(super) struct Presented<'p> {
    /// The server's own certificate.
    pub(super) certificate: &'p CertificateDer<'p>,
    /// The certificates that it sent along. They should lead from its own to one that a trusted CA has issued.
    pub(super) intermediates: &'p [CertificateDer<'p>],
    /// The issuer's statement that the certificate is not revoked; empty if the server sent none. Only Windows and
    /// macOS look at it.
    #[cfg_attr(
        not(any(windows, target_vendor = "apple")),
        expect(dead_code, reason = "asked for by Windows and macOS")
    )]
    pub(super) ocsp_response: &'p [u8],
    /// The host that the certificate has to name.
    pub(super) host: &'p ServerName<'p>,
    /// The time at which the certificates have to be valid: that of this computer's clock.
    pub(super) now: UnixTime,
}
