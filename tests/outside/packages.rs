//! The package descriptions of other tools than CMake, qmake and pkg-config, in an unpacked archive: CPS and conan. Their
//! programs are those of `packaging/requirements.txt`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{unpacked, unpacked_for_windows};
use crate::ways::{cmake_with, project};
use crate::{Form, Server, run, text};

/// A program of the virtual environment that CONTRIBUTING.md says how to make.
fn tool(name: &str) -> Command {
    let program = support::root().join("target/packaging/bin").join(name);
    assert!(program.exists(), "{} is missing; CONTRIBUTING.md says how to get it", program.display());
    Command::new(program)
}

/// A program in C by the package description, and one by the CMake package.
const BOTH: &str = "cmake_minimum_required(VERSION 4.3)\nproject(both LANGUAGES C)\n\
    find_package(QlsPrecheck 0.1 REQUIRED)\nfind_package(qls_precheck 0.1 REQUIRED)\n\
    message(STATUS \"read ${qls_precheck_CONFIG}, ${qls_precheck_VERSION}\")\n\
    foreach(form shared static)\n\
    add_executable(ask_${form} ask.c)\ntarget_link_libraries(ask_${form} PRIVATE qls_precheck::${form})\n\
    foreach(property TYPE LOCATION INTERFACE_INCLUDE_DIRECTORIES INTERFACE_LINK_LIBRARIES INTERFACE_COMPILE_DEFINITIONS)\n\
    get_target_property(cmake QlsPrecheck::${form} ${property})\n\
    get_target_property(cps qls_precheck::${form} ${property})\n\
    string(REGEX REPLACE \".*-NOTFOUND\" \"\" cmake \"${cmake}\")\n\
    string(REGEX REPLACE \".*-NOTFOUND\" \"\" cps \"${cps}\")\n\
    message(STATUS \"${form} ${property}: ${cps}\")\n\
    if(NOT cmake STREQUAL cps)\nmessage(FATAL_ERROR \"${form} ${property}: ${cmake} and ${cps}\")\nendif()\n\
    endforeach()\nendforeach()\n";

#[test]
#[ignore = "needs cargo-c, git, PyPI's cmake, c++"]
fn cps_gives_the_targets_of_the_cmake_package() {
    let server = Server::start();
    let prefix = unpacked(server.folder());
    let source = server.folder().join("source");
    fs::create_dir(&source).expect("a folder");
    fs::write(source.join("CMakeLists.txt"), BOTH).expect("a project");
    fs::copy(project().join("ask.c"), source.join("ask.c")).expect("a source file");
    let build = server.folder().join("build");
    let mut configure = tool("cmake");
    configure.arg("-S").arg(&source).arg("-B").arg(&build);
    let printed = text(&run(configure.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()))).stdout);
    let read = format!("read {}/lib/cps/qls_precheck.cps, {}", prefix.display(), env!("CARGO_PKG_VERSION"));
    for expected in [read.as_str(), "static INTERFACE_LINK_LIBRARIES: dl;util;", "/include\n"] {
        assert!(printed.contains(expected), "{expected} is not in {printed}");
    }
    run(tool("cmake").arg("--build").arg(&build));
    for form in ["shared", "static"] {
        server.answers(&build.join(format!("ask_{form}")), &prefix);
    }

    fs::write(source.join("CMakeLists.txt"), BOTH.replace("qls_precheck 0.1", "qls_precheck 0.99")).expect("a project");
    let output = tool("cmake").arg(&build).output().expect("cmake runs");
    let printed = text(&output.stderr);
    assert!(!output.status.success() && printed.contains("0.99"), "{printed}");
}

/// Runs conan with a home of its own, which knows no server.
fn conan<S: AsRef<OsStr>>(home: &Path, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = tool("conan");
    command.args(arguments).env("CONAN_HOME", home).current_dir(home);
    command
}

