//! WinHTTP's two ways to ask a script for proxies. The newer one tells all that the script says, and is used first. The
//! older one leaves out DIRECT behind a proxy. But where Windows' service for automatic proxies is switched off it does
//! that service's work itself, and Wine has nothing else.

use std::ffi::c_void;
use std::io;
use std::ptr;
use std::sync::mpsc::{self, Sender};

use windows_sys::Win32::Foundation::{ERROR_IO_PENDING, ERROR_SUCCESS, GlobalFree};
use windows_sys::Win32::Networking::WinHttp::{
    ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR, ERROR_WINHTTP_AUTODETECTION_FAILED, ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT,
    ERROR_WINHTTP_CANNOT_CONNECT, ERROR_WINHTTP_LOGIN_FAILURE, ERROR_WINHTTP_NAME_NOT_RESOLVED,
    ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR, ERROR_WINHTTP_TIMEOUT, ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT,
    ERROR_WINHTTP_UNRECOGNIZED_SCHEME, WINHTTP_ACCESS_TYPE_NAMED_PROXY, WINHTTP_ACCESS_TYPE_NO_PROXY,
    WINHTTP_ASYNC_RESULT, WINHTTP_AUTO_DETECT_TYPE_DHCP, WINHTTP_AUTO_DETECT_TYPE_DNS_A, WINHTTP_AUTOPROXY_AUTO_DETECT,
    WINHTTP_AUTOPROXY_CONFIG_URL, WINHTTP_AUTOPROXY_OPTIONS, WINHTTP_CALLBACK_FLAG_GETPROXYFORURL_COMPLETE,
    WINHTTP_CALLBACK_FLAG_REQUEST_ERROR, WINHTTP_CALLBACK_STATUS_GETPROXYFORURL_COMPLETE,
    WINHTTP_CALLBACK_STATUS_REQUEST_ERROR, WINHTTP_FLAG_ASYNC, WINHTTP_INTERNET_SCHEME_HTTP,
    WINHTTP_INTERNET_SCHEME_HTTPS, WINHTTP_PROXY_INFO, WINHTTP_PROXY_RESULT, WINHTTP_PROXY_RESULT_ENTRY,
    WINHTTP_STATUS_CALLBACK,
};

use crate::autoproxy::{NoWays, Script, Way};
use crate::system_dll::SystemDll;
use crate::wide::{text, wide};

/// A handle of WinHTTP's.
type Raw = *mut c_void;

/// What `WinHttpSetStatusCallback` returns where it fails.
const INVALID_CALLBACK: usize = usize::MAX;

/// The functions that are needed. WinHTTP is none of the DLLs that a program can safely be linked with.
struct WinHttp {
    open: unsafe extern "system" fn(*const u16, u32, *const u16, *const u16, u32) -> Raw,
    close: unsafe extern "system" fn(Raw) -> i32,
    create_resolver: unsafe extern "system" fn(Raw, *mut Raw) -> u32,
    set_callback: unsafe extern "system" fn(Raw, WINHTTP_STATUS_CALLBACK, u32, usize) -> WINHTTP_STATUS_CALLBACK,
    begin: unsafe extern "system" fn(Raw, *const u16, *const WINHTTP_AUTOPROXY_OPTIONS, usize) -> u32,
    result: unsafe extern "system" fn(Raw, *mut WINHTTP_PROXY_RESULT) -> u32,
    free_result: unsafe extern "system" fn(*mut WINHTTP_PROXY_RESULT),
    older: unsafe extern "system" fn(Raw, *const u16, *mut WINHTTP_AUTOPROXY_OPTIONS, *mut WINHTTP_PROXY_INFO) -> i32,
}

impl WinHttp {
    fn load() -> io::Result<Self> {
        let dll = SystemDll::load(c"winhttp.dll")?;
        // SAFETY: these are the types in Microsoft's winhttp.h.
        unsafe {
            Ok(Self {
                open: dll.function(c"WinHttpOpen")?,
                close: dll.function(c"WinHttpCloseHandle")?,
                create_resolver: dll.function(c"WinHttpCreateProxyResolver")?,
                set_callback: dll.function(c"WinHttpSetStatusCallback")?,
                begin: dll.function(c"WinHttpGetProxyForUrlEx")?,
                result: dll.function(c"WinHttpGetProxyResult")?,
                free_result: dll.function(c"WinHttpFreeProxyResult")?,
                older: dll.function(c"WinHttpGetProxyForUrl")?,
            })
        }
    }

