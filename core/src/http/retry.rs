//! When to ask again, and how long to wait before: many installers may start at once behind one address.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use crate::error::{Error, Status};

use super::reply::Reply;

/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The first span of time over which refused requests are spread; it doubles up to the longest.
const FIRST_SPREAD: Duration = Duration::from_secs(1);
const LONGEST_SPREAD: Duration = Duration::from_secs(8);

/// The repetitions of one operation.
#[derive(Debug)]
pub(crate) struct Retries {
    /// Repetitions left; being told to come back later (429) does not count.
    left: u32,
    round: u32,
}

impl Retries {
    pub(crate) fn new(number: u32) -> Self {
        Self { left: number, round: 0 }
    }

    /// How long to wait before asking again after `done`, with `time` left for everything; None to leave it at that.
    pub(crate) fn pause(&mut self, done: &Result<Reply, Error>, time: Duration) -> Option<Duration> {
        let asked_for = match done {
            Ok(reply) if matches!(reply.status, 429 | 503) => reply.retry_after.as_deref().and_then(parse),
            _ => None,
        };
        let asked_for = asked_for.unwrap_or_default();
        let pause = match done {
            Ok(reply) if reply.status == 429 => {
                let spread = doubled(FIRST_SPREAD, self.round).min(LONGEST_SPREAD);
                // Half of what is left at most, so that there is time for the answer; and not ever shorter ones.
                let spread = spread.min(time.saturating_sub(asked_for) / 2).mul_f64(chance());
                (asked_for + spread).max(FIRST_PAUSE)
            }
            // After the time that was asked for, so that not all come back in the same moment.
            Ok(reply) if matches!(reply.status, 502..=504) => asked_for + self.counted()?,
            Err(error) if is_worth_repeating(error) => self.counted()?,
            _ => return None,
        };
        self.round += 1;
        (pause < time).then_some(pause)
    }

    /// A pause that uses up one of the repetitions.
    fn counted(&mut self) -> Option<Duration> {
        self.left = self.left.checked_sub(1)?;
        let pause = doubled(FIRST_PAUSE, self.round).min(LONGEST_SPREAD);
        Some(pause / 2 + (pause / 2).mul_f64(chance()))
    }
}

/// Refused and broken connections. A connect timeout took its time already, and the next would too.
fn is_worth_repeating(error: &Error) -> bool {
    match error.status() {
        Status::ConnectionLost => true,
        Status::ConnectFailed => error.cause() == crate::Cause::ConnectionRefused,
        _ => false,
    }
}

fn doubled(first: Duration, times: u32) -> Duration {
    first.saturating_mul(1 << times.min(16))
}

/// From 0 to 1: std seeds each of these anew.
fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    random as f64 / u64::MAX as f64
}

/// Retry-After (RFC 9110, section 10.2.3): seconds or a date. Anything else is as good as none.
fn parse(value: &str) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(
            Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))).min(Duration::from_secs(u32::MAX.into())),
        );
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
