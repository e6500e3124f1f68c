//! Strict reading of JSON, over serde_json; and walking through JSON that has been read.
//!
//! In comes JSON text from the caller or from the server. Out go the members that this library knows, or a
//! [`ReadError`] that names the place where the text is wrong. A verdict must have one reading only, and serde's derived
//! readers have several: they take an array for an object, and with `flatten` lose digits of what they pass on. So
//! here an object has to be an object, a member that is read may stand in it once, and a text holds no U+0000 and no
//! half of a surrogate pair. Members that are not read have to be well-formed, no more.
//!
//! Reading keeps no account of places, since nearly every document is right. Where one is not, each array and object puts
//! its index or key in front of the error's message while the error passes through it on its way out.
//!
//! [`scan`] walks through text by its brackets and quotes, and [`pointer`] takes a JSON Pointer apart.

pub(crate) mod pointer;
pub(crate) mod scan;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Cause;

/// The deepest nesting of arrays and objects that is passed on, to the server or in a result: readers such as Python's
/// take no more.
pub(crate) const MAX_DEPTH: usize = 128;

/// Reads the whole of `text`. `root` is the document's name in messages; it may be empty.
pub(crate) fn read<'de, S: DeserializeSeed<'de>>(text: &'de str, root: &str, seed: S) -> Result<S::Value, ReadError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    seed.deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| ReadError::new(&error, text, root))
}

/// Why a document could not be read.
pub(crate) struct ReadError {
    /// [`Cause::NotJson`] or [`Cause::WrongShape`].
    pub(crate) cause: Cause,
    /// What is wrong, and where. It may quote keys of the document.
    pub(crate) message: String,
}

impl ReadError {
    fn new(error: &serde_json::Error, text: &str, root: &str) -> Self {
        let (line, column) = (error.line(), error.column());
        let sentence = error.to_string();
        // serde_json puts the position at the end of its sentence; ours is written in another way.
        let what = sentence.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&sentence);
        let place = if what.starts_with(STEP) { root } else { "" };
        let what = in_json_terms(what.strip_prefix('.').filter(|_| place.is_empty()).unwrap_or(what));
        // serde_json's own word for it would be wrong: half of a surrogate pair is JSON, and so is any number.
        let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
        Self {
            cause: if is_json { Cause::WrongShape } else { Cause::NotJson },
            message: format!("{place}{what} (line {line}, column {column})"),
        }
    }

    /// The document as a whole is wrong.
    pub(crate) fn wrong_shape(message: impl Into<String>) -> Self {
        Self { cause: Cause::WrongShape, message: message.into() }
    }
}

/// What a step on the way to a place starts with, as in `[3].consumer_version`.
const STEP: [char; 2] = ['.', '['];

/// The message for an object that lacks the member `name`: the place goes on with it.
pub(crate) fn missing(name: &str) -> String {
    format!(".{name}: is missing")
}

/// The error of a value, as the array or object has it that the value stands in. serde_json keeps the position.
#[cold]
fn within<E: Error>(step: impl fmt::Display, error: E) -> E {
    let message = error.to_string();
    match message.starts_with(STEP) {
        true => E::custom(format_args!("{step}{message}")),
        false => E::custom(format_args!("{step}: {}", in_json_terms(&message))),
    }
}

/// The message for a value of another type than expected, in the terms of JSON: serde calls an object a map, and quotes
/// what it found. Another message stays what it is.
fn in_json_terms(message: &str) -> Cow<'_, str> {
    const TERMS: [(&str, &str); 7] = [
        ("null", "null"),
        ("boolean", "a boolean"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("string", "a string"),
        ("sequence", "an array"),
        ("map", "an object"),
    ];
    let split = message.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "));
    let found = split.and_then(|(found, _)| TERMS.iter().find(|(serde, _)| found.starts_with(serde)));
    match (split, found) {
        (Some((_, expected)), Some((_, json))) => {
            let (expected, position) = expected.split_at(expected.find(" at line ").unwrap_or(expected.len()));
            Cow::Owned(format!("expected {expected}, found {json}{position}"))
        }
        _ => Cow::Borrowed(message),
    }
}

/// Takes the members of one object, in their order.
pub(crate) trait Members<'de> {
    /// The names of the members that are read, at most 32.
    const NAMES: &'static [&'static str];

    /// Reads the value of the member `name`, which is one of [`NAMES`](Self::NAMES).
    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;

    /// Passes over the value of a member with another name.
    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// Reads an object into a [`Members`].
