//! The few ways in which pointers from C are followed. Each checks for NULL.

use std::ffi::{CStr, c_char};

use qls_precheck_core::{Cause, Error, Status};
use zeroize::Zeroize;

/// Room for what a request puts around the caller's text, so that it is copied once.
const HEADROOM: usize = 64;

/// Borrows an object of this library; None for NULL.
pub(crate) unsafe fn shared<'a, T>(pointer: *const T) -> Option<&'a T> {
    // SAFETY: the header asks for NULL or an object of this library that is not freed during the call.
    unsafe { pointer.as_ref() }
}

/// Borrows an object of this library for changing it; None for NULL.
pub(crate) unsafe fn exclusive<'a, T>(pointer: *mut T) -> Option<&'a mut T> {
    // SAFETY: as for `shared`, and the header asks that nobody else uses it during a call without const.
    unsafe { pointer.as_mut() }
}

/// Copies a string; None for NULL. `name` is the parameter's, for the message.
pub(crate) unsafe fn text(pointer: *const c_char, name: &str) -> Result<Option<String>, Error> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the header asks for NULL or a NUL-terminated string that does not change during the call.
    let bytes = unsafe { CStr::from_ptr(pointer) }.to_bytes();
    let mut copy = Vec::with_capacity(bytes.len() + HEADROOM);
    copy.extend_from_slice(bytes);
    match String::from_utf8(copy) {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            let message = format!("the argument {name} is not UTF-8: {}", error.utf8_error());
            // It may be a token or hold a password.
            error.into_bytes().zeroize();
            Err(Error::new(Status::InvalidArgument, Cause::NotUtf8, message))
        }
    }
}

/// Copies a string that must not be NULL.
pub(crate) unsafe fn required_text(pointer: *const c_char, name: &str) -> Result<String, Error> {
    // SAFETY: as for `text`.
    unsafe { text(pointer, name) }?
        .ok_or_else(|| Error::new(Status::InvalidArgument, Cause::NullArgument, format!("the argument {name} is NULL")))
}

/// What an export gives should it panic, once an out-parameter has the value of that case: nothing is left unset.
pub(crate) unsafe fn after<T, R>(pointer: *mut T, value: T, otherwise: R) -> R {
    // SAFETY: as for `write`.
    unsafe { write(pointer, value) };
    otherwise
}

/// Sets an out-parameter; NULL is allowed.
pub(crate) unsafe fn write<T>(pointer: *mut T, value: T) {
    if !pointer.is_null() {
        // SAFETY: the header asks for NULL or a place for a value of this type.
        unsafe { pointer.write(value) };
    }
}
