//! The archive for Windows, unpacked on Linux: for MSVC CMake and qmake find what is in it, and what they link runs
//! under Wine; for MinGW pkg-config does. `.ci/platforms` has packed it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::ways::{cmake_with, project, qmake_for};
use crate::{Form, Server, run, text};

const FORMS: [Form; 2] = [Form::Static, Form::Shared];

/// A server, and a folder where the archive is unpacked.
struct Setting {
    server: Server,
    work: TempDir,
    unpacked: PathBuf,
}

impl Setting {
    fn new() -> Self {
        // Where people unpack things.
        Self::unpacked("my files")
    }

    fn unpacked(name: &str) -> Self {
        assert!(support::target().is_msvc(), "QLS_TEST_TARGET is not set: .ci/platforms msvc runs this");
        let work = tempfile::tempdir().expect("a folder");
        let folder = format!("qls-precheck-{}-x86_64-windows", env!("CARGO_PKG_VERSION"));
        let archive = support::root().join(format!("target/platforms/archive/{folder}.zip"));
        run(Command::new("python3").current_dir(work.path()).args(["-m", "zipfile", "-e"]).arg(archive).arg("."));
        let unpacked = work.path().join(name);
        fs::rename(work.path().join(folder), &unpacked).expect("the folder of the archive");
        Self { server: Server::start(), work, unpacked }
    }

    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.work.path().join(name);
        fs::create_dir(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
        folder
    }

    /// Runs the program, with the DLL beside it for one that is linked with that.
    fn answers(&self, program: &Path, form: Form) {
        let dll = program.with_file_name("qls_precheck.dll");
        match form {
            Form::Shared => {
                fs::copy(self.unpacked.join("bin/qls_precheck.dll"), dll).expect("the DLL");
            }
            Form::Static | Form::Load => assert!(!dll.exists(), "{} is there", dll.display()),
        }
        self.server.answers(program, &self.unpacked);
    }
}

/// What qmake would have a project linked with, for MSVC; `project` is its file and what else qmake is told.
fn linked_by_qmake(folder: &Path, project: &[&str]) -> Vec<String> {
    run(qmake_for("win32-msvc").current_dir(folder).args(project));
    let makefile = fs::read_to_string(folder.join("Makefile.Release")).expect("a Makefile");
    let line = makefile.lines().find_map(|line| line.strip_prefix("LIBS ")).expect("libraries");
    words(line.trim_start().trim_start_matches('='))
}

/// As a command line has them: a blank between quotes belongs to a word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
#[ignore = "needs Wine"]
fn wine_runs_what_cmake_links_by_clang_cl() {
    let setting = Setting::new();
    // /MT, /MD, /MTd, /MDd.
    let runtimes = ["MultiThreaded", "MultiThreadedDLL", "MultiThreadedDebug", "MultiThreadedDebugDLL"];
    for form in FORMS.into_iter().chain([Form::Load]) {
        for runtime in runtimes {
            let build = setting.work.path().join(format!("{}-{runtime}", form.name()));
            let toolchain = support::root().join("tests/msvc/toolchain.cmake");
            let settings = [
                "-GNinja".to_owned(),
                "-DLANGUAGES=C".to_owned(),
                format!("-DFORM={}", form.name()),
                format!("-DCMAKE_TOOLCHAIN_FILE={}", toolchain.display()),
                format!("-DCMAKE_PREFIX_PATH={}", setting.unpacked.display()),
                format!("-DCMAKE_BUILD_TYPE={}", if runtime.contains("Debug") { "Debug" } else { "Release" }),
                format!("-DCMAKE_MSVC_RUNTIME_LIBRARY={runtime}"),
            ];
            cmake_with(&|| support::msvc("cmake"), &project(), &build, settings);
            setting.answers(&build.join("ask_c.exe"), form);
        }
    }
}

