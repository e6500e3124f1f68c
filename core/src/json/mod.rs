//! Strict reading of JSON objects, over serde_json.
//!
//! serde_json reads an array for a struct, lets duplicate keys pass, and checks neither the depth nor the
//! escapes of what it skips. Compliance verdicts need one reading only, so here every object whose members
//! matter refuses duplicate keys, lone surrogates and U+0000, and nothing may nest deeper than [`MAX_DEPTH`].

mod place;
pub(crate) mod pointer;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Cause;
pub(crate) use place::{Pace, Place};

/// The deepest nesting of arrays and objects that is read.
pub(crate) const MAX_DEPTH: usize = 128;

/// The most members that an object may have whose members we read: nobody writes more, and each is remembered.
const MAX_MEMBERS: usize = 65_536;

/// Takes the members of one object, in order.
pub(crate) trait Members<'de> {
    /// The names of those that are read. The values of all others are checked for their depth only.
    const NAMES: &'static [&'static str];

    /// Reads the value of the member `name`, at `place`, from `map`.
    fn member<A: MapAccess<'de>>(&mut self, name: &str, place: &Place<'_>, map: &mut A) -> Result<(), A::Error>;

    /// There is a member of another name.
    fn other(&mut self) {}
}

/// Takes the items of one array, in order.
pub(crate) trait Items<'de> {
    /// Reads the next item from `seq`; false at the end.
    fn item<A: SeqAccess<'de>>(&mut self, place: &Place<'_>, seq: &mut A) -> Result<bool, A::Error>;
}

/// A seed that reads an object into a [`Members`].
pub(crate) struct Object<'a, M>(pub(crate) &'a mut M, pub(crate) Place<'a>);

/// A seed that reads an array into an [`Items`].
pub(crate) struct Array<'a, I>(pub(crate) &'a mut I, pub(crate) Place<'a>);

/// Anything but the type looked for, named with its place.
macro_rules! refuse_others {
    ($expected:literal: $($method:ident($($type:ty)?) = $found:literal),*) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{} at {}", $expected, self.1)
        }
        $(fn $method<E: serde::de::Error>(self $(, _: $type)?) -> Result<Self::Value, E> {
            Err(E::custom(wrong_type(&self.1, $expected, $found)))
        })*
    };
}

fn wrong_type(place: &Place<'_>, expected: &str, found: &str) -> String {
    let place = match place {
        Place::Root("", _) => String::new(),
        place => format!("{place}: "),
    };
    format!("{place}expected {expected}, found {found}")
}

impl<'de, M: Members<'de>> DeserializeSeed<'de> for Object<'_, M> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, M: Members<'de>> Visitor<'de> for Object<'_, M> {
    type Value = ();
    refuse_others!("an object": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number",
        visit_u64(u64) = "a number", visit_f64(f64) = "a number", visit_unit() = "null", visit_str(&str) = "a string");

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(wrong_type(&self.1, "an object", "an array")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Object(members, place) = self;
        // One bit for each name: nearly all objects have no other members, and need no list of them.
        let mut read = 0_u32;
        let mut others = Others::default();
        while let Some(Key(key)) = map.next_key()? {
            if others.len() + read.count_ones() as usize == MAX_MEMBERS {
                let member = Place::Member(&place, "a member");
                return Err(A::Error::custom(format!("{member}: one of more than {MAX_MEMBERS}")));
            }
            let here = Place::Member(&place, &key);
            let Some(index) = M::NAMES.iter().position(|name| *name == key) else {
                check_depth(map.next_value::<&RawValue>()?, &here).map_err(A::Error::custom)?;
                others.add(key, &place).map_err(A::Error::custom)?;
                members.other();
                continue;
            };
            if read & (1 << index) != 0 {
                return Err(A::Error::custom(twice(&here)));
            }
            read |= 1 << index;
            members.member(M::NAMES[index], &here, &mut map)?;
        }
        Ok(())
    }
}

fn twice(place: &Place<'_>) -> String {
    format!("{place}: stands there twice")
}

impl<'de, I: Items<'de>> DeserializeSeed<'de> for Array<'_, I> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, I: Items<'de>> Visitor<'de> for Array<'_, I> {
    type Value = ();
    refuse_others!("an array": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number",
        visit_u64(u64) = "a number", visit_f64(f64) = "a number", visit_unit() = "null", visit_str(&str) = "a string");

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(wrong_type(&self.1, "an array", "an object")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        while self.0.item(&Place::Item(&self.1, index), &mut seq)? {
            self.1.pace().step().map_err(A::Error::custom)?;
            index += 1;
        }
        Ok(())
    }
}

/// The keys of an object's members that are not read: a handful is compared one by one, more are hashed.
#[derive(Default)]
struct Others<'de> {
    few: Vec<Cow<'de, str>>,
    many: HashSet<Cow<'de, str>>,
}

impl<'de> Others<'de> {
    const FEW: usize = 16;

    fn len(&self) -> usize {
        self.few.len() + self.many.len()
    }

