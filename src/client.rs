//! `qls_client`: making, canceling and freeing one, and the operations. `settings.rs` has its setters.

use std::ffi::c_char;
use std::ptr;

use qls_precheck_core::{Cause, Client, Error, Operation, Outcome, Status};

use crate::guard::guard;
use crate::ptr::{required_text, shared, text};
use crate::refusals::Refusals;
use crate::result::qls_result;

/// A server's address, the settings for reaching it, and the connection that is kept for the next operation. A setter
/// closes that connection.
///
/// qls_check(), qls_list() and qls_diagnose() may use one client on many threads at once. While a setter or
/// qls_client_free() runs, no other call may use the client.
pub struct qls_client {
    /// None only in [`BROKEN`].
    pub(crate) inner: Option<Client>,
    /// The settings that were refused: operations end with their errors.
    pub(crate) refusals: Refusals,
}

/// The client that [`qls_client_new`] returns if making a real one panics. Its operations end with QLS_INTERNAL.
pub(crate) static BROKEN: qls_client = qls_client { inner: None, refusals: Refusals::NONE };

/// Makes a client for https://qls.qt.io with the defaults that the setters name. Reads no file and opens no
/// connection.
///
/// Returns the client, never NULL; the caller frees it with qls_client_free(). If a defect of the library prevents
/// making one, the client that is returned can be used as any other, but its setters return QLS_INTERNAL and its
/// operations end with that status.
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub extern "C" fn qls_client_new() -> *mut qls_client {
    guard(ptr::from_ref(&BROKEN).cast_mut(), || {
        let client = qls_client { inner: Some(Client::new()), refusals: Refusals::NONE };
        Box::into_raw(Box::new(client))
    })
}

/// Frees a client and closes its connection. Results that came from it stay valid.
///
/// client   may be NULL: nothing happens. No other call may be using it.
///
/// Any thread. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_free(client: *mut qls_client) {
    guard((), || {
        if !client.is_null() && !ptr::eq(client, &BROKEN) {
            // SAFETY: made by `Box::into_raw` in `qls_client_new`, and the header allows to free it once.
            drop(unsafe { Box::from_raw(client) });
        }
    });
}

/// Cancels a client: its running operations end with QLS_CANCELLED within 200 ms, and all later ones end with it at
/// once. An operation that is nearly done may still return its answer. The first lines of this header say what is
/// not interrupted. A client stays canceled: make a new one to go on.
///
/// client   may be NULL: nothing happens.
///
/// Any thread, while operations use the client too, but not while a setter or qls_client_free() does. May also be
/// called from a signal handler and from the log callback. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_cancel(client: *const qls_client) {
    // The first guard of a process sets things up, and others wait for it. A signal handler must not wait: it may have
    // interrupted that very set-up. Whoever has a client has been through a guard; for NULL there is nothing to do.
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

/// Asks the server which consumers may be installed. Ask once for all of them: servers limit the number of requests.
///
/// client           NULL: a client with the defaults is made for this call.
/// token            the user's JWT, at most 32 KiB. NULL: that of the user as whom this program runs, from the
///                  environment variable QT_INSTALLER_JWT_TOKEN, or else from qtaccount.ini, where Qt's own programs
///                  keep it after this user has signed in to a Qt account. A token that was found so is sent to the
///                  Qt Company's servers and to loopback addresses only.
/// consumers_json   a JSON array of consumers, or an object whose member "consumers" is that array and whose other
///                  members are sent along. Each consumer is an object with the non-empty strings "consumer_id" and
///                  "component_id"; docs/result-json.md describes it. At most 64 MiB. NULL is refused. For an empty
///                  array nothing is sent, and the result is QLS_OK.
///
/// Returns a result, never NULL; the caller frees it with qls_result_free(). Its status is one of
///   QLS_OK,
///   QLS_INVALID_ARGUMENT, QLS_INVALID_CONSUMERS, QLS_INVALID_TOKEN, QLS_TOKEN_NOT_FOUND, QLS_CONFIGURATION,
///   QLS_RESOLVE_FAILED, QLS_CONNECT_FAILED, QLS_PROXY_FAILED, QLS_TLS_UNTRUSTED, QLS_TLS_FAILED,
///   QLS_TIMEOUT, QLS_CANCELLED, QLS_CONNECTION_LOST,
///   QLS_REJECTED, QLS_BAD_REQUEST, QLS_UNAUTHORIZED, QLS_NOT_FOUND, QLS_RATE_LIMITED, QLS_SERVER_ERROR,
///   QLS_UNEXPECTED_REPLY, QLS_REPLY_TOO_LARGE,
///   QLS_INTERNAL.
/// Any thread; several threads may use one client at once. Blocks, at most for the client's timeout.
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

