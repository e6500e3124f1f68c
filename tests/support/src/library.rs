//! The library as its users get it: built in release, on its own, so that no other crate's features leak in; for
//! another system `.ci/platforms` has built it. And the stand-in's program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::target::target;
use crate::{root, run};

/// Where the built library is.
#[derive(Debug)]
pub struct Library {
    shared: PathBuf,
    archive: PathBuf,
}

impl Library {
    /// The shared library.
    pub fn shared(&self) -> &Path {
        &self.shared
    }

    /// The static library.
    pub fn archive(&self) -> &Path {
        &self.archive
    }
}

/// What cargo tells this process about itself: a cargo that inherits it would build everything anew.
pub fn cargo_s_variables() -> impl Iterator<Item = OsString> {
    let about_us =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "OUT_DIR";
    std::env::vars_os().map(|(name, _)| name).filter(move |name| name.to_str().is_some_and(about_us))
}

/// Builds the library, once a process; cargo finds out quickly when nothing has changed.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| match &target().libraries {
        Some(folder) => built_before(folder),
        None => built_now(),
    })
}

fn built_before(folder: &Path) -> Library {
    let shared = if target().is_windows() { "qls_precheck.dll" } else { "libqls_precheck.so" };
    let archive = if target().is_msvc() { "qls_precheck.lib" } else { "libqls_precheck.a" };
    assert!(folder.exists(), "{} is not there: run .ci/platforms first", folder.display());
    Library { shared: folder.join(shared), archive: folder.join(archive) }
}

fn built_now() -> Library {
    let files = build(escargot::CargoBuild::new().package("qls-precheck").release(), "qls_precheck");
    let with = |extensions: &[&str]| {
        let matches = |file: &&PathBuf| file.extension().is_some_and(|e| extensions.iter().any(|known| e == *known));
        files.iter().find(matches).cloned().unwrap_or_else(|| panic!("cargo made no {extensions:?} among {files:?}"))
    };
    Library { shared: with(&["so", "dylib", "dll"]), archive: with(&["a", "lib"]) }
}

/// Builds the stand-in server's program, for tests in other languages.
pub fn standin_program() -> PathBuf {
    program("qls-standin")
}

/// Builds the program that asks in a shell.
pub fn precheck_program() -> PathBuf {
    program("qls-precheck")
}

fn program(name: &str) -> PathBuf {
    // As a part of the workspace: alone, its dependencies would be built anew with other features.
    let files = build(escargot::CargoBuild::new().arg("--workspace").bin(name), name);
    files.into_iter().next().unwrap_or_else(|| panic!("cargo made no {name}"))
}

/// Builds, and gives the files of one target.
fn build(build: escargot::CargoBuild, target: &str) -> Vec<PathBuf> {
    let mut build = build.manifest_path(root().join("Cargo.toml"));
    for name in cargo_s_variables() {
        build = build.env_remove(name);
    }
    let mut files = Vec::new();
    for message in build.exec().unwrap_or_else(|error| panic!("{target} does not build: {error}")) {
        let message = message.unwrap_or_else(|error| panic!("{target} does not build: {error}"));
        if let Ok(escargot::format::Message::CompilerArtifact(artifact)) = message.decode()
            && artifact.target.name == target
        {
            files.extend(artifact.filenames.iter().map(|file| file.to_path_buf()));
        }
    }
    files
}

/// Which form of the library a program is linked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linkage {
    /// Finds the shared library where it was built.
    Shared,
    /// Contains the static library.
    Static,
    /// Finds the DLL beside it, by an import library that was made from the `.def`; Windows only. That for MSVC always is.
    Def,
    /// Loads it itself.
    Loaded,
    /// Has `qls_precheck_load.c` compiled in, and calls `qls_load()` itself.
    Loader,
    /// The same, but the library is loaded before the program begins.
    LoadedFirst,
}

impl Linkage {
    /// The sources in C that belong to a program in `folder` besides its own.
    fn sources(self, library: &Library, folder: &Path) -> Vec<PathBuf> {
        let loader = root().join("include/qls_precheck_load.c");
        match self {
            Self::Loader => vec![loader],
            Self::LoadedFirst => {
                // An option that defines it would come too late.
                let first = folder.join("load_first.c");
                let source = root().join("tests/c/load_first.c");
                let (library, source) = (target().path(library.shared()), source.display());
                std::fs::write(&first, format!("#define QLS_TEST_LIBRARY \"{library}\"\n#include \"{source}\"\n"))
                    .unwrap_or_else(|error| panic!("{}: {error}", first.display()));
                vec![first, loader]
            }
            Self::Shared | Self::Static | Self::Def | Self::Loaded => Vec::new(),
        }
    }

