//! The settings of a `qls_client`: one setter each, whose refusal is not forgotten.

use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::time::Duration;

use qls_precheck_core::{Cause, Client, Error, Level, Status, Trust};

use crate::client::{BROKEN, internal, qls_client};
use crate::guard::guard;
use crate::ptr::{exclusive, text};
use crate::status::qls_status;

/// For qls_client_set_trust(): the system's certificates, and those that were given.
pub const QLS_TRUST_SYSTEM: i32 = 0;
/// For qls_client_set_trust(): only the certificates that were given.
pub const QLS_TRUST_GIVEN_ONLY: i32 = 1;

/// For qls_client_set_log(): why an operation failed.
pub const QLS_LOG_ERROR: i32 = 1;
/// For qls_client_set_log(): what went wrong and was overcome.
pub const QLS_LOG_WARN: i32 = 2;
/// For qls_client_set_log(): what is asked, and how it ended.
pub const QLS_LOG_INFO: i32 = 3;
/// For qls_client_set_log(): how the server is reached.
pub const QLS_LOG_DEBUG: i32 = 4;
/// For qls_client_set_log(): every step.
pub const QLS_LOG_TRACE: i32 = 5;

/// What can be set; the order in which refusals are reported.
enum Setting {
    Server,
    AllowPlainHttp,
    Timeout,
    ConnectTimeout,
    Retries,
    Proxy,
    CaFile,
    CaPem,
    Trust,
    UserAgent,
    Log,
}

/// How many settings there are.
pub(crate) const SETTINGS: usize = Setting::Log as usize + 1;

/// Applies a setter, and remembers its refusal: a caller may ignore the status, but must not send a token to
/// the default server because of that.
unsafe fn set(
    client: *mut qls_client,
    setting: Setting,
    apply: impl FnOnce(&mut Client) -> Result<(), Error>,
) -> qls_status {
    if ptr::eq(client, &BROKEN) {
        return qls_status::QLS_INTERNAL;
    }
    // SAFETY: the header's rules for a client.
    let Some(client) = (unsafe { exclusive(client) }) else {
        return qls_status::QLS_INVALID_ARGUMENT;
    };
    let Some(inner) = &mut client.inner else {
        return qls_status::QLS_INTERNAL;
    };
    let refusal = &mut client.refused[setting as usize];
    // Stands should `apply` panic.
    *refusal = Some(internal());
    match apply(inner) {
        Ok(()) => {
            *refusal = None;
            qls_status::QLS_OK
        }
        Err(error) => {
            let status = qls_status::of(error.status());
            *refusal = Some(error);
            status
        }
    }
}

fn no_choice(name: &str, value: i32, choices: &str) -> Error {
    let message = format!("{value} is no {name}; choose {choices}");
    Error::new(Status::InvalidArgument, Cause::InvalidChoice, message)
}

/// Sets the server. Default: https://qls.qt.io.
///
/// client   NULL is refused.
/// url      https://host[:port][/prefix] or http://...; copied. NULL restores the default. User names, queries
///          and fragments are refused. Whether plain http may be used is decided at the call.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_server(client: *mut qls_client, url: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::Server, |client| client.set_server(text(url, "url")?.as_deref())) }
    })
}

/// Allows to send the token over plain http, readable by everybody on the way, to another machine than this
/// one. Default: 0, not allowed. Loopback addresses are always allowed.
///
/// client   NULL is refused.
/// allow    0: not allowed; anything else: allowed.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_allow_plain_http(client: *mut qls_client, allow: i32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            client.set_allow_plain_http(allow != 0);
            Ok(())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::AllowPlainHttp, apply) }
    })
}

/// Sets the time for one whole operation, from call to return. Default: 30000.
///
/// client       NULL is refused.
/// timeout_ms   milliseconds, from 1 to 4294967295; 0 is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_timeout_ms(client: *mut qls_client, timeout_ms: u32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let timeout = Duration::from_millis(timeout_ms.into());
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Timeout, |client| client.set_timeout(timeout)) }
    })
}

/// Sets the time for making one connection, its TLS handshake included. Default: 10000. The time for the whole
/// operation applies as well.
///
/// client       NULL is refused.
/// timeout_ms   milliseconds, from 1 to 4294967295; 0 is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_connect_timeout_ms(client: *mut qls_client, timeout_ms: u32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let timeout = Duration::from_millis(timeout_ms.into());
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::ConnectTimeout, |client| client.set_connect_timeout(timeout)) }
    })
}

/// Sets how often a connection that the server refused or broke and the replies HTTP 502, 503 and 504 are tried again, with growing
/// pauses and within the time for the whole operation. Default: 2. HTTP 429 (too many requests) is tried again
/// until that time is up, whatever is set here.
///
/// client    NULL is refused.
/// retries   0: never.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_retries(client: *mut qls_client, retries: u32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            client.set_retries(retries);
            Ok(())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Retries, apply) }
    })
}

