//! The documents are right: they have every status and cause, and the library gives what their examples show.

#[path = "docs/fragments.rs"]
mod fragments;
#[cfg(target_os = "linux")]
#[path = "docs/rehearsing.rs"]
mod rehearsing;

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use qls_precheck_core::{Cause, Client, Outcome, Status};
use qls_standin::{Licenses, Options, Standin};
use support::{Linkage, RawServer};

fn read(path: &str) -> String {
    std::fs::read_to_string(support::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a document's tables, cell by cell.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let inside = |line: &'_ str| line.starts_with('|') && !line.starts_with("| ---");
    text.lines()
        .filter(move |line| inside(line))
        .map(|line| line.trim().trim_matches('|').split('|').map(str::trim).collect())
}

/// The text in backquotes, if a cell has nothing else.
fn word(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`').filter(|word| !word.contains('`'))
}

/// All texts in backquotes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The text below a heading, up to the next heading of its level.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let level = heading.split(' ').next().unwrap_or_default();
    let start = text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading:?}"));
    let body = &text[start + heading.len() + 2..];
    body.find(&format!("\n{level} ")).map_or(body, |end| &body[..end])
}

/// The blocks of code: the words after the three backquotes, and the lines up to the next three backquotes.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((kind, body.join("\n")));
        }
    }
    found
}

#[test]
fn every_status_is_documented_with_its_number_and_no_other() {
    let document = read("docs/status-codes.md");
    let documented: BTreeMap<&str, i32> = rows(section(&document, "## Statuses"))
        .filter_map(|cells| Some((word(cells[1])?, cells[0].parse().ok()?)))
        .collect();
    let known: BTreeMap<&str, i32> = Status::ALL.iter().map(|status| (status.name(), status.code())).collect();
    assert_eq!(documented, known);
}

#[test]
fn every_cause_is_documented_and_no_other() {
    let document = read("docs/status-codes.md");
    let tables: Vec<Vec<&str>> = rows(&document).filter(|cells| cells.len() == 5 && word(cells[0]).is_some()).collect();
    let documented: BTreeSet<&str> = tables.iter().filter_map(|cells| word(cells[0])).collect();
    let known: BTreeSet<&str> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
    assert_eq!(documented, known);

    let mut under = BTreeSet::new();
    for cells in &tables {
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{}: a cell is empty", cells[0]);
        for status in cells[1].split(", ") {
            let status = word(status).unwrap_or_else(|| panic!("{}: {status:?} is no status's name", cells[0]));
            assert!(under.insert((cells[0], status)), "{} stands twice under {status}", cells[0]);
        }
    }
    let with_a_cause: BTreeSet<&str> = under.iter().map(|(_, status)| *status).collect();
    let failures: BTreeSet<&str> =
        Status::ALL.iter().filter(|status| **status != Status::Ok).map(|status| status.name()).collect();
    assert_eq!(with_a_cause, failures);
}

/// The pages of the repository, by their paths in it.
fn pages(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(support::root().join(folder)).expect("a folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        let path = format!("{folder}{name}");
        if support::root().join(&path).is_dir() {
            // Folders of others: what was built, what git and Python keep.
            if !name.starts_with('.') && !["target", "venv", "node_modules"].contains(&&*name) {
                found.extend(pages(&format!("{path}/")));
            }
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
    found
}

/// Behind its language each block of commands says whether `docs/run` can run it.
#[test]
fn every_block_of_commands_is_marked() {
    let pages = pages("");
    assert!(pages.len() > 20 && pages.contains(&"docs/index.md".to_owned()), "{pages:?}");
    let mut marked = 0;
    for page in pages {
        // A block may be part of a list.
        let text: String = read(&page).lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        for (kind, body) in blocks(&text) {
            let (language, mark) = kind.split_once(' ').unwrap_or((kind, ""));
            let after = |word: &str| mark.strip_prefix(word).is_some_and(|rest| !rest.trim().is_empty());
            let is_mark = mark == "run" || mark.starts_with("run, ") || after("needs ") || after("not here: ");
            if ["sh", "bash", "shell", "console", "bat", "powershell"].contains(&language) {
                assert!(is_mark, "{page}: mark this block `{language} run`, `needs X` or `not here: WHY`:\n{body}");
                marked += 1;
            } else {
                assert!(!is_mark, "{page}: `{kind}` is not a language of commands:\n{body}");
            }
        }
    }
    assert!(marked > 40, "{marked}");
}

/// Each `QLS_...` in backquotes, in any page, is a status, in the header, or defined by what the page is about.
#[test]
fn every_name_in_the_documents_exists() {
    let known: String = [
        "include/qls_precheck.h",
        "include/qls_precheck_load.h",
        "cli/src/arguments.rs",
        "python/src/qls_precheck/__init__.py",
        "qls_precheck.pri",
        "integrations/ifw/qls_precheck_ifw.pri",
        "integrations/nsis/qls-licenses.nsh",
        "integrations/shell/qls-licenses.sh",
        "src/guard.rs",
        "tests/support/src/target.rs",
    ]
    .map(read)
    .concat();
    for path in pages("") {
        let document = read(&path);
        let code: String = blocks(&document).into_iter().map(|(_, body)| body + "\n").collect();
        let prose = words(&document).filter(|word| !word.is_empty());
        for text in prose.chain(code.lines()) {
            for name in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
                // Variables that are made of options' names, crates, files.
                let other = [
                    "QLS_PRECHECK_SERVER",
                    "QLS_PRECHECK_VERBOSE",
                    "qls_precheck_core",
                    "qls_standin",
                    "qls_precheck_ifw",
                    "qls_de",
                    "qls_en",
                    "qls_nl",
                ]
                .contains(&name);
                if (name.starts_with("QLS_") || name.starts_with("qls_")) && !other {
                    assert!(known.contains(name), "{path}: nothing defines {name}");
                }
            }
        }
    }
}

/// Every symbol that the header defines is in the changelog, under the release that added it.
#[test]
fn every_name_in_the_header_is_in_the_changelog() {
    let changelog = read("CHANGELOG.md");
    let listed: BTreeSet<&str> = words(&changelog).collect();
    let header = read("include/qls_precheck.h");
    let mut comment = false;
    let mut found = BTreeSet::new();
    for line in header.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment {
            let names = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            found.extend(names.filter(|name| name.starts_with("qls_") || name.starts_with("QLS_")));
        }
        comment &= !line.ends_with("*/");
    }
    assert!(found.remove("QLS_PRECHECK_H") && found.len() > 60, "{found:?}");
    let missing: Vec<&&str> = found.difference(&listed).collect();
    assert!(missing.is_empty(), "not in CHANGELOG.md: {missing:?}");
}