    /// Adds what links a program in `folder` so, behind its own sources or objects.
    fn with<'c>(self, library: &Library, folder: &Path, command: &'c mut Command) -> &'c mut Command {
        let target = target();
        match self {
            Self::Loaded | Self::Loader | Self::LoadedFirst => {}
            Self::Static => {
                command.arg(library.archive()).args(target.native_libraries());
            }
            Self::Shared if !target.is_windows() => {
                let folder = library.shared().parent().unwrap_or(Path::new("."));
                command.arg(library.shared()).arg(format!("-Wl,-rpath,{}", folder.display()));
            }
            Self::Shared | Self::Def => {
                let import = match self {
                    _ if target.is_msvc() => "qls_precheck.dll.lib",
                    Self::Def => "from-def/libqls_precheck.a",
                    _ => "libqls_precheck.dll.a",
                };
                command.arg(library.shared().with_file_name(import));
            }
        }
        if target.is_windows() {
            // What the programs use themselves.
            command.args(target.system_libraries("ws2_32 crypt32 version advapi32"));
        }
        if target.is_windows() && self != Self::Static {
            let beside = folder.join("qls_precheck.dll");
            std::fs::copy(library.shared(), &beside).unwrap_or_else(|error| panic!("{}: {error}", beside.display()));
        }
        command
    }
}

/// Compiles a C program of this project into `folder`.
pub fn c_program(source: &str, folder: &Path, linkage: Linkage) -> PathBuf {
    c_program_with(library(), source, folder, linkage)
}

/// The same with the library whose exports panic where they are told to: the one that `.ci/platforms` built.
pub fn panicking_c_program(source: &str, folder: &Path, linkage: Linkage) -> PathBuf {
    let libraries = target().libraries.as_ref().expect("a target that .ci/platforms builds for");
    c_program_with(&built_before(&libraries.join("panic-test")), source, folder, linkage)
}

fn c_program_with(library: &Library, source: &str, folder: &Path, linkage: Linkage) -> PathBuf {
    let source = root().join(source);
    let name = source.file_stem().unwrap_or_else(|| panic!("{} is no file", source.display()));
    let program = folder.join(target().program_name(name.as_ref()));
    let mut command = target().c_program(&program);
    run(linkage.with(library, folder, command.arg(&source).args(linkage.sources(library, folder))));
    program
}

/// What every C++ program of this project is compiled with, besides a standard.
pub const CPP_WARNINGS: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"];

/// Compiles C++ sources of this project into one program in `folder`, which is named after the first. `compiler` is
/// the command with its arguments; a source may come with further ones of its own.
pub fn cpp_program(compiler: &[&str], sources: &[(&str, &[&str])], folder: &Path, linkage: Linkage) -> PathBuf {
    let compile = || {
        let mut command = target().cpp_compiler(compiler[0]);
        command.args(&compiler[1..]).args(CPP_WARNINGS).args(["-O1", "-g", "-I"]).arg(root().join("include"));
        command
    };
    let name = |source: &str| Path::new(source).file_stem().unwrap_or_else(|| panic!("{source} is no file")).to_owned();
    let program = folder.join(target().program_name(name(sources[0].0).as_ref()));
    let mut link = compile();
    for (source, further) in sources {
        let object = folder.join(name(source)).with_extension("o");
        run(compile().args(*further).arg("-c").arg(root().join(source)).arg("-o").arg(&object));
        link.arg(object);
    }
    for source in linkage.sources(library(), folder) {
        let object = source.file_name().expect("a name").to_owned();
        let object = folder.join(object).with_extension("o");
        run(compile().args(["-x", "c++", "-c"]).arg(&source).arg("-o").arg(&object));
        link.arg(object);
    }
    run(linkage.with(library(), folder, link.arg("-o").arg(&program)));
    program
}

/// Compiles a C file into a shared library.
pub fn c_library(source: &Path, library: &Path) {
    let mut command = target().c_library();
    command.args(["-shared", "-fPIC", "-I"]).arg(root().join("include")).arg(source).arg("-o").arg(library);
    run(&mut command);
}
