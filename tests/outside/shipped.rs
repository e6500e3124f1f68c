//! What CMake installs and copies for a program that is shipped with the shared library: it starts where nothing of the
//! build is left.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::archive::unpacked;
use crate::installed::moved;
use crate::ways::{cmake, project};
use crate::{Server, run};

/// Installs the library with the program, and copies it beside the program; the file that `copied` names.
fn source(folder: &Path, copied: &str) {
    fs::create_dir(folder).expect("a folder");
    fs::copy(project().join("ask.c"), folder.join("ask.c")).expect("a source file");
    let text = format!(
        "cmake_minimum_required(VERSION 3.21)\nproject(shipped LANGUAGES C)\nfind_package(QlsPrecheck 0.1 REQUIRED)\n\
         add_executable(ask ask.c)\ntarget_link_libraries(ask PRIVATE QlsPrecheck::shared)\n\
         set_target_properties(ask PROPERTIES INSTALL_RPATH \"\\$ORIGIN/../lib\")\n\
         install(TARGETS ask DESTINATION bin)\n\
         install(IMPORTED_RUNTIME_ARTIFACTS QlsPrecheck::shared LIBRARY DESTINATION lib)\n\
         add_executable(beside ask.c)\ntarget_link_libraries(beside PRIVATE QlsPrecheck::shared)\n\
         set_target_properties(beside PROPERTIES BUILD_WITH_INSTALL_RPATH TRUE INSTALL_RPATH \"\\$ORIGIN\")\n\
         add_custom_command(TARGET beside POST_BUILD\n\
         COMMAND ${{CMAKE_COMMAND}} -E copy $<{copied}:QlsPrecheck::shared> $<TARGET_FILE_DIR:beside>)\n"
    );
    fs::write(folder.join("CMakeLists.txt"), text).expect("a project");
}

fn starts_where_it_is_shipped(server: &Server, prefix: &Path, copied: &str) {
    let work = server.folder();
    source(&work.join("source"), copied);
    let build = work.join("build");
    cmake(&work.join("source"), &build, [format!("-DCMAKE_PREFIX_PATH={}", prefix.display())]);
    run(Command::new("cmake").arg("--install").arg(&build).arg("--prefix").arg(work.join("shipped")));
    fs::remove_dir_all(prefix).expect("the package");
    server.answers(&work.join("shipped/bin/ask"), Path::new("/nonexistent"));
    server.answers(&build.join("beside"), Path::new("/nonexistent"));
}

/// As cargo-c installs it, the file that programs ask for is a link.
#[test]
#[ignore = "needs cargo-c, cmake, c++"]
fn cmake_ships_what_cargo_c_installed() {
    let server = Server::start();
    let prefix = server.folder().join("a prefix");
    moved(&prefix);
    starts_where_it_is_shipped(&server, &prefix, "TARGET_SONAME_FILE");
}

#[test]
#[ignore = "needs cargo-c, git, cmake, c++"]
fn cmake_ships_what_was_unpacked() {
    let server = Server::start();
    let prefix = unpacked(server.folder());
    starts_where_it_is_shipped(&server, &prefix, "TARGET_FILE");
}
