//! Walks through JSON text by its brackets, quotes and commas, and decodes nothing.
//!
//! The text has been read before, so it is well-formed.

use std::borrow::Cow;
use std::ops::Range;

/// One item of an array or one member of an object, as places in the text.
#[derive(Clone)]
pub(crate) struct Child {
    /// The member's key with its quotes; None for an item of an array.
    pub(crate) key: Option<Range<usize>>,
    /// Where the value starts.
    pub(crate) value: usize,
    /// Behind the value.
    pub(crate) end: usize,
}

/// The children of the array or object that starts at `container`; none where something else starts there.
pub(crate) fn children(text: &str, container: usize) -> Children<'_> {
    let text = text.as_bytes();
    let (is_object, at) = match text.get(container) {
        Some(b'{') => (true, container + 1),
        Some(b'[') => (false, container + 1),
        _ => (false, text.len()),
    };
    Children { text, at, is_object }
}

/// See [`children`].
pub(crate) struct Children<'t> {
    text: &'t [u8],
    at: usize,
    is_object: bool,
}

impl Iterator for Children<'_> {
    type Item = Child;

    fn next(&mut self) -> Option<Child> {
        let mut at = skip(self.text, self.at, b',');
        let key = match self.text.get(at)? {
            b'}' | b']' => return None,
            _ if self.is_object => {
                let (key, value) = key_at(self.text, at)?;
                at = value;
                Some(key)
            }
            _ => None,
        };
        self.at = value_end(self.text, at)?;
        Some(Child { key, value: at, end: self.at })
    }
}

/// The key that starts at `start`, with its quotes, and where the member's value starts.
pub(crate) fn key_at(text: &[u8], start: usize) -> Option<(Range<usize>, usize)> {
    let end = string_end(text, start)?;
    Some((start..end, skip(text, end, b':')))
}

/// Where the item of an array starts that stands `count` places behind the one that starts at `item`; None where there
/// are not so many.
pub(crate) fn item_after(text: &[u8], mut item: usize, count: usize) -> Option<usize> {
    for _ in 0..count {
        item = skip(text, value_end(text, item)?, b',');
    }
    (*text.get(item)? != b']').then_some(item)
}

/// Behind the white space and the `separator` at `at`.
fn skip(text: &[u8], mut at: usize, separator: u8) -> usize {
    while text.get(at).is_some_and(|&byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t') || byte == separator) {
        at += 1;
    }
    at
}

/// Behind the value that starts at `start`; None where the text ends before.
pub(crate) fn value_end(text: &[u8], start: usize) -> Option<usize> {
    match text.get(start)? {
        b'"' => string_end(text, start),
        b'{' | b'[' => container_end(text, start),
        _ => {
            let is_behind = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
            Some(text[start..].iter().position(is_behind).map_or(text.len(), |length| start + length))
        }
    }
}

fn container_end(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match text.get(at)? {
            b'"' => {
                at = string_end(text, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(at + 1),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Behind the quote that ends the string which starts at `start`.
fn string_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// How many arrays and objects stand one inside of the other in the value that `text` is, itself included.
pub(crate) fn depth(text: &str) -> usize {
    let text = text.as_bytes();
    let (mut depth, mut deepest, mut at) = (0_usize, 0, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                at = string_end(text, at).unwrap_or(text.len());
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// The text that a JSON string stands for; None where it stands for none, such as half of a surrogate pair.
pub(crate) fn decoded(string: &str) -> Option<Cow<'_, str>> {
    match string.contains('\\') {
        true => serde_json::from_str(string).ok().map(Cow::Owned),
        false => Some(Cow::Borrowed(&string[1..string.len() - 1])),
    }
}
