//! Strict reading of JSON objects, over serde_json.
//!
//! serde_json reads an array for a struct, lets duplicate keys pass, and checks neither the depth nor the
//! escapes of what it skips. Compliance verdicts need one reading only, so here every object whose members
//! matter refuses duplicate keys, lone surrogates and U+0000, and nothing may nest deeper than [`MAX_DEPTH`].

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Cause;

/// The deepest nesting of arrays and objects that is read.
pub(crate) const MAX_DEPTH: usize = 128;

/// The most members that an object may have whose members we read: nobody writes more, and each is remembered.
const MAX_MEMBERS: usize = 65_536;

/// Lets a long reading be given up: 64 MiB take longer than some callers wait.
pub(crate) struct Pace<'p> {
    go_on: &'p dyn Fn() -> bool,
    steps: Cell<u32>,
}

impl<'p> Pace<'p> {
    /// Asks `go_on` every so often.
    pub(crate) fn new(go_on: &'p dyn Fn() -> bool) -> Self {
        Self { go_on, steps: Cell::new(0) }
    }

    /// One member or item further.
    fn step(&self) -> Result<(), &'static str> {
        self.steps.set(self.steps.get().wrapping_add(1));
        if self.steps.get().is_multiple_of(1024) && !(self.go_on)() { Err("given up") } else { Ok(()) }
    }
}

/// Where in a document a value stands, for messages: `consumers[3].consumer_version`.
#[derive(Clone, Copy)]
pub(crate) enum Place<'p> {
    Root(&'p str, &'p Pace<'p>),
    Item(&'p Place<'p>, usize),
    Member(&'p Place<'p>, &'p str),
}

impl<'p> Place<'p> {
    fn pace(&self) -> &'p Pace<'p> {
        match self {
            Place::Root(_, pace) => pace,
            Place::Item(outer, _) | Place::Member(outer, _) => outer.pace(),
        }
    }

    /// How many arrays and objects enclose this place.
    fn depth(&self) -> usize {
        match self {
            Place::Root(..) => 0,
            Place::Item(outer, _) | Place::Member(outer, _) => outer.depth() + 1,
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root(name, _) => f.write_str(name),
            Place::Item(outer, index) => write!(f, "{outer}[{index}]"),
            Place::Member(Place::Root("", _), name) => f.write_str(name),
            Place::Member(outer, name) => write!(f, "{outer}.{name}"),
        }
    }
}

/// Takes the members of one object, in order.
pub(crate) trait Members<'de> {
    /// Reads the value of `key` from `map` and returns true, or leaves it alone and returns false: then
    /// it is checked for its depth only.
    fn member<A: MapAccess<'de>>(&mut self, place: &Place<'_>, key: &str, map: &mut A) -> Result<bool, A::Error>;
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
        $(fn $method<E: serde::de::Error>(self $(, _: $type)?) -> Result<(), E> {
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
        let mut seen = Seen::default();
        while let Some(Key(key)) = map.next_key()? {
            place.pace().step().map_err(A::Error::custom)?;
            if seen.len() == MAX_MEMBERS {
                return Err(A::Error::custom(format!(
                    "{}: one of more than {MAX_MEMBERS}",
                    Place::Member(&place, "a member")
                )));
            }
            if key.contains('\0') {
                return Err(A::Error::custom(format!("{}: contains U+0000", Place::Member(&place, "a key"))));
            }
            if !members.member(&place, &key, &mut map)? {
                let here = Place::Member(&place, &key);
                check_depth(map.next_value::<&RawValue>()?, &here).map_err(A::Error::custom)?;
            }
            if let Some(key) = seen.insert(key) {
                return Err(A::Error::custom(format!("{}: stands there twice", Place::Member(&place, &key))));
            }
        }
        Ok(())
    }
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

/// The keys of one object: a handful is compared one by one, more are hashed.
#[derive(Default)]
struct Seen<'de> {
    few: Vec<Cow<'de, str>>,
    many: HashSet<Cow<'de, str>>,
}

impl<'de> Seen<'de> {
    const FEW: usize = 16;

    fn len(&self) -> usize {
        self.few.len() + self.many.len()
    }

    /// Returns the key where it is there already.
    fn insert(&mut self, key: Cow<'de, str>) -> Option<Cow<'de, str>> {
        if self.few.contains(&key) || self.many.contains(&key) {
            return Some(key);
        }
        if self.few.len() < Self::FEW {
            self.few.push(key);
        } else {
            self.many.insert(key);
        }
        None
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

/// The next member's value as a string; `null` is no string.
pub(crate) fn string<'de, A: MapAccess<'de>>(map: &mut A, place: &Place<'_>) -> Result<Cow<'de, str>, A::Error> {
    string_of(map.next_value::<&RawValue>()?, place).map_err(A::Error::custom)
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
    Object(members, Place::Root(root, pace)).deserialize(&mut deserializer)?;
    Ok(deserializer.end()?)
}

/// Reads the whole of `text` as one array.
pub(crate) fn read_array<'de, I: Items<'de>>(
    text: &'de str,
    root: &str,
    items: &mut I,
    pace: &Pace<'_>,
) -> Result<(), Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Array(items, Place::Root(root, pace)).deserialize(&mut deserializer)?;
    Ok(deserializer.end()?)
}

/// Why a document was refused.
pub(crate) struct Refusal {
    pub(crate) cause: Cause,
    pub(crate) message: String,
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        let cause = if error.is_data() { Cause::WrongShape } else { Cause::NotJson };
        let message = match error.line() {
            0 => error.to_string(),
            line => format!("{} (line {line}, column {})", without_position(&error), error.column()),
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
