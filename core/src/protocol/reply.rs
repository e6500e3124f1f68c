//! How the server spells things: the replies of `POST /api/v2/pre-check/licenses`, read strictly.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Deserialize, Error as _, MapAccess};
use serde_json::value::RawValue;

use crate::json::{self, Item, Members, Object, ReadError, scan};
use crate::outcome::{Components, Verdict};
use crate::text::beginning;

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
    let mut verdicts = Verdicts::about(asked);
    let head = read(text, "data", |Item(entry): Item<Entry<'_>>| {
        let component_id = entry.component_id.ok_or_else(|| json::missing("component_id"))?;
        verdicts.add(&component_id, entry.consumer_id.as_deref(), entry.verdict.unwrap_or_default());
        Ok(())
    })?;
    Ok((head, verdicts.finish()))
}

/// Reads a reply to `list`: its head, and where in `text` its licenses stand, each as the server wrote it, with commas
/// between them.
pub(crate) fn read_list(text: &str) -> Result<(Head, Range<usize>), ReadError> {
    let mut licenses = 0..0;
    let head = read(text, "licenses", |license: &RawValue| {
        if json::kind(license) != "an object" {
            return Err(format!("expected an object, found {}", json::kind(license)));
        }
        // In a result it stands within the result and the list, as in the reply.
        json::check_depth(license, 2)?;
        let start = license.get().as_ptr().addr() - text.as_ptr().addr();
        licenses = if licenses.is_empty() { start } else { licenses.start }..start + license.get().len();
        Ok(())
    })?;
    Ok((head, licenses))
}

/// Reads `status`, `code` and `message` of a reply that carries no answer, and passes over those of another type.
/// Whoever wrote it need not be a license server: gateways have replies of their own.
pub(crate) fn read_lenient_head(text: &str) -> Head {
    let mut head = LenientHead::default();
    json::read(text, "", Object(&mut head)).map(|()| head.0).unwrap_or_default()
}

/// Reads a reply whose answer is the array in its member `answer`, and gives the items of that to `each`.
fn read<'de, T, F>(text: &'de str, answer: &'static str, each: F) -> Result<Head, ReadError>
where
    T: Deserialize<'de>,
    F: FnMut(T) -> Result<(), String>,
{
    let names = ["status", "message", "code", answer];
    let mut reply = Reply { head: Head::default(), names, each, found: false, item: PhantomData };
    json::read(text, "", Object(&mut reply))?;
    match reply.head.status {
        None => Err(ReadError::wrong_shape("status: is missing")),
        Some(true) if !reply.found => Err(ReadError::wrong_shape(format!("{answer}: is missing"))),
        _ => Ok(reply.head),
    }
}

/// A reply with an answer.
struct Reply<T, F> {
    head: Head,
    /// The members that are read; the last one is the answer.
    names: [&'static str; 4],
    each: F,
    /// Whether there is an answer.
    found: bool,
    item: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> Result<(), String>> Members<'de> for Reply<T, F> {
    fn names(&self) -> &[&'static str] {
        &self.names
    }

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "status" => self.head.status = Some(json::boolean(map)?),
            "message" => self.head.message = json::string_or_null(map)?.map(|message| beginning(&message).into()),
            "code" => self.head.code = code(map.next_value()?).map_err(A::Error::custom)?,
            _ => self.found = map.next_value_seed(json::array_or_null(&mut self.each))?,
        }
        Ok(())
    }
}

/// One verdict of a reply to `check`.
#[derive(Default)]
struct Entry<'de> {
    component_id: Option<Cow<'de, str>>,
    consumer_id: Option<Cow<'de, str>>,
    verdict: Option<Verdict>,
}

impl<'de> Members<'de> for Entry<'de> {
    fn names(&self) -> &[&'static str] {
        // The misspelling is the documented name; the other is for the day it is mended.
        &["component_id", "consumer_id", "installtion_allowed", "installation_allowed"]
    }

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

/// A reply without an answer.
#[derive(Default)]
struct LenientHead(Head);

impl<'de> Members<'de> for LenientHead {
    fn names(&self) -> &[&'static str] {
        &["status", "message", "code"]
    }

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let value: &RawValue = map.next_value()?;
        match name {
            "status" => self.0.status = value.get().parse().ok(),
            "message" => self.0.message = text(value).unwrap_or_default(),
            _ => self.0.code = code(value).unwrap_or_default(),
        }
        Ok(())
    }
}

/// An error code: documented as a string, and a number elsewhere.
fn code(value: &RawValue) -> Result<Option<String>, String> {
    match json::kind(value) {
        "a number" => Ok(Some(beginning(value.get()).into())),
        _ => text(value),
    }
}

/// A text that may be null.
fn text(value: &RawValue) -> Result<Option<String>, String> {
    match json::kind(value) {
        "null" => Ok(None),
        "a string" => match scan::decoded(value.get()) {
            Some(text) if !text.contains('\0') => Ok(Some(beginning(&text).into())),
            _ => Err("contains U+0000 or half of a surrogate pair".into()),
        },
        kind => Err(format!("expected a string, found {kind}")),
    }
}
