//! Decides whether to ask again after a failure, and how long to wait before. The pauses are random: if many installers
//! behind one address fail at the same moment, they should not all come back at the same moment.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use crate::error::{Cause, Error, Status};
use crate::text::is_number;

use super::reply::Reply;

/// The pause after the first failure, but for HTTP 429. Each further one is twice as long, up to [`LONGEST_SPREAD`]. It
/// is the longest value; a random one, of at least half of it, is used.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// After HTTP 429 the next attempt comes at a random moment within a span of time. This is the first span; each
/// repetition doubles it, up to [`LONGEST_SPREAD`].
const FIRST_SPREAD: Duration = Duration::from_secs(1);
/// The longest pause, and the longest span of time after HTTP 429; a server's `Retry-After` comes on top.
const LONGEST_SPREAD: Duration = Duration::from_secs(8);

/// Counts the repetitions of one operation.
#[derive(Debug)]
pub(crate) struct Retries {
    /// How many repetitions are left. Those after HTTP 429 do not count.
    left: u32,
    /// How many repetitions there were, HTTP 429 included.
    round: u32,
}

impl Retries {
    pub(crate) fn new(number: u32) -> Self {
        Self { left: number, round: 0 }
    }

    /// How long to wait before asking again, if the last attempt ended with `done` and the call has `time` left. None
    /// if asking again makes no sense, no repetition is left, or the pause does not fit into `time`: then `done` is
    /// final.
    pub(crate) fn pause(&mut self, done: &Result<Reply, Error>, time: Duration) -> Option<Duration> {
        let asked_for = match done {
            Ok(reply) if matches!(reply.status, 429 | 503) => reply.retry_after.as_deref().and_then(parse),
            _ => None,
        };
        let asked_for = asked_for.unwrap_or_default();
        let pause = match done {
            Ok(reply) if reply.status == 429 => {
                let spread = doubled(FIRST_SPREAD, self.round).min(LONGEST_SPREAD);
                // The pause takes at most half of the time that is left, so that there is time for the answer. It is at
                // least the first pause: without that, pauses would become ever shorter towards the end.
                let spread = spread.min(time.saturating_sub(asked_for) / 2).mul_f64(chance());
                asked_for.saturating_add(spread).max(FIRST_PAUSE)
            }
            // The random pause is added to what the server asked for, so that not all clients come back at that moment.
            Ok(reply) if matches!(reply.status, 502..=504) => asked_for.saturating_add(self.counted()?),
            Err(error) if is_worth_repeating(error) => self.counted()?,
            _ => return None,
        };
        self.round += 1;
        (pause < time).then_some(pause)
    }

    /// The pause before a repetition that counts; None if no repetition is left.
    fn counted(&mut self) -> Option<Duration> {
        self.left = self.left.checked_sub(1)?;
        let pause = doubled(FIRST_PAUSE, self.round).min(LONGEST_SPREAD);
        Some(pause / 2 + (pause / 2).mul_f64(chance()))
    }
}

/// Whether trying again may help: it may after connections that were refused or broke, and when the resolver could not
/// look the name up, be it the proxy's. After a connect timeout it does not, since the next attempt would take as long.
fn is_worth_repeating(error: &Error) -> bool {
    match error.status() {
        Status::ConnectionLost => true,
        Status::ConnectFailed => error.cause() == Cause::ConnectionRefused,
        _ => error.cause() == Cause::ResolverUnavailable,
    }
}

/// `first`, doubled so many `times`.
fn doubled(first: Duration, times: u32) -> Duration {
    first.saturating_mul(1 << times.min(16))
}

/// A random number from 0 to 1. It comes from the standard library's hash keys, which differ from process to process
/// and from call to call.
fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    random as f64 / u64::MAX as f64
}

/// How long the value of the header `Retry-After` asks to wait. It is a number of seconds or a date (RFC 9110, section
/// 10.2.3); None for anything else.
fn parse(value: &str) -> Option<Duration> {
    if is_number(value) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
