//! Decides whether this computer's clock is wrong. Only who knows the time can prove it: a server or proxy that tells it,
//! or what cannot have been made later than now: the token and this library.

use crate::text::{now, utc};

use super::{Facts, Finding, State, Step};

/// No clock was right that says an earlier time: then this library was not written yet. To be raised with a release.
const WRITTEN: u64 = 1_793_491_200;

/// How far a clock may be off, in seconds. Much more would be noticed by Kerberos, and by short-lived tokens.
const TOLERATED: u64 = 5 * 60;

/// A time that somebody told.
#[derive(Clone, Copy)]
pub(crate) struct Date {
    who: &'static str,
    /// In seconds since 1970, as `own`.
    told: u64,
    /// What this computer's clock said at that moment.
    own: u64,
}

impl Date {
    /// What `who` says now.
    pub(crate) fn now(who: &'static str, told: u64) -> Self {
        Self { who, told, own: now() }
    }
}

/// What is known of this computer's clock.
pub(super) struct Clock {
    own: u64,
    date: Option<Date>,
    /// What proves that it is wrong, in words; None if nothing does.
    pub(super) proof: Option<String>,
    /// Whether that proves that it is fast; otherwise it is slow.
    is_fast: bool,
}

impl Clock {
    pub(super) fn judge(facts: &Facts) -> Self {
        let own = facts.date.map_or_else(now, |date| date.own);
        let wrong = facts.date.filter(|date| date.own.abs_diff(date.told) > TOLERATED);
        // Whoever told the time outweighs what would prove it otherwise: an issuer's clock may be wrong as well.
        let nobody_told = facts.date.is_none();
        let issued = facts.token.issued.filter(|issued| nobody_told && *issued > own + TOLERATED);
        let proof = match (wrong, issued) {
            (Some(Date { who, told, .. }), _) => Some(format!("{who}'s says {}", utc(told))),
            (None, Some(issued)) => Some(format!("the token was issued on {}", utc(issued))),
            (None, None) if nobody_told && own < WRITTEN => {
                Some(format!("this program was made after {}", utc(WRITTEN)))
            }
            (None, None) => None,
        };
        let is_fast = wrong.is_some_and(|date| date.own > date.told);
        Self { own, date: facts.date, proof, is_fast }
    }

    /// What it says, for a person.
    pub(super) fn says(&self) -> String {
        utc(self.own)
    }

    /// Whether it makes a certificate that is valid seem expired (a fast clock), or else not valid yet (a slow one). None
    /// if nobody knows.
    pub(super) fn explains(&self, expired: bool) -> Option<bool> {
        match (&self.proof, self.date) {
            (Some(_), _) => Some(self.is_fast == expired),
            (None, Some(_)) => Some(false),
            (None, None) => None,
        }
    }

    /// The true time as far as it is known: what somebody told, or else what it says.
    pub(super) fn best_time(&self) -> u64 {
        self.date.map_or(self.own, |date| date.told)
    }

    pub(super) fn finding(&self) -> Finding {
        let says = format!("this computer's clock says {}", self.says());
        let (state, message) = match (&self.proof, self.date) {
            (Some(proof), _) => (State::Failed, format!("{says}, but {proof}")),
            (None, Some(date)) => (State::Ok, format!("{says}, and {}'s {}", date.who, utc(date.told))),
            (None, None) => (State::Skipped, format!("{says}; nobody was reached who tells the time")),
        };
        Finding { step: Step::Clock, state, milliseconds: 0, message, cause: None }
    }
}
