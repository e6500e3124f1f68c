//! The license file: what the stand-in lists, and what its rule needs to know of it.

use std::{collections::HashMap, fs, path::Path, str::FromStr};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    Error,
    date::Date,
    request::Consumer,
    rule::{Grant, is_opensource},
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
    complete: Vec<Box<RawValue>>,
    grants: HashMap<String, Vec<Grant>>,
}

impl Licenses {
    /// Reads a license file.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = fs::read_to_string(path)
            .map_err(|e| Error::new(format!("cannot read the license file {}: {e}", path.display())))?;
        text.parse().map_err(|e| Error::new(format!("bad license file {}: {e}", path.display())))
    }

    /// Each license as it was written, for `list`.
    pub(crate) fn complete(&self) -> &[Box<RawValue>] {
        &self.complete
    }

    /// Whether some license allows the consumer to be installed today.
    pub(crate) fn allow(&self, consumer: &Consumer<'_>, today: Date) -> bool {
        self.grants
            .get(&*consumer.consumer_id)
            .is_some_and(|grants| grants.iter().any(|grant| grant.allows(consumer, today)))
    }
}

impl FromStr for Licenses {
    type Err = Error;

    /// Reads licenses from JSON text. The message of an error begins with its place,
    /// as in `licenses[2].license_info.valid_to`.
    fn from_str(json: &str) -> Result<Self, Error> {
        let file: File = read(json)?;
        let complete: Complete = read(json)?;

        let mut grants: HashMap<String, Vec<Grant>> = HashMap::new();
        for License { license_info: info, consumers } in file.licenses {
            for consumer in consumers {
                let version = consumer.consumer_version;
                grants.entry(consumer.consumer_id).or_default().push(Grant {
                    newest: (!version.is_empty()).then(|| Version::new(&version)),
                    opensource: is_opensource(&info.schema),
                    perpetual: info.r#type.eq_ignore_ascii_case("perpetual"),
                    valid_from: info.valid_from,
                    valid_to: info.valid_to,
                });
            }
        }
        Ok(Self { complete: complete.licenses, grants })
    }
}

/// Reads one JSON value and names the place of what is wrong with it.
fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        let place = e.path().to_string();
        match place.as_str() {
            "." => Error::new(e.inner().to_string()),
            _ => Error::new(format!("{place}: {}", e.inner())),
        }
    })?;
    reader.end().map_err(|e| Error::new(e.to_string()))?;
    Ok(value)
}

/// The file once more, with every license kept as text: parsing would reorder members and
/// rewrite numbers.
#[derive(Deserialize)]
struct Complete {
    licenses: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct File {
    licenses: Vec<License>,
}

#[derive(Deserialize)]
struct License {
    license_info: LicenseInfo,
    consumers: Vec<LicensedConsumer>,
}

#[derive(Deserialize)]
struct LicenseInfo {
    r#type: String,
    schema: String,
    valid_from: Date,
    valid_to: Date,
}

#[derive(Deserialize)]
struct LicensedConsumer {
    consumer_id: String,
    consumer_version: String,
}
