//! The library as a part of another project, from its source tree.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::ways::{cmake, project, with_pri};
use crate::{Form, Server, run, text};

/// The folder where the tests' library is built: cargo has nothing to do there.
fn target() -> &'static Path {
    support::library().shared().ancestors().nth(2).expect("target/release/libqls_precheck.so")
}

/// Puts it where programs are told to load it from.
fn to_be_loaded(server: &Server) {
    std::os::unix::fs::symlink(target().join("release"), server.folder().join("lib")).expect("a link");
}

#[test]
#[ignore = "needs cmake, ninja, c++"]
fn cmake_builds_the_library_from_its_sources_and_only_once() {
    let server = Server::start();
    for (generator, form) in [("Ninja", Form::Static), ("Unix Makefiles", Form::Shared), ("Ninja", Form::Load)] {
        if form == Form::Load {
            to_be_loaded(&server);
        }
        let build = server.folder().join(form.name());
        let settings = [
            format!("-G{generator}"),
            format!("-DFORM={}", form.name()),
            format!("-DSOURCE={}", support::root().display()),
            format!("-DQLS_PRECHECK_TARGET_DIR={}", target().display()),
        ];
        cmake(&project(), &build, &settings);
        let program = build.join("ask_cpp");
        server.answers(&program, server.folder());
        server.answers(&build.join("ask_c"), server.folder());
        let made = || fs::metadata(&program).and_then(|data| data.modified()).expect("a time");
        let before = made();
        run(Command::new("cmake").arg("--build").arg(&build));
        assert_eq!(made(), before, "{generator} links again without need");
    }
}

#[test]
#[ignore = "needs qmake6, c++"]
fn qmake_takes_the_library_from_the_source_tree() {
    let server = Server::start();
    for form in [Form::Shared, Form::Static, Form::Load] {
        if form == Form::Load {
            to_be_loaded(&server);
        }
        let work = server.folder().join(form.name());
        fs::create_dir(&work).expect("a folder");
        for program in with_pri(&support::root().join("qls_precheck.pri"), form, &work) {
            server.answers(&program, server.folder());
        }
    }
}

#[test]
#[ignore = "needs cmake, c++"]
fn cmake_builds_the_examples() {
    let server = Server::start();
    for form in [Form::Shared, Form::Static] {
        let build = server.folder().join(form.name());
        let target = format!("-DQLS_PRECHECK_TARGET_DIR={}", target().display());
        cmake(&support::root().join("examples-c"), &build, [target, format!("-DQLS_PRECHECK_FORM={}", form.name())]);
        let mut list = Command::new(build.join("list"));
        list.args(["--server", server.standin.url(), "--token-file"]).arg(server.folder().join("token"));
        assert!(text(&support::run(list.env_clear()).stdout).contains("10000001"));
    }
}
