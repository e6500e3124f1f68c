//! The three ways to build the project, each as one function that gives the two programs.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Form, run};

/// Builds against a prefix, in a folder to work in.
pub(crate) type Way = fn(&Path, Form, &Path) -> Vec<PathBuf>;

pub(crate) fn project() -> PathBuf {
    support::root().join("tests/outside/project")
}

/// With the commands of `docs/linking.md`.
pub(crate) fn by_pkg_config(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let number = match form {
        Form::Shared => 0,
        Form::Static => 1,
        Form::Load => panic!("there is nothing to find"),
    };
    by_command(number, prefix, work)
}

/// Where there is no shared library to choose from.
pub(crate) fn by_pkg_config_static(prefix: &Path, work: &Path) -> Vec<PathBuf> {
    by_command(2, prefix, work)
}

fn by_command(number: usize, prefix: &Path, work: &Path) -> Vec<PathBuf> {
    let page = fs::read_to_string(support::root().join("docs/linking.md")).expect("the page");
    let mut commands = page.lines().filter(|line| line.starts_with("cc app.c -o app $(pkg-config "));
    let command = commands.nth(number).expect("three commands");
    let build = |compiler: &str, source: &str| {
        let program = work.join(source.replace('.', "_"));
        let command = command.replace("cc app.c -o app", &format!("{compiler} \"$SOURCE\" -o \"$PROGRAM\""));
        let mut sh = Command::new("sh");
        sh.args(["-euc", &command]).env("SOURCE", project().join(source)).env("PROGRAM", &program);
        run(sh.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")));
        program
    };
    vec![build("cc -std=c99", "ask.c"), build("c++ -std=c++11", "ask.cpp")]
}

/// Configures and builds `source`.
pub(crate) fn cmake<S: AsRef<OsStr>>(source: &Path, build: &Path, settings: impl IntoIterator<Item = S>) {
    cmake_with(&|| Command::new("cmake"), source, build, settings);
}

/// The same with a command that knows more.
pub(crate) fn cmake_with<S: AsRef<OsStr>>(
    command: &dyn Fn() -> Command,
    source: &Path,
    build: &Path,
    settings: impl IntoIterator<Item = S>,
) {
    run(command().arg("-S").arg(source).arg("-B").arg(build).args(settings));
    run(command().arg("--build").arg(build));
}

pub(crate) fn by_cmake(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let settings = [format!("-DFORM={}", form.name()), format!("-DCMAKE_PREFIX_PATH={}", prefix.display())];
    let build = work.join("cmake");
    cmake(&project(), &build, settings);
    vec![build.join("ask_c"), build.join("ask_cpp")]
}

pub(crate) fn with_pri(pri: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let build = |language: &str| {
        let build = work.join(format!("qmake-{language}"));
        fs::create_dir(&build).expect("a folder");
        let mut qmake = Command::new("qmake6");
        qmake.current_dir(&build).arg(project().join("outside.pro")).arg(format!("LANGUAGE={language}"));
        qmake.arg(format!("PRI={}", pri.display()));
        if form != Form::Shared {
            qmake.arg(format!("CONFIG+=qls_precheck_{}", form.name()));
        }
        run(&mut qmake);
        run(Command::new("make").current_dir(&build));
        build.join(format!("ask_{language}"))
    };
    vec![build("c"), build("cpp")]
}

/// qmake for another system, whose compiler it cannot ask for what it wants to know of it.
pub(crate) fn qmake_for(spec: &str) -> Command {
    let mut qmake = Command::new("qmake6");
    qmake.args(["-o", "Makefile", "-spec", spec, "-early", "QMAKE_MSC_VER=1930", "QMAKE_CXX.QMAKE_MSC_VER=1930"]);
    qmake.args(["QMAKE_CXX.COMPILER_MACROS=QMAKE_MSC_VER", "QMAKE_CXX.INCDIRS=/none", "QMAKE_CXX.LIBDIRS=/none"]);
    qmake.arg("-before");
    qmake
}

pub(crate) fn by_qmake(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    with_pri(&prefix.join("share/qls_precheck/qls_precheck.pri"), form, work)
}
