//! Chains of certificates with faults that are chosen by chance, and the oddities of the files that they come in.

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, CustomExtension, DistinguishedName, DnType, DnValue,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, NameConstraints,
    date_time_ymd,
};
use support::pki::server_parameters;

/// What chooses where there is a choice.
pub(crate) enum Chance {
    /// Numbers that look random (xorshift64*), the same in each run.
    Random(u64),
    /// Always the last one: of a chain the CA that issued the server's certificate.
    Last,
}

impl Chance {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let Self::Random(state) = self else { return limit - 1 };
        *state ^= *state >> 12;
        *state ^= *state << 25;
        *state ^= *state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}

/// A chain before its certificates are made: number 0 is the root, the last one the server's.
pub(crate) struct Plan {
    certificates: Vec<CertificateParams>,
    keys: Vec<KeyPair>,
    /// The one that another key has signed than its issuer's.
    forged: Option<usize>,
    /// The one whose issuer is named in another encoding.
    renamed: Option<usize>,
    /// Who is trusted, by number.
    trusted: Vec<usize>,
    /// Who is sent along, by number.
    sent: Vec<usize>,
    /// What is trusted besides, as PEM.
    further: Vec<String>,
}

/// The PEM texts of a chain.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) leaf: String,
    pub(crate) key: String,
    pub(crate) sent: Vec<String>,
    pub(crate) trusted: Vec<String>,
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

/// `O=Example, CN=name`; both have a meaning for limits of names.
fn name(name: &str, encoded: fn(&str) -> DnValue) -> DistinguishedName {
    let mut full = DistinguishedName::new();
    full.push(DnType::OrganizationName, encoded("Example"));
    full.push(DnType::CommonName, encoded(name));
    full
}

fn utf8(text: &str) -> DnValue {
    DnValue::Utf8String(text.into())
}

fn printable(text: &str) -> DnValue {
    DnValue::PrintableString(text.try_into().expect("plain letters"))
}

fn ca(called: &str) -> CertificateParams {
    let mut parameters = CertificateParams::new(Vec::<String>::new()).expect("no names");
    parameters.distinguished_name = name(called, utf8);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters.use_authority_key_identifier_extension = true;
    parameters
}

impl Plan {
    /// A faultless chain with so many CAs, of which the root is trusted, and the others are sent along.
    pub(crate) fn new(cas: usize) -> Self {
        let mut certificates: Vec<_> = (0..cas).map(|n| ca(&format!("CA {n}"))).collect();
        let mut leaf = server_parameters(&["localhost"]);
        leaf.distinguished_name = name("a server", utf8);
        leaf.use_authority_key_identifier_extension = true;
        certificates.push(leaf);
        let keys = certificates.iter().map(|_| key()).collect();
        let sent = (1..cas).rev().collect();
        let trusted = vec![0];
        Self { certificates, keys, forged: None, renamed: None, trusted, sent, further: Vec::new() }
    }

    fn leaf(&mut self) -> &mut CertificateParams {
        self.certificates.last_mut().expect("a leaf")
    }

    fn cas(&self) -> usize {
        self.certificates.len() - 1
    }

    fn any_ca(&mut self, chance: &mut Chance) -> &mut CertificateParams {
        let number = chance.below(self.cas());
        &mut self.certificates[number]
    }

    fn limit(&mut self, chance: &mut Chance, permitted: Vec<GeneralSubtree>, excluded: Vec<GeneralSubtree>) {
        self.any_ca(chance).name_constraints =
            Some(NameConstraints { permitted_subtrees: permitted, excluded_subtrees: excluded });
    }

