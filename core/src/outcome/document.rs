//! JSON text that is read by JSON Pointers, any number of times.

use std::borrow::Cow;
use std::ops::Range;

use super::once_map::OnceMap;
use crate::json::{pointer, scan};

/// Arrays and objects up to this many bytes are walked each time: that is as fast as an index, and needs no memory.
const SMALL: usize = 512;

/// How many bytes of an array lie between two places that its index remembers, at least.
const SPACING: usize = 64;

/// One JSON value as text, and an index of it that grows with what is asked for.
///
/// Each larger array or object on the way of a pointer is walked once; from then on an item is found at once, so a loop
/// over all items takes the time of one pass, and a key by binary search. Of equal keys the last one counts. Many
/// threads may read at once, and no lock is on the way.
pub struct Document {
    text: String,
    /// By the place where the array or object starts.
    indices: OnceMap<Index>,
}

/// Where the children of an array or object are. Places are offsets into the text, which has less than 4 GiB: it is made
/// of at most 64 MiB of consumers, or of a smaller reply.
enum Index {
    /// Some of the items, with their number.
    Array { count: usize, items: Vec<(u32, u32)> },
    /// All keys, sorted by the texts that they stand for.
    Object(Vec<u32>),
}

impl Document {
    /// Takes `text`, which has to be one well-formed JSON value. What stands behind the value is not looked at.
    pub fn new(text: String) -> Self {
        Self { text, indices: OnceMap::new() }
    }

    /// The text, as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the text the value at a JSON Pointer (RFC 6901) stands; None where nothing is.
    pub fn find(&self, pointer: &str) -> Option<Range<usize>> {
        let root = self.text.len() - self.text.trim_ascii_start().len();
        let start = pointer::steps(pointer)?.try_fold(root, |container, step| self.child(container, &step))?;
        Some(start..scan::value_end(self.text.as_bytes(), start)?)
    }

    /// The value at a JSON Pointer, as [`value_text`](Self::value_text) has it.
    pub fn get(&self, pointer: &str) -> Option<String> {
        self.find(pointer).map(|place| self.value_text(place).into_owned())
    }

    /// The value that [`find`](Self::find) found: a string decoded, unless it holds U+0000 or half of a surrogate pair;
    /// that one and anything else as JSON text.
    pub fn value_text(&self, place: Range<usize>) -> Cow<'_, str> {
        let json = &self.text[place];
        match json.starts_with('"').then(|| scan::decoded(json)).flatten() {
            Some(text) if !text.contains('\0') => text,
            _ => Cow::Borrowed(json),
        }
    }

    /// How many items the array, or members the object, at a JSON Pointer has; 0 for anything else.
    pub fn count(&self, pointer: &str) -> usize {
        let Some(place) = self.find(pointer) else { return 0 };
        match self.index(place.start) {
            Some(Index::Array { count, .. }) => *count,
            Some(Index::Object(keys)) => keys.len(),
            None => scan::children(&self.text, place.start).count(),
        }
    }

    /// Where the value starts that one step of a pointer leads to.
    fn child(&self, container: usize, step: &str) -> Option<usize> {
        let text = &self.text;
        let is_array = text.as_bytes().get(container) == Some(&b'[');
        match self.index(container) {
            None if is_array => scan::children(text, container).nth(pointer::index(step)?).map(|item| item.value),
            None => {
                let is_it = |key: &Range<usize>| scan::decoded(&text[key.clone()]).as_deref() == Some(step);
                let members = scan::children(text, container).filter(|member| member.key.as_ref().is_some_and(is_it));
                members.last().map(|member| member.value)
            }
            Some(Index::Array { items, .. }) => {
                let wanted = pointer::index(step)?;
                let known = items.partition_point(|(number, _)| *number as usize <= wanted).checked_sub(1)?;
                let (number, start) = items[known];
                scan::item_after(text.as_bytes(), start as usize, wanted - number as usize)
            }
            Some(Index::Object(keys)) => {
                let behind = keys.partition_point(|&key| self.key(key).as_deref() <= Some(step));
                let last = keys[behind.checked_sub(1)?];
                let (_, value) = scan::key_at(text.as_bytes(), last as usize)?;
                (self.key(last)? == step).then_some(value)
            }
        }
    }

    /// The index of the array or object that starts at `container`; None where it is small, or something else.
    fn index(&self, container: usize) -> Option<&Index> {
        let index = self.indices.get(container as u32);
        if index.is_some() {
            return index;
        }
        let text = &self.text.as_bytes()[container..];
        let is_container = matches!(text.first(), Some(b'{' | b'['));
        if !is_container || scan::value_end(&text[..text.len().min(SMALL)], 0).is_some() {
            return None;
        }
        Some(self.indices.get_or_make(container as u32, || match text[0] {
            b'[' => self.index_of_array(container),
            _ => self.index_of_object(container),
        }))
    }

    fn index_of_array(&self, container: usize) -> Index {
        let (mut count, mut items, mut known_up_to) = (0, Vec::new(), 0);
        for item in scan::children(&self.text, container) {
            if item.value >= known_up_to {
                items.push((count as u32, item.value as u32));
                known_up_to = item.value + SPACING;
            }
            count += 1;
        }
        Index::Array { count, items }
    }

    fn index_of_object(&self, container: usize) -> Index {
        let members = scan::children(&self.text, container);
        let mut keys: Vec<u32> = members.filter_map(|member| Some(member.key?.start as u32)).collect();
        // Equal keys keep their order, so the last one is the last one here too.
        keys.sort_by_cached_key(|&key| self.key(key));
        Index::Object(keys)
    }

    /// The text that the key at `start` stands for; None where it stands for none, so that no pointer finds it.
    fn key(&self, start: u32) -> Option<Cow<'_, str>> {
        let (key, _) = scan::key_at(self.text.as_bytes(), start as usize)?;
        scan::decoded(&self.text[key])
    }
}
