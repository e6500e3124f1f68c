//! A map that only grows, read and filled by many threads without a lock.

use once_cell::race::OnceBox;

/// Values by number. Each is made when it is first asked for and stays where it is until the map is dropped.
///
/// Nothing in it blocks: two threads that ask for the same new value at once may both make it, and one of the two is
/// kept. So a process may fork at any moment, and parent and child can both go on reading.
pub struct OnceMap<V> {
    /// A tree in which each entry chooses the way to the next by two more bits of the number's hash.
    root: OnceBox<One<Entry<V>>>,
}

struct Entry<V> {
    number: u64,
    value: V,
    next: [OnceBox<One<Entry<V>>>; 4],
}

/// An array of one is as large as what is in it. Unlike that, it can be boxed where there may be no memory for it, by way
/// of a vector.
type One<T> = [T; 1];

impl<V> OnceMap<V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self { root: OnceBox::new() }
    }

    /// The value of `number`, if it was made.
    pub fn get(&self, number: u64) -> Option<&V> {
        self.slot(number).get().map(|[entry]| &entry.value)
    }

    /// The value of `number`; made by `make` where there is none yet. None where `make` fails, or
    /// where there is not enough memory.
    pub fn get_or_make(&self, number: u64, make: impl Fn() -> Option<V>) -> Option<&V> {
        loop {
            let entry = |value| boxed(Entry { number, value, next: Default::default() });
            let [entry] = self.slot(number).get_or_try_init(|| make().and_then(entry).ok_or(())).ok()?;
            // Otherwise another thread has just put another number here, and the way goes on behind it.
            if entry.number == number {
                return Some(&entry.value);
            }
        }
    }

    /// Where `number` is, or would be put.
    fn slot(&self, number: u64) -> &OnceBox<One<Entry<V>>> {
        let mut slot = &self.root;
        for bits in way(number) {
            match slot.get() {
                Some([entry]) if entry.number != number => slot = &entry.next[bits],
                _ => break,
            }
        }
        slot
    }
}

impl<V> Default for OnceMap<V> {
    fn default() -> Self {
        Self::new()
    }
}

/// `value` in memory of its own; None where there is not enough.
fn boxed<T>(value: T) -> Option<Box<One<T>>> {
    let mut one = Vec::new();
    one.try_reserve_exact(1).ok()?;
    one.push(value);
    one.into_boxed_slice().try_into().ok()
}

/// The hash of `number`, two bits after the other from the top. Multiplying by an odd number gives each number a hash of
/// its own, so two ways part before they end.
fn way(number: u64) -> impl Iterator<Item = usize> {
    let hash = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..32).map(move |step| (hash >> (62 - 2 * step)) as usize & 3)
}
