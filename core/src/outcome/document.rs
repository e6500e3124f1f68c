//! JSON text that is read by JSON Pointers, any number of times.

use std::ffi::CStr;
use std::ops::Range;

use super::groups::Groups;
use super::once_map::OnceMap;
use crate::json::{pointer, scan};

/// Arrays and objects up to this many bytes are walked each time: that is as fast as an index, and needs no memory.
const SMALL: usize = 512;

/// How many bytes of an array lie between two places that its index remembers, at least.
const SPACING: usize = 64;

/// How many bytes of an object there are for each group of keys in its index.
const GROUP: usize = 64;

/// How many bytes of an array or object are copied at once, about, when one of the values in them is asked for.
const STRETCH: usize = 1024;

/// One JSON value as text, with an index of it and copies of its values, both of which grow with what is asked for.
///
/// Each larger array or object on the way of a pointer is walked once; from then on an item or a member is found at
/// once, so a loop over all items takes the time of one pass. Of equal keys the last one counts. Many threads may read
/// at once, and no lock is on the way.
///
/// Somebody else decided how long the text is, and of what. So the memory for both is asked for: where there is none for
/// an index, arrays and objects are walked each time, and where there is none for a copy, no value is found.
pub struct Document {
    /// The JSON, and a NUL behind it.
    text: String,
    /// By the place where the array or object starts.
    indices: OnceMap<Index>,
    /// Of values that are copied alone, by the place where they start.
    copies: OnceMap<Box<[u8]>>,
}

/// Where the children of an array or object are. Places are offsets into the text, which has less than 4 GiB: it is made
/// of at most 64 MiB of consumers, or of a smaller reply.
struct Index {
    children: Children,
    /// One for each [`STRETCH`] of the text, from where the array or object starts.
    stretches: Vec<Stretch>,
}

enum Children {
    /// Some of the items with their number; and at the end the closing bracket with the number of all items.
    Array(Vec<(u32, u32)>),
    /// All keys, by the texts that they stand for.
    Object(Groups),
}

/// The small values of an array or object that start in one stretch of it. They are copied together: an allocation of its
/// own for each of a million values would take many times the memory that the reply took.
#[derive(Default)]
struct Stretch {
    /// From the first of them to the end of the last; `0..0` if there is none.
    part: Range<u32>,
    /// Copies of the part, by how many levels down the values are that end in NUL.
    copies: OnceMap<Box<[u8]>>,
}

/// A stretch that is copied, in order to put a NUL behind each value that stands in it so many levels down. Such values
/// cannot overlap, and behind each there is room, since a comma or bracket follows.
struct Neighbors<'d> {
    stretch: &'d Stretch,
    /// Whether keys stand between the values of the stretch.
    have_keys: bool,
    levels: u32,
}

impl Document {
    /// Takes `text`, which has to be one well-formed JSON value. What stands behind the value is not looked at.
    pub fn new(mut text: String) -> Self {
        text.push('\0');
        // Much more may have stood around it in the server's reply.
        text.shrink_to_fit();
        Self { text, indices: OnceMap::new(), copies: OnceMap::new() }
    }

    /// The text, as it was given.
    pub fn text(&self) -> &str {
        &self.text[..self.text.len() - 1]
    }

    /// The text, and the NUL that follows it.
    pub fn text_with_nul(&self) -> &str {
        &self.text
    }

    /// Where in the text the value at a JSON Pointer (RFC 6901) stands; None where nothing is.
    pub fn find(&self, pointer: &str) -> Option<Range<usize>> {
        let (start, _) = self.walk(pointer)?;
        Some(start..scan::value_end(self.text().as_bytes(), start)?)
    }

    /// The value at a JSON Pointer, as [`value`](Self::value) has it.
    pub fn get(&self, pointer: &str) -> Option<String> {
        self.value(pointer)?.to_str().ok().map(str::to_owned)
    }

