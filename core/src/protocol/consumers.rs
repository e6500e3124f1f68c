//! What is asked: the caller's consumers, checked strictly and turned into the body of a `check` request.
//!
//! The caller's text itself travels, so that members unknown here arrive digit for digit.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::{Error as _, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use crate::error::{Cause, Error, Status};
use crate::json::{self, Array, Items, Members, Object, Pace, Place, Refusal};
use crate::outcome::Components;

/// The longest list of consumers, in bytes.
const MAX_CONSUMERS: usize = 64 * 1024 * 1024;

/// A request that can be sent.
pub(crate) struct Consumers {
    /// One per consumer, in order.
    pub(crate) components: Components,
    /// The JSON body of the request.
    pub(crate) body: String,
}

impl Consumers {
    /// Reads an array of consumers, or an object with a member `consumers` whose other members travel along.
    pub(crate) fn parse(text: String, pace: &Pace<'_>) -> Result<Self, Error> {
        if text.len() > MAX_CONSUMERS {
            let message = format!("the consumers have {} bytes, and at most {MAX_CONSUMERS} are read", text.len());
            return Err(Error::new(Status::InvalidConsumers, Cause::TooLarge, message));
        }
        let start = text.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(text.len());
        let mut list = List { source: &text, components: Components::default(), left_out: Vec::new() };
        let read = match text.as_bytes().get(start) {
            Some(b'[') => json::read_array(&text, "consumers", &mut list, pace),
            Some(b'{') => {
                let mut document = Document { list: &mut list, found: false };
                json::read_object(&text, "", &mut document, pace)
                    .and_then(|()| if document.found { Ok(()) } else { Err(no_consumers()) })
            }
            _ => Err(neither(&text)),
        };
        read.map_err(|refusal| {
            Error::new(
                Status::InvalidConsumers,
                refusal.cause,
                format!("the consumers cannot be used: {}", refusal.message),
            )
        })?;
        let List { components, left_out, .. } = list;
        Ok(Self { components, body: body(text, start, &left_out) })
    }
}

fn no_consumers() -> Refusal {
    Refusal { cause: Cause::WrongShape, message: "the object has no member \"consumers\"".into() }
}

fn neither(text: &str) -> Refusal {
    let message = match text.chars().next() {
        None => "the text is empty; pass [] to ask for nothing",
        Some('\u{feff}') => "the text starts with a byte order mark; save it without one",
        _ => "expected an array of consumers, or an object with a member \"consumers\"",
    };
    let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
    Refusal { cause: if is_json { Cause::WrongShape } else { Cause::NotJson }, message: message.into() }
}

/// The request's body: the caller's text with our `operation` in front, without what is left out.
fn body(mut text: String, start: usize, left_out: &[Range<usize>]) -> String {
    let is_array = text.as_bytes().get(start) == Some(&b'[');
    if !left_out.is_empty() {
        text = without(&text, left_out);
    }
    if is_array {
        text.insert_str(0, "{\"operation\":\"check\",\"consumers\":");
        text.push('}');
    } else {
        text.replace_range(..=start, "{\"operation\":\"check\",");
    }
    text
}

/// `text` without the ranges `left_out`, which are in order: one copy, however many they are.
fn without(text: &str, left_out: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in left_out {
        kept.push_str(&text[from..range.start]);
        from = range.end;
    }
    kept.push_str(&text[from..]);
    kept
}

/// The object form of the caller's text.
struct Document<'l, 'de> {
    list: &'l mut List<'de>,
    found: bool,
}

impl<'de> Members<'de> for Document<'_, 'de> {
    const NAMES: &'static [&'static str] = &["consumers", "operation"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error> {
        match name {
            "consumers" => {
                self.found = true;
                map.next_value_seed(Array(self.list, *place))
            }
            _ => Err(A::Error::custom(format!("{place}: is set by this library; leave it out"))),
        }
    }
}

/// The array of consumers.
struct List<'de> {
    source: &'de str,
    components: Components,
    /// Where members stand that are not sent.
    left_out: Vec<Range<usize>>,
}

impl<'de> Items<'de> for List<'de> {
    fn item<A: SeqAccess<'de>>(&mut self, place: &Place<'_>, seq: &mut A) -> Result<bool, A::Error> {
        let mut consumer = Consumer { source: self.source, ..Consumer::default() };
        if seq.next_element_seed(Object(&mut consumer, *place))?.is_none() {
            return Ok(false);
        }
        let required = |id: Option<Cow<'de, str>>, name: &str| match id {
            Some(id) if !id.is_empty() => Ok(id),
            Some(_) => Err(A::Error::custom(format!("{place}.{name}: is empty"))),
            None => Err(A::Error::custom(format!("{place}.{name}: is missing"))),
        };
        let consumer_id = required(consumer.consumer_id, "consumer_id")?;
        let component_id = required(consumer.component_id, "component_id")?;
        self.components.push(&component_id, &consumer_id);
        self.left_out.extend(consumer.left_out);
        Ok(true)
    }
}

/// One consumer.
#[derive(Default)]
struct Consumer<'de> {
    source: &'de str,
    consumer_id: Option<Cow<'de, str>>,
    component_id: Option<Cow<'de, str>>,
    left_out: Option<Range<usize>>,
}

impl<'de> Members<'de> for Consumer<'de> {
    const NAMES: &'static [&'static str] = &[
        "consumer_id",
        "component_id",
        "consumer_version",
        "consumer_installation_schema",
        "consumer_supported_features",
        "consumer_build_timestamp",
    ];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error> {
        let value = json::string(map, place)?;
        match name {
            "consumer_id" => self.consumer_id = Some(value),
            "component_id" => self.component_id = Some(value),
            // The server takes an empty one for a date (the vendor's own client had to learn it).
            "consumer_build_timestamp" if value.is_empty() => self.left_out = Some(member_range(self.source, &value)),
            _ => {}
        }
        Ok(())
    }
}

/// The place in `source` of the member whose value is `empty`, the text between two quotes, together with one comma.
fn member_range(source: &str, empty: &str) -> Range<usize> {
    let value_start = empty.as_ptr() as usize - source.as_ptr() as usize - 1;
    let value_end = value_start + 2;
    // In front of the value stand a colon and the key, whose own text has no quote inside: its name is known.
    let before = source[..value_start].trim_end().trim_end_matches(':').trim_end();
    let key_start = before[..before.len() - 1].rfind('"').unwrap_or(0);
    let after = &source[value_end..];
    let rest = after.trim_start();
    if rest.starts_with(',') {
        return key_start..value_end + (after.len() - rest.len()) + 1;
    }
    let kept = source[..key_start].trim_end();
    kept.strip_suffix(',').map_or(key_start, str::len)..value_end
}
