//! Looks up the addresses of a name. The standard library does the same, but does not tell a name that does not exist
//! from a resolver that cannot say now: it drops the code of `getaddrinfo`.

use std::ffi::{CStr, CString};
use std::io;
use std::net::SocketAddr;
use std::ptr;

use socket2::SockAddr;

#[cfg(unix)]
use libc::{SOCK_STREAM, addrinfo as AddrInfo, freeaddrinfo, getaddrinfo};
#[cfg(windows)]
use windows_sys::Win32::Networking::WinSock::{
    ADDRINFOA as AddrInfo, SOCK_STREAM, WSAHOST_NOT_FOUND, WSANO_DATA, WSATRY_AGAIN, freeaddrinfo, getaddrinfo,
};

/// Why a name has no addresses.
#[derive(Debug)]
pub enum NoAddresses {
    /// The resolver knows no such name, or no address of it.
    NotFound(io::Error),
    /// The resolver cannot say now: there is no network, or its name server does not answer.
    Unavailable(io::Error),
    /// The resolver failed: its name server has a fault, or this computer lacks something, such as memory.
    Failed(io::Error),
}

/// The addresses of `name`, in the resolver's order, with port 0. There may be none. Blocks for as long as the system's
/// resolver takes, and cannot be interrupted. On Windows, Winsock has to be started before.
pub fn look_up(name: &str) -> Result<Vec<SocketAddr>, NoAddresses> {
    let name = CString::new(name).map_err(|error| NoAddresses::NotFound(error.into()))?;
    let found = List::of(&name)?;
    Ok(found.addresses())
}

/// What `getaddrinfo` returned. It is freed when dropped.
struct List(*mut AddrInfo);

impl List {
    fn of(name: &CStr) -> Result<Self, NoAddresses> {
        // SAFETY: an `addrinfo` of zeros is one without any wish, and so for addresses of any family.
        let mut hints: AddrInfo = unsafe { std::mem::zeroed() };
        // Otherwise each address is there once for each kind of socket.
        hints.ai_socktype = SOCK_STREAM;
        let mut first = ptr::null_mut();
        // SAFETY: `name` ends in NUL, no service is asked for, and `hints` and `first` live until the call returns.
        let code = unsafe { getaddrinfo(name.as_ptr().cast(), ptr::null(), &raw const hints, &raw mut first) };
        if code == 0 { Ok(Self(first)) } else { Err(meaning(code)) }
    }

    fn addresses(&self) -> Vec<SocketAddr> {
        let mut addresses = Vec::new();
        let mut next = self.0;
        // SAFETY: the pointers are those of the list that `getaddrinfo` made, which lives as long as `self`.
        while let Some(entry) = unsafe { next.as_ref() } {
            // SAFETY: `ai_addr` has `ai_addrlen` bytes, which fit into the storage for an address of any family.
            let address = unsafe {
                SockAddr::try_init(|storage, length| {
                    ptr::copy_nonoverlapping(entry.ai_addr.cast::<u8>(), storage.cast(), entry.ai_addrlen as usize);
                    *length = entry.ai_addrlen as _;
                    Ok(())
                })
            };
            addresses.extend(address.ok().and_then(|((), address)| address.as_socket()));
            next = entry.ai_next;
        }
        addresses
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: `getaddrinfo` made the list, and nobody has it any more.
            unsafe { freeaddrinfo(self.0) };
        }
    }
}

/// A name without an address. The crate libc does not have the code for Linux.
#[cfg(target_vendor = "apple")]
const EAI_NODATA: i32 = libc::EAI_NODATA;
#[cfg(all(unix, not(target_vendor = "apple")))]
const EAI_NODATA: i32 = -5;

/// What a code of `getaddrinfo` means.
#[cfg(unix)]
fn meaning(code: i32) -> NoAddresses {
    match code {
        libc::EAI_SYSTEM => return NoAddresses::Failed(io::Error::last_os_error()),
        libc::EAI_MEMORY => return NoAddresses::Failed(io::ErrorKind::OutOfMemory.into()),
        _ => {}
    }
    // SAFETY: the text is a constant of the C library.
    let text = unsafe { CStr::from_ptr(libc::gai_strerror(code)) };
    let error = io::Error::other(text.to_string_lossy().into_owned());
    match code {
        libc::EAI_NONAME | EAI_NODATA => NoAddresses::NotFound(error),
        libc::EAI_AGAIN => NoAddresses::Unavailable(error),
        _ => NoAddresses::Failed(error),
    }
}

/// What a code of `getaddrinfo` means. On Windows it is one of Winsock's.
#[cfg(windows)]
fn meaning(code: i32) -> NoAddresses {
    let error = io::Error::from_raw_os_error(code);
    match code {
        WSAHOST_NOT_FOUND | WSANO_DATA => NoAddresses::NotFound(error),
        WSATRY_AGAIN => NoAddresses::Unavailable(error),
        _ => NoAddresses::Failed(error),
    }
}
