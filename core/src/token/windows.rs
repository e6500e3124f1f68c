//! Where Qt's tools keep the signed-in account on Windows.

use std::path::PathBuf;

use crate::environment::variable;

/// The folders that may contain `Qt/qtaccount.ini`.
pub(super) fn account_folders() -> Vec<PathBuf> {
    variable("APPDATA").map(PathBuf::from).into_iter().collect()
}
