//! How the library's files are called on Windows: that is what CMake and qmake link, here on Linux.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::ways::{project, qmake_for};
use crate::{Form, run, text};

#[derive(Clone, Copy, PartialEq)]
enum Compiler {
    MinGw,
    Msvc,
}

const NAMES: [(Compiler, Form, &str); 5] = [
    (Compiler::MinGw, Form::Shared, "libqls_precheck.dll.a"),
    // cargo-c's.
    (Compiler::MinGw, Form::Shared, "qls_precheck.dll.a"),
    (Compiler::MinGw, Form::Static, "libqls_precheck.a"),
    (Compiler::Msvc, Form::Shared, "qls_precheck.dll.lib"),
    (Compiler::Msvc, Form::Static, "qls_precheck.lib"),
];

/// A folder to work in, and a prefix there with stand-ins for the DLL and for what is linked.
fn installed(library: &str) -> (TempDir, PathBuf) {
    let work = tempfile::tempdir().expect("a folder");
    let prefix = work.path().join("prefix");
    let copy = |from: &str, to: &str| {
        fs::create_dir_all(prefix.join(to)).expect("a folder");
        support::run(Command::new("cp").arg("-r").arg(support::root().join(from)).arg(prefix.join(to)));
    };
    copy("cmake/.", "share/cmake/QlsPrecheck");
    copy("qls_precheck.pri", "share/qls_precheck");
    for file in [Path::new("bin").join("qls_precheck.dll"), Path::new("lib").join(library)] {
        let file = prefix.join(file);
        fs::create_dir(file.parent().expect("its folder")).expect("a folder");
        fs::write(file, "").expect("a file");
    }
    (work, prefix)
}

#[test]
#[ignore = "needs cmake"]
fn cmake_finds_the_names_of_windows() {
    for (compiler, form, library) in NAMES {
        let (work, prefix) = installed(library);
        let (target, property) = match form {
            Form::Shared => ("QlsPrecheck::shared", "IMPORTED_IMPLIB"),
            Form::Static => ("QlsPrecheck::static", "IMPORTED_LOCATION"),
            Form::Load => panic!("nothing is linked"),
        };
        let project = format!(
            "cmake_minimum_required(VERSION 3.16)\nproject(names LANGUAGES NONE)\n\
             find_package(QlsPrecheck REQUIRED COMPONENTS {})\n\
             get_target_property(linked {target} {property})\nmessage(STATUS \"linked: ${{linked}}\")\n",
            form.name()
        );
        fs::write(work.path().join("CMakeLists.txt"), project).expect("a project");
        let mut cmake = Command::new("cmake");
        cmake.arg("-S").arg(work.path()).arg("-B").arg(work.path().join("build"));
        cmake.arg("-DCMAKE_SYSTEM_NAME=Windows").arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()));
        if compiler == Compiler::Msvc {
            cmake.arg("-DMSVC=1");
        }
        let printed = text(&run(&mut cmake).stdout);
        let expected = format!("-- linked: {}/lib/{library}\n", prefix.display());
        assert!(printed.contains(&expected), "{library}: {printed}");
    }
}

#[test]
#[ignore = "needs qmake6"]
fn qmake_finds_the_names_of_windows() {
    for (compiler, form, library) in NAMES {
        let (work, prefix) = installed(library);
        let mut qmake = qmake_for(match compiler {
            Compiler::MinGw => "win32-g++",
            Compiler::Msvc => "win32-msvc",
        });
        qmake.current_dir(work.path()).arg(project().join("outside.pro"));
        qmake.arg(format!("PRI={}/share/qls_precheck/qls_precheck.pri", prefix.display())).arg("LANGUAGE=c");
        if form == Form::Static {
            qmake.arg("CONFIG+=qls_precheck_static");
        }
        run(&mut qmake);
        let makefile = fs::read_to_string(work.path().join("Makefile.Release")).expect("a Makefile");
        let linked = makefile.lines().find(|line| line.starts_with("LIBS ")).expect("libraries");
        assert!(linked.contains(&format!(" {}/lib/{library} ", prefix.display())), "{library}: {linked}");
    }
}

#[test]
fn the_documentation_s_commands_name_the_system_s_libraries() {
    let documentation = fs::read_to_string(support::root().join("docs/windows.md")).expect("the documentation");
    let names: Vec<&str> = support::LIBRARIES_WINDOWS.split_whitespace().collect();
    let msvc = format!("qls_precheck.lib {}.lib\n", names.join(".lib "));
    let mingw = format!("    -l{} ", names.join(" -l"));
    for part in [msvc, mingw] {
        assert!(documentation.contains(&part), "docs/windows.md lacks {part}");
    }
}
