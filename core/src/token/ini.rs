//! Reads a value of an INI file as Qt's QSettings (IniFormat of Qt 6) reads it, since QSettings writes the account's
//! file and people's scripts write it for QSettings. `core/tests/account_qsettings.rs` compares the two.
//!
//! The dialect differs from what one may expect. Only `;` begins a comment, also behind a value. A line goes on behind a
//! line break that is in quotes or has a backslash in front. A `[name]` needs no `]`. Names are encoded with `%`, values
//! with backslashes, and `@ByteArray(...)` around a value is a type. A comma that is not in quotes makes a list.

use zeroize::Zeroizing;

/// Whether QSettings tells upper and lower case of names apart on this system.
const CASE_COUNTS: bool = cfg!(not(windows));

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text that `file` has for `key`, a name in lower case, in `[section]`. If it is there several times, the last one
/// counts. None if it is not there, or is a list or something else without a text.
pub(crate) fn value(file: &[u8], section: &str, key: &str) -> Option<Zeroizing<String>> {
    let mut rest = without_mark(file);
    let mut inside = false;
    let mut found = None;
    while let Some(Line { text, equals }) = next_line(&mut rest) {
        if let Some(header) = text.strip_prefix(b"[") {
            let name = header.split(|&byte| byte == b']').next().unwrap_or(header);
            let name = decoded_name(name);
            if hides(&name, section, key) {
                return None;
            }
            inside = is_same(&name, section);
        } else if inside
            && let Some(equals) = equals
            && is_same(&decoded_name(&text[..equals]), key)
        {
            found = Some(&text[equals + 1..]);
        }
    }
    unescaped(found?).and_then(typed)
}

fn is_same(name: &str, wanted: &str) -> bool {
    if CASE_COUNTS { name == wanted } else { name.eq_ignore_ascii_case(wanted) }
}

/// Whether QSettings looks for `section/key` in the section `name` instead. It takes the last section whose name and
/// slash do not come behind `section/key` in the alphabet, so that `[section/a]` hides `section/key`.
fn hides(name: &str, section: &str, key: &str) -> bool {
    let Some((start, rest)) = name.split_at_checked(section.len()) else { return false };
    let Some(below) = rest.strip_prefix('/').filter(|_| is_same(start, section)) else { return false };
    let below = if CASE_COUNTS { below.to_owned() } else { below.to_lowercase() };
    format!("{below}/").as_str() <= key
}

/// One line of a file, which may go over several lines of text.
struct Line<'f> {
    text: &'f [u8],
    /// The first `=` that is not in quotes.
    equals: Option<usize>,
}

/// Takes the next line that is neither empty nor a comment.
fn next_line<'f>(rest: &mut &'f [u8]) -> Option<Line<'f>> {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let line_begins = |file: &'f [u8]| {
        let begin = file.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        &file[begin.unwrap_or(file.len())..]
    };
    let mut line = line_begins(rest);
    while line.starts_with(b";") {
        let end = line.iter().position(is_break).unwrap_or(line.len());
        line = line_begins(&line[end..]);
    }
    let (mut equals, mut in_quotes, mut at) = (None, false, 0);
    while at < line.len() {
        match line[at] {
            b'=' if !in_quotes && equals.is_none() => equals = Some(at),
            b'\n' | b'\r' | b';' if !in_quotes => break,
            b'"' => in_quotes = !in_quotes,
            b'\\' if matches!(line.get(at + 1..at + 3), Some(b"\r\n" | b"\n\r")) => at += 2,
            b'\\' => at += 1,
            _ => {}
        }
        at += 1;
    }
    let (text, after) = line.split_at(at.min(line.len()));
    *rest = after;
    if text.is_empty() { None } else { Some(Line { text, equals }) }
}

/// The name of a section or key: `%41` and `%U0041` stand for a character, a backslash for a slash.
fn decoded_name(name: &[u8]) -> String {
    let is_blank = |byte: &u8| matches!(byte, b' ' | 9..=13);
    let begin = name.iter().position(|byte| !is_blank(byte)).unwrap_or(name.len());
    let end = name.iter().rposition(|byte| !is_blank(byte)).map_or(begin, |last| last + 1);
    let name = String::from_utf8_lossy(without_mark(&name[begin..end]));
    let mut decoded = String::with_capacity(name.len());
    let mut rest = &*name;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => decoded.push('/'),
            '%' => match percent_encoded(rest) {
                Some((c, after)) => {
                    decoded.push(c);
                    rest = after;
                }
                None => decoded.push('%'),
            },
            c => decoded.push(c),
        }
    }
    decoded
}

/// The character that the digits behind a `%` stand for, and what follows them.
fn percent_encoded(text: &str) -> Option<(char, &str)> {
    let (digits, after) = match text.strip_prefix('U') {
        Some(text) => text.split_at_checked(4)?,
        None => text.split_at_checked(2)?,
    };
    // Qt reads a number here as it does anywhere: blanks around it, a sign and 0x are fine.
    let digits = digits.trim();
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let digits = digits.strip_prefix("0x").or(digits.strip_prefix("0X")).unwrap_or(digits);
    Some((character(u16::from_str_radix(digits, 16).ok()?), after))
}

