//! Removes secrets from texts. A secret can be in any text: a caller may have put it into an address or a path, and the
//! server and the proxy know what they were sent, and may repeat it in anything they say.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use crate::error::Error;
use crate::json::scan;

/// The shortest secret that is removed from all texts, in bytes. A shorter one could be part of any word, and removing
/// it would damage our own messages.
const SHORTEST: usize = 8;

/// The longest string of a server's JSON of which the rest is kept where it contains a secret, in bytes. Copies of a
/// longer one would take many times the memory of the reply, and no license has one.
const LONGEST: usize = 1024 * 1024;

/// The secrets of one operation. The copies are overwritten when dropped.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    known: Vec<Secret>,
    /// Whether e-mail addresses are secrets too.
    are_mail_addresses: bool,
}

#[derive(Clone)]
struct Secret {
    text: Zeroizing<String>,
    /// What is shown in its place.
    name: &'static str,
}

const TOKEN: &str = "[token]";
const PASSWORD: &str = "[password]";

impl Secrets {
    /// Adds the user's token, as the caller gave it. It may be one that cannot be sent, with a line break behind it or
    /// the word "Bearer" in front, and is a secret all the same.
    pub(crate) fn add_token(&mut self, token: &str) {
        let parts = token.as_bytes().split(|byte| !byte.is_ascii_graphic()).filter(|part| part.len() >= SHORTEST);
        // A token has one such part. A long text that is given in its place has too many to look for.
        for part in parts.take(8) {
            self.add(str::from_utf8(part).unwrap_or_default(), TOKEN);
        }
    }

    /// Adds a password for a proxy, or a header value that contains it.
    pub(crate) fn add_password(&mut self, password: &str) {
        self.add(password, PASSWORD);
    }

    fn add(&mut self, text: &str, name: &'static str) {
        if text.is_empty() || self.known.iter().any(|known| *known.text == *text) {
            return;
        }
        self.known.push(Secret { text: Zeroizing::new(text.to_owned()), name });
        // The longest comes first: one may be a part of another, which would not be found any more without that part.
        self.known.sort_by_key(|secret| Reverse(secret.text.len()));
    }

    /// These secrets, and all e-mail addresses, for texts that are sent around.
    pub(crate) fn and_mail_addresses(self) -> Self {
        Self { are_mail_addresses: true, ..self }
    }

    /// Those of the secrets that stand in `text`.
    pub(crate) fn found_in(&self, text: &str) -> Self {
        let is_found = |secret: &&Secret| matches!(secret.removed_from(Cow::Borrowed(text)), Cow::Owned(_));
        Self { known: self.known.iter().filter(is_found).cloned().collect(), ..*self }
    }

    /// `text` without the secrets, and without anything that looks like a token: in a wrong place there may be one that
    /// is not the user's, or whose operation has not begun.
    pub(crate) fn removed_from<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let long = self.known.iter().filter(|secret| secret.text.len() >= SHORTEST);
        let text = without_jwts(long.fold(Cow::Borrowed(text), |text, secret| secret.removed_from(text)));
        if self.are_mail_addresses { without_mail_addresses(&text).into() } else { text }
    }

    /// What a server or proxy said, without the secrets. If it contains a password of less than [`SHORTEST`] bytes,
    /// nothing of it is shown: such a password could be part of many words, and gaps in them would give it away.
    pub(crate) fn removed_from_quote<'t>(&self, quote: &'t str) -> Cow<'t, str> {
        let mut short = self.known.iter().filter(|secret| secret.text.len() < SHORTEST);
        match short.any(|secret| quote.contains(&**secret.text)) {
            true => Cow::Borrowed("not shown: it repeats the password"),
            false => self.removed_from(quote),
        }
    }

    /// An id of the caller's without the secrets, and without anything that looks like a token.
    pub(crate) fn removed_from_id<'t>(&self, id: &'t str) -> Cow<'t, str> {
        without_jwts(self.removed_from_data(id))
    }

    /// Whether one of the ids, which stand in `ids` one behind the other, may be a text to remove something from.
    pub(crate) fn may_be_in_ids(&self, ids: &str) -> bool {
        self.are_in_data(ids) || ids.contains(JWT_START)
    }

    /// A string of the server's without the secrets. The signatures in a license may look like tokens.
    fn removed_from_data<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.in_data().fold(Cow::Borrowed(text), |text, secret| match text.contains(&**secret.text) {
            true => Cow::Owned(text.replace(&**secret.text, secret.name)),
            false => text,
        })
    }

    /// What is shown in the place of a text that contains secrets, and may not be copied.
    fn names_of_those_in(&self, text: &str) -> String {
        let is_in = |name: &&str| self.in_data().any(|secret| secret.name == *name && text.contains(&**secret.text));
        [TOKEN, PASSWORD].into_iter().filter(is_in).collect()
    }

    fn are_in_data(&self, text: &str) -> bool {
        self.in_data().any(|secret| text.contains(&**secret.text))
    }

    /// The server's `json` without the secrets in its strings, even if the strings spell them with escapes; None if no
    /// string contains one. Everything else is copied, so that the result is JSON still. Fails if there is not enough memory
    /// for that.
    pub(crate) fn removed_from_json(&self, json: &str) -> Result<Option<String>, Error> {
        let has_escaped = json.contains('\\') && self.in_data().next().is_some();
        if !has_escaped && !self.are_in_data(json) {
            return Ok(None);
        }
        let mut clean = String::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(start) = json[at..].find('"').map(|quote| at + quote) {
            let end = scan::string_end(json.as_bytes(), start).unwrap_or(json.len());
            let string = &json[start..end];
            at = end;
            // Half of a surrogate pair stands for no character, but around it there may be a secret all the same.
            let text = scan::decoded_with(string, Some(char::REPLACEMENT_CHARACTER));
            let text = text.ok_or_else(Error::reply_out_of_memory)?;
            if !self.are_in_data(&text) {
                continue;
            }
            let clean_text = match text.len() {
                ..=LONGEST => self.removed_from_data(&text).into_owned(),
                _ => self.names_of_those_in(&text),
            };
            // The copy needs its memory.
            drop(text);
            if clean.is_empty() {
                // A name in place of a secret makes a string longer by a quarter at most.
                clean.try_reserve_exact(json.len() + json.len() / 4).map_err(|_| Error::reply_out_of_memory())?;
            }
            clean.push_str(&json[copied..start]);
            clean.push_str(&serde_json::to_string(&clean_text).map_err(|_| Error::internal())?);
            copied = end;
        }
        if copied == 0 {
            return Ok(None);
        }
        clean.push_str(&json[copied..]);
        Ok(Some(clean))
    }

    /// The secrets that are removed from data. A password of letters alone is not: it may well be a word of a license,
    /// such as "commercial", by which an installer decides.
    fn in_data(&self) -> impl Iterator<Item = &Secret> {
        self.known.iter().filter(|secret| {
            let is_word = secret.name == PASSWORD && secret.text.bytes().all(|byte| byte.is_ascii_alphabetic());
            secret.text.len() >= SHORTEST && !is_word
        })
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secrets]")
    }
}

