//! What only the system's own C interfaces can do, behind safe functions: one file a subject. The core, which forbids
//! unsafe code, and the C interface call it.

pub mod addresses;
pub mod autoproxy;
pub mod pin;
#[cfg(windows)]
mod system_dll;
#[cfg(windows)]
mod winhttp;
