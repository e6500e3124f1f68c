//! `qls_client`: an address, a policy, a kept connection, and the two operations.

use std::ffi::c_char;
use std::ptr;

use qls_precheck_core::{Cause, Client, DEFAULT_SERVER, Error, Operation, Outcome, Status};

use crate::guard::guard;
use crate::ptr::{required_text, shared, text};
use crate::result::qls_result;
use crate::settings::SETTINGS;

/// A server's address, the rules for reaching it, and the connection kept for the next operation.
///
/// qls_check() and qls_list() may use one client from many threads at once. Setters and qls_client_free() need
/// it alone.
pub struct qls_client {
    /// None in the static client only.
    pub(crate) inner: Option<Client>,
    /// Settings that were refused and not yet set again: their error is the outcome of every operation.
    pub(crate) refused: [Option<Error>; SETTINGS],
}

/// What [`qls_client_new`] returns should making a client panic.
pub(crate) static BROKEN: qls_client = qls_client { inner: None, refused: [const { None }; SETTINGS] };

pub(crate) fn internal() -> Error {
    Error::new(Status::Internal, Cause::Internal, "the licence check failed because of a defect in its library")
}

/// Makes a client for https://qls.qt.io with the defaults that each setter names. Reads no file and opens no
/// connection.
///
/// Returns the client, to be given to qls_client_free(); never NULL. Should making it fail, every operation on
/// what is returned ends QLS_INTERNAL.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_client_new() -> *mut qls_client {
    guard(ptr::from_ref(&BROKEN).cast_mut(), || {
        let Ok(inner) = Client::new() else { return ptr::from_ref(&BROKEN).cast_mut() };
        Box::into_raw(Box::new(qls_client { inner: Some(inner), refused: [const { None }; SETTINGS] }))
    })
}

/// Frees a client and closes its connection. Results stay valid.
///
/// client   may be NULL: nothing happens. No other call may be using it.
///
/// Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_free(client: *mut qls_client) {
    guard((), || {
        if !client.is_null() && !ptr::eq(client, &BROKEN) {
            // SAFETY: made by `Box::into_raw` in `qls_client_new`, and the header allows to free it once.
            drop(unsafe { Box::from_raw(client) });
        }
    });
}

/// Ends the operations that use a client, and all its later ones, with QLS_CANCELLED, within 200 ms; one that is
/// just done may still return its answer. This cannot be taken back: make a new client to go on.
///
/// client   may be NULL: nothing happens.
///
/// Any thread, also while operations use the client, but not while a setter or qls_client_free() does; also from a
/// signal handler and from the log callback. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_cancel(client: *const qls_client) {
    // A signal handler may run before any other call of the process, or in the middle of its first one, which the guard
    // would wait for. With a client, that one is over.
    if client.is_null() {
        return;
    }
    guard((), || {
        // SAFETY: the header's rules for a client.
        if let Some(inner) = unsafe { shared(client) }.and_then(|client| client.inner.as_ref()) {
            inner.cancel();
        }
    });
}

/// Asks which consumers may be installed. Ask once for all of them: servers limit the number of requests.
///
/// client           NULL: one with the defaults, for this call alone.
/// token            the user's JWT; copied at once. NULL: the signed-in Qt account's, from the environment variable
///                  QT_INSTALLER_JWT_TOKEN or from Qt's qtaccount.ini; it is sent to the Qt Company's servers
///                  and to loopback addresses only.
/// consumers_json   a JSON array of objects, or an object whose member "consumers" is that array and whose
///                  other members join the request. Each consumer has non-empty strings "consumer_id" and
///                  "component_id"; see docs/result-json.md. At most 64 MiB. NULL is refused. An empty array
///                  ends QLS_OK without a request.
///
/// Returns a result, to be given to qls_result_free(); never NULL. Its status is one of
///   QLS_OK,
///   QLS_INVALID_ARGUMENT, QLS_INVALID_CONSUMERS, QLS_INVALID_TOKEN, QLS_TOKEN_NOT_FOUND, QLS_CONFIGURATION,
///   QLS_RESOLVE_FAILED, QLS_CONNECT_FAILED, QLS_PROXY_FAILED, QLS_TLS_UNTRUSTED, QLS_TLS_FAILED,
///   QLS_TIMEOUT, QLS_CANCELLED, QLS_CONNECTION_LOST,
///   QLS_REJECTED, QLS_BAD_REQUEST, QLS_UNAUTHORIZED, QLS_NOT_FOUND, QLS_RATE_LIMITED, QLS_SERVER_ERROR,
///   QLS_UNEXPECTED_REPLY, QLS_REPLY_TOO_LARGE,
///   QLS_INTERNAL.
/// Any thread, also at the same time with the same client. Blocks, at most for the client's timeout.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_check(
    client: *const qls_client,
    token: *const c_char,
    consumers_json: *const c_char,
) -> *mut qls_result {
    guard(qls_result::broken(), || {
        // SAFETY: the header's rules for a client and for strings.
        let outcome = unsafe {
            operate(client, Operation::Check, token, |client, token| {
                Ok(client.check(token, required_text(consumers_json, "consumers_json")?))
            })
        };
        qls_result::boxed(outcome)
    })
}

