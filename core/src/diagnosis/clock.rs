//! Decides whether this computer's clock is wrong. Only who knows the time can prove it: a server or proxy that tells it,
//! or what cannot have been made later than now: the token and this library.

use crate::text::{now, utc};

use super::{Facts, State, Step, StepName};

/// No clock was right that says an earlier time: then this library was not written yet. A date of build would differ from
/// build to build. To be raised with a release, and a test looks at the dates in the changelog.
const WRITTEN: u64 = 1_795_737_600;

/// How far a clock may be off, in seconds. Much more would be noticed by Kerberos, and by short-lived tokens.
const TOLERATED: u64 = 5 * 60;

/// A time that somebody told.
#[derive(Clone, Copy)]
pub(crate) struct Date {
    who: &'static str,
    /// In seconds since 1970, as `own`.
    pub(crate) told: u64,
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
    /// It is at least this late: before, something could not have been made that is there.
    earliest: u64,
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
        Self { own, date: facts.date, proof, earliest: issued.unwrap_or(WRITTEN) }
    }

    /// What it says, for a person.
    pub(super) fn says(&self) -> String {
        utc(self.own)
    }

    /// Whether it alone makes certificates seem out of date that are valid in this time. None if nobody knows.
    pub(super) fn explains(&self, (start, end): (u64, u64)) -> Option<bool> {
        let holds = |time| (start..=end).contains(&time);
        match (&self.proof, self.date) {
            (None, None) => None,
            // What is out of date was not shown: it is a CA's certificate that is trusted here.
            (Some(_), _) if holds(self.own) => None,
            (_, Some(date)) => Some(self.proof.is_some() && holds(date.told)),
            // It is later than the clock says.
            (Some(_), None) => Some(self.own < start && self.earliest <= end),
        }
    }

    /// Whether somebody told the time, so that [`best_time`](Self::best_time) is more than the earliest one.
    pub(super) fn is_known(&self) -> bool {
        self.date.is_some()
    }

    /// The true time as far as it is known: what somebody told, or else what it says.
    pub(super) fn best_time(&self) -> u64 {
        self.date.map_or(self.own, |date| date.told)
    }

    /// What a diagnosis tells of it.
    pub(super) fn step(&self) -> Step {
        let says = format!("this computer's clock says {}", self.says());
        let (state, message) = match (&self.proof, self.date) {
            (Some(proof), _) => (State::Failed, format!("{says}, but {proof}")),
            (None, Some(date)) => (State::Ok, format!("{says}, and {}'s {}", date.who, utc(date.told))),
            (None, None) => (State::Skipped, format!("{says}; nobody was reached who tells the time")),
        };
        Step { name: StepName::Clock, state, milliseconds: 0, message, cause: None }
    }
}
