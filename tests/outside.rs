//! A project outside of this one finds the library: by pkg-config, CMake and qmake, installed, unpacked or in its
//! source tree, shared and static. `tests/outside` is that project; what it prints comes from a stand-in server.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use qls_standin::{Licenses, Options, Standin};
use tempfile::TempDir;

/// A server with the demo's licences, and a folder to work in that has a token for it.
struct Server {
    standin: Standin,
    folder: TempDir,
}

impl Server {
    fn start() -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licences");
        let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        Self { standin, folder }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a program of the outside project, which may look for a shared library in `prefix`.
    fn asked_by(&self, program: &Path, prefix: &Path) -> Output {
        let mut command = Command::new(program);
        command.arg(self.standin.url()).arg(self.folder().join("token"));
        command.env_clear().env("HOME", "/nonexistent").env("LD_LIBRARY_PATH", prefix.join("lib"));
        command.output().unwrap_or_else(|error| panic!("{}: {error}", program.display()))
    }

    /// The program asks, and prints what may be installed.
    fn answers(&self, program: &Path, prefix: &Path) {
        let output = self.asked_by(program, prefix);
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(printed, "qtcreator 1\naxivion 0\n", "{}: {}", program.display(), output.status);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What `cargo cinstall` installs, made once a process: cargo-c builds everything anew for another prefix.
fn installed() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let prefix = support::root().join("target/prefix");
        support::run(Command::new(support::root().join(".ci/install")).arg(&prefix));
        prefix
    })
}

/// A copy of it in another place.
fn moved(to: &Path) {
    support::run(Command::new("cp").arg("-a").arg(installed()).arg(to));
    let pc = to.join("lib/pkgconfig/qls_precheck.pc");
    let text = fs::read_to_string(&pc).expect("the pkg-config file");
    fs::write(&pc, text.replace(&installed().display().to_string(), &to.display().to_string())).expect("the same");
}

fn outside() -> PathBuf {
    support::root().join("tests/outside")
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Shared,
    Static,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Static => "static",
        }
    }
}

/// Runs a tool that may start cargo.
fn run(command: &mut Command) -> Output {
    for name in support::cargo_s_variables() {
        command.env_remove(name);
    }
    support::run(command)
}

