//! The library as its users get it: built in release, on its own, so that no other crate's features leak in.
//! For another system `.ci/platforms` has built it.

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

/// Builds the library, once a process; cargo finds out quickly when nothing has changed.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| match &target().libraries {
        Some(folder) => built_before(folder),
        None => build(),
    })
}

fn built_before(folder: &Path) -> Library {
    let shared = if target().is_windows() { "qls_precheck.dll" } else { "libqls_precheck.so" };
    let library = Library { shared: folder.join(shared), archive: folder.join("libqls_precheck.a") };
    for file in [&library.shared, &library.archive] {
        assert!(file.exists(), "{} is not there: run .ci/platforms first", file.display());
    }
    library
}

fn build() -> Library {
    let mut build =
        escargot::CargoBuild::new().manifest_path(root().join("Cargo.toml")).package("qls-precheck").release();
    // What cargo tells this process about itself would make cargo build everything anew.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            build = build.env_remove(name);
        }
    }
    let mut files = Vec::new();
    for message in build.exec().unwrap_or_else(|error| panic!("the library does not build: {error}")) {
        let message = message.unwrap_or_else(|error| panic!("the library does not build: {error}"));
        if let Ok(escargot::format::Message::CompilerArtifact(artifact)) = message.decode()
            && artifact.target.name == "qls_precheck"
        {
            files.extend(artifact.filenames.iter().map(|file| file.to_path_buf()));
        }
    }
    let with = |extensions: &[&str]| {
        let matches = |file: &&PathBuf| file.extension().is_some_and(|e| extensions.iter().any(|known| e == *known));
        files.iter().find(matches).cloned().unwrap_or_else(|| panic!("cargo made no {extensions:?} among {files:?}"))
    };
    Library { shared: with(&["so", "dylib", "dll"]), archive: with(&["a", "lib"]) }
}

/// Which form of the library a program is linked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linkage {
    /// Finds the shared library where it was built.
    Shared,
    /// Contains the static library.
    Static,
    /// Finds the DLL beside it, by an import library that was made from the `.def`; Windows only.
    Def,
    /// Loads it itself.
    Loaded,
}

/// Compiles a C program of this project into `folder`.
pub fn c_program(source: &str, folder: &Path, linkage: Linkage) -> PathBuf {
    let library = library();
    let source = root().join(source);
    let name = source.file_stem().unwrap_or_else(|| panic!("{} is no file", source.display()));
    let target = target();
    let program = folder.join(target.program_name(name.as_ref()));
    let mut command = Command::new(target.compiler);
    command.args(["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]);
    command.args(["-O1", "-g", "-pthread", "-I"]).arg(root().join("include")).arg(&source).arg("-o").arg(&program);
    match linkage {
        Linkage::Loaded => &mut command,
        Linkage::Static => command.arg(library.archive()).args(target.native_libraries),
        Linkage::Shared if !target.is_windows() => {
            let folder = library.shared().parent().unwrap_or(Path::new("."));
            command.arg(library.shared()).arg(format!("-Wl,-rpath,{}", folder.display()))
        }
        Linkage::Shared | Linkage::Def => {
            let import = if linkage == Linkage::Def { "from-def/libqls_precheck.a" } else { "libqls_precheck.dll.a" };
            command.arg(library.shared().with_file_name(import))
        }
    };
    if target.is_windows() {
        // What the programs use themselves, and their threads without a further DLL.
        command.args(["-lws2_32", "-lcrypt32", "-lversion", "-static"]);
        beside(folder, library);
    }
    run(&mut command);
    program
}

/// Puts the DLL where programs look first.
fn beside(folder: &Path, library: &Library) {
    let copy = folder.join("qls_precheck.dll");
    std::fs::copy(library.shared(), &copy).unwrap_or_else(|error| panic!("{}: {error}", copy.display()));
}
