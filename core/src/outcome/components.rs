//! The components of one outcome with their verdicts: compact, since there may be a hundred thousand.

use std::fmt;

use once_cell::sync::OnceCell;

/// What the server said of a component. Only an explicit yes is [`Allowed`](Self::Allowed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The reply has no verdict for it, or there is no reply.
    #[default]
    Unknown,
    /// The licences do not cover it.
    Denied,
    /// It may be installed.
    Allowed,
}

impl Verdict {
    /// The word for it in a result's JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Denied => "denied",
            Self::Allowed => "allowed",
        }
    }

    /// Both said of the same component: a denial outweighs a permission.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Denied, _) | (_, Self::Denied) => Self::Denied,
            (Self::Allowed, _) | (_, Self::Allowed) => Self::Allowed,
            (Self::Unknown, Self::Unknown) => Self::Unknown,
        }
    }
}

/// One consumer that was asked for, with its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component<'a> {
    /// The installer's unit.
    pub component_id: &'a str,
    /// The product in the server's terms.
    pub consumer_id: &'a str,
    /// May it be installed?
    pub verdict: Verdict,
}

/// The consumers of a request in its order, each with its verdict.
#[derive(Clone, Default)]
pub struct Components {
    /// Every id followed by U+0000 (which no id contains), so that C programs can borrow them.
    ids: String,
    entries: Vec<Entry>,
    /// Indices in the order of `component_id`, made when a component is first looked for.
    by_id: OnceCell<Vec<u32>>,
}

/// Offsets fit 32 bits: the list they come from is at most 64 MiB.
#[derive(Clone, Copy)]
struct Entry {
    component: u32,
    consumer: u32,
    verdict: Verdict,
}

impl Components {
    pub(crate) fn push(&mut self, component_id: &str, consumer_id: &str) {
        let component = self.ids.len() as u32;
        self.ids.push_str(component_id);
        self.ids.push('\0');
        let consumer = self.ids.len() as u32;
        self.ids.push_str(consumer_id);
        self.ids.push('\0');
        self.entries.push(Entry { component, consumer, verdict: Verdict::Unknown });
    }

    /// Gives each component its verdict.
    pub(crate) fn judge(&mut self, verdicts: &[Verdict]) {
        for (entry, verdict) in self.entries.iter_mut().zip(verdicts) {
            entry.verdict = *verdict;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The one at `index`.
    pub fn get(&self, index: usize) -> Option<Component<'_>> {
        (index < self.len()).then(|| self.at(index))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Component<'_>> {
        (0..self.len()).map(|index| self.at(index))
    }

    /// `component_id` and `consumer_id` of the one at `index`, each with the NUL behind it that C needs.
    pub fn c_ids(&self, index: usize) -> Option<(&str, &str)> {
        (index < self.len()).then(|| {
            let (component, consumer, end) = self.places(index);
            (&self.ids[component..consumer], &self.ids[consumer..end])
        })
    }

    /// Whether `component_id` was asked for and every entry for it is allowed.
    pub(crate) fn all_allowed(&self, component_id: &str) -> bool {
        let by_id = self.by_id.get_or_init(|| {
            let mut order: Vec<u32> = (0..self.len() as u32).collect();
            order.sort_unstable_by_key(|&index| self.at(index as usize).component_id);
            order
        });
        let first = by_id.partition_point(|&index| self.at(index as usize).component_id < component_id);
        let mut same = by_id[first..]
            .iter()
            .map(|&index| self.at(index as usize))
            .take_while(|c| c.component_id == component_id)
            .peekable();
        same.peek().is_some() && same.all(|component| component.verdict == Verdict::Allowed)
    }

    fn at(&self, index: usize) -> Component<'_> {
        let (component, consumer, end) = self.places(index);
        Component {
            component_id: &self.ids[component..consumer - 1],
            consumer_id: &self.ids[consumer..end - 1],
            verdict: self.entries[index].verdict,
        }
    }

    /// Where in `ids` the two ids of an entry begin, and where the second ends; both with their U+0000.
    fn places(&self, index: usize) -> (usize, usize, usize) {
        let entry = self.entries[index];
        let end = self.entries.get(index + 1).map_or(self.ids.len(), |next| next.component as usize);
        (entry.component as usize, entry.consumer as usize, end)
    }
}

impl fmt::Debug for Components {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
