//! The user's token: a secret that is found, checked, and never shown.
//!
//! In comes the caller's token, or nothing: then the signed-in Qt account's token is looked for. Out goes a [`Token`]
//! that HTTP can carry, or an error that says what is wrong with it, or where it was looked for.
//!
//! - `mod.rs` (this file) checks a token, and reads from it when it expires.
//! - `account` looks for the signed-in account's token; `unix` and `windows` know the folders to look into, and `ini`
//!   reads the account's file.
//! - `elevation` tells whether this process has an administrator's rights, which may be why no account was found.
//! - `redact` removes the token, and a proxy's password, from every text that leaves the core.

pub(crate) mod account;
mod elevation;
pub(crate) mod ini;
pub(crate) mod redact;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix::account_folders;
#[cfg(windows)]
use windows::account_folders;

pub use account::TokenSource;

use std::fmt;

use base64::Engine as _;
use serde::de::MapAccess;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::json::{self, Members, Object};
use crate::text::utc;

/// The longest token, in bytes.
const MAX_TOKEN: usize = 32 * 1024;

/// What stands in front of the token in the request's header `Authorization`.
const BEARER: &str = "Bearer ";

/// A copy of the user's token with [`BEARER`] in front, which is overwritten when dropped. It has no `Debug` and no
/// `Display`, so that no message can show it by mistake.
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    /// Takes any text that can stand behind `Bearer ` in an HTTP header (RFC 6750): whether it is a valid token is up
    /// to the server. Fails with [`Status::InvalidToken`] for an empty text, one of more than 32 KiB, or one with a
    /// character that is not visible ASCII. The error does not quote the text.
    pub(crate) fn new(text: &str) -> Result<Self, Error> {
        let refuse = |cause, message: String| Err(Error::new(Status::InvalidToken, cause, message));
        if text.is_empty() {
            return refuse(
                Cause::TokenEmpty,
                "the token is empty; sign in again, or leave the token out to use the signed-in Qt account".into(),
            );
        }
        if text.len() > MAX_TOKEN {
            let message =
                format!("the token has {} bytes, and at most {MAX_TOKEN} are sent; is it a token at all?", text.len());
            return refuse(Cause::TokenTooLong, message);
        }
        if let Some(at) = text.bytes().position(|b| !b.is_ascii_graphic()) {
            let what = match text.as_bytes()[at] {
                b' ' if text[..at].eq_ignore_ascii_case("bearer") => {
                    "the word \"Bearer\" in front; pass the token alone"
                }
                b' ' | b'\t' => "white space",
                b'\r' | b'\n' => "a line break; was it read from a file without trimming?",
                byte if byte.is_ascii() => "a control character",
                _ => "a character outside of ASCII",
            };
            return refuse(Cause::TokenInvalidCharacter, format!("the token has {what} (byte {at})"));
        }
        if let Some(what) = not_replaced(text) {
            return refuse(Cause::TokenInvalidCharacter, format!("the token {what}"));
        }
        let mut bearer = Zeroizing::new(String::with_capacity(BEARER.len() + text.len()));
        bearer.push_str(BEARER);
        bearer.push_str(text);
        Ok(Self(bearer))
    }

    /// The value of the header `Authorization`.
    pub(crate) fn authorization(&self) -> &str {
        &self.0
    }

    /// The token alone.
    pub(crate) fn secret(&self) -> &str {
        &self.0[BEARER.len()..]
    }

    /// What the token says of its validity; nothing if it is not a JWT (RFC 7519).
    pub(crate) fn times(&self) -> Times {
        self.claims().unwrap_or_default()
    }

    fn claims(&self) -> Option<Times> {
        let payload = self.secret().split('.').nth(1)?;
        let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let mut times = Times::default();
        json::read(std::str::from_utf8(&payload).ok()?, "", Object(&mut times)).ok()?;
        Some(times)
    }
}

/// What a token says of its validity, in seconds since 1970. Nothing verifies this, so it is only for messages. A time
/// after the year 9999 counts as none.
#[derive(Clone, Copy, Default)]
pub(crate) struct Times {
    /// `iat`
    pub(crate) issued: Option<u64>,
    /// `exp`
    pub(crate) expires: Option<u64>,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expires {
            Some(end) => write!(f, "it says that it is valid until {}", utc(end)),
            None => f.write_str("it does not say until when it is valid"),
        }
    }
}

/// What is wrong with a text that came out of a shell or script as it should not have; None if nothing is. No token has
/// these characters around it.
fn not_replaced(text: &str) -> Option<&'static str> {
    let is_between = |mark| text.len() > 1 && text.starts_with(mark) && text.ends_with(mark);
    if is_between('"') || is_between('\'') {
        return Some("is in quotes, which do not belong to it; pass what is between them");
    }
    if is_between('%') || text.starts_with('$') {
        return Some(
            "is the name of a variable instead of its value; is the variable set, and is this its syntax here?",
        );
    }
    None
}

impl<'de> Members<'de> for Times {
    fn names(&self) -> &[&'static str] {
        &["exp", "iat"]
    }

    fn member<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let value: &RawValue = map.next_value()?;
        // A time of another type, such as a text, says nothing.
        let time = serde_json::from_str(value.get()).ok().filter(|time| (1.0..=253_402_300_799.0).contains(time));
        *if name == "exp" { &mut self.expires } else { &mut self.issued } = time.map(|time: f64| time as u64);
        Ok(())
    }
}
