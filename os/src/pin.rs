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
    use std::ffi::c_void;

    const PIN: u32 = 1;
    const FROM_ADDRESS: u32 = 4;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
    }
    let mut module = std::ptr::null_mut();
    // SAFETY: the address is one in this module, and `module` is a place for a handle. If the call fails, the library
    // is not pinned, and can be unloaded as before.
    unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, pin as *const c_void, &raw mut module) };
}
