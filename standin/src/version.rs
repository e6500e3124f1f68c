//! Which of two versions is older: the question behind `consumer_version`.

use std::cmp::Ordering;

/// A dotted version, ordered by age.
///
/// Numbers compare as numbers, and missing ones are zero: 6.9.1 < 6.10 = 6.10.0. What follows
/// the dotted numbers is a pre-release, older than the same numbers without it, as in
/// 6.8.0-beta2 < 6.8.0-beta10 < 6.8.0-rc1 < 6.8.0. What follows a `+` does not count.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    numbers: Vec<u64>,
    pre_release: Vec<Part>,
}

/// A stretch of a pre-release name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u64),
    Word(String),
}

impl Version {
    /// Reads any text: what carries no numbers is older than everything that does.
    pub(crate) fn new(text: &str) -> Self {
        let text = text.split('+').next().unwrap_or_default().trim();
        let end = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
        let (dotted, rest) = text.split_at(end);

        let mut numbers: Vec<u64> = dotted.split('.').map(number).collect();
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        Self { numbers, pre_release: parts(rest) }
    }
}

/// An empty stretch counts as 0, one beyond 64 bits as the greatest number there is.
fn number(digits: &str) -> u64 {
    if digits.is_empty() {
        return 0;
    }
    digits.parse().unwrap_or(u64::MAX)
}

/// `-beta10` becomes `beta`, 10: digits compare as numbers, separators do not count.
fn parts(text: &str) -> Vec<Part> {
    text.split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| word.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()))
        .map(|chunk| {
            let chunk = String::from_utf8_lossy(chunk);
            if chunk.starts_with(|c: char| c.is_ascii_digit()) {
                Part::Number(number(&chunk))
            } else {
                Part::Word(chunk.to_lowercase())
            }
        })
        .collect()
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| {
            match (self.pre_release.is_empty(), other.pre_release.is_empty()) {
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                _ => self.pre_release.cmp(&other.pre_release),
            }
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}
