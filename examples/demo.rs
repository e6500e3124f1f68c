//! `cargo run --example demo`: a C program asks a license server what may be installed.
//!
//! Builds the shared library, compiles `examples-c/check.c` against it with the system's C compiler, starts the
//! stand-in server with sample licenses on a free loopback port, and runs the program on a component list.

use std::error::Error;
use std::fs;
use std::process::{Command, ExitCode};

use qls_standin::{Licenses, Options, Standin};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let root = support::root();
    let consumers = root.join("examples-c/consumers.json");
    let work = tempfile::tempdir()?;

    println!("Building the library and compiling examples-c/check.c against it ...");
    let check = support::c_program("examples-c/check.c", work.path(), support::Linkage::Shared);

    let server = Standin::start(Options::new(Licenses::load(root.join("standin/licenses/demo.json"))?))?;
    println!("A stand-in license server listens on {}\n", server.url());

    // In a file: everybody on the machine can read a command line.
    let token_file = work.path().join("token");
    fs::write(&token_file, server.token())?;

    println!("$ check --server {} --token-file token examples-c/consumers.json", server.url());
    let status = Command::new(check)
        .args(["--server", server.url(), "--token-file"])
        .arg(&token_file)
        .arg(&consumers)
        .status()?;

    // 1: some components are not allowed, as it should be with these licenses.
    if matches!(status.code(), Some(0 | 1)) {
        println!("\nThe licenses are in standin/licenses/demo.json, the components in examples-c/consumers.json.");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("\nThe check program ended with {status}; it should have printed a table.");
    Ok(ExitCode::FAILURE)
}
