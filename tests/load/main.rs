//! `qls_precheck_load.c`, which loads the library instead of being linked with it: in step with the header, compiled in
//! every way it promises, and safe with any file that it is given.

mod generated;

use std::path::{Path, PathBuf};
use std::process::Command;

use generated::{FILE, functions, read};
use qls_standin::{Licenses, Options, Standin};
use support::{Linkage, target};
use tempfile::TempDir;

/// It compiles as what it promises to be, with every warning that a project may have.
fn compiles(compiler: &str, arguments: &[&str]) {
    let work = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(compiler);
    command.args(arguments).args(["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow"]);
    command.args(["-Wundef", "-Werror", "-c", "-o"]).arg(work.path().join("load.o")).arg("-I");
    support::run(command.arg(support::root().join("include")).arg(support::root().join(FILE)));
}

#[test]
fn it_compiles_as_c99() {
    compiles("cc", &["-std=c99"]);
    compiles("cc", &["-std=c11", "-O2", "-fPIC"]);
}

#[test]
#[ignore = "needs c++"]
fn it_compiles_as_cpp() {
    compiles("c++", &["-x", "c++", "-std=c++11"]);
    compiles("c++", &["-x", "c++", "-std=c++20", "-fno-exceptions", "-fno-rtti"]);
}

#[test]
#[ignore = "needs clang"]
fn it_compiles_with_clang() {
    compiles("clang", &["-std=c99", "-Weverything", "-Wno-padded", "-Wno-declaration-after-statement"]);
    compiles("clang", &["-std=c2x"]);
    compiles("clang++", &["-x", "c++", "-std=c++11"]);
}

/// A plug-in that has it inside shows none of its functions, or another module would call them.
#[test]
fn a_plug_in_that_compiles_it_shows_none_of_its_functions() {
    let work = tempfile::tempdir().expect("a folder");
    let plugin = work.path().join("plugin.so");
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC", "-I"]).arg(support::root().join("include"));
    support::run(command.arg(support::root().join(FILE)).arg("-o").arg(&plugin));
    let output = support::run(Command::new("nm").args(["-D", "--defined-only"]).arg(plugin));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!shown.contains("qls_"), "{shown}");
}

/// Every function of the header that takes neither client nor result is in the list of what is given meanwhile.
#[test]
fn what_each_function_gives_meanwhile_is_documented() {
    let header = read("include/qls_precheck_load.h");
    let kinds = ["qls_client *", "qls_result *"];
    for function in functions().iter().filter(|function| !kinds.iter().any(|kind| function.takes(kind))) {
        assert!(header.contains(&format!("qls_{}()", function.name)), "{} is missing", function.name);
    }
    for function in functions().iter().filter(|function| function.returns == "qls_result *") {
        assert!(header.contains(&format!("qls_{}()", function.name)), "{} is missing", function.name);
    }
}

/// The file and the examples escape the characters that the core escapes.
#[test]
fn the_characters_that_deceive_are_those_of_the_core() {
    for file in [FILE, "examples-c/print_text.h"] {
        let text = read(file);
        let table = text.split_once("first, last;").and_then(|(_, rest)| rest.split_once("\n    };"));
        let (table, _) = table.expect("a table");
        let numbers: Vec<u32> = table
            .split("0x")
            .skip(1)
            .map(|number| {
                let end = number.find(|c: char| !c.is_ascii_hexdigit()).expect("an end");
                u32::from_str_radix(&number[..end], 16).expect("a number")
            })
            .collect();
        // U+0000 ends a text.
        for c in '\u{1}'..=char::MAX {
            let hidden = qls_precheck_core::escaped(c.encode_utf8(&mut [0; 4])).starts_with('\\') && c != '\\';
            let is_in = numbers.chunks_exact(2).any(|range| (range[0]..=range[1]).contains(&u32::from(c)));
            assert_eq!(is_in, hidden, "{file}: U+{:04X}", u32::from(c));
        }
    }
}

/// The folder of what is to be loaded, in that of the test.
const FOLDER: &str = "Ordner für 日本";

/// A file's path as an argument: see `asking_path()` in `tests/c/asking.h`.
fn argument(path: &Path) -> String {
    let encoded = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    target().path(path).bytes().map(encoded).collect()
}

/// A server, and a folder with a token for it and with what is to be loaded.
struct Setting {
    standin: Standin,
    folder: TempDir,
}

impl Setting {
    fn new() -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let standin = Standin::start(Options::new(licenses)).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        std::fs::create_dir(folder.path().join(FOLDER)).expect("a folder");
        Self { standin, folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(FOLDER).join(name)
    }

    /// A file among what is to be loaded.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// The library, under a name of its own.
    fn library(&self) -> PathBuf {
        self.file("the library", std::fs::read(support::library().shared()).expect("the library"))
    }

