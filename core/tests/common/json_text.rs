//! JSON whose scalars are kept as text, for property tests that ask whether anything was lost: random values, a
//! writer with random white space, and a reader that is not the library's.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// JSON with its scalars as text: nothing is lost by reading it. Members are in order, keys as they stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Scalar(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["null", "true", "false", "0", "-0.0", "1e400", "-1E-400", "123456789012345678901234567890.10"][..])
            .prop_map(String::from),
        "-?[1-9][0-9]{0,30}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
        any::<String>().prop_map(|text| serde_json::to_string(&text).expect("a string")),
        "\"([ a-z\\[\\]{},:]|\\\\u[0-9a-fA-F]{4}|\\\\[\"\\\\/bfnrt])*\"",
    ]
}

/// Any value, a few levels deep. Objects may have equal keys, strings lone surrogates.
pub(crate) fn json() -> impl Strategy<Value = Json> {
    scalar().prop_map(Json::Scalar).prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Json::Array),
            vec(("\"[a-c]{0,2}\"", inner), 0..5).prop_map(Json::Object),
        ]
    })
}

impl Json {
    /// As text, with the white space that `spaces` deals out.
    pub(crate) fn write(&self, text: &mut String, spaces: &mut impl Iterator<Item = &'static str>) {
        let mut gap = |text: &mut String| text.push_str(spaces.next().unwrap_or_default());
        gap(text);
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    item.write(text, spaces);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    text.push_str(spaces.next().unwrap_or_default());
                    text.push_str(key);
                    text.push_str(spaces.next().unwrap_or_default());
                    text.push(':');
                    value.write(text, spaces);
                }
                text.push('}');
            }
        }
        text.push_str(spaces.next().unwrap_or_default());
    }

    /// Reads `text`, which has to be one value; panics where it is not.
    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str::<&serde_json::value::RawValue>(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let mut rest = text;
        let json = Self::next(&mut rest);
        assert_eq!(rest.trim(), "", "{text}");
        json
    }

    /// The value in front of well-formed JSON.
    fn next(rest: &mut &str) -> Self {
        let take = |rest: &mut &str, c: char| {
            *rest = rest.trim_start();
            let found = rest.strip_prefix(c);
            *rest = found.unwrap_or(rest);
            found.is_some()
        };
        if take(rest, '[') {
            let mut items = Vec::new();
            while !take(rest, ']') {
                items.push(Self::next(rest));
                take(rest, ',');
            }
            return Self::Array(items);
        }
        if take(rest, '{') {
            let mut members = Vec::new();
            while !take(rest, '}') {
                let Self::Scalar(key) = Self::next(rest) else { panic!("a key: {rest}") };
                assert!(take(rest, ':'), "{rest}");
                members.push((key, Self::next(rest)));
                take(rest, ',');
            }
            return Self::Object(members);
        }
        *rest = rest.trim_start();
        let (scalar, after) = rest.split_at(scalar_length(rest));
        *rest = after;
        Self::Scalar(scalar.to_owned())
    }
}

/// How long the string, number or word is that `text` starts with.
fn scalar_length(text: &str) -> usize {
    let is_string = text.starts_with('"');
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if is_string => return at + 1,
            ',' | ']' | '}' | ' ' | '\t' | '\r' | '\n' if !is_string => return at,
            _ => {}
        }
    }
    text.len()
}
