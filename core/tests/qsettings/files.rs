//! Generates INI files as QSettings, people and their scripts write them, and odder ones. Which feature of the dialect a
//! file has is written down, so that the test can tell that none was left out.

use std::collections::BTreeSet;

/// Makes one file after the other; the same ones for the same seed.
pub(crate) struct Files {
    random: u64,
    text: Vec<u8>,
    line_end: &'static str,
    features: BTreeSet<&'static str>,
}

pub(crate) struct File {
    pub(crate) content: Vec<u8>,
    pub(crate) features: BTreeSet<&'static str>,
}

/// One way to write something: the feature's name, and the text in which `T` stands for what is written. The first way
/// of a list is how QSettings writes it.
type Way = (&'static str, &'static str);

const SECTIONS: &[Way] = &[
    ("section", "[QtAccount]"),
    ("section with blanks", "[ QtAccount\t]"),
    ("section with blanks", "  [QtAccount]  "),
    ("encoded section", "[Qt%41ccount]"),
    ("encoded section", "[%U0051tAccoun%74]"),
    ("encoded section", "[Qt%Account]"),
    ("section without its end", "[QtAccount"),
    ("text behind a section", "[QtAccount] jwt=behind"),
    ("text behind a section", "[QtAccount];jwt=behind"),
    ("section in another case", "[qtaccount]"),
    ("section in another case", "[QTACCOUNT]"),
    ("section with a mark", "[\u{feff}QtAccount]"),
    ("section with quotes", "[\"QtAccount\"]"),
    ("other section", "[General]"),
    ("other section", "[%General]"),
    ("other section", "[Qt]"),
    ("other section", "[Kontö]"),
    ("no section", ""),
];

/// Lines beside the one with the token.
const BESIDE: &[Way] = &[
    ("other key", "email=jane@example.com"),
    ("other key", "u=jane"),
    ("other key", "jwt2=wrong"),
    ("other key", "xjwt=wrong"),
    ("UTF-8", "email=\"Jürgen, 日本 😀\""),
    ("empty line", ""),
    ("empty line", " \t "),
    ("comment", ";jwt=comment"),
    ("comment", "  ; it's a \"comment"),
    ("comment", "; [QtAccount]"),
    ("hash", "#jwt=wrong"),
    ("hash", "# it's no \"comment"),
    ("hash", "#[Other]"),
    ("no =", "jwt"),
    ("no =", "nothing at all"),
    ("key in another case", "JWT=wrong"),
    ("key in another case", "Jwt=wrong"),
    ("slash in a key", "jwt\\x=wrong"),
    ("section below", "[QtAccount\\a]"),
    ("section below", "[QtAccount/zzz]"),
    ("section below", "[QtAccount%2Fjwt]"),
    ("other section", "[Other]"),
    ("key of another section", "QtAccount\\jwt=wrong"),
    ("key twice", "jwt=twice"),
    ("key twice", "jwt="),
];

const KEYS: &[Way] = &[
    ("key", "jwt=T"),
    ("blanks around =", "jwt = T"),
    ("blanks around =", "  jwt\t=\t T \t"),
    ("encoded key", "j%77t=T"),
    ("encoded key", "%U006A%U0077%U0074=T"),
    ("encoded key", "%U+06awt=T"),
    ("encoded key", "%U0x6awt=T"),
    ("encoded key", "jw%7=T"),
    ("key with a mark", "\u{feff}jwt=T"),
    ("key in another case", "JWT=T"),
    ("line before the key", "\\\njwt=T"),
    ("quotes in a key", "\"jwt\"=T"),
    ("colon", "jwt:T"),
];

const VALUES: &[Way] = &[
    ("plain value", "T"),
    ("empty value", ""),
    ("empty value", "\"\""),
    ("quotes", "\"T\""),
    ("quotes", "\"T\" "),
    ("quotes", " \"T\""),
    ("quotes", "'T'"),
    ("quotes inside", "T\"T\"T"),
    ("quotes inside", "\"T\" \"T\""),
    ("quotes inside", "\"T\"T  "),
    ("quotes without their end", "\"T"),
    ("quotes without their end", "T\""),
    ("comment behind a value", "T;comment"),
    ("comment behind a value", "T ; it's a \"comment"),
    ("semicolon in quotes", "\"T;T\""),
    ("escape", "T\\tT"),
    ("escape", "\\\"T\\\""),
    ("escape", "T\\\\T"),
    ("escape", "T\\?T\\'T"),
    ("unknown escape", "\\T\\-T\\z"),
    ("escape at the end", "T\\"),
    ("escape at the end", "T \\x"),
    ("hexadecimal escape", "T\\x41"),
    ("hexadecimal escape", "T\\x2d\\xT"),
    ("hexadecimal escape", "\\x10041.T"),
    ("hexadecimal escape", "T\\xe9"),
    ("octal escape", "T\\101"),
    ("octal escape", "\\0.T"),
    ("blanks at the end", "T\t  "),
    ("blanks at the end", "T\\x41  "),
    ("blanks inside", "T T"),
    ("line that goes on", "T\\\nT"),
    ("line that goes on", "\\\nT"),
    ("line that goes on", "T\\\n"),
    ("line break in quotes", "\"T\nT\""),
    ("line break in quotes", "\"T\n[Other]\nT\""),
    ("list", "T,T"),
    ("list", "T,"),
    ("comma in quotes", "\"T,T\""),
    ("= in a value", "T=T"),
    ("= in a value", "\"T==\""),
    ("UTF-8", "T-é-日-😀"),
    ("mark in a value", "\u{feff}T"),
    ("@ByteArray", "@ByteArray(T)"),
    ("@ByteArray", "\"@ByteArray(T)\""),
    ("@ByteArray", "@ByteArray(T\\xef\\xbb)"),
    ("@ByteArray", "@ByteArray(\\xef\\xbb\\xbfT)"),
    ("@ByteArray", "@ByteArray(T€😀)"),
    ("@ByteArray", "@ByteArray()"),
    ("@ByteArray", "@ByteArray(T"),
    ("@@", "@@T"),
    ("@@", "@T"),
    ("@@", "@@ByteArray(T)"),
    ("other types", "@Invalid()"),
    ("other types", "@Variant(T)"),
    ("other types", "@Rect(1 2 3 4)"),
    ("other types", "@Size(12)"),
    ("other types", "@Size(1 2)"),
    ("other types", "@Point(1)2)"),
    ("hash in a value", "T#T"),
];