/// Diagnoses say that a clock is wrong which shows an earlier time than that of the library's last release.
#[test]
fn diagnoses_know_the_last_release() {
    let source = read("core/src/diagnosis/clock.rs");
    let (_, written) = source.split_once("const WRITTEN: u64 = ").expect("the constant");
    let digits: String = written.chars().take_while(|c| *c != ';').filter(char::is_ascii_digit).collect();
    let written: u64 = digits.parse().expect("seconds");
    let now = SystemTime::UNIX_EPOCH.elapsed().expect("a time").as_secs();
    assert!(written <= now, "a release that is yet to come: {written}");
    assert_eq!(seconds("2026-11-01"), 1_793_491_200);
    let changelog = read("CHANGELOG.md");
    let releases: Vec<&str> = changelog.lines().filter_map(|line| line.strip_prefix("## [")).collect();
    assert!(releases.len() >= 2, "{releases:?}");
    for release in releases.into_iter().filter(|release| *release != "Unreleased]") {
        let (_, date) = release.split_once("] - ").expect("version and date");
        assert!(seconds(date) <= written, "{release} came later than {written}");
    }
    assert!(changelog.contains(concat!("\n## [", env!("CARGO_PKG_VERSION"), "] - ")), "this version is not in it");
}

/// The seconds from 1970 to a date such as 2026-11-01.
fn seconds(date: &str) -> u64 {
    let parts: Vec<u64> = date.split('-').map(|part| part.parse().expect("a number")).collect();
    // March comes first, so that the day of leap years is the last one.
    let month = (parts[1] + 9) % 12;
    let year = parts[0] - u64::from(month > 9);
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + parts[2] - 1;
    (days - 719_468) * 86_400
}

/// An address where nothing listens.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

/// The documents have this address instead of the port that the system chose.
const PORT: &str = "127.0.0.1:8080";

