//! Text made fit for a message: bounded, without control characters.

use std::time::{Duration, SystemTime};

/// The longest message, in bytes; a longer one ends in `...`.
const MAX_MESSAGE: usize = 2000;

/// `text` with control and direction-changing characters escaped and its length bounded: a peer must not be
/// able to repaint a terminal, to fake a line of a log or to fill it. Unchanged when applied again.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MAX_MESSAGE));
    for c in text.chars() {
        if shown.len() + c.len_utf8() > MAX_MESSAGE - 10 {
            shown.push_str("...");
            break;
        }
        if deceives(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

/// The first bytes of `text`, at most `length`, and dots where more follows.
pub(crate) fn start(text: &str, length: usize) -> String {
    if text.len() <= length {
        return text.into();
    }
    format!("{}...", &text[..text.floor_char_boundary(length)])
}

/// What was refused, for a message. Its start alone: a token or a key that stands where it does not belong is of no use
/// to anybody without its end.
pub(crate) fn refused(text: &str) -> String {
    format!("{:?}", start(text, 60))
}

/// Characters that change how the text around them looks, or hide themselves.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Seconds since 1970 as people write them: `Mon, 23 Nov 2026 16:41:00 GMT`.
pub(crate) fn utc(seconds: u64) -> String {
    // The latest date that can be written; certificates without an end have it.
    const YEAR_9999: u64 = 253_402_300_799;
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(YEAR_9999)))
}
