//! Finds the token of the signed-in Qt account, where Qt's own tools leave it.
//!
//! First comes the environment variable that Qt's installers document, then the file `qtaccount.ini` in the folders
//! where Qt's tools write it on this system.

use std::fmt;
use std::io;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::environment::{self, variable};
use crate::error::{Cause, Error, Status};
use crate::files;
use crate::transport::{Deadline, inner_error};

use super::elevation::is_elevated;
use super::{Token, account_folders, ini};

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

impl fmt::Display for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument => f.write_str("given explicitly"),
            Self::Environment => write!(f, "from the environment variable {TOKEN_VARIABLE}"),
            Self::AccountFile => f.write_str("of the signed-in Qt account"),
        }
    }
}

/// Where [`find`] would find a token first.
pub(crate) fn source() -> TokenSource {
    in_environment().map_or(TokenSource::AccountFile, |_| TokenSource::Environment)
}

/// Finds the token of the environment or of the signed-in account. Fails with [`Status::TokenNotFound`] and the list of
/// all places that were searched, or with [`Status::InvalidToken`] if the token that was found cannot be sent.
pub(crate) fn find(deadline: &Deadline) -> Result<(Token, TokenSource), Error> {
    match in_environment() {
        Some(value) => {
            let token = Token::new(&value).map_err(|error| error.at(TOKEN_VARIABLE))?;
            Ok((token, TokenSource::Environment))
        }
        None => find_in(account_files(), deadline),
    }
}

/// The token in the environment. Whoever sets the variable from a file leaves the line's end in it, and that is no part
/// of a token.
fn in_environment() -> Option<Zeroizing<String>> {
    let value = Zeroizing::new(variable(TOKEN_VARIABLE)?.into_string().unwrap_or_else(|_| "\u{fffd}".into()));
    Some(Zeroizing::new(value.trim_ascii().to_owned())).filter(|value| !value.is_empty())
}

fn find_in(files: Vec<PathBuf>, deadline: &Deadline) -> Result<(Token, TokenSource), Error> {
    let unset = if environment::is_believed() { "not set" } else { environment::NOT_BELIEVED };
    let mut looked = vec![format!("the environment variable {TOKEN_VARIABLE} ({unset})")];
    let mut cause = Cause::AccountFileMissing;
    for path in files {
        let why = match files::read(&path, MAX_FILE, deadline) {
            Ok(file) => match ini::value(&file, "QtAccount", "jwt") {
                Some(value) if !value.is_empty() => {
                    let token = Token::new(&value).map_err(|error| error.at(path.display()))?;
                    return Ok((token, TokenSource::AccountFile));
                }
                _ => {
                    // One that cannot be read may have the token.
                    if cause != Cause::AccountFileUnreadable {
                        cause = Cause::AccountFileWithoutToken;
                    }
                    "has no token: nobody is signed in".into()
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => "not there".into(),
            Err(error) => {
                let error = match inner_error(error) {
                    Ok(ended) => return Err(ended),
                    Err(error) => error,
                };
                cause = Cause::AccountFileUnreadable;
                format!("cannot be read: {error}")
            }
        };
        looked.push(format!("{} ({why})", path.display()));
    }
    let advice = if !environment::is_believed() {
        "; pass a token"
    } else if is_elevated() {
        "; this process runs elevated, perhaps as another user, whose account alone is looked at: run it as the user who signed in, or pass a token"
    } else {
        "; sign in to your Qt account, or pass a token"
    };
    Err(Error::new(
        Status::TokenNotFound,
        cause,
        format!("no token was given and none was found in {}{advice}", looked.join(", ")),
    ))
}

fn account_files() -> Vec<PathBuf> {
    account_folders().into_iter().map(|folder| folder.join("Qt").join("qtaccount.ini")).collect()
}