impl Secret {
    /// `text` without it, in small letters and in capitals: a host name loses the difference.
    fn removed_from<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        if text.len() < self.text.len() {
            return text;
        }
        let (small, secret) = (text.to_ascii_lowercase(), Zeroizing::new(self.text.to_ascii_lowercase()));
        let (mut clean, mut copied) = (String::new(), 0);
        for (found, _) in small.match_indices(&**secret) {
            clean.push_str(&text[copied..found]);
            clean.push_str(self.name);
            copied = found + secret.len();
        }
        if copied == 0 { text } else { Cow::Owned(clean + &text[copied..]) }
    }
}

/// `text` with `[e-mail]` in the place of everything that looks like an e-mail address (RFC 5322), also where its `@` is
/// written as in an address of the web. Public for programs that show paths and settings beside a diagnosis.
pub fn without_mail_addresses(text: &str) -> String {
    const SIGNS: [&str; 4] = ["@", "%40", "%2540", "\u{ff20}"];
    let (mut clean, mut rest) = (String::new(), text);
    // How much of the rest has no address.
    let mut at = 0;
    while let Some(found) = rest[at..].find(['@', '%', '\u{ff20}']).map(|found| at + found) {
        let (before, after) = rest.split_at(found);
        let sign = SIGNS.into_iter().find(|sign| after.starts_with(sign));
        let host = sign.and_then(|sign| behind_host(&after[sign.len()..]));
        match host.and_then(|behind| Some((before_user(before)?, behind))) {
            Some((user, behind)) => {
                clean.push_str(user);
                clean.push_str("[e-mail]");
                (rest, at) = (behind, 0);
            }
            None => at = found + sign.map_or(1, str::len),
        }
    }
    clean + rest
}

/// What stands in front of the user, with whom `text` ends, of an e-mail address. None if there is no user.
fn before_user(text: &str) -> Option<&str> {
    let before = match text.strip_suffix('"') {
        Some(quoted) => &quoted[..quoted.rfind('"')?],
        // A slash would be allowed too, but separates folders.
        None => text.trim_end_matches(|c: char| is_of_host(c) || "!#$%&'*+=?^`{|}~".contains(c)),
    };
    (before.len() < text.len()).then_some(before)
}

/// What stands behind the host, with which `text` begins, of an e-mail address. None if there is no host.
fn behind_host(text: &str) -> Option<&str> {
    let behind = match text.strip_prefix('[') {
        Some(address) => &address[address.find(']')? + 1..],
        None => text.trim_start_matches(is_of_host),
    };
    (behind.len() < text.len()).then_some(behind)
}

fn is_of_host(c: char) -> bool {
    !c.is_ascii() && c != '\u{ff20}' || c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// `text` with [`TOKEN`] in the place of everything that looks like a JWT.
fn without_jwts(text: Cow<'_, str>) -> Cow<'_, str> {
    let (mut clean, mut rest) = (String::new(), &*text);
    while let Some(found) = find_jwt(rest) {
        clean.push_str(&rest[..found.start]);
        clean.push_str(TOKEN);
        rest = &rest[found.end..];
    }
    if clean.is_empty() { text } else { Cow::Owned(clean + rest) }
}

/// What every JWT (RFC 7519) starts with: Base64 of `{"`.
const JWT_START: &str = "eyJ";

/// Where something stands that looks like a JWT, or like its start.
fn find_jwt(text: &str) -> Option<Range<usize>> {
    const SHORTEST_JWT: usize = 20;
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_in_a_word = |start: &usize| text[..*start].ends_with(|c: char| c.is_ascii_alphanumeric());
    text.match_indices(JWT_START).map(|(start, _)| start).filter(|start| !is_in_a_word(start)).find_map(|start| {
        let length = text[start..].find(|c| !is_base64(c)).unwrap_or(text.len() - start);
        (length >= SHORTEST_JWT).then_some(start..start + length)
    })
}
