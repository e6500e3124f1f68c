//! A DLL for the test of `pin`.

/// Keeps this DLL in memory.
#[unsafe(no_mangle)]
pub extern "C" fn keep() {
    qls_precheck_os::pin::pin();
}
