//! How the server spells things: the replies of `POST /api/v2/pre-check/licenses`, read strictly.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::components::{Components, Verdict};
use crate::error::Cause;
use crate::json::{self, Array, Items, Members, Object, Pace, Place, Refusal};

/// What every reply has, of either operation.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) status: Option<bool>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

/// Reads `status`, `code` and `message` of a reply that carries no answer, wherever they are what they should be. Whoever wrote it need
/// not be a licence server: gateways have replies of their own.
pub(crate) fn read_refusal(text: &str, pace: &Pace<'_>) -> Head {
    let mut refusal = Refusing(Head::default());
    json::read_object(text, "", &mut refusal, pace).map(|()| refusal.0).unwrap_or_default()
}

/// Reads a reply to `check`; where it says yes, `components` get their verdicts.
pub(crate) fn read_check(text: &str, components: &mut Components, pace: &Pace<'_>) -> Result<Head, Refusal> {
    let mut data = Data::default();
    let head = read(text, "data", &mut data, pace)?;
    if head.status == Some(true) {
        components.judge(|component| {
            let pair = (Cow::Borrowed(component.component_id), Cow::Borrowed(component.consumer_id));
            let by_pair = data.by_pair.get(&pair).copied().unwrap_or_default();
            by_pair.and(data.by_component.get(component.component_id).copied().unwrap_or_default())
        });
    }
    Ok(head)
}

/// Reads a reply to `list`: its head and its licences, each as the server wrote it.
pub(crate) fn read_list(text: &str, pace: &Pace<'_>) -> Result<(Head, Vec<Box<str>>), Refusal> {
    let mut licenses = Licenses::default();
    let head = read(text, "licenses", &mut licenses, pace)?;
    Ok((head, licenses.0))
}

fn read<'de, P: Items<'de>>(
    text: &'de str,
    name: &'static str,
    payload: &mut P,
    pace: &Pace<'_>,
) -> Result<Head, Refusal> {
    let missing = |name: &str| Refusal { cause: Cause::WrongShape, message: format!("{name}: is missing") };
    let mut reply = Reply { head: Head::default(), name, payload, found: false };
    json::read_object(text, "", &mut reply, pace)?;
    match reply.head.status {
        None => Err(missing("status")),
        Some(true) if !reply.found => Err(missing(name)),
        _ => Ok(reply.head),
    }
}

/// A reply without an answer.
struct Refusing(Head);

impl<'de> Members<'de> for Refusing {
    fn member<A: MapAccess<'de>>(&mut self, place: &Place<'_>, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let here = Place::Member(place, key);
        match key {
            "status" => self.0.status = boolean(map.next_value()?, &here).ok(),
            "message" => self.0.message = nullable(map.next_value()?, &here).unwrap_or_default(),
            "code" => self.0.code = code(map.next_value()?, &here).unwrap_or_default(),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A reply whose answer is the array in the member `name`.
struct Reply<'p, P> {
    head: Head,
    name: &'static str,
    payload: &'p mut P,
    found: bool,
}

impl<'de, P: Items<'de>> Members<'de> for Reply<'_, P> {
    fn member<A: MapAccess<'de>>(&mut self, place: &Place<'_>, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let here = Place::Member(place, key);
        match key {
            "status" => self.head.status = Some(boolean(map.next_value()?, &here).map_err(A::Error::custom)?),
            "message" => self.head.message = nullable(map.next_value()?, &here).map_err(A::Error::custom)?,
            "code" => self.head.code = code(map.next_value()?, &here).map_err(A::Error::custom)?,
            _ if key == self.name => self.found = map.next_value_seed(Nullable(Array(self.payload, here)))?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The verdicts of a reply to `check`.
#[derive(Default)]
struct Data<'de> {
    by_pair: HashMap<(Cow<'de, str>, Cow<'de, str>), Verdict>,
    /// Entries that name no consumer: they belong to every consumer of the component.
    by_component: HashMap<Cow<'de, str>, Verdict>,
}

impl<'de> Items<'de> for Data<'de> {
    fn item<A: SeqAccess<'de>>(&mut self, place: &Place<'_>, seq: &mut A) -> Result<bool, A::Error> {
        let mut entry = Entry::default();
        if seq.next_element_seed(Object(&mut entry, *place))?.is_none() {
            return Ok(false);
        }
        let component_id =
            entry.component_id.ok_or_else(|| A::Error::custom(format!("{place}.component_id: is missing")))?;
        let verdict = match entry.consumer_id {
            Some(consumer_id) => self.by_pair.entry((component_id, consumer_id)).or_default(),
            None => self.by_component.entry(component_id).or_default(),
        };
        *verdict = verdict.and(entry.verdict);
        Ok(true)
    }
}

