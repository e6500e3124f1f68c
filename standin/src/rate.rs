//! The rate limit: so many requests per client address and second, like the server's own.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::Mutex,
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_secs(1);

/// Counts the requests of each address in windows of one second.
#[derive(Debug)]
pub(crate) struct RateLimit {
    per_second: u32,
    windows: Mutex<HashMap<IpAddr, Window>>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    requests: u32,
}

impl RateLimit {
    /// A limit of 0 lets everything through.
    pub(crate) fn new(per_second: u32) -> Self {
        Self { per_second, windows: Mutex::default() }
    }

    /// Counts a request; false when it is one too many.
    pub(crate) fn admits(&self, address: IpAddr) -> bool {
        if self.per_second == 0 {
            return true;
        }
        let now = Instant::now();
        let mut windows = self.windows.lock().expect("no holder of this lock panics");
        // Only addresses of the last second matter, so the map stays small.
        windows.retain(|_, window| now.duration_since(window.began) < WINDOW);
        let window = windows.entry(address).or_insert(Window { began: now, requests: 0 });
        window.requests = window.requests.saturating_add(1);
        window.requests <= self.per_second
    }
}
