//! The components of one outcome with their verdicts: compact, since there may be a hundred thousand.

use std::borrow::Cow;
use std::fmt;

use once_cell::race::OnceBox;
use serde::ser::{Serialize, Serializer};

use super::groups::{Groups, zeros};
use crate::token::redact::Secrets;

/// What the server said of a component. Only an explicit yes is [`Allowed`](Self::Allowed). The order is that of their
/// weight: where several were said of the same component, the greatest counts, so a denial outweighs a permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The reply has no verdict for it, or there is no reply.
    #[default]
    Unknown,
    /// It may be installed.
    Allowed,
    /// The licenses do not cover it.
    Denied,
}

impl Verdict {
    /// The word for it in a result's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Denied => "denied",
            Self::Allowed => "allowed",
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
#[derive(Default)]
pub struct Components {
    /// All ids, each followed by a NUL.
    ids: String,
    entries: Vec<Entry>,
    /// Whether all components with an id are allowed. Made when one is first asked for.
    by_id: OnceBox<ById>,
    /// The components with the ids that were asked for, where secrets were removed from these.
    asked: Option<Box<Components>>,
}

/// Components by their ids.
struct ById {
    groups: Groups,
    /// A number of each that another one of its group rarely has: it spares most looks at ids, which lie far apart.
    tags: Vec<u32>,
    /// Of the first component with an id: whether all with that id are allowed.
    all_allowed: Vec<bool>,
}

/// Where in `ids` the two ids of a component start; the next component starts behind them. Offsets fit 32 bits: the list
/// they come from is at most 64 MiB.
struct Entry {
    component: u32,
    consumer: u32,
    verdict: Verdict,
}

impl Components {
    pub(crate) fn push(&mut self, component_id: &str, consumer_id: &str) {
        let component = self.ids.len() as u32;
        self.push_id(component_id);
        let consumer = self.ids.len() as u32;
        self.push_id(consumer_id);
        self.entries.push(Entry { component, consumer, verdict: Verdict::Unknown });
    }

    fn push_id(&mut self, id: &str) {
        self.ids.push_str(id);
        self.ids.push('\0');
    }

    /// Gives each component its verdict.
    pub(crate) fn judge(&mut self, verdicts: &[Verdict]) {
        for (entry, verdict) in self.entries.iter_mut().zip(verdicts) {
            entry.verdict = *verdict;
        }
    }

    /// Removes `secrets` from the ids. Whether a component is allowed is told by the id that was asked for, as before.
    pub(crate) fn hide(&mut self, secrets: &Secrets) {
        if !secrets.may_be_in_ids(&self.ids) {
            return;
        }
        let mut hidden = Self::default();
        for Component { component_id, consumer_id, .. } in self.iter() {
            hidden.push(&secrets.removed_from_id(component_id), &secrets.removed_from_id(consumer_id));
        }
        hidden.judge(&self.iter().map(|component| component.verdict).collect::<Vec<_>>());
        let asked = std::mem::replace(self, hidden);
        self.asked = Some(Box::new(asked));
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

    /// The ids of the one at `index`, component and consumer, each with the NUL behind it that C wants to have.
    pub fn ids_with_nul(&self, index: usize) -> Option<[&str; 2]> {
        (index < self.len()).then(|| {
            let [component, consumer, end] = self.bounds(index);
            [&self.ids[component..consumer], &self.ids[consumer..end]]
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Component<'_>> {
        (0..self.len()).map(|index| self.at(index))
    }

    /// Whether `component_id` was asked for and every entry for it is allowed.
    pub(crate) fn all_allowed(&self, component_id: &str) -> bool {
        if let Some(asked) = &self.asked {
            return asked.all_allowed(component_id);
        }
        let Ok(by_id) = self.by_id.get_or_try_init(|| ById::of(self).map(Box::new).ok_or(())) else { return false };
        by_id.allows(self, component_id)
    }

    fn at(&self, index: usize) -> Component<'_> {
        let [component, consumer, end] = self.bounds(index);
        Component {
            component_id: &self.ids[component..consumer - 1],
            consumer_id: &self.ids[consumer..end - 1],
            verdict: self.entries[index].verdict,
        }
    }

    /// Where in `ids` both ids of the one at `index` start, and where the next one's do.
    fn bounds(&self, index: usize) -> [usize; 3] {
        let end = self.entries.get(index + 1).map_or(self.ids.len(), |next| next.component as usize);
        let Entry { component, consumer, .. } = self.entries[index];
        [component as usize, consumer as usize, end]
    }
}

impl ById {
    /// None where there is not enough memory.
    fn of(components: &Components) -> Option<Self> {
        let ids = || components.iter().map(|component| component.component_id);
        let groups = Groups::new(components.len().max(1), || (0..).zip(ids().map(Cow::Borrowed)))?;
        let all_allowed = components.iter().map(|component| component.verdict == Verdict::Allowed).collect();
        let mut by_id = Self { groups, tags: zeros(components.len())?, all_allowed };
        for (index, id) in ids().enumerate() {
            let (group, tag) = by_id.groups.of(id);
            by_id.tags[index] = tag;
            // In a group the first comes first, so it has its tag already.
            if let Some(first) = by_id.first(components, id, group, tag) {
                by_id.all_allowed[first] &= by_id.all_allowed[index];
            }
        }
        Some(by_id)
    }

    /// Whether all components with this id are allowed, of which there is one.
    fn allows(&self, components: &Components, id: &str) -> bool {
        let (group, tag) = self.groups.of(id);
        self.first(components, id, group, tag).is_some_and(|first| self.all_allowed[first])
    }

    /// The first component of this group that has this id.
    fn first(&self, components: &Components, id: &str, group: &[u32], tag: u32) -> Option<usize> {
        let mut alike = group.iter().map(|index| *index as usize).filter(|index| self.tags[*index] == tag);
        alike.find(|index| components.at(*index).component_id == id)
    }
}

impl Serialize for Components {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl Serialize for Component<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([
            ("component_id", self.component_id),
            ("consumer_id", self.consumer_id),
            ("verdict", self.verdict.as_str()),
        ])
    }
}

impl fmt::Debug for Components {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
