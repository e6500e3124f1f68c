//! The user's token: a secret that is checked, sent, and never shown.

pub(crate) mod account;
mod elevation;
#[cfg(not(any(windows, target_vendor = "apple")))]
mod linux;
#[cfg(target_vendor = "apple")]
mod macos;
pub(crate) mod redact;
#[cfg(windows)]
mod windows;

#[cfg(not(any(windows, target_vendor = "apple")))]
use linux::account_folders;
#[cfg(target_vendor = "apple")]
use macos::account_folders;
#[cfg(windows)]
use windows::account_folders;

pub use account::TokenSource;

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::json::pointer;

/// The longest token, in bytes.
const MAX_TOKEN: usize = 32 * 1024;

/// What stands in front of it in the request's header.
const BEARER: &str = "Bearer ";

/// A bearer token with [`BEARER`] in front, a copy that is overwritten when dropped. It has no `Debug` and no
/// `Display`.
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    /// Takes what can stand in an HTTP header after `Bearer ` (RFC 6750); the server judges the rest.
    pub(crate) fn new(text: &str) -> Result<Self, Error> {
        let refuse = |cause, message: String| Err(Error::new(Status::InvalidToken, cause, message));
        if text.is_empty() {
            return refuse(
                Cause::TokenEmpty,
                "the token is empty; sign in again, or pass NULL to use the signed-in Qt account".into(),
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
        let mut bearer = Zeroizing::new(String::with_capacity(BEARER.len() + text.len()));
        bearer.push_str(BEARER);
        bearer.push_str(text);
        Ok(Self(bearer))
    }

    /// The value of the header `Authorization`.
    pub(crate) fn authorization(&self) -> &str {
        &self.0
    }

    pub(crate) fn secret(&self) -> &str {
        &self.0[BEARER.len()..]
    }

    /// When the token says it ends, in seconds since 1970; for messages only. None for anything that is not
    /// a JWT (RFC 7519) with a sensible `exp`.
    pub(crate) fn expires_at(&self) -> Option<u64> {
        let payload = self.secret().split('.').nth(1)?;
        let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        // By serde_json's own reading: std's takes 14 KB.
        let exp: f64 = serde_json::from_str(pointer::step(std::str::from_utf8(&json).ok()?, "exp")?).ok()?;
        (1.0..=253_402_300_799.0).contains(&exp).then_some(exp as u64)
    }
}
