//! What Linux, macOS and their relatives have in common.

use std::io;

use rustix::io::Errno;

/// Whether this process has an administrator's rights, and so perhaps another user's profile.
pub(crate) fn is_elevated() -> bool {
    rustix::process::geteuid().is_root()
}

/// What has arrived can be read whatever a send says.
pub(crate) const FAILED_SEND_LOSES_INPUT: bool = false;

/// Whether the process or the system has no file descriptor left.
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    [Errno::MFILE, Errno::NFILE].iter().any(|code| error.raw_os_error() == Some(code.raw_os_error()))
}

/// Whether a connection is being made in the background.
pub(crate) fn is_in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::INPROGRESS.raw_os_error())
}