/// Then CMake does not say that the compiler is MSVC's kin.
#[test]
#[ignore = "needs Wine"]
fn wine_runs_what_cmake_links_by_clang_with_options_of_gcc() {
    let setting = Setting::new();
    for form in FORMS {
        let build = setting.work.path().join(form.name());
        let settings = [
            "-GNinja".to_owned(),
            "-DLANGUAGES=C".to_owned(),
            format!("-DFORM={}", form.name()),
            format!("-DCMAKE_PREFIX_PATH={}", setting.unpacked.display()),
            "-DCMAKE_BUILD_TYPE=Release".to_owned(),
            "-DCMAKE_SYSTEM_NAME=Windows".to_owned(),
            "-DCMAKE_C_COMPILER=clang".to_owned(),
            "-DCMAKE_C_COMPILER_TARGET=x86_64-pc-windows-msvc".to_owned(),
            "-DCMAKE_RC_COMPILER=llvm-rc".to_owned(),
        ];
        cmake_with(&|| support::msvc("cmake"), &project(), &build, settings);
        setting.answers(&build.join("ask_c.exe"), form);
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_runs_what_qmake_would_link() {
    let setting = Setting::new();
    let pri = format!("PRI={}/share/qls_precheck/qls_precheck.pri", setting.unpacked.display());
    let file = project().join("outside.pro").display().to_string();
    for form in FORMS {
        let folder = setting.folder(&format!("qmake {}", form.name()));
        let mut arguments = vec![&*file, &*pri, "LANGUAGE=c"];
        if form == Form::Static {
            arguments.push("CONFIG+=qls_precheck_static");
        }
        let libraries = linked_by_qmake(&folder, &arguments);
        let name = match form {
            Form::Static => "qls_precheck.lib",
            Form::Shared => "qls_precheck.dll.lib",
            Form::Load => panic!("nothing is linked"),
        };
        assert!(libraries.iter().any(|library| Path::new(library) == setting.unpacked.join("lib").join(name)));
        let mut compile = support::msvc("clang-cl");
        compile.args(["/MT", "/c", "-I"]).arg(setting.unpacked.join("include")).arg("-o").arg(folder.join("ask.obj"));
        run(compile.arg("--").arg(project().join("ask.c")));
        let mut link = support::msvc("lld-link");
        link.current_dir(&folder).args(["/nologo", "/subsystem:console", "/out:ask.exe", "ask.obj"]);
        run(link.args(libraries));
        setting.answers(&folder.join("ask.exe"), form);
    }
}

/// Without a variable that says where.
#[test]
#[ignore = "needs Wine"]
fn wine_or_not_the_framework_s_plug_in_finds_the_library_beside_it() {
    let setting = Setting::new();
    let folder = setting.folder("framework");
    let plug_in = setting.unpacked.join("integrations/ifw/qls_precheck_ifw.pri");
    let file = folder.join("framework.pro");
    fs::write(&file, format!("QT = core\nCONFIG += console\ninclude(\"{}\")\n", plug_in.display()))
        .expect("a project file");
    let libraries = linked_by_qmake(&folder, &[file.to_str().expect("a path in UTF-8")]);
    let expected = setting.unpacked.join("lib/qls_precheck.lib").display().to_string();
    let at = libraries.iter().position(|library| *library == expected);
    let needed = &libraries[at.unwrap_or_else(|| panic!("{expected} is not in {libraries:?}")) + 1..];
    for name in support::LIBRARIES_WINDOWS.split_whitespace() {
        assert!(needed.contains(&format!("{name}.lib")), "{name} is not in {needed:?}");
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_runs_what_pkg_config_names_for_mingw() {
    // A shell takes a blank in what pkg-config prints for the end of a word.
    let setting = Setting::unpacked("files");
    for form in FORMS {
        let folder = setting.folder(form.name());
        let documentation = fs::read_to_string(support::root().join("docs/windows.md")).expect("the documentation");
        let mut commands = documentation
            .lines()
            .filter(|line| line.starts_with("x86_64-w64-mingw32-gcc app.c ") && line.contains("pkg-config"));
        let command = match form {
            Form::Shared => commands.next(),
            Form::Static => commands.nth(1),
            Form::Load => panic!("nothing is linked"),
        };
        let command = command.expect("two commands").replace("app.c", "\"$SOURCE\"");
        let mut sh = Command::new("sh");
        sh.current_dir(&folder).args(["-euc", &command]).env("SOURCE", project().join("ask.c"));
        run(sh.env("PKG_CONFIG_PATH", setting.unpacked.join("lib/pkgconfig")));
        setting.answers(&folder.join("app.exe"), form);
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_or_not_pkg_config_has_the_library_s_version() {
    let setting = Setting::new();
    let mut command = Command::new("pkg-config");
    command.args(["--modversion", "qls_precheck"]).env("PKG_CONFIG_PATH", setting.unpacked.join("lib/pkgconfig"));
    assert_eq!(text(&run(&mut command).stdout).trim(), env!("CARGO_PKG_VERSION"));
}
