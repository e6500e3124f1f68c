//! DLLs of Windows' own, loaded when they are needed, from its system folder alone. Installers run from the folder of
//! downloads, and a DLL of the same name there could be anybody's. Only those DLLs that Windows never looks for elsewhere
//! ("KnownDLLs") are safe to link with.

use std::ffi::CStr;
use std::io;
use std::ptr;

use windows_sys::Win32::Foundation::{FARPROC, HMODULE};
use windows_sys::Win32::System::LibraryLoader::{GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExA};

/// A DLL of Windows' own. It stays in memory until the process ends.
#[derive(Clone, Copy)]
pub(crate) struct SystemDll(HMODULE);

impl SystemDll {
    /// Loads the DLL of this name, or finds it loaded. Its own DLLs come from the system folder too.
    pub(crate) fn load(name: &CStr) -> io::Result<Self> {
        // SAFETY: the name ends in NUL, and a DLL of the system's may be loaded at any time.
        let module = unsafe { LoadLibraryExA(name.as_ptr().cast(), ptr::null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
        if module.is_null() { Err(io::Error::last_os_error()) } else { Ok(Self(module)) }
    }

    /// The function of this name.
    ///
    /// # Safety
    ///
    /// `F` is the type of a pointer to it.
    pub(crate) unsafe fn function<F: Copy>(self, name: &CStr) -> io::Result<F> {
        const { assert!(size_of::<F>() == size_of::<FARPROC>()) };
        // SAFETY: the DLL is loaded, and the name ends in NUL.
        let function = unsafe { GetProcAddress(self.0, name.as_ptr().cast()) };
        if function.is_none() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the caller promises that this is its type, of which there are as many bytes.
        Ok(unsafe { std::mem::transmute_copy(&function) })
    }
}