    fn pem(&self, number: usize) -> String {
        let own = &self.certificates[number];
        let stranger = key();
        let above = number.saturating_sub(1);
        let signer = if self.forged == Some(number) { &stranger } else { &self.keys[above] };
        let mut issuer = self.certificates[above].clone();
        // A certificate names the key that should have signed it, whoever did.
        if self.forged == Some(number) {
            issuer.key_identifier_method = KeyIdMethod::PreSpecified(issuer.key_identifier(&self.keys[above]));
        }
        if self.renamed == Some(number) {
            issuer.distinguished_name = name(&format!("CA {above}"), printable);
        }
        let issuer = Issuer::from_params(&issuer, signer);
        own.signed_by(&self.keys[number], &issuer).expect("a certificate").pem()
    }

    pub(crate) fn make(self) -> Made {
        let pems: Vec<String> = (0..=self.cas()).map(|number| self.pem(number)).collect();
        let of = |numbers: &[usize]| numbers.iter().map(|&number| pems[number].clone()).collect::<Vec<_>>();
        let trusted = [self.further.clone(), of(&self.trusted)].concat();
        let (sent, leaf) = (of(&self.sent), pems[self.cas()].clone());
        Made { leaf, key: self.keys[self.cas()].serialize_pem(), sent, trusted }
    }
}

/// What stands in a certificate, as DER.
fn der(tag: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&[tag, content.len().try_into().expect("a short content")], &*content].concat()
}

/// Has a certificate name its issuer's by the serial number `named`, and by who issued that: the name of the CA above it,
/// written by `write`.
fn name_issuer(plan: &mut Plan, chance: &mut Chance, named: u8, write: fn(String) -> String) {
    let number = chance.below(plan.cas());
    plan.certificates[number].serial_number = Some(vec![7].into());
    let part = |kind, text: &str| der(0x31, &[&der(0x30, &[&[6, 3, 0x55, 4, kind], &der(0x0c, &[text.as_bytes()])])]);
    let above = write(format!("CA {}", number.saturating_sub(1)));
    let name = der(0x30, &[&part(10, "Example"), &part(3, &above)]);
    let names = der(0xa1, &[&der(0xa4, &[&name])]);
    let identifier = der(0x30, &[&names, &der(0x82, &[&[named]])]);
    let below = &mut plan.certificates[number + 1];
    below.use_authority_key_identifier_extension = false;
    below.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 35], identifier));
}

fn critical(id: &[u64], content: &[u8]) -> CustomExtension {
    let mut extension = CustomExtension::from_oid_content(id, content.to_vec());
    extension.set_criticality(true);
    extension
}

