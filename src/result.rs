//! `qls_result`: the result buffer.

use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use once_cell::sync::OnceCell;
use qls_precheck_core::{Outcome, Verdict};

use crate::guard::guard;
use crate::ptr::{after, shared, text, write};
use crate::status::{qls_status, qls_verdict};

/// How an operation ended, with everything the server said. Never changes; many threads may read one at once.
/// Strings returned from it live until qls_result_free().
pub struct qls_result {
    /// None in the static result only.
    kept: Option<Kept>,
}

struct Kept {
    outcome: Outcome,
    message: CString,
    server_code: Option<CString>,
    json: OnceCell<CString>,
    /// By pointer. A `CString` stays where it is when the map grows, so what was returned stays valid.
    texts: Mutex<HashMap<String, CString>>,
}

/// What an operation returns should making its result panic.
static BROKEN: qls_result = qls_result { kept: None };

const BROKEN_MESSAGE: &CStr = c"the licence check failed because of a defect in its library";
const BROKEN_JSON: &CStr = c"{\"operation\":null,\"status\":\"QLS_INTERNAL\",\"status_code\":9000,\"http_status\":null,\
    \"server_code\":null,\"message\":\"the licence check failed because of a defect in its library\",\"cause\":\"internal\",\
    \"server\":null,\"token_source\":null,\"components\":[],\"licenses\":[]}";

/// A value in [`BROKEN_JSON`], as qls_result_get() gives it.
fn broken_value(pointer: &str) -> Option<&'static CStr> {
    Some(match pointer {
        "" => BROKEN_JSON,
        "/status" => c"QLS_INTERNAL",
        "/status_code" => c"9000",
        "/message" => BROKEN_MESSAGE,
        "/cause" => c"internal",
        "/components" | "/licenses" => c"[]",
        "/operation" | "/http_status" | "/server_code" | "/server" | "/token_source" => c"null",
        _ => return None,
    })
}

impl qls_result {
    pub(crate) fn broken() -> *mut qls_result {
        ptr::from_ref(&BROKEN).cast_mut()
    }

    pub(crate) fn boxed(outcome: Outcome) -> *mut qls_result {
        let message = c_string(outcome.message());
        let server_code = outcome.server_code().map(c_string);
        let kept = Kept { outcome, message, server_code, json: OnceCell::new(), texts: Mutex::default() };
        Box::into_raw(Box::new(qls_result { kept: Some(kept) }))
    }
}

/// The core hands out no U+0000; should it, the text ends there.
fn c_string(text: &str) -> CString {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).unwrap_or_default()
}

/// What a result holds; None for NULL and for the static one.
unsafe fn kept<'a>(result: *const qls_result) -> Option<&'a Kept> {
    // SAFETY: the header's rules for a result.
    unsafe { shared(result) }?.kept.as_ref()
}

/// How the operation ended.
///
/// result   NULL gives QLS_INVALID_ARGUMENT.
///
/// Returns any status that qls_check() and qls_list() list. QLS_OK does not mean "allowed".
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_status(result: *const qls_result) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a result.
        match unsafe { kept(result) } {
            Some(kept) => qls_status::of(kept.outcome.status()),
            None if result.is_null() => qls_status::QLS_INVALID_ARGUMENT,
            None => qls_status::QLS_INTERNAL,
        }
    })
}

/// The HTTP status of the server's reply, also where the rest of the reply could not be used.
///
/// result   NULL gives 0.
///
/// Returns the status, such as 200; 0 where no reply came, or none whose head is valid HTTP.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_http_status(result: *const qls_result) -> i32 {
    guard(0, || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.map_or(0, |kept| kept.outcome.http_status().into())
    })
}

/// What happened, for a person: on success the server's sentence, otherwise what went wrong, to what, why, and
/// what can be done. English but for what it quotes; one paragraph of at most 2000 bytes without control
/// characters. It may quote the server, so escape it where markup is rendered, and the system in its user's
/// language. It never contains the token (of 8 characters or more).
///
/// result   NULL gives "".
///
/// Returns the message; never NULL; owned by the result.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_message(result: *const qls_result) -> *const c_char {
    guard(c"".as_ptr(), || {
        // SAFETY: the header's rules for a result.
        match unsafe { kept(result) } {
            Some(kept) => kept.message.as_ptr(),
            None if result.is_null() => c"".as_ptr(),
            None => BROKEN_MESSAGE.as_ptr(),
        }
    })
}

/// The server's own error code.
///
/// result   NULL gives NULL.
///
/// Returns the code, such as "1234", or NULL where the reply had none or was a success; owned by the result.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_server_code(result: *const qls_result) -> *const c_char {
    guard(ptr::null(), || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.and_then(|kept| kept.server_code.as_ref()).map_or(ptr::null(), |code| code.as_ptr())
    })
}

/// The whole outcome as one JSON object; docs/result-json.md describes it.
///
/// result   NULL gives "".
/// len      receives the length in bytes without the NUL; may be NULL.
///
/// Returns the JSON; never NULL; owned by the result; the same pointer every time.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_json(result: *const qls_result, len: *mut usize) -> *const c_char {
    // SAFETY: the header's rules for out-parameters.
    guard(unsafe { after(len, 0, c"".as_ptr()) }, || {
        // SAFETY: the header's rules for a result.
        let json = match unsafe { kept(result) } {
            Some(kept) => kept.json.get_or_init(|| c_string(&kept.outcome.to_json())),
            None if result.is_null() => c"",
            None => BROKEN_JSON,
        };
        // SAFETY: the header's rules for out-parameters.
        unsafe { write(len, json.count_bytes()) };
        json.as_ptr()
    })
}

