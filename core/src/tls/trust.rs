//! The settings that say whom to trust, and the CA certificates that the caller gave in them, in PEM form.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::files;
use crate::transport::{Deadline, inner_error};

use super::certificate::is_readable;
use super::pem::{self, Flaw};

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
    /// The certificates that were given; none if the settings name none.
    ///
    /// Fails with [`Status::Configuration`] if a file or text, or one certificate in it, cannot be used. A session
    /// calls this before it connects, so that a faulty CA file is reported even if nobody would have needed it: because
    /// the server is reached by plain http, or the system trusts its certificate.
    pub(crate) fn given(&self, deadline: &Deadline) -> Result<Vec<CertificateDer<'static>>, Error> {
        let mut given = Vec::new();
        if let Some(path) = &self.ca_file {
            let source = format!("the CA file {}", path.display());
            let unreadable =
                |error: &io::Error| unusable(&source, Cause::CaFileUnreadable, &format!("it cannot be read: {error}"));
            let bytes = files::read(path, MAX_CA_FILE, deadline)
                .map_err(|error| inner_error(error).unwrap_or_else(|error| unreadable(&error)))?;
            add(&mut given, &bytes, &source)?;
        }
        if let Some(pem) = &self.ca_pem {
            add(&mut given, pem.as_bytes(), "the given CA text")?;
        }
        Ok(given)
    }
}

impl fmt::Display for TrustSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.trust {
            Trust::System => "trusted: the system's CAs",
            Trust::GivenOnly => "trusted: no CAs of the system",
        })?;
        if let Some(path) = &self.ca_file {
            write!(f, ", those in {}", path.display())?;
        }
        f.write_str(if self.ca_pem.is_some() { ", those given as text" } else { "" })
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

/// Adds every certificate in a PEM text to `given`. Fails if there is none, if one cannot be used, or if there is
/// something else in PEM form: if that were left out silently, people would find out much later, by a server that is not
/// trusted.
fn add(given: &mut Vec<CertificateDer<'static>>, pem: &[u8], source: &str) -> Result<(), Error> {
    let refuse = |why: &str| Err(unusable(source, Cause::CaInvalid, why));
    // Some editors write a byte order mark at the start of a file. The first certificate would not be found behind it.
    let pem = pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem);
    if has_private_key(pem) {
        return refuse("it contains a private key, which belongs in no installer; give the certificate alone");
    }
    let before = given.len();
    for (number, block) in (1..).zip(pem::blocks(pem)) {
        let why = match block {
            Ok(block) if !pem::is_certificate(block.label) => match block.label {
                b"PKCS7" | b"PKCS #7 SIGNED DATA" => format!("is PKCS #7; convert it with: {PKCS7}"),
                label => format!("is no certificate, but {}; take it out", String::from_utf8_lossy(label)),
            },
            Ok(block) => {
                let is_openssls = block.label == b"TRUSTED CERTIFICATE";
                let certificate = CertificateDer::from(block.content);
                if is_readable(&certificate) {
                    given.push(certificate);
                    continue;
                }
                match is_openssls {
                    true => String::from(
                        "has OpenSSL's own settings; take them out with: openssl x509 -in FILE -out ca.pem",
                    ),
                    false => String::from("is broken: it is cut off, or cannot be read"),
                }
            }
            Err(Flaw::Stray) => String::from("does not begin and end on lines of its own: -----BEGIN CERTIFICATE-----"),
            Err(Flaw::Broken) => String::from("is broken: it is cut off, or is not base64"),
        };
        return refuse(&format!("its certificate number {number} {why}"));
    }
    match given.len() > before {
        true => Ok(()),
        false if pem.is_empty() => refuse("it is empty"),
        false => refuse(other_format(pem).unwrap_or("it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)")),
    }
}

const PKCS7: &str = "openssl pkcs7 -print_certs -in FILE -out ca.pem";

/// What to do with a file that is no PEM, but one of the other kinds in which certificates are handed around; None if it
/// is none of these.
fn other_format(file: &[u8]) -> Option<&'static str> {
    // With a byte order mark or without one; then every other byte is zero.
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b' '..=b'~', 0, _, 0, ..] | [0, b' '..=b'~', 0, ..] = file {
        return Some(match cfg!(windows) {
            true => "it is in UTF-16; convert it in PowerShell: Get-Content FILE | Set-Content -Encoding ascii ca.pem",
            false => "it is in UTF-16; convert it with: iconv -f UTF-16 -t UTF-8 FILE > ca.pem",
        });
    }
    // The rest is DER: a sequence with a length of its own, by the first element of which the kinds can be told apart.
    let [0x30, length, rest @ ..] = file else { return None };
    let length_of_length = usize::from(length.saturating_sub(0x80));
    match rest.get(length_of_length..)? {
        [0x06, ..] => {
            Some("it is PKCS #7 (.p7b); convert it with: openssl pkcs7 -inform der -print_certs -in FILE -out ca.pem")
        }
        [0x02, 1, 3, ..] => Some(
            "it is PKCS #12 (.pfx, .p12), which usually has a private key; take the certificates out with: openssl pkcs12 -nokeys -in FILE -out ca.pem",
        ),
        [0x02, ..] => Some("it is a private key, which belongs in no installer; give the certificate alone"),
        _ => Some("it is DER, and PEM is needed; convert it with: openssl x509 -inform der -in FILE -out ca.pem"),
    }
}

/// Whether the text contains a private key of any kind and anywhere, even one that nobody here could read: encrypted, of
/// another program, in UTF-16, in the middle of a line.
fn has_private_key(text: &[u8]) -> bool {
    let mut narrow = Zeroizing::new(Vec::with_capacity(text.len()));
    narrow.extend(text.iter().filter(|&&byte| byte != 0));
    let mut lines = narrow.split(|&byte| byte == b'\n');
    lines.any(|line| pem::contains(line, "BEGIN ") && pem::contains(line, "PRIVATE KEY"))
}
