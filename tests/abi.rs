//! What programs were compiled with goes on working: today's header has all that the headers of the releases in
//! `packaging/abi` have, and a program that was built with one of those runs with today's library.

#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use qls_standin::{Licenses, Options, Standin};

fn read(path: impl AsRef<Path>) -> String {
    let path = support::root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn today() -> String {
    read("include/qls_precheck.h")
}

/// The folders of the releases, named by their versions.
fn releases() -> Vec<PathBuf> {
    let folder = fs::read_dir(support::root().join("packaging/abi")).expect("packaging/abi");
    let folders: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    assert!(!folders.is_empty(), "no release to compare with");
    folders
}

fn printed(command: &mut Command) -> String {
    String::from_utf8(support::run(command).stdout).expect("UTF-8")
}

/// The header as the compiler sees it, without comments and what it includes.
fn preprocessed(header: &Path) -> String {
    let all = printed(Command::new("cc").args(["-E", "-x", "c"]).arg(header));
    let mut ours = false;
    let mut text = String::new();
    for line in all.lines() {
        match line.strip_prefix("# ") {
            Some(place) => ours = place.contains("qls_precheck.h\""),
            None if ours => text += &format!("{line}\n"),
            None => {}
        }
    }
    text
}

/// The constants that it defines, with their values.
fn constants(header: &Path) -> BTreeMap<String, String> {
    let all = printed(Command::new("cc").args(["-dM", "-E", "-x", "c"]).arg(header));
    let defined = all.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    let ours = defined.filter(|(name, _)| name.starts_with("QLS_"));
    ours.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// All names of the interface, as they are in C.
fn names(header: &Path) -> BTreeSet<String> {
    let text = preprocessed(header);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("qls_") || word.starts_with("QLS_"));
    ours.map(str::to_owned).chain(constants(header).into_keys()).collect()
}

/// A library that has the functions of the header, which do nothing, and one variable of each enumeration: no function
/// takes or returns those, since their size is not the same in every standard of C.
fn stub(header: &Path) -> PathBuf {
    let text = preprocessed(header);
    let mut source = format!("#include \"{}\"\n", header.display());
    let declarations = text.split(';').map(str::trim).filter(|part| part.ends_with(')') && !part.contains("typedef"));
    for declaration in declarations {
        let body = if declaration.starts_with("void ") { "{}" } else { "{ return 0; }" };
        source += &format!("{declaration} {body}\n");
    }
    for (at, _) in text.match_indices("enum qls_") {
        if let Some((name, _)) = text[at..].split_once('{').filter(|(name, _)| !name.contains(';')) {
            let name = name.trim();
            source += &format!("{name} {};\n", name.replace(' ', "_"));
        }
    }
    let file = header.with_extension("c");
    fs::write(&file, source).expect("a source file");
    let library = header.with_file_name("libqls_precheck.so");
    let mut cc = Command::new("cc");
    cc.args(["-std=c99", "-g", "-shared", "-fPIC", "-Wl,-soname,libqls_precheck.so.0", "-o"]).arg(&library).arg(&file);
    support::run(&mut cc);
    library
}

/// In what the new header would break programs that were compiled with the old one, or adds without saying so.
fn differences(old: &str, new: &str, changelog: &str) -> Vec<String> {
    let work = tempfile::tempdir().expect("a folder");
    let [old, new] = [("old", old), ("new", new)].map(|(name, text)| {
        let folder = work.path().join(name);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("qls_precheck.h"), text).expect("a header");
        folder.join("qls_precheck.h")
    });
    let mut found = Vec::new();

    let enumerations = work.path().join("enumerations.ini");
    fs::write(&enumerations, "[suppress_type]\n  type_kind = enum\n").expect("a file");
    let enumerations = enumerations.to_str().expect("a path in UTF-8");
    let [stub_of_old, stub_of_new] = [stub(&old), stub(&new)];
    // What abidiff takes for harmless is among others a number that was added, which is welcome, and a const that went,
    // which is not: so it looks at all that is not an enumeration a second time.
    for options in [&["--no-added-syms"][..], &["--no-added-syms", "--harmless", "--suppr", enumerations]] {
        let output = Command::new("abidiff").args(options).args([&stub_of_old, &stub_of_new]).output();
        let output = output.expect("abidiff runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => {}
            // The bits of a difference; those of an error are the two below.
            Some(code) if code & 3 == 0 => found.push(printed),
            _ => panic!("abidiff {options:?}: {}\n{printed}{}", output.status, String::from_utf8_lossy(&output.stderr)),
        }
    }

    let [before, after] = [constants(&old), constants(&new)];
    for (name, value) in before.iter().filter(|(name, _)| *name != "QLS_ABI_VERSION") {
        if after.get(name) != Some(value) {
            found.push(format!("{name} was {value}, and is {:?}", after.get(name)));
        }
    }

    let [old, new] = [names(&old), names(&new)];
    let added: Vec<&String> = new.difference(&old).collect();
    let version = |constants: &BTreeMap<String, String>| -> u32 {
        constants.get("QLS_ABI_VERSION").and_then(|number| number.parse().ok()).expect("a number")
    };
    let [before, after] = [version(&before), version(&after)];
    if after < before || after == before && !added.is_empty() {
        found.push(format!("QLS_ABI_VERSION was {before}, and is {after}; added were {added:?}"));
    }
    for name in added {
        if !changelog.contains(&format!("`{name}`")) {
            found.push(format!("CHANGELOG.md does not name {name}"));
        }
    }
    found
}

