//! Finds the token of the signed-in Qt account, where Qt's own tools leave it.
//!
//! First comes the environment variable that Qt's installers document, then the file `qtaccount.ini` in the folders
//! where Qt's tools write it on this system.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::files;

use super::elevation::is_elevated;
use super::{Token, account_folders};

/// The environment variable for the token that Qt documents for the command line of its installers.
pub(crate) const TOKEN_VARIABLE: &str = "QT_INSTALLER_JWT_TOKEN";

/// The largest account file that is read, in bytes. Real ones are far smaller.
const MAX_FILE: u64 = 1024 * 1024;

/// Where a token came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// The caller gave it.
    Argument,
    /// The environment variable `QT_INSTALLER_JWT_TOKEN`.
    Environment,
    /// The signed-in account's `qtaccount.ini`.
    AccountFile,
}

impl TokenSource {
    /// The word for this source in a result's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Environment => "environment",
            Self::AccountFile => "account-file",
        }
    }
}

/// Finds the token of the signed-in account. Fails with [`Status::TokenNotFound`] and the list of all places that were
/// searched, or with [`Status::InvalidToken`] if the token that was found cannot be sent.
pub(crate) fn find() -> Result<(Token, TokenSource), Error> {
    let value = env::var_os(TOKEN_VARIABLE).unwrap_or_default();
    let value = Zeroizing::new(value.into_string().unwrap_or_else(|_| "\u{fffd}".into()));
    // Whoever sets the variable from a file leaves the line's end in it, and that is no part of a token.
    match value.trim_ascii() {
        "" => find_in(account_files()),
        token => {
            let token = Token::new(token).map_err(|error| error.at(TOKEN_VARIABLE))?;
            Ok((token, TokenSource::Environment))
        }
    }
}

fn find_in(files: Vec<PathBuf>) -> Result<(Token, TokenSource), Error> {
    let mut looked = vec![format!("the environment variable {TOKEN_VARIABLE} (not set)")];
    let mut cause = Cause::AccountFileMissing;
    for path in files {
        let why = match read(&path) {
            Ok(text) => match ini_value(&text, "QtAccount", "jwt") {
                Some(value) if !value.is_empty() => {
                    let token = Token::new(&value).map_err(|error| error.at(path.display()))?;
                    return Ok((token, TokenSource::AccountFile));
                }
                _ => {
                    cause = Cause::AccountFileWithoutToken;
                    "has no token: nobody is signed in".into()
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => "not there".into(),
            Err(error) => {
                cause = Cause::AccountFileUnreadable;
                format!("cannot be read: {error}")
            }
        };
        looked.push(format!("{} ({why})", path.display()));
    }
    let elevated = if is_elevated() {
        "; this process runs elevated, perhaps as another user, whose account alone is looked at: run it as the user who signed in, or pass a token"
    } else {
        "; sign in to your Qt account, or pass a token"
    };
    Err(Error::new(
        Status::TokenNotFound,
        cause,
        format!("no token was given and none was found in {}{elevated}", looked.join(", ")),
    ))
}

fn account_files() -> Vec<PathBuf> {
    let places = account_folders(|name: &str| env::var_os(name).filter(|value: &OsString| !value.is_empty()));
    places.into_iter().map(|folder| folder.join("Qt").join("qtaccount.ini")).collect()
}

fn read(path: &Path) -> io::Result<Zeroizing<String>> {
    let bytes = files::read(path, MAX_FILE)?;
    let text =
        std::str::from_utf8(&bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The value of `key` in `[section]` of a file that Qt's QSettings wrote: lines that start with `;` or `#` are
/// comments, and a value may stand in quotes, with backslashes as escapes. If the key is there several times, the last
/// one counts.
pub(crate) fn ini_value(text: &str, section: &str, key: &str) -> Option<Zeroizing<String>> {
    let mut inside = false;
    let mut found = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim();
        if line.starts_with([';', '#']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            inside = name.0.trim() == section;
            continue;
        }
        match line.split_once('=') {
            Some((name, value)) if inside && name.trim() == key => found = Some(unquoted(value.trim())),
            _ => {}
        }
    }
    found
}

/// The value without quotes and escapes, if it has any.
fn unquoted(value: &str) -> Zeroizing<String> {
    let Some(quoted) = value.strip_prefix('"') else {
        return Zeroizing::new(value.to_owned());
    };
    let mut plain = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => plain.extend(chars.next()),
            c => plain.push(c),
        }
    }
    plain
}