/// What a mutation puts in: what means something in the dialect, and bytes that are not UTF-8.
const ODD: &[u8] = b"[]=;\\\"@,%#()\r\n \tjwtxU041\0\x0b\xc3\xa9\xef\xbb\xbf\xff";

impl Files {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: seed | 1, text: Vec::new(), line_end: "\n", features: BTreeSet::new() }
    }

    pub(crate) fn next(&mut self) -> File {
        self.line_end = match self.below(8) {
            0 | 1 => self.feature("CR LF", "\r\n"),
            2 => self.feature("CR", "\r"),
            3 => self.feature("LF CR", "\n\r"),
            _ => self.feature("LF", "\n"),
        };
        if self.below(8) == 0 {
            let mark = self.feature("byte order mark", "\u{feff}");
            self.text.extend_from_slice(mark.as_bytes());
        }
        // Most files are as QSettings writes them, but for one thing or two.
        let odd = if self.below(3) > 0 { Some(self.below(4)) } else { None };
        let ways = |index, ways: &'static [Way]| if odd.is_none_or(|odd| odd == index) { ways } else { &ways[..1] };
        let (sections, keys, values) = (ways(0, SECTIONS), ways(1, KEYS), ways(2, VALUES));
        self.lines_beside(odd.is_some());
        self.line(sections);
        self.lines_beside(odd.is_some());
        let value = self.value(values);
        let key = self.pick(keys);
        let key = self.written(key, &value);
        self.append(&key);
        self.lines_beside(odd.is_some());
        if self.below(12) == 0 {
            self.feature("section twice", "");
            self.line(&[("section", "[QtAccount]")]);
            let value = self.value(VALUES);
            let key = self.written(("key twice", "jwt=T"), &value);
            self.append(&key);
        }
        if self.below(6) == 0 {
            self.mutate();
        }
        File { content: std::mem::take(&mut self.text), features: std::mem::take(&mut self.features) }
    }

    fn below(&mut self, end: usize) -> usize {
        // Xorshift: good enough, and the same on every machine.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 16) as usize % end
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn feature(&mut self, name: &'static str, text: &'static str) -> &'static str {
        self.features.insert(name);
        text
    }

    fn lines_beside(&mut self, plain: bool) {
        for _ in 0..if plain { self.below(2) } else { self.below(5) } {
            self.line(BESIDE);
        }
    }

    fn line(&mut self, ways: &[Way]) {
        let way = self.pick(ways);
        let line = self.written(way, "");
        self.append(&line);
    }

    /// A value, in one of these ways.
    fn value(&mut self, ways: &[Way]) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/";
        let token: String = (0..1 + self.below(24)).map(|_| char::from(self.pick(LETTERS))).collect();
        let way = self.pick(ways);
        self.written(way, &token)
    }

    fn written(&mut self, (feature, text): Way, value: &str) -> String {
        self.features.insert(feature);
        text.replace('T', value)
    }

    fn append(&mut self, line: &str) {
        let line = line.replace('\n', self.line_end);
        self.text.extend_from_slice(line.as_bytes());
        self.text.extend_from_slice(self.line_end.as_bytes());
    }

    fn mutate(&mut self) {
        self.features.insert("bytes changed");
        for _ in 0..1 + self.below(3) {
            let at = self.below(self.text.len() + 1);
            let odd = self.pick(ODD);
            match self.below(3) {
                0 => self.text.insert(at, odd),
                1 if at < self.text.len() => self.text[at] = odd,
                _ => self.text.truncate(at.max(self.text.len().saturating_sub(3))),
            }
        }
    }
}

/// Every feature that there is.
pub(crate) fn all_features() -> BTreeSet<&'static str> {
    let ways = [SECTIONS, BESIDE, KEYS, VALUES].concat();
    let others = ["CR LF", "CR", "LF CR", "LF", "byte order mark", "section twice", "bytes changed"];
    ways.into_iter().map(|(feature, _)| feature).chain(others).collect()
}