/// With the two commands of the README.
fn by_pkg_config(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let readme = fs::read_to_string(support::root().join("README.md")).expect("the README");
    let mut commands = readme.lines().filter(|line| line.starts_with("cc app.c -o app $(pkg-config "));
    let command = commands.nth(form as usize).expect("a command for each form");
    let build = |compiler: &str, source: &str| {
        let program = work.join(source.replace('.', "_"));
        let command = command.replace("cc app.c -o app", &format!("{compiler} \"$SOURCE\" -o \"$PROGRAM\""));
        let mut sh = Command::new("sh");
        sh.args(["-euc", &command]).env("SOURCE", outside().join(source)).env("PROGRAM", &program);
        run(sh.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")));
        program
    };
    vec![build("cc -std=c99", "ask.c"), build("c++ -std=c++11", "ask.cpp")]
}

/// Configures and builds `source`.
fn cmake<S: AsRef<OsStr>>(source: &Path, build: &Path, settings: impl IntoIterator<Item = S>) {
    run(Command::new("cmake").arg("-S").arg(source).arg("-B").arg(build).args(settings));
    run(Command::new("cmake").arg("--build").arg(build));
}

fn by_cmake(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let settings = [format!("-DFORM={}", form.name()), format!("-DCMAKE_PREFIX_PATH={}", prefix.display())];
    let build = work.join("cmake");
    cmake(&outside(), &build, settings);
    vec![build.join("ask_c"), build.join("ask_cpp")]
}

fn with_pri(pri: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    let build = |language: &str| {
        let build = work.join(format!("qmake-{language}"));
        fs::create_dir(&build).expect("a folder");
        let mut qmake = Command::new("qmake6");
        qmake.current_dir(&build).arg(outside().join("outside.pro")).arg(format!("LANGUAGE={language}"));
        qmake.arg(format!("PRI={}", pri.display()));
        if form == Form::Static {
            qmake.arg("CONFIG+=qls_precheck_static");
        }
        run(&mut qmake);
        run(Command::new("make").current_dir(&build));
        build.join(format!("ask_{language}"))
    };
    vec![build("c"), build("cpp")]
}

fn by_qmake(prefix: &Path, form: Form, work: &Path) -> Vec<PathBuf> {
    with_pri(&prefix.join("share/qls_precheck/qls_precheck.pri"), form, work)
}

type Way = fn(&Path, Form, &Path) -> Vec<PathBuf>;

const SHARED: [&str; 3] = ["libqls_precheck.so", "libqls_precheck.so.0", "libqls_precheck.so.0.1.0"];

/// Takes all that is shared from a prefix.
fn without_shared(prefix: &Path) {
    for name in SHARED {
        fs::remove_file(prefix.join("lib").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// Builds the project with a prefix and runs it; then once more where there is no shared library any more.
fn builds_and_runs(way: Way, form: Form, prefix: &Path, server: &Server) {
    let programs = way(prefix, form, server.folder());
    for program in &programs {
        server.answers(program, prefix);
    }
    without_shared(prefix);
    for program in &programs {
        match form {
            Form::Static => server.answers(program, prefix),
            Form::Shared => {
                let printed = text(&server.asked_by(program, prefix).stderr);
                assert!(printed.contains("libqls_precheck.so.0: cannot open"), "{}: {printed}", program.display());
            }
        }
    }
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
    expected.extend(SHARED.map(|name| format!("lib/{name}")));
    let cmake =
        ["Config", "ConfigVersion", "Target"].map(|name| format!("share/cmake/QlsPrecheck/QlsPrecheck{name}.cmake"));
    expected.extend(cmake);
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

/// What rustc said that the static library needs is in the pkg-config file, in the README, and in the other packages,
/// which leave out what every compiler adds by itself.
#[test]
#[ignore = "needs cargo-c"]
fn what_the_static_library_needs_is_the_same_everywhere() {
    let read =
        |path: &str| fs::read_to_string(support::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let pc = fs::read_to_string(installed().join("lib/pkgconfig/qls_precheck.pc")).expect("the pkg-config file");
    let printed = pc.lines().find_map(|line| line.strip_prefix("Libs.private: ")).expect("private libraries");
    assert!(read("README.md").contains(&format!("`{printed}`")), "README.md lacks {printed}");
    let flags: Vec<&str> = printed.split_whitespace().filter(|flag| !["-lgcc_s", "-lc"].contains(flag)).collect();
    assert!(
        read("qls_precheck.pri").contains(&format!("LIBS += {}\n", flags.join(" "))),
        "qls_precheck.pri lacks {flags:?}"
    );
    let names = flags.join(" ").replace("-l", "");
    let cmake = read("cmake/QlsPrecheckTarget.cmake");
    assert!(cmake.contains(&format!("set(QLS_PRECHECK_NATIVE_LIBRARIES {names})")), "CMake lacks {names}");
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

/// What `find_package` with these arguments says about a prefix.
fn find_package(prefix: &Path, arguments: &str) -> Output {
    let work = tempfile::tempdir().expect("a folder");
    let project = format!(
        "cmake_minimum_required(VERSION 3.16)\nproject(finds LANGUAGES C)\nfind_package(QlsPrecheck {arguments})\n\
         foreach(form shared static)\nif(TARGET QlsPrecheck::${{form}})\nmessage(STATUS \"has ${{form}}\")\nendif()\n\
         endforeach()\n"
    );
    fs::write(work.path().join("CMakeLists.txt"), project).expect("a project");
    let mut cmake = Command::new("cmake");
    cmake.arg("-S").arg(work.path()).arg("-B").arg(work.path().join("build"));
    cmake.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display())).output().expect("cmake runs")
}

#[test]
#[ignore = "needs cargo-c, cmake"]
fn cmake_says_what_is_missing() {
    let work = tempfile::tempdir().expect("a folder");
    moved(&work.path().join("prefix"));
    let prefix = work.path().join("prefix");
    let found = |arguments: &str| {
        let output = find_package(&prefix, arguments);
        assert!(output.status.success(), "{arguments}: {}", text(&output.stderr));
        text(&output.stdout).lines().filter_map(|line| line.strip_prefix("-- has ")).collect::<Vec<_>>().join(" ")
    };
    let refused = |arguments: &str, why: &str| {
        let output = find_package(&prefix, arguments);
        let printed = text(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!output.status.success() && printed.contains(why), "{arguments}: {printed}");
    };
    for arguments in ["REQUIRED", "0.1 REQUIRED", "0.0.9 REQUIRED", "0.1.0 EXACT REQUIRED", "0.1...<1 REQUIRED"] {
        assert_eq!(found(arguments), "shared static", "{arguments}");
    }
    for arguments in
        ["0.99 REQUIRED", "1 REQUIRED", "0.0.9 EXACT REQUIRED", "0.0.1...0.0.9 REQUIRED", "0.2...1 REQUIRED"]
    {
        refused(arguments, "version: 0.1.0");
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
#[ignore = "needs cargo-c, qmake6"]
fn qmake_says_what_is_missing() {
    let work = tempfile::tempdir().expect("a folder");
    let prefix = work.path().join("prefix");
    moved(&prefix);
    without_shared(&prefix);
    let mut qmake = Command::new("qmake6");
    qmake.current_dir(work.path()).arg(outside().join("outside.pro")).arg("LANGUAGE=c");
    let output = qmake.arg(format!("PRI={}/share/qls_precheck/qls_precheck.pri", prefix.display())).output();
    let output = output.expect("qmake6 runs");
    let printed = text(&output.stdout) + &text(&output.stderr);
    assert!(!output.status.success() && printed.contains("libqls_precheck.so is not in"), "{printed}");
}

/// The folder where the tests' library is built: cargo has nothing to do there.
fn target() -> &'static Path {
    support::library().shared().ancestors().nth(2).expect("target/release/libqls_precheck.so")
}

#[test]
#[ignore = "needs cmake, ninja, c++"]
fn cmake_builds_the_library_from_its_sources_and_only_once() {
    let server = Server::start();
    for (generator, form) in [("Ninja", Form::Static), ("Unix Makefiles", Form::Shared)] {
        let build = server.folder().join(form.name());
        let settings = [
            format!("-G{generator}"),
            format!("-DFORM={}", form.name()),
            format!("-DSOURCE={}", support::root().display()),
            format!("-DQLS_PRECHECK_TARGET_DIR={}", target().display()),
        ];
        cmake(&outside(), &build, &settings);
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
    for form in [Form::Shared, Form::Static] {
        let work = server.folder().join(form.name());
        fs::create_dir(&work).expect("a folder");
        for program in with_pri(&support::root().join("qls_precheck.pri"), form, &work) {
            server.answers(&program, server.folder());
        }
    }
}

#[test]
#[ignore = "needs cmake"]
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