/// How many components the result has: one per consumer that was asked for, whatever the status. None after
/// qls_list(), and where the consumers were not read: because they could not be, or because the call ended before
/// (a refused setting, a cancelled client, a token with bytes that are no text).
///
/// result   NULL gives 0.
///
/// Returns the number.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_component_count(result: *const qls_result) -> usize {
    guard(0, || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.map_or(0, |kept| kept.outcome.components().len())
    })
}

/// The verdict on one component, in the order of the request.
///
/// result         NULL gives QLS_VERDICT_UNKNOWN.
/// i              from 0; out of range gives QLS_VERDICT_UNKNOWN.
/// component_id   receives the installer's id, owned by the result, or NULL where there is no such component;
///                may be NULL.
/// consumer_id    receives the consumer's id likewise; may be NULL.
///
/// Returns the verdict.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_component(
    result: *const qls_result,
    i: usize,
    component_id: *mut *const c_char,
    consumer_id: *mut *const c_char,
) -> qls_verdict {
    const UNKNOWN: qls_verdict = qls_verdict::QLS_VERDICT_UNKNOWN;
    // SAFETY: the header's rules for out-parameters.
    guard(unsafe { after(component_id, ptr::null(), after(consumer_id, ptr::null(), UNKNOWN)) }, || {
        // SAFETY: the header's rules for a result.
        let components = unsafe { kept(result) }.map(|kept| kept.outcome.components());
        let ids = components.and_then(|components| components.c_ids(i));
        // SAFETY: the header's rules for out-parameters.
        unsafe {
            write(component_id, ids.map_or(ptr::null(), |ids| ids.0.as_ptr().cast()));
            write(consumer_id, ids.map_or(ptr::null(), |ids| ids.1.as_ptr().cast()));
        }
        let component = components.and_then(|components| components.get(i));
        qls_verdict::of(component.map_or(Verdict::Unknown, |component| component.verdict))
    })
}

/// Whether a component may be installed: the status is QLS_OK, the component was asked for, and the server
/// allowed every consumer that was asked for under this id.
///
/// result         NULL gives 0.
/// component_id   the installer's id; NULL gives 0.
///
/// Returns 1 or 0.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_is_allowed(result: *const qls_result, component_id: *const c_char) -> i32 {
    guard(0, || {
        // SAFETY: the header's rules for a result and for strings.
        let (kept, component_id) = unsafe { (kept(result), text(component_id, "component_id")) };
        match (kept, component_id) {
            (Some(kept), Ok(Some(component_id))) => kept.outcome.is_allowed(&component_id).into(),
            _ => 0,
        }
    })
}

/// How many elements an array in the result's JSON has, or members an object.
///
/// result         NULL gives 0.
/// json_pointer   an RFC 6901 pointer, such as "/licenses"; NULL gives 0.
///
/// Returns the number; 0 where nothing is, or something else.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_count(result: *const qls_result, json_pointer: *const c_char) -> usize {
    guard(0, || {
        // SAFETY: the header's rules for a result and for strings.
        let (kept, pointer) = unsafe { (kept(result), text(json_pointer, "json_pointer")) };
        match (kept, pointer) {
            (Some(kept), Ok(Some(pointer))) => kept.outcome.count(&pointer),
            _ => 0,
        }
    })
}

/// A value in the result's JSON. A string comes decoded (unless it holds U+0000 or half a surrogate pair: then
/// as JSON text), anything else as JSON text: "true", "100", "{...}", and "null" for null, such as "/cause" after a
/// success.
///
/// result         NULL gives NULL.
/// json_pointer   an RFC 6901 pointer, such as "/licenses/0/license_info/license_id"; NULL gives NULL.
///
/// Returns the text, or NULL where nothing is; owned by the result, and the same pointer every time.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_get(result: *const qls_result, json_pointer: *const c_char) -> *const c_char {
    guard(ptr::null(), || {
        // SAFETY: the header's rules for a result and for strings.
        let (kept, pointer) = unsafe { (kept(result), text(json_pointer, "json_pointer")) };
        let Ok(Some(pointer)) = pointer else { return ptr::null() };
        let Some(kept) = kept else {
            let value = if result.is_null() { None } else { broken_value(&pointer) };
            return value.map_or(ptr::null(), CStr::as_ptr);
        };
        let mut texts = kept.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.get(&pointer) {
            return text.as_ptr();
        }
        let Some(text) = kept.outcome.get(&pointer) else { return ptr::null() };
        texts.entry(pointer).or_insert(c_string(&text)).as_ptr()
    })
}

/// Frees a result and every string that came from it.
///
/// result   may be NULL: nothing happens. No other call may be using it.
///
/// Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_free(result: *mut qls_result) {
    guard((), || {
        if !result.is_null() && !ptr::eq(result, &BROKEN) {
            // SAFETY: made by `Box::into_raw` in `boxed`, and the header allows to free it once.
            drop(unsafe { Box::from_raw(result) });
        }
    });
}