#[test]
#[ignore = "needs abigail-tools"]
fn today_s_header_keeps_what_the_releases_had() {
    let changelog = read("CHANGELOG.md");
    for release in releases() {
        let version = release.file_name().and_then(|name| name.to_str()).expect("a version");
        let (newer, _) =
            changelog.split_once(&format!("\n## [{version}] ")).expect("the release's part of the changelog");
        let found = differences(&read(release.join("qls_precheck.h")), &today(), newer);
        assert!(found.is_empty(), "since {}:\n{}", release.display(), found.join("\n"));
    }
}

/// The header with one thing changed, which has to be there once.
fn with(from: &str, to: &str) -> String {
    let header = today();
    assert_eq!(header.matches(from).count(), 1, "{from} is not in the header once");
    header.replace(from, to)
}

#[test]
#[ignore = "needs abigail-tools"]
fn what_breaks_programs_is_found() {
    let retries =
        "qls_status qls_client_set_retries(qls_client *client,\n                                  uint32_t retries);";
    for (from, to, names) in [
        (retries, "", "qls_client_set_retries"),
        (retries, "qls_status qls_client_set_retries(qls_client *client, uint64_t retries);", "qls_client_set_retries"),
        (retries, "void qls_client_set_retries(qls_client *client, uint32_t retries);", "qls_client_set_retries"),
        (
            "void (*qls_log_fn)(void *userdata, int32_t level",
            "void (*qls_log_fn)(void *userdata, int64_t level",
            "qls_log_fn",
        ),
        ("const char *qls_version(void)", "char *qls_version(void)", "qls_version"),
        ("void qls_client_cancel(const qls_client *", "void qls_client_cancel(qls_client *", "qls_client_cancel"),
        ("QLS_TIMEOUT = 2005,", "QLS_TIMEOUT = 2009,", "'2005' to '2009'"),
        ("QLS_TIMEOUT = 2005,", "", "1 enumerator deletion"),
        ("#define QLS_LOG_TRACE 5", "#define QLS_LOG_TRACE 6", "QLS_LOG_TRACE was 5"),
        ("#define QLS_LOG_TRACE 5", "", "QLS_LOG_TRACE was 5"),
        ("#define QLS_ABI_VERSION 2", "#define QLS_ABI_VERSION 1", "QLS_ABI_VERSION was 2"),
    ] {
        let found = differences(&today(), &with(from, to), "").join("\n");
        assert!(found.contains(names), "{to:?} instead of {from:?} was not found: {found:?}");
    }
}

