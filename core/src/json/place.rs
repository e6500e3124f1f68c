//! Where a reading of JSON is, for messages, and whether it goes on.

use std::cell::Cell;
use std::fmt;

/// Lets a long reading be given up: 64 MiB take longer than some callers wait.
pub(crate) struct Pace<'p> {
    go_on: &'p dyn Fn() -> bool,
    steps: Cell<u32>,
}

impl<'p> Pace<'p> {
    /// Asks `go_on` every so often.
    pub(crate) fn new(go_on: &'p dyn Fn() -> bool) -> Self {
        Self { go_on, steps: Cell::new(0) }
    }

    /// Whether the time for reading is over.
    pub(crate) fn is_over(&self) -> bool {
        !(self.go_on)()
    }

    /// One member or item further.
    pub(crate) fn step(&self) -> Result<(), &'static str> {
        self.steps.set(self.steps.get().wrapping_add(1));
        if self.steps.get().is_multiple_of(1024) && self.is_over() { Err("given up") } else { Ok(()) }
    }
}

/// Where in a document a value stands, for messages: `consumers[3].consumer_version`.
#[derive(Clone, Copy)]
pub(crate) enum Place<'p> {
    Root(&'p str, &'p Pace<'p>),
    Item(&'p Place<'p>, usize),
    Member(&'p Place<'p>, &'p str),
}

impl<'p> Place<'p> {
    pub(crate) fn pace(&self) -> &'p Pace<'p> {
        match self {
            Place::Root(_, pace) => pace,
            Place::Item(outer, _) | Place::Member(outer, _) => outer.pace(),
        }
    }

    /// How many arrays and objects enclose this place.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Place::Root(..) => 0,
            Place::Item(outer, _) | Place::Member(outer, _) => outer.depth() + 1,
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root(name, _) => f.write_str(name),
            Place::Item(outer, index) => write!(f, "{outer}[{index}]"),
            Place::Member(Place::Root("", _), name) => f.write_str(name),
            Place::Member(outer, name) => write!(f, "{outer}.{name}"),
        }
    }
}
