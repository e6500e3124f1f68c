//! The setters of a `qls_client`. What they refuse is remembered in `refusals.rs`.

use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::time::Duration;

use qls_precheck_core::{Cause, Client, Error, Level, Status, Trust};

use crate::client::{BROKEN, qls_client};
use crate::guard::guard;
use crate::ptr::{exclusive, text};
use crate::refusals::Setting;
use crate::status::qls_status;

/// For qls_client_set_trust(): trust the system's CA certificates and those that were given.
pub const QLS_TRUST_SYSTEM: i32 = 0;
/// For qls_client_set_trust(): trust only the CA certificates that were given.
pub const QLS_TRUST_GIVEN_ONLY: i32 = 1;

/// For qls_client_set_log(): why an operation failed.
pub const QLS_LOG_ERROR: i32 = 1;
/// For qls_client_set_log(): what went wrong and was overcome.
pub const QLS_LOG_WARN: i32 = 2;
/// For qls_client_set_log(): what is asked, and how that ended.
pub const QLS_LOG_INFO: i32 = 3;
/// For qls_client_set_log(): how the server is reached.
pub const QLS_LOG_DEBUG: i32 = 4;
/// For qls_client_set_log(): each step on the way to the server.
pub const QLS_LOG_TRACE: i32 = 5;

/// Runs the setter `apply` on a client, and remembers whether it was refused.
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
    qls_status::of(client.refusals.apply(setting, || apply(inner)))
}

/// The error for a number that stands for none of the `choices` of the parameter `name`.
fn no_choice(name: &str, value: i32, choices: &str) -> Error {
    let message = format!("{value} is no {name}; choose {choices}");
    Error::new(Status::InvalidArgument, Cause::InvalidChoice, message)
}

/// Sets the server. Default: https://qls.qt.io.
///
/// client   NULL is refused.
/// url      https://host[:port][/prefix] or http://host[:port][/prefix], at most 8 KiB. NULL restores the default.
///          User names, queries and fragments are refused. qls_client_set_allow_plain_http() says when http is
///          allowed; an operation that may not use it ends with QLS_CONFIGURATION.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_server(client: *mut qls_client, url: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::Server, |client| client.set_server(text(url, "url")?)) }
    })
}

/// Sets whether the token may be sent to another machine by plain http, where everybody on the way can read it.
/// Default: 0, not allowed. Plain http to loopback addresses is always allowed.
///
/// client   NULL is refused.
/// allow    0: not allowed; anything else: allowed.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
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

/// Sets how long one operation may take, from call to return, repetitions included. Default: 30000. An operation that
/// has no answer by then ends with QLS_TIMEOUT. The first lines of this header say what is not interrupted.
///
/// client       NULL is refused.
/// timeout_ms   milliseconds, from 1 to 4294967295; 0 is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_timeout_ms(client: *mut qls_client, timeout_ms: u32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let timeout = Duration::from_millis(timeout_ms.into());
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::Timeout, |client| client.set_timeout(timeout)) }
    })
}

/// Sets how long making one connection may take, the proxy's tunnel and the TLS handshake included. Default: 10000. The
/// time for the whole operation applies as well.
///
/// client       NULL is refused.
/// timeout_ms   milliseconds, from 1 to 4294967295; 0 is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_connect_timeout_ms(client: *mut qls_client, timeout_ms: u32) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        let timeout = Duration::from_millis(timeout_ms.into());
        // SAFETY: the header's rules for a client.
        unsafe { set(client, Setting::ConnectTimeout, |client| client.set_connect_timeout(timeout)) }
    })
}

/// Sets how often an operation asks once more where that may help: after a connection was refused or broke, after a
/// passing failure of the name look-up, and after HTTP 502, 503 and 504. Default: 2, so the server is asked at most
/// three times. Before each time the operation waits, longer every time, but never beyond its timeout. After HTTP 429
/// (too many requests) it asks until its timeout, whatever is set here.
///
/// client    NULL is refused.
/// retries   0: never.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
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

