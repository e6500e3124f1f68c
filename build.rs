//! Link arguments of the shared library, what Windows shows of its DLL, and which tests there are.

mod version;

use std::env;

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
    let system = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if matches!(system.as_str(), "linux" | "android" | "freebsd" | "netbsd" | "openbsd" | "dragonfly") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
    if version::is_mingw() {
        version::show("version.rc", "qls_precheck.dll", "0x2L", "cdylib");
    }
}
