//! Whether this process has an administrator's rights. It may then run as another user than the one who signed in, and
//! look into the wrong user's folders.

#[cfg(unix)]
pub(super) fn is_elevated() -> bool {
    rustix::process::geteuid().is_root()
}

/// Only an administrator can open the settings of the account that services run under.
#[cfg(windows)]
pub(super) fn is_elevated() -> bool {
    windows_registry::USERS.open("S-1-5-19").is_ok()
}
