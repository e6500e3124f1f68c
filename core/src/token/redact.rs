//! Removes secrets from texts. The server and the proxy know what they were sent, and may repeat it in anything they
//! say.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::json::scan;

/// The shortest secret that is removed from all texts, in bytes. A shorter one could be part of any word, and removing
/// it would damage our own messages.
const SHORTEST: usize = 8;

/// The longest string of a server's JSON of which the rest is kept where it contains a secret, in bytes. Copies of a
/// longer one would take many times the memory of the reply, and no license has one.
const LONGEST: usize = 64 * 1024;

/// The secrets of one operation. The copies are overwritten when dropped.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// The user's token; empty as long as there is none.
    token: Zeroizing<String>,
    /// Passwords for a proxy, and the header values that contain them.
    passwords: Vec<Zeroizing<String>>,
}

impl Secrets {
    /// Adds the user's token.
    pub(crate) fn add_token(&mut self, token: &str) {
        self.token = Zeroizing::new(token.to_owned());
    }

    /// Adds a password for a proxy, or a header value that contains it.
    pub(crate) fn add_password(&mut self, password: &str) {
        self.passwords.push(Zeroizing::new(password.to_owned()));
    }

    /// `text` without the secrets.
    pub(crate) fn removed_from<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let passwords = self.passwords.iter().map(|password| (password, "[password]"));
        let mut text = Cow::Borrowed(text);
        for (secret, replacement) in passwords.chain([(&self.token, "[token]")]) {
            if is_found_in(secret, &text) {
                text = Cow::Owned(text.replace(&**secret, replacement));
            }
        }
        text
    }

    /// What a server or proxy said, without the secrets. If it contains a password of less than [`SHORTEST`] bytes,
    /// nothing of it is shown: such a password could be part of many words, and gaps in them would give it away.
    pub(crate) fn removed_from_quote<'t>(&self, quote: &'t str) -> Cow<'t, str> {
        let mut short = self.passwords.iter().filter(|password| (1..SHORTEST).contains(&password.len()));
        match short.any(|password| quote.contains(&***password)) {
            true => Cow::Borrowed("not shown: it repeats the password"),
            false => self.removed_from(quote),
        }
    }

    /// The server's `json` without the token in its strings, even if the strings spell it with escapes; None if no
    /// string contains it. Everything else is copied, so that the result is JSON still. Passwords are left alone: the
    /// server does not know them, and a word of a license may well be somebody's password.
    pub(crate) fn removed_from_json(&self, json: &str) -> Option<String> {
        let token = &self.token;
        if !is_found_in(token, json) && (token.len() < SHORTEST || !json.contains('\\')) {
            return None;
        }
        let mut clean = String::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(start) = json[at..].find('"').map(|quote| at + quote) {
            let end = scan::string_end(json.as_bytes(), start)?;
            let string = &json[start..end];
            // A string with half a surrogate pair cannot be decoded, but may contain a secret all the same, without
            // escapes.
            let text = scan::decoded(string).unwrap_or(Cow::Borrowed(&string[1..string.len() - 1]));
            if is_found_in(token, &text) {
                if clean.is_empty() {
                    clean.reserve_exact(json.len());
                }
                clean.push_str(&json[copied..start]);
                let text = if text.len() > LONGEST {
                    Cow::Borrowed("[token]")
                } else {
                    text.replace(&**token, "[token]").into()
                };
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

fn is_found_in(secret: &str, text: &str) -> bool {
    secret.len() >= SHORTEST && text.contains(secret)
}
