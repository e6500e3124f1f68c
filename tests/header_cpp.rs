//! The C++ header has everything that the C header has, compiles in every way that it promises, and refuses wrong use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

fn read(path: &str) -> String {
    std::fs::read_to_string(support::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A header without its comments.
fn code(path: &str) -> String {
    let text = read(path);
    let mut code = String::new();
    for (i, part) in text.split("/*").enumerate() {
        code += if i == 0 { part } else { part.split_once("*/").expect("an end of the comment").1 };
    }
    code.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// The values of `enum class NAME`, each with its name in C.
fn values(code: &str, name: &str) -> BTreeMap<String, String> {
    let (_, body) =
        code.split_once(&format!("enum class {name} : std::int32_t {{")).unwrap_or_else(|| panic!("{name}"));
    let body = body.split_once("};").expect("an end").0;
    let value = |line: &str| line.trim().split_once(" = ").map(|(ours, c)| (ours.to_owned(), c.to_owned()));
    body.split(',').map(|line| value(line).unwrap_or_else(|| panic!("{line:?} has no value"))).collect()
}

#[test]
fn every_value_has_the_name_that_it_has_in_c() {
    let header = code("include/qls_precheck.h");
    let ours = code("include/qls_precheck.hpp");
    let defined: BTreeSet<&str> = names(&header).filter(|name| name.starts_with("QLS_")).collect();
    let with = |prefix: &str| -> BTreeMap<String, String> {
        let of_c = defined.iter().filter_map(|name| Some((name.strip_prefix(prefix)?, *name)));
        of_c.map(|(rest, name)| (rest.to_lowercase(), name.to_owned())).collect()
    };
    for (name, prefix) in [("Verdict", "QLS_VERDICT_"), ("Trust", "QLS_TRUST_"), ("Log", "QLS_LOG_")] {
        assert!(with(prefix).len() >= 2, "{prefix}");
        assert_eq!(values(&ours, name), with(prefix));
    }
    let mut statuses = with("QLS_");
    statuses.retain(|_, name| {
        !["QLS_VERDICT_", "QLS_TRUST_", "QLS_LOG_", "QLS_ABI_VERSION", "QLS_PRECHECK_H"]
            .iter()
            .any(|other| name.starts_with(other))
    });
    assert!(statuses.len() >= 23, "{statuses:?}");
    assert_eq!(values(&ours, "Status"), statuses);
}

#[test]
fn every_function_of_c_is_there_under_its_name() {
    let header = code("include/qls_precheck.h");
    let ours = code("include/qls_precheck.hpp");
    let called: BTreeSet<&str> = names(&ours).collect();
    let mut functions = 0;
    for (at, _) in header.match_indices('(') {
        let Some(function) = names(&header[..at]).last().filter(|name| header[..at].ends_with(name)) else { continue };
        let Some(rest) = function.strip_prefix("qls_") else { continue };
        functions += 1;
        assert!(called.contains(function), "{function} is not called");
        let name = rest.strip_prefix("client_").or(rest.strip_prefix("result_")).unwrap_or(rest);
        let name = name.strip_suffix("_ms").unwrap_or(name);
        // The C++ classes have constructors and destructors for these.
        assert!(["new", "free"].contains(&name) || called.contains(name), "{function} has no {name}()");
    }
    assert!(functions >= 29, "{functions} functions");
}

/// Compiles a file with these lines.
fn compiled(compiler: &str, arguments: &[&str], lines: &str, work: &Path) -> Output {
    let source = work.join("source.cpp");
    std::fs::write(&source, lines).expect("a source file");
    let mut command = Command::new(compiler);
    command.args(support::CPP_WARNINGS).args(["-Wsign-conversion", "-Wold-style-cast", "-fsyntax-only", "-I"]);
    command.arg(support::root().join("include")).args(arguments).arg(source);
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn compiles(compiler: &str, arguments: &[&str], lines: &str) {
    let work = tempfile::tempdir().expect("a folder");
    let output = compiled(compiler, arguments, lines, work.path());
    assert!(output.status.success(), "{compiler} {arguments:?}\n{lines}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Compiles the header alone, and with all that the compiler can check, in each standard, with and without exceptions.
fn compiles_in_every_way(compiler: &str) {
    let types = read("tests/cpp/types.cpp");
    for standard in ["-std=c++11", "-std=c++14", "-std=c++17", "-std=c++20"] {
        for arguments in [&[standard][..], &[standard, "-fno-exceptions", "-fno-rtti"]] {
            compiles(compiler, arguments, "#include \"qls_precheck.hpp\"\n");
            compiles(compiler, arguments, &types);
        }
    }
}

#[test]
#[ignore = "needs c++"]
fn gcc_compiles_it_in_every_way() {
    compiles_in_every_way("g++");
}

#[test]
#[ignore = "needs clang"]
fn clang_compiles_it_in_every_way() {
    compiles_in_every_way("clang++");
}

/// Ordinary words that windows.h, Qt and X11 define as macros.
const MACROS: &str = "#include <chrono>\n#include <memory>\n#include <string>\n\
    #define ERROR 0\n#define NO_ERROR 0\n#define DELETE 1\n#define IN\n#define OUT\n#define CONST const\n\
    #define TEXT(text) L##text\n#define interface struct\n#define near\n#define far\n#define small char\n\
    #define min(a, b) ((a) < (b) ? (a) : (b))\n#define max(a, b) ((a) > (b) ? (a) : (b))\n\
    #define signals public\n#define slots\n#define emit\n#define foreach for\n#define forever for (;;)\n\
    #define None 0L\n#define Bool int\n#define Success 0\n#define True 1\n#define False 0\n#define Always 2\n\
    #define DEBUG 1\n#define INFO 2\n#define TRACE 3\n#define OK 0\n#define TIMEOUT 1\n#define UNKNOWN 1\n";

#[test]
#[ignore = "needs c++"]
fn gcc_compiles_it_behind_foreign_macros() {
    compiles("g++", &["-std=c++11"], &format!("{MACROS}{}", read("tests/cpp/types.cpp")));
    let work = tempfile::tempdir().expect("a folder");
    let lines = "#define Status int\n#include \"qls_precheck.hpp\"\n";
    let output = compiled("g++", &["-std=c++11"], lines, work.path());
    assert!(String::from_utf8_lossy(&output.stderr).contains("include qls_precheck.hpp first"), "{output:?}");
}

/// Lines that must compile, each with a similar one that must not.
const WRONG: &[(&str, &str)] = &[
    ("qls::Client other = std::move(client);", "qls::Client other = client;"),
    ("other_result = std::move(result);", "other_result = result;"),
    ("qls::Client::adopt(qls_client_new());", "qls::Client other = qls_client_new();"),
    // Texts of a temporary result.
    ("show(result.message());", "show(client.check(token, json).message());"),
    ("show(result.message());", "show(std::move(result).message());"),
    ("show(result.server_code());", "show(client.check(token, json).server_code());"),
    ("show(result.json());", "show(client.check(token, json).json());"),
    ("show(result.get(\"/cause\"));", "show(client.check(token, json).get(\"/cause\"));"),
    ("show(result.component(0).component_id);", "show(client.check(token, json).component(0).component_id);"),
    ("qls_list(client.native_handle(), token, 0);", "qls_list(qls::Client().native_handle(), token, 0);"),
    ("show(qls_result_json(result.native_handle(), 0));", "show(qls_result_json(client.list(0).native_handle(), 0));"),
    // A temporary object as the log, a log that cannot be called with the arguments, a level that is a number.
    (
        "auto log = [](qls::Log, const char *) {}; client.set_log(log, qls::Log::info);",
        "client.set_log([](qls::Log, const char *) {}, qls::Log::info);",
    ),
    (
        "auto log = [](qls::Log, const char *) {}; client.set_log(log, qls::Log::info);",
        "const auto log = [](qls::Log, const char *) {}; client.set_log(std::move(log), qls::Log::info);",
    ),
    (
        "auto log = [](qls::Log, const char *) {}; client.set_log(log, qls::Log::info);",
        "auto log = [](qls::Log) {}; client.set_log(log, qls::Log::info);",
    ),
    (
        "auto log = [](qls::Log, const char *) {}; client.set_log(log, qls::Log::info);",
        "auto log = [](qls::Log, const char *) {}; client.set_log(log, 3);",
    ),
    // Numbers without a unit, and values that are not bool.
    ("client.set_timeout(std::chrono::seconds(30));", "client.set_timeout(30);"),
    ("if (result.ok()) show(token);", "if (result) show(token);"),
    ("if (result.status() == qls::Status::ok) show(token);", "if (result.status() == 0) show(token);"),
    (
        "if (result.component(0).verdict == qls::Verdict::allowed) show(token);",
        "if (result.component(0).verdict) show(token);",
    ),
    ("client.set_trust(qls::Trust::given_only);", "client.set_trust(1);"),
    // Setters need a client that is not const.
    ("shared.cancel();", "shared.set_retries(1);"),
];

#[test]
#[ignore = "needs c++"]
fn gcc_refuses_what_would_be_wrong() {
    let work = tempfile::tempdir().expect("a folder");
    let program = |line: &str| {
        format!(
            "#include \"qls_precheck.hpp\"\nvoid show(const char *text);\n\
             void function(qls::Client &client, const qls::Client &shared, const char *token, const char *json);\n\
             void function(qls::Client &client, const qls::Client &shared, const char *token, const char *json)\n{{\n\
             qls::Result result = shared.check(token, json), other_result = client.list(token);\n{line}\n}}\n"
        )
    };
    // Warnings about unused values do not matter here.
    let arguments = ["-std=c++11", "-Wno-unused", "-Wno-zero-as-null-pointer-constant"];
    for (right, wrong) in WRONG {
        compiles("g++", &arguments, &program(right));
        let output = compiled("g++", &arguments, &program(wrong), work.path());
        assert!(!output.status.success(), "{wrong} compiles");
    }
}
