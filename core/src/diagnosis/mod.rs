//! A diagnosis: each step of the way to the server, and what most likely is wrong with it.
//!
//! It has no way of its own to connect. In come the lines that an ordinary `list` writes to its log, which the
//! [`Recorder`] cuts into steps, and the error that the list ended with. Out go a [`Step`] for each, and the
//! conclusion: one text that says what most likely is wrong, and who can mend it. Support staff paste all of it into
//! tickets, so nothing in it is a secret or an e-mail address.
//!
//! - `recorder` keeps what a conclusion needs: the lines, their times, and a few [`Facts`].
//! - `clock` decides whether this computer's clock is wrong.
//! - `conclusion` finds the words for each cause: with `certificates`, and with `network` where nobody answers.

mod certificates;
mod clock;
mod conclusion;
mod network;
mod recorder;

pub(crate) use clock::Date;
pub(crate) use recorder::{Chain, Facts, Recorder, WayFacts};

use std::time::Duration;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::error::{Cause, Error, Status};
use crate::outcome::{Operation, Outcome};
use crate::settings::Settings;
use crate::text::Message;
use crate::token::redact::Secrets;

use clock::Clock;
use conclusion::Case;
use recorder::Recorded;

macro_rules! words {
    ($(#[$all:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$all])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// Its word in a result's JSON. It never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

words! {
    /// The steps on the way to the server, in the order in which they are taken.
    StepName {
        /// The program's settings.
        Settings = "settings",
        /// Finding the token.
        Token = "token",
        /// Finding out whether there is a proxy.
        Proxy = "proxy",
        /// Looking up the server's name, or the proxy's.
        Name = "name",
        /// Connecting to the server, or to the proxy.
        Connection = "connection",
        /// Asking the proxy for a tunnel to the server.
        Tunnel = "tunnel",
        /// The TLS handshake with the server.
        Tls = "tls",
        /// The server's reply, and what it means.
        Reply = "reply",
        /// This computer's clock.
        Clock = "clock",
    }
}

words! {
    /// How a step ended.
    State {
        /// It was done.
        Ok = "ok",
        /// It was not done, so no step of the same way that needs it was tried.
        Failed = "failed",
        /// It was not needed, or not tried.
        Skipped = "skipped",
    }
}

/// The steps that an exchange takes. The clock is judged at its end.
const TAKEN: [StepName; 8] = [
    StepName::Settings,
    StepName::Token,
    StepName::Proxy,
    StepName::Name,
    StepName::Connection,
    StepName::Tunnel,
    StepName::Tls,
    StepName::Reply,
];

/// What became of one step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which step.
    pub name: StepName,
    /// How it ended.
    pub state: State,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// What happened, for a person.
    pub message: String,
    /// Why it failed. None for one that did not, and for the clock.
    pub cause: Option<Cause>,
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = serializer.serialize_struct("Step", 5)?;
        json.serialize_field("step", self.name.as_str())?;
        json.serialize_field("state", self.state.as_str())?;
        json.serialize_field("milliseconds", &self.milliseconds)?;
        json.serialize_field("message", &self.message)?;
        json.serialize_field("cause", &self.cause.map(Cause::as_str))?;
        json.end()
    }
}

/// Completes the outcome of a diagnosis, which ended with the outcome's error or without one: adds the steps, and
/// makes the conclusion its message. Does nothing to the outcome of another operation.
pub(crate) fn complete(outcome: &mut Outcome, settings: &Settings, secrets: &Secrets) {
    let (Some(Operation::Diagnose), Some(recorder)) = (outcome.operation, settings.log.recorder()) else { return };
    let (recorded, facts) = recorder.finish();
    let clock = Clock::judge(&facts);
    let of_way = facts.way.steps(&recorded);
    let told = told(outcome, of_way, secrets);
    let failure = outcome.error().map(|error| (failing_step(error, of_way), error.cause()));
    let step = |name: StepName| {
        // More than once, where there are several ways.
        let taken: Vec<_> = recorded.iter().filter(|taken| taken.name == name).collect();
        let mut lines: Vec<_> = taken.iter().flat_map(|taken| lines(taken, secrets)).collect();
        let (state, cause) = match (failure, taken.last()) {
            (Some((failed, cause)), _) if name == failed => {
                push_once(&mut lines, told.clone());
                (State::Failed, Some(cause))
            }
            // A way ended here, and the one behind it did without this step, or did not come as far.
            (_, Some(Recorded { failed: Some((cause, _)), .. })) => (State::Failed, Some(*cause)),
            (_, Some(_)) => (State::Ok, None),
            (_, None) => {
                let is_behind = failure.is_some_and(|(failed, _)| name > failed);
                lines.push(if is_behind { "not tried".into() } else { not_needed(name).into() });
                (State::Skipped, None)
            }
        };
        let milliseconds = taken.iter().map(|taken| taken.took).sum::<Duration>().as_millis() as u64;
        Step { name, state, milliseconds, message: lines.join("; "), cause }
    };
    let steps = TAKEN.into_iter().map(step).chain([clock.step()]).collect();
    let conclusion = match failure {
        None => conclusion::of_success(&facts, &clock),
        Some((step, cause)) => {
            let slowest = slowest(&recorded, of_way, step, cause);
            Case { settings, facts: &facts, clock: &clock, told: &told, step, slowest }.conclusion(cause)
        }
    };
    let conclusion = Message::own(conclusion).shown(secrets);
    outcome.diagnosis = steps;
    match outcome.error.take() {
        Some(error) => outcome.fail(Error::new(error.status(), error.cause(), conclusion)),
        None => outcome.message = conclusion,
    }
}

/// What the error says. Where it happened is said once, by the settings; and each way's failure by its own steps.
fn told(outcome: &Outcome, of_way: &[Recorded], secrets: &Secrets) -> String {
    if let Some(Recorded { failed: Some((_, failure)), .. }) = of_way.last() {
        return failure.shown(secrets);
    }
    let place = format!("{}: ", outcome.server);
    outcome.message.strip_prefix(&place).unwrap_or(&outcome.message).to_owned()
}

/// What the log has of a step, and why a way failed in it.
fn lines(taken: &Recorded, secrets: &Secrets) -> Vec<String> {
    let mut lines: Vec<_> = taken.lines.iter().map(|line| without_name(taken.name, &line.shown(secrets))).collect();
    if let Some((_, failure)) = &taken.failed {
        push_once(&mut lines, failure.shown(secrets));
    }
    lines
}

/// Appends a failure to the lines of a step. Attempts that failed have lines of their own, which the failure repeats.
fn push_once(lines: &mut Vec<String>, failure: String) {
    lines.retain(|line| !failure.contains(line.as_str()));
    lines.push(failure);
}

/// A line of the log without the step's name in front.
fn without_name(step: StepName, line: &str) -> String {
    let rest = line.strip_prefix(step.as_str()).and_then(|rest| rest.strip_prefix(": "));
    rest.unwrap_or(line).to_owned()
}

/// The step that `error` belongs to: mostly the last one that began on the way that it is about. What is wrong with a
/// setting may show later.
fn failing_step(error: &Error, of_way: &[Recorded]) -> StepName {
    let last = of_way.last().map_or(StepName::Settings, |taken| taken.name);
    match (error.status(), error.cause()) {
        (_, Cause::ProxySettingInvalid) => StepName::Proxy,
        (_, Cause::NoTrustStore) => last,
        (Status::InvalidToken | Status::TokenNotFound, _) => StepName::Token,
        (Status::InvalidArgument | Status::Configuration, _) => StepName::Settings,
        _ => last,
    }
}

/// The step in which more time went by than in the one that `failed` because the time was up; None if none did.
fn slowest(steps: &[Recorded], of_way: &[Recorded], failed: StepName, cause: Cause) -> Option<StepName> {
    let counted = match cause {
        Cause::Deadline => steps,
        // Each way has a time of its own, which begins behind the look-up of the name.
        Cause::ConnectTimeout => of_way.split(|taken| taken.name == StepName::Name).next_back()?,
        _ => return None,
    };
    let slowest = counted.iter().max_by_key(|taken| taken.took)?;
    Some(slowest.name).filter(|name| *name != failed)
}

/// Why a step was not taken on a way that led further.
fn not_needed(step: StepName) -> &'static str {
    match step {
        StepName::Name => "not needed: the address has numbers instead of a name",
        StepName::Tunnel => "not needed: the way is direct",
        StepName::Tls => "not needed: the server is asked by plain http",
        _ => "not tried",
    }
}
