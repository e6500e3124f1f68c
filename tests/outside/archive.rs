//! What `.ci/archive` packs: the same bytes from any folder, and all that a project needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::installed::installed;
use crate::ways::{Way, by_cmake, by_pkg_config, by_qmake, cmake};
use crate::{Form, Server, run, text};

/// Any moment; the archives have no other.
const EPOCH: &str = "1700000000";

/// A copy of the sources without what was built, as a clone has them.
fn copy_of_the_sources(to: &Path) {
    fs::create_dir(to).expect("a folder");
    let mut list = Command::new("git");
    list.current_dir(support::root()).args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let mut list = list.stdout(Stdio::piped()).spawn().expect("git runs");
    let files = list.stdout.take().expect("git's output");
    run(Command::new("xargs")
        .current_dir(support::root())
        .args(["-0", "cp", "--parents", "--no-dereference", "--preserve=mode", "-t"])
        .arg(to)
        .stdin(files));
    assert!(list.wait().expect("git ends").success());
}

/// The bytes of what `.ci/archive` makes in `folder`: an archive of that name, and the sums.
fn archive(root: &Path, name: &str, folder: &Path, arguments: &[&str], cargo_home: Option<&Path>) -> [Vec<u8>; 2] {
    let mut script = Command::new(root.join(".ci/archive"));
    script.args(arguments).arg(folder);
    script.env("SOURCE_DATE_EPOCH", EPOCH).env_remove("CARGO_TARGET_DIR");
    if let Some(home) = cargo_home {
        script.env("CARGO_HOME", home);
    }
    run(&mut script);
    run(Command::new("sha256sum").current_dir(folder).args(["--check", "--strict", "SHA256SUMS"]));
    [name, "SHA256SUMS"].map(|name| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn host() -> String {
    let output = run(Command::new("rustc").arg("-vV"));
    text(&output.stdout).lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

/// An archive, unpacked in this folder: of what `cargo cinstall` installed, or the one that `.ci/release` names.
pub(crate) fn unpacked(work: &Path) -> PathBuf {
    let folder = format!("qls-precheck-{}-{}", env!("CARGO_PKG_VERSION"), host());
    let name = format!("{folder}.tar.gz");
    let packed = std::env::var_os("QLS_TEST_ARCHIVE").map_or_else(
        || {
            let lib = installed().join("lib").display().to_string();
            archive(&support::root(), &name, &work.join("packed"), &["--target", &host(), "--libs", &lib], None);
            work.join("packed").join(&name)
        },
        PathBuf::from,
    );
    run(Command::new("tar").current_dir(work).arg("-xzf").arg(packed));
    work.join(folder)
}

#[test]
#[ignore = "needs cargo-c, git"]
fn the_archive_has_the_same_bytes_from_two_folders() {
    let work = tempfile::tempdir().expect("a folder");
    let work = work.path();
    let name = format!("qls-precheck-{}-{}.tar.gz", env!("CARGO_PKG_VERSION"), host());
    let lib = installed().join("lib").display().to_string();
    let here = archive(&support::root(), &name, &work.join("here"), &["--target", &host(), "--libs", &lib], None);

    // Built in another folder, with cargo's home by another name.
    let sources = work.join("other sources");
    copy_of_the_sources(&sources);
    let home = std::env::var_os("CARGO_HOME")
        .map_or_else(|| PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cargo"), PathBuf::from);
    let alias = work.join("home-of-cargo");
    std::os::unix::fs::symlink(home, &alias).expect("a link");
    let there = archive(&sources, &name, &work.join("there"), &[], Some(&alias));
    assert!(here == there, "the archives differ");

    let mut tar = Command::new("tar");
    tar.env("TZ", "UTC").args(["--numeric-owner", "--full-time", "-tvzf"]).arg(work.join("here").join(&name));
    for line in text(&run(&mut tar).stdout).lines() {
        let words: Vec<&str> = line.split_whitespace().take(5).collect();
        assert!(["drwxr-xr-x", "-rw-r--r--", "lrwxrwxrwx"].contains(&words[0]), "{line}");
        assert_eq!((words[1], words[3], words[4]), ("0/0", "2023-11-14", "22:13:20"), "{line}");
    }
}

#[test]
#[ignore = "needs cargo-c, git, pkg-config, cmake, qmake6, c++"]
fn the_archive_has_all_that_a_project_needs() {
    let server = Server::start();
    let work = server.folder();
    let unpacked = unpacked(work);
    let notices = ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES", "sbom/libqls_precheck.a.cdx.json"];
    for file in ["README.md", "docs/status-codes.md"].iter().chain(&notices) {
        assert!(unpacked.join(file).is_file(), "{file} is missing");
    }
    cmake(&unpacked.join("examples-c"), &unpacked.join("examples-c/build"), ["-DQLS_PRECHECK_FORM=static"]);
    the_framework_s_part_finds_the_library(&unpacked);

    for (name, way) in [("pkg-config", by_pkg_config as Way), ("cmake", by_cmake), ("qmake", by_qmake)] {
        let loads = (name != "pkg-config").then_some(Form::Load);
        for form in [Form::Shared, Form::Static].into_iter().chain(loads) {
            let work = work.join(format!("{name}-{}", form.name()));
            fs::create_dir(&work).expect("a folder");
            for program in way(&unpacked, form, &work) {
                server.answers(&program, &unpacked);
            }
        }
    }
}

/// What `integrations/ifw` needs of Qt Core alone, built where the archive was unpacked.
fn the_framework_s_part_finds_the_library(unpacked: &Path) {
    let work = unpacked.join("a project");
    fs::create_dir(&work).expect("a folder");
    fs::write(
        work.join("main.cpp"),
        "#include \"precheckgate.h\"\nint main() { return PrecheckGate().state() != PrecheckGate::NotAsked; }\n",
    )
    .expect("a source file");
    fs::write(
        work.join("gate.pro"),
        "QT = core\nCONFIG += c++11\nSOURCES = main.cpp\ninclude(../integrations/ifw/precheckgate.pri)\n",
    )
    .expect("a project file");
    run(Command::new("qmake6").current_dir(&work).arg("gate.pro"));
    run(Command::new("make").current_dir(&work).arg("-s"));
    run(&mut Command::new(work.join("gate")));
}

/// What other systems' compilers make for programs to link with.
const LINKED_ON_WINDOWS: [&str; 5] =
    ["libqls_precheck.a", "libqls_precheck.dll.a", "qls_precheck.def", "qls_precheck.dll.lib", "qls_precheck.lib"];

/// What stands in for a file that was built for another system, and what that is made of: as it would be for this one.
fn stand_in(libs: &Path, name: &str, linked: &[&str]) {
    fs::write(libs.join(name), name).expect("a file");
    let options = format!("--target={}\n{}\n", host(), linked.join("\n"));
    fs::write(libs.join(format!("{name}.linked")), options.trim_end()).expect("a file");
}

/// The archive for Windows, unpacked in this folder. Its libraries are stand-ins for those that other compilers make.
pub(crate) fn unpacked_for_windows(work: &Path) -> PathBuf {
    let libs = work.join("libs");
    fs::create_dir(&libs).expect("a folder");
    for name in LINKED_ON_WINDOWS.iter().chain(&["qls_precheck.d", "needs.txt"]) {
        stand_in(&libs, name, &[]);
    }
    for name in ["qls_precheck.dll", "qls-precheck.exe"] {
        stand_in(&libs, name, &["--inside=mingw-w64=10.0.0"]);
    }
    let folder = format!("qls-precheck-{}-x86_64-windows", env!("CARGO_PKG_VERSION"));
    let arguments = ["--target", "x86_64-windows", "--libs", libs.to_str().expect("a path in UTF-8")];
    let [first, second] = ["first", "second"]
        .map(|name| archive(&support::root(), &format!("{folder}.zip"), &work.join(name), &arguments, None));
    assert!(first == second, "the archives differ");
    let zip = work.join("first").join(format!("{folder}.zip"));
    run(Command::new("python3").current_dir(work).args(["-m", "zipfile", "-e"]).arg(zip).arg("."));
    work.join(folder)
}

#[test]
fn the_archive_for_windows_has_the_libraries_of_both_families_of_compilers() {
    let work = tempfile::tempdir().expect("a folder");
    let unpacked = unpacked_for_windows(work.path());
    let expected = |names: &[&str]| -> BTreeSet<String> { names.iter().map(ToString::to_string).collect() };
    assert_eq!(names(&unpacked.join("bin")), expected(&["qls_precheck.dll", "qls-precheck.exe"]));
    assert_eq!(names(&unpacked.join("lib")), &expected(&LINKED_ON_WINDOWS) | &expected(&["pkgconfig"]));
    for (file, has_runtime) in [
        ("libqls_precheck.a", false),
        ("qls_precheck.lib", false),
        ("qls_precheck.dll", true),
        ("qls-precheck.exe", true),
    ] {
        let bill = fs::read_to_string(unpacked.join(format!("sbom/{file}.cdx.json"))).expect("a bill of materials");
        assert_eq!(bill.contains("pkg:generic/mingw-w64@10.0.0"), has_runtime, "{file}");
        assert!(bill.contains("pkg:cargo/rustls@") && bill.contains(&format!("\"file:{file}\"")), "{file}");
    }
    assert_eq!(names(&unpacked.join("sbom")).len(), 4);
    assert_eq!(names(&unpacked.join("cli")), expected(&["README.md", "THIRD-PARTY-NOTICES"]));

    let readme = fs::read_to_string(unpacked.join("README.md")).expect("the README");
    let targets = readme.split("](").skip(1).chain(readme.split("src=\"").skip(1));
    let files = targets.map(|rest| rest.split([')', '#', '"']).next().expect("a target"));
    let files: Vec<&str> = files.filter(|file| !file.contains("://")).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(unpacked.join(file).is_file(), "the archive's README links to {file}");
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    names.map(|name| name.into_string().expect("UTF-8")).collect()
}

/// What git has in the folders that people copy from is packed, and nothing else; but for their own tests.
#[test]
#[ignore = "needs git"]
fn the_kits_are_whole() {
    let work = tempfile::tempdir().expect("a folder");
    let folder = format!("qls-precheck-{}-kits", env!("CARGO_PKG_VERSION"));
    archive(&support::root(), &format!("{folder}.tar.gz"), work.path(), &["--kits"], None);
    run(Command::new("tar").current_dir(work.path()).arg("-xzf").arg(format!("{folder}.tar.gz")));

    let folders = ["integrations", "examples-c", "include"];
    let mut git = Command::new("git");
    git.current_dir(support::root()).args(["ls-files", "--cached", "--others", "--exclude-standard"]).args(folders);
    let listed = text(&run(&mut git).stdout);
    let listed: BTreeSet<&str> = listed.lines().filter(|file| !file.contains("/tests/")).collect();
    let mut find = Command::new("find");
    find.current_dir(work.path().join(folder)).args(folders).args(["-type", "f"]);
    let packed = text(&run(&mut find).stdout);
    let packed: BTreeSet<&str> = packed.lines().collect();
    assert_eq!(
        packed.symmetric_difference(&listed).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "not packed, or not in git"
    );
    assert!(packed.contains("integrations/ifw/translations/qls_de.ts"));
}

/// A script stands in for it, which prints its arguments and what it has of the environment.
#[cfg(unix)]
#[test]
fn the_program_comes_with_its_notices_a_manual_page_and_completions() {
    use std::os::unix::fs::PermissionsExt;
    let work = tempfile::tempdir().expect("a folder");
    let libs = work.path().join("libs");
    fs::create_dir(&libs).expect("a folder");
    stand_in(&libs, "libqls_precheck.a", &[]);
    stand_in(&libs, "qls-precheck", &[]);
    let program = libs.join("qls-precheck");
    fs::write(&program, "#!/bin/sh\necho \"$*:$QLS_PRECHECK_SERVER\"\n").expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("permissions");
    let mut script = Command::new(support::root().join(".ci/archive"));
    script.args(["--target", "x86_64-unknown-linux-musl", "--libs"]).arg(&libs).arg(work.path());
    run(script.env("SOURCE_DATE_EPOCH", EPOCH).env("QLS_PRECHECK_SERVER", "https://packer.example.com"));

    let folder = format!("qls-precheck-{}-x86_64-unknown-linux-musl", env!("CARGO_PKG_VERSION"));
    run(Command::new("tar").current_dir(work.path()).arg("-xzf").arg(format!("{folder}.tar.gz")));
    let unpacked = work.path().join(folder);
    let mode = fs::metadata(unpacked.join("bin/qls-precheck")).expect("the program").permissions().mode();
    assert_eq!(mode & 0o777, 0o755);
    let notices = |root: &Path| fs::read(root.join("cli/THIRD-PARTY-NOTICES")).expect("notices");
    assert!(notices(&unpacked) == notices(&support::root()));
    for (file, printed) in [
        ("man/man1/qls-precheck.1", "man:\n"),
        ("bash-completion/completions/qls-precheck", "completions bash:\n"),
        ("zsh/site-functions/_qls-precheck", "completions zsh:\n"),
        ("fish/vendor_completions.d/qls-precheck.fish", "completions fish:\n"),
    ] {
        assert_eq!(fs::read_to_string(unpacked.join("share").join(file)).expect(file), printed);
    }
}

/// A program would keep the path of such a library, and look for it there.
#[test]
fn a_shared_library_without_a_soname_is_not_packed() {
    let work = tempfile::tempdir().expect("a folder");
    let mut script = Command::new(support::root().join(".ci/archive"));
    script
        .args(["--target", "x86_64-unknown-linux-gnu", "--libs"])
        .arg(support::library().shared().parent().expect("it"));
    let output = script.arg(work.path()).env("SOURCE_DATE_EPOCH", EPOCH).output().expect("the script runs");
    let printed = text(&output.stderr);
    assert!(!output.status.success() && printed.contains("has the soname ''"), "{printed}");
}
