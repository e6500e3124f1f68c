//! How wide a terminal is, and text within its width.

use terminal_size::{Height, Width};
use textwrap::{Options, WordSplitter};

/// How many columns of a terminal of this size are written to. In the last one some terminals begin a new line already.
pub(crate) fn columns(size: Option<(Width, Height)>) -> usize {
    const USUAL: usize = 80;
    size.map_or(USUAL, |(Width(columns), _)| columns.into()).saturating_sub(1)
}

/// `text` in lines of at most `columns`, with `first` in front of the first one and `further` in front of the others. A word
/// is never broken, so that an address can be copied.
pub(crate) fn wrapped(text: &str, first: &str, further: &str, columns: usize) -> Vec<String> {
    let options = Options::new(columns).initial_indent(first).subsequent_indent(further);
    let options = options.break_words(false).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}
