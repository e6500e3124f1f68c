//! `qls_precheck_load.c`, which loads the library instead of being linked with it: in step with the header, compiled in
//! every way it promises, and safe with any file that it is given.

use std::path::{Path, PathBuf};
use std::process::Command;

use qls_standin::{Licenses, Options, Standin};
use support::{Linkage, target};
use tempfile::TempDir;

fn read(path: impl AsRef<Path>) -> String {
    let path = support::root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const FILE: &str = "include/qls_precheck_load.c";

/// A function of the header.
struct Function {
    /// Its type, as `const char *`.
    returns: String,
    /// Without `qls_`.
    name: String,
    /// As in the header, as `const qls_result *result`; none for `(void)`.
    parameters: Vec<String>,
}

impl Function {
    fn of(declaration: &str) -> Self {
        let words: Vec<&str> = declaration.split_whitespace().collect();
        let line = words.join(" ");
        let (head, parameters) = line.strip_suffix(')').and_then(|line| line.split_once('(')).expect("a prototype");
        let (returns, name) = head.split_at(head.find("qls_").map_or(0, |_| head.rfind("qls_").expect("a name")));
        let parameters = parameters.split(", ").filter(|parameter| *parameter != "void").map(str::to_owned).collect();
        Self { returns: returns.trim().to_owned(), name: name["qls_".len()..].to_owned(), parameters }
    }

    fn signature(&self) -> String {
        if self.parameters.is_empty() { "void".to_owned() } else { self.parameters.join(", ") }
    }

    fn arguments(&self) -> String {
        let name = |parameter: &String| parameter.rsplit([' ', '*']).next().unwrap_or_default().to_owned();
        self.parameters.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// `char *` needs no blank before what follows, and `int32_t` one.
    fn returns(&self) -> String {
        if self.returns.ends_with('*') { self.returns.clone() } else { format!("{} ", self.returns) }
    }

    fn takes(&self, kind: &str) -> bool {
        self.parameters.first().is_some_and(|first| first.contains(kind))
    }

    /// What it gives where the library is not to be asked. What has to be thought of is written in the file by hand.
    fn otherwise(&self) -> String {
        match (&*self.returns, &*self.name) {
            ("qls_result *", _) => "unanswered()".to_owned(),
            ("qls_client *", _) => "&unusable_client".to_owned(),
            ("qls_status", _) if self.takes("qls_client *") => "QLS_CONFIGURATION".to_owned(),
            (_, "result_server_code") => "NULL".to_owned(),
            (_, "result_count") => format!("own_{}({})", self.name, self.arguments()),
            (_, "version") => "\"\"".to_owned(),
            ("int32_t" | "uint32_t" | "size_t", _) => "0".to_owned(),
            _ => format!("own_{}({})", self.name, self.arguments()),
        }
    }

    /// The function that the program calls.
    fn definition(&self) -> String {
        let find = match () {
            () if self.takes("qls_client *") => "for_client(client)",
            () if self.takes("qls_result *") => "for_result(result)",
            () => "loaded()",
        };
        let call = format!("library->{}({})", self.name, self.arguments());
        let body = if self.returns == "void" {
            format!("    if (library != NULL) {{\n        {call};\n    }}\n")
        } else {
            wrapped(format!("    return library != NULL ? {call} : {};\n", self.otherwise()), " :")
        };
        let signature = format!("{}qls_{}({})\n", self.returns(), self.name, self.signature());
        format!(
            "{}{{\n    const struct functions *library = {find};\n\n{body}}}\n",
            wrapped(signature, " const char **")
        )
    }
}

/// A line that is too long goes on in the next one, from the last place that looks like this.
fn wrapped(line: String, before: &str) -> String {
    if line.trim_end().len() <= 120 {
        return line;
    }
    let at = line[..116].rfind(before).unwrap_or_else(|| panic!("no {before:?} in {line}"));
    format!("{}\n        {}", &line[..at], &line[at + 1..])
}

/// The header without its comments and preprocessor lines.
fn code() -> String {
    let text = read("include/qls_precheck.h");
    let mut code = String::new();
    for (i, part) in text.split("/*").enumerate() {
        code += if i == 0 { part } else { part.split_once("*/").expect("an end of the comment").1 };
    }
    code.lines().filter(|line| !line.starts_with('#')).map(|line| line.to_owned() + "\n").collect()
}

fn functions() -> Vec<Function> {
    let code = code();
    let prototypes = code.split_once("extern \"C\" {").expect("extern \"C\"").1;
    let found: Vec<Function> =
        prototypes.split(';').map(str::trim).filter(|text| text.ends_with(')')).map(Function::of).collect();
    assert!(found.len() >= 29, "{}", found.len());
    found
}

/// The statuses' names.
fn statuses() -> Vec<String> {
    let code = code();
    let body = code.split_once("enum qls_status").expect("the statuses").1;
    let body = body.split_once('{').and_then(|(_, body)| body.split_once('}')).expect("its values").0;
    body.split(',').filter_map(|value| Some(value.split_once('=')?.0.trim().to_owned())).collect()
}

/// The members of a result's JSON, and whether each is a list.
fn members() -> Vec<(String, bool)> {
    let document = read("docs/result-json.md");
    let section = document.split_once("\n## Members\n").expect("the members").1;
    let table = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some((cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?.to_owned(), cells[2] == "array"))
    };
    table.filter_map(row).collect()
}

/// What stands before the functions that are written by hand.
fn declarations() -> String {
    let mut text = String::from("\nstruct functions {\n");
    for function in functions() {
        let pointer = format!("    {}(*{})({});\n", function.returns(), function.name, function.signature());
        text += &wrapped(pointer, " const char **");
    }
    text += "};\n\nstatic const struct {\n    const char *name;\n    size_t offset;\n} wanted[] = {\n";
    for function in functions() {
        text += &format!("    {{\"qls_{0}\", offsetof(struct functions, {0})}},\n", function.name);
    }
    text += "};\n\nstatic const struct {\n    int32_t status;\n    const char *name;\n} statuses[] = {\n";
    for name in statuses() {
        text += &format!("    {{{name}, \"{name}\"}},\n");
    }
    text += "};\n\nenum kind { STATUS, STATUS_CODE, MESSAGE, CAUSE, EMPTY, NOTHING };\n\n\
             static const struct {\n    const char *json_pointer;\n    enum kind kind;\n} members[] = {\n";
    let mut json = Vec::new();
    for (member, list) in members() {
        let (kind, value) = match &*member {
            "status" => ("STATUS", "\\\"\" status \"\\\""),
            "status_code" => ("STATUS_CODE", "\" code \""),
            "message" => ("MESSAGE", "\\\"\" message \"\\\""),
            "cause" => ("CAUSE", "\" cause \""),
            _ if list => ("EMPTY", "[]"),
            _ => ("NOTHING", "null"),
        };
        text += &format!("    {{\"/{member}\", {kind}}},\n");
        json.push(format!("\\\"{member}\\\":{value}"));
    }
    let at = |name: &str| json.iter().position(|member| member.contains(name)).expect("a member");
    assert!(at("message") < at("cause"), "keep() gives snprintf() the two in this order");
    text += "};\n\n#define JSON(status, code, cause, message) \\\n    \"{";
    text += &json.join(",\" \\\n    \"");
    text + "}\"\n\n"
}

fn definitions() -> String {
    functions().iter().map(|function| format!("\n{}", function.definition())).collect::<String>() + "\n"
}

/// `UPDATE_HEADER=1 cargo test --test load` rewrites what is made.
#[test]
fn what_is_made_from_the_header_is_what_it_makes() {
    let committed = read(FILE);
    let mut made = String::new();
    let mut rest = &*committed;
    for generated in [declarations(), definitions()] {
        let (before, after) = rest.split_once("/* generated from ").expect("a part that is made");
        let (line, after) = after.split_once('\n').expect("the end of the line");
        let (_, after) = after.split_once("/* end of what is generated */\n").expect("the end of the part");
        made += &format!("{before}/* generated from {line}\n{generated}/* end of what is generated */\n");
        rest = after;
    }
    made += rest;
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(support::root().join(FILE), &made).expect("the file can be written");
    }
    assert!(read(FILE) == made, "{FILE} is not what the header makes: run UPDATE_HEADER=1 cargo test --test load");
}

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
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licences");
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
