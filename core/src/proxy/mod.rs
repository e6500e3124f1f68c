//! Which ways lead to the server: directly, or through which proxies. `docs/proxies.md` has the rules.
//!
//! In come the caller's [`ProxySetting`] and the server's address. Out goes a [`Route`]: no proxy, or a [`Proxy`] with
//! its address and credentials, which `transport/` connects through; where a script chooses, perhaps several of these. A
//! setting that cannot be read is an error: connecting directly instead could send the request where it must not go.
//!
//! - `setting` decides which source counts: the caller, otherwise the environment, otherwise the desktop.
//! - `route` is what comes out, and adds to an error that a proxy may be missing.
//! - `environment` reads the environment variables, `https_proxy` and its like as well as `NO_PROXY`.
//! - `no_proxy` tells whether the list in `NO_PROXY` names the server.
//! - `desktop` tells what the desktop's settings mean, in the form that Windows gives them; `windows` reads them from
//!   the registry.
//! - `automatic` asks the script that the desktop's settings name, or that the network has.
//! - `address` reads a proxy's address.

mod address;
mod automatic;
mod desktop;
mod environment;
pub(crate) mod no_proxy;
mod route;
mod setting;
#[cfg(windows)]
mod windows;

pub(crate) use address::{Credentials, Protocol, Proxy, Source, secrets_in};
pub(crate) use route::Route;
pub(crate) use setting::ProxySetting;
