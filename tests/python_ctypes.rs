//! The library from Python: `tests/python/test_ctypes.py`, which needs Python 3 and nothing else.

use std::process::Command;

use qls_standin::{Licenses, Options, Standin};

#[test]
fn ctypes() {
    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licences");
    let server = Standin::start(Options::new(licenses)).expect("a stand-in");
    let work = tempfile::tempdir().expect("a folder");
    let token = work.path().join("token");
    std::fs::write(&token, server.token()).expect("a token file");
    support::run(
        Command::new("python3")
            .args(["-B", "-m", "unittest", "-v", "test_ctypes"])
            .current_dir(support::root().join("tests/python"))
            .env("QLS_PRECHECK_LIBRARY", support::library().shared())
            .env("QLS_PRECHECK_HEADER", support::root().join("include/qls_precheck.h"))
            .env("QLS_TEST_SERVER", server.url())
            .env("QLS_TEST_TOKEN_FILE", &token),
    );
}
