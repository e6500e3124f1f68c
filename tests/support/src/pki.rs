//! Certificates for tests, made when a test runs: no key is ever committed.

pub use rcgen::date_time_ymd;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, CrlDistributionPoint,
    DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams,
};

/// A certificate authority.
pub struct Ca {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A server's certificate and key, as PEM.
#[derive(Clone)]
pub struct Identity {
    /// The certificate, followed by the intermediates that are sent along.
    pub chain: String,
    /// Its key.
    pub key: String,
}

impl Ca {
    /// A root whose common name is `name`.
    pub fn new(name: &str) -> Self {
        let make = || {
            let key = KeyPair::generate().expect("a key");
            CertifiedIssuer::self_signed(ca_parameters(name), key).expect("a CA")
        };
        Self { issuer: until_wine_verifies(make, |issuer| issuer.der()) }
    }

    /// A CA that this one has signed.
    pub fn intermediate(&self, name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        Self { issuer: CertifiedIssuer::signed_by(ca_parameters(name), key, &self.issuer).expect("a CA") }
    }

    /// This CA's key, certified by `other` under this CA's `name`; expired long ago, as PEM.
    pub fn once_signed_by(&self, name: &str, other: &Self) -> String {
        let mut parameters = ca_parameters(name);
        parameters.not_after = date_time_ymd(2000, 1, 1);
        let make = || parameters.signed_by(self.issuer.key(), &other.issuer).expect("a certificate");
        until_wine_verifies(make, |certificate| certificate.der()).pem()
    }

    /// The certificate, as PEM: what a client is told to trust.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// The certificate, as DER.
    pub fn der(&self) -> Vec<u8> {
        self.issuer.der().to_vec()
    }

    /// The list of certificates that it has revoked, as DER: none.
    pub fn revocation_list(&self) -> Vec<u8> {
        self.revoking(Vec::new())
    }

    /// The same with the certificate of this serial number in it.
    pub fn revocation_list_with(&self, serial_number: &[u8]) -> Vec<u8> {
        self.revoking(vec![RevokedCertParams {
            serial_number: serial_number.to_vec().into(),
            revocation_time: date_time_ymd(2024, 1, 1),
            reason_code: Some(RevocationReason::KeyCompromise),
            invalidity_date: None,
        }])
    }

    fn revoking(&self, revoked_certs: Vec<RevokedCertParams>) -> Vec<u8> {
        let parameters = CertificateRevocationListParams {
            this_update: date_time_ymd(2024, 1, 1),
            next_update: date_time_ymd(4000, 1, 1),
            crl_number: 1_u64.into(),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let make = || parameters.signed_by(&self.issuer).expect("a revocation list");
        until_wine_verifies(make, |list| list.der()).der().to_vec()
    }

    /// A certificate for a server of these names (host names or addresses).
    pub fn identity(&self, names: &[&str]) -> Identity {
        self.identity_with(server_parameters(names))
    }

    /// A certificate with `parameters`, for everything out of the ordinary.
    pub fn identity_with(&self, parameters: CertificateParams) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let make = || parameters.signed_by(&key, &self.issuer).expect("a certificate");
        let certificate = until_wine_verifies(make, |certificate| certificate.der());
        Identity { chain: certificate.pem(), key: key.serialize_pem() }
    }
}

/// Makes something that is signed, again and again until both halves of its signature have 32 bytes. Of one in 128
/// signatures one half begins with a zero byte, and then Wine takes the signature for wrong (0x80096004); Windows does
/// not.
fn until_wine_verifies<T>(make: impl Fn() -> T, der: impl Fn(&T) -> &[u8]) -> T {
    loop {
        let made = make();
        let bytes = der(&made);
        // The signature is the end: a sequence of two integers, which have a zero in front if they begin with a one bit.
        let signature = (64..=72).filter_map(|length| bytes.get(bytes.len().checked_sub(length)?..)).find_map(|end| {
            let (integers, length) = (end.strip_prefix(&[0x30, end.len() as u8 - 2, 2])?, usize::from(*end.get(3)?));
            let (first, second) = integers.get(1..)?.split_at_checked(length)?;
            (second.len() == 2 + usize::from(*second.get(1)?)).then(|| [first, &second[2..]])
        });
        let is_full = |half: &[u8]| half.len() == 33 || half.len() == 32 && half[0] != 0;
        if signature.is_some_and(|halves| halves.into_iter().all(is_full)) {
            return made;
        }
    }
}

/// A certificate with `parameters` that has signed itself.
pub fn self_signed(parameters: &CertificateParams) -> Identity {
    let key = KeyPair::generate().expect("a key");
    Identity { chain: parameters.self_signed(&key).expect("a certificate").pem(), key: key.serialize_pem() }
}

/// What a proper server certificate for `names` has; valid now.
pub fn server_parameters(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut parameters = CertificateParams::new(names).expect("names that a certificate can have");
    parameters.distinguished_name.push(DnType::CommonName, "a server for tests");
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters
}

/// The same, with the address of its CA's revocation list.
pub fn server_parameters_with_list(names: &[&str], list: &str) -> CertificateParams {
    let mut parameters = server_parameters(names);
    parameters.crl_distribution_points = vec![CrlDistributionPoint { uris: vec![list.to_owned()] }];
    parameters
}

/// What a CA's certificate with this name has; valid now.
pub fn ca_parameters(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::new(Vec::<String>::new()).expect("no names");
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}
