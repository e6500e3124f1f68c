//! GSSAPI (RFC 2744), as MIT's Kerberos has it. The library is loaded when it is needed, so that programs run where it is
//! not installed.

use std::error::Error;
use std::ffi::{c_int, c_void};
use std::mem::ManuallyDrop;
use std::ptr;

use libloading::Library;

use crate::negotiate::{NoMessage, Package};

const LIBRARY: &str = "libgssapi_krb5.so.2";

/// The kind of names such as `HTTP@proxy.example.com` (RFC 2743, section 4.1).
static HOST_BASED_SERVICE: Oid = Oid::new(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x01\x04");
/// The mechanism that chooses one (RFC 4178).
static SPNEGO: Oid = Oid::new(b"\x2b\x06\x01\x05\x05\x02");
/// Kerberos (RFC 4121).
static KERBEROS: Oid = Oid::new(b"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02");

/// The kinds of statuses that [`Functions::display_status`] takes.
const GENERAL_CODE: c_int = 1;
const MECHANISM_CODE: c_int = 2;
/// Credentials are for beginning a context.
const INITIATE: c_int = 1;

/// The part of a status that has an error.
const ERRORS: u32 = 0xffff_0000;
const CONTINUE_NEEDED: u32 = 1;

type Name = *mut c_void;
type Credentials = *mut c_void;
type ContextHandle = *mut c_void;

#[repr(C)]
struct Oid {
    length: u32,
    elements: *const u8,
}

// SAFETY: it points to bytes that live for ever and never change.
unsafe impl Sync for Oid {}

impl Oid {
    const fn new(bytes: &'static [u8]) -> Self {
        Self { length: bytes.len() as u32, elements: bytes.as_ptr() }
    }
}

#[repr(C)]
struct OidSet {
    count: usize,
    elements: *const Oid,
}

#[repr(C)]
struct Buffer {
    length: usize,
    value: *mut c_void,
}

impl Buffer {
    const EMPTY: Self = Self { length: 0, value: ptr::null_mut() };

    /// One that GSSAPI only reads.
    fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len(), value: bytes.as_ptr().cast_mut().cast() }
    }
}

macro_rules! functions {
    ($($field:ident = $symbol:literal: fn($($argument:ty),*);)*) => {
        /// The library's functions that are needed. Each returns a status (RFC 2744, section 3.9.1).
        #[derive(Clone, Copy)]
        struct Functions { $($field: unsafe extern "C" fn($($argument),*) -> u32),* }

        impl Functions {
            /// Loads the library, which stays in memory.
            fn load() -> Result<Self, libloading::Error> {
                // SAFETY: it is the system's library of this name, whose initialization has no precondition.
                let library = ManuallyDrop::new(unsafe { Library::new(LIBRARY)? });
                // SAFETY: the types are those of RFC 2744 as MIT's header has them.
                unsafe { Ok(Self { $($field: *library.get($symbol)?),* }) }
            }
        }
    };
}

functions! {
    import_name = b"gss_import_name\0": fn(*mut u32, *const Buffer, *const Oid, *mut Name);
    release_name = b"gss_release_name\0": fn(*mut u32, *mut Name);
    acquire_cred = b"gss_acquire_cred\0":
        fn(*mut u32, Name, u32, *const OidSet, c_int, *mut Credentials, *mut *mut OidSet, *mut u32);
    release_cred = b"gss_release_cred\0": fn(*mut u32, *mut Credentials);
    init_sec_context = b"gss_init_sec_context\0":
        fn(*mut u32, Credentials, *mut ContextHandle, Name, *const Oid, u32, u32, *const c_void, *const Buffer,
            *mut *const Oid, *mut Buffer, *mut u32, *mut u32);
    delete_sec_context = b"gss_delete_sec_context\0": fn(*mut u32, *mut ContextHandle, *mut Buffer);
    release_buffer = b"gss_release_buffer\0": fn(*mut u32, *mut Buffer);
    display_status = b"gss_display_status\0": fn(*mut u32, u32, c_int, *const Oid, *mut u32, *mut Buffer);
}

/// The failure of a library that was not loaded, in the system's words.
fn not_loaded(error: libloading::Error) -> NoMessage {
    NoMessage::NoLibrary(error.source().map_or_else(|| error.to_string(), ToString::to_string))
}

/// One side of signing in to a service.
pub struct Context {
    functions: Functions,
    mechanism: &'static Oid,
    name: Name,
    handle: ContextHandle,
    is_complete: bool,
}

// SAFETY: MIT's library lets any thread use a name or a context, as long as one does at a time.
unsafe impl Send for Context {}

