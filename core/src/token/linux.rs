//! Linux and its relatives: where Qt's tools keep the signed-in account.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
pub(super) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    // Qt's tools write below the generic data location, which XDG_DATA_HOME moves.
    let moved = variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = variable("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let mut folders: Vec<PathBuf> = moved.into_iter().chain(usual).collect();
    folders.dedup();
    folders
}