/// A value without quotes and escapes; None for a list.
fn unescaped(value: &[u8]) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(value.len()));
    let mut decoder = Decoder::default();
    let (mut in_quotes, mut had_quotes) = (false, false);
    // Up to here, blanks at the end belong to the value.
    let mut kept = 0;
    let mut rest = without_blanks(value);
    while let Some((&first, after)) = rest.split_first() {
        match first {
            b'\\' => {
                rest = unescape(after, &mut text);
                kept = text.len();
            }
            b'"' => {
                had_quotes = true;
                in_quotes = !in_quotes;
                rest = if in_quotes { after } else { without_blanks(after) };
            }
            b',' if !in_quotes => return None,
            _ => {
                let end = after.iter().position(|byte| matches!(byte, b'\\' | b'"' | b','));
                let (piece, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
                decoder.decode(piece, &mut text);
                rest = after;
            }
        }
    }
    if !had_quotes {
        let length = kept + text[kept..].trim_end_matches([' ', '\t']).len();
        text.truncate(length);
    }
    Some(text)
}

fn without_blanks(value: &[u8]) -> &[u8] {
    let begin = value.iter().position(|byte| !matches!(byte, b' ' | b'\t'));
    &value[begin.unwrap_or(value.len())..]
}

/// Appends what the escape stands for whose backslash was just taken. Returns what follows it.
fn unescape<'v>(escape: &'v [u8], text: &mut String) -> &'v [u8] {
    let Some((&code, after)) = escape.split_first() else { return escape };
    let c = match code {
        b'a' => '\x07',
        b'b' => '\x08',
        b'f' => '\x0c',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'v' => '\x0b',
        b'"' | b'?' | b'\'' | b'\\' => code.into(),
        b'x' => return number(after, 16, text),
        b'0'..=b'7' => return number(escape, 8, text),
        // A line that goes on.
        b'\n' => return after.strip_prefix(b"\r").unwrap_or(after),
        b'\r' => return after.strip_prefix(b"\n").unwrap_or(after),
        _ => return after,
    };
    text.push(c);
    after
}

/// Appends the character whose number begins here, of as many digits as there are. Returns what follows it.
fn number<'v>(digits: &'v [u8], radix: u16, text: &mut String) -> &'v [u8] {
    let values = digits.iter().map_while(|&digit| char::from(digit).to_digit(radix.into()));
    let length = values.clone().count();
    if length > 0 {
        // Qt has 16 bits for it.
        text.push(character(values.fold(0u16, |number, digit| number.wrapping_mul(radix).wrapping_add(digit as u16))));
    }
    &digits[length..]
}

/// The character with this number in UTF-16. Half of one becomes a replacement character: neither is part of a token.
fn character(unit: u16) -> char {
    char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Decodes UTF-8 that comes in pieces.
#[derive(Default)]
struct Decoder {
    begun: bool,
    /// A character of which only the beginning has come. At the end of a value QSettings leaves it out.
    cut_off: Vec<u8>,
}

impl Decoder {
    fn decode(&mut self, piece: &[u8], text: &mut String) {
        let piece = if std::mem::replace(&mut self.begun, true) { piece } else { without_mark(piece) };
        let mut bytes = Zeroizing::new(std::mem::take(&mut self.cut_off));
        bytes.extend_from_slice(piece);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            text.push_str(chunk.valid());
            let invalid = chunk.invalid();
            if chunks.peek().is_none() && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none()) {
                self.cut_off = invalid.to_vec();
            } else {
                text.extend(invalid.iter().map(|_| char::REPLACEMENT_CHARACTER));
            }
        }
    }
}

/// What a value means whose type may be written in front; None if it has no text.
fn typed(value: Zeroizing<String>) -> Option<Zeroizing<String>> {
    let Some(marked) = value.strip_prefix('@') else { return Some(value) };
    if let Some((kind, content)) = marked.strip_suffix(')').and_then(|marked| marked.split_once('(')) {
        let parts = content.matches([' ', ')']).count() + 1;
        match kind {
            "ByteArray" => {
                let mut bytes = Zeroizing::new(Vec::with_capacity(content.len()));
                for c in content.chars() {
                    match u8::try_from(c) {
                        Ok(byte) => bytes.push(byte),
                        Err(_) => bytes.extend(std::iter::repeat_n(b'?', c.len_utf16())),
                    }
                }
                return Some(Zeroizing::new(String::from_utf8_lossy(without_mark(&bytes)).into_owned()));
            }
            "Variant" | "DateTime" => return None,
            "Invalid" if content.is_empty() => return None,
            "Rect" if parts == 4 => return None,
            "Size" | "Point" if parts == 2 => return None,
            _ => {}
        }
    }
    let text = if marked.starts_with('@') { marked } else { &value };
    Some(Zeroizing::new(text.to_owned()))
}

fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}
