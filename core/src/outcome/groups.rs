//! Finds things by their texts, in few bytes for each: there may be millions.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

/// Things, each a number, in groups by hashes of their texts. The hashes differ from process to process: a server that
/// knew them could choose texts that are all in one group.
pub(super) struct Groups {
    hashes: RandomState,
    /// All things, group by group. In each they have the order in which they were given.
    things: Vec<u32>,
    /// Where in `things` each group ends.
    ends: Vec<u32>,
}

impl Groups {
    /// Makes so many groups, at least one, of the things that `things` gives with their texts; it is asked twice. None
    /// where there is not enough memory.
    pub(super) fn new<'t, I: Iterator<Item = (u32, Cow<'t, str>)>>(
        groups: usize,
        things: impl Fn() -> I,
    ) -> Option<Self> {
        let mut new = Self { hashes: RandomState::new(), things: Vec::new(), ends: zeros(groups)? };
        // First how many things each group has, then where it starts, and in the end, when its things are there, where
        // it ends.
        for (_, text) in things() {
            let group = new.group(new.hashes.hash_one(&*text));
            new.ends[group] += 1;
        }
        let mut count = 0;
        for end in &mut new.ends {
            (*end, count) = (count, count + *end);
        }
        new.things = zeros(count as usize)?;
        for (thing, text) in things() {
            let group = new.group(new.hashes.hash_one(&*text));
            let end = &mut new.ends[group];
            new.things[*end as usize] = thing;
            *end += 1;
        }
        Some(new)
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.things.len()
    }

    /// The things in the group that a thing with this text would be in, and a number that is another for most other texts
    /// of that group.
    pub(super) fn of(&self, text: &str) -> (&[u32], u32) {
        let hash = self.hashes.hash_one(text);
        (self.at(self.group(hash)), (hash >> 32) as u32)
    }

    fn at(&self, group: usize) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.things[start as usize..self.ends[group] as usize]
    }

    fn group(&self, hash: u64) -> usize {
        (hash % self.ends.len() as u64) as usize
    }
}

/// So many zeros; None where there is not enough memory for them.
pub(super) fn zeros(count: usize) -> Option<Vec<u32>> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(count).ok()?;
    zeros.resize(count, 0);
    Some(zeros)
}
