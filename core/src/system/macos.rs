//! macOS.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::desktop_proxy::DesktopProxy;

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
pub(crate) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support")).into_iter().collect()
}

/// Not read: it takes the system's own network framework, which is nothing for a library that many programs load.
pub(crate) fn desktop_proxy() -> DesktopProxy {
    DesktopProxy::default()
}
