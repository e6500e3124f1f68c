//! A DLL that pins itself stays, however often it is freed. It is built by `cargo build --examples`; for MSVC none can be
//! linked without Microsoft's tools.
#![cfg(all(windows, target_env = "gnu"))]

use std::env;

use windows_sys::Win32::Foundation::{FreeLibrary, HMODULE};
use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleA, GetProcAddress, LoadLibraryA};

const NAME: &[u8] = b"pinned.dll\0";

fn is_loaded() -> bool {
    // SAFETY: the name ends in NUL.
    !unsafe { GetModuleHandleA(NAME.as_ptr()) }.is_null()
}

fn load() -> HMODULE {
    let program = env::current_exe().expect("this program");
    let folder = program.ancestors().nth(2).expect("the folder of what was built");
    let path = format!("{}\0", folder.join("examples/pinned.dll").display());
    // SAFETY: the path ends in NUL, and what the DLL does when it is loaded needs nothing.
    let module = unsafe { LoadLibraryA(path.as_ptr()) };
    assert!(!module.is_null(), "{path}");
    module
}

#[test]
fn what_is_pinned_stays() {
    let module = load();
    assert!(is_loaded());
    // SAFETY: nothing of the DLL is used any more.
    unsafe { FreeLibrary(module) };
    assert!(!is_loaded());

    let module = load();
    // SAFETY: the name ends in NUL.
    let keep = unsafe { GetProcAddress(module, c"keep".as_ptr().cast()) }.expect("the function");
    // SAFETY: the DLL is loaded; what the function returns is not looked at.
    unsafe { keep() };
    for _ in 0..3 {
        // SAFETY: the DLL stays.
        unsafe { FreeLibrary(module) };
    }
    assert!(is_loaded());
}
