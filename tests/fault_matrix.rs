//! `docs/faults.md`: every row has a test, every named test exists, and every fault test has its row.

use std::collections::BTreeSet;
use std::path::Path;

/// The first column and the last of each row.
fn rows(text: &str) -> Vec<(String, Vec<String>)> {
    text.lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let proofs = cells[cells.len() - 1].split(", ").map(|proof| proof.trim_matches('`').to_owned());
            (cells[0].to_owned(), proofs.collect())
        })
        .collect()
}

/// `1` and `8a` as test names have them: `001`, `008a`.
fn padded(row: &str) -> String {
    let digits: String = row.chars().take_while(char::is_ascii_digit).collect();
    format!("{digits:0>3}{}", &row[digits.len()..])
}

fn collect_tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect_tests(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&entry).expect("a source file");
            for (at, _) in source.match_indices("fn fault_") {
                let row: String = source[at + 9..].chars().take_while(char::is_ascii_alphanumeric).collect();
                // A name that only looks like one (in this file) has no number.
                if row.starts_with(|c: char| c.is_ascii_digit()) {
                    found.insert(row);
                }
            }
        }
    }
}

#[test]
fn every_row_is_proven_and_every_test_has_a_row() {
    let root = support::root();
    let text = std::fs::read_to_string(root.join("docs/faults.md")).expect("docs/faults.md");
    let rows = rows(&text);
    assert!(rows.len() >= 129, "only {} rows: none is ever taken away", rows.len());

    let mut unproven = Vec::new();
    for (row, proofs) in &rows {
        for proof in proofs {
            let (file, test) = proof.split_once("::").unwrap_or((proof, ""));
            let source = std::fs::read_to_string(root.join(file)).unwrap_or_default();
            let exists = !test.is_empty()
                && (source.contains(&format!("fn {test}")) || source.contains(&format!("void {test}")));
            if !exists {
                unproven.push(format!("{row}: {proof:?}"));
            }
        }
    }
    assert!(unproven.is_empty(), "rows whose test does not exist: {unproven:#?}");

    let known: BTreeSet<String> = rows.iter().map(|(row, _)| padded(row)).collect();
    let mut tested = BTreeSet::new();
    collect_tests(&root.join("core/tests"), &mut tested);
    collect_tests(&root.join("tests"), &mut tested);
    assert!(tested.len() > 100, "the search finds no tests any more");
    let strangers: Vec<_> = tested.difference(&known).collect();
    assert!(strangers.is_empty(), "tests without a row: {strangers:?}");
}
