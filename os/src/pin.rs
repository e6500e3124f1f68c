//! Keeps the library that this code is part of in memory, even if the program unloads it.
//!
//! A name look-up that hangs leaves a thread behind that outlives its call. Unloading the library would take away the
//! code that this thread runs. On Windows the library pins itself; elsewhere the linker's `-z nodelete` does it
//! (`build.rs` of the root), or the system itself.

/// Does nothing: the library stays in memory anyway.
#[cfg(not(windows))]
pub fn pin() {}

/// Keeps the library in memory until the process ends.
#[cfg(windows)]
pub fn pin() {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };

    let flags = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
    let mut module = std::ptr::null_mut();
    // SAFETY: with these flags the second argument is an address in a module, here in this one, and not a name; `module`
    // is a place for a handle. If the call fails, the library is not pinned, and can be unloaded as before.
    unsafe { GetModuleHandleExW(flags, pin as *const u16, &raw mut module) };
}
