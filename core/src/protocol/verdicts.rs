//! Which component each entry of a reply to `check` is about, and what the entries say together.

use std::collections::HashMap;

use crate::outcome::{Component, Components, Verdict};

/// What a reply says of the components that were asked for. What it says of others is dropped at once.
pub(super) struct Verdicts<'a> {
    asked: &'a Components,
    /// What was said of each so far. Of those with equal ids, the first or the one whose turn it was has it.
    said: Vec<Verdict>,
    /// The component that the next entry is about, as long as the server answers in the order of the request.
    next: usize,
    /// By both ids, the first component that has them. Made when an entry comes out of order.
    by_ids: Option<HashMap<Ids<'a>, u32>>,
    /// What entries without a consumer said. Made when such an entry comes.
    by_component: HashMap<&'a str, ForAll<'a>>,
}

/// What entries without a consumer said of a component.
struct ForAll<'a> {
    /// A consumer for which the component was asked.
    consumer_id: &'a str,
    /// Whether it was asked for that consumer alone.
    is_only: bool,
    said: Verdict,
}

impl ForAll<'_> {
    /// What it means for each consumer of the component. A denial is for all of them. A permission may be meant for
    /// another consumer than the one that was asked for, unless there is only one.
    fn verdict(&self) -> Verdict {
        if self.is_only || self.said == Verdict::Denied { self.said } else { Verdict::Unknown }
    }
}

/// `component_id` and `consumer_id`.
type Ids<'a> = (&'a str, &'a str);

fn ids(component: Component<'_>) -> Ids<'_> {
    (component.component_id, component.consumer_id)
}

impl<'a> Verdicts<'a> {
    pub(super) fn about(asked: &'a Components) -> Self {
        let said = vec![Verdict::Unknown; asked.len()];
        Self { asked, said, next: 0, by_ids: None, by_component: HashMap::new() }
    }

    /// One entry of the reply.
    pub(super) fn add(&mut self, component_id: &str, consumer_id: Option<&str>, verdict: Verdict) {
        let Some(consumer_id) = consumer_id else { return self.add_for_all(component_id, verdict) };
        let is_next = self.asked.get(self.next).map(ids) == Some((component_id, consumer_id));
        let index = match is_next {
            true => Some(self.next),
            false => self.find((component_id, consumer_id)),
        };
        if let Some(index) = index {
            self.said[index] = self.said[index].max(verdict);
            self.next = index + 1;
        }
    }

    fn find(&mut self, wanted: (&str, &str)) -> Option<usize> {
        let by_ids = self.by_ids.get_or_insert_with(|| {
            let mut by_ids = HashMap::with_capacity(self.asked.len());
            for (component, index) in self.asked.iter().zip(0..) {
                by_ids.entry(ids(component)).or_insert(index);
            }
            by_ids
        });
        by_ids.get(&wanted).map(|&index| index as usize)
    }

    fn add_for_all(&mut self, component_id: &str, verdict: Verdict) {
        if self.by_component.is_empty() {
            for Component { component_id, consumer_id, .. } in self.asked.iter() {
                let first = ForAll { consumer_id, is_only: true, said: Verdict::Unknown };
                let for_all = self.by_component.entry(component_id).or_insert(first);
                for_all.is_only &= for_all.consumer_id == consumer_id;
            }
        }
        if let Some(for_all) = self.by_component.get_mut(component_id) {
            for_all.said = for_all.said.max(verdict);
        }
    }

    /// One verdict for each component that was asked for, in the order of the request. Components with equal ids share
    /// what was said of any of them.
    pub(super) fn finish(mut self) -> Vec<Verdict> {
        let all_differ = self.by_ids.as_ref().is_some_and(|by_ids| by_ids.len() == self.asked.len());
        // Where something was said of each, only a denial changes what the others say.
        let is_complete = !self.said.contains(&Verdict::Unknown);
        let mut shared: HashMap<Ids<'_>, Verdict> = HashMap::new();
        for (component, &said) in self.asked.iter().zip(&self.said) {
            if !all_differ && (said == Verdict::Denied || (said == Verdict::Allowed && !is_complete)) {
                let shared = shared.entry(ids(component)).or_default();
                *shared = (*shared).max(said);
            }
        }
        if !shared.is_empty() || !self.by_component.is_empty() {
            for (component, said) in self.asked.iter().zip(&mut self.said) {
                let of_ids = shared.get(&ids(component)).copied().unwrap_or_default();
                let of_all = self.by_component.get(component.component_id).map(ForAll::verdict).unwrap_or_default();
                *said = (*said).max(of_ids).max(of_all);
            }
        }
        self.said
    }
}
