//! Windows.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use windows_registry::{CURRENT_USER, LOCAL_MACHINE, USERS};

use crate::desktop_proxy::DesktopProxy;

/// The folders that may hold `Qt/qtaccount.ini`, likeliest first.
pub(crate) fn account_folders(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("APPDATA").map(PathBuf::from).into_iter().collect()
}

/// Whether this process has an administrator's rights, and so perhaps another user's profile: only with those
/// can the settings of the account that services run under be opened.
pub(crate) fn is_elevated() -> bool {
    USERS.open("S-1-5-19").is_ok()
}

/// What "Internet Options" set: WinINet reads the same places. For the current user, unless an administrator has made
/// the policy that everybody has the machine's.
pub(crate) fn desktop_proxy() -> DesktopProxy {
    let policy = LOCAL_MACHINE.open(r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings");
    let per_user = policy.and_then(|policy| policy.get_u32("ProxySettingsPerUser"));
    let whose = if per_user.is_ok_and(|per_user| per_user == 0) { LOCAL_MACHINE } else { CURRENT_USER };
    let Ok(settings) = whose.open(r"Software\Microsoft\Windows\CurrentVersion\Internet Settings") else {
        return DesktopProxy::default();
    };
    let text = |name: &str| settings.get_string(name).ok().filter(|text| !text.trim().is_empty());
    let is_on = settings.get_u32("ProxyEnable").is_ok_and(|on| on != 0);
    DesktopProxy {
        server: is_on.then(|| text("ProxyServer")).flatten(),
        exempt: text("ProxyOverride").unwrap_or_default(),
        script: text("AutoConfigURL"),
    }
}

/// Winsock throws away what has arrived and was not read yet, once a send fails.
pub(crate) const FAILED_SEND_LOSES_INPUT: bool = true;

/// Winsock's WSAEMFILE.
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    error.raw_os_error() == Some(10024)
}

/// Never: Winsock says "would block" of a connection that is being made.
pub(crate) fn is_in_progress(_: &io::Error) -> bool {
    false
}
