//! The settings that say whom to trust, and the CA certificates that the caller gave in them, in PEM form.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{PemObject, SectionKind};

use crate::error::{Cause, Error, Status};
use crate::files;
use crate::transport::{Deadline, inner_error};

/// The largest CA file that is read, in bytes; for comparison, the public CAs together have 0.2 MiB.
const MAX_CA_FILE: u64 = 16 * 1024 * 1024;

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

impl TrustSettings {
    /// The CA certificates that were given; none if the settings name none.
    ///
    /// Fails with [`Status::Configuration`] if a file or text, or one certificate in it, cannot be used. A session
    /// calls this before it connects, so that a faulty CA file is reported even if nobody would have needed it: because
    /// the server is reached by plain http, or the system trusts its certificate.
    pub(crate) fn given_roots(&self, deadline: &Deadline) -> Result<RootCertStore, Error> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.ca_file {
            let source = format!("the CA file {}", path.display());
            let unreadable =
                |error: &io::Error| unusable(&source, Cause::CaFileUnreadable, &format!("it cannot be read: {error}"));
            let bytes = files::read(path, MAX_CA_FILE, deadline)
                .map_err(|error| inner_error(error).unwrap_or_else(|error| unreadable(&error)))?;
            add(&mut roots, &bytes, &source)?;
        }
        if let Some(pem) = &self.ca_pem {
            add(&mut roots, pem.as_bytes(), "the given CA text")?;
        }
        Ok(roots)
    }
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

fn unusable(source: &str, cause: Cause, why: &str) -> Error {
    Error::new(Status::Configuration, cause, format!("{source} cannot be used: {why}"))
}

/// Adds every certificate in a PEM text to `roots`. Fails if there is none, or if one is broken: if that were left out
/// silently, people would find out much later, by a server that is not trusted.
fn add(roots: &mut RootCertStore, pem: &[u8], source: &str) -> Result<(), Error> {
    let refuse = |why: &str| Err(unusable(source, Cause::CaInvalid, why));
    // Some editors write a byte order mark at the start of a file. The first certificate would not be found behind it.
    let pem = pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem);
    if has_private_key(pem) {
        return refuse("it contains a private key, which belongs in no installer; give the certificate alone");
    }
    let mut number = 0;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
        let der = match section {
            Ok((SectionKind::Certificate, der)) => der,
            Ok(_) => continue,
            Err(_) => return refuse(&format!("what follows its certificate number {number} is no PEM")),
        };
        number += 1;
        if let Err(error) = roots.add(CertificateDer::from(der)) {
            return refuse(&format!("its certificate number {number} is broken: {error}"));
        }
    }
    if number > 0 {
        return Ok(());
    }
    refuse(match pem {
        [] => "it is empty",
        [0x30, 0x80..=0x84, ..] => "it is DER, and PEM is needed; convert it with: openssl x509 -inform der",
        _ => "it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
    })
}

/// Whether the text contains a private key of any kind, even one that rustls does not read (encrypted, DSA, OpenSSH).
fn has_private_key(pem: &[u8]) -> bool {
    let mut lines = pem.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
    lines.any(|line| line.starts_with(b"-----BEGIN ") && line.ends_with(b"PRIVATE KEY-----"))
}
