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
    pub(crate) compiler: &'static str,
    /// What a program needs besides the static library (`rustc --print native-static-libs`).
    pub(crate) native_libraries: &'static [&'static str],
    is_windows: bool,
    runner: &'static [&'static str],
}

/// The same for this system.
pub const NATIVE_LIBRARIES: &[&str] = &["-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl", "-lc"];

impl Target {
    fn of(triple: Option<&str>) -> Self {
        let (compiler, native_libraries, runner): (_, &'static [&'static str], &'static [&'static str]) = match triple {
            None | Some("x86_64-unknown-linux-gnu") => ("cc", NATIVE_LIBRARIES, &[]),
            Some("aarch64-unknown-linux-gnu") => {
                ("aarch64-linux-gnu-gcc", NATIVE_LIBRARIES, &["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"])
            }
            Some("x86_64-unknown-linux-musl") => ("musl-gcc", &["-lc"], &[]),
            Some(WINDOWS) => {
                let libraries =
                    &["-lbcrypt", "-ladvapi32", "-lntdll", "-luserenv", "-lws2_32", "-ldbghelp", "-lkernel32"];
                ("x86_64-w64-mingw32-gcc", libraries, &["/usr/lib/wine/wine64"])
            }
            Some(other) => panic!("QLS_TEST_TARGET: nothing is known of {other}"),
        };
        let libraries = triple.map(|triple| root().join("target/platforms").join(triple));
        Self { libraries, compiler, native_libraries, is_windows: triple == Some(WINDOWS), runner }
    }

    /// Whether it is Windows, by Wine.
    pub fn is_windows(&self) -> bool {
        self.is_windows
    }

    /// The compiler for that system which corresponds to one of this system's. MinGW's has `std::thread` in its variant
    /// for POSIX threads alone.
    pub(crate) fn cpp_compiler<'n>(&self, name: &'n str) -> &'n str {
        if self.is_windows { "x86_64-w64-mingw32-g++-posix" } else { name }
    }

    /// The name of a program's file.
    pub(crate) fn program_name(&self, stem: &Path) -> PathBuf {
        if self.is_windows { stem.with_extension("exe") } else { stem.to_owned() }
    }
}

const WINDOWS: &str = "x86_64-pc-windows-gnu";

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
    if target.is_windows {
        in_wine(&mut command);
    }
    command
}

/// In the prefix that `.ci/platforms` made.
fn in_wine(command: &mut Command) {
    let wine = root().join("target/platforms/wine");
    command.env("WINEPREFIX", wine.join("prefix")).env("WINEPATH", format!("Z:{}", wine.display()));
    command.env("WINEDEBUG", "-all").env("WINEDLLOVERRIDES", "mscoree,mshtml=").env_remove("DISPLAY");
    // File names are UTF-8 where the locale says so.
    command.env("LC_ALL", "C.UTF-8");
}