    /// One more member of the object at `object`, unless it has this one already.
    fn add(&mut self, key: Cow<'de, str>, object: &Place<'_>) -> Result<(), String> {
        object.pace().step()?;
        if key.contains('\0') {
            return Err(format!("{}: contains U+0000", Place::Member(object, "a key")));
        }
        if self.few.contains(&key) || self.many.contains(&key) {
            return Err(twice(&Place::Member(object, &key)));
        }
        if self.few.len() < Self::FEW {
            self.few.push(key);
        } else {
            self.many.insert(key);
        }
        Ok(())
    }
}

/// An object's key, borrowed where it has no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor<'de>(PhantomData<&'de ()>);
        impl<'de> Visitor<'de> for KeyVisitor<'de> {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor(PhantomData))
    }
}

/// The next member's value as a string, borrowed where it has no escapes; `null` is no string.
pub(crate) fn string<'de, A: MapAccess<'de>>(map: &mut A, place: &Place<'_>) -> Result<Cow<'de, str>, A::Error> {
    Ok(map.next_value_seed(Text(false, *place))?.unwrap_or_default())
}

/// The same, or None for `null`.
pub(crate) fn string_or_null<'de, A: MapAccess<'de>>(
    map: &mut A,
    place: &Place<'_>,
) -> Result<Option<Cow<'de, str>>, A::Error> {
    map.next_value_seed(Text(true, *place))
}

/// A seed that reads a string; null where it may be null.
struct Text<'a>(bool, Place<'a>);

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = Option<Cow<'de, str>>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = Option<Cow<'de, str>>;
    refuse_others!("a string": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number",
        visit_u64(u64) = "a number", visit_f64(f64) = "a number");

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        if self.0 { Ok(None) } else { Err(E::custom(wrong_type(&self.1, "a string", "null"))) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(wrong_type(&self.1, "a string", "an array")))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(wrong_type(&self.1, "a string", "an object")))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        // Without escapes there is no U+0000 in it.
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.contains('\0') {
            return Err(E::custom(format!("{}: contains U+0000", self.1)));
        }
        Ok(Some(Cow::Owned(text.to_owned())))
    }
}

/// `raw` as a string, decoded only where it has escapes.
pub(crate) fn string_of<'de>(raw: &'de RawValue, place: &Place<'_>) -> Result<Cow<'de, str>, String> {
    let text = raw.get();
    if kind(raw) != "a string" {
        return Err(wrong_type(place, "a string", kind(raw)));
    }
    let inner = &text[1..text.len() - 1];
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    let decoded: String =
        serde_json::from_str(text).map_err(|error| format!("{place}: {}", without_position(&error)))?;
    if decoded.contains('\0') {
        return Err(format!("{place}: contains U+0000"));
    }
    Ok(Cow::Owned(decoded))
}

/// What JSON calls the value, with its article.
pub(crate) fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Refuses a value that nests deeper than [`MAX_DEPTH`] counted from the document's root. `raw` is
/// well-formed already, so counting brackets outside of strings is enough.
pub(crate) fn check_depth(raw: &RawValue, place: &Place<'_>) -> Result<(), String> {
    let text = raw.get().as_bytes();
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return Ok(());
    }
    let mut depth = place.depth();
    let mut in_string = false;
    let mut escaped = false;
    for &byte in text {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("{place}: nests deeper than {MAX_DEPTH} levels"));
        }
    }
    Ok(())
}

/// Reads the whole of `text` as one object.
pub(crate) fn read_object<'de, M: Members<'de>>(
    text: &'de str,
    root: &str,
    members: &mut M,
    pace: &Pace<'_>,
) -> Result<(), Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Object(members, Place::Root(root, pace)).deserialize(&mut deserializer);
    read.and_then(|()| deserializer.end()).map_err(|error| Refusal::of(&error, text, pace))
}

/// Reads the whole of `text` as one array.
pub(crate) fn read_array<'de, I: Items<'de>>(
    text: &'de str,
    root: &str,
    items: &mut I,
    pace: &Pace<'_>,
) -> Result<(), Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Array(items, Place::Root(root, pace)).deserialize(&mut deserializer);
    read.and_then(|()| deserializer.end()).map_err(|error| Refusal::of(&error, text, pace))
}

/// Why a document was refused.
pub(crate) struct Refusal {
    pub(crate) cause: Cause,
    pub(crate) message: String,
}

impl Refusal {
    fn of(error: &serde_json::Error, text: &str, pace: &Pace<'_>) -> Self {
        // Numbers that no f64 holds and half surrogate pairs are JSON, though serde_json says otherwise of them.
        let is_json = error.is_data() || (!pace.is_over() && serde_json::from_str::<&RawValue>(text).is_ok());
        let cause = if is_json { Cause::WrongShape } else { Cause::NotJson };
        let message = match error.line() {
            0 => error.to_string(),
            line => format!("{} (line {line}, column {})", without_position(error), error.column()),
        };
        Self { cause, message }
    }
}

/// serde_json's sentence without its position: ours is written in another way, or would be a wrong one.
fn without_position(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    if message.ends_with(&position) {
        message.truncate(message.len() - position.len());
    }
    message
}
