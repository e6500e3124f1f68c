//! Row 160 of the fault matrix: what a `qtaccount.ini` means is what Qt's QSettings makes of it. `tests/qsettings` is a
//! program that reads files with QSettings; the library reads the same files, and is asked to sign in with them.
#![cfg(target_os = "linux")]

mod common;
#[path = "qsettings/files.rs"]
mod files;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use common::{ALLOWED, CONSUMERS, client_of, header};
use files::{Files, all_features};
use support::{RawServer, reply};

/// Tell a child whom to ask and which files to sign in with.
const ASK: &str = "QLS_TEST_QSETTINGS_ASK";
const FILES: &str = "QLS_TEST_QSETTINGS_FILES";

/// What became of signing in with a file.
#[derive(Debug, PartialEq)]
enum SignIn {
    With(String),
    /// There is a text, but it can be no token.
    Refused,
    Without,
}

/// Two tests in one: as a child, which has a home folder of its own, it signs in.
#[test]
#[ignore = "needs qmake6, make and c++"]
fn fault_160_the_account_file_means_what_qsettings_makes_of_it() {
    if let (Ok(server), Some(folder)) = (env::var(ASK), env::var_os(FILES)) {
        return sign_in(&server, Path::new(&folder));
    }
    let work = tempfile::tempdir().expect("a folder");
    let folder = work.path().join("files");
    fs::create_dir(&folder).expect("a folder");
    let seed = env::var("QLS_TEST_SEED").map_or(20_261_127, |seed| seed.parse().expect("a number"));
    let mut generator = Files::new(seed);
    let generated: Vec<_> = (0..1500).map(|_| generator.next()).collect();
    for (number, file) in generated.iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), &file.content).expect("a file");
    }

    let expected = read_by_qsettings(work.path(), &folder);
    let found = read_by_the_library(work.path(), &folder);
    assert_eq!((expected.len(), found.len()), (generated.len(), generated.len()));
    let differences: Vec<String> = (expected.iter().zip(&found).zip(&generated))
        .filter(|((expected, found), _)| expected != found)
        .map(|((expected, found), file)| {
            format!("{:?}: {expected:?} by QSettings, {found:?} here", String::from_utf8_lossy(&file.content))
        })
        .collect();
    assert!(differences.is_empty(), "{} differences: {differences:#?}", differences.len());

    let share = |is: fn(&SignIn) -> bool| expected.iter().filter(|sign_in| is(sign_in)).count() * 100 / expected.len();
    let with_token = share(|sign_in| matches!(sign_in, SignIn::With(_)));
    assert!((30..=70).contains(&with_token), "{with_token} % have a token");
    let mut counts: BTreeMap<&str, usize> = all_features().into_iter().map(|feature| (feature, 0)).collect();
    for feature in generated.iter().flat_map(|file| &file.features) {
        *counts.get_mut(feature).expect("a feature of the list") += 1;
    }
    assert!(counts.values().all(|&count| count >= 3), "{counts:?}");
}

/// What QSettings reads from each file, in the order of their names.
fn read_by_qsettings(work: &Path, folder: &Path) -> Vec<SignIn> {
    let build = work.join("build");
    fs::create_dir(&build).expect("a folder");
    support::run(Command::new("qmake6").arg(support::root().join("tests/qsettings")).current_dir(&build));
    support::run(Command::new("make").arg("-s").current_dir(&build));
    let output = support::run(Command::new(build.join("qsettings")).arg(folder));
    let printed = String::from_utf8(output.stdout).expect("text");
    printed
        .lines()
        .map(|line| {
            let (_, digits) = line.split_once(' ').expect("a name and a text");
            let bytes = digits
                .as_bytes()
                .chunks(2)
                .map(|pair| u8::from_str_radix(str::from_utf8(pair).expect("digits"), 16).expect("hexadecimal digits"));
            let text = String::from_utf8(bytes.collect()).expect("UTF-8");
            match text.as_str() {
                "" => SignIn::Without,
                text if is_token(text) => SignIn::With(text.to_owned()),
                _ => SignIn::Refused,
            }
        })
        .collect()
}

/// What becomes of signing in with each file, in the order of their names.
fn read_by_the_library(work: &Path, folder: &Path) -> Vec<SignIn> {
    let server = RawServer::replying(reply(200, ALLOWED));
    let output = support::run(
        Command::new(env::current_exe().expect("this binary"))
            .args(["--exact", "fault_160_the_account_file_means_what_qsettings_makes_of_it"])
            .args(["--ignored", "--nocapture"])
            .env_remove("QT_INSTALLER_JWT_TOKEN")
            .env_remove("XDG_DATA_HOME")
            .env("HOME", work)
            .env(ASK, server.url())
            .env(FILES, folder)
            .stdin(Stdio::null()),
    );
    let mut requests = server.requests().into_iter();
    let printed = String::from_utf8(output.stdout).expect("text");
    let causes = printed.lines().filter_map(|line| line.strip_prefix("signed in: "));
    causes
        .map(|cause| match cause {
            "allowed" => {
                let request = requests.next().expect("a request for each answer");
                SignIn::With(header(&request, "Authorization").strip_prefix("Bearer ").expect("a token").to_owned())
            }
            "token-invalid-character" => SignIn::Refused,
            "account-file-without-token" => SignIn::Without,
            other => panic!("{other}: {printed}"),
        })
        .collect()
}

/// Signs in with each file in turn.
fn sign_in(server: &str, folder: &Path) {
    let home = env::var_os("HOME").expect("a home");
    let account = Path::new(&home).join(".local/share/Qt");
    fs::create_dir_all(&account).expect("a folder");
    let mut files: Vec<_> = fs::read_dir(folder).expect("files").map(|file| file.expect("a file").path()).collect();
    files.sort();
    for file in files {
        fs::copy(file, account.join("qtaccount.ini")).expect("a file");
        let outcome = client_of(server).check(None, CONSUMERS);
        println!("signed in: {}", outcome.cause().map_or("allowed", |cause| cause.as_str()));
    }
}

/// Whether the library sends this text as a token.
fn is_token(text: &str) -> bool {
    let is_between = |mark| text.len() > 1 && text.starts_with(mark) && text.ends_with(mark);
    text.bytes().all(|byte| byte.is_ascii_graphic()) && !['"', '\'', '%'].into_iter().any(is_between)
}
