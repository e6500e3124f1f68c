//! The only functions that follow pointers from C. Each checks for NULL.

use std::ffi::{CStr, CString, c_char};

use qls_precheck_core::{Cause, Error, Status};

/// Borrows an object of this library; None for NULL.
pub(crate) unsafe fn shared<'a, T>(pointer: *const T) -> Option<&'a T> {
    // SAFETY: the header asks for NULL or an object of this library that is not freed during the call.
    unsafe { pointer.as_ref() }
}

/// Borrows an object of this library for changing it; None for NULL.
pub(crate) unsafe fn exclusive<'a, T>(pointer: *mut T) -> Option<&'a mut T> {
    // SAFETY: as for `shared`; and the header asks that no other call uses the object during a call that takes it
    // without const.
    unsafe { pointer.as_mut() }
}

/// Borrows a string; None for NULL. Fails with [`Status::InvalidArgument`] if it is not UTF-8; the message calls the
/// parameter by its `name`.
pub(crate) unsafe fn text<'a>(pointer: *const c_char, name: &str) -> Result<Option<&'a str>, Error> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the header asks for NULL or a NUL-terminated string that does not change during the call.
    let text = unsafe { CStr::from_ptr(pointer) };
    text.to_str().map(Some).map_err(|error| {
        let message = format!("the argument {name} is not UTF-8: {error}");
        Error::new(Status::InvalidArgument, Cause::NotUtf8, message)
    })
}

/// Borrows a string that must not be NULL. Fails with [`Status::InvalidArgument`] if it is, or is not UTF-8.
pub(crate) unsafe fn required_text<'a>(pointer: *const c_char, name: &str) -> Result<&'a str, Error> {
    // SAFETY: as for `text`.
    unsafe { text(pointer, name) }?
        .ok_or_else(|| Error::new(Status::InvalidArgument, Cause::NullArgument, format!("the argument {name} is NULL")))
}

/// Sets an out-parameter; NULL is allowed.
pub(crate) unsafe fn write<T>(pointer: *mut T, value: T) {
    if !pointer.is_null() {
        // SAFETY: the header asks for NULL or a place for a value of this type.
        unsafe { pointer.write(value) };
    }
}

/// Makes a C string of `text`. The core hands out no U+0000; if it ever does, the C string ends in front of it.
pub(crate) fn c_string(text: &str) -> CString {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).unwrap_or_default()
}
