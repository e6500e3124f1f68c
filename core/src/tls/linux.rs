//! Trusts what the system trusts, on Linux and other systems that keep their CA certificates in files.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use x509_cert::der::{Reader, SliceReader};
use x509_cert::name::Name;

use crate::environment::{self, variable};
use crate::error::{Cause, Error, Status};
use crate::files::{self, is_out_of_descriptors};
use crate::log::{Level, Log};
use crate::text::Message;

use super::certificate::{Certificate, canonical, is_readable};
use super::pem::{self, Flaw};
use super::presented::Presented;
use super::roots::Roots;
use super::verifier::ChainVerifier;

/// The largest file that is read, in bytes; for comparison, the public CAs together have 0.2 MiB.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// How many bytes of what is wrong with those places a message tells. What the message is about has to follow.
const TROUBLE: usize = 600;

/// Trusts the certificates that were given, those of the system's bundle, a file that has all, and those of its folder,
/// which has each in a file of its own. The folder can have more than the bundle: a company's CA that somebody added by
/// hand.
#[derive(Debug)]
pub(super) struct SystemVerifier {
    roots: Roots,
    bundle: Bundle,
    folders: Vec<PathBuf>,
    /// What is wrong with places that were to have certificates.
    trouble: Vec<String>,
}

/// The file from which the last of the certificates are that are trusted.
#[derive(Debug)]
struct Bundle {
    /// With what names it, for messages.
    name: String,
    /// The first certificate of it.
    first: usize,
}

/// A verifier that trusts the certificates that were given and those of the system. Fails if there are none at all.
/// Writes to `log` if some of them cannot be read.
pub(super) fn system_verifier(
    mut given: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
    log: &Log,
) -> Result<SystemVerifier, Error> {
    let Places { bundle, folders, called, mut trouble } = Places::find();
    let first = given.len();
    let mut name = String::new();
    if let Some(bundle) = bundle {
        name = format!("{called} {}", bundle.display());
        match read(&bundle) {
            Ok(found) => given.extend(found),
            Err(error) => {
                let why = format!("{name} cannot be used: {error}");
                if is_out_of_descriptors(&error) {
                    return Err(no_descriptors(&why));
                }
                trouble.push(why);
            }
        }
    }
    let roots = Roots { certificates: given, algorithms: provider.signature_verification_algorithms };
    let verifier = SystemVerifier { roots, bundle: Bundle { name, first }, folders, trouble };
    if log.is_wanted(Level::Warn) {
        for what in verifier.trouble() {
            log.line(Level::Warn, || what);
            log.note(|facts| facts.lacks_cas = true);
        }
    }
    if !verifier.roots.certificates.iter().any(is_readable)
        && !verifier.folders.iter().any(|folder| has_certificates(folder))
    {
        let trouble = verifier.trouble();
        let why = if trouble.is_empty() { String::from("none was found") } else { trouble.join("; ") };
        let message = Message::own("the system has no trusted certificates, so no server can be believed (")
            .quote(why, TROUBLE)
            .then("); install the package ca-certificates, or give a CA file");
        return Err(Error::quoting(Status::Configuration, Cause::NoTrustStore, message));
    }
    Ok(verifier)
}

impl ChainVerifier for SystemVerifier {
    fn verify(&self, presented: &Presented<'_>) -> Result<(), Error> {
        let Err(error) = self.roots.verify(presented) else { return Ok(()) };
        let mut trouble = self.trouble();
        let in_folders = self.issuers_in_folders(presented, &mut trouble)?;
        let error = match in_folders.is_empty() {
            true => error,
            false => match self.roots.verify_with(&in_folders, presented) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            },
        };
        let unknown = matches!(error.cause(), Cause::CertificateUnknownIssuer | Cause::CertificateSelfSigned);
        if !unknown || trouble.is_empty() {
            return Err(error);
        }
        let trouble = Message::default().quote(trouble.join("; "), TROUBLE).then(": ");
        Err(Error::quoting(error.status(), error.cause(), error.to_message().behind(trouble)))
    }
}

impl SystemVerifier {
    /// What is wrong with places that were to have certificates, and with the bundle's.
    fn trouble(&self) -> Vec<String> {
        self.trouble.iter().cloned().chain(self.unreadable()).collect()
    }

    /// How many of the bundle's certificates cannot be read here, though OpenSSL may. The others count all the same. To
    /// be asked only where somebody is told, since reading all takes half as long as a connection.
    fn unreadable(&self) -> Option<String> {
        let found = &self.roots.certificates[self.bundle.first..];
        let bad = found.iter().filter(|der| !is_readable(der)).count();
        (bad > 0)
            .then(|| format!("{bad} of the {} certificates in {} cannot be read here", found.len(), self.bundle.name))
    }

