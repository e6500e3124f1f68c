//! Walks through JSON text by its brackets, quotes and commas, and decodes nothing.
//!
//! The text has been read before, so it is well-formed.

use std::borrow::Cow;
use std::ops::Range;

/// One item of an array or one member of an object, as places in the text.
pub(crate) struct Child {
    /// The member's key with its quotes; None for an item of an array.
    pub(crate) key: Option<Range<usize>>,
    /// Where the value starts.
    pub(crate) value: usize,
    /// Behind the value.
    pub(crate) end: usize,
}

/// The children of the array or object that starts at `container`; none where something else starts there.
pub(crate) fn children(text: &str, container: usize) -> impl Iterator<Item = Child> {
    let text = text.as_bytes();
    let (is_object, mut at) = match text.get(container) {
        Some(b'{') => (true, container + 1),
        Some(b'[') => (false, container + 1),
        _ => (false, text.len()),
    };
    std::iter::from_fn(move || {
        let start = skip(text, at, b',');
        let (key, value) = match text.get(start)? {
            b'}' | b']' => return None,
            _ if is_object => key_at(text, start).map(|(key, value)| (Some(key), value))?,
            _ => (None, start),
        };
        at = value_end(text, value)?;
        Some(Child { key, value, end: at })
    })
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
pub(crate) fn skip(text: &[u8], mut at: usize, separator: u8) -> usize {
    while text.get(at).is_some_and(|&byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t') || byte == separator) {
        at += 1;
    }
    at
}

/// Behind the value that starts at `start`; None where the text ends before.
pub(crate) fn value_end(text: &[u8], start: usize) -> Option<usize> {
    match text.get(start)? {
        b'"' => string_end(text, start),
        b'{' | b'[' => container(text, start).map(|(end, _)| end),
        _ => {
            let is_behind = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
            Some(text[start..].iter().position(is_behind).map_or(text.len(), |length| start + length))
        }
    }
}

/// Walks through the array or object that starts at `start`: what is behind it, and how many arrays and objects stand
/// one inside of the other in it, itself included.
fn container(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, start);
    loop {
        match text.get(at)? {
            b'"' => {
                at = string_end(text, at)?;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if depth == 1 => return Some((at + 1, deepest)),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Behind the quote that ends the string which starts at `start`.
pub(crate) fn string_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// How many arrays and objects stand one inside of the other in the value that `text` is; 0 where it is neither.
pub(crate) fn depth(text: &str) -> usize {
    match text.starts_with(['{', '[']) {
        true => container(text.as_bytes(), 0).map_or(0, |(_, deepest)| deepest),
        false => 0,
    }
}

/// The text that a JSON string stands for; None where it stands for none, such as half of a surrogate pair, or where
/// there is not enough memory for it.
pub(crate) fn decoded(string: &str) -> Option<Cow<'_, str>> {
    decoded_with(string, None)
}

/// As [`decoded`], with `replacement` in the place of half of a surrogate pair.
pub(crate) fn decoded_with(string: &str, replacement: Option<char>) -> Option<Cow<'_, str>> {
    if !string.contains('\\') {
        return Some(Cow::Borrowed(&string[1..string.len() - 1]));
    }
    let mut text = String::new();
    text.try_reserve_exact(string.len()).ok()?;
    for c in chars(string) {
        text.push(c.or(replacement)?);
    }
    Some(Cow::Owned(text))
}

/// The characters that a JSON string stands for. None is in the place of half of a surrogate pair, which stands for no
/// character.
pub(crate) fn chars(string: &str) -> impl Iterator<Item = Option<char>> {
    let mut rest = string[1..string.len() - 1].chars();
    std::iter::from_fn(move || {
        let escape = match rest.next()? {
            '\\' => rest.next()?,
            c => return Some(Some(c)),
        };
        Some(match escape {
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'u' => {
                let first = unit(&mut rest)?;
                let mut behind = rest.clone();
                let second = (behind.next() == Some('\\') && behind.next() == Some('u')).then(|| unit(&mut behind));
                let c = char::decode_utf16([first].into_iter().chain(second.flatten())).next()?.ok();
                if c.is_some_and(|c| c.len_utf16() == 2) {
                    rest = behind;
                }
                c
            }
            c => Some(c),
        })
    })
}

/// The number of four hexadecimal digits.
fn unit(digits: &mut std::str::Chars<'_>) -> Option<u16> {
    let mut four = digits.by_ref().take(4);
    four.try_fold(0, |number, digit| Some(number << 4 | digit.to_digit(16)? as u16))
}