impl Context {
    /// Begins to sign in to the HTTP service on `host`. May ask name servers.
    pub fn new(host: &str, package: Package) -> Result<Self, NoMessage> {
        let functions = Functions::load().map_err(not_loaded)?;
        let mechanism = match package {
            Package::Negotiate => &SPNEGO,
            Package::Kerberos => &KERBEROS,
        };
        let mut context =
            Self { functions, mechanism, name: ptr::null_mut(), handle: ptr::null_mut(), is_complete: false };
        let service = format!("HTTP@{host}");
        let mut minor = 0;
        // SAFETY: the texts live until the call returns, and the name is released when the context is dropped.
        let major = unsafe {
            (functions.import_name)(
                &mut minor,
                &Buffer::of(service.as_bytes()),
                &raw const HOST_BASED_SERVICE,
                &mut context.name,
            )
        };
        match major & ERRORS {
            0 => Ok(context),
            _ => Err(NoMessage::Other(functions.text(major, minor, &KERBEROS))),
        }
    }

    /// The next message for the service, which answered `input`; empty for the first one. May ask the network's Kerberos for
    /// a ticket, and cannot be interrupted.
    pub fn step(&mut self, input: &[u8]) -> Result<Vec<u8>, NoMessage> {
        let input = Buffer::of(input);
        let mut output = Buffer::EMPTY;
        let mut minor = 0;
        // Without the flag for it, nothing is delegated. Nor has the service to prove who it is: behind a proxy the
        // server does so, by TLS.
        let flags = 0;
        // SAFETY: name and handle are this context's, the buffers live until the call returns, and what is not wanted may
        // be null.
        let major = unsafe {
            (self.functions.init_sec_context)(
                &mut minor,
                ptr::null_mut(),
                &mut self.handle,
                self.name,
                self.mechanism,
                flags,
                0,
                ptr::null(),
                &input,
                ptr::null_mut(),
                &mut output,
                ptr::null_mut(),
                ptr::null_mut(),
            )
        };
        let message = self.functions.taken(output);
        if major & ERRORS == 0 {
            self.is_complete = major & CONTINUE_NEEDED == 0;
            return Ok(message);
        }
        let told = self.functions.text(major, minor, self.mechanism);
        Err(self.functions.lacks_ticket().map_or(NoMessage::Other(told), NoMessage::NoTicket))
    }

    /// Whether this side needs no further message of the service.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        let mut minor = 0;
        // SAFETY: both are this context's, and null where there is none.
        unsafe {
            (self.functions.delete_sec_context)(&mut minor, &mut self.handle, ptr::null_mut());
            (self.functions.release_name)(&mut minor, &mut self.name);
        }
    }
}

impl Functions {
    /// Why the user has no valid ticket, in the library's words; None if there is one. The mechanism that chooses another
    /// does not tell why it could not choose Kerberos. Asks nobody.
    fn lacks_ticket(&self) -> Option<String> {
        let mechanisms = OidSet { count: 1, elements: &raw const KERBEROS };
        let (mut minor, mut seconds) = (0, 0);
        let mut credentials = ptr::null_mut();
        // SAFETY: the set lives until the call returns; the credentials are released below.
        let major = unsafe {
            (self.acquire_cred)(
                &mut minor,
                ptr::null_mut(),
                0,
                &mechanisms,
                INITIATE,
                &mut credentials,
                ptr::null_mut(),
                &mut seconds,
            )
        };
        if major & ERRORS != 0 {
            return Some(self.text(major, minor, &KERBEROS));
        }
        // SAFETY: they were acquired above, and nobody else has them.
        unsafe { (self.release_cred)(&mut minor, &mut credentials) };
        (seconds == 0).then(|| "Ticket expired".into())
    }

    /// What a status means, in the library's words.
    fn text(&self, major: u32, minor: u32, mechanism: &Oid) -> String {
        let general = || self.display(major, GENERAL_CODE, mechanism);
        match minor {
            0 => general(),
            _ => Some(self.display(minor, MECHANISM_CODE, mechanism))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(general),
        }
    }

    fn display(&self, status: u32, kind: c_int, mechanism: &Oid) -> String {
        let (mut minor, mut more) = (0, 0);
        let mut texts = Vec::new();
        loop {
            let mut text = Buffer::EMPTY;
            // SAFETY: all of these live until the call returns.
            let major = unsafe { (self.display_status)(&mut minor, status, kind, mechanism, &mut more, &mut text) };
            let text = self.taken(text);
            if major & ERRORS == 0 {
                texts.push(String::from_utf8_lossy(&text).trim_end_matches(['.', '\0']).to_owned());
            }
            if more == 0 || major & ERRORS != 0 {
                return texts.join(": ");
            }
        }
    }

    /// The bytes in a buffer that the library made, which is released.
    fn taken(&self, mut buffer: Buffer) -> Vec<u8> {
        if buffer.value.is_null() {
            return Vec::new();
        }
        // SAFETY: the library made the buffer with so many bytes, and they are copied before it is released.
        let bytes = unsafe { std::slice::from_raw_parts(buffer.value.cast::<u8>(), buffer.length) }.to_vec();
        let mut minor = 0;
        // SAFETY: as above, and nobody uses the buffer afterwards.
        unsafe { (self.release_buffer)(&mut minor, &mut buffer) };
        bytes
    }
}
