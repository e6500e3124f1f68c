//! The license file: what the stand-in lists, and what its rule needs to know of it.

use std::{collections::HashMap, fs, path::Path, str::FromStr};

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::{
    Error,
    date::Date,
    request::Consumer,
    rule::{Grant, Ruling, is_opensource},
    version::Version,
};

/// The licenses that a stand-in lists and judges by.
///
/// They are read from an object `{"licenses": [...]}`, such as a `list` reply or an
/// `entitlement.json`. Of each license, `license_info` needs `type`, `schema`, `valid_from` and
/// `valid_to`, and each entry of `consumers` needs `consumer_id` and `consumer_version`.
/// Everything else is open; `list` passes every license on exactly as it was written.
#[derive(Clone, Debug)]
pub struct Licenses {
    licenses: Vec<License>,
    grants: HashMap<String, Vec<Grant>>,
}

/// One license.
#[derive(Clone, Debug)]
pub(crate) struct License {
    /// As it was written, but for dates that were moved.
    pub(crate) text: Box<RawValue>,
    /// What people call it: `license 10000001`, or its place where it has no id.
    pub(crate) name: String,
    /// What it is for: `subscription, commercial: qtcreator, squish_tester 8.0.0`.
    pub(crate) about: String,
    pub(crate) opensource: bool,
    pub(crate) perpetual: bool,
    pub(crate) valid_from: Date,
    pub(crate) valid_to: Date,
    /// Switched off: neither listed nor judged by.
    pub(crate) off: bool,
}

impl Licenses {
    /// Reads a license file.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = fs::read_to_string(path)
            .map_err(|e| Error::new(format!("cannot read the license file {}: {e}", path.display())))?;
        text.parse().map_err(|e| Error::new(format!("bad license file {}: {e}", path.display())))
    }

    /// All of them, in the order of the file, those that are off included.
    pub(crate) fn all(&self) -> &[License] {
        &self.licenses
    }

    /// The same, to be switched.
    pub(crate) fn all_mut(&mut self) -> &mut [License] {
        &mut self.licenses
    }

    /// Those that count.
    pub(crate) fn on(&self) -> impl Iterator<Item = &License> {
        self.licenses.iter().filter(|license| !license.off)
    }

    /// Whether some license allows the consumer to be installed today.
    pub(crate) fn allow(&self, consumer: &Consumer<'_>, today: Date) -> bool {
        self.rulings(consumer, today).any(|(ruling, ..)| ruling.allows())
    }

    /// Why [`allow`](Self::allow) says what it says: the license that allows, or what each one that names the
    /// consumer has against it.
    pub(crate) fn reason(&self, consumer: &Consumer<'_>, today: Date) -> String {
        let rulings: Vec<_> = self.rulings(consumer, today).collect();
        let reasons: Vec<String> = match rulings.iter().find(|(ruling, ..)| ruling.allows()) {
            Some(allowing) => std::slice::from_ref(allowing),
            None => &rulings,
        }
        .iter()
        .map(|(ruling, grant, license)| ruling.reason(grant, license, consumer))
        .collect();
        match &*reasons {
            [] => format!("no license names {}", consumer.consumer_id),
            reasons => reasons.join("; "),
        }
    }

    fn rulings(&self, consumer: &Consumer<'_>, today: Date) -> impl Iterator<Item = (Ruling, &Grant, &License)> {
        self.grants.get(&*consumer.consumer_id).into_iter().flatten().map(move |grant| {
            let license = &self.licenses[grant.license];
            (Ruling::new(grant, license, consumer, today), grant, license)
        })
    }
}

impl License {
    /// Gives the license these dates, in what is listed too.
    pub(crate) fn move_dates(&mut self, valid_from: Date, valid_to: Date) {
        let dates: Dates<'_> = serde_json::from_str(self.text.get()).expect("it was read before");
        let mut text = self.text.get().to_owned();
        let mut places = [(dates.license_info.valid_from, valid_from), (dates.license_info.valid_to, valid_to)]
            .map(|(old, new)| (old.get().as_ptr().addr() - self.text.get().as_ptr().addr(), old.get().len(), new));
        // From the end on, so that the places in front of it stay where they are.
        places.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
        for (start, length, date) in places {
            text.replace_range(start..start + length, &format!("\"{date}\""));
        }
        self.text = RawValue::from_string(text).expect("a date in place of a text");
        (self.valid_from, self.valid_to) = (valid_from, valid_to);
    }
}

