//! Tells whether this process has an administrator's rights. It may then run as another user than the one who signed
//! in, and look for the account in the wrong user's folders.

#[cfg(unix)]
pub(super) fn is_elevated() -> bool {
    rustix::process::geteuid().is_root()
}

/// Tries to open the registry of the account that services run under (S-1-5-19), which only an administrator can.
#[cfg(windows)]
pub(super) fn is_elevated() -> bool {
    windows_registry::USERS.open("S-1-5-19").is_ok()
}
