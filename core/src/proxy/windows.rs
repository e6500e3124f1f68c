//! Reads the proxy settings of Windows' "Internet Options" from the registry, as Windows' own programs do.

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE, Result as Read};

use crate::error::Error;

use super::desktop::{DesktopProxy, unusable};

/// The current user's settings; or the machine's, if a policy says that these count for all users. Fails if one that
/// counts is there, but cannot be read.
pub(super) fn desktop_proxy() -> Result<DesktopProxy, Error> {
    let policy = LOCAL_MACHINE.open(r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings");
    let per_user = policy.and_then(|policy| policy.get_u32("ProxySettingsPerUser"));
    let whose = if per_user.is_ok_and(|per_user| per_user == 0) { LOCAL_MACHINE } else { CURRENT_USER };
    let settings = whose.open(r"Software\Microsoft\Windows\CurrentVersion\Internet Settings");
    let Some(settings) = if_there("Internet Settings", settings)? else {
        return Ok(DesktopProxy { detect: true, ..DesktopProxy::default() });
    };
    let detect = detects(&settings)?;
    let text = |name| Ok(if_there(name, settings.get_string(name))?.filter(|text| !text.is_empty()));
    let script = text("AutoConfigURL")?.filter(|script| !script.trim().is_empty());
    if if_there("ProxyEnable", settings.get_u32("ProxyEnable"))?.unwrap_or(0) == 0 {
        return Ok(DesktopProxy { detect, script, ..DesktopProxy::default() });
    }
    let exempt = text("ProxyOverride")?.unwrap_or_default();
    Ok(DesktopProxy { server: text("ProxyServer")?, exempt, detect, script })
}

/// Whether "Automatically detect settings" is on, as it is where nobody has ever changed a setting. Of the binary value
/// that has it, only the flags are read: the other settings are beside it as texts.
fn detects(settings: &Key) -> Result<bool, Error> {
    const FLAGS: usize = 8;
    const DETECT: u8 = 8;
    let value = settings.open("Connections").and_then(|key| key.get_value("DefaultConnectionSettings"));
    let value = if_there("DefaultConnectionSettings", value)?;
    Ok(value.and_then(|value| value.get(FLAGS).map(|flags| flags & DETECT != 0)).unwrap_or(true))
}

/// What was read; None if it is not there.
fn if_there<T>(name: &str, read: Read<T>) -> Result<Option<T>, Error> {
    const FILE_NOT_FOUND: u32 = 0x8007_0002;
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.code().0 as u32 == FILE_NOT_FOUND => Ok(None),
        Err(error) => Err(unusable(&format!("{name} in the registry cannot be read: {error}"))),
    }
}