    /// A session that connects directly, since it is to find the proxies.
    fn session(&self, flags: u32) -> Result<Handle<'_>, u32> {
        let (no_text, direct) = (ptr::null(), WINHTTP_ACCESS_TYPE_NO_PROXY);
        // SAFETY: no text is given.
        let session = unsafe { (self.open)(no_text, direct, no_text, no_text, flags) };
        if session.is_null() { Err(last_error()) } else { Ok(Handle { winhttp: self, raw: session }) }
    }

    /// All ways, by the newer function. An error is a code of the system's.
    fn all_ways(&self, options: &WINHTTP_AUTOPROXY_OPTIONS, url: &[u16]) -> Result<Vec<Way>, u32> {
        let session = self.session(WINHTTP_FLAG_ASYNC)?;
        let mut resolver = Handle { winhttp: self, raw: ptr::null_mut() };
        // SAFETY: the session is open, and there is a place for the resolver's handle.
        succeeded(unsafe { (self.create_resolver)(session.raw, &raw mut resolver.raw) })?;
        let wanted = WINHTTP_CALLBACK_FLAG_GETPROXYFORURL_COMPLETE | WINHTTP_CALLBACK_FLAG_REQUEST_ERROR;
        // SAFETY: the resolver was made, and `completed` is a callback as WinHTTP calls it.
        let before = unsafe { (self.set_callback)(resolver.raw, Some(completed), wanted, 0) };
        // Otherwise nobody would ever call back.
        if before.is_some_and(|before| before as usize == INVALID_CALLBACK) {
            return Err(last_error());
        }
        let (sender, receiver) = mpsc::channel();
        let context = Box::into_raw(Box::new(sender));
        // SAFETY: both texts end in NUL and, with the options, outlive the call. What the context points to belongs to
        // the callback, once it is to come.
        let begun = unsafe { (self.begin)(resolver.raw, url.as_ptr(), options, context as usize) };
        if begun != ERROR_IO_PENDING && begun != ERROR_SUCCESS {
            // SAFETY: no callback comes, so it is ours again.
            drop(unsafe { Box::from_raw(context) });
            return Err(begun);
        }
        succeeded(receiver.recv().unwrap_or(ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR))?;
        let mut result = WINHTTP_PROXY_RESULT::default();
        // SAFETY: the request is complete, and there is a place for the result.
        succeeded(unsafe { (self.result)(resolver.raw, &raw mut result) })?;
        let count = if result.pEntries.is_null() { 0 } else { result.cEntries };
        // SAFETY: there are so many entries, which live until the result is freed.
        let ways = (0..count as usize).map(|at| way(unsafe { &*result.pEntries.add(at) })).collect();
        // SAFETY: WinHTTP filled it in, and nothing points into it any more.
        unsafe { (self.free_result)(&raw mut result) };
        Ok(ways)
    }

    /// The proxies alone, by the older function; or the direct way. An error is a code of the system's.
    fn proxies(&self, options: &mut WINHTTP_AUTOPROXY_OPTIONS, url: &[u16]) -> Result<Vec<Way>, u32> {
        let session = self.session(0)?;
        let mut told = WINHTTP_PROXY_INFO::default();
        // SAFETY: the session is open, both texts end in NUL and outlive the call, and there is a place for the answer.
        if unsafe { (self.older)(session.raw, url.as_ptr(), options, &raw mut told) } == 0 {
            return Err(last_error());
        }
        // SAFETY: each is a text, or null.
        let list = unsafe { text(told.lpszProxy) };
        for allocated in [told.lpszProxy, told.lpszProxyBypass] {
            // SAFETY: WinHTTP leaves both to its caller. Freeing null does nothing.
            unsafe { GlobalFree(allocated.cast()) };
        }
        let proxies = list.split([';', ' ']).filter(|proxy| !proxy.is_empty());
        Ok(match told.dwAccessType {
            WINHTTP_ACCESS_TYPE_NAMED_PROXY => proxies.map(|proxy| Way::Proxy(proxy.into())).collect(),
            _ => vec![Way::Direct],
        })
    }
}

/// An open handle of WinHTTP's, or null. It is closed when dropped.
struct Handle<'w> {
    winhttp: &'w WinHttp,
    raw: Raw,
}

