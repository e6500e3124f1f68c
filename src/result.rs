//! `qls_result`: what an operation returns, and how C reads it.

use std::ffi::{CString, c_char};
use std::ptr;

use once_cell::race::OnceBox;
use qls_precheck_core::{Document, Outcome, Verdict};

use crate::guard::guard;
use crate::ptr::{c_string, required_text, shared, write};
use crate::status::{qls_status, qls_verdict};

/// How an operation ended, with everything that the server said. A result never changes, and many threads may read it
/// at once. Strings that come from it live until qls_result_free().
pub struct qls_result {
    /// Empty only in [`BROKEN`], until somebody reads it.
    kept: OnceBox<Kept>,
}

/// The result that an operation returns if it panics: its status is QLS_INTERNAL.
static BROKEN: qls_result = qls_result { kept: OnceBox::new() };

/// The outcome and the texts that were made from it. Reading them takes no lock, so a process may fork at any moment
/// and the child can read on. No text ever moves, so pointers that C has stay valid.
struct Kept {
    outcome: Outcome,
    message: CString,
    server_code: Option<CString>,
}

impl Kept {
    fn new(outcome: Outcome) -> Self {
        Self { message: c_string(outcome.message()), server_code: outcome.server_code().map(c_string), outcome }
    }

    fn json(&self) -> &Document {
        self.outcome.document()
    }

    fn value(&self, pointer: &str) -> Option<*const c_char> {
        match pointer {
            "" => Some(self.json().text_with_nul().as_ptr().cast()),
            _ => Some(self.json().value(pointer)?.as_ptr()),
        }
    }
}

/// The ids of a component that does not exist.
const NO_IDS: [*const c_char; 2] = [ptr::null(); 2];

impl qls_result {
    pub(crate) fn broken() -> *mut qls_result {
        ptr::from_ref(&BROKEN).cast_mut()
    }

    pub(crate) fn boxed(outcome: Outcome) -> *mut qls_result {
        Box::into_raw(Box::new(qls_result { kept: OnceBox::with_value(Box::new(Kept::new(outcome))) }))
    }
}

/// What a result holds; None for NULL.
unsafe fn kept<'a>(result: *const qls_result) -> Option<&'a Kept> {
    // SAFETY: the header's rules for a result.
    let result = unsafe { shared(result) }?;
    Some(result.kept.get_or_init(|| Box::new(Kept::new(Outcome::broken()))))
}

/// What a result holds, and the string that it is asked about; None if either is NULL, or the string is not UTF-8.
unsafe fn kept_and_text<'a>(result: *const qls_result, string: *const c_char) -> Option<(&'a Kept, &'a str)> {
    // SAFETY: the header's rules for a result and for strings.
    unsafe { Some((kept(result)?, required_text(string, "").ok()?)) }
}

/// How the operation ended.
///
/// result   NULL gives QLS_INVALID_ARGUMENT.
///
/// Returns one of the statuses that qls_check(), qls_list() and qls_diagnose() list. QLS_OK does not mean "allowed":
/// look at the verdicts.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_status(result: *const qls_result) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.map_or(qls_status::QLS_INVALID_ARGUMENT, |kept| qls_status::of(kept.outcome.status()))
    })
}

/// The HTTP status of the server's reply, even if the rest of the reply could not be used.
///
/// result   NULL gives 0.
///
/// Returns the status, such as 200; 0 if no reply came, or none that begins as valid HTTP.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_http_status(result: *const qls_result) -> i32 {
    guard(0, || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.map_or(0, |kept| kept.outcome.http_status().into())
    })
}

/// What happened, for a person. After qls_diagnose() the message is the conclusion. Otherwise, on success the message
/// is the server's sentence. Otherwise it says what went wrong, to what, why, and what can be done. It is one paragraph
/// of at most 2000 bytes without control characters, in English, but may quote the server, and the system in the user's
/// language. Escape it where markup is rendered. It never contains a token of 8 characters or more.
///
/// result   NULL gives "".
///
/// Returns the message, never NULL; owned by the result.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_message(result: *const qls_result) -> *const c_char {
    guard(c"".as_ptr(), || {
        // SAFETY: the header's rules for a result.
        unsafe { kept(result) }.map_or(c"".as_ptr(), |kept| kept.message.as_ptr())
    })
}

