//! Remembers which settings were refused. A program that ignores the status of a setter, such as that of the server's
//! address, must not thereby send a token to the default server: so its operations fail.

use qls_precheck_core::{Error, Status};

/// What can be set. If several settings were refused, operations report the first in this order.
#[derive(Clone, Copy)]
pub(crate) enum Setting {
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

const SETTINGS: usize = Setting::Log as usize + 1;

/// For each [`Setting`] the error with which it was refused, until it is set successfully.
pub(crate) struct Refusals([Option<Error>; SETTINGS]);

impl Refusals {
    /// No setting was refused.
    pub(crate) const NONE: Self = Self([const { None }; SETTINGS]);

    /// The error with which every operation ends; None if no setting was refused.
    pub(crate) fn first(&self) -> Option<&Error> {
        self.0.iter().flatten().next()
    }

    /// Runs a setter, remembers its error if it fails, and returns its status.
    pub(crate) fn apply(&mut self, setting: Setting, set: impl FnOnce() -> Result<(), Error>) -> Status {
        let refusal = &mut self.0[setting as usize];
        // If the setter panics, this error stays.
        *refusal = Some(Error::internal());
        *refusal = set().err();
        refusal.as_ref().map_or(Status::Ok, Error::status)
    }
}