    /// The value at a JSON Pointer: a string decoded, unless it holds U+0000 or half of a surrogate pair; that one and
    /// anything else as JSON text. None where nothing is, or where there is not enough memory for a copy of it.
    pub fn value(&self, pointer: &str) -> Option<&CStr> {
        let (start, neighbors) = self.walk(pointer)?;
        let (copies, key, from) = match &neighbors {
            Some(Neighbors { stretch, levels, .. }) => {
                (&stretch.copies, u64::from(*levels), stretch.part.start as usize)
            }
            None => (&self.copies, start as u64, start),
        };
        let copy = copies.get_or_make(key, || self.copy(start, neighbors.as_ref()))?;
        let value = &copy[start - from..];
        // A string that was decoded stands behind a NUL in the place of its quote.
        CStr::from_bytes_until_nul(if value[0] == 0 { &value[1..] } else { value }).ok()
    }

    /// How many items the array, or members the object, at a JSON Pointer has; 0 for anything else.
    pub fn count(&self, pointer: &str) -> usize {
        let Some((start, _)) = self.walk(pointer) else { return 0 };
        match self.index(start).map(|index| &index.children) {
            Some(Children::Array(items)) => items.last().map_or(0, |(count, _)| *count as usize),
            Some(Children::Object(keys)) => keys.len(),
            None => scan::children(self.text(), start).count(),
        }
    }

