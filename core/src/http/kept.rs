//! Keeps a client's session from one operation to the next, and with it the connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use crate::error::Error;
use crate::log::Log;
use crate::settings::Settings;
use crate::transport::{Cancel, Deadline};

use super::session::Session;

/// A client's session, which the first operation makes.
pub(crate) struct KeptSession {
    /// The process in which this was made.
    process: u32,
    kept: Mutex<Option<Owned>>,
}

struct Owned {
    /// The process that made the session. A forked child must not write into its parent's connection, so it makes
    /// another session.
    process: u32,
    session: Arc<Session>,
}

impl Default for KeptSession {
    fn default() -> Self {
        Self { process: std::process::id(), kept: Mutex::default() }
    }
}

impl KeptSession {
    /// The kept session; or a new one, which is kept from now on. Making one reads files, and on Windows it may ask a script
    /// for up to 3 seconds, so no lock is held meanwhile.
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
        let is_own = |kept: &&Owned| kept.process == process;
        if let Some(kept) =
            self.lock(process).and_then(|kept| kept.as_ref().filter(is_own).map(|kept| kept.session.clone()))
        {
            return Ok(kept);
        }
        let settings = Settings { log: log.clone(), ..settings.clone() };
        let session = Arc::new(Session::new(&settings, cancel, deadline)?);
        let owned = Owned { process, session: session.clone() };
        // The session before is dropped behind this statement, when the lock is free: closing its connection takes time.
        let _before = self.lock(process).and_then(|mut kept| kept.replace(owned));
        Ok(session)
    }

    /// Drops `session`, with its connection and with what it knows of the server's address, if it is still the kept one:
    /// another thread may have made a better one meanwhile.
    pub(crate) fn forget(&self, session: &Arc<Session>) {
        let is_meant = |kept: &mut Owned| Arc::ptr_eq(&kept.session, session);
        // As above, it is dropped when the lock is free.
        let _before = self.lock(std::process::id()).and_then(|mut kept| kept.take_if(is_meant));
    }

    /// What is kept, for a moment in this `process`. None at once in a forked child, if the lock is taken: perhaps it was
    /// taken during the fork, and is never given back there.
    fn lock(&self, process: u32) -> Option<MutexGuard<'_, Option<Owned>>> {
        if process == self.process {
            return Some(self.kept.lock().unwrap_or_else(PoisonError::into_inner));
        }
        match self.kept.try_lock() {
            Ok(kept) => Some(kept),
            Err(TryLockError::Poisoned(kept)) => Some(kept.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