/// What can be odd about a chain: a name, and what it does.
type Fault = (&'static str, fn(&mut Plan, &mut Chance));

pub(crate) const FAULTS: &[Fault] = &[
    ("none", |_, _| {}),
    ("the server's has expired", |plan, _| plan.leaf().not_after = date_time_ymd(2020, 1, 1)),
    ("the server's is not valid yet", |plan, _| plan.leaf().not_before = date_time_ymd(3000, 1, 1)),
    ("the server's is a CA's", |plan, _| plan.leaf().is_ca = IsCa::Ca(BasicConstraints::Unconstrained)),
    ("the server's is marked to be no CA's", |plan, _| plan.leaf().is_ca = IsCa::ExplicitNoCa),
    ("the server's is for clients", |plan, _| {
        plan.leaf().extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    }),
    ("the server's is for any purpose", |plan, _| {
        plan.leaf().extended_key_usages = vec![ExtendedKeyUsagePurpose::Any];
    }),
    ("the server's names no purpose", |plan, _| plan.leaf().extended_key_usages.clear()),
    ("the server's key is for signing certificates", |plan, _| {
        plan.leaf().key_usages = vec![KeyUsagePurpose::KeyCertSign];
    }),
    ("the server's key is for anything", |plan, _| plan.leaf().key_usages.clear()),
    ("the server's is another host's", |plan, _| {
        plan.leaf().subject_alt_names = server_parameters(&["licenses.example.com"]).subject_alt_names;
    }),
    ("the server's common name is its host", |plan, _| {
        plan.leaf().subject_alt_names.clear();
        plan.leaf().distinguished_name = name("localhost", utf8);
    }),
    ("the server's has a critical extension", |plan, _| {
        plan.leaf().custom_extensions.push(critical(&[1, 3, 6, 1, 4, 1, 55555, 1], &[5, 0]));
    }),
    ("a CA's is marked to be none", |plan, chance| plan.any_ca(chance).is_ca = IsCa::ExplicitNoCa),
    ("a CA's says nothing, but its key may sign", |plan, chance| plan.any_ca(chance).is_ca = IsCa::NoCa),
    ("a CA's says nothing at all", |plan, chance| {
        let ca = plan.any_ca(chance);
        ca.is_ca = IsCa::NoCa;
        ca.key_usages.clear();
    }),
    ("a CA's key may not sign", |plan, chance| {
        plan.any_ca(chance).key_usages = vec![KeyUsagePurpose::DigitalSignature];
    }),
    ("a CA's key may do anything", |plan, chance| plan.any_ca(chance).key_usages.clear()),
    ("a CA is for clients", |plan, chance| {
        plan.any_ca(chance).extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    }),
    ("a CA is for servers", |plan, chance| {
        plan.any_ca(chance).extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    }),
    ("a CA may have no CA below it", |plan, chance| {
        plan.any_ca(chance).is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    }),
    ("a CA may have one CA below it", |plan, chance| {
        plan.any_ca(chance).is_ca = IsCa::Ca(BasicConstraints::Constrained(1));
    }),
    ("a CA's has expired", |plan, chance| plan.any_ca(chance).not_after = date_time_ymd(2020, 1, 1)),
    ("a CA's is not valid yet", |plan, chance| plan.any_ca(chance).not_before = date_time_ymd(3000, 1, 1)),
    ("a CA's has a critical extension", |plan, chance| {
        plan.any_ca(chance).custom_extensions.push(critical(&[1, 3, 6, 1, 4, 1, 55555, 1], &[5, 0]));
    }),
    ("a CA's has critical policies", |plan, chance| {
        // Any policy.
        plan.any_ca(chance)
            .custom_extensions
            .push(critical(&[2, 5, 29, 32], &[0x30, 0x08, 0x30, 0x06, 0x06, 0x04, 0x55, 0x1d, 0x20, 0x00]));
    }),
    ("a CA may name this host", |plan, chance| {
        plan.limit(chance, vec![GeneralSubtree::DnsName("localhost".into())], Vec::new());
    }),
    ("a CA may name other hosts", |plan, chance| {
        plan.limit(chance, vec![GeneralSubtree::DnsName("example.com".into())], Vec::new());
    }),
    ("a CA may not name this host", |plan, chance| {
        plan.limit(chance, Vec::new(), vec![GeneralSubtree::DnsName("localhost".into())]);
    }),
    ("a CA may name some addresses", |plan, chance| {
        plan.limit(chance, vec![GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([10, 0, 0, 0], 8))], Vec::new());
    }),
    ("a CA may name an organization", |plan, chance| {
        let mut example = DistinguishedName::new();
        example.push(DnType::OrganizationName, utf8("Example"));
        plan.limit(chance, vec![GeneralSubtree::DirectoryName(example)], Vec::new());
    }),
    ("one is signed by somebody else", |plan, chance| plan.forged = Some(chance.below(plan.cas()) + 1)),
    ("one names its issuer in another encoding", |plan, chance| plan.renamed = Some(chance.below(plan.cas()) + 1)),
    ("one names another key of its issuer", |plan, chance| {
        // The issuer's own certificate has the identifier, and those below are told another key.
        let number = chance.below(plan.cas());
        let id = plan.certificates[number].key_identifier(&key());
        let wrong = [&[0x30, 22, 0x80, 20], &id[..]].concat();
        let below = &mut plan.certificates[number + 1];
        below.use_authority_key_identifier_extension = false;
        below.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 35], wrong));
    }),
    ("one names its issuer by serial number", |plan, chance| name_issuer(plan, chance, 7, |name| name)),
    ("one names its issuer in other letters", |plan, chance| {
        name_issuer(plan, chance, 7, |name| format!("{} ", name.to_lowercase()));
    }),
    ("one names another serial number of its issuer", |plan, chance| name_issuer(plan, chance, 8, |name| name)),
    ("one names another issuer of its issuer", |plan, chance| {
        name_issuer(plan, chance, 7, |name| format!("not {name}"));
    }),
    ("no key is named", |plan, _| {
        plan.certificates.iter_mut().for_each(|one| one.use_authority_key_identifier_extension = false);
    }),
    ("any CA is trusted", |plan, chance| plan.trusted = vec![chance.below(plan.cas())]),
    ("the server's is trusted", |plan, _| plan.trusted = vec![plan.cas()]),
    ("all are trusted", |plan, _| plan.trusted = (0..=plan.cas()).collect()),
    ("none is trusted", |plan, _| {
        plan.trusted.clear();
        plan.further.push(ca("Another CA").self_signed(&key()).expect("a CA").pem());
    }),
    ("another CA is trusted too", |plan, _| {
        plan.further.push(ca("Another CA").self_signed(&key()).expect("a CA").pem());
    }),
    ("another CA of the root's name is trusted too", |plan, _| {
        plan.further.push(ca("CA 0").self_signed(&key()).expect("a CA").pem());
    }),
    ("the root's expired certificate is trusted too", |plan, _| {
        let mut old = plan.certificates[0].clone();
        old.not_after = date_time_ymd(2020, 1, 1);
        plan.further.push(old.self_signed(&plan.keys[0]).expect("a CA").pem());
    }),
    ("an expired CA is trusted too", |plan, _| {
        let mut old = ca("An old CA");
        old.not_after = date_time_ymd(2020, 1, 1);
        plan.further.push(old.self_signed(&key()).expect("a CA").pem());
    }),
    ("one is not sent", |plan, chance| {
        if !plan.sent.is_empty() {
            plan.sent.remove(chance.below(plan.sent.len()));
        }
    }),
    ("they are sent in another order", |plan, _| plan.sent.reverse()),
    ("the root is sent too", |plan, _| plan.sent.push(0)),
    ("they are sent twice", |plan, _| plan.sent = [&plan.sent[..], &plan.sent[..]].concat()),
];

