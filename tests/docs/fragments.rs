//! Every fragment of C and C++ in the pages compiles, in a function that has what the fragments take for granted.

use std::fmt::Write;
use std::process::Command;

use super::{blocks, pages, read};

/// What a page's fragments of C are about.
const C: &str = "\
#include <stdio.h>
#include \"qls_precheck.h\"
#include \"qls_precheck_load.h\"
void show(const char *message);
void install(const char *component);
void fragment(qls_client *client, const qls_result *result, const char *server, const char *token,
              const char *company_ca, FILE *file);
void fragment(qls_client *client, const qls_result *result, const char *server, const char *token,
              const char *company_ca, FILE *file)
";

/// The same of C++. Of Qt's classes it has what the fragments call, as Qt 5 and 6 declare it.
const CPP: &str = "\
#include \"qls_precheck.hpp\"
#include <thread>
struct QByteArray { const char *constData() const; };
struct QString { QByteArray toUtf8() const; static QString fromUtf8(const char *text); };
void show(const char *message);
void install(const char *component);
void fragment(qls::Client &client, qls::Result &result, const QString &file, const char *server, const char *token,
              const char *consumers)
";

/// A source with the fragments of one page, each in a block of its own. Functions come before, and files that are included
/// are there already.
fn source(frame: &str, fragments: &[String]) -> String {
    let (functions, statements): (Vec<_>, Vec<_>) = fragments.iter().partition(|text| text.starts_with("static "));
    let (includes, head) = frame.split_at(frame.find("void ").expect("a declaration"));
    let mut source = includes.to_owned();
    functions.iter().for_each(|text| source += text);
    writeln!(source, "\n{head}{{").expect("a string");
    for text in statements {
        let lines = text.lines().map(|line| if line.starts_with("#include") { "" } else { line });
        writeln!(source, "{{\n{}\n}}", lines.collect::<Vec<_>>().join("\n")).expect("a string");
    }
    source + "}\n"
}

/// Compiles the fragments of all pages in this language.
fn compile(language: &str, frame: &str, compiler: &[&str]) {
    let work = tempfile::tempdir().expect("a folder");
    let file = work.path().join(format!("fragments.{language}"));
    let mut compiled = Vec::new();
    for page in pages("") {
        // A block may be part of a list.
        let text: String = read(&page).lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        let fragments: Vec<_> = blocks(&text).into_iter().filter(|block| block.0 == language).map(|b| b.1).collect();
        if fragments.is_empty() {
            continue;
        }
        std::fs::write(&file, source(frame, &fragments)).expect("a source file");
        let mut command = Command::new(compiler[0]);
        command.args(&compiler[1..]).args(["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused", "-Iinclude"]);
        let output = command.arg(&file).current_dir(support::root()).output().expect("a compiler");
        assert!(output.status.success(), "{page}:\n{}", String::from_utf8_lossy(&output.stderr));
        compiled.push(page);
    }
    assert!(["README.md".to_owned(), format!("docs/{language}.md")].iter().all(|page| compiled.contains(page)));
}

#[test]
fn every_fragment_of_c_compiles() {
    compile("c", C, &["cc", "-std=c99", "-pedantic"]);
}

#[test]
#[ignore = "needs c++"]
fn gcc_compiles_every_fragment_of_cpp() {
    compile("cpp", CPP, &["g++", "-std=c++11", "-pedantic"]);
}
