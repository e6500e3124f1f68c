//! What the packages say where the library is not what was asked for.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::installed::moved;
use crate::ways::project;
use crate::{text, without_shared};

/// What `find_package` with these arguments says about a prefix, in a project that is configured with `settings`.
fn find_package(prefix: &Path, arguments: &str, settings: &[&str]) -> Output {
    let work = tempfile::tempdir().expect("a folder");
    let project = format!(
        "cmake_minimum_required(VERSION 3.16)\nproject(finds LANGUAGES C)\nfind_package(QlsPrecheck {arguments})\n\
         foreach(form shared static)\nif(TARGET QlsPrecheck::${{form}})\nmessage(STATUS \"has ${{form}}\")\nendif()\n\
         endforeach()\n"
    );
    fs::write(work.path().join("CMakeLists.txt"), project).expect("a project");
    let mut cmake = Command::new("cmake");
    cmake.arg("-S").arg(work.path()).arg("-B").arg(work.path().join("build"));
    cmake.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display())).args(settings).output().expect("cmake runs")
}

#[test]
#[ignore = "needs cargo-c, cmake"]
fn cmake_says_what_is_missing() {
    let work = tempfile::tempdir().expect("a folder");
    moved(&work.path().join("prefix"));
    let prefix = work.path().join("prefix");
    let found = |arguments: &str| {
        let output = find_package(&prefix, arguments, &[]);
        assert!(output.status.success(), "{arguments}: {}", text(&output.stderr));
        text(&output.stdout).lines().filter_map(|line| line.strip_prefix("-- has ")).collect::<Vec<_>>().join(" ")
    };
    let refused = |arguments: &str, why: &str| {
        let output = find_package(&prefix, arguments, &[]);
        let printed = text(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!output.status.success() && printed.contains(why), "{arguments}: {printed}");
    };
    for arguments in [
        "REQUIRED",
        "0.1 REQUIRED",
        "0.0.9 REQUIRED",
        concat!(env!("CARGO_PKG_VERSION"), " EXACT REQUIRED"),
        "0.1...<1 REQUIRED",
    ] {
        assert_eq!(found(arguments), "shared static", "{arguments}");
    }
    for arguments in
        ["0.99 REQUIRED", "1 REQUIRED", "0.0.9 EXACT REQUIRED", "0.0.1...0.0.9 REQUIRED", "0.99...1 REQUIRED"]
    {
        refused(arguments, concat!("version: ", env!("CARGO_PKG_VERSION")));
    }
    refused("REQUIRED COMPONENTS dynamic", "There is no dynamic library");

    without_shared(&prefix);
    assert_eq!(found("REQUIRED"), "static");
    assert_eq!(found("REQUIRED COMPONENTS static OPTIONAL_COMPONENTS shared"), "static");
    refused("REQUIRED COMPONENTS shared", "There is no shared library below");

    fs::remove_file(prefix.join("lib/libqls_precheck.a")).expect("the static library");
    refused("REQUIRED", "There is no library below");
}

#[test]
#[ignore = "needs cargo-c, cmake"]
fn cmake_says_that_a_program_for_32_bits_needs_another_library() {
    let work = tempfile::tempdir().expect("a folder");
    let prefix = work.path().join("prefix");
    moved(&prefix);
    // Nothing is linked, so that the compiler needs no libraries for that system.
    let settings = ["-DCMAKE_C_FLAGS=-m32", "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY"];
    let output = find_package(&prefix, "0.1 REQUIRED", &settings);
    let printed = text(&output.stderr);
    let expected = concat!("version: ", env!("CARGO_PKG_VERSION"), " (64-bit)");
    assert!(!output.status.success() && printed.contains(expected), "{printed}");
    assert!(find_package(&prefix, "0.1 REQUIRED", &settings[1..]).status.success());
}

#[test]
#[ignore = "needs cargo-c, qmake6"]
fn qmake_says_what_is_missing() {
    let work = tempfile::tempdir().expect("a folder");
    let prefix = work.path().join("prefix");
    moved(&prefix);
    without_shared(&prefix);
    let mut qmake = Command::new("qmake6");
    qmake.current_dir(work.path()).arg(project().join("outside.pro")).arg("LANGUAGE=c");
    let output = qmake.arg(format!("PRI={}/share/qls_precheck/qls_precheck.pri", prefix.display())).output();
    let output = output.expect("qmake6 runs");
    let printed = text(&output.stdout) + &text(&output.stderr);
    let expected = format!("There is no libqls_precheck.so in {}/lib", prefix.display());
    assert!(!output.status.success() && printed.contains(&expected), "{printed}");
}
