//! Link arguments of the shared library, and which tests there are.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // tests/ifw.rs has one test more where somebody says where Qt Installer Framework's sources are.
    println!("cargo:rerun-if-env-changed=IFW_SOURCE_DIR");
    println!("cargo:rustc-check-cfg=cfg(ifw_source_dir)");
    if std::env::var_os("IFW_SOURCE_DIR").is_some() {
        println!("cargo:rustc-cfg=ifw_source_dir");
    }
    // A look-up that hangs leaves a thread inside the library, and std leaves a destructor of thread-local
    // data: unloading would take the code away from under both.
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if matches!(system.as_str(), "linux" | "android" | "freebsd" | "netbsd" | "openbsd" | "dragonfly") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