/// The server's own error code.
///
/// result   NULL gives NULL.
///
/// Returns the code, such as "1234", or NULL if the reply had none or was a success; owned by the result.
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
/// Returns the JSON, never NULL; owned by the result; the same pointer every time.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_json(result: *const qls_result, len: *mut usize) -> *const c_char {
    let (json, length) = guard((c"".as_ptr(), 0), || {
        // SAFETY: the header's rules for a result.
        let json = unsafe { kept(result) }.map_or("\0", |kept| kept.json().text_with_nul());
        (json.as_ptr().cast(), json.len() - 1)
    });
    // SAFETY: the header's rules for out-parameters.
    unsafe { write(len, length) };
    json
}

/// How many components the result has: one for each consumer that was asked for, whatever the status. There are none
/// after qls_list() and qls_diagnose(), and none if the consumers were not read: they could not be, or the call ended
/// before (a refused setting, a canceled client, a token that is not UTF-8).
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
/// i              counts from 0; out of range gives QLS_VERDICT_UNKNOWN.
/// component_id   receives the installer's id, owned by the result, or NULL if there is no such component; may be NULL.
/// consumer_id    receives the consumer's id, owned by the result, or NULL if there is no such component; may be NULL.
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
    let (verdict, [component, consumer]) = guard((qls_verdict::QLS_VERDICT_UNKNOWN, NO_IDS), || {
        // SAFETY: the header's rules for a result.
        let Some(components) = unsafe { kept(result) }.map(|kept| kept.outcome.components()) else {
            return (qls_verdict::QLS_VERDICT_UNKNOWN, NO_IDS);
        };
        let ids = components.ids_with_nul(i).map_or(NO_IDS, |ids| ids.map(|id| id.as_ptr().cast()));
        (qls_verdict::of(components.get(i).map_or(Verdict::Unknown, |component| component.verdict)), ids)
    });
    // SAFETY: the header's rules for out-parameters.
    unsafe {
        write(component_id, component);
        write(consumer_id, consumer);
    }
    verdict
}

/// Whether a component may be installed. It may if the status is QLS_OK, the component was asked for, and the server
/// allowed every consumer that was asked for under this id.
///
/// result         NULL gives 0.
/// component_id   the installer's id; NULL gives 0, and so does text that is not UTF-8.
///
/// Returns 1 or 0.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_is_allowed(result: *const qls_result, component_id: *const c_char) -> i32 {
    guard(0, || {
        // SAFETY: the header's rules for a result and for strings.
        unsafe { kept_and_text(result, component_id) }.map_or(0, |(kept, id)| kept.outcome.is_allowed(id).into())
    })
}

/// How many elements an array in the result's JSON has, or how many members an object has.
///
/// result         NULL gives 0.
/// json_pointer   an RFC 6901 pointer, such as "/licenses"; NULL gives 0.
///
/// Returns the number; 0 if there is nothing at this place, or a value of another kind. Calling it once for each
/// element of an array takes no longer than walking through the array a few times.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_count(result: *const qls_result, json_pointer: *const c_char) -> usize {
    guard(0, || {
        // SAFETY: the header's rules for a result and for strings.
        unsafe { kept_and_text(result, json_pointer) }.map_or(0, |(kept, pointer)| kept.json().count(pointer))
    })
}

/// A value in the result's JSON. A string comes decoded; but one with U+0000 or half a surrogate pair, which no C
/// string in UTF-8 can hold, comes as JSON text. So does any other value: "true", "100", "{...}", and "null" for null,
/// such as the value of "/cause" after a success.
///
/// result         NULL gives NULL.
/// json_pointer   an RFC 6901 pointer, such as "/licenses/0/license_info/license_id"; NULL gives NULL.
///
/// Returns the text, or NULL if there is nothing at this place, or not enough memory for the text; owned by the result;
/// the same pointer every time. A loop over all elements of an array takes as long as walking through it a few times.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_get(result: *const qls_result, json_pointer: *const c_char) -> *const c_char {
    guard(ptr::null(), || {
        // SAFETY: the header's rules for a result and for strings.
        let found = unsafe { kept_and_text(result, json_pointer) }.and_then(|(kept, pointer)| kept.value(pointer));
        found.unwrap_or(ptr::null())
    })
}

/// Frees a result and every string that came from it.
///
/// result   may be NULL: nothing happens. No other call may be using it.
///
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_result_free(result: *mut qls_result) {
    guard((), || {
        if !result.is_null() && !ptr::eq(result, &BROKEN) {
            // SAFETY: made by `Box::into_raw` in `boxed`, and the header allows to free it once.
            drop(unsafe { Box::from_raw(result) });
        }
    });
}
