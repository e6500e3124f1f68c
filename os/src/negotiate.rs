//! Signing in as the user of this session by the authentication scheme Negotiate (RFC 4559): by GSSAPI on Linux, by SSPI
//! on Windows. The system chooses the protocol inside, mostly Kerberos, and makes all of its messages.

#[cfg(target_os = "linux")]
pub use crate::gssapi::Context;
#[cfg(windows)]
pub use crate::sspi::Context;

/// Whether this is one of these systems.
pub const IS_SUPPORTED: bool = cfg!(any(target_os = "linux", windows));

/// Which protocols the system may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// Kerberos, or what else the system has, such as NTLM.
    Negotiate,
    /// Kerberos alone. NTLM's messages serve whoever gets them to pose as the user elsewhere.
    Kerberos,
}

/// Why the system makes no message.
#[derive(Debug)]
pub enum NoMessage {
    /// The system's library for this is not there, or cannot be loaded: why.
    NoLibrary(String),
    /// The user has no ticket, or one that has expired: what the system says.
    NoTicket(String),
    /// Anything else, such as a service that the network's Kerberos does not know: what the system says.
    Other(String),
}

/// What the other systems have in its place.
#[cfg(not(any(target_os = "linux", windows)))]
pub enum Context {}

#[cfg(not(any(target_os = "linux", windows)))]
impl Context {
    /// Fails.
    pub fn new(_: &str, _: Package) -> Result<Self, NoMessage> {
        Err(NoMessage::NoLibrary("this system is not supported".into()))
    }

    /// There is none to call it with.
    pub fn step(&mut self, _: &[u8]) -> Result<Vec<u8>, NoMessage> {
        match *self {}
    }

    /// There is none to call it with.
    pub fn is_complete(&self) -> bool {
        match *self {}
    }
}
