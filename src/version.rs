//! The versions of the library and of its interface.

use std::ffi::c_char;

use crate::guard::guard;

/// The version of the interface that this header describes. It goes up by one with each release that adds a
/// function, a status or a member of the JSON. Nothing is ever taken away.
pub const QLS_ABI_VERSION: u32 = 2;

/// The version of the library, such as "0.1.0".
///
/// Returns the version, never NULL; valid for ever.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    guard(c"".as_ptr(), || VERSION.as_ptr().cast())
}

/// The QLS_ABI_VERSION of the library that is loaded. If it is less than the QLS_ABI_VERSION that a program was
/// compiled with, functions or JSON members that the program needs may be missing.
///
/// Returns the version; 0 only after a defect of the library.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_abi_version() -> u32 {
    guard(0, || QLS_ABI_VERSION)
}