/// What can be odd about a PEM text of which the certificates are in `pems`.
type Writing = (&'static str, fn(&[String]) -> String);

pub(crate) const WRITINGS: &[Writing] = &[
    ("plain", |pems| pems.concat()),
    ("with line ends of Windows", |pems| pems.concat().replace('\n', "\r\n")),
    ("with blanks at the ends of lines", |pems| pems.concat().replace('\n', "  \n")),
    ("with text around", |pems| format!("# CAs\n{}\nthat is all", pems.join("\nthe next\n"))),
    ("of the old label", |pems| pems.concat().replace(" CERTIFICATE", " X509 CERTIFICATE")),
    ("of OpenSSL's label", |pems| pems.concat().replace(" CERTIFICATE", " TRUSTED CERTIFICATE")),
    ("without a last line break", |pems| pems.concat().trim_end().to_owned()),
    ("without line breaks between", |pems| pems.iter().map(|pem| pem.trim_end()).collect::<String>() + "\n"),
    ("with the first one indented", |pems| format!("  {}", pems.concat())),
    ("with a request", |pems| pems.concat() + &pems[0].replace("CERTIFICATE", "CERTIFICATE REQUEST")),
    ("with a broken one", |pems| format!("{}{}", pems.concat(), pems[0].replacen("\nM", "\n*M", 1))),
    ("cut off", |pems| {
        let all = pems.concat();
        all[..all.len() - 40].to_owned()
    }),
    ("with a hyphen missing", |pems| pems.concat().replacen("-----BEGIN", "----BEGIN", 1)),
    ("in a folder", |pems| pems.concat()),
    ("in a folder, too", |pems| pems.concat()),
    ("in a folder, without hashes", |pems| pems.concat()),
];
