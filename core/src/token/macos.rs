//! macOS: where Qt's tools keep the signed-in account.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
pub(super) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support")).into_iter().collect()
}
