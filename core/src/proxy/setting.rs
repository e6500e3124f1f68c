//! Decides which way leads to a server: where the proxy comes from, from the caller, the environment or the desktop.

use zeroize::Zeroizing;

use crate::error::Error;
use crate::log::Log;
use crate::server::Server;
use crate::transport::Deadline;

use super::address::Proxy;
#[cfg(not(windows))]
use super::desktop::DesktopProxy;
use super::environment;
use super::route::Route;
#[cfg(windows)]
use super::windows::desktop_proxy;

/// How the caller wants the server to be reached.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProxySetting {
    /// Through the proxy that the environment names; if it names none, through the desktop's; if there is none,
    /// directly.
    #[default]
    Environment,
    /// Directly, whatever the environment and the desktop say.
    Direct,
    /// Through this proxy, whatever the environment and the desktop say.
    Proxy(Proxy),
}

impl ProxySetting {
    /// The passwords in the environment's proxies, in each form in which a text could show them, if those may be used.
    pub(crate) fn environment_secrets(&self) -> Vec<Zeroizing<String>> {
        match self {
            Self::Environment => environment::secrets(),
            Self::Direct | Self::Proxy(_) => Vec::new(),
        }
    }

    /// The ways to `server`. Fails with [`Status::Configuration`](crate::Status::Configuration) if the environment or
    /// the desktop names a proxy whose address cannot be read. On Windows a script may have to be asked first, which
    /// ends at `deadline`.
    pub(crate) fn route(&self, server: &Server, deadline: &Deadline, log: &Log) -> Result<Route, Error> {
        // A loopback address means this machine. For a proxy elsewhere it would mean the proxy's machine, which would
        // get the token.
        if server.host.is_loopback() {
            return Ok(Route::direct("the server is this machine"));
        }
        match self {
            Self::Direct => Ok(Route::direct("none is wanted")),
            Self::Proxy(proxy) => Ok(Route::through(proxy.clone())),
            Self::Environment => match environment::route(server)? {
                Some(route) => Ok(route),
                None => desktop_proxy()?.route(server, deadline, log),
            },
        }
    }
}

/// No settings: only those of Windows are read. On Linux each desktop has its own settings, which programs outside of
/// it ignore; on macOS reading them would need the system's network framework.
#[cfg(not(windows))]
fn desktop_proxy() -> Result<DesktopProxy, Error> {
    Ok(DesktopProxy::default())
}
