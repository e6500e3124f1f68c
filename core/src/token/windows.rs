//! Where Qt's tools keep the signed-in account on Windows.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders that may contain `Qt/qtaccount.ini`. `variable` reads an environment variable.
pub(super) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("APPDATA").map(PathBuf::from).into_iter().collect()
}