/// Sets the proxy. Default: what the environment says, and on Windows the manual proxy of the Internet
/// Options next; docs/proxies.md has the rules. Loopback addresses are never reached through a proxy.
///
/// client   NULL is refused.
/// url      [http|https|socks5|socks5h]://[user:password@]host[:port], user and password percent-encoded; http where
///          no scheme stands; copied. "": no proxy. NULL: the default.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_proxy(client: *mut qls_client, url: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            // SAFETY: the header's rules for strings.
            client.set_proxy(unsafe { text(url, "url") }?.as_deref())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Proxy, apply) }
    })
}

/// Sets a file of CA certificates that are trusted besides others. Default: none. The file is read at the next
/// operation, which ends QLS_CONFIGURATION should it be unusable.
///
/// client   NULL is refused.
/// path     a PEM file, without private keys; copied. NULL: none. "" is refused, and PEM text.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_ca_file(client: *mut qls_client, path: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            // SAFETY: the header's rules for strings.
            client.set_ca_file(unsafe { text(path, "path") }?.as_deref())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::CaFile, apply) }
    })
}

/// Sets CA certificates that are trusted besides others, from memory. Default: none. They are checked at the next
/// operation, which ends QLS_CONFIGURATION should they be unusable.
///
/// client   NULL is refused.
/// pem      PEM text, without private keys; copied. NULL: none. "" is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_ca_pem(client: *mut qls_client, pem: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            // SAFETY: the header's rules for strings.
            client.set_ca_pem(unsafe { text(pem, "pem") }?.as_deref())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::CaPem, apply) }
    })
}

/// Sets whose certificates are trusted. Default: QLS_TRUST_SYSTEM.
///
/// client   NULL is refused.
/// trust    QLS_TRUST_SYSTEM: the system's and those given by qls_client_set_ca_file() and qls_client_set_ca_pem().
///          QLS_TRUST_GIVEN_ONLY: only the given ones. Anything else is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_trust(client: *mut qls_client, trust: i32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            client.set_trust(match trust {
                QLS_TRUST_SYSTEM => Trust::System,
                QLS_TRUST_GIVEN_ONLY => Trust::GivenOnly,
                _ => return Err(no_choice("trust", trust, "QLS_TRUST_SYSTEM or QLS_TRUST_GIVEN_ONLY")),
            });
            Ok(())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Trust, apply) }
    })
}

/// Names the program on whose behalf the server is asked, for the server's log. Default: this library alone.
///
/// client    NULL is refused.
/// product   such as "ExampleInstaller/1.2": 1 to 256 printable ASCII characters, not only spaces; copied. NULL
///           restores the default.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_user_agent(client: *mut qls_client, product: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            // SAFETY: the header's rules for strings.
            client.set_user_agent(unsafe { text(product, "product") }?.as_deref())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::UserAgent, apply) }
    })
}

/// Receives one line of the log.
///
/// userdata   what was given to qls_client_set_log().
/// level      QLS_LOG_ERROR to QLS_LOG_TRACE.
/// message    one line, without its end; valid during the call. It never contains the token or a password.
///
/// It runs on the thread that called qls_check() or qls_list(), on several at once where a client is used by
/// several. It may call everything that takes a const qls_client, but no setter and not qls_client_free(). It
/// must not throw, and not leave by longjmp().
pub type qls_log_fn = Option<unsafe extern "C" fn(userdata: *mut c_void, level: i32, message: *const c_char)>;

/// Where log lines go; the caller vouches for both from any thread that runs an operation.
struct Callback {
    function: unsafe extern "C" fn(*mut c_void, i32, *const c_char),
    userdata: *mut c_void,
}

// SAFETY: the header says from which threads the function is called with its userdata.
unsafe impl Send for Callback {}
// SAFETY: as above.
unsafe impl Sync for Callback {}

impl Callback {
    fn line(&self, level: Level, line: &str) {
        if let Ok(line) = CString::new(line) {
            // SAFETY: the header asks for a function of this type, or NULL.
            unsafe { (self.function)(self.userdata, level as i32, line.as_ptr()) }
        }
    }
}

/// Sets a function that receives the log. Default: none.
///
/// client      NULL is refused.
/// function    NULL: no log.
/// userdata    handed to the function; may be NULL; it has to live until the log is set anew or the client freed.
/// max_level   QLS_LOG_ERROR to QLS_LOG_TRACE: lines of a higher level are left out. Anything else is refused, unless
///             function is NULL.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. A refused setting makes every operation on this client
/// end with that status, and nothing is sent, until this setter succeeds.
/// One thread at a time. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_log(
    client: *mut qls_client,
    function: qls_log_fn,
    userdata: *mut c_void,
    max_level: i32,
) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let apply = |client: &mut Client| {
            let Some(function) = function else {
                client.unset_log();
                return Ok(());
            };
            let max = match max_level {
                QLS_LOG_ERROR => Level::Error,
                QLS_LOG_WARN => Level::Warn,
                QLS_LOG_INFO => Level::Info,
                QLS_LOG_DEBUG => Level::Debug,
                QLS_LOG_TRACE => Level::Trace,
                _ => return Err(no_choice("max_level", max_level, "1 (QLS_LOG_ERROR) to 5 (QLS_LOG_TRACE)")),
            };
            let callback = Callback { function, userdata };
            client.set_log(max, move |level, line| callback.line(level, line));
            Ok(())
        };
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Log, apply) }
    })
}
