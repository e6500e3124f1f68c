//! The settings that say whom to trust.

use std::fmt;
use std::path::PathBuf;

/// Which CA certificates are trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those of the system and those that were given.
    #[default]
    System,
    /// Only those that were given. Then nobody can pose as the server with the help of a CA that was added to the
    /// system, such as a proxy that intercepts TLS.
    GivenOnly,
}

/// The caller's settings of whom to trust.
#[derive(Clone, Default)]
pub(crate) struct TrustSettings {
    pub(crate) trust: Trust,
    pub(crate) ca_file: Option<PathBuf>,
    /// Certificates as PEM text.
    pub(crate) ca_pem: Option<String>,
}

impl fmt::Debug for TrustSettings {
    /// Shows only the length of the PEM text, since somebody may have given a private key by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustSettings")
            .field("trust", &self.trust)
            .field("ca_file", &self.ca_file)
            .field("ca_pem", &self.ca_pem.as_ref().map(String::len))
            .finish()
    }
}
