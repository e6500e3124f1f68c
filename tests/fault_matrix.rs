//! `docs/faults.md` is complete: every row has a test, every named test exists, every fault test has a row, and a row
//! names the systems where its tests run.

use std::collections::BTreeSet;
use std::path::Path;

struct Row {
    number: String,
    systems: String,
    proofs: Vec<String>,
}

/// The first column and the last two of each row.
fn rows(text: &str) -> Vec<Row> {
    text.lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let proofs = cells[cells.len() - 1].split(", ").map(|proof| proof.trim_matches('`').to_owned());
            Row { number: cells[0].to_owned(), systems: cells[cells.len() - 2].to_owned(), proofs: proofs.collect() }
        })
        .collect()
}

/// The number of a row as it is in test names: `1` becomes `001`, `8a` becomes `008a`.
fn padded(row: &str) -> String {
    let digits: String = row.chars().take_while(char::is_ascii_digit).collect();
    format!("{digits:0>3}{}", &row[digits.len()..])
}

/// For each test in `source` whose name begins like this: whether `.ci/platforms` runs it for Windows. It runs the
/// core's tests there, and the C programs of the contract and behind a proxy with Kerberos.
fn on_windows(file: &str, source: &str, test: &str) -> Vec<bool> {
    if file.starts_with("tests/c/") {
        return vec![true];
    }
    let lines: Vec<&str> = source.lines().collect();
    let elsewhere = !file.starts_with("core/tests/") || source.contains("#![cfg(target_os = \"linux\")]");
    let kept_away = |at: usize| {
        let attributes = lines[..at].iter().rev().take_while(|line| line.starts_with("#["));
        attributes.into_iter().any(|line| {
            ["cfg(unix)", "cfg(target_os", "cfg_attr(windows, ignore", "#[ignore"]
                .iter()
                .any(|word| line.contains(word))
        })
    };
    let begins = format!("fn {test}");
    let in_wine =
        |at: usize| file == "tests/negotiate.rs" && (lines[at].ends_with("_in_c() {") || lines[at].contains("_wine_"));
    (0..lines.len())
        .filter(|&at| lines[at].trim_start().starts_with(&begins))
        .map(|at| in_wine(at) || !elsewhere && !kept_away(at))
        .collect()
}

fn collect_tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect_tests(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&entry).expect("a source file");
            for (at, _) in source.match_indices("fn fault_") {
                let row: String = source[at + 9..].chars().take_while(char::is_ascii_alphanumeric).collect();
                // Names without a number only look like fault tests; this file has such.
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
    let mut elsewhere = Vec::new();
    for Row { number: row, systems, proofs } in &rows {
        let mut windows = Vec::new();
        for proof in proofs {
            let (file, test) = proof.split_once("::").unwrap_or((proof, ""));
            let source = std::fs::read_to_string(root.join(file)).unwrap_or_default();
            let exists = !test.is_empty()
                && (source.contains(&format!("fn {test}")) || source.contains(&format!("void {test}")));
            if !exists {
                unproven.push(format!("{row}: {proof:?}"));
            }
            windows.extend(on_windows(file, &source, test));
        }
        let windows_alone =
            proofs.iter().all(|proof| proof.starts_with("tests/c/windows_") || proof.contains("_wine_"));
        let found = match (windows.contains(&true), windows.contains(&false)) {
            _ if windows_alone => "Windows",
            (true, false) => "Linux, Windows",
            (true, true) => "Linux, Windows in part",
            (false, _) => "Linux",
        };
        if systems != found {
            elsewhere.push(format!("{row}: {systems:?}, not {found:?}"));
        }
    }
    assert!(unproven.is_empty(), "rows whose test does not exist: {unproven:#?}");
    assert!(elsewhere.is_empty(), "rows that were run on other systems than they name: {elsewhere:#?}");

    let known: BTreeSet<String> = rows.iter().map(|row| padded(&row.number)).collect();
    let mut tested = BTreeSet::new();
    collect_tests(&root.join("core/tests"), &mut tested);
    collect_tests(&root.join("tests"), &mut tested);
    collect_tests(&root.join("cli/tests"), &mut tested);
    assert!(tested.len() > 100, "the search finds no tests any more");
    let strangers: Vec<_> = tested.difference(&known).collect();
    assert!(strangers.is_empty(), "tests without a row: {strangers:?}");
}
