//! What differs from system to system. This file alone asks which one it is; each of those below knows its own.

#[cfg(not(any(windows, target_vendor = "apple")))]
mod linux;
#[cfg(target_vendor = "apple")]
mod macos;
#[cfg(any(windows, target_vendor = "apple"))]
mod platform_trust;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(not(any(windows, target_vendor = "apple")))]
pub(crate) use linux::{account_folders, desktop_proxy, system_verifier};
#[cfg(target_vendor = "apple")]
pub(crate) use macos::{account_folders, desktop_proxy};
#[cfg(any(windows, target_vendor = "apple"))]
pub(crate) use platform_trust::system_verifier;
#[cfg(unix)]
pub(crate) use unix::{FAILED_SEND_LOSES_INPUT, is_elevated, is_in_progress, is_out_of_descriptors};
#[cfg(windows)]
pub(crate) use windows::{
    FAILED_SEND_LOSES_INPUT, account_folders, desktop_proxy, is_elevated, is_in_progress, is_out_of_descriptors,
};
