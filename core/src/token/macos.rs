//! Where Qt's tools keep the signed-in account on macOS.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders that may contain `Qt/qtaccount.ini`. `variable` reads an environment variable.
pub(super) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support")).into_iter().collect()
}