/// The outcome of an example, with its consumers and the server's reply.
fn outcome(consumers: Option<&str>, reply: Option<(u16, &str)>) -> String {
    let server = reply.map(|(status, body)| RawServer::replying(support::reply(status, body)));
    let url = server.as_ref().map_or_else(closed_port, RawServer::url);
    let mut client = Client::new();
    client.set_server(Some(&url)).expect("a server");
    let token = Some("not.a.secret");
    let outcome: Outcome = match consumers {
        Some(consumers) => client.check(token, consumers),
        None => client.list(token, None),
    };
    let address = url.strip_prefix("http://").expect("plain http");
    outcome.to_json().replace(address, PORT)
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Linux: an example quotes the system's message")]
fn examples_of_results_are_true() {
    let document = read("docs/result-json.md");
    let examples = section(&document, "## Examples");
    let titles: Vec<&str> = examples.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert!(titles.len() >= 5, "{titles:?}");
    for title in titles {
        let blocks = blocks(section(examples, &format!("### {title}")));
        let block = |kind: &str| blocks.iter().find(|(found, _)| *found == kind).map(|(_, body)| body.as_str());
        let reply = blocks.iter().find_map(|(kind, body)| {
            Some((kind.strip_prefix("json reply ")?.parse().expect("an HTTP status"), body.as_str()))
        });
        let result = block("json result").unwrap_or_else(|| panic!("{title}: no result"));
        let documented: String = result.lines().map(str::trim).collect();
        assert_eq!(outcome(block("json consumers"), reply), documented, "{title}");
    }
}

#[test]
fn members_of_a_result_are_documented_in_their_order() {
    let document = read("docs/result-json.md");
    let table: Vec<&str> =
        rows(section(&document, "## Members")).filter(|cells| cells.len() == 4).filter_map(|c| word(c[0])).collect();
    for (_, result) in blocks(&document).iter().filter(|(kind, _)| *kind == "json result") {
        let members: Vec<&str> = result
            .lines()
            .filter_map(|line| line.strip_prefix("  \"")?.split_once('"').map(|(name, _)| name))
            .collect();
        assert_eq!(members, table, "{result}");
    }
}

/// A program made of `source`, compiled and linked with the shared library.
fn program(source: &str, work: &Path) -> PathBuf {
    let path = work.join("readme.c");
    std::fs::write(&path, source).expect("a source file");
    support::c_program(path.to_str().expect("a path in UTF-8"), work, Linkage::Shared)
}

/// The blocks of C of a page, in their order.
fn code(page: &str) -> Vec<String> {
    blocks(&read(page)).into_iter().filter(|(kind, _)| *kind == "c").map(|(_, lines)| lines).collect()
}

/// A program with the README's lines of C gives the stand-in's verdict.
#[test]
fn the_lines_of_the_readme_work() {
    let work = tempfile::tempdir().expect("a folder");
    let [lines] = &code("README.md")[..] else { panic!("one block of C") };
    let lines: String = lines
        .lines()
        .map(|line| if line.trim_start().starts_with("#include") { String::new() } else { format!("    {line}\n") })
        .collect();
    let source = format!(
        "#include <stdio.h>\n#include \"qls_precheck.h\"\n\
         static void install(const char *component) {{ printf(\"install %s\\n\", component); }}\n\
         static void show(const char *message) {{ printf(\"show %s\\n\", message); }}\n\
         int main(int argc, char **argv)\n{{\n    const char *server = argv[1], *token = argv[2];\n    (void)argc;\n\
         {lines}    return 0;\n}}\n"
    );
    let program = program(&source, work.path());

    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
    let run = |server: &str| {
        let output = support::run(Command::new(&program).args([server, standin.token().as_str()]));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(run(standin.url()), "install qt.tools.qtcreator\n");
    assert!(run(&closed_port()).starts_with("show http://127.0.0.1:"), "the reason is shown");
}

/// A program with the README's lines of C++ does the same.
#[test]
#[ignore = "needs c++"]
fn gcc_runs_the_cpp_lines_of_the_readme() {
    let readme = read("README.md");
    let blocks: Vec<String> = blocks(&readme).into_iter().filter(|(kind, _)| *kind == "cpp").map(|b| b.1).collect();
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    let (include, lines) = blocks[0].split_once('\n').expect("several lines");
    let source = format!(
        "{include}\n#include <cstdio>\n\
         static void install(const char *component) {{ std::printf(\"install %s\\n\", component); }}\n\
         static void show(const char *message) {{ std::printf(\"show %s\\n\", message); }}\n\
         int main(int, char **argv)\n{{\n    const char *server = argv[1], *token = argv[2], *consumers = argv[3];\n\
         {lines}\n}}\n"
    );
    let work = tempfile::tempdir().expect("a folder");
    let path = work.path().join("readme.cpp");
    std::fs::write(&path, source).expect("a source file");
    let path = path.to_str().expect("a path in UTF-8");
    let program = support::cpp_program(&["g++", "-std=c++11"], &[(path, &[])], work.path(), Linkage::Shared);

    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
    let consumers = read("examples-c/consumers.json");
    let run = |server: &str| {
        let output = support::run(Command::new(&program).args([server, standin.token().as_str(), &consumers]));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(run(standin.url()), "install qt.tools.qtcreator\n");
    assert!(run(&closed_port()).starts_with("show http://127.0.0.1:"), "the reason is shown");
}

/// No setter in `docs/c.md` is refused. A refusal would be the outcome of the call, even with a
/// canceled client.
#[test]
fn the_settings_of_the_page_on_c_work() {
    let code = code("docs/c.md");
    let (functions, lines): (Vec<&String>, Vec<&String>) = code.iter().partition(|block| block.starts_with("static "));
    assert_eq!((functions.len(), lines.len()), (1, 2), "{code:?}");
    let text = |blocks: &[&String]| blocks.iter().map(|block| format!("{block}\n")).collect::<String>();
    let source = format!(
        "#include <stdio.h>\n#include \"qls_precheck.h\"\n{}\
         int main(void)\n{{\n    const char *company_ca = \"PEM\";\n    FILE *file = stdout;\n\
         qls_client *client = qls_client_new();\n{}\
         qls_result *result = qls_list(client, \"token\", NULL);\n\
         puts(qls_status_name(qls_result_status(result)));\n\
         qls_result_free(result);\n    qls_client_free(client);\n    return 0;\n}}\n",
        text(&functions),
        text(&lines)
    );
    let work = tempfile::tempdir().expect("a folder");
    let output = support::run(&mut Command::new(program(&source, work.path())));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(printed, "1 QLS_CANCELLED: the client was canceled before\nQLS_CANCELLED\n");
}
