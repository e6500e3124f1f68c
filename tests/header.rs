//! The committed header is what the sources make, and it is complete.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `UPDATE_HEADER=1 cargo test --test header header_is_made` rewrites it: this test alone, since the others read it.
#[test]
fn header_is_made_from_the_sources() {
    let config = cbindgen::Config::from_file(root().join("cbindgen.toml")).expect("cbindgen.toml");
    let mut made = Vec::new();
    cbindgen::Builder::new()
        .with_crate(root())
        .with_config(config)
        .generate()
        .expect("cbindgen reads src/")
        .write(&mut made);
    let made = String::from_utf8(made).expect("a header in UTF-8");
    let path = root().join("include/qls_precheck.h");
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(&path, &made).expect("the header can be written");
    }
    let committed = read("include/qls_precheck.h");
    assert!(
        made == committed,
        "include/qls_precheck.h is not what src/ makes: run UPDATE_HEADER=1 cargo test --test header header_is_made"
    );
}

/// The words that start with `qls_` and are followed by `(`, in lines that `keep` accepts.
fn functions(text: &str, keep: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| keep(line)) {
        for (at, _) in line.match_indices("qls_") {
            let name: String = line[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let starts = !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            if starts && line[at + name.len()..].starts_with('(') {
                found.insert(name);
            }
        }
    }
    found
}

fn prototypes() -> BTreeSet<String> {
    functions(&read("include/qls_precheck.h"), |line| !line.trim_start().starts_with(['*', '/']))
}

#[test]
fn every_prototype_is_exported_and_nothing_else_is() {
    let library = support::library();
    let output = Command::new("nm").args(["-D", "--defined-only"]).arg(library.shared()).output().expect("nm runs");
    assert!(output.status.success(), "nm: {}", String::from_utf8_lossy(&output.stderr));
    let exported: BTreeSet<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().nth(2))
        .map(|name| name.split('@').next().unwrap_or(name).to_owned())
        .collect();
    assert_eq!(exported, prototypes());
}

#[test]
fn every_prototype_is_guarded() {
    let mut guarded = BTreeSet::new();
    for file in ["client", "result", "settings", "status", "version"] {
        let source = read(format!("src/{file}.rs"));
        for export in source.split("#[unsafe(no_mangle)]").skip(1) {
            let (signature, body) = export.split_once('{').expect("a function");
            let name = functions(signature, |_| true).into_iter().next().expect("a name");
            let first = body
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty() && !line.starts_with("const ") && !line.starts_with("//"))
                .expect("a body");
            // NULL returns before the guard: a signal handler may cancel before anything of the library is set up.
            let begins = if name == "qls_client_cancel" { "if client.is_null() {" } else { "guard(" };
            // Out-parameters are set from what the guard returns, so that a panic leaves none unset.
            let call = first
                .split_once(") = ")
                .filter(|(names, _)| names.starts_with("let ("))
                .map_or(first, |(_, call)| call);
            assert!(call.starts_with(begins) && body.contains("guard("), "{name} begins with {first:?}");
            guarded.insert(name);
        }
    }
    assert_eq!(guarded, prototypes());
}

/// Compiles a file that only includes the header.
fn compiles_alone(compiler: &str, standard: &str, name: &str) {
    let work = tempfile::tempdir().expect("a folder");
    let source = work.path().join(name);
    std::fs::write(&source, "#include \"qls_precheck.h\"\n").expect("a source file");
    support::run(
        Command::new(compiler)
            .args([&format!("-std={standard}"), "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I"])
            .arg(root().join("include"))
            .arg(source),
    );
}

#[test]
fn it_compiles_alone_as_c99() {
    compiles_alone("cc", "c99", "alone.c");
}

#[test]
#[ignore = "needs c++"]
fn it_compiles_alone_as_cpp11() {
    compiles_alone("c++", "c++11", "alone.cpp");
}

#[test]
#[ignore = "needs clang"]
fn it_compiles_alone_with_clang() {
    compiles_alone("clang", "c99", "alone.c");
    compiles_alone("clang++", "c++11", "alone.cpp");
}

/// Each function's comment says which threads may call it, whether it blocks, and what it returns.
#[test]
fn every_function_is_documented() {
    let header = read("include/qls_precheck.h");
    let lines: Vec<&str> = header.lines().collect();
    let is_comment = |line: &&str| line.trim_start().starts_with(['*', '/']);
    for name in prototypes() {
        let at = lines.iter().position(|line| !is_comment(line) && line.contains(&format!("{name}(")));
        let at = at.unwrap_or_else(|| panic!("{name} has no line of its own"));
        let comment: Vec<&str> = lines[..at].iter().rev().copied().take_while(is_comment).collect();
        let comment = comment.join("\n");
        let says = |words: &[&str]| words.iter().any(|word| comment.contains(word));
        assert!(says(&["Does not block", "Blocks"]), "{name}: says nothing of blocking");
        assert!(says(&["thread", "No other call may be using it"]), "{name}: says nothing of threads");
        assert!(lines[at].starts_with("void") || says(&["Returns"]), "{name}: says nothing of what it returns");
    }
}