/// One verdict of a reply to `check`.
#[derive(Default)]
struct Entry<'de> {
    component_id: Option<Cow<'de, str>>,
    consumer_id: Option<Cow<'de, str>>,
    verdict: Verdict,
    judged: bool,
}

impl<'de> Members<'de> for Entry<'de> {
    fn member<A: MapAccess<'de>>(&mut self, place: &Place<'_>, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let here = Place::Member(place, key);
        match key {
            "component_id" => self.component_id = Some(json::string(map, &here)?),
            "consumer_id" => {
                let raw = map.next_value::<&'de RawValue>()?;
                self.consumer_id = match json::kind(raw) {
                    "null" => None,
                    _ => Some(json::string_of(raw, &here).map_err(A::Error::custom)?),
                };
            }
            // The misspelling is the documented name; the other is for the day it is mended.
            "installtion_allowed" | "installation_allowed" => {
                // The same one twice is found where all members are: here it is the other one.
                if std::mem::replace(&mut self.judged, true) {
                    return Err(A::Error::custom(format!(
                        "{place}: has both installtion_allowed and installation_allowed"
                    )));
                }
                let allowed = boolean(map.next_value()?, &here).map_err(A::Error::custom)?;
                self.verdict = if allowed { Verdict::Allowed } else { Verdict::Denied };
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The licences of a reply to `list`.
#[derive(Default)]
struct Licenses(Vec<Box<str>>);

impl<'de> Items<'de> for Licenses {
    fn item<A: SeqAccess<'de>>(&mut self, place: &Place<'_>, seq: &mut A) -> Result<bool, A::Error> {
        let Some(raw) = seq.next_element::<&RawValue>()? else {
            return Ok(false);
        };
        if json::kind(raw) != "an object" {
            return Err(A::Error::custom(format!("{place}: expected an object, found {}", json::kind(raw))));
        }
        json::check_depth(raw, place).map_err(A::Error::custom)?;
        self.0.push(raw.get().into());
        Ok(true)
    }
}

/// An array that may be null: false where it is.
struct Nullable<'a, I>(Array<'a, I>);

impl<'de, I: Items<'de>> DeserializeSeed<'de> for Nullable<'_, I> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, I: Items<'de>> Visitor<'de> for Nullable<'_, I> {
    type Value = bool;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }
    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        self.0.deserialize(deserializer).map(|()| true)
    }
}

fn boolean(raw: &RawValue, place: &Place<'_>) -> Result<bool, String> {
    match raw.get() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(format!("{place}: expected a boolean, found {}", json::kind(raw))),
    }
}

fn nullable(raw: &RawValue, place: &Place<'_>) -> Result<Option<String>, String> {
    match json::kind(raw) {
        "null" => Ok(None),
        _ => json::string_of(raw, place).map(|text| Some(text.into_owned())),
    }
}

/// An error code: documented as a string, and a number elsewhere.
fn code(raw: &RawValue, place: &Place<'_>) -> Result<Option<String>, String> {
    match json::kind(raw) {
        "a number" => Ok(Some(raw.get().to_owned())),
        _ => nullable(raw, place),
    }
}
