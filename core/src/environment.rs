//! Reads environment variables, where they can be believed.
//!
//! A program that runs with the rights of another user than the one who started it (set-user-ID, set-group-ID) has its
//! environment from somebody with fewer rights. Such a user must not choose whom it trusts and what it reads.

use std::env;
use std::ffi::OsString;

/// Why nothing of the environment is read, in words for a message.
pub(crate) const NOT_BELIEVED: &str =
    "not read, since this process has the rights of another user than the one who started it";

/// The environment variable `name`. None if it is not set or empty, or if the environment is not believed.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty() && is_believed())
}

/// Whether the environment comes from the user whose rights this process has.
#[cfg(unix)]
pub(crate) fn is_believed() -> bool {
    use rustix::process::{getegid, geteuid, getgid, getuid};
    geteuid() == getuid() && getegid() == getgid()
}

/// Whether the environment comes from the user whose rights this process has. Windows has no programs that run with
/// other rights by themselves.
#[cfg(windows)]
pub(crate) fn is_believed() -> bool {
    true
}
