//! Those of the Python package's own tests (`python/tests`) that need only Python 3. `.ci/run` runs all of them.

use std::process::Command;

/// Tests that need more: pip, openssl.
const MORE: &[&str] = &["test_wheel", "test_tls"];

#[test]
fn python_package() {
    let folder = support::root().join("python/tests");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the tests' folder")
        .filter_map(|entry| entry.expect("an entry").file_name().to_str()?.strip_suffix(".py").map(str::to_owned))
        .filter(|name| name.starts_with("test_") && !MORE.contains(&name.as_str()))
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    support::run(
        Command::new("python3")
            .args(["-B", "-m", "unittest"])
            .args(names)
            .current_dir(folder)
            .env("PYTHONPATH", support::root().join("python/src"))
            .env("QLS_PRECHECK_LIBRARY", support::library().shared())
            .env("QLS_STANDIN", support::standin_program()),
    );
}