/// Asks which licences the user has.
///
/// client       NULL: one with the defaults, for this call alone.
/// token        as for qls_check().
/// extra_json   a JSON object whose members join the request, such as {"user_id": "..."}; "operation" is
///              refused. May be NULL.
///
/// Returns a result, to be given to qls_result_free(); never NULL. Its status is one of
///   QLS_OK,
///   QLS_INVALID_ARGUMENT, QLS_INVALID_TOKEN, QLS_TOKEN_NOT_FOUND, QLS_CONFIGURATION,
///   QLS_RESOLVE_FAILED, QLS_CONNECT_FAILED, QLS_PROXY_FAILED, QLS_TLS_UNTRUSTED, QLS_TLS_FAILED,
///   QLS_TIMEOUT, QLS_CANCELLED, QLS_CONNECTION_LOST,
///   QLS_REJECTED, QLS_BAD_REQUEST, QLS_UNAUTHORIZED, QLS_NOT_FOUND, QLS_RATE_LIMITED, QLS_SERVER_ERROR,
///   QLS_UNEXPECTED_REPLY, QLS_REPLY_TOO_LARGE,
///   QLS_INTERNAL.
/// Any thread, also at the same time with the same client. Blocks, at most for the client's timeout.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_list(
    client: *const qls_client,
    token: *const c_char,
    extra_json: *const c_char,
) -> *mut qls_result {
    guard(qls_result::broken(), || {
        // SAFETY: the header's rules for a client and for strings.
        let outcome = unsafe {
            operate(client, Operation::List, token, |client, token| {
                Ok(client.list(token, text(extra_json, "extra_json")?.as_deref()))
            })
        };
        qls_result::boxed(outcome)
    })
}

/// One operation, unless the client or an argument forbids it.
unsafe fn operate(
    client: *const qls_client,
    operation: Operation,
    token: *const c_char,
    ask: impl FnOnce(&Client, Option<&str>) -> Result<Outcome, Error>,
) -> Outcome {
    // SAFETY: the header's rules for a client.
    let given = unsafe { shared(client) };
    let default;
    let inner = match given {
        Some(client) => match &client.inner {
            Some(inner) => inner,
            None => return Outcome::failed(operation, DEFAULT_SERVER, internal()),
        },
        None => match Client::new() {
            Ok(client) => {
                default = client;
                &default
            }
            Err(error) => return Outcome::failed(operation, DEFAULT_SERVER, error),
        },
    };
    let refusal = given.and_then(|client| client.refused.iter().flatten().next());
    let ready = refusal.map_or(Ok(()), |refusal| Err(refusal.clone()));
    // SAFETY: the header's rules for strings.
    let token = ready.and_then(|()| unsafe { secret(token) });
    token.and_then(|token| ask(inner, token.as_ref().map(|token| token.as_str()))).unwrap_or_else(|error| {
        // Cancelling is final, whatever else is wrong.
        let error = inner.not_cancelled().err().unwrap_or(error);
        Outcome::failed(operation, inner.server(), error)
    })
}

/// Copies a token; the copy is overwritten when dropped.
unsafe fn secret(token: *const c_char) -> Result<Option<zeroize::Zeroizing<String>>, Error> {
    // SAFETY: as for `text`.
    match unsafe { text(token, "token") } {
        Ok(token) => Ok(token.map(zeroize::Zeroizing::new)),
        // To a caller that is a broken token, whatever the encoding says.
        Err(_) => {
            let message = "the token has bytes that are not ASCII; was it read from the right file?";
            Err(Error::new(Status::InvalidToken, Cause::TokenInvalidCharacter, message))
        }
    }
}
