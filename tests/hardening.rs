//! What makes attacks harder is in what is shipped, and `.ci/hardening` notices where it is missing; a plug-in that is
//! linked with the static library by the option of docs/linking.md shows nothing of it.

#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn checked(file: &Path) -> Output {
    Command::new(support::root().join(".ci/hardening")).arg(file).output().expect("the script runs")
}

fn passes(file: &Path) {
    let output = checked(file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn fails(file: &Path, why: &str) {
    let output = checked(file);
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && printed.contains(why), "{}: {why}: {printed}", file.display());
}

/// What the compiler makes of a small source file with these options.
fn compiled(compiler: &str, options: &[&str], work: &Path) -> PathBuf {
    let source = work.join("small.c");
    let text = "#include <stdio.h>\nint (*function)(const char *) = puts;\nint main(void) { return function(\"\"); }\n\
        #ifdef BOTH\n__asm__(\".section .both, \\\"awx\\\"\\n.byte 0\\n.text\");\n#endif\n";
    std::fs::write(&source, text).expect("a source file");
    let file = work.join("small.exe");
    support::run(Command::new(compiler).args(options).arg("-o").arg(&file).arg(&source));
    file
}

#[test]
fn what_is_shipped_for_linux_is_hardened() {
    passes(support::library().shared());
    let work = tempfile::tempdir().expect("a folder");
    // Objects decide whether a program's stack can be executed: those of the static library too.
    let program = support::c_program("tests/c/global.c", work.path(), support::Linkage::Static);
    let output = support::run(Command::new("readelf").args(["-lW"]).arg(program));
    let segments = String::from_utf8_lossy(&output.stdout);
    let stack = segments.lines().find(|line| line.contains("GNU_STACK")).expect("a stack");
    assert!(stack.contains(" RW "), "{stack}");
}

#[test]
fn what_is_missing_for_linux_is_found() {
    let work = tempfile::tempdir().expect("a folder");
    let hardened = ["-pie", "-fPIE", "-Wl,-z,relro,-z,now"];
    passes(&compiled("cc", &hardened, work.path()));
    for (option, why) in [
        ("-no-pie", "-pie"),
        ("-Wl,-z,norelro", "-z,relro"),
        ("-Wl,-z,lazy", "-z,now"),
        ("-Wl,-z,execstack", "-z,noexecstack"),
        ("-DBOTH", "written and executed"),
        ("-Wl,-rpath,/opt/lib", "folder of its own"),
    ] {
        let options: Vec<&str> = hardened.into_iter().chain([option]).collect();
        fails(&compiled("cc", &options, work.path()), why);
    }
    fails(&work.path().join("small.c"), "neither");
}

#[test]
#[ignore = "needs Wine"]
fn wine_or_not_what_is_missing_for_windows_is_found() {
    let work = tempfile::tempdir().expect("a folder");
    let compiler = "x86_64-w64-mingw32-gcc";
    passes(support::library().shared());
    passes(&compiled(compiler, &["-Wl,--dynamicbase,--high-entropy-va,--nxcompat"], work.path()));
    for (option, why) in [
        ("-Wl,--disable-dynamicbase", "DYNAMIC_BASE"),
        ("-Wl,--disable-nxcompat", "NX_COMPAT"),
        ("-Wl,--disable-high-entropy-va", "HIGH_ENTROPY_VA"),
        ("-Wl,--disable-reloc-section", ".reloc"),
    ] {
        fails(&compiled(compiler, &[option], work.path()), why);
    }
}

/// The functions of a plug-in that holds the static library, linked with these options.
fn exported_by_a_plug_in(options: &[&str]) -> Vec<String> {
    let work = tempfile::tempdir().expect("a folder");
    let source = work.path().join("plugin.c");
    let text = "#include \"qls_precheck.h\"\nconst char *plugin(void) { return qls_version(); }\n";
    std::fs::write(&source, text).expect("a source file");
    let plug_in = work.path().join("plugin.so");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-o"]).arg(&plug_in).arg("-I").arg(support::root().join("include")).arg(&source);
    let libraries = support::LIBRARIES_LINUX.split_whitespace().map(|name| format!("-l{name}"));
    support::run(cc.arg(support::library().archive()).args(libraries).args(options));
    let output = support::run(Command::new("nm").args(["-D", "--defined-only"]).arg(&plug_in));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|line| line.split_whitespace().nth(2)).map(str::to_owned).collect()
}

#[test]
fn fault_331_a_plug_in_shows_nothing_of_the_static_library() {
    let page = std::fs::read_to_string(support::root().join("docs/linking.md")).expect("the page");
    let option = "-Wl,--exclude-libs,ALL";
    assert!(page.contains(&format!("`{option}`")), "docs/linking.md does not name {option}");
    assert_eq!(exported_by_a_plug_in(&[option]), ["plugin"]);
    // Without it there would be nothing to advise.
    assert!(exported_by_a_plug_in(&[]).contains(&"qls_check".to_owned()));
}
