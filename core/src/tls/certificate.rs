//! What is written in a certificate, as far as webpki does not tell it.

use std::fmt;
use std::net::IpAddr;

use rustls::pki_types::{CertificateDer, UnixTime};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::{CertificateInner, Raw, Version};
use x509_cert::der::asn1::{Any, SetOfVec, UintRef};
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::der::{self, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, NameConstraints, SubjectAltName,
    SubjectKeyIdentifier,
};
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::text::utc;

/// The use that a server's certificate needs, where it or its CAs limit theirs.
const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// Certificates' own extensions are numbered below it.
const ID_CE: &str = "2.5.29.";

/// Whether a certificate can be read here, so that it can vouch for somebody: by webpki, which verifies signatures and names,
/// and by [`Certificate`], which has the rest.
pub(super) fn is_readable(der: &CertificateDer<'_>) -> bool {
    webpki::anchor_from_trusted_cert(der).is_ok() && Certificate::read(der).is_some()
}

/// A certificate that can be read. Nothing in it is verified.
pub(super) struct Certificate(CertificateInner<Raw>);

impl Certificate {
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        CertificateInner::from_der(der).ok().map(Self)
    }

    pub(super) fn subject(&self) -> &Name {
        self.0.tbs_certificate().subject()
    }

    pub(super) fn issuer(&self) -> &Name {
        self.0.tbs_certificate().issuer()
    }

    pub(super) fn is_self_signed(&self) -> bool {
        self.subject() == self.issuer()
    }

    /// Whether OpenSSL takes it for a CA's (`X509_check_ca`). Its old extensions of Netscape's do not count here.
    pub(super) fn is_ca(&self) -> bool {
        let (Ok(usage), Ok(constraints)) = (self.extension::<KeyUsage>(), self.extension::<BasicConstraints>()) else {
            return false;
        };
        let is_root_of_version_1 = self.0.tbs_certificate().version() == Version::V1 && self.is_self_signed();
        match (usage, constraints) {
            (Some(usage), _) if !usage.key_cert_sign() => false,
            (_, Some(constraints)) => constraints.ca,
            (usage, None) => usage.is_some() || is_root_of_version_1,
        }
    }

    /// How many further CAs may stand between this CA and a server's certificate.
    pub(super) fn path_length(&self) -> Option<u8> {
        self.extension::<BasicConstraints>().ok().flatten().and_then(|constraints| constraints.path_len_constraint)
    }

    /// Whether its purposes, if it names any, include servers.
    pub(super) fn is_for_servers(&self) -> bool {
        match self.extension::<ExtendedKeyUsage>() {
            Ok(purposes) => purposes.is_none_or(|purposes| purposes.0.contains(&SERVER_AUTH)),
            Err(_) => false,
        }
    }

    /// Whether its key, if its uses are named, may be used in a TLS handshake.
    pub(super) fn is_for_tls(&self) -> bool {
        match self.extension::<KeyUsage>() {
            Ok(usage) => {
                usage.is_none_or(|usage| usage.digital_signature() || usage.key_encipherment() || usage.key_agreement())
            }
            Err(_) => false,
        }
    }

    /// Fails if it has expired, or is not valid yet.
    pub(super) fn check_dates(&self, time: UnixTime) -> Result<(), webpki::Error> {
        let (not_before, not_after) = self.dates();
        if time < not_before {
            return Err(webpki::Error::CertNotValidYet { time, not_before });
        }
        if time > not_after {
            return Err(webpki::Error::CertExpired { time, not_after });
        }
        Ok(())
    }

    /// From when until when it is valid.
    pub(super) fn dates(&self) -> (UnixTime, UnixTime) {
        let validity = self.0.tbs_certificate().validity();
        let time = |time: Time| UnixTime::since_unix_epoch(time.to_unix_duration());
        (time(validity.not_before), time(validity.not_after))
    }

    /// Whether `issuer` is the certificate that it names as its issuer's, as OpenSSL sees it (`X509_check_akid`): by the
    /// identifier of the key, if both have one, and by serial number and issuer, if it names those.
    pub(super) fn names_key_of(&self, issuer: &Self) -> bool {
        let (Ok(named), Ok(key)) =
            (self.extension::<AuthorityKeyIdentifier>(), issuer.extension::<SubjectKeyIdentifier>())
        else {
            return false;
        };
        let AuthorityKeyIdentifier { key_identifier, authority_cert_issuer, authority_cert_serial_number } =
            named.unwrap_or_default();
        let serial = issuer.0.tbs_certificate().serial_number();
        let mut names = authority_cert_issuer.into_iter().flatten();
        let above = names.find_map(|name| if let GeneralName::DirectoryName(name) = name { Some(name) } else { None });
        key_identifier.zip(key).is_none_or(|(named, key)| named == key.0)
            && authority_cert_serial_number.is_none_or(|named| named.as_bytes() == serial.as_bytes())
            && above.is_none_or(|named| canonical(&named) == canonical(issuer.issuer()))
    }

    /// The size of its key, if that is an RSA key.
    pub(super) fn rsa_bits(&self) -> Option<usize> {
        let info = self.0.tbs_certificate().subject_public_key_info();
        let modulus = |reader: &mut SliceReader<'_>| -> der::Result<usize> {
            let bytes = UintRef::decode(reader)?.as_bytes().len();
            UintRef::decode(reader)?;
            Ok(bytes * 8)
        };
        let mut reader = SliceReader::new(info.subject_public_key.raw_bytes()).ok()?;
        (info.algorithm.oid == RSA).then(|| reader.sequence(modulus).ok()).flatten()
    }

    /// The first extension that must be understood, and is not one of `understood`: numbers of certificates' own
    /// extensions.
    pub(super) fn strange_extension(&self, understood: &[u8]) -> Option<ObjectIdentifier> {
        let is_understood = |id: &ObjectIdentifier| {
            let number = id.to_string().strip_prefix(ID_CE).and_then(|number| number.parse().ok());
            number.is_some_and(|number| understood.contains(&number))
        };
        let extensions = self.0.tbs_certificate().extensions();
        let mut critical = extensions.into_iter().flatten().filter(|extension| extension.critical);
        critical.find(|extension| !is_understood(&extension.extn_id)).map(|extension| extension.extn_id)
    }

    /// Whether it limits names of other kinds than hosts and addresses. webpki does not compare those, so it takes every
    /// certificate below for one that breaks the limits.
    pub(super) fn limits_other_names(&self) -> bool {
        let Ok(Some(limits)) = self.extension::<NameConstraints>() else { return false };
        let mut subtrees = limits.permitted_subtrees.iter().chain(&limits.excluded_subtrees).flatten();
        subtrees.any(|subtree| !matches!(subtree.base, GeneralName::DnsName(_) | GeneralName::IpAddress(_)))
    }

    /// The names and addresses of the hosts that it is made out to.
    pub(super) fn hosts(&self) -> Vec<String> {
        let names = self.extension::<SubjectAltName>().ok().flatten().map(|names| names.0).unwrap_or_default();
        let host = |name: GeneralName| match name {
            GeneralName::DnsName(name) => Some(name.to_string()),
            GeneralName::IpAddress(address) => match address.as_bytes().len() {
                4 => <[u8; 4]>::try_from(address.as_bytes()).ok().map(|octets| IpAddr::from(octets).to_string()),
                _ => <[u8; 16]>::try_from(address.as_bytes()).ok().map(|octets| IpAddr::from(octets).to_string()),
            },
            _ => None,
        };
        names.into_iter().filter_map(host).collect()
    }

    fn extension<'a, T: AssociatedOid + Decode<'a, Error = der::Error>>(&'a self) -> der::Result<Option<T>> {
        Ok(self.0.tbs_certificate().get_extension()?.map(|(_, extension)| extension))
    }
}

