//! What `cargo cinstall` installs, and the project built with it after it was moved.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::ways::{Way, by_cmake, by_pkg_config, by_pkg_config_static, by_qmake, cmake, project};
use crate::{Form, Server, builds_and_runs, run, text, without_shared};

/// What `cargo cinstall` installs, made once a process.
pub(crate) fn installed() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        support::run(&mut Command::new(support::root().join(".ci/install")));
        support::root().join("target/prefix")
    })
}

/// A copy of it in another place.
pub(crate) fn moved(to: &Path) {
    support::run(Command::new("cp").arg("-a").arg(installed()).arg(to));
    let pc = to.join("lib/pkgconfig/qls_precheck.pc");
    let text = fs::read_to_string(&pc).expect("the pkg-config file");
    fs::write(&pc, text.replace(&installed().display().to_string(), &to.display().to_string())).expect("the same");
}

/// With what `cargo cinstall` installed, moved to another place.
fn works(way: Way, form: Form, folder: &str) {
    let server = Server::start();
    let prefix = server.folder().join(folder);
    moved(&prefix);
    builds_and_runs(way, form, &prefix, &server);
}

#[test]
#[ignore = "needs cargo-c, pkg-config, c++"]
fn pkg_config_finds_the_shared_library() {
    works(by_pkg_config, Form::Shared, "prefix");
}

#[test]
#[ignore = "needs cargo-c, pkg-config, c++"]
fn pkg_config_finds_the_static_library() {
    works(by_pkg_config, Form::Static, "prefix");
}

#[test]
#[ignore = "needs cargo-c, pkg-config, c++"]
fn pkg_config_says_what_a_program_needs_where_only_the_static_library_is() {
    let server = Server::start();
    let prefix = server.folder().join("prefix");
    moved(&prefix);
    without_shared(&prefix);
    for program in by_pkg_config_static(&prefix, server.folder()) {
        server.answers(&program, &prefix);
    }
}

#[test]
#[ignore = "needs cargo-c, cmake, c++"]
fn cmake_finds_the_shared_library() {
    works(by_cmake, Form::Shared, "a prefix");
}

#[test]
#[ignore = "needs cargo-c, cmake, c++"]
fn cmake_finds_the_static_library() {
    works(by_cmake, Form::Static, "a prefix");
}

#[test]
#[ignore = "needs cargo-c, cmake, c++"]
fn cmake_has_a_program_load_the_library() {
    works(by_cmake, Form::Load, "a prefix");
}

#[test]
#[ignore = "needs cargo-c, qmake6, c++"]
fn qmake_has_a_program_load_the_library() {
    works(by_qmake, Form::Load, "a prefix");
}

/// CMake leaves out files whose language it was not asked for.
#[test]
#[ignore = "needs cargo-c, cmake, c++"]
fn cmake_has_a_program_in_cpp_alone_load_the_library() {
    let server = Server::start();
    let prefix = server.folder().join("prefix");
    moved(&prefix);
    let source = server.folder().join("alone");
    fs::create_dir(&source).expect("a folder");
    let text = "cmake_minimum_required(VERSION 3.16)\nproject(alone LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 11)\n\
        find_package(QlsPrecheck REQUIRED COMPONENTS load)\nadd_executable(ask ask.cpp)\n\
        target_compile_definitions(ask PRIVATE LOADS)\ntarget_link_libraries(ask PRIVATE QlsPrecheck::load)\n";
    fs::write(source.join("CMakeLists.txt"), text).expect("a project");
    fs::copy(project().join("ask.cpp"), source.join("ask.cpp")).expect("a source file");
    let build = server.folder().join("build");
    cmake(&source, &build, [format!("-DCMAKE_PREFIX_PATH={}", prefix.display())]);
    server.answers(&build.join("ask"), &prefix);
}

#[test]
#[ignore = "needs cargo-c, qmake6, c++"]
fn qmake_finds_the_shared_library() {
    works(by_qmake, Form::Shared, "a prefix");
}

