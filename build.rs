//! Link arguments of the shared library, what Windows shows of its DLL, and which tests there are.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // tests/ifw/main.rs has one test more where somebody says where Qt Installer Framework's sources are.
    println!("cargo:rerun-if-env-changed=IFW_SOURCE_DIR");
    println!("cargo:rustc-check-cfg=cfg(ifw_source_dir)");
    if env::var_os("IFW_SOURCE_DIR").is_some() {
        println!("cargo:rustc-cfg=ifw_source_dir");
    }
    // A look-up that hangs leaves a thread inside the library, and std leaves a destructor of thread-local
    // data: unloading would take the code away from under both.
    let system = variable("CARGO_CFG_TARGET_OS");
    if matches!(system.as_str(), "linux" | "android" | "freebsd" | "netbsd" | "openbsd" | "dragonfly") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
    if system == "windows" && variable("CARGO_CFG_TARGET_ENV") == "gnu" {
        version_resource();
        // The same sources give the same bytes, whenever they are built.
        println!("cargo:rustc-cdylib-link-arg=-Wl,--no-insert-timestamp");
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// Compiles `version.rc` with the MinGW of the target. With MSVC the DLL has none: that takes the Windows SDK's rc.exe.
fn version_resource() {
    println!("cargo:rerun-if-changed=version.rc");
    let [version, major, minor, patch] = ["VERSION", "VERSION_MAJOR", "VERSION_MINOR", "VERSION_PATCH"]
        .map(|name| variable(&format!("CARGO_PKG_{name}")));
    let object = format!("{}/version.o", variable("OUT_DIR"));
    // On Windows itself it may have its short name alone.
    let names = [format!("{}-w64-mingw32-windres", variable("CARGO_CFG_TARGET_ARCH")), "windres".into()];
    let found = names.iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let windres = found.unwrap_or(&names[0]);
    let status = Command::new(windres)
        .args(["version.rc", "--output", &object])
        .arg(format!("--define=QLS_VERSION=\\\"{version}\\\""))
        .arg(format!("--define=QLS_NUMBERS={major},{minor},{patch},0"))
        .status();
    assert!(status.as_ref().is_ok_and(|status| status.success()), "{windres}: {status:?}");
    println!("cargo:rustc-cdylib-link-arg={object}");
}
