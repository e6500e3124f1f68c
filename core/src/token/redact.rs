//! Takes the token out of what a server may have echoed.

use std::borrow::Cow;

/// Shorter tokens are none, and taking them out would garble the text.
const SHORTEST: usize = 8;

/// `text` without `secret`.
pub(crate) fn in_text<'t>(text: &'t str, secret: &str) -> Cow<'t, str> {
    if secret.len() < SHORTEST || !text.contains(secret) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(secret, "[token]"))
}

/// The same of a text that was bounded before: what is left of a secret at its end goes too.
pub(crate) fn in_bounded_text(text: &str, secret: &str) -> String {
    let clean = in_text(text, secret);
    // Bounded twice, it may end in more dots than the secret has there.
    let body = clean.trim_end_matches('.');
    let parts = (SHORTEST..secret.len()).rev().map(|length| secret[..length].trim_end_matches('.'));
    match parts.filter(|part| part.len() >= SHORTEST).find_map(|part| body.strip_suffix(part)) {
        Some(start) if clean.ends_with("...") => format!("{start}[token]..."),
        _ => clean.into_owned(),
    }
}

/// `json` without `secret` in its strings, however they spell it; None where it is in none. Everything else stays
/// as it is, so that what was JSON stays JSON.
pub(crate) fn in_json(json: &str, secret: &str) -> Option<String> {
    if secret.len() < SHORTEST || !(json.contains(secret) || json.contains('\\')) {
        return None;
    }
    let mut clean = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) = json[at..].find('"').map(|quote| at + quote) {
        let end = string_end(json, start)?;
        let string = &json[start..end];
        // A string that decodes to no text (half a surrogate pair) can still show the secret as it stands.
        let text = serde_json::from_str(string).unwrap_or_else(|_| string[1..string.len() - 1].to_owned());
        if let Cow::Owned(text) = in_text(&text, secret) {
            clean.push_str(&json[copied..start]);
            clean.push_str(&serde_json::to_string(&text).ok()?);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return None;
    }
    clean.push_str(&json[copied..]);
    Some(clean)
}

/// Behind the quote that ends the string which starts at `start`.
fn string_end(json: &str, start: usize) -> Option<usize> {
    let mut escaped = false;
    for (offset, byte) in json.as_bytes()[start + 1..].iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(start + offset + 2),
            _ => {}
        }
    }
    None
}
