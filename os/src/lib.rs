//! What only the system's own C interfaces can do, behind safe functions: one file a subject. The core, which forbids
//! unsafe code, and the C interface call it.

pub mod addresses;
pub mod autoproxy;
#[cfg(target_os = "linux")]
mod gssapi;
pub mod negotiate;
pub mod pin;
#[cfg(windows)]
mod sspi;
#[cfg(windows)]
mod system_dll;
#[cfg(windows)]
mod wide;
#[cfg(windows)]
mod winhttp;