    /// Where the value at a JSON Pointer starts, and what it is copied with, if that is more than itself.
    fn walk(&self, pointer: &str) -> Option<(usize, Option<Neighbors<'_>>)> {
        let root = self.text().len() - self.text().trim_ascii_start().len();
        pointer::steps(pointer)?.try_fold((root, None), |(container, outer), step| {
            let (value, neighbors) = self.child(container, &step)?;
            let outer = outer.map(|outer: Neighbors<'_>| Neighbors { levels: outer.levels + 1, ..outer });
            Some((value, outer.or(neighbors)))
        })
    }

    /// Where the value starts that one step of a pointer leads to; and the small values around it, if it is a small one of
    /// an array or object that has an index.
    fn child(&self, container: usize, step: &str) -> Option<(usize, Option<Neighbors<'_>>)> {
        let text = self.text();
        let is_array = text.as_bytes().get(container) == Some(&b'[');
        let index = self.index(container);
        let value = match index.map(|index| &index.children) {
            None if is_array => scan::children(text, container).nth(pointer::index(step)?)?.value,
            None => {
                let is_it = |key: &Range<usize>| stands_for(&text[key.clone()], step);
                let members = scan::children(text, container).filter(|member| member.key.as_ref().is_some_and(is_it));
                members.last()?.value
            }
            Some(Children::Array(items)) => {
                let wanted = pointer::index(step)?;
                let behind = items.partition_point(|(number, _)| *number as usize <= wanted);
                if behind == items.len() {
                    return None;
                }
                let (number, start) = items[behind - 1];
                scan::item_after(text.as_bytes(), start as usize, wanted - number as usize)?
            }
            Some(Children::Object(keys)) => {
                // Of equal keys the last one comes first here.
                let keys = keys.of(step).0.iter().rev();
                let mut members = keys.filter_map(|key| scan::key_at(text.as_bytes(), *key as usize));
                members.find(|(key, _)| stands_for(&text[key.clone()], step))?.1
            }
        };
        let stretch = index.and_then(|index| index.stretches.get((value - container) / STRETCH));
        let stretch = stretch.filter(|stretch| stretch.part.contains(&(value as u32)));
        Some((value, stretch.map(|stretch| Neighbors { stretch, have_keys: !is_array, levels: 1 })))
    }

    /// The index of the array or object that starts at `container`; None where it is small, or something else, or where
    /// there is not enough memory for one.
    fn index(&self, container: usize) -> Option<&Index> {
        let index = self.indices.get(container as u64);
        if index.is_some() {
            return index;
        }
        let text = &self.text().as_bytes()[container..];
        let is_container = matches!(text.first(), Some(b'{' | b'['));
        if !is_container || scan::value_end(&text[..text.len().min(SMALL)], 0).is_some() {
            return None;
        }
        self.indices.get_or_make(container as u64, || match text[0] {
            b'[' => self.index_of_array(container),
            _ => self.index_of_object(container),
        })
    }

    fn index_of_array(&self, container: usize) -> Option<Index> {
        let (mut count, mut items, mut known_up_to, mut stretches) = (0, Vec::new(), 0, Vec::new());
        let mut remember = |count: u32, place: usize| {
            items.try_reserve(1).ok()?;
            items.push((count, place as u32));
            Some(())
        };
        let mut end = container + 1;
        for item in scan::children(self.text(), container) {
            if item.value >= known_up_to {
                remember(count, item.value)?;
                known_up_to = item.value + SPACING;
            }
            Stretch::add(&mut stretches, container, &item)?;
            (count, end) = (count + 1, item.end);
        }
        remember(count, scan::skip(self.text().as_bytes(), end, b','))?;
        Some(Index { children: Children::Array(items), stretches })
    }

    fn index_of_object(&self, container: usize) -> Option<Index> {
        let text = self.text();
        let (mut stretches, mut end) = (Vec::new(), container);
        for member in scan::children(text, container) {
            Stretch::add(&mut stretches, container, &member)?;
            end = member.end;
        }
        let keys = || {
            let keys = scan::children(text, container).filter_map(|member| member.key);
            // A key that stands for no text may be in any group: no step leads to it.
            keys.map(|key| (key.start as u32, scan::decoded(&text[key]).unwrap_or_default()))
        };
        let keys = Groups::new((end - container) / GROUP + 1, keys)?;
        Some(Index { children: Children::Object(keys), stretches })
    }

    /// A copy of the value at `start`, or of it and its neighbors, with a NUL behind each value so many levels down.
    fn copy(&self, start: usize, neighbors: Option<&Neighbors<'_>>) -> Option<Box<[u8]>> {
        let text = self.text().as_bytes();
        let part = match neighbors {
            Some(Neighbors { stretch: Stretch { part, .. }, .. }) => part.start as usize..part.end as usize,
            None => start..scan::value_end(text, start)?,
        };
        let mut copy = Vec::new();
        copy.try_reserve_exact(part.len() + 1).ok()?;
        copy.extend_from_slice(&text[part.clone()]);
        copy.push(0);
        match neighbors {
            None => self.end_values(part.clone(), 0, part.start, &mut copy),
            Some(Neighbors { have_keys, levels, .. }) => {
                let mut value = part.start;
                loop {
                    let end = scan::value_end(text, value)?;
                    self.end_values(value..end, levels - 1, part.start, &mut copy);
                    if end >= part.end {
                        break;
                    }
                    let next = scan::skip(text, end, b',');
                    value = if *have_keys { scan::key_at(text, next)?.1 } else { next };
                }
            }
        }
        Some(copy.into_boxed_slice())
    }

    /// Puts a NUL behind each value that stands so many levels down in the one at `value`, in a copy of the text from
    /// `from` on. Decodes it if it is a string, which makes it shorter.
    fn end_values(&self, value: Range<usize>, levels: u32, from: usize, copy: &mut [u8]) {
        if levels > 0 {
            for child in scan::children(self.text(), value.start) {
                self.end_values(child.value..child.end, levels - 1, from, copy);
            }
            return;
        }
        let json = &self.text()[value.clone()];
        let copy = &mut copy[value.start - from..];
        let is_text = json.starts_with('"') && scan::chars(json).all(|c| c.is_some_and(|c| c != '\0'));
        let mut length = json.len();
        if is_text {
            copy[0] = 0;
            length = 1;
            for byte in scan::chars(json).flatten().flat_map(utf8) {
                copy[length] = byte;
                length += 1;
            }
        }
        copy[length] = 0;
    }
}

impl Stretch {
    /// Adds a value of the array or object at `container` to the stretch in which it starts, unless it is large. None where
    /// there is not enough memory.
    fn add(stretches: &mut Vec<Self>, container: usize, child: &scan::Child) -> Option<()> {
        if child.end - child.value > STRETCH {
            return Some(());
        }
        let number = (child.value - container) / STRETCH;
        if number >= stretches.len() {
            stretches.try_reserve(number + 1 - stretches.len()).ok()?;
            stretches.resize_with(number + 1, Self::default);
        }
        let part = &mut stretches[number].part;
        let start = if part.end == 0 { child.value as u32 } else { part.start };
        *part = start..child.end as u32;
        Some(())
    }
}

/// The bytes of a character.
fn utf8(c: char) -> impl Iterator<Item = u8> {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    bytes.into_iter().take(length)
}

/// Whether a key, with its quotes, stands for the text `step`.
fn stands_for(key: &str, step: &str) -> bool {
    match key.contains('\\') {
        false => &key[1..key.len() - 1] == step,
        true => scan::chars(key).eq(step.chars().map(Some)),
    }
}
