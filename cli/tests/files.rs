//! --output, --log-file and --quiet.

mod common;

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use common::{CLOSED, Place, consumers, ended, program};

fn names(place: &Place) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name().display().to_string();
    let mut names: Vec<_> = fs::read_dir(place.path("")).expect("the folder").map(name).collect();
    names.sort();
    names
}

#[test]
fn output_is_the_whole_answer_and_nothing_is_printed() {
    let place = Place::new();
    let path = place.path("answer").display().to_string();
    let (table, _) = place.ask(&["check", &consumers()]).with(1);
    assert_eq!(place.ask(&["check", &consumers(), "--output", &path]).with(1), (String::new(), String::new()));
    assert_eq!(fs::read_to_string(&path).expect("the answer"), table);
    let (output, _) = place.ask(&["list", "--json", "-o", &path]).with(0);
    assert_eq!(output, "");
    assert!(fs::read_to_string(&path).expect("the answer").starts_with(r#"{"operation":"list""#));
    assert_eq!(names(&place), ["answer", "token"]);
}

#[test]
fn a_dash_is_standard_output() {
    let place = Place::new();
    let (table, _) = place.ask(&["check", &consumers()]).with(1);
    let input = fs::read_to_string(consumers()).expect("the example");
    let mut command = program(&["check", "-", "--output", "-"]);
    let printed = common::run(command.args(place.asking()).current_dir(place.path("")), input).with(1);
    assert_eq!(printed, (table, String::new()));
    assert_eq!(names(&place), ["token"]);
}

#[test]
fn an_old_answer_is_not_taken_for_a_new_one() {
    let place = Place::new();
    let path = place.file("answer", "all are allowed");
    let (_, errors) = place.ask(&["list", "--server", CLOSED, "--retries", "0", "--output", &path]).with(64);
    assert!(errors.contains("--server"), "an option stands once only: {errors}");
    assert!(place.path("answer").exists());
    let token = place.path("token").display().to_string();
    let away = ["list", "--server", CLOSED, "--retries", "0", "--token-file", &token, "--output", &path];
    common::run(&mut program(&away), "").with(2);
    assert_eq!(names(&place), ["token"]);
}

#[test]
fn an_output_is_no_file_that_is_read() {
    let place = Place::new();
    let consumers = place.file("consumers.json", fs::read_to_string(consumers()).expect("the example"));
    let spare = place.file("spare", "spare");
    // Other words for the same place.
    let again = place.path("./consumers.json").display().to_string();
    let log = place.path("log").display().to_string();
    for arguments in [
        &["check", &consumers, "--output", &again][..],
        &["check", &consumers, "--output", &spare, "--ca-file", &spare],
        &["check", &consumers, "--output", &spare, "--proxy-file", &spare],
        &["check", &consumers, "--output", &log, "--log-file", &log],
        &["list", "--output", &place.path("token").display().to_string()],
    ] {
        let (_, errors) = place.ask(arguments).with(64);
        assert!(errors.contains("would be lost"), "{arguments:?}: {errors}");
    }
    assert_eq!(names(&place), ["consumers.json", "spare", "token"]);
}

#[test]
fn an_older_answer_is_gone_whatever_fails_after_the_arguments() {
    let place = Place::new();
    let answer = place.file("answer", "all are allowed");
    let log = place.file("log", "there already");
    place.ask(&["list", "--output", &answer, "--log-file", &log]).with(3);
    assert_eq!(names(&place), ["log", "token"]);
}

#[test]
fn an_output_that_cannot_be_written_is_noticed_before_asking() {
    let place = Place::new();
    let folder = place.path("").display().to_string();
    let missing = place.path("missing/answer").display().to_string();
    // Windows does not say of NUL what it is before something is written to it.
    let device = if cfg!(windows) { &folder } else { "/dev/null" };
    for path in [&missing, &folder, device] {
        let (_, errors) = place.ask(&["list", "--output", path]).with(3);
        assert!(errors.contains("cannot be written"), "{errors}");
    }
    assert_eq!(place.standin.requests().len(), 0);
    assert_eq!(names(&place), ["token"]);
}

#[cfg(unix)]
#[test]
fn an_output_has_the_permissions_of_any_new_file_and_a_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let target = place.file("target", "");
    symlink(&target, place.path("link")).expect("a link");
    place.ask(&["list", "--output", &place.path("link").display().to_string()]).with(0);
    assert!(place.path("link").is_symlink());
    let mode = |path: &std::path::Path| fs::metadata(path).expect("a file").permissions().mode();
    assert_eq!(mode(target.as_ref()), mode(&place.path("token")));
}

#[test]
fn it_ends_when_the_folder_for_the_answer_vanishes() {
    let place = Place::with_faults(&["delay=60s"]);
    let folder = place.path("folder");
    fs::create_dir(&folder).expect("a folder");
    let mut command = program(&["list", "--timeout", "50", "--output"]);
    command.arg(folder.join("answer")).args(place.asking());
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    while place.standin.requests().is_empty() {
        thread::sleep(Duration::from_millis(10));
    }
    fs::remove_dir_all(&folder).expect("the folder is removed");
    let ended = ended(child.expect("the program").wait_with_output().expect("its end"));
    let (_, errors) = ended.with(3);
    assert!(errors.contains("the folder for the answer is gone"), "{errors}");
}

#[test]
fn quiet_prints_errors_only() {
    let place = Place::new();
    assert_eq!(place.ask(&["check", &consumers(), "--quiet"]).with(1), (String::new(), String::new()));
    let (output, errors) = place.ask(&["check", "missing.json", "--quiet", "--json"]).with(3);
    assert_eq!(output, "");
    assert!(errors.contains("missing.json"), "{errors}");
    let path = place.path("answer").display().to_string();
    place.ask(&["list", "-q", "-o", &path]).with(0);
    assert!(place.path("answer").exists());
}

#[test]
fn verbose_says_how_the_server_is_reached() {
    let place = Place::new();
    let (_, once) = place.ask(&["list", "-v"]).with(0);
    let (_, twice) = place.ask(&["list", "-vv"]).with(0);
    for line in
        [concat!("qls-precheck ", env!("CARGO_PKG_VERSION")), "connected to 127.0.0.1", "token: given explicitly"]
    {
        assert!(once.contains(line) && twice.contains(line), "{line}: {once}");
    }
    assert!(!once.contains("sending the request") && twice.contains("sending the request"), "{once}{twice}");
    let (_, errors) = place.ask(&["list", "-v", "--user-id", "jane@example.com"]).with(0);
    assert!(!errors.contains("jane"), "{errors}");
}

#[test]
fn a_log_file_is_created_and_never_written_over() {
    let place = Place::new();
    let path = place.path("log").display().to_string();
    assert_eq!(place.ask(&["list", "-q", "--log-file", &path]).with(0), (String::new(), String::new()));
    let log = fs::read_to_string(&path).expect("the log");
    assert!(log.contains("sending the request") && log.contains("QLS_OK"), "{log}");
    let (_, errors) = place.ask(&["list", "--log-file", &path]).with(3);
    assert!(errors.contains("cannot be created"), "{errors}");
    assert_eq!(fs::read_to_string(&path).expect("the log"), log);
}

#[cfg(unix)]
#[test]
fn a_log_file_is_its_owners_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    place.ask(&["list", "--log-file", &place.path("log").display().to_string()]).with(0);
    assert_eq!(fs::metadata(place.path("log")).expect("the log").permissions().mode() & 0o777, 0o600);
    symlink(place.path("elsewhere"), place.path("link")).expect("a link");
    place.ask(&["list", "--log-file", &place.path("link").display().to_string()]).with(3);
    assert!(!place.path("elsewhere").exists());
}

