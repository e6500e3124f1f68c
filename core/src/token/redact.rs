//! Removes secrets from texts. The server and the proxy know what they were sent, and may repeat it in anything they
//! say.

use std::borrow::Cow;

use zeroize::Zeroizing;

/// The shortest secret that is removed from all texts, in bytes. A shorter one could be part of any word, and removing
/// it would damage our own messages.
const SHORTEST: usize = 8;

/// The secrets of one operation.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<Secret>);

#[derive(Clone)]
struct Secret {
    text: Zeroizing<String>,
    /// What texts show in its place.
    replacement: &'static str,
}

impl Secrets {
    /// Adds the user's token. The copy that is kept is overwritten when dropped.
    pub(crate) fn add_token(&mut self, token: &str) {
        self.add(token, "[token]");
    }

    /// Adds the password for a proxy, or the header value that contains it. The copy that is kept is overwritten when
    /// dropped.
    pub(crate) fn add_password(&mut self, password: &str) {
        self.add(password, "[password]");
    }

    fn add(&mut self, text: &str, replacement: &'static str) {
        if !text.is_empty() {
            self.0.push(Secret { text: Zeroizing::new(text.to_owned()), replacement });
        }
    }

    /// `text` without the secrets.
    pub(crate) fn removed_from<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for secret in self.0.iter().filter(|secret| secret.text.len() >= SHORTEST) {
            if text.contains(&**secret.text) {
                text = Cow::Owned(text.replace(&**secret.text, secret.replacement));
            }
        }
        text
    }

    /// What a server or proxy said, without the secrets. If it contains a password of less than [`SHORTEST`] bytes,
    /// nothing of it is shown: such a password could be part of many words, and gaps in them would give it away.
    pub(crate) fn removed_from_quote<'t>(&self, quote: &'t str) -> Cow<'t, str> {
        let is_short = |secret: &Secret| secret.text.len() < SHORTEST && secret.replacement == "[password]";
        match self.0.iter().filter(|secret| is_short(secret)).any(|secret| quote.contains(&**secret.text)) {
            true => Cow::Borrowed("not shown: it repeats the password"),
            false => self.removed_from(quote),
        }
    }

    /// `json` without the secrets in its strings, even if the strings spell them with escapes; None if no string
    /// contains one. Everything else is copied, so that the result is JSON still.
    pub(crate) fn removed_from_json(&self, json: &str) -> Option<String> {
        let is_suspect =
            |secret: &Secret| secret.text.len() >= SHORTEST && (json.contains('\\') || json.contains(&**secret.text));
        if !self.0.iter().any(is_suspect) {
            return None;
        }
        let mut clean = String::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(start) = json[at..].find('"').map(|quote| at + quote) {
            let end = string_end(json, start)?;
            let string = &json[start..end];
            // A string with half a surrogate pair cannot be decoded, but may contain a secret all the same, without
            // escapes.
            let text = serde_json::from_str(string).unwrap_or_else(|_| string[1..string.len() - 1].to_owned());
            if let Cow::Owned(text) = self.removed_from(&text) {
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
}

/// The index behind the closing quote of the JSON string that starts at `start`; None if nothing closes it.
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
