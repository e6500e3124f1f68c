//! Whom we trust: which certificates prove that a server is the one that was meant, and what to tell a person where
//! they do not.
//!
//! In come the settings (the system's certificates, given CA files and texts); out goes a [`TlsConfig`], which
//! `transport/` uses for every TLS connection of a session. What it refuses carries an [`Error`](crate::Error) that
//! says what is wrong with the certificate and what can be done about it.

mod crypto;
mod distinguished_name;
#[cfg(not(any(windows, target_vendor = "apple")))]
mod linux;
#[cfg(any(windows, target_vendor = "apple"))]
mod platform;
mod roots;
mod trust;
mod verifier;

#[cfg(not(any(windows, target_vendor = "apple")))]
use linux::system_verifier;
#[cfg(any(windows, target_vendor = "apple"))]
use platform::system_verifier;

pub use trust::Trust;
pub(crate) use trust::{TrustSettings, given};
pub(crate) use verifier::TlsConfig;