/// What shells and password managers give in place of a file is read. A pipe that nobody writes to is given up.
#[cfg(unix)]
#[test]
fn fault_326_a_pipe_in_place_of_a_file() {
    let place = Place::new();
    let pipe = place.path("pipe").display().to_string();
    support::run(std::process::Command::new("mkfifo").arg(&pipe));
    let server = place.standin.url();
    let token = place.standin.token();
    // Without a limit of its own a program that waits for ever would keep the test.
    let ask = |arguments: &[&str]| {
        let mut command = std::process::Command::new("timeout");
        command.args(["120", common::PROGRAM]).args(arguments).args(["--server", server]).env("HOME", "/nonexistent");
        for name in common::FOREIGN {
            command.env_remove(name);
        }
        command
    };

    for arguments in [
        &["list", "--token-file", &pipe][..],
        &["check", &pipe],
        &["list", "--proxy-file", &pipe],
        &["diagnose", "--token-file", &pipe],
    ] {
        let ended = common::run(ask(arguments).args(["--timeout", "0.5"]), "");
        // A report breaks its lines, where the temporary folder's name has them broken.
        let said = format!("{}{}", ended.stdout, ended.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ended.code, 3, "{arguments:?}: {said}");
        assert!(said.contains(&format!("{pipe}: no end came within 0.5 s")), "{arguments:?}: {said}");
    }
    assert_eq!(place.standin.requests().len(), 0);

    let writer = thread::spawn({
        let (pipe, token) = (pipe.clone(), token.clone());
        move || fs::write(pipe, token)
    });
    common::run(&mut ask(&["list", "--token-file", &pipe]), "").with(0);
    writer.join().expect("a thread").expect("the pipe");
    common::run(&mut ask(&["list", "--token-file", "/dev/stdin"]), &token).with(0);
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", "exec \"$0\" list --server \"$1\" --token-file <(cat \"$2\")", common::PROGRAM, server]);
    common::run(shell.arg(place.path("token")).env("HOME", "/nonexistent"), "").with(0);
}