impl fmt::Display for Certificate {
    /// For the log: whose it is, who issued it, and when it is valid.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Some certificates are made out to a hundred hosts.
        const MOST: usize = 3;
        let mut hosts = self.hosts();
        let more = if hosts.len() > MOST { " and others" } else { "" };
        hosts.truncate(MOST);
        let whose = if hosts.is_empty() { readable(self.subject()) } else { hosts.join(", ") };
        let (start, end) = self.dates();
        let issuer = readable(self.issuer());
        let (start, end) = (utc(start.as_secs()), utc(end.as_secs()));
        write!(f, "certificate of {whose}{more}, issued by {issuer}, valid from {start} until {end}")
    }
}

/// A name for messages, such as `Example Root CA, Certificates, Example Ltd`: the common name, organizational unit and
/// organization in it.
pub(super) fn readable(name: &Name) -> String {
    const COMMON_NAME: &str = "2.5.4.3";
    const UNIT: &str = "2.5.4.11";
    const ORGANIZATION: &str = "2.5.4.10";
    let part = |kind| {
        name.iter().find(|part| part.oid == ObjectIdentifier::new_unwrap(kind)).and_then(|part| text(&part.value))
    };
    let parts: Vec<String> =
        [COMMON_NAME, UNIT, ORGANIZATION].into_iter().filter_map(part).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::from("an issuer without a name") } else { parts.join(", ") }
}

/// A name as OpenSSL compares names (`X509_NAME_cmp`): letters are made small, and white space is joined.
pub(super) fn canonical(name: &Name) -> Option<Vec<u8>> {
    let mut canonical = Vec::new();
    for set in name.iter_rdn() {
        let pairs = set.iter().map(|pair| {
            let value = match text(&pair.value) {
                Some(text) => {
                    let joined = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
                    Any::new(Tag::Utf8String, joined.into_bytes()).ok()?
                }
                None => pair.value.clone(),
            };
            Some(AttributeTypeAndValue { oid: pair.oid, value })
        });
        SetOfVec::try_from(pairs.collect::<Option<Vec<_>>>()?).ok()?.encode_to_vec(&mut canonical).ok()?;
    }
    Some(canonical)
}

/// The text of a string in a name; None if it is no string.
fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::VisibleString => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
        Tag::BmpString => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            Some(String::from_utf16_lossy(&units))
        }
        // By the standard it has an encoding of its own, but programs write Latin-1.
        Tag::TeletexString => Some(bytes.iter().map(|&byte| char::from(byte)).collect()),
        _ => None,
    }
}
