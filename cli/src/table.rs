//! Tables for people: as wide as they are for a pipe, within its width for a terminal.

use anstyle::Style;
use qls_precheck_core::escaped;
use unicode_width::UnicodeWidthStr;

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
}

/// Rows under a head, with ANSI colors. Where the table is wider than `columns`, each row becomes a block of lines, so
/// that ids stay whole and can be copied.
pub(crate) fn table(head: &[&str], rows: &[Vec<Cell>], columns: Option<usize>) -> String {
    let head: Vec<Cell> = head.iter().map(|name| Cell::styled(name, HEAD)).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| rows.iter().map(|row| row[column].width()).fold(head[column].width(), usize::max))
        .collect();
    let total = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
    if columns.is_some_and(|columns| total > columns) {
        return blocks(&head, rows);
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

fn blocks(head: &[Cell], rows: &[Vec<Cell>]) -> String {
    let widest = head.iter().map(Cell::width).max().unwrap_or(0);
    let line = |(name, cell): (&Cell, &Cell)| {
        format!("{}{:width$}{}", name.painted(), "", cell.painted(), width = GAP + widest - name.width())
    };
    let block = |row: &Vec<Cell>| head.iter().zip(row).map(line).collect::<Vec<_>>().join("\n");
    rows.iter().map(block).collect::<Vec<_>>().join("\n\n")
}
