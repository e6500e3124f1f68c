//! What is asked: the caller's consumers, checked strictly and turned into the body of a `check` request.
//!
//! The caller's text itself travels, so that members unknown here arrive digit for digit.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess};
use serde_json::value::RawValue;

use crate::error::{Cause, Error, Status};
use crate::json::{self, Members, Object, ReadError, scan};
use crate::outcome::Components;

/// The longest list of consumers, in bytes.
const MAX_CONSUMERS: usize = 64 * 1024 * 1024;

/// The member that is not sent where it is empty: the server takes "" for a date.
const BUILD_TIMESTAMP: &str = "consumer_build_timestamp";

/// A request that can be sent.
pub(crate) struct Consumers {
    /// One per consumer, in order.
    pub(crate) components: Components,
    /// The JSON body of the request.
    pub(crate) body: String,
}

impl Consumers {
    /// Reads an array of consumers, or an object with a member `consumers` whose other members travel along.
    ///
    /// Fails with [`Status::InvalidConsumers`] where the text is something else, or longer than 64 MiB.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_CONSUMERS {
            let message = format!("the consumers have {} bytes, and at most {MAX_CONSUMERS} are read", text.len());
            return Err(Error::new(Status::InvalidConsumers, Cause::TooLarge, message));
        }
        let start = text.len() - text.trim_ascii_start().len();
        let mut list = List::default();
        let read = match text.as_bytes().get(start) {
            Some(b'[') => json::read(text, "consumers", list.items()),
            Some(b'{') => {
                let mut document = Document { list: &mut list, found: false };
                json::read(text, "", Object(&mut document)).and_then(|()| match document.found {
                    true => Ok(()),
                    false => Err(ReadError::wrong_shape("the object has no member \"consumers\"")),
                })
            }
            _ => Err(neither(text)),
        };
        read.map_err(|error| {
            let message = format!("the consumers cannot be used: {}", error.message);
            Error::new(Status::InvalidConsumers, error.cause, message)
        })?;
        let sent = match list.has_empty_timestamps {
            true => Cow::Owned(without_empty_timestamps(text, start)),
            false => Cow::Borrowed(text),
        };
        let body = match text[start..].strip_prefix('{') {
            None => ["{\"operation\":\"check\",\"consumers\":", &sent, "}"].concat(),
            Some(_) => ["{\"operation\":\"check\",", &sent[start + 1..]].concat(),
        };
        Ok(Self { components: list.components, body })
    }
}

fn neither(text: &str) -> ReadError {
    let message = match text.chars().next() {
        None => "the text is empty; pass [] to ask for nothing",
        Some('\u{feff}') => "the text starts with a byte order mark; save it without one",
        _ => "expected an array of consumers, or an object with a member \"consumers\"",
    };
    let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
    ReadError { cause: if is_json { Cause::WrongShape } else { Cause::NotJson }, message: message.into() }
}

/// The object form of the caller's text.
struct Document<'l> {
    list: &'l mut List,
    found: bool,
}

impl<'de> Members<'de> for Document<'_> {
    const NAMES: &'static [&'static str] = &["consumers", "operation"];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "consumers" => {
                self.found = true;
                map.next_value_seed(self.list.items())
            }
            _ => Err(A::Error::custom("is set by this library; leave it out")),
        }
    }

    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        json::travelling(map, 1)
    }
}

/// The array of consumers.
#[derive(Default)]
struct List {
    components: Components,
    has_empty_timestamps: bool,
}

impl List {
    fn items<'de>(&mut self) -> impl DeserializeSeed<'de, Value = ()> {
        json::array(|consumer| self.add(consumer))
    }

    fn add(&mut self, consumer: Consumer<'_>) -> Result<(), String> {
        let consumer_id = consumer.consumer_id.ok_or_else(|| json::missing("consumer_id"))?;
        let component_id = consumer.component_id.ok_or_else(|| json::missing("component_id"))?;
        self.components.push(&component_id, &consumer_id);
        self.has_empty_timestamps |= consumer.has_empty_timestamp;
        Ok(())
    }
}

/// One consumer.
#[derive(Default)]
struct Consumer<'de> {
    consumer_id: Option<Cow<'de, str>>,
    component_id: Option<Cow<'de, str>>,
    has_empty_timestamp: bool,
}

impl<'de> serde::Deserialize<'de> for Consumer<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> Members<'de> for Consumer<'de> {
    const NAMES: &'static [&'static str] = &[
        "consumer_id",
        "component_id",
        "consumer_version",
        "consumer_installation_schema",
        "consumer_supported_features",
        BUILD_TIMESTAMP,
    ];

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let value = json::string(map)?;
        match name {
            "consumer_id" | "component_id" if value.is_empty() => return Err(A::Error::custom("is empty")),
            "consumer_id" => self.consumer_id = Some(value),
            "component_id" => self.component_id = Some(value),
            BUILD_TIMESTAMP => self.has_empty_timestamp = value.is_empty(),
            _ => {}
        }
        Ok(())
    }

    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        // In the request's body it stands within the body, the list and the consumer.
        json::travelling(map, 3)
    }
}

/// `text` without the empty build timestamps of its consumers. `start` is where its array or object starts.
fn without_empty_timestamps(text: &str, start: usize) -> String {
    let is =
        |key: &scan::Child, name| key.key.clone().and_then(|key| scan::decoded(&text[key])).as_deref() == Some(name);
    let list = match text[start..].starts_with('{') {
        true => scan::children(text, start).find(|member| is(member, "consumers")).map_or(start, |list| list.value),
        false => start,
    };
    let mut kept = String::with_capacity(text.len());
    let mut copied = 0;
    for consumer in scan::children(text, list) {
        let mut members = scan::children(text, consumer.value).peekable();
        let mut end_before = None;
        while let Some(member) = members.next() {
            let Some(key) = &member.key else { break };
            if &text[member.value..member.end] == "\"\"" && is(&member, BUILD_TIMESTAMP) {
                // One comma goes with it: the one behind it, or the one before where it is the last member.
                let (from, to) = match members.peek().and_then(|next| next.key.as_ref()) {
                    Some(next) => (key.start, next.start),
                    None => (end_before.unwrap_or(key.start), member.end),
                };
                kept.push_str(&text[copied..from]);
                copied = to;
            }
            end_before = Some(member.end);
        }
    }
    kept.push_str(&text[copied..]);
    kept
}
