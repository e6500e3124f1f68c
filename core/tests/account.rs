//! Rows 1, 8a and 8b of the fault matrix: the signed-in Qt account's token, where it is looked for and where it
//! is sent. It depends on environment variables, which a process with many threads must not change, so each
//! case runs in a child: this test binary again, with the one test that asks with no token.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use common::{ALLOWED, CONSUMERS, TOKEN, client_of, header, only_request};
use serde_json::Value;
use support::{RawServer, reply};
use tempfile::TempDir;

const VARIABLE: &str = "QT_INSTALLER_JWT_TOKEN";
/// Tell a child whom to ask and where to write the outcome's JSON.
const ASK: &str = "QLS_TEST_ACCOUNT_ASK";
const TELL: &str = "QLS_TEST_ACCOUNT_TELL";

/// The variable that names a user's folder, and where in it Qt's is.
const FOLDER: (&str, &str) = if cfg!(windows) {
    ("APPDATA", "")
} else if cfg!(target_vendor = "apple") {
    ("HOME", "Library/Application Support")
} else {
    ("HOME", ".local/share")
};

/// A user's home folder and environment.
struct User {
    home: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl User {
    fn new() -> Self {
        // Names are Unicode on every system.
        let home = tempfile::Builder::new().prefix("Jürgen 日本 ").tempdir().expect("a folder");
        Self { home, variables: Vec::new() }
    }

    /// A user whose qtaccount.ini has this content.
    fn with_file(content: impl AsRef<[u8]>) -> Self {
        let user = Self::new();
        user.write(FOLDER.1, content);
        user
    }

    fn write(&self, folder: &str, content: impl AsRef<[u8]>) {
        let folder = self.home.path().join(folder).join("Qt");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("qtaccount.ini"), content).expect("a file");
    }

    fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// The outcome of asking `server` with this user's account.
    fn asks(&self, server: &str) -> Value {
        let told = self.home.path().join("outcome.json");
        let _ = fs::remove_file(&told);
        let mut child = Command::new(env::current_exe().expect("this binary"))
            .args(["--exact", "fault_001_the_environment_variable_is_used"])
            .env_remove(VARIABLE)
            .env_remove("XDG_DATA_HOME")
            .env(FOLDER.0, self.home.path())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env(ASK, server)
            .env(TELL, &told)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("a child");
        let begun = Instant::now();
        let status = loop {
            match child.try_wait().expect("the child's end") {
                Some(status) => break status,
                None if begun.elapsed() > Duration::from_secs(60) => {
                    child.kill().and_then(|()| child.wait().map(drop)).expect("the child's end");
                    panic!("the child hangs");
                }
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        assert!(status.success(), "{status}");
        let told = fs::read_to_string(told).expect("the child's outcome");
        assert!(!told.contains(TOKEN), "{told}");
        serde_json::from_str(&told).expect("JSON")
    }

    /// The token that a server on loopback gets to see, and where it came from.
    #[track_caller]
    fn is_signed_in_by(&self, source: &str, token: &str) {
        let server = RawServer::replying(reply(200, ALLOWED));
        let outcome = self.asks(&server.url());
        assert_eq!(outcome["status"], "QLS_OK", "{outcome}");
        assert_eq!(outcome["token_source"], source, "{outcome}");
        assert_eq!(outcome["components"][0]["verdict"], "allowed");
        assert_eq!(header(&only_request(&server), "Authorization"), format!("Bearer {token}"));
    }

    /// Nothing is sent, for this reason; returns the message.
    #[track_caller]
    fn is_not_signed_in(&self, status: &str, cause: &str) -> String {
        let server = RawServer::replying(reply(200, ALLOWED));
        let outcome = self.asks(&server.url());
        assert_eq!((&outcome["status"], &outcome["cause"]), (&status.into(), &cause.into()), "{outcome}");
        assert_eq!(outcome["token_source"], Value::Null);
        assert_eq!(outcome["components"][0]["verdict"], "unknown");
        assert!(server.requests().is_empty(), "something was sent");
        outcome["message"].as_str().expect("a message").to_owned()
    }
}

fn ini(jwt: &str) -> String {
    format!("[QtAccount]\nemail=jane@example.com\njwt={jwt}\nu=jane\n")
}

fn shown(path: &Path) -> String {
    path.join(FOLDER.1).join("Qt").join("qtaccount.ini").display().to_string()
}

/// Two tests in one: called as a child, it asks with no token and writes down what became of it.
#[test]
fn fault_001_the_environment_variable_is_used() {
    if let (Some(server), Some(told)) = (env::var_os(ASK), env::var_os(TELL)) {
        let server = server.into_string().expect("an address");
        let mut client = client_of(&server);
        // So that nothing but the account's own rule keeps its token from other servers.
        client.set_allow_plain_http(!server.to_lowercase().contains("qt.io"));
        fs::write(told, client.check(None, CONSUMERS).to_json()).expect("a file");
        return;
    }
    User::new().and(VARIABLE, TOKEN).is_signed_in_by("environment", TOKEN);
}

#[test]
fn fault_001_the_environment_comes_before_the_file() {
    User::with_file(ini("from-the-file")).and(VARIABLE, TOKEN).is_signed_in_by("environment", TOKEN);
    User::with_file(ini("from-the-file")).and(VARIABLE, "").is_signed_in_by("account-file", "from-the-file");
}

/// Scripts set the variable to what a file contains.
#[test]
fn fault_002_a_line_end_behind_the_token_is_no_part_of_it() {
    for end in ["\n", "\r\n", " \n"] {
        User::new().and(VARIABLE, format!("{TOKEN}{end}")).is_signed_in_by("environment", TOKEN);
    }
    User::with_file(ini("from-the-file")).and(VARIABLE, "\n").is_signed_in_by("account-file", "from-the-file");
}

#[test]
fn fault_002_a_broken_environment_variable_is_named() {
    for (value, cause) in [
        (format!("{TOKEN}\n{TOKEN}"), "token-invalid-character"),
        (format!("Bearer {TOKEN}"), "token-invalid-character"),
        ("x".repeat(40_000), "token-too-long"),
    ]
    .into_iter()
    // Windows has no variable as long as that.
    .filter(|(value, _)| !cfg!(windows) || value.len() < 32_767)
    {
        // It is an error, not a reason to look on: the file may be another user's sign-in.
        let user = User::with_file(ini(TOKEN)).and(VARIABLE, value);
        let message = user.is_not_signed_in("QLS_INVALID_TOKEN", cause);
        assert!(message.contains(VARIABLE), "{message}");
    }
}

#[test]
fn fault_001_no_account_lists_every_place() {
    let user = User::new();
    let message = user.is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-missing");
    assert!(message.contains(VARIABLE), "{message}");
    assert!(message.contains(&shown(user.home.path())), "{message}");
}

/// Some of Qt's tools use the place of Linux on macOS as well.
#[test]
#[cfg(target_vendor = "apple")]
fn fault_001_on_macos_the_place_of_linux_comes_second() {
    let user = User::new();
    user.write(".local/share", ini("from-the-place-of-linux"));
    user.is_signed_in_by("account-file", "from-the-place-of-linux");
    user.write(FOLDER.1, ini("from-the-library"));
    user.is_signed_in_by("account-file", "from-the-library");
}

#[test]
#[cfg(target_os = "linux")]
fn fault_001_no_account_lists_the_moved_place_and_tells_the_administrator() {
    let user = User::new();
    let moved = user.home.path().join("moved").display().to_string();
    let message =
        user.and("XDG_DATA_HOME", moved.clone()).is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-missing");
    assert!(message.contains(&format!("{moved}/Qt/qtaccount.ini")), "{message}");
    assert!(message.contains(".local/share/Qt/qtaccount.ini"), "{message}");
    let id = Command::new("id").arg("-u").output().expect("id");
    assert_eq!(message.contains("elevated"), id.stdout == b"0\n", "{message}");
}

#[test]
fn fault_001_no_home_at_all() {
    let message = User::new().and(FOLDER.0, "").is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-missing");
    assert!(message.contains(VARIABLE), "{message}");
}

#[test]
fn fault_008a_the_account_file_as_qt_writes_it() {
    User::with_file(ini(TOKEN)).is_signed_in_by("account-file", TOKEN);
}

#[test]
fn fault_008a_variants_of_the_file_are_read() {
    for content in [
        format!("\u{feff}{}", ini(TOKEN)),
        ini(TOKEN).replace('\n', "\r\n"),
        ini(&format!("\"{TOKEN}\"")),
        format!("; jwt=wrong\n# [Other]\n\n{}; the end", ini(TOKEN)),
        format!("[QtAccount]\n;jwt=wrong\n#jwt=wrong\njwt={TOKEN}"),
        format!("[Other]\njwt=wrong\n\n[QtAccount]\nemail=a=b\n  jwt = {TOKEN} \n\n[Last]\njwt=wrong\n"),
        format!("jwt=wrong\n[QtAccount]\nxjwt=wrong\njwt2=wrong\njwt={TOKEN}\n"),
        format!("\u{feff}[QtAccount]\r\njwt=\"{TOKEN}\"\r\n"),
    ] {
        User::with_file(&content).is_signed_in_by("account-file", TOKEN);
    }
    // A name that an editor wrote in another encoding.
    User::with_file([b"[QtAccount]\nemail=j\xfcrgen\n", ini(TOKEN).as_bytes()].concat())
        .is_signed_in_by("account-file", TOKEN);
}

#[test]
#[cfg(target_os = "linux")]
fn fault_008a_xdg_data_home_moves_it() {
    let user = User::with_file(ini("the-usual-place"));
    user.write("moved", ini(TOKEN));
    let moved = user.home.path().join("moved").display().to_string();
    let user = user.and("XDG_DATA_HOME", moved);
    user.is_signed_in_by("account-file", TOKEN);
    // The usual place still counts where the other has none; a relative path is to be ignored.
    let user = User::with_file(ini(TOKEN)).and("XDG_DATA_HOME", "/nonexistent/data");
    user.is_signed_in_by("account-file", TOKEN);
    let user = User::with_file(ini(TOKEN)).and("XDG_DATA_HOME", "relative");
    user.is_signed_in_by("account-file", TOKEN);
}

#[test]
fn fault_008a_without_jwt() {
    for content in [
        "",
        "[QtAccount]\nemail=jane@example.com\n",
        "[QtAccount]\njwt=\n",
        "[QtAccount]\njwt=\"\"\n",
        "[QtAccount]\njwt\n",
        "[Other]\njwt=token\n",
        "jwt=token\n",
        "; [QtAccount]\njwt=token\n",
        "[QtAccount]\n#jwt=token\n",
    ] {
        let user = User::with_file(content);
        let message = user.is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-without-token");
        assert!(message.contains(&shown(user.home.path())), "{content:?}: {message}");
    }
}

#[test]
fn fault_008a_unreadable() {
    let folder = User::new();
    fs::create_dir_all(folder.home.path().join(FOLDER.1).join("Qt/qtaccount.ini")).expect("a folder");
    let unreadable = [folder, User::with_file(vec![b'x'; 2_000_000])];
    for user in unreadable {
        let message = user.is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-unreadable");
        assert!(message.contains(&shown(user.home.path())), "{message}");
    }
}

/// Two places are looked at. The one that cannot be read may have the token, whatever the other one is like.
#[test]
#[cfg(target_os = "linux")]
fn fault_221_the_cause_is_the_file_that_cannot_be_read() {
    for unreadable in [".local/share", "moved"] {
        let other = if unreadable == "moved" { ".local/share" } else { "moved" };
        for content in [None, Some("[QtAccount]\nemail=jane@example.com\n")] {
            let user = User::new();
            fs::create_dir_all(user.home.path().join(unreadable).join("Qt/qtaccount.ini")).expect("a folder");
            if let Some(content) = content {
                user.write(other, content);
            }
            let moved = user.home.path().join("moved").display().to_string();
            user.and("XDG_DATA_HOME", moved).is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-unreadable");
        }
    }
}

#[test]
#[cfg(unix)]
fn fault_008a_a_pipe_in_its_place_blocks_nobody() {
    let user = User::new();
    let folder = user.home.path().join(FOLDER.1).join("Qt");
    fs::create_dir_all(&folder).expect("a folder");
    support::run(Command::new("mkfifo").arg(folder.join("qtaccount.ini")));
    user.is_not_signed_in("QLS_TOKEN_NOT_FOUND", "account-file-unreadable");
}

#[test]
fn fault_008a_a_token_in_the_file_that_cannot_be_sent() {
    for jwt in ["two words", "tökén", "Bearer\tx"] {
        let user = User::with_file(ini(jwt));
        let message = user.is_not_signed_in("QLS_INVALID_TOKEN", "token-invalid-character");
        assert!(message.contains(&shown(user.home.path())), "{message}");
    }
}

#[test]
fn fault_008b_the_account_is_kept_from_foreign_servers() {
    let user = User::with_file(ini("from-the-file")).and(VARIABLE, TOKEN);
    for server in [
        "https://licenses.example.com",
        "https://evilqt.io",
        "https://qls.qt.io.example.com",
        "https://qt.io.evil",
        "https://qt-io",
        "https://192.0.2.1",
        "https://[2001:db8::1]:8080",
        "https://localhost.example.com",
        "http://localhost.qt.example",
        "https://127.0.0.1.example",
        "https://0.0.0.0",
    ] {
        let outcome = user.asks(server);
        assert_eq!(outcome["status"], "QLS_TOKEN_NOT_FOUND", "{server}: {outcome}");
        assert_eq!(outcome["cause"], "account-token-foreign-server", "{server}: {outcome}");
        assert_eq!(outcome["token_source"], Value::Null, "{server}");
    }
}

/// The variable may have any token: the message must not call it the account's.
#[test]
fn fault_162_the_message_says_whose_token_it_is() {
    let user = User::with_file(ini(TOKEN));
    let message = |user: &User| user.asks("https://licenses.example.com")["message"].as_str().map(str::to_owned);
    assert!(
        message(&user).is_some_and(|message| message.contains("the token of the signed-in Qt account is not sent"))
    );
    let user = user.and(VARIABLE, TOKEN);
    let message = message(&user).expect("a message");
    assert!(
        message.contains("the token from the environment variable QT_INSTALLER_JWT_TOKEN is not sent"),
        "{message}"
    );
    assert!(!message.contains("account"), "{message}");
}

#[test]
#[cfg(unix)]
fn fault_008b_a_foreign_server_that_can_be_reached_sees_nothing() {
    // 0.0.0.0 is no loopback address, and yet connecting to it leads to this machine: were anything sent, it
    // would arrive.
    let server = RawServer::replying(reply(200, ALLOWED));
    let url = server.url().replace("127.0.0.1", "0.0.0.0");
    let outcome = User::new().and(VARIABLE, TOKEN).asks(&url);
    assert_eq!(outcome["cause"], "account-token-foreign-server", "{outcome}");
    assert!(server.requests().is_empty());
    // So it does, with a token of its own.
    let mut client = client_of(&url);
    client.set_allow_plain_http(true);
    assert!(client.check(Some(TOKEN), CONSUMERS).is_allowed("9876"));
}

#[test]
fn fault_008b_qt_servers_and_this_machine_may_have_it() {
    let user = User::new().and(VARIABLE, TOKEN);
    // Refused because of plain http, so nothing leaves this machine; but the account was taken.
    for server in ["http://qls.qt.io", "http://QLS.Qt.IO:8080/x", "http://qls.qt.io.", "http://a.b.qt.io"] {
        let outcome = user.asks(server);
        assert_eq!(outcome["cause"], "plain-http-refused", "{server}: {outcome}");
        assert_eq!(outcome["token_source"], "environment", "{server}: {outcome}");
    }
}

#[test]
fn fault_261_names_of_this_machine_may_have_it() {
    let user = User::new().and(VARIABLE, TOKEN);
    for name in ["localhost", "localhost.", "licenses.localhost"] {
        let server = RawServer::replying(reply(200, ALLOWED));
        let outcome = user.asks(&server.url().replace("127.0.0.1", name));
        let ended = (&outcome["status"], &outcome["token_source"]);
        assert_eq!(ended, (&"QLS_OK".into(), &"environment".into()), "{outcome}");
    }
}
