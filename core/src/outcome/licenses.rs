//! The licenses of a reply to `list`, kept as one text: there may be millions of very small ones.

use crate::json::scan;

/// License objects as the server wrote them.
#[derive(Clone, Debug)]
pub(crate) struct Licenses {
    /// A JSON array, without white space between its items.
    array: String,
}

impl Default for Licenses {
    fn default() -> Self {
        Self { array: String::from("[]") }
    }
}

impl Licenses {
    /// Adds one more, a JSON object.
    pub(crate) fn push(&mut self, license: &str) {
        self.array.pop();
        if self.array.len() > 1 {
            self.array.push(',');
        }
        self.array.push_str(license);
        self.array.push(']');
    }

    /// All of them, as a JSON array.
    pub(crate) fn as_json(&self) -> &str {
        &self.array
    }

    /// The same licenses with other texts in them.
    pub(crate) fn rewritten(array: String) -> Self {
        Self { array }
    }

    /// Each of them, a JSON object.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        scan::children(&self.array, 0).map(|license| &self.array[license.value..license.end])
    }
}