#[test]
#[ignore = "needs abigail-tools"]
fn what_is_added_needs_a_number_and_a_line() {
    let status = ("QLS_TIMEOUT = 2005,", "QLS_TIMEOUT = 2005,\n  QLS_TOO_SOON = 2008,", "QLS_TOO_SOON");
    let constant = ("#define QLS_LOG_TRACE 5", "#define QLS_LOG_TRACE 5\n#define QLS_LOG_ALL 6", "QLS_LOG_ALL");
    let version = "const char *qls_version(void);";
    let function = (version, "const char *qls_version(void);\nconst char *qls_date(void);", "qls_date");
    for (from, to, name) in [status, constant, function] {
        let new = with(from, to);
        let found = differences(&today(), &new, "").join("\n");
        assert!(found.contains("QLS_ABI_VERSION was 2, and is 2; added were"), "{name}: {found:?}");
        assert!(found.contains(&format!("CHANGELOG.md does not name {name}")), "{name}: {found:?}");

        let new = new.replace("#define QLS_ABI_VERSION 2", "#define QLS_ABI_VERSION 3");
        let found = differences(&today(), &new, &format!("- New: `{name}`."));
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

/// A program that was linked with a release's library goes on to run when today's takes its place.
fn runs_with_today_s_library(work: &Path, release: &Path, library: &Path) {
    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
    let program = work.join("built_before");
    let mut cc = Command::new("cc");
    cc.args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-o"]).arg(&program);
    cc.arg(support::root().join("tests/c/built_before.c")).arg("-I").arg(release).arg(library);
    support::run(&mut cc);

    let as_installed = work.join("libqls_precheck.so.0");
    std::os::unix::fs::symlink(support::library().shared(), as_installed).expect("a link");
    let mut run = Command::new(program);
    run.env_clear().env("LD_LIBRARY_PATH", work).args([standin.url(), &standin.token()]);
    let output = run.output().expect("the program runs");
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, "as before\n", "{}: {}", release.display(), output.status);
}

/// A library of that release is not at hand everywhere; what its header promises is all that a linker takes from it.
#[test]
fn fault_330_a_program_that_was_built_with_a_release_runs_with_today_s_library() {
    for release in releases() {
        let work = tempfile::tempdir().expect("a folder");
        let header = work.path().join("qls_precheck.h");
        fs::copy(release.join("qls_precheck.h"), &header).expect("the release's header");
        runs_with_today_s_library(work.path(), &release, &stub(&header));
    }
}

/// The same with the library itself, built of the commit that the header of the release is from.
#[test]
#[ignore = "needs git's history; builds the library of each release"]
fn history_has_releases_whose_programs_run_with_today_s_library() {
    let git = |arguments: &[&str]| printed(Command::new("git").current_dir(support::root()).args(arguments));
    let mut built = 0;
    for release in releases() {
        let version = release.file_name().and_then(|name| name.to_str()).expect("a version");
        // That one is not of the past yet.
        if version == env!("CARGO_PKG_VERSION") {
            continue;
        }
        let header = git(&["hash-object", release.join("qls_precheck.h").to_str().expect("a path in UTF-8")]);
        let commits = git(&["rev-list", "HEAD", "--", "include/qls_precheck.h"]);
        let has_it = |commit: &&str| git(&["rev-parse", &format!("{commit}:include/qls_precheck.h")]) == header;
        let commit = commits.lines().find(has_it).unwrap_or_else(|| panic!("no commit has the header of {version}"));

        let work = tempfile::tempdir().expect("a folder");
        let sources = work.path().join("sources");
        fs::create_dir(&sources).expect("a folder");
        let packed = work.path().join("sources.tar");
        git(&["archive", "--output", packed.to_str().expect("a path in UTF-8"), commit]);
        support::run(Command::new("tar").current_dir(&sources).arg("-xf").arg(packed));
        let manifest = fs::read_to_string(sources.join("Cargo.toml")).expect("the release's manifest");
        assert!(manifest.contains(&format!("\nversion = \"{version}\"\n")), "{commit} is not {version}");

        let target = support::root().join("target/history").join(version);
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&sources).env("CARGO_TARGET_DIR", &target).args(["rustc", "--locked", "--lib", "--"]);
        cargo.arg("-Clink-arg=-Wl,-soname,libqls_precheck.so.0");
        for name in support::cargo_s_variables() {
            cargo.env_remove(name);
        }
        support::run(&mut cargo);
        runs_with_today_s_library(work.path(), &release, &target.join("debug/libqls_precheck.so"));
        built += 1;
    }
    assert!(built > 0, "no release was before this one");
}
