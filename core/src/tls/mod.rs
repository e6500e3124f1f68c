//! Decides which certificates prove that a server is the one that was meant, and tells a person what is wrong with one
//! that does not.
//!
//! In come the [`TrustSettings`]: whether the system's certificates are trusted, and which CA certificates the caller
//! gave. Out goes rustls's configuration, which `transport/tls_stream.rs` uses for every TLS connection of a session. If a
//! certificate is refused, the handshake ends with an [`Error`](crate::Error) that says why, and what can be done.
//!
//! | file | what it does |
//! | --- | --- |
//! | `trust.rs` | has the settings that say whom to trust, and reads the certificates that the caller gave |
//! | `pem.rs` | finds the blocks in a PEM text |
//! | `linux.rs` | trusts the system's certificates on Linux and other systems that keep them in files |
//! | `windows_macos.rs` | asks Windows or macOS whether they trust a certificate |
//! | `roots.rs` | decides whether one of a set of certificates vouches for a server |
//! | `config.rs` | makes rustls's configuration from the settings |
//! | `verifier.rs` | is called by rustls in each handshake, and asks `roots.rs`, `linux.rs` or `windows_macos.rs` |
//! | `presented.rs` | is what a server shows in a handshake |
//! | `explanation.rs` | says in words what is wrong with a certificate |
//! | `algorithm.rs` | does so for keys and signatures |
//! | `certificate.rs` | reads what is written in a certificate |

mod algorithm;
mod certificate;
mod config;
mod explanation;
#[cfg(not(any(windows, target_vendor = "apple")))]
mod linux;
mod pem;
mod presented;
mod roots;
mod trust;
mod verifier;
#[cfg(any(windows, target_vendor = "apple"))]
mod windows_macos;

pub(crate) use config::{config, noticing_client_certificate_request};
pub use trust::Trust;
pub(crate) use trust::TrustSettings;
