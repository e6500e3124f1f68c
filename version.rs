//! What Windows shows of a file that MinGW links, from `version.rc`. The build scripts of the library and of the program
//! share this.

use std::env;
use std::process::Command;

/// Whether MinGW links. With MSVC a file has no version: that takes the Windows SDK's rc.exe.
pub(crate) fn is_mingw() -> bool {
    variable("CARGO_CFG_TARGET_OS") == "windows" && variable("CARGO_CFG_TARGET_ENV") == "gnu"
}

/// Gives a file its version and no time: the same sources give the same bytes, whenever they are built. `kind` is
/// VERSIONINFO's FILETYPE, `linked` cargo's word for what is linked so.
pub(crate) fn show(script: &str, file: &str, kind: &str, linked: &str) {
    println!("cargo:rerun-if-changed={script}");
    let [version, major, minor, patch] = ["VERSION", "VERSION_MAJOR", "VERSION_MINOR", "VERSION_PATCH"]
        .map(|name| variable(&format!("CARGO_PKG_{name}")));
    let object = format!("{}/version.o", variable("OUT_DIR"));
    // On Windows itself it may have its short name alone.
    let names = [format!("{}-w64-mingw32-windres", variable("CARGO_CFG_TARGET_ARCH")), "windres".into()];
    let found = names.iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let windres = found.unwrap_or(&names[0]);
    let status = Command::new(windres)
        .args([script, "--output", &object])
        .arg(format!("--define=QLS_VERSION=\\\"{version}\\\""))
        .arg(format!("--define=QLS_NUMBERS={major},{minor},{patch},0"))
        .arg(format!("--define=QLS_FILE=\\\"{file}\\\""))
        .arg(format!("--define=QLS_KIND={kind}"))
        .status();
    assert!(status.as_ref().is_ok_and(|status| status.success()), "{windres}: {status:?}");
    println!("cargo:rustc-link-arg-{linked}={object}");
    println!("cargo:rustc-link-arg-{linked}=-Wl,--no-insert-timestamp");
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
