//! How the server spells things: the replies of `POST /api/v2/pre-check/licenses`, read strictly.

use std::borrow::Cow;

use serde::de::{Deserializer, Error as _, MapAccess};
use serde_json::value::RawValue;

use crate::json::{self, Members, Object, OrNull, ReadError, scan};
use crate::outcome::{Components, Licenses, Verdict};

use super::verdicts::Verdicts;

/// What every reply has, of either operation.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) status: Option<bool>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

/// Reads a reply to `check`: its head, and a verdict for each of the components that were asked for. Unless the head
/// says yes, the verdicts mean nothing.
pub(crate) fn read_check(text: &str, asked: &Components) -> Result<(Head, Vec<Verdict>), ReadError> {
    let mut data = Data(Verdicts::about(asked));
    let head = read(text, &mut data)?;
    Ok((head, data.0.finish()))
}

/// Reads a reply to `list`: its head and its licenses, each as the server wrote it.
pub(crate) fn read_list(text: &str) -> Result<(Head, Licenses), ReadError> {
    let mut licenses = Licenses::default();
    let head = read(text, &mut licenses)?;
    Ok((head, licenses))
}

/// Reads `status`, `code` and `message` of a reply that carries no answer, and passes over those of another type.
/// Whoever wrote it need not be a license server: gateways have replies of their own.
pub(crate) fn read_lenient_head(text: &str) -> Head {
    let mut head = LenientHead::default();
    json::read(text, "", Object(&mut head)).map(|()| head.0).unwrap_or_default()
}

fn read<'de, P: Payload<'de>>(text: &'de str, payload: &mut P) -> Result<Head, ReadError> {
    let mut reply = Reply { head: Head::default(), payload, found: false };
    json::read(text, "", Object(&mut reply))?;
    match reply.head.status {
        None => Err(ReadError::wrong_shape("status: is missing")),
        Some(true) if !reply.found => Err(ReadError::wrong_shape(format!("{}: is missing", P::NAME))),
        _ => Ok(reply.head),
    }
}

/// The array in a reply that is its answer.
trait Payload<'de> {
    /// The member that it stands in.
    const NAME: &'static str;

    /// Reads it; false where there is null instead.
    fn read<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error>;
}

/// A reply with an answer.
struct Reply<'p, P> {
    head: Head,
    payload: &'p mut P,
    found: bool,
}

impl<'de, P: Payload<'de>> Members<'de> for Reply<'_, P> {
    const NAMES: &'static [&'static str] = &["status", "message", "code", P::NAME];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "status" => self.head.status = Some(json::boolean(map)?),
            "message" => self.head.message = json::string_or_null(map)?.map(Cow::into_owned),
            "code" => self.head.code = code(map.next_value()?).map_err(A::Error::custom)?,
            _ => self.found = self.payload.read(map)?,
        }
        Ok(())
    }
}

/// The verdicts of a reply to `check`.
struct Data<'d>(Verdicts<'d>);

impl<'de> Payload<'de> for Data<'_> {
    const NAME: &'static str = "data";

    fn read<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        let entries = json::array(|entry: Entry<'de>| {
            let component_id = entry.component_id.ok_or_else(|| json::missing("component_id"))?;
            self.0.add(&component_id, entry.consumer_id.as_deref(), entry.verdict.unwrap_or_default());
            Ok(())
        });
        Ok(map.next_value_seed(OrNull(entries))?.is_some())
    }
}

/// One verdict of a reply to `check`.
#[derive(Default)]
struct Entry<'de> {
    component_id: Option<Cow<'de, str>>,
    consumer_id: Option<Cow<'de, str>>,
    verdict: Option<Verdict>,
}

impl<'de> serde::Deserialize<'de> for Entry<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> Members<'de> for Entry<'de> {
    // The misspelling is the documented name; the other is for the day it is mended.
    const NAMES: &'static [&'static str] =
        &["component_id", "consumer_id", "installtion_allowed", "installation_allowed"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "component_id" => self.component_id = Some(json::string(map)?),
            "consumer_id" => self.consumer_id = json::string_or_null(map)?,
            // The same name twice was refused before.
            _ if self.verdict.is_some() => return Err(A::Error::custom("stands beside its other spelling")),
            _ => self.verdict = Some(if json::boolean(map)? { Verdict::Allowed } else { Verdict::Denied }),
        }
        Ok(())
    }
}

impl<'de> Payload<'de> for Licenses {
    const NAME: &'static str = "licenses";

    fn read<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        let licenses = json::array(|license: &RawValue| {
            if json::kind(license) != "an object" {
                return Err(format!("expected an object, found {}", json::kind(license)));
            }
            // In a result it stands within the result and the list, as in the reply.
            json::check_depth(license, 2)?;
            self.push(license.get());
            Ok(())
        });
        Ok(map.next_value_seed(OrNull(licenses))?.is_some())
    }
}

/// A reply without an answer.
#[derive(Default)]
struct LenientHead(Head);

impl<'de> Members<'de> for LenientHead {
    const NAMES: &'static [&'static str] = &["status", "message", "code"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let value: &RawValue = map.next_value()?;
        match name {
            "status" => self.0.status = serde_json::from_str(value.get()).ok(),
            "message" => self.0.message = text(value).unwrap_or_default(),
            _ => self.0.code = code(value).unwrap_or_default(),
        }
        Ok(())
    }
}

/// An error code: documented as a string, and a number elsewhere.
fn code(value: &RawValue) -> Result<Option<String>, String> {
    match json::kind(value) {
        "a number" => Ok(Some(value.get().to_owned())),
        _ => text(value),
    }
}

/// A text that may be null.
fn text(value: &RawValue) -> Result<Option<String>, String> {
    match json::kind(value) {
        "null" => Ok(None),
        "a string" => match scan::decoded(value.get()) {
            Some(text) if !text.contains('\0') => Ok(Some(text.into_owned())),
            _ => Err("contains U+0000 or half of a surrogate pair".into()),
        },
        kind => Err(format!("expected a string, found {kind}")),
    }
}
