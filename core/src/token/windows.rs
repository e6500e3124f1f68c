//! Where Qt's tools keep the signed-in account on Windows.

use std::path::PathBuf;

use known_folders::{KnownFolder, get_known_folder_path};

use crate::environment::variable;

/// The folders that may contain `Qt/qtaccount.ini`.
pub(super) fn account_folders() -> Vec<PathBuf> {
    // Services and some launchers start programs without the variable.
    let folder = variable("APPDATA").map(PathBuf::from);
    folder.or_else(|| get_known_folder_path(KnownFolder::RoamingAppData)).into_iter().collect()
}
