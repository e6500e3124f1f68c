//! Tables for people: as wide as they are for a pipe, within its width for a terminal.

use anstyle::Style;
use qls_precheck_core::escaped;
use unicode_width::UnicodeWidthStr;

use crate::wrap::wrapped;

/// What stands between two columns.
const GAP: usize = 2;

const HEAD: Style = Style::new().bold();

/// A text in a table, of printable characters only, whatever the server put into it.
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn new(text: &str) -> Self {
        Self::styled(text, Style::new())
    }

    pub(crate) fn styled(text: &str, style: Style) -> Self {
        Self { text: if text.is_empty() { "-".into() } else { escaped(text) }, style }
    }

    fn width(&self) -> usize {
        self.text.width()
    }

    fn painted(&self) -> String {
        let Self { text, style } = self;
        format!("{style}{text}{style:#}")
    }

    /// Its text in lines of at most `columns`, each behind so many columns that it does not have itself.
    fn wrapped(&self, columns: usize, indent: usize) -> Self {
        let lines = wrapped(&self.text, "", "", columns.saturating_sub(indent).max(1));
        Self { text: lines.join(&format!("\n{:indent$}", "")), style: self.style }
    }
}

/// Rows under a head, with ANSI colors. Where the table is wider than `columns`, each row becomes a block of lines, so that
/// ids stay whole and can be copied.
pub(crate) fn table(head: &[&str], rows: &[Vec<Cell>], columns: Option<usize>) -> String {
    let head: Vec<Cell> = head.iter().map(|name| Cell::styled(name, HEAD)).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| rows.iter().map(|row| row[column].width()).fold(head[column].width(), usize::max))
        .collect();
    let total = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
    if let Some(columns) = columns.filter(|columns| total > *columns) {
        return blocks(&head, rows, columns);
    }
    let line = |row: &Vec<Cell>| {
        let mut line = String::new();
        let mut gap = 0;
        for (cell, width) in row.iter().zip(&widths) {
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(&cell.painted());
            gap = GAP + width - cell.width();
        }
        line
    };
    std::iter::once(&head).chain(rows).map(line).collect::<Vec<_>>().join("\n")
}

fn blocks(head: &[Cell], rows: &[Vec<Cell>], columns: usize) -> String {
    let indent = GAP + head.iter().map(Cell::width).max().unwrap_or(0);
    let line = |(name, cell): (&Cell, &Cell)| {
        let cell = cell.wrapped(columns, indent);
        format!("{}{:width$}{}", name.painted(), "", cell.painted(), width = indent - name.width())
    };
    let block = |row: &Vec<Cell>| head.iter().zip(row).map(line).collect::<Vec<_>>().join("\n");
    rows.iter().map(block).collect::<Vec<_>>().join("\n\n")
}
