//! What differs from system to system: where account files live, and who runs this process.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
#[cfg(all(unix, not(target_vendor = "apple")))]
pub(crate) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    // Qt's tools write below the generic data location, which XDG_DATA_HOME moves.
    let moved = variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = variable("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let mut folders: Vec<PathBuf> = moved.into_iter().chain(usual).collect();
    folders.dedup();
    folders
}

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
#[cfg(target_vendor = "apple")]
pub(crate) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support")).into_iter().collect()
}

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
#[cfg(windows)]
pub(crate) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("APPDATA").map(PathBuf::from).into_iter().collect()
}

/// Whether this process has an administrator's rights, and so perhaps another user's profile.
#[cfg(unix)]
pub(crate) fn is_elevated() -> bool {
    rustix::process::geteuid().is_root()
}

/// Not known on this system.
#[cfg(not(unix))]
pub(crate) fn is_elevated() -> bool {
    false
}

/// Whether the process or the system has no file descriptor left.
#[cfg(unix)]
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    use rustix::io::Errno;
    [Errno::MFILE, Errno::NFILE].iter().any(|code| error.raw_os_error() == Some(code.raw_os_error()))
}

/// Winsock's WSAEMFILE.
#[cfg(not(unix))]
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    error.raw_os_error() == Some(10024)
}