#[test]
#[ignore = "needs cargo-c, qmake6, c++"]
fn qmake_finds_the_static_library() {
    works(by_qmake, Form::Static, "a prefix");
}

#[test]
#[ignore = "needs cargo-c"]
fn cargo_c_installs_the_headers_the_libraries_and_the_packages() {
    let output = run(Command::new("find").current_dir(installed()).args([".", "!", "-type", "d", "-printf", "%P\n"]));
    let mut files: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    files.sort();
    let mut expected: Vec<String> = fs::read_dir(support::root().join("include"))
        .expect("the headers")
        .map(|entry| format!("include/{}", entry.expect("a header").file_name().display()))
        .collect();
    let shared = ["", ".0", concat!(".", env!("CARGO_PKG_VERSION"))];
    expected.extend(shared.map(|end| format!("lib/libqls_precheck.so{end}")));
    let cmake =
        ["Config", "ConfigVersion", "Target"].map(|name| format!("share/cmake/QlsPrecheck/QlsPrecheck{name}.cmake"));
    expected.extend(cmake);
    expected.extend(["linux", "windows"].map(|system| format!("share/cmake/QlsPrecheck/libraries-{system}.txt")));
    for name in ["lib/libqls_precheck.a", "lib/pkgconfig/qls_precheck.pc", "share/qls_precheck/qls_precheck.pri"] {
        expected.push(name.to_owned());
    }
    expected.sort();
    assert_eq!(files, expected);

    let header = |root: &Path| fs::read(root.join("include/qls_precheck.h")).expect("the header");
    assert!(header(installed()) == header(&support::root()), "the committed header is what is installed");
    let output = run(Command::new("readelf").arg("-d").arg(installed().join("lib/libqls_precheck.so")));
    assert!(text(&output.stdout).contains("soname: [libqls_precheck.so.0]"), "{}", text(&output.stdout));
}

/// What rustc said that the static library needs is in the pkg-config file, in `docs/linking.md`, and in the list that the
/// other packages read, which leaves out what every compiler adds by itself.
#[test]
#[ignore = "needs cargo-c"]
fn what_the_static_library_needs_is_the_same_everywhere() {
    let pc = fs::read_to_string(installed().join("lib/pkgconfig/qls_precheck.pc")).expect("the pkg-config file");
    let printed = pc.lines().find_map(|line| line.strip_prefix("Libs.private: ")).expect("private libraries");
    let page = fs::read_to_string(support::root().join("docs/linking.md")).expect("the page");
    assert!(page.contains(&format!("`{printed}`")), "docs/linking.md lacks {printed}");
    let names = printed.split_whitespace().filter_map(|flag| flag.strip_prefix("-l"));
    let listed: Vec<&str> = names.filter(|name| !["gcc_s", "c"].contains(name)).collect();
    assert_eq!(listed.join(" "), support::LIBRARIES_LINUX.trim());
}

#[test]
fn the_packages_have_the_library_s_version() {
    let cmake = fs::read_to_string(support::root().join("cmake/QlsPrecheckConfigVersion.cmake")).expect("the version");
    assert!(cmake.contains(concat!("set(PACKAGE_VERSION \"", env!("CARGO_PKG_VERSION"), "\")")), "{cmake}");
}

/// Debian has a folder for each architecture, others have lib64.
#[test]
#[ignore = "needs cargo-c, cmake, qmake6, c++"]
fn the_libraries_may_lie_in_the_folders_of_a_distribution() {
    for folder in ["lib/x86_64-linux-gnu", "lib64"] {
        let server = Server::start();
        let prefix = server.folder().join("prefix");
        moved(&prefix);
        let lib = prefix.join("elsewhere");
        fs::rename(prefix.join("lib"), &lib).expect("a folder");
        fs::create_dir_all(prefix.join(folder).parent().expect("a parent")).expect("a folder");
        fs::rename(&lib, prefix.join(folder)).expect("a folder");
        for way in [by_cmake, by_qmake] {
            for program in way(&prefix, Form::Static, server.folder()) {
                server.answers(&program, &prefix);
            }
        }
    }
}