#[test]
#[ignore = "needs cargo-c, git, conan, cmake, pkg-config, c++"]
fn conan_takes_the_unpacked_archive_and_gives_it_to_projects() {
    let server = Server::start();
    let prefix = unpacked(server.folder());
    let home = server.folder().join("conan");
    fs::create_dir(&home).expect("a folder");
    run(&mut conan(&home, ["profile", "detect"]));
    let reference = format!("qls-precheck/{}", env!("CARGO_PKG_VERSION"));
    for form in [Form::Shared, Form::Static] {
        let shared = format!("--options=&:shared={}", if form == Form::Shared { "True" } else { "False" });
        let mut export = conan(&home, ["export-pkg", "--no-remote", &shared]);
        run(export.arg(&prefix));
    }
    // From here on conan's own copy has to do.
    fs::remove_dir_all(&prefix).expect("the unpacked archive");

    for form in [Form::Shared, Form::Static] {
        // A consumer with another build type and another standard takes the same package.
        let work = server.folder().join(form.name());
        let mut install = conan(&home, ["install", "--no-remote", "--requires", &reference]);
        install.args(["--settings=build_type=Debug", "--settings=compiler.cppstd=11"]);
        install.arg(format!("--options=*:shared={}", if form == Form::Shared { "True" } else { "False" }));
        install.args(["--generator=CMakeToolchain", "--generator=PkgConfigDeps", "--generator=VirtualRunEnv"]);
        run(install.arg("--output-folder").arg(&work));

        let build = work.join("build");
        let toolchain = format!("-DCMAKE_TOOLCHAIN_FILE={}", work.join("conan_toolchain.cmake").display());
        let settings = [format!("-DFORM={}", form.name()), toolchain, "-DCMAKE_BUILD_TYPE=Debug".into()];
        cmake_with(&|| Command::new("cmake"), &project(), &build, settings);

        let by_pkg_config = work.join("by_pkg_config");
        let mut sh = Command::new("sh");
        sh.args(["-euc", "cc -std=c99 \"$SOURCE\" -o \"$PROGRAM\" $(pkg-config --cflags --libs qls_precheck)"]);
        sh.env("SOURCE", project().join("ask.c")).env("PROGRAM", &by_pkg_config).env("PKG_CONFIG_PATH", &work);
        run(&mut sh);

        let library = package_folder(&home, &work);
        for program in [build.join("ask_c"), build.join("ask_cpp"), by_pkg_config] {
            server.answers(&program, &library);
        }
    }
}

/// Where conan keeps the package that it wrote the files in `work` for.
fn package_folder(home: &Path, work: &Path) -> PathBuf {
    let pc = fs::read_to_string(work.join("qls_precheck.pc")).expect("conan's pkg-config file");
    let prefix = pc.lines().find_map(|line| line.strip_prefix("prefix=")).expect("a prefix");
    assert!(Path::new(prefix).starts_with(home), "{prefix}");
    PathBuf::from(prefix)
}

#[test]
#[ignore = "needs cargo-c, git, conan"]
fn conan_refuses_an_archive_for_another_system() {
    let server = Server::start();
    let prefix = unpacked(server.folder());
    let home = server.folder().join("conan");
    fs::create_dir(&home).expect("a folder");
    run(&mut conan(&home, ["profile", "detect"]));
    for setting in ["--settings:host=os=Windows", "--settings:host=arch=armv8"] {
        let output = conan(&home, ["export-pkg", "--no-remote", setting]).arg(&prefix).output().expect("conan runs");
        let printed = text(&output.stderr);
        assert!(!output.status.success() && printed.contains("This archive is for"), "{setting}: {printed}");
    }
}

/// Microsoft's linker takes the DLL by another name than MinGW's, and both are in one package.
#[test]
#[ignore = "needs conan"]
fn conan_names_the_library_for_both_families_of_compilers_of_windows() {
    const MSVC: &str = "os=Windows compiler=msvc compiler.version=193 compiler.runtime=static compiler.cppstd=17";
    const CLANG: &str = "os=Windows compiler=clang compiler.version=14 compiler.runtime=static \
        compiler.runtime_version=v143 compiler.cppstd=17";
    let work = tempfile::tempdir().expect("a folder");
    let prefix = unpacked_for_windows(work.path());
    let home = work.path().join("conan");
    fs::create_dir(&home).expect("a folder");
    run(&mut conan(&home, ["profile", "detect"]));
    let reference = format!("qls-precheck/{}", env!("CARGO_PKG_VERSION"));
    for (shared, compilers) in [
        ("True", [("os=Windows", "qls_precheck"), (MSVC, "qls_precheck.dll"), (CLANG, "qls_precheck.dll")]),
        ("False", [("os=Windows", "qls_precheck"), (MSVC, "qls_precheck"), (CLANG, "qls_precheck")]),
    ] {
        let mut export = conan(&home, ["export-pkg", "--no-remote", "--settings:host=os=Windows"]);
        run(export.arg(format!("--options=&:shared={shared}")).arg(&prefix));
        for (settings, library) in compilers {
            let mut install = conan(&home, ["install", "--no-remote", "--generator=PkgConfigDeps", "--requires"]);
            install.arg(&reference).arg(format!("--options=*:shared={shared}"));
            install.args(settings.split_whitespace().map(|setting| format!("--settings:host={setting}")));
            run(install.arg("--output-folder").arg(work.path()));
            let pc = fs::read_to_string(work.path().join("qls_precheck.pc")).expect("conan's pkg-config file");
            let libraries = pc.lines().find_map(|line| line.strip_prefix("Libs: ")).expect("libraries");
            let mut names = libraries.split_whitespace().filter_map(|flag| flag.strip_prefix("-l"));
            assert_eq!(names.next(), Some(library), "{settings}: {libraries}");
            let system = if shared == "True" { "" } else { support::LIBRARIES_WINDOWS.trim() };
            assert_eq!(names.collect::<Vec<_>>().join(" "), system, "{settings}: {libraries}");
        }
    }
}
