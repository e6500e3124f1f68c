//! What Windows shows of the program.

#[path = "../version.rs"]
mod version;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if version::is_mingw() {
        version::show("../version.rc", "qls-precheck.exe", "0x1L", "bins");
    }
}
