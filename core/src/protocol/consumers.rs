//! What is asked: the caller's consumers, checked strictly and turned into the body of a `check` request.
//!
//! The caller's text itself travels, so that members unknown here arrive digit for digit.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Error as _, MapAccess};

use crate::error::{Cause, Error, Status};
use crate::json::{self, Item, Members, Object, ReadError, scan};
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
        let (mut components, mut has_empty_timestamps) = (Components::default(), false);
        let list = json::array(|Item(consumer): Item<Consumer<'_>>| {
            let consumer_id = consumer.consumer_id.ok_or_else(|| json::missing("consumer_id"))?;
            let component_id = consumer.component_id.ok_or_else(|| json::missing("component_id"))?;
            components.push(&component_id, &consumer_id);
            has_empty_timestamps |= consumer.has_empty_timestamp;
            Ok(())
        });
        let read = match text.as_bytes().get(start) {
            Some(b'[') => json::read(text, "consumers", list).map(|_| ()),
            Some(b'{') => {
                let mut document = Document { list: Some(list) };
                json::read(text, "", Object(&mut document)).and_then(|()| match document.list {
                    None => Ok(()),
                    Some(_) => Err(ReadError::wrong_shape("the object has no member \"consumers\"")),
                })
            }
            _ => Err(neither(text, start)),
        };
        read.map_err(|error| {
            let message = format!("the consumers cannot be used: {}", error.message);
            Error::new(Status::InvalidConsumers, error.cause, message)
        })?;
        let sent = match has_empty_timestamps {
            true => Cow::Owned(without_empty_timestamps(text, start)),
            false => Cow::Borrowed(text),
        };
        let body = match text[start..].strip_prefix('{') {
            None => ["{\"operation\":\"check\",\"consumers\":", &sent, "}"].concat(),
            Some(_) => ["{\"operation\":\"check\",", &sent[start + 1..]].concat(),
        };
        Ok(Self { components, body })
    }
}

/// What is wrong with a text that is neither an array nor an object, whose value starts at `start`.
fn neither(text: &str, start: usize) -> ReadError {
    let message = match text.chars().next() {
        None => "the text is empty; pass [] to ask for nothing".into(),
        Some('\u{feff}') => "the text starts with a byte order mark; save it without one".into(),
        _ => {
            let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
            let (line, column) = (text[..start].matches('\n').count() + 1, start - line_start + 1);
            format!(
                "expected an array of consumers, or an object with a member \"consumers\" (line {line}, column {column})"
            )
        }
    };
    ReadError::about(text, message)
}

/// The object form of the caller's text.
struct Document<S> {
    /// Reads the list of consumers; None once it has.
    list: Option<S>,
}

impl<'de, S: DeserializeSeed<'de>> Members<'de> for Document<S> {
    fn names(&self) -> &[&'static str] {
        &["consumers", "operation"]
    }

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match (name, self.list.take()) {
            ("consumers", Some(list)) => map.next_value_seed(list).map(|_| ()),
            _ => Err(A::Error::custom("is set by this library; leave it out")),
        }
    }

    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        json::travelling(map, 1)
    }
}

/// One consumer.
#[derive(Default)]
struct Consumer<'de> {
    consumer_id: Option<Cow<'de, str>>,
    component_id: Option<Cow<'de, str>>,
    has_empty_timestamp: bool,
}

impl<'de> Members<'de> for Consumer<'de> {
    fn names(&self) -> &[&'static str] {
        &[
            "consumer_id",
            "component_id",
            "consumer_version",
            "consumer_installation_schema",
            "consumer_supported_features",
            BUILD_TIMESTAMP,
        ]
    }

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
    let is_empty_timestamp =
        |member: &scan::Child| &text[member.value..member.end] == "\"\"" && is(member, BUILD_TIMESTAMP);
    let mut sent = String::with_capacity(text.len());
    let mut copied = 0;
    for consumer in scan::children(text, list) {
        sent.push_str(&text[copied..=consumer.value]);
        let members = scan::children(text, consumer.value).filter(|member| !is_empty_timestamp(member));
        for (number, member) in members.enumerate() {
            let start = member.key.map_or(member.value, |key| key.start);
            sent.push_str(if number > 0 { "," } else { "" });
            sent.push_str(&text[start..member.end]);
        }
        copied = consumer.end - 1;
    }
    sent.push_str(&text[copied..]);
    sent
}