    /// The library with some bytes changed.
    fn changed(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> PathBuf {
        let mut bytes = std::fs::read(support::library().shared()).expect("the library");
        change(&mut bytes);
        self.file(name, bytes)
    }

    /// A library that was not made here: the header's functions, with this version of the interface, but for one.
    fn made(&self, name: &str, interface: u32, without: &str) -> PathBuf {
        let mut source = String::from("#include \"qls_precheck.h\"\n#include <stddef.h>\n");
        for function in functions().iter().filter(|function| format!("qls_{}", function.name) != without) {
            let value = match (&*function.name, &*function.returns) {
                ("abi_version", _) => interface.to_string(),
                ("version", _) => "\"0.0.7\"".to_owned(),
                (_, "void") => String::new(),
                _ => "0".to_owned(),
            };
            if target().is_windows() {
                source += "__declspec(dllexport) ";
            }
            let signature = function.signature();
            source += &format!("{}qls_{}({signature}) {{ return {value}; }}\n", function.returns(), function.name);
        }
        let source = self.file(&format!("{name}.c"), source);
        let library = self.path(name);
        support::c_library(&source, &library);
        library
    }

    /// Compiles a program of `tests/c` that loads the library.
    fn program(&self, name: &str) -> PathBuf {
        support::c_program(&format!("tests/c/{name}.c"), self.folder.path(), Linkage::Loader)
    }

    /// Has a program load the library and ask the server.
    fn asks(&self, program: &mut Command, further: &[String]) {
        program.arg(self.standin.url()).arg(self.folder.path().join("token")).arg(argument(&self.library()));
        support::run(program.args(further));
    }

    /// Files that are no library for the program: each with the cause and with words of the message.
    fn refused(&self) -> Vec<String> {
        let windows = target().is_windows();
        let machine = |bytes: &mut Vec<u8>| {
            // Where a program's header names the kind of machine: PE has its place at 0x3c, ELF always the same one.
            let at = if windows {
                u32::from_le_bytes(bytes[0x3c..0x40].try_into().expect("4 bytes")) as usize + 4
            } else {
                18
            };
            let other: u16 = if windows { 0x01c4 } else { 243 };
            bytes[at..at + 2].copy_from_slice(&other.to_le_bytes());
        };
        let of = |windows_words: &str, elf_words: &str| if windows { windows_words } else { elf_words }.to_owned();
        let rows: Vec<(PathBuf, &str, String)> = vec![
            (self.path("missing.so"), "library-not-loaded", of("error 126", "No such file")),
            (self.path("no folder/missing.so"), "library-not-loaded", "has to be there".into()),
            (self.path(""), "library-not-loaded", "has to be there".into()),
            (self.file("empty.so", ""), "library-not-loaded", "has to be there".into()),
            (self.file("text.so", "INPUT(libc.so.6)\n"), "library-not-loaded", "has to be there".into()),
            (self.file("garbage.so", vec![0xa5; 100_000]), "library-not-loaded", of("error 193", "has to be there")),
            (self.changed("cut.so", |bytes| bytes.truncate(3000)), "library-not-loaded", of("error 193", "cut off")),
            (
                self.changed("half.so", |bytes| bytes.truncate(900_000)),
                "library-not-loaded",
                of("error 193", "cut off"),
            ),
            (
                self.changed("cut-in-its-header.so", |bytes| bytes.truncate(70)),
                "library-not-loaded",
                of("error 193", "cut off"),
            ),
            (self.changed("machine.so", machine), "library-not-loaded", of("error 193", "another kind of machine")),
            (
                self.made("older.so", 0, ""),
                "library-too-old",
                "qls_precheck 0.0.7 with interface 0, and interface".into(),
            ),
            (
                self.made("incomplete.so", 99, "qls_client_cancel"),
                "library-too-old",
                "it has no function qls_client_cancel".into(),
            ),
            (
                self.made("other.so", 99, "qls_abi_version"),
                "library-not-loaded",
                "another library than qls_precheck".into(),
            ),
        ];
        let row = |(path, cause, words): &(PathBuf, &str, String)| [argument(path), (*cause).to_owned(), words.clone()];
        rows.iter().flat_map(row).collect()
    }
}

#[test]
fn every_function_is_safe_while_nothing_is_loaded_and_works_afterwards() {
    let setting = Setting::new();
    let program = setting.program("load");
    setting.asks(&mut support::program(&program), &setting.refused());
}

#[test]
#[ignore = "needs valgrind"]
fn every_function_is_safe_under_valgrind() {
    let setting = Setting::new();
    let program = setting.program("load");
    setting.asks(&mut support::under_valgrind(support::program(&program)), &setting.refused());
}

#[test]
fn threads_load_it_while_others_ask_and_fork() {
    let setting = Setting::new();
    let program = setting.program("load_threads");
    for _ in 0..5 {
        setting.asks(&mut support::program(&program), &[]);
    }
}

#[test]
#[ignore = "needs valgrind"]
fn threads_load_it_under_valgrind() {
    let setting = Setting::new();
    let program = setting.program("load_threads");
    setting.asks(&mut support::under_valgrind(support::program(&program)), &[]);
}

/// The newer one is made here: it reports its version, and nothing more is asked of it.
#[test]
fn a_newer_library_serves() {
    let setting = Setting::new();
    let newer = setting.folder.path().join("newer.so");
    std::fs::copy(setting.made("newer.so", 99, ""), &newer).expect("a library");
    let program = support::c_program("examples-c/load.c", setting.folder.path(), Linkage::Loader);
    let mut command = support::program(&program);
    let output =
        command.arg(target().path(&newer)).args(["--server", setting.standin.url()]).output().expect("it runs");
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(printed.contains("qls_precheck 0.0.7"), "{printed}");
}

/// The C++ header is the same; the file is compiled as C++ with it.
#[test]
#[ignore = "needs c++"]
fn gcc_has_the_cpp_header_work_with_it() {
    let setting = Setting::new();
    for standard in ["-std=c++11", "-std=c++20"] {
        let compiler = ["g++", standard];
        let program =
            support::cpp_program(&compiler, &[("tests/cpp/load.cpp", &[])], setting.folder.path(), Linkage::Loader);
        setting.asks(&mut support::program(&program), &[]);
    }
}
