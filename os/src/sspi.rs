//! SSPI, which signs in as the user of this session on Windows. Its functions are looked up when they are needed, in the
//! DLL of the system's own folder: installers run from folders in which anybody may have put one of this name.

use std::ffi::c_void;
use std::io;
use std::ptr;

use windows_sys::Win32::Foundation::{
    SEC_E_NO_CREDENTIALS, SEC_I_COMPLETE_AND_CONTINUE, SEC_I_COMPLETE_NEEDED, SEC_I_CONTINUE_NEEDED,
};
use windows_sys::Win32::Security::Authentication::Identity::{
    SECBUFFER_TOKEN, SECBUFFER_VERSION, SECPKG_CRED_OUTBOUND, SECURITY_NATIVE_DREP, SecBuffer, SecBufferDesc,
    SecurityFunctionTableW,
};
use windows_sys::Win32::Security::Credentials::SecHandle;

use crate::negotiate::{NoMessage, Package};
use crate::system_dll::SystemDll;
use crate::wide::wide;

/// The longest message that Windows makes, in bytes: the largest value that its setting MaxTokenSize may have.
const LONGEST: usize = 65_535;

const NO_HANDLE: SecHandle = SecHandle { dwLower: 0, dwUpper: 0 };

/// One side of signing in to a service.
pub struct Context {
    functions: &'static SecurityFunctionTableW,
    target: Vec<u16>,
    credentials: SecHandle,
    /// There is none before the first step.
    handle: Option<SecHandle>,
    is_complete: bool,
}

// SAFETY: the table of functions never changes, and any thread may use the handles, as long as one does at a time.
unsafe impl Send for Context {}

impl Context {
    /// Begins to sign in to the HTTP service on `host`.
    pub fn new(host: &str, package: Package) -> Result<Self, NoMessage> {
        let functions = functions()?;
        let acquire = functions.AcquireCredentialsHandleW.ok_or_else(missing)?;
        let mut package = wide(match package {
            Package::Negotiate => "Negotiate",
            Package::Kerberos => "Kerberos",
        });
        let mut credentials = NO_HANDLE;
        let mut expiry = 0;
        // SAFETY: the name and the variables live until the call returns; what is null is the user of this session.
        let status = unsafe {
            acquire(
                ptr::null_mut(),
                package.as_mut_ptr(),
                SECPKG_CRED_OUTBOUND,
                ptr::null_mut(),
                ptr::null_mut(),
                None,
                ptr::null_mut(),
                &mut credentials,
                &mut expiry,
            )
        };
        match status {
            0.. => Ok(Self {
                functions,
                target: wide(&format!("HTTP/{host}")),
                credentials,
                handle: None,
                is_complete: false,
            }),
            _ => Err(meaning(status)),
        }
    }

    /// The next message for the service, which answered `input`; empty for the first one. May ask the network's domain
    /// controller for a ticket, and cannot be interrupted.
    pub fn step(&mut self, input: &[u8]) -> Result<Vec<u8>, NoMessage> {
        let initialize = self.functions.InitializeSecurityContextW.ok_or_else(missing)?;
        let mut input = input.to_vec();
        let mut output = vec![0; LONGEST];
        let (mut given, mut made) = (token(&mut input), token(&mut output));
        let mut given_list = list(&mut given);
        let mut made_list = list(&mut made);
        let mut next = self.handle.unwrap_or(NO_HANDLE);
        let (mut attributes, mut expiry) = (0, 0);
        // SAFETY: the handles are this context's, and all else lives until the call returns. The first call gets neither a
        // context nor an input. Without the flag for it, nothing is delegated.
        let status = unsafe {
            initialize(
                &mut self.credentials,
                self.handle.as_mut().map_or(ptr::null_mut(), |handle| handle),
                self.target.as_mut_ptr(),
                0,
                0,
                SECURITY_NATIVE_DREP,
                if self.handle.is_some() { &mut given_list } else { ptr::null_mut() },
                0,
                &mut next,
                &mut made_list,
                &mut attributes,
                &mut expiry,
            )
        };
        if status < 0 {
            return Err(meaning(status));
        }
        self.handle = Some(next);
        if matches!(status, SEC_I_COMPLETE_NEEDED | SEC_I_COMPLETE_AND_CONTINUE) {
            let complete = self.functions.CompleteAuthToken.ok_or_else(missing)?;
            // SAFETY: as above.
            let status = unsafe { complete(&mut next, &mut made_list) };
            if status < 0 {
                return Err(meaning(status));
            }
        }
        self.is_complete = !matches!(status, SEC_I_CONTINUE_NEEDED | SEC_I_COMPLETE_AND_CONTINUE);
        output.truncate(made.cbBuffer as usize);
        Ok(output)
    }

    /// Whether this side needs no further message of the service.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: both are this context's, and nobody uses them afterwards.
        unsafe {
            if let (Some(delete), Some(handle)) = (self.functions.DeleteSecurityContext, &mut self.handle) {
                delete(handle);
            }
            if let Some(free) = self.functions.FreeCredentialsHandle {
                free(&mut self.credentials);
            }
        }
    }
}

/// SSPI's functions. Their table lives as long as the DLL: for ever.
fn functions() -> Result<&'static SecurityFunctionTableW, NoMessage> {
    type Interface = unsafe extern "system" fn() -> *const SecurityFunctionTableW;
    let interface = SystemDll::load(c"secur32.dll").and_then(|dll| {
        // SAFETY: the function has this type.
        unsafe { dll.function::<Interface>(c"InitSecurityInterfaceW") }
    });
    let interface = interface.map_err(|error| NoMessage::NoLibrary(error.to_string()))?;
    // SAFETY: the table is never freed, and never changes.
    unsafe { interface().as_ref() }.ok_or_else(missing)
}

fn missing() -> NoMessage {
    NoMessage::NoLibrary("secur32.dll lacks a function".into())
}

/// What a status that is an error means.
fn meaning(status: i32) -> NoMessage {
    let text = io::Error::from_raw_os_error(status).to_string();
    match status {
        SEC_E_NO_CREDENTIALS => NoMessage::NoTicket(text),
        _ => NoMessage::Other(text),
    }
}

fn token(bytes: &mut [u8]) -> SecBuffer {
    SecBuffer {
        cbBuffer: bytes.len() as u32,
        BufferType: SECBUFFER_TOKEN,
        pvBuffer: bytes.as_mut_ptr().cast::<c_void>(),
    }
}

fn list(buffer: &mut SecBuffer) -> SecBufferDesc {
    SecBufferDesc { ulVersion: SECBUFFER_VERSION, cBuffers: 1, pBuffers: buffer }
}
