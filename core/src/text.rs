//! Messages for people, made of our own words and of what others said.
//!
//! Inside of the core texts are kept as they came. When they leave it, in an outcome or a line of the log,
//! [`Message::shown`] makes them safe to show: it removes secrets, escapes characters that could deceive a reader, and
//! bounds the length, in this order.

use std::borrow::Cow;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use crate::token::redact::Secrets;

/// The longest message, in bytes. A longer one is cut, and ends in `...`.
const MAX_MESSAGE: usize = 2000;

/// A message in pieces. What somebody else said is a piece with its own limit, so that a long quote cannot push out
/// what follows it: the advice what to do.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Message(Vec<Piece>);

#[derive(Clone, PartialEq, Eq)]
enum Piece {
    Own(String),
    Quoted { text: String, at_most: usize },
}

impl Message {
    /// A message in our own words. They may contain an error text of the system, a path or a host name; what the server
    /// or a proxy said belongs in a [`quote`](Self::quote).
    pub(crate) fn own(text: impl Into<String>) -> Self {
        Self(vec![Piece::Own(text.into())])
    }

    /// Appends what somebody else said. At most `at_most` bytes of it are shown.
    pub(crate) fn quote(mut self, text: impl Into<String>, at_most: usize) -> Self {
        self.0.push(Piece::Quoted { text: text.into(), at_most });
        self
    }

    /// Appends an argument that was refused, in quotes. Only its start is shown: if somebody passed a key by mistake,
    /// nobody can use it without its end.
    pub(crate) fn refused(self, argument: &str) -> Self {
        self.then("\"").quote(argument, 60).then("\"")
    }

    /// Appends our own words.
    pub(crate) fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Own(text.into()));
        self
    }

    /// Puts `place` and a colon in front: where it happened.
    pub(crate) fn at(self, place: impl std::fmt::Display) -> Self {
        self.behind(Self::own(format!("{place}: ")))
    }

    /// Puts another message in front.
    pub(crate) fn behind(self, first: Self) -> Self {
        Self(first.0.into_iter().chain(self.0).collect())
    }

    /// The message as text that is safe to show: without `secrets`, of at most 2000 bytes, and without characters by
    /// which a server could repaint a terminal, fake a line of a log or hide something.
    pub(crate) fn shown(&self, secrets: &Secrets) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Own(text) => escaped(&secrets.removed_from(text)),
            Piece::Quoted { text, at_most } => start(&escaped(&secrets.removed_from_quote(text)), *at_most),
        });
        start(&pieces.collect::<String>(), MAX_MESSAGE)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::own(text)
    }
}

/// `text` as a message of the core would show it: without what looks like a token, escaped, and of at most 2000 bytes.
/// Public for programs that quote paths and errors of the system, as the command line does.
pub fn shown(text: &str) -> String {
    Message::own(text).shown(&Secrets::default())
}

/// `text` with control, direction-changing and invisible characters written as escapes. Public for programs that print
/// ids and licenses.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if deceives(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    escaped
}

/// Whether a character changes how the text around it looks, or is invisible: controls, line separators, those that
/// change the direction of writing, and those that Unicode calls Default_Ignorable_Code_Point. `qls_precheck_load.c` and
/// `examples-c/print_text.h` have the same ones.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// `text`, cut to at most `length` bytes. Where something was cut off it ends in `...`, which `length` includes.
pub(crate) fn start(text: &str, length: usize) -> String {
    const DOTS: &str = "...";
    if text.len() <= length {
        return text.into();
    }
    format!("{}{DOTS}", &text[..text.floor_char_boundary(length - DOTS.len())])
}

/// What somebody else said, to be kept until it is shown. Of a very long text it is the beginning, up to a place where no
/// token is cut in two: the beginning of one would not be recognized as a secret.
pub(crate) fn beginning(text: &str) -> Cow<'_, str> {
    const MAX: usize = 64 * 1024;
    if text.len() <= MAX {
        return text.into();
    }
    let is_part_of_token = |c: char| c.is_ascii_graphic();
    let beginning = text[..text.floor_char_boundary(MAX)].trim_end_matches(is_part_of_token);
    format!("{beginning}...").into()
}

/// Whether `text` has digits alone, and at least one. `parse` would take a sign as well, as in "+2".
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number in `text`; None if [`is_number`] says that it is none, or if it does not fit into `N`.
pub(crate) fn number<N: FromStr>(text: &str) -> Option<N> {
    if is_number(text) { text.parse().ok() } else { None }
}

/// What this computer's clock says, in seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A date as HTTP writes it, in seconds since 1970; None if it is none.
pub(crate) fn seconds(date: &str) -> Option<u64> {
    let date = httpdate::parse_http_date(date).ok()?;
    date.duration_since(SystemTime::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

/// A time in seconds since 1970, written for people: `Mon, 23 Nov 2026 16:41:00 GMT`.
pub(crate) fn utc(seconds: u64) -> String {
    // The latest time that can be written this way. Certificates that never expire have it as their end.
    const YEAR_9999: u64 = 253_402_300_799;
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(YEAR_9999)))
}
