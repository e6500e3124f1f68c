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
use serde::de::{
    DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::value::RawValue;

use crate::error::Cause;
use crate::text::beginning;

/// The deepest nesting of arrays and objects that is passed on, to the server or in a result: readers such as Python's
/// take no more.
pub(crate) const MAX_DEPTH: usize = 128;

/// Reads the whole of `text`. `root` is the document's name in messages; it may be empty.
pub(crate) fn read<'de, S: DeserializeSeed<'de>>(text: &'de str, root: &str, seed: S) -> Result<S::Value, ReadError> {
    make_sure_of_room(text)?;
    let read = {
        // It gives its memory back at the end of this block: an error needs as much.
        let mut deserializer = serde_json::Deserializer::from_str(text);
        seed.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value))
    };
    read.map_err(|error| ReadError::new(&error, text, root))
}

/// Fails if there is not enough memory for reading `text`. serde_json ends the process when it gets no memory, so this asks
/// for all that it may need, and gives it back: copies of the strings that are read, and a buffer that doubles as it grows.
/// The buffer holds the text of one string with escapes, or a byte for each array and object around a value. Of a small
/// document this is too little to ask for. Of a large one it asks for no more than that: an allocator may give memory that it
/// gets back to the system, and then each call fetches all of it again.
fn make_sure_of_room(text: &str) -> Result<(), ReadError> {
    const SMALL: usize = 1024 * 1024;
    let length = text.len();
    if length < SMALL {
        return Ok(());
    }
    let containers = memchr::memchr2_iter(b'[', b'{', text.as_bytes()).count();
    let buffer = containers.next_power_of_two().max(buffer_for_escapes(text));
    Vec::<u8>::new().try_reserve_exact(length + buffer).map_err(|_| {
        let message = format!("there is not enough memory for reading {length} bytes");
        ReadError { cause: Cause::OutOfMemory, message }
    })
}

/// How large serde_json's buffer can become by strings with escapes, in bytes. It is asked to hold what stands between two
/// escapes, and the next escape, one after the other, and becomes twice as large as it was if that is more. So it can
/// become twice as large as a text, but not if most of the text stands behind the last escape. Meanwhile the old buffer
/// takes memory too, but there is no copy of that text yet.
///
/// Nobody has read `json` yet, so it may be anything.
fn buffer_for_escapes(json: &str) -> usize {
    // A buffer begins with 8 bytes.
    let (mut buffer, mut at) = (8, 0);
    if !json.contains('\\') {
        return buffer;
    }
    while let Some(start) = json[at..].find('"').map(|quote| at + quote) {
        let end = scan::string_end(json.as_bytes(), start);
        at = end.unwrap_or(json.len());
        let string = &json[start..at];
        // A text is no longer than its string.
        let escape = if 2 * string.len() > buffer { string.rfind('\\') } else { None };
        let Some(escape) = escape else { continue };
        let text = match end {
            Some(_) => scan::chars(string).flatten().map(char::len_utf8).sum(),
            None => string.len(),
        };
        // The last escape has at most 6 bytes, and the quote is not part of the text.
        let up_to_last = (text + 7).saturating_sub(string.len() - escape);
        let doubled = 2 * buffer.max(2 * up_to_last);
        buffer = buffer.max(doubled.clamp(text, 2 * text));
    }
    buffer
}

/// Why a document could not be read.
pub(crate) struct ReadError {
    /// [`Cause::NotJson`], [`Cause::WrongShape`] or [`Cause::OutOfMemory`].
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
        Self::about(text, format!("{place}{what} (line {line}, column {column})"))
    }

    /// The document `text` cannot be read: `message` says why.
    pub(crate) fn about(text: &str, message: String) -> Self {
        // serde_json's own word for it would be wrong: half of a surrogate pair is JSON, and so is any number.
        let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
        Self { cause: if is_json { Cause::WrongShape } else { Cause::NotJson }, message }
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
    fn names(&self) -> &[&'static str];

    /// Reads the value of the member `name`, which is one of [`names`](Self::names).
    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;

    /// Passes over the value of a member with another name.
    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// A seed that reads an object into a [`Members`].
pub(crate) struct Object<'a, M>(pub(crate) &'a mut M);

impl<'de, M: Members<'de>> DeserializeSeed<'de> for Object<'_, M> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // Not `deserialize_map`: where a string stands in place of the object, its error would quote the whole string.
        deserializer.deserialize_any(self)
    }
}