impl FromStr for Licenses {
    type Err = Error;

    /// Reads licenses from JSON text. The message of an error begins with its place,
    /// as in `licenses[2].license_info.valid_to`.
    fn from_str(json: &str) -> Result<Self, Error> {
        let file: File = read(json)?;
        let complete: Complete = read(json)?;

        let mut licenses = Vec::new();
        let mut grants: HashMap<String, Vec<Grant>> = HashMap::new();
        for (place, (read, text)) in file.licenses.into_iter().zip(complete.licenses).enumerate() {
            // serde takes an array for an object; the dates of one could not be moved.
            serde_json::from_str::<Dates<'_>>(text.get())
                .map_err(|_| Error::new(format!("licenses[{place}]: expected objects, found an array")))?;
            let LicenseInfo { r#type, schema, valid_from, valid_to, license_id } = read.license_info;
            let named = |consumer: &LicensedConsumer| {
                format!("{} {}", consumer.consumer_id, consumer.consumer_version).trim_end().to_owned()
            };
            let consumers: Vec<String> = read.consumers.iter().map(named).collect();
            licenses.push(License {
                text,
                name: match license_id.as_deref().and_then(id) {
                    Some(id) => format!("license {id}"),
                    None => format!("licenses[{place}]"),
                },
                about: format!("{type}, {schema}: {}", consumers.join(", ")),
                opensource: is_opensource(&schema),
                perpetual: r#type.eq_ignore_ascii_case("perpetual"),
                valid_from,
                valid_to,
                off: false,
            });
            for LicensedConsumer { consumer_id, consumer_version: covers } in read.consumers {
                let newest = (!covers.is_empty()).then(|| Version::new(&covers));
                grants.entry(consumer_id).or_default().push(Grant { license: place, covers, newest });
            }
        }
        Ok(Self { licenses, grants })
    }
}

/// A license's id, which is a text or a number.
fn id(json: &RawValue) -> Option<String> {
    let number = || json.get().starts_with(|c: char| c == '-' || c.is_ascii_digit()).then(|| json.get().to_owned());
    serde_json::from_str::<String>(json.get()).ok().filter(|id| !id.is_empty()).or_else(number)
}

/// Reads one JSON value and names the place of what is wrong with it.
fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = placed(&mut reader)?;
    reader.end().map_err(|e| Error::new(e.to_string()))?;
    Ok(value)
}

/// Reads a value and names the place, such as `licenses[2].valid_to`, of what is wrong with it.
pub(crate) fn placed<'a, T: Deserialize<'a>, D: Deserializer<'a>>(from: D) -> Result<T, Error> {
    serde_path_to_error::deserialize(from).map_err(|e| match e.path().to_string().as_str() {
        "." => Error::new(e.inner().to_string()),
        place => Error::new(format!("{place}: {}", e.inner())),
    })
}

/// The file once more, with every license kept as text: parsing would reorder members and
/// rewrite numbers.
#[derive(Deserialize)]
struct Complete {
    licenses: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct File {
    licenses: Vec<ReadLicense>,
}

#[derive(Deserialize)]
struct ReadLicense {
    license_info: LicenseInfo,
    consumers: Vec<LicensedConsumer>,
}

#[derive(Deserialize)]
struct LicenseInfo {
    r#type: String,
    schema: String,
    valid_from: Date,
    valid_to: Date,
    license_id: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct LicensedConsumer {
    consumer_id: String,
    consumer_version: String,
}

/// The dates of a license, as parts of its text.
#[derive(Deserialize)]
struct Dates<'a> {
    #[serde(borrow)]
    license_info: DatesInfo<'a>,
}

#[derive(Deserialize)]
struct DatesInfo<'a> {
    #[serde(borrow)]
    valid_from: &'a RawValue,
    #[serde(borrow)]
    valid_to: &'a RawValue,
}
