//! Where Qt's tools keep the signed-in account on Linux and other Unix systems but macOS.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders that may contain `Qt/qtaccount.ini`, the likeliest first. `variable` reads an environment variable.
pub(super) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    // Qt's tools write below Qt's GenericDataLocation: $XDG_DATA_HOME, or ~/.local/share if that is not set.
    let moved = variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = variable("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let mut folders: Vec<PathBuf> = moved.into_iter().chain(usual).collect();
    folders.dedup();
    folders
}
