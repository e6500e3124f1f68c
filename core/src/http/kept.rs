//! Keeps a client's session from one operation to the next, and with it the connection.

use std::sync::{Arc, Mutex, TryLockError};

use crate::error::Error;
use crate::log::Log;
use crate::settings::Settings;
use crate::transport::{Cancel, Deadline};

use super::session::Session;

/// A client's session, which the first operation makes.
#[derive(Default)]
pub(crate) struct KeptSession(Mutex<Option<Owned>>);

struct Owned {
    /// The process that made the session. A forked child must not write into its parent's connection, so it makes
    /// another session.
    process: u32,
    session: Arc<Session>,
}

impl KeptSession {
    /// The kept session; or a new one, which is kept from now on. Making one reads files, so no lock is held meanwhile.
    /// If two threads make one at the same time, the one that is done later is kept, and each uses its own.
    ///
    /// A new session writes to `log` how it connects.
    pub(crate) fn get(
        &self,
        settings: &Settings,
        cancel: &Cancel,
        deadline: &Deadline,
        log: &Log,
    ) -> Result<Arc<Session>, Error> {
        let process = std::process::id();
        let kept =
            self.with(|kept| kept.as_ref().filter(|kept| kept.process == process).map(|kept| kept.session.clone()));
        if let Some(session) = kept.flatten() {
            return Ok(session);
        }
        let settings = Settings { log: log.clone(), ..settings.clone() };
        let session = Arc::new(Session::new(&settings, cancel, deadline)?);
        self.with(|kept| *kept = Some(Owned { process, session: session.clone() }));
        Ok(session)
    }

    /// Drops the kept session, with its connection and with what it knows of the server's address.
    pub(crate) fn forget(&self) {
        self.with(|kept| *kept = None);
    }

    /// Runs `look` on what is kept, with the lock held. Returns None at once if another thread has the lock. Waiting
    /// would be short, but not in a forked child: if the lock was taken during the fork, it is never given back there.
    fn with<T>(&self, look: impl FnOnce(&mut Option<Owned>) -> T) -> Option<T> {
        match self.0.try_lock() {
            Ok(mut kept) => Some(look(&mut kept)),
            Err(TryLockError::Poisoned(kept)) => Some(look(&mut kept.into_inner())),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
