//! Keeps this library in memory once it was used.
//!
//! A name look-up that hangs leaves a thread in here that outlives its call: unloading would take the code away
//! from under it. Elsewhere than on Windows the linker's `-z nodelete` sees to it (build.rs), or the system itself.

#[cfg(not(windows))]
pub(crate) fn pin() {}

#[cfg(windows)]
pub(crate) fn pin() {
    use std::ffi::c_void;

    const PIN: u32 = 1;
    const FROM_ADDRESS: u32 = 4;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
    }
    let mut module = std::ptr::null_mut();
    // SAFETY: the address is one in this module, and `module` is a place for a handle. Should it fail, the
    // library can be unloaded as any other can.
    unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, pin as *const c_void, &raw mut module) };
}