impl Drop for Handle<'_> {
    fn drop(&mut self) {
        if !self.raw.is_null() {
            // SAFETY: WinHTTP opened it, and nobody else has it.
            unsafe { (self.winhttp.close)(self.raw) };
        }
    }
}

/// What [`ask`](crate::autoproxy::ask) promises.
pub(crate) fn ask(script: &Script, url: &str) -> Result<Vec<Way>, NoWays> {
    let url = wide(url);
    let mut options = WINHTTP_AUTOPROXY_OPTIONS::default();
    let address;
    match script {
        Script::Detected => {
            options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
            options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
        }
        Script::At(text) => {
            address = wide(text);
            options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
            options.lpszAutoConfigUrl = address.as_ptr();
        }
    }
    let winhttp = WinHttp::load()
        .map_err(|error| NoWays::Unavailable(format!("Windows' winhttp.dll cannot be used: {error}")))?;
    let asked = match winhttp.all_ways(&options, &url) {
        Err(ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR) => winhttp.proxies(&mut options, &url),
        asked => asked,
    };
    match asked {
        Ok(ways) if ways.is_empty() => Ok(vec![Way::Direct]),
        Ok(ways) => Ok(ways),
        Err(code) => Err(meaning(code)),
    }
}

/// Tells the thread that waits how its request ended. WinHTTP calls this once for each request, on a thread of its own.
unsafe extern "system" fn completed(_: Raw, context: usize, status: u32, information: *mut c_void, _: u32) {
    let code = match status {
        WINHTTP_CALLBACK_STATUS_GETPROXYFORURL_COMPLETE => ERROR_SUCCESS,
        // SAFETY: what comes with this status is of this type.
        WINHTTP_CALLBACK_STATUS_REQUEST_ERROR => unsafe { (*information.cast::<WINHTTP_ASYNC_RESULT>()).dwError },
        _ => return,
    };
    // SAFETY: it is the sender that this request was given, and nothing else of it is called any more.
    let sender = unsafe { Box::from_raw(context as *mut Sender<u32>) };
    let _ = sender.send(code);
}

fn way(entry: &WINHTTP_PROXY_RESULT_ENTRY) -> Way {
    if entry.fProxy == 0 || entry.fBypass != 0 {
        return Way::Direct;
    }
    let scheme = match entry.ProxyScheme {
        WINHTTP_INTERNET_SCHEME_HTTP => "http",
        WINHTTP_INTERNET_SCHEME_HTTPS => "https",
        // By SOCKS Windows means version 4.
        _ => "socks4",
    };
    // SAFETY: it is a text that lives as long as the entry.
    let host = unsafe { text(entry.pwszProxy) };
    // An IPv6 address is the only host with colons.
    let host = if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host };
    Way::Proxy(format!("{scheme}://{host}:{}", entry.ProxyPort))
}

fn succeeded(code: u32) -> Result<(), u32> {
    if code == ERROR_SUCCESS { Ok(()) } else { Err(code) }
}

fn last_error() -> u32 {
    io::Error::last_os_error().raw_os_error().unwrap_or_default() as u32
}

/// What a code of WinHTTP's means. Windows itself has no words for these. That a script is there is only known where it
/// was run, or has an address of its own: where every name leads to one server, such as a sign-in page's, detection finds
/// that one, whatever it answers.
fn meaning(code: u32) -> NoWays {
    let (about, told): (fn(String) -> NoWays, _) = match code {
        ERROR_WINHTTP_AUTODETECTION_FAILED => return NoWays::NotDetected,
        ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT | ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR => {
            (NoWays::Unusable, "the script has an error")
        }
        ERROR_WINHTTP_UNRECOGNIZED_SCHEME => {
            (NoWays::Unusable, "the script's address begins with neither http:// nor https://")
        }
        ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT => (NoWays::Unavailable, "no script can be downloaded"),
        ERROR_WINHTTP_LOGIN_FAILURE => (NoWays::Unavailable, "the script's server wants a sign-in"),
        ERROR_WINHTTP_NAME_NOT_RESOLVED => (NoWays::Unavailable, "the name of the script's server is not known here"),
        ERROR_WINHTTP_CANNOT_CONNECT => (NoWays::Unavailable, "the script's server accepts no connection"),
        ERROR_WINHTTP_TIMEOUT => (NoWays::Unavailable, "the script's server does not answer"),
        code => return NoWays::Unavailable(format!("WinHTTP reports error {code}")),
    };
    about(told.into())
}
