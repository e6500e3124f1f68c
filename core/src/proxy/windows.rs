//! Reads the proxy settings of Windows' "Internet Options" from the registry, as Windows' own programs do.

use windows_registry::{CURRENT_USER, LOCAL_MACHINE};

use super::desktop::DesktopProxy;

/// The current user's settings; or the machine's, if a policy says that these count for all users. Settings that are
/// not there, or cannot be read, count as not set.
pub(super) fn desktop_proxy() -> DesktopProxy {
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
