//! The system that the tests' programs are for: this one, or the one that `QLS_TEST_TARGET` names.
//!
//! `.ci/platforms` builds the library for other systems, and has their programs run here by an emulator.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::root;

/// A system, as the tests see it.
#[derive(Debug)]
pub struct Target {
    /// Where `.ci/platforms` put its library; None for this system, whose library the tests build.
    pub(crate) libraries: Option<PathBuf>,
    compiler: Compiler,
    runner: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compiler {
    /// Or what takes the same options, by its command.
    Gcc(&'static str),
    /// MinGW's, which makes programs for Windows.
    MinGw,
    /// clang-cl, which makes programs for Windows as Microsoft's compiler does, with this option for the C runtime.
    Msvc(&'static str),
}

/// What a program on Linux needs besides the static library: what `rustc --print native-static-libs` prints, less
/// libgcc_s and libc, which every compiler adds by itself.
pub const LIBRARIES_LINUX: &str = include_str!("../../../cmake/libraries-linux.txt");

/// The same on Windows, less what a compiler's own runtime consists of.
pub const LIBRARIES_WINDOWS: &str = include_str!("../../../cmake/libraries-windows.txt");

impl Target {
    fn of(triple: Option<&str>) -> Self {
        use Compiler::{Gcc, MinGw, Msvc};
        const WINE: &[&str] = &["/usr/lib/wine/wine64"];
        let (compiler, runner): (_, &'static [&'static str]) = match triple {
            None | Some("x86_64-unknown-linux-gnu") => (Gcc("cc"), &[]),
            Some("aarch64-unknown-linux-gnu") => {
                (Gcc("aarch64-linux-gnu-gcc"), &["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"])
            }
            Some("x86_64-unknown-linux-musl") => (Gcc("musl-gcc"), &[]),
            Some("x86_64-pc-windows-gnu") => (MinGw, WINE),
            Some("x86_64-pc-windows-msvc") => match std::env::var("QLS_TEST_RUNTIME").as_deref() {
                Err(_) | Ok("MT") => (Msvc("/MT"), WINE),
                Ok("MD") => (Msvc("/MD"), WINE),
                Ok(other) => panic!("QLS_TEST_RUNTIME: {other} is neither MT nor MD"),
            },
            Some(other) => panic!("QLS_TEST_TARGET: nothing is known of {other}"),
        };
        let libraries = triple.map(|triple| match compiler {
            Gcc(_) => platforms().join(triple),
            MinGw | Msvc(_) => platforms().join("x86_64-windows"),
        });
        Self { libraries, compiler, runner }
    }

    /// Whether it is Windows, by Wine.
    pub fn is_windows(&self) -> bool {
        matches!(self.compiler, Compiler::MinGw | Compiler::Msvc(_))
    }

    /// Whether the command has Wine run a program.
    pub(crate) fn is_wine(&self, command: &Command) -> bool {
        self.is_windows() && self.runner.first().is_some_and(|wine| command.get_program() == *wine)
    }

    /// Whether programs are built as Microsoft's compiler and linker would.
    pub fn is_msvc(&self) -> bool {
        matches!(self.compiler, Compiler::Msvc(_))
    }

    /// A command that compiles and links the C sources that come next, together with the libraries behind them.
    pub(crate) fn c_program(&self, program: &Path) -> Command {
        let mut command;
        match self.compiler {
            Compiler::Msvc(runtime) => {
                command = msvc("clang-cl");
                command.args([runtime, "/W4", "/WX", "-Wpedantic", "/O1", "/Z7", "-imsvc"]);
                command.arg(root().join("tests/msvc/include"));
            }
            Compiler::Gcc(_) | Compiler::MinGw => {
                command = Command::new(if let Compiler::Gcc(name) = self.compiler { name } else { MINGW_GCC });
                command.args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g", "-pthread"]);
            }
        }
        if self.compiler == Compiler::MinGw {
            // Their threads without a further DLL.
            command.arg("-static");
        }
        command.arg("-D_POSIX_C_SOURCE=200809L").arg("-I").arg(root().join("include")).arg("-o").arg(program);
        if self.is_msvc() {
            // Or else a path could be taken for an option.
            command.arg("--");
        }
        command
    }

    /// A command that compiles C into a shared library. What loads it cannot tell who made it, and of those that make
    /// programs for MSVC none has what a DLL begins with.
    pub(crate) fn c_library(&self) -> Command {
        Command::new(if let Compiler::Gcc(name) = self.compiler { name } else { MINGW_GCC })
    }

    /// A command of the compiler for that system which corresponds to the one of this name here.
    pub(crate) fn cpp_compiler(&self, name: &str) -> Command {
        let mut command;
        match self.compiler {
            Compiler::Msvc(_) => {
                command = msvc("clang++");
                command.arg("--target=x86_64-pc-windows-msvc").arg("-fuse-ld=lld");
                command.arg(format!("@{}", prepared().join("cpp-options").display()));
            }
            Compiler::MinGw => {
                // Its other variant has no std::thread. -static: its threads without a further DLL.
                command = Command::new("x86_64-w64-mingw32-g++-posix");
                command.args(["-pthread", "-static"]);
            }
            Compiler::Gcc(_) => {
                command = Command::new(name);
                command.arg("-pthread");
            }
        }
        command
    }

    /// These libraries of the system, as its compiler wants them named.
    pub(crate) fn system_libraries(&self, names: &str) -> Vec<String> {
        let named = |name| match self.compiler {
            // clang++ and clang-cl alike take them by their paths.
            Compiler::Msvc(_) => prepared().join(format!("lib/{name}.lib")).display().to_string(),
            Compiler::Gcc(_) | Compiler::MinGw => format!("-l{name}"),
        };
        names.split_whitespace().map(named).collect()
    }

    /// What a program needs besides the static library.
    pub(crate) fn native_libraries(&self) -> Vec<String> {
        self.system_libraries(match self.compiler {
            // It has the others in this one.
            Compiler::Gcc("musl-gcc") => "c",
            Compiler::Gcc(_) => LIBRARIES_LINUX,
            Compiler::MinGw | Compiler::Msvc(_) => LIBRARIES_WINDOWS,
        })
    }

    /// The path of a file of this system, as that system has it.
    pub fn path(&self, file: &Path) -> String {
        format!("{}{}", if self.is_windows() { "Z:" } else { "" }, file.display())
    }

    /// The name of a program's file.
    pub(crate) fn program_name(&self, stem: &Path) -> PathBuf {
        if self.is_windows() { stem.with_extension("exe") } else { stem.to_owned() }
    }
}

const MINGW_GCC: &str = "x86_64-w64-mingw32-gcc";

fn platforms() -> PathBuf {
    root().join("target/platforms")
}

/// What `tests/msvc/prepare` made.
fn prepared() -> PathBuf {
    platforms().join("msvc")
}

/// A tool that makes programs for MSVC, with the headers and libraries for that.
pub fn msvc(tool: &str) -> Command {
    let mut command;
    if tool == "clang-cl" {
        command = Command::new(prepared().join("bin/clang-cl"));
        command.args(["--target=x86_64-pc-windows-msvc", "-fuse-ld=lld", "/nologo"]);
    } else {
        command = Command::new(tool);
    }
    command.env("INCLUDE", "/usr/include/wine/wine/msvcrt;/usr/include/wine/wine/windows");
    command.env("LIB", prepared().join("lib"));
    command
}

/// The system that this process's tests are about.
pub fn target() -> &'static Target {
    static TARGET: OnceLock<Target> = OnceLock::new();
    TARGET.get_or_init(|| Target::of(std::env::var("QLS_TEST_TARGET").ok().as_deref()))
}

/// A command that runs a program of that system, and knows neither proxy nor account of whoever runs the tests.
pub fn program(path: &Path) -> Command {
    let target = target();
    let mut command = match target.runner {
        [] => Command::new(path),
        [runner, arguments @ ..] => {
            let mut command = Command::new(runner);
            command.args(arguments).arg(path);
            command
        }
    };
    for name in ["https_proxy", "http_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command.env_remove("QT_INSTALLER_JWT_TOKEN").env_remove("XDG_DATA_HOME").env("HOME", "/nonexistent");
    if target.is_windows() {
        in_wine(&mut command);
    }
    command
}

/// In the prefix that `.ci/platforms` made.
fn in_wine(command: &mut Command) {
    let wine = platforms().join("wine");
    command.env("WINEPREFIX", wine.join("prefix")).env("WINEPATH", format!("Z:{}", wine.display()));
    command.env("WINEDEBUG", "-all").env("WINEDLLOVERRIDES", "mscoree,mshtml=").env_remove("DISPLAY");
    // File names are UTF-8 where the locale says so.
    command.env("LC_ALL", "C.UTF-8");
}

/// The same program under Valgrind, which ends with an error where memory is misused or lost.
pub fn under_valgrind(program: Command) -> Command {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite", "--error-exitcode=9"]);
    let suppressions = root().join("tests/c/valgrind.supp");
    valgrind.arg(format!("--suppressions={}", suppressions.display()));
    valgrind.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => valgrind.env(name, value),
            None => valgrind.env_remove(name),
        };
    }
    valgrind
}
