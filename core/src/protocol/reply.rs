//! How the server spells things: the replies of `POST /api/v2/pre-check/licenses`, read strictly.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Cause;
use crate::json::{self, Array, Items, Members, Object, Pace, Place, Refusal};
use crate::outcome::{Component, Components, Verdict};

/// What every reply has, of either operation.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) status: Option<bool>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

/// Reads `status`, `code` and `message` of a reply that carries no answer, and passes over those of another type.
/// Whoever wrote it need not be a licence server: gateways have replies of their own.
pub(crate) fn read_refusal(text: &str, pace: &Pace<'_>) -> Head {
    let mut refusal = Refusing(Head::default());
    json::read_object(text, "", &mut refusal, pace).map(|()| refusal.0).unwrap_or_default()
}

/// Reads a reply to `check`; where it says yes, `components` get their verdicts.
pub(crate) fn read_check(text: &str, components: &mut Components, pace: &Pace<'_>) -> Result<Head, Refusal> {
    let mut data = Data::about(components);
    let head = read(text, &mut data, pace)?;
    if head.status == Some(true) {
        let verdicts = data.verdicts();
        components.judge(&verdicts);
    }
    Ok(head)
}

/// Reads a reply to `list`: its head and its licences, each as the server wrote it.
pub(crate) fn read_list(text: &str, pace: &Pace<'_>) -> Result<(Head, Vec<Box<str>>), Refusal> {
    let mut licenses = Licenses::default();
    let head = read(text, &mut licenses, pace)?;
    Ok((head, licenses.0))
}

fn read<'de, P: Payload<'de>>(text: &'de str, payload: &mut P, pace: &Pace<'_>) -> Result<Head, Refusal> {
    let missing = |name: &str| Refusal { cause: Cause::WrongShape, message: format!("{name}: is missing") };
    let mut reply = Reply { head: Head::default(), payload, found: false };
    json::read_object(text, "", &mut reply, pace)?;
    match reply.head.status {
        None => Err(missing("status")),
        Some(true) if !reply.found => Err(missing(P::NAME)),
        _ => Ok(reply.head),
    }
}

/// A reply without an answer.
struct Refusing(Head);

impl<'de> Members<'de> for Refusing {
    const NAMES: &'static [&'static str] = &["status", "message", "code"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error> {
        match name {
            "status" => self.0.status = boolean(map.next_value()?, place).ok(),
            "message" => self.0.message = nullable(map.next_value()?, place).unwrap_or_default(),
            _ => self.0.code = code(map.next_value()?, place).unwrap_or_default(),
        }
        Ok(())
    }
}

/// The array in a reply that is its answer.
trait Payload<'de>: Items<'de> {
    /// The member that it stands in.
    const NAME: &'static str;
}

/// A reply with an answer.
struct Reply<'p, P> {
    head: Head,
    payload: &'p mut P,
    found: bool,
}

impl<'de, P: Payload<'de>> Members<'de> for Reply<'_, P> {
    const NAMES: &'static [&'static str] = &["status", "message", "code", P::NAME];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error> {
        match name {
            "status" => self.head.status = Some(boolean(map.next_value()?, place).map_err(A::Error::custom)?),
            "message" => self.head.message = nullable(map.next_value()?, place).map_err(A::Error::custom)?,
            "code" => self.head.code = code(map.next_value()?, place).map_err(A::Error::custom)?,
            _ => self.found = map.next_value_seed(Nullable(Array(self.payload, *place)))?,
        }
        Ok(())
    }
}

/// The verdicts of a reply to `check`.
struct Data<'d> {
    asked: &'d Components,
    /// Those of the first entries, as long as they come in the order of the request; servers answer so.
    in_order: Vec<Verdict>,
    by_pair: HashMap<Ids<'d>, Verdict>,
    /// Entries that name no consumer: they belong to every consumer of the component.
    by_component: HashMap<Cow<'d, str>, Verdict>,
}

/// `component_id` and `consumer_id`.
type Ids<'d> = (Cow<'d, str>, Cow<'d, str>);

impl<'d> Data<'d> {
    fn about(asked: &'d Components) -> Self {
        Self { asked, in_order: Vec::new(), by_pair: HashMap::new(), by_component: HashMap::new() }
    }

    fn add(&mut self, component_id: Cow<'d, str>, consumer_id: Option<Cow<'d, str>>, verdict: Verdict) {
        let known = match consumer_id {
            Some(consumer_id) => {
                let next = self.asked.get(self.in_order.len());
                if self.by_pair.is_empty()
                    && next.is_some_and(|next| next.component_id == component_id && next.consumer_id == consumer_id)
                {
                    return self.in_order.push(verdict);
                }
                self.by_pair.entry((component_id, consumer_id)).or_default()
            }
            None => self.by_component.entry(component_id).or_default(),
        };
        *known = known.and(verdict);
    }

    /// One for each component that was asked for.
    fn verdicts(mut self) -> Vec<Verdict> {
        // The same ids may have been asked for twice. Where each has an answer of its own, only a denial changes
        // what the other says.
        let complete = self.in_order.len() == self.asked.len() && !self.in_order.contains(&Verdict::Unknown);
        for (component, verdict) in self.asked.iter().zip(&self.in_order) {
            if !complete || *verdict == Verdict::Denied {
                let known = self.by_pair.entry(ids(component)).or_default();
                *known = known.and(*verdict);
            }
        }
        let mut in_order = self.in_order.into_iter();
        let judge = |component: Component<'d>| {
            let mut verdict = in_order.next().unwrap_or_default();
            if !self.by_pair.is_empty() {
                verdict = verdict.and(self.by_pair.get(&ids(component)).copied().unwrap_or_default());
            }
            verdict.and(self.by_component.get(component.component_id).copied().unwrap_or_default())
        };
        self.asked.iter().map(judge).collect()
    }
}

fn ids(component: Component<'_>) -> Ids<'_> {
    (Cow::Borrowed(component.component_id), Cow::Borrowed(component.consumer_id))
}

impl<'de: 'd, 'd> Payload<'de> for Data<'d> {
    const NAME: &'static str = "data";
}

impl<'de: 'd, 'd> Items<'de> for Data<'d> {
    fn item<A: SeqAccess<'de>>(&mut self, place: &Place<'_>, seq: &mut A) -> Result<bool, A::Error> {
        let mut entry = Entry::default();
        if seq.next_element_seed(Object(&mut entry, *place))?.is_none() {
            return Ok(false);
        }
        let component_id =
            entry.component_id.ok_or_else(|| A::Error::custom(format!("{place}.component_id: is missing")))?;
        self.add(component_id, entry.consumer_id, entry.verdict);
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
    // The misspelling is the documented name; the other is for the day it is mended.
    const NAMES: &'static [&'static str] =
        &["component_id", "consumer_id", "installtion_allowed", "installation_allowed"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error> {
        match name {
            "component_id" => self.component_id = Some(json::string(map, place)?),
            "consumer_id" => self.consumer_id = json::string_or_null(map, place)?,
            _ => {
                // The same one twice was found before: here it is the other one.
                if std::mem::replace(&mut self.judged, true) {
                    return Err(A::Error::custom(format!("{place}: stands beside its other spelling")));
                }
                let allowed = boolean(map.next_value()?, place).map_err(A::Error::custom)?;
                self.verdict = if allowed { Verdict::Allowed } else { Verdict::Denied };
            }
        }
        Ok(())
    }
}

/// The licences of a reply to `list`.
#[derive(Default)]
struct Licenses(Vec<Box<str>>);

impl Payload<'_> for Licenses {
    const NAME: &'static str = "licenses";
}

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
