//! Where Qt's tools keep the signed-in account on Linux, macOS and other Unix systems.

use std::path::PathBuf;

use crate::environment::variable;

/// The folders that may contain `Qt/qtaccount.ini`, the likeliest first.
pub(super) fn account_folders() -> Vec<PathBuf> {
    let home = variable("HOME").map(PathBuf::from);
    // Qt's manual names this one for macOS, but some of Qt's tools use the place of Linux there as well.
    let library = home.as_ref().filter(|_| cfg!(target_vendor = "apple"));
    let library = library.map(|home| home.join("Library/Application Support"));
    // Qt's tools write below Qt's GenericDataLocation: $XDG_DATA_HOME, or ~/.local/share if that is not set.
    let moved = variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = home.map(|home| home.join(".local/share"));
    let mut folders: Vec<PathBuf> = library.into_iter().chain(moved).chain(usual).collect();
    folders.dedup();
    folders
}
