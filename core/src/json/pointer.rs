//! JSON Pointer (RFC 6901) over JSON text, so that a C program can read any member without a JSON library.
//!
//! It reads what a server wrote, with everything that well-formed JSON may hold: a key or string that
//! decodes to no text is kept as it stands. Of equal keys the last one counts, as most readers have it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The reference tokens of a pointer, decoded; None where it is no pointer.
pub(crate) fn tokens(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let path = match pointer {
        "" => None,
        _ => Some(pointer.strip_prefix('/')?),
    };
    let ends_badly = |token: &str| token.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1']));
    if path.is_some_and(|path| path.split('/').any(ends_badly)) {
        return None;
    }
    Some(path.into_iter().flat_map(|path| path.split('/')).map(|token| match token.contains('~') {
        true => Cow::Owned(token.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(token),
    }))
}

/// An array index of RFC 6901: digits without a leading zero.
pub(crate) fn index(token: &str) -> Option<usize> {
    let plain = token == "0"
        || (token.starts_with(|c: char| ('1'..='9').contains(&c)) && token.bytes().all(|b| b.is_ascii_digit()));
    plain.then(|| token.parse().ok()).flatten()
}

/// The value at `token` in the array or object that `json` is.
pub(crate) fn step<'j>(json: &'j str, token: &str) -> Option<&'j str> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Pick(token).deserialize(&mut deserializer).ok().flatten().map(RawValue::get)
}

/// How many elements or members `json` has; 0 where it is no array and no object.
pub(crate) fn count(json: &str) -> usize {
    match json.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => Count.deserialize(&mut serde_json::Deserializer::from_str(json)).unwrap_or(0),
        _ => 0,
    }
}

/// What a C program gets for `json`: a string decoded, everything else as it stands. A string without a
/// decoded form that C can hold (U+0000, lone surrogates) stays JSON text.
pub(crate) fn value_text(json: &str) -> Cow<'_, str> {
    if !json.starts_with('"') {
        return Cow::Borrowed(json);
    }
    match serde_json::from_str::<String>(json) {
        Ok(text) if !text.contains('\0') => Cow::Owned(text),
        _ => Cow::Borrowed(json),
    }
}

struct Pick<'t>(&'t str);

impl<'de> DeserializeSeed<'de> for Pick<'_> {
    type Value = Option<&'de RawValue>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Pick<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let Some(wanted) = index(self.0) else { return Ok(None) };
        for _ in 0..wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(None);
            }
        }
        let found = seq.next_element()?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        // Keys as raw text: one that is no text must not hide the others.
        while let Some(key) = map.next_key::<&RawValue>()? {
            if value_is(key.get(), self.0) {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether the JSON string `json` decodes to `text`.
fn value_is(json: &str, text: &str) -> bool {
    match json.contains('\\') {
        false => json.len() == text.len() + 2 && &json[1..json.len() - 1] == text,
        true => serde_json::from_str::<String>(json).is_ok_and(|decoded| decoded == text),
    }
}

struct Count;

impl<'de> DeserializeSeed<'de> for Count {
    type Value = usize;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Count {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while map.next_key::<&RawValue>()?.is_some() {
            map.next_value::<IgnoredAny>()?;
            count += 1;
        }
        Ok(count)
    }
}