impl<'de, M: Members<'de>> Visitor<'de> for Object<'_, M> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(found_string(&self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(members) = self;
        // One bit for each name.
        let mut seen = 0_u32;
        while let Some(Text(key)) = map.next_key()? {
            let index = members.names().iter().position(|name| **name == *key);
            let read = match index {
                Some(index) if seen & (1 << index) != 0 => Err(A::Error::custom("stands there twice")),
                Some(index) => {
                    seen |= 1 << index;
                    members.member(&key, &mut map)
                }
                None if key.contains('\0') => Err(A::Error::custom("contains U+0000")),
                None => members.other(&mut map),
            };
            read.map_err(|error| within(format_args!(".{}", beginning(&key)), error))?;
        }
        Ok(())
    }
}

/// An item of an array that is an object.
pub(crate) struct Item<M>(pub(crate) M);

impl<'de, M: Members<'de> + Default> Deserialize<'de> for Item<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = M::default();
        Object(&mut members).deserialize(deserializer)?;
        Ok(Self(members))
    }
}

/// A seed that reads an array and gives its items to a function, one after the other. It returns whether there was an
/// array, rather than a null that may stand in its place.
pub(crate) struct Array<T, F> {
    each: F,
    or_null: bool,
    item: PhantomData<T>,
}

/// Reads an [`Array`].
pub(crate) fn array<T, F: FnMut(T) -> Result<(), String>>(each: F) -> Array<T, F> {
    Array { each, or_null: false, item: PhantomData }
}

/// Reads an [`Array`], or null.
pub(crate) fn array_or_null<T, F: FnMut(T) -> Result<(), String>>(each: F) -> Array<T, F> {
    Array { or_null: true, ..array(each) }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> Result<(), String>> DeserializeSeed<'de> for Array<T, F> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> Result<(), String>> Visitor<'de> for Array<T, F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Err(found_string(&self))
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        match self.or_null {
            true => Ok(false),
            false => Err(E::invalid_type(Unexpected::Unit, &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<bool, A::Error> {
        for index in 0_usize.. {
            let read = seq.next_element().and_then(|item| match item {
                Some(item) => (self.each)(item).map(|()| true).map_err(A::Error::custom),
                None => Ok(false),
            });
            if !read.map_err(|error| within(format_args!("[{index}]"), error))? {
                break;
            }
        }
        Ok(true)
    }
}

/// A string or a key, borrowed where it has no escapes.
struct Text<'de>(Cow<'de, str>);

/// See [`Text`].
struct TextVisitor;

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

/// The error of a string that stands in place of something else. serde's own would quote the whole string.
fn found_string<E: Error>(expected: &dyn Expected) -> E {
    E::invalid_type(Unexpected::Other("string"), expected)
}

/// The next member's value, which has to be true or false.
pub(crate) fn boolean<'de, A: MapAccess<'de>>(map: &mut A) -> Result<bool, A::Error> {
    map.next_value().map(|Boolean(value)| value)
}

/// See [`boolean`].
struct Boolean(bool);

/// See [`boolean`].
struct BooleanVisitor;

impl<'de> Deserialize<'de> for Boolean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BooleanVisitor)
    }
}

impl Visitor<'_> for BooleanVisitor {
    type Value = Boolean;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Boolean, E> {
        Ok(Boolean(value))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Boolean, E> {
        Err(found_string(&self))
    }
}

/// The next member's value, which has to be a string.
pub(crate) fn string<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Cow<'de, str>, A::Error> {
    without_nul(map.next_value()?)
}

/// The next member's value, which has to be a string or null.
pub(crate) fn string_or_null<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    map.next_value::<Option<_>>()?.map(without_nul).transpose()
}

fn without_nul<E: Error>(Text(text): Text<'_>) -> Result<Cow<'_, str>, E> {
    match text {
        // What is borrowed has no escapes, and U+0000 is always escaped.
        Cow::Owned(text) if text.contains('\0') => Err(E::custom("contains U+0000")),
        text => Ok(text),
    }
}

/// Passes over the next member's value, which travels on within so many arrays and objects.
pub(crate) fn travelling<'de, A: MapAccess<'de>>(map: &mut A, within: usize) -> Result<(), A::Error> {
    check_depth(map.next_value()?, within).map_err(A::Error::custom)
}

/// Refuses a value that, standing within so many arrays and objects, nests deeper than [`MAX_DEPTH`].
pub(crate) fn check_depth(value: &RawValue, within: usize) -> Result<(), String> {
    if within + scan::depth(value.get()) > MAX_DEPTH {
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
