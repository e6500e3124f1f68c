//! Request bodies: what is asked, and how far a body is from asking anything.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

/// What a request asks for.
#[derive(Debug)]
pub(crate) enum Operation<'a> {
    List,
    Check(Vec<Consumer<'a>>),
}

/// Why a body asks nothing.
#[derive(Debug)]
pub(crate) enum Misread {
    /// It is no JSON: a bad request.
    NotJson,
    /// It is JSON, but not a request: invalid data.
    MakesNoSense,
}

/// The members of a consumer that are echoed or judged; what is absent counts as empty.
#[derive(Debug, Deserialize)]
pub(crate) struct Consumer<'a> {
    #[serde(borrow)]
    pub(crate) component_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) consumer_id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) consumer_version: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) consumer_installation_schema: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) consumer_build_timestamp: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow, default)]
    consumers: Vec<&'a RawValue>,
}

/// Reads the body of a request.
pub(crate) fn read(body: &[u8]) -> Result<Operation<'_>, Misread> {
    let text = str::from_utf8(body).map_err(|_| Misread::NotJson)?;
    // Well-formed comes first: a broken body is a bad request even where its beginning
    // already makes no sense.
    serde_json::from_str::<IgnoredAny>(text).map_err(|_| Misread::NotJson)?;

    let body: Body<'_> = object(text).ok_or(Misread::MakesNoSense)?;
    match &*body.operation {
        "list" => Ok(Operation::List),
        "check" => check(&body.consumers).ok_or(Misread::MakesNoSense),
        _ => Err(Misread::MakesNoSense),
    }
}

fn check<'a>(consumers: &[&'a RawValue]) -> Option<Operation<'a>> {
    let consumers = consumers.iter().map(|json| object(json.get()).filter(has_ids)).collect::<Option<Vec<_>>>()?;
    (!consumers.is_empty()).then_some(Operation::Check(consumers))
}

fn has_ids(consumer: &Consumer<'_>) -> bool {
    !consumer.component_id.is_empty() && !consumer.consumer_id.is_empty()
}

/// Reads an object, and only an object: serde's derive would take an array for one too.
fn object<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    json.trim_start().starts_with('{').then(|| serde_json::from_str(json).ok())?
}