/// Sets the proxy. Default: the one that the environment names; if it names none, on Windows those of the Internet
/// Options: a script's (WPAD, PAC) or the manual one. docs/proxies.md has the rules. Loopback addresses are never
/// reached through a proxy.
///
/// client   NULL is refused.
/// url      [scheme://][user:password@]host[:port], where scheme is http (the default), https, socks5, socks5h or socks;
///          user and password are percent-encoded. "": no proxy. NULL restores the default.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_proxy(client: *mut qls_client, url: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::Proxy, |client| client.set_proxy(text(url, "url")?)) }
    })
}

/// Sets a file of CA certificates to trust, besides those of the system and of qls_client_set_ca_pem(). Default: none.
/// The next operation reads the file; if it cannot be used, the operation ends with QLS_CONFIGURATION.
///
/// client   NULL is refused.
/// path     the path of a PEM file without private keys, of at most 16 MiB. NULL: no file. "" is refused, and so is
///          PEM text in place of a path.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_ca_file(client: *mut qls_client, path: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::CaFile, |client| client.set_ca_file(text(path, "path")?)) }
    })
}

/// Sets CA certificates to trust, besides those of the system and of qls_client_set_ca_file(). Default: none. The next
/// operation reads them; if they cannot be used, the operation ends with QLS_CONFIGURATION.
///
/// client   NULL is refused.
/// pem      certificates as PEM text, without private keys. NULL: none. "" is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_ca_pem(client: *mut qls_client, pem: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::CaPem, |client| client.set_ca_pem(text(pem, "pem")?)) }
    })
}

/// Sets which CA certificates are trusted. Default: QLS_TRUST_SYSTEM.
///
/// client   NULL is refused.
/// trust    QLS_TRUST_SYSTEM: the system's and those given by qls_client_set_ca_file() and qls_client_set_ca_pem().
///          QLS_TRUST_GIVEN_ONLY: only the given ones; an operation without any ends with QLS_CONFIGURATION, unless
///          the server is reached by plain http. Anything else is refused.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
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

/// Names the program that asks, in the header User-Agent: servers log it. This library's name follows. Default: this
/// library's name alone.
///
/// client    NULL is refused.
/// product   such as "ExampleInstaller/1.2": 1 to 256 printable ASCII characters, not only spaces. NULL restores the
///           default.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qls_client_set_user_agent(client: *mut qls_client, product: *const c_char) -> qls_status {
    guard(qls_status::QLS_INTERNAL, || {
        // SAFETY: the header's rules for a client and for strings.
        unsafe { set(client, Setting::UserAgent, |client| client.set_user_agent(text(product, "product")?)) }
    })
}

/// A function of the program's that receives the log, one line at a time.
///
/// userdata   what was given to qls_client_set_log().
/// level      QLS_LOG_ERROR to QLS_LOG_TRACE.
/// message    the line, without a line break; valid only during the call. It never contains the token or a password.
///
/// Operations call it on the thread that called them, so on several threads at once if several
/// use the client. It may call every function that takes a const qls_client, but no setter and not
/// qls_client_free(). It must not throw, and not leave by longjmp(). The operation waits until it returns.
pub type qls_log_fn = Option<unsafe extern "C" fn(userdata: *mut c_void, level: i32, message: *const c_char)>;

/// The program's log function and its userdata.
struct Callback {
    function: unsafe extern "C" fn(*mut c_void, i32, *const c_char),
    userdata: *mut c_void,
}

// SAFETY: the header says on which threads the function is called with its userdata, and the program agreed to that.
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
/// userdata    is passed to the function; may be NULL. What it points to stays the program's, and has to live until
///             the log is set anew or the client is freed.
/// max_level   QLS_LOG_ERROR to QLS_LOG_TRACE: lines of a higher level are left out. Anything else is refused, unless
///             function is NULL.
///
/// Returns QLS_OK, QLS_INVALID_ARGUMENT or QLS_INTERNAL. After a failure every operation on this client ends with
/// that status and sends nothing, until this setter succeeds.
/// Any thread, but no other call may use the client meanwhile. Does not block.
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