pub(crate) fn object<'de, M: Members<'de> + Default, D: Deserializer<'de>>(deserializer: D) -> Result<M, D::Error> {
    let mut members = M::default();
    Object(&mut members).deserialize(deserializer)?;
    Ok(members)
}

/// A seed that reads an object into a [`Members`].
pub(crate) struct Object<'a, M>(pub(crate) &'a mut M);

/// A seed that reads an array and gives its items to a function, one after the other.
pub(crate) struct Array<T, F> {
    each: F,
    item: PhantomData<T>,
}

/// See [`Array`].
pub(crate) fn array<T, F: FnMut(T) -> Result<(), String>>(each: F) -> Array<T, F> {
    Array { each, item: PhantomData }
}

/// A seed that reads a string, borrowed where it has no escapes.
struct Text;

/// A seed that reads true or false.
struct Boolean;

/// A seed that reads what another one reads; None for null.
pub(crate) struct OrNull<S>(pub(crate) S);

/// A seed that reads a key, to be looked for in this list of names.
struct Key(&'static [&'static str]);

/// A key, as its position in the list of names, or another one.
enum Name<'de> {
    Read(usize),
    Other(Cow<'de, str>),
}

impl<'de, M: Members<'de>> DeserializeSeed<'de> for Object<'_, M> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, M: Members<'de>> Visitor<'de> for Object<'_, M> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // One bit for each name.
        let mut seen = 0_u32;
        while let Some(name) = map.next_key_seed(Key(M::NAMES))? {
            match name {
                Name::Read(index) => {
                    let name = M::NAMES[index];
                    let read = match seen & (1 << index) {
                        0 => self.0.member(name, &mut map),
                        _ => Err(A::Error::custom("stands there twice")),
                    };
                    read.map_err(|error| within(format_args!(".{name}"), error))?;
                    seen |= 1 << index;
                }
                Name::Other(key) => {
                    self.0.other(&mut map).map_err(|error| within(format_args!(".{key}"), error))?;
                }
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Name<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Key {
    fn position(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|name| *name == key)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Name<'de>, E> {
        Ok(self.position(key).map_or(Name::Other(Cow::Borrowed(key)), Name::Read))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Name<'de>, E> {
        match self.position(key) {
            Some(index) => Ok(Name::Read(index)),
            None if key.contains('\0') => Err(E::custom(format_args!(".{key}: contains U+0000"))),
            None => Ok(Name::Other(Cow::Owned(key.to_owned()))),
        }
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> Result<(), String>> DeserializeSeed<'de> for Array<T, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> Result<(), String>> Visitor<'de> for Array<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let read = seq.next_element().and_then(|item| match item {
                Some(item) => (self.each)(item).map(|()| true).map_err(A::Error::custom),
                None => Ok(false),
            });
            if !read.map_err(|error| within(format_args!("[{index}]"), error))? {
                break;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        // It has no escapes, and U+0000 is always escaped.
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.contains('\0') {
            return Err(E::custom("contains U+0000"));
        }
        Ok(Cow::Owned(text.to_owned()))
    }
}

impl<'de> DeserializeSeed<'de> for Boolean {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_bool(self)
    }
}

impl<'de> Visitor<'de> for Boolean {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for OrNull<S> {
    type Value = Option<S::Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for OrNull<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}
/// The next member's value, which has to be a string.
pub(crate) fn string<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Cow<'de, str>, A::Error> {
    map.next_value_seed(Text)
}

/// The next member's value, which has to be a string or null.
pub(crate) fn string_or_null<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    map.next_value_seed(OrNull(Text))
}

/// The next member's value, which has to be true or false.
pub(crate) fn boolean<'de, A: MapAccess<'de>>(map: &mut A) -> Result<bool, A::Error> {
    map.next_value_seed(Boolean)
}

/// Passes over the next member's value, which travels on within so many arrays and objects.
pub(crate) fn travelling<'de, A: MapAccess<'de>>(map: &mut A, within: usize) -> Result<(), A::Error> {
    check_depth(map.next_value()?, within).map_err(A::Error::custom)
}

/// Refuses a value that, standing within so many arrays and objects, nests deeper than [`MAX_DEPTH`].
pub(crate) fn check_depth(value: &RawValue, within: usize) -> Result<(), String> {
    if value.get().starts_with(['{', '[']) && within + scan::depth(value.get()) > MAX_DEPTH {
        return Err(format!("nests deeper than {MAX_DEPTH} levels"));
    }
    Ok(())
}

/// What JSON calls the value, with its article.
pub(crate) fn kind(value: &RawValue) -> &'static str {
    match value.get().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}