/// Asks the server which licenses the user has.
///
/// client       NULL: a client with the defaults is made for this call.
/// token        the user's JWT, or NULL, as for qls_check().
/// extra_json   a JSON object whose members are sent along, such as {"user_id": "..."}; a member "operation" is
///              refused. At most 64 MiB. May be NULL.
///
/// Returns a result, never NULL; the caller frees it with qls_result_free(). Its status is one of
///   QLS_OK,
///   QLS_INVALID_ARGUMENT, QLS_INVALID_TOKEN, QLS_TOKEN_NOT_FOUND, QLS_CONFIGURATION,
///   QLS_RESOLVE_FAILED, QLS_CONNECT_FAILED, QLS_PROXY_FAILED, QLS_TLS_UNTRUSTED, QLS_TLS_FAILED,
///   QLS_TIMEOUT, QLS_CANCELLED, QLS_CONNECTION_LOST,
///   QLS_REJECTED, QLS_BAD_REQUEST, QLS_UNAUTHORIZED, QLS_NOT_FOUND, QLS_RATE_LIMITED, QLS_SERVER_ERROR,
///   QLS_UNEXPECTED_REPLY, QLS_REPLY_TOO_LARGE,
///   QLS_INTERNAL.
/// Any thread; several threads may use one client at once. Blocks, at most for the client's timeout.
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
                Ok(client.list(token, text(extra_json, "extra_json")?))
            })
        };
        qls_result::boxed(outcome)
    })
}

/// Finds out what hinders qls_check() and qls_list(): asks for the licenses once, over a new connection, and tells every
/// step on the way. The result is what support staff need. The array "/diagnosis" in it has the steps, with state,
/// milliseconds and what happened (docs/diagnosis.md), and qls_result_message() is the conclusion: what most likely is
/// wrong, and who can mend it. Status and cause are those with which qls_list() would end that asks once.
/// No text of the result has a token, a password, an e-mail address or a license in it; "/licenses" is empty.
///
/// client   NULL: a client with the defaults is made for this call.
/// token    the user's JWT, or NULL, as for qls_check().
///
/// Returns a result, never NULL; the caller frees it with qls_result_free(). Its status is one of
///   QLS_OK,
///   QLS_INVALID_ARGUMENT, QLS_INVALID_TOKEN, QLS_TOKEN_NOT_FOUND, QLS_CONFIGURATION,
///   QLS_RESOLVE_FAILED, QLS_CONNECT_FAILED, QLS_PROXY_FAILED, QLS_TLS_UNTRUSTED, QLS_TLS_FAILED,
///   QLS_TIMEOUT, QLS_CANCELLED, QLS_CONNECTION_LOST,
///   QLS_REJECTED, QLS_BAD_REQUEST, QLS_UNAUTHORIZED, QLS_NOT_FOUND, QLS_RATE_LIMITED, QLS_SERVER_ERROR,
///   QLS_UNEXPECTED_REPLY, QLS_REPLY_TOO_LARGE,
///   QLS_INTERNAL.
/// Any thread; several threads may use one client at once. Blocks, at most for the client's timeout.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_diagnose(client: *const qls_client, token: *const c_char) -> *mut qls_result {
    guard(qls_result::broken(), || {
        // SAFETY: the header's rules for a client and for strings.
        let outcome =
            unsafe { operate(client, Operation::Diagnose, token, |client, token| Ok(client.diagnose(token, None))) };
        qls_result::boxed(outcome)
    })
}

/// Runs one operation by calling `ask`. Does not call it if a setting was refused or the token is not ASCII: then the
/// outcome tells that error.
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
        Some(client) => client.inner.as_ref(),
        None => {
            default = Client::new();
            Some(&default)
        }
    };
    let Some(inner) = inner else { return Outcome::broken() };
    let refusal = given.and_then(|client| client.refusals.first());
    let ready = refusal.map_or(Ok(()), |refusal| Err(refusal.clone()));
    // SAFETY: the header's rules for strings.
    let token = unsafe { self::token(token) };
    // No text shows it, whatever is wrong.
    let secret = token.as_ref().ok().copied().flatten();
    let asked = ready.and(token).and_then(|token| ask(inner, token));
    asked.unwrap_or_else(|error| inner.refuse(operation, secret, error))
}

/// Borrows a token. For one that is not UTF-8 the error speaks of a broken token, since tokens are ASCII anyway.
unsafe fn token<'a>(token: *const c_char) -> Result<Option<&'a str>, Error> {
    // SAFETY: as for `text`.
    unsafe { text(token, "token") }.map_err(|_| {
        let message = "the token has bytes that are not ASCII; was it read from the right file?";
        Error::new(Status::InvalidToken, Cause::TokenInvalidCharacter, message)
    })
}