    /// The certificates in the folders that could have issued what a server shows, and its own. What cannot be read of them
    /// is added to `trouble`.
    fn issuers_in_folders(
        &self,
        presented: &Presented<'_>,
        trouble: &mut Vec<String>,
    ) -> Result<Vec<CertificateDer<'static>>, Error> {
        let shown = [presented.certificate].into_iter().chain(presented.intermediates);
        let shown: Vec<Certificate> = shown.filter_map(|der| Certificate::read(der)).collect();
        let own = shown.first().map(Certificate::subject);
        let mut hashes: Vec<String> = shown.iter().map(Certificate::issuer).chain(own).filter_map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let mut found = Vec::new();
        for (folder, hash) in self.folders.iter().flat_map(|folder| hashes.iter().map(move |hash| (folder, hash))) {
            // Names with the same hash are numbered. The first number that is missing, or unusable, is the end.
            for number in 0.. {
                let path = folder.join(format!("{hash}.{number}"));
                match read(&path) {
                    Ok(certificates) => {
                        let (readable, others): (Vec<_>, Vec<_>) = certificates.into_iter().partition(is_readable);
                        if !others.is_empty() {
                            trouble.push(format!("a certificate in {} cannot be read here", path.display()));
                        }
                        found.extend(readable.into_iter().filter(|der| is_named(der, hash)));
                    }
                    Err(error) if is_out_of_descriptors(&error) => {
                        return Err(no_descriptors(&format!("{} cannot be read: {error}", path.display())));
                    }
                    Err(error) => {
                        if error.kind() != io::ErrorKind::NotFound {
                            trouble.push(format!("{} cannot be used: {error}", path.display()));
                        }
                        break;
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Where the system's certificates are.
struct Places {
    bundle: Option<PathBuf>,
    folders: Vec<PathBuf>,
    /// What names the bundle.
    called: &'static str,
    /// Why some places are not among them.
    trouble: Vec<String>,
}

impl Places {
    /// The places that the environment variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name, or, if both are unset or empty,
    /// those of the system.
    fn find() -> Self {
        let is_set = |name| std::env::var_os(name).is_some();
        match (variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR")) {
            // Looking for the bundle would read those variables.
            (None, None) if !environment::is_believed() && (is_set("SSL_CERT_FILE") || is_set("SSL_CERT_DIR")) => {
                Self {
                    bundle: None,
                    folders: openssl_probe::candidate_cert_dirs().map(PathBuf::from).collect(),
                    called: "",
                    trouble: vec![format!("SSL_CERT_FILE and SSL_CERT_DIR are {}", environment::NOT_BELIEVED)],
                }
            }
            (None, None) => {
                let found = openssl_probe::probe();
                Self {
                    bundle: found.cert_file,
                    folders: found.cert_dir,
                    called: "the system's bundle",
                    trouble: Vec::new(),
                }
            }
            (bundle, named) => {
                // OpenSSL too passes over an empty name, which would mean the current folder: that of downloads, perhaps.
                let is_name = |folder: &PathBuf| !folder.as_os_str().is_empty();
                let folders: Vec<_> = named.iter().flat_map(std::env::split_paths).filter(is_name).collect();
                let is_useless = named.is_some() && !folders.iter().any(|folder| has_certificates(folder));
                let trouble = is_useless.then(|| {
                    String::from("SSL_CERT_DIR names no folder with certificates that are named by their hash, as openssl rehash names them")
                });
                Self {
                    bundle: bundle.map(PathBuf::from),
                    folders,
                    called: "SSL_CERT_FILE",
                    trouble: trouble.into_iter().collect(),
                }
            }
        }
    }
}

/// A lack of file descriptors is over soon. Without an error of its own, a session that knows only a part of the
/// certificates would be made, and kept.
fn no_descriptors(why: &str) -> Error {
    let message = format!("the system's trusted certificates cannot be read: {why}");
    Error::new(Status::ConnectFailed, Cause::NoDescriptors, message)
}

/// Reads the certificates in a PEM file as OpenSSL does: it may have other blocks, and any text around them, but no
/// broken block.
fn read(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let text = files::read_once(path, MAX_FILE)?;
    let mut certificates = Vec::new();
    for (number, block) in (1..).zip(pem::blocks(&text)) {
        match block {
            Ok(block) if !pem::is_certificate(block.label) => {}
            Ok(block) if SliceReader::new(&block.content).and_then(|mut der| der.tlv_bytes()).is_ok() => {
                certificates.push(block.content.into());
            }
            Err(Flaw::Stray) => {}
            Ok(_) | Err(Flaw::Broken) => {
                return Err(io::Error::other(format!("its certificate number {number} is broken")));
            }
        }
    }
    match certificates.is_empty() {
        true => Err(io::Error::other("it has no certificate in PEM form")),
        false => Ok(certificates),
    }
}

/// Whether a folder has files that are named as OpenSSL looks for them.
fn has_certificates(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| {
        entries.any(|entry| {
            let name = entry.map(|entry| entry.file_name()).unwrap_or_default();
            name.to_str().and_then(|name| name.split_once('.')).is_some_and(|(hash, number)| {
                let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                hash.len() == 8 && hash.bytes().all(is_hexadecimal) && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
    })
}

fn is_named(der: &CertificateDer<'_>, wanted: &str) -> bool {
    Certificate::read(der).and_then(|certificate| hash(certificate.subject())).is_some_and(|hash| hash == wanted)
}

/// How OpenSSL calls the file of a CA with this name: by a part of the SHA-1 of the name (`X509_NAME_hash_ex`).
fn hash(name: &Name) -> Option<String> {
    let sha1 = digest(&SHA1_FOR_LEGACY_USE_ONLY, &canonical(name)?);
    let start = sha1.as_ref().first_chunk().copied()?;
    Some(format!("{:08x}", u32::from_le_bytes(start)))
}
