//! Wrong arguments, and what has to be told in `--help`.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{Place, program, root, run};

#[test]
fn wrong_arguments_end_with_64_and_print_no_result() {
    let cases: &[&[&str]] = &[
        &[],
        &["ask"],
        &["check"],
        &["check", "a.json", "b.json"],
        &["list", "--timeout", "0"],
        &["list", "--timeout", "soon"],
        &["list", "--timeout", "inf"],
        &["list", "--timeout", "NaN"],
        &["list", "--retries", "-1"],
        &["list", "--trust", "nobody"],
        &["list", "--server", "ftp://example.com", "--json"],
        &["list", "--ca-file", ""],
        &["list", "--token-fil", "file"],
        &["list", "--proxy", "http://proxy", "--proxy-file", "file"],
        &["check", "-", "--token-file", "-"],
        &["list", "--proxy-file", "-", "--token-file", "-"],
        &["diagnose", "more"],
    ];
    for arguments in cases {
        let (output, errors) = run(&mut program(arguments), "").with(64);
        assert_eq!(output, "", "{arguments:?}");
        assert!(!errors.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_secret_given_as_an_argument_is_not_repeated() {
    let place = Place::new();
    let token = place.standin.token();
    let token = token.as_str();
    let glued = |option: &str| format!("{option}{token}");
    let cases: &[(i32, &[&str])] = &[
        (64, &[token]),
        (64, &["list", token]),
        (64, &["check", "a", token]),
        (64, &["list", "--token", token]),
        (64, &["list", &glued("--token=")]),
        (64, &["list", &glued("--")]),
        (64, &["list", &glued("-")]),
        (64, &["list", &glued("--json=")]),
        (64, &["list", "--timeout", token]),
        (64, &["list", "--retries", token]),
        (64, &["list", "--trust", token]),
        (64, &["completions", token]),
        (64, &["list", "--server", &glued("https://")]),
        (64, &["list", "--server", &format!("https://{token}@example.com")]),
        (64, &["list", "--proxy", &format!("http://user:{token}@example.com")]),
        (3, &["list", "--json", "--token-file", token]),
        (3, &["check", "--json", token]),
        (3, &["list", "--output", &glued("/dev/null/")]),
        (3, &["list", "--log-file", &glued("/dev/null/")]),
        (3, &["list", "-vv", "--server", "https://127.0.0.1:1", "--ca-file", token]),
    ];
    for (code, arguments) in cases {
        let ended = run(&mut program(arguments), "");
        let (output, errors) = ended.with(*code);
        for part in token.split('.') {
            assert!(!output.contains(part) && !errors.contains(part), "{output}{errors}");
        }
    }
    for password in ["http://user:hunter2@proxy.example.com", "user:hunter2@proxy.example.com:3128"] {
        let (_, errors) = run(&mut program(&["list", "--proxy", password]), "").with(64);
        assert!(errors.contains("--proxy-file") && !errors.contains("hunter2"), "{errors}");
    }
    let (_, errors) = run(&mut program(&["list", "--password=hunter2"]), "").with(64);
    assert!(errors.contains("--password") && !errors.contains("hunter2"), "{errors}");
}

#[test]
fn help_and_manual_document_exit_codes_and_variables() {
    for arguments in [&["--help"][..], &["check", "--help"], &["list", "--help"], &["diagnose", "--help"], &["man"]] {
        let mut command = program(arguments);
        command.env("QLS_PRECHECK_SERVER", "https://not-shown.example.com");
        let (output, _) = run(&mut command, "").with(0);
        for code in ["0", "1", "2", "3", "64", "70", "130"] {
            let is_row = |line: &str| line.split_whitespace().next() == Some(code) && line.starts_with("  ");
            assert!(output.lines().any(is_row), "{code}: {output}");
        }
        let output = output.replace('\\', "");
        assert!(output.contains("QLS_PRECHECK_TOKEN_FILE") && output.contains("QLS_PRECHECK_SERVER"), "{output}");
        assert!(!output.contains("not-shown"), "{output}");
    }
}

/// The options that `--help` of a command has, as rows of the table in the README.
fn options(command: &str) -> Vec<String> {
    let (help, _) = run(&mut program(&[command, "--help"]), "").with(0);
    let mut lines = help.lines().map(str::trim).skip_while(|line| *line != "Options:").peekable();
    let mut rows = Vec::new();
    while let Some(line) = lines.next() {
        // "- system: ..." is one of an option's values.
        if line.starts_with('-') && !line.starts_with("- ") {
            let text: Vec<_> = std::iter::from_fn(|| lines.next_if(|line| !line.is_empty())).collect();
            rows.push(format!("| `{line}` | {} |", text.join(" ")));
        }
    }
    rows
}

#[test]
fn the_readme_has_the_options_that_help_has() {
    let readme = fs::read_to_string(root().join("cli/README.md")).expect("the program's README");
    let told: BTreeSet<_> = readme.lines().filter(|line| line.starts_with("| `-")).map(str::to_owned).collect();
    let there: BTreeSet<_> = ["check", "list", "diagnose"].into_iter().flat_map(options).collect();
    assert!(there.len() > 10, "{there:?}");
    assert_eq!(told, there.into_iter().filter(|row| !row.starts_with("| `-h, --help`")).collect());
}

#[test]
fn the_manual_refers_to_no_other_page() {
    let (page, _) = run(&mut program(&["man"]), "").with(0);
    assert!(page.contains(r"qls\-precheck check") && !page.contains(r"\-check(1)"), "{page}");
}

#[test]
fn every_shell_gets_completions_with_the_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (script, _) = run(&mut program(&["completions", shell]), "").with(0);
        assert!(script.contains("no-environment") && script.contains("check"), "{shell}");
    }
    // Each option that takes a file's name is completed by those that there are.
    let (script, _) = run(&mut program(&["completions", "zsh"]), "").with(0);
    for option in ["token-file", "ca-file", "proxy-file", "output", "log-file"] {
        let is_of_files = |line: &str| line.contains(&format!("'--{option}=[")) && line.contains(":FILE:_files'");
        assert!(script.lines().any(is_of_files), "{option}: {script}");
    }
}

#[test]
fn the_version_is_the_projects() {
    let (output, _) = run(&mut program(&["--version"]), "").with(0);
    assert_eq!(output, format!("qls-precheck {}\n", env!("CARGO_PKG_VERSION")));
}
