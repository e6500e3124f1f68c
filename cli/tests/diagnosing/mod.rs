//! Runs `diagnose` in a situation, in every form, and compares the conclusion with `docs/diagnosis.md`.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::ServerConfig;
use serde_json::Value;
use support::pki::Identity;
use support::{RawServer, read_request, reply, tls};
use tempfile::TempDir;

use crate::common::{program, root, run};

pub(crate) const HOST: &str = "licenses.example.com";
pub(crate) const PASSWORD: &str = "Swordfish-4711";
/// As the proxy gets it: `user:` and the password.
const BASIC: &str = "dXNlcjpTd29yZGZpc2gtNDcxMQ";
/// In every token of the stand-in, and in what servers of these tests say.
pub(crate) const MAIL: &str = "john.doe@example.com";

/// What a server of a license has to say that nobody else should read.
pub(crate) const LICENSES: &str = r#"{"status":true,"message":"For john.doe@example.com.","licenses":[{"license_info":{"license_id":"license-10612076"},"contact":"john.doe@example.com"}]}"#;
const LICENSE: &str = "10612076";

/// A situation, and how the program is to go through it.
pub(crate) struct Situation<'s> {
    /// As in the document.
    name: &'s str,
    server: String,
    /// Where the server and the proxy listen, which the document calls by fixed ports.
    ports: Vec<(u16, &'s str)>,
    proxy: Option<String>,
    token: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

/// A token of the stand-in, valid for an hour.
pub(crate) fn token() -> String {
    qls_standin::token(Duration::from_secs(3600))
}

impl<'s> Situation<'s> {
    /// Asks the server at this address, which the document shows with the port 8080.
    pub(crate) fn new(name: &'s str, server: impl Into<String>) -> Self {
        let server = server.into();
        let port = server.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Self {
            name,
            server,
            ports: port.map(|port| (port, "8080")).into_iter().collect(),
            proxy: None,
            token: token(),
            arguments: Vec::new(),
            variables: vec![("SHIM_ANSWER".into(), "127.0.0.1".into())],
        }
    }

    /// Asks `scheme://licenses.example.com`, a name that leads to this address.
    pub(crate) fn named(name: &'s str, scheme: &str, server: SocketAddr) -> Self {
        let situation = Self::new(name, format!("{scheme}://{HOST}:{}", server.port()));
        if scheme == "http" { situation.with(&["--plain-http"]) } else { situation }
    }

    pub(crate) fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// With a clock that is so many days fast.
    pub(crate) fn clock(self, days: i64) -> Self {
        self.clock_seconds(days * 86_400)
    }

    /// With a clock that is so many seconds fast.
    pub(crate) fn clock_seconds(self, seconds: i64) -> Self {
        self.variable("SHIM_CLOCK", &seconds.to_string())
    }

    pub(crate) fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Through a proxy, with a user name and a password.
    pub(crate) fn through(mut self, scheme: &str, proxy: SocketAddr) -> Self {
        self.ports.push((proxy.port(), "3128"));
        self.proxy = Some(format!("{scheme}://user:{PASSWORD}@{proxy}"));
        self
    }

    /// Through an HTTP proxy of this name, without a user name.
    pub(crate) fn through_named(mut self, name: &str, proxy: SocketAddr) -> Self {
        self.ports.push((proxy.port(), "3128"));
        self.proxy = Some(format!("http://{name}:{}", proxy.port()));
        self
    }

    /// Runs the program in every form. It ends with `code`, `step` failed (or none), and the conclusion is that of the
    /// document; nothing that it says anywhere is a secret. Returns the steps.
    #[track_caller]
    pub(crate) fn ends(self, code: i32, step: &str) -> Vec<Value> {
        // Some companies call the home folder so.
        let folder = tempfile::Builder::new().prefix(MAIL).tempdir().expect("a folder");
        let (json, report) = (self.run(&folder, &["--json"], code), self.run(&folder, &[], code));
        let sent = self.run(&folder, &["-o", "report", "-vv", "--log-file", "log"], code);
        let file = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        let everything = [&json.0, &json.1, &report.0, &report.1, &sent.0, &sent.1, &file("report"), &file("log")];
        for text in everything {
            self.is_discreet(text);
        }
        let log = file("log");
        assert!(log.contains(&self.server) && log.contains("library "), "{log}");

        let outcome: Value = serde_json::from_str(&json.0).expect("JSON");
        let steps = outcome["diagnosis"].as_array().expect("steps").clone();
        assert_eq!(steps.len(), 9, "{outcome}");
        let failed: Vec<_> = steps.iter().filter(|step| step["state"] == "failed").collect();
        let failed: Vec<_> = failed.iter().filter_map(|step| step["step"].as_str()).collect();
        assert_eq!(failed.first().copied().unwrap_or("none"), step, "{outcome:#}");
        let message = outcome["message"].as_str().expect("a message");
        // The lines are broken elsewhere, and a second may have passed.
        let words = |text: &str| without_dates(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(words(&report.0).contains(&words(message)), "{}", report.0);
        assert!(words(&file("report")).contains(&words(message)), "{}", file("report"));
        self.is_documented(step, outcome["cause"].as_str().unwrap_or("none"), code, message);
        steps
    }

    fn run(&self, folder: &TempDir, more: &[&str], code: i32) -> (String, String) {
        let place = folder.path();
        fs::write(place.join("token"), &self.token).expect("a token file");
        let mut command: Command = program(&["diagnose", "--server", &self.server]);
        if !self.token.is_empty() {
            command.arg("--token-file").arg(place.join("token"));
        }
        match &self.proxy {
            Some(proxy) => {
                fs::write(place.join("proxy"), proxy).expect("a proxy file");
                command.arg("--proxy-file").arg(place.join("proxy"));
            }
            None if self.variables.iter().any(|(name, _)| name.ends_with("_PROXY")) => {}
            None => drop(command.args(["--proxy", ""])),
        }
        command.args(&self.arguments).args(more).current_dir(place).env("HOME", place);
        command.env("LD_PRELOAD", shim()).envs(self.variables.iter().map(|(name, value)| (name, value)));
        run(&mut command, "").with(code)
    }

    #[track_caller]
    fn is_discreet(&self, text: &str) {
        for secret in self.token.split('.').filter(|part| !part.is_empty()).chain([PASSWORD, BASIC, LICENSE]) {
            assert!(!text.contains(secret), "{}: {secret} in {text}", self.name);
        }
        assert!(!text.contains("john.doe"), "{}: {text}", self.name);
    }

    /// The document has a row for the situation, with this end.
    #[track_caller]
    fn is_documented(&self, step: &str, cause: &str, code: i32, message: &str) {
        let mut message = without_loader(without_dates(message));
        for (port, documented) in &self.ports {
            message = message.replace(&format!(":{port}"), &format!(":{documented}"));
        }
        let row = format!("| {} | `{step}` | `{cause}` | {code} | {} |", self.name, message.replace('|', "\\|"));
        let document = fs::read_to_string(root().join("docs/diagnosis.md")).expect("docs/diagnosis.md");
        assert!(document.lines().any(|line| line == row), "docs/diagnosis.md has no\n{row}");
    }
}

/// The text with `DATE` in the place of every date.
fn without_dates(text: &str) -> String {
    const DATE: &str = "Fri, 27 Nov 2026 06:16:50 GMT";
    let mut clean = text.to_owned();
    while let Some(end) = clean.find(" GMT").map(|at| at + " GMT".len()) {
        clean.replace_range(end - DATE.len()..end, "DATE");
    }
    clean
}

/// The text with `LOADER` in the place of what the system says of a library that it cannot load.
fn without_loader(text: String) -> String {
    match text.split_once("cannot be loaded (").and_then(|(before, after)| Some((before, after.split_once(").")?.1))) {
        Some((before, after)) => format!("{before}cannot be loaded (LOADER).{after}"),
        None => text,
    }
}

/// The shim, made once a process in cargo's own folder for tests.
fn shim() -> &'static PathBuf {
    static SHIM: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let make = || {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let shim = support::shim(folder.path());
        (folder, shim)
    };
    &SHIM.get_or_init(make).1
}

/// What a step says, and how it ended.
#[track_caller]
pub(crate) fn told<'s>(steps: &'s [Value], name: &str) -> (&'s str, &'s str) {
    let found = steps.iter().find(|step| step["step"] == name).expect("the step");
    (found["state"].as_str().expect("a state"), found["message"].as_str().expect("a message"))
}

/// A server that answers this to each request, over plain http.
pub(crate) fn server(bytes: impl Into<Vec<u8>>) -> RawServer {
    RawServer::replying(bytes)
}

/// A server that answers with licenses, over TLS with this certificate; or a proxy that poses as it: then it is asked
/// for a tunnel first, and `tunnel` is its answer.
pub(crate) fn secure(identity: &Identity, tunnel: Option<&str>) -> RawServer {
    secure_by(tls::server_config(identity), tunnel)
}

/// As [`secure`], with these settings of TLS.
pub(crate) fn secure_by(config: Arc<ServerConfig>, tunnel: Option<&str>) -> RawServer {
    let tunnel = tunnel.map(str::to_owned);
    RawServer::serving(move |stream, requests| {
        if let Some(answer) = &tunnel {
            let asked = read_request(&*stream);
            if asked.is_none() || stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
        let Ok(stream) = stream.try_clone() else { return };
        let mut stream = tls::accept(&config, stream);
        if let Some(request) = read_request(&mut stream) {
            requests.lock().expect("no test panicked here").push(request);
            let _ = stream.write_all(&reply(200, LICENSES)).and_then(|()| stream.flush());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    })
}

/// An address at which nothing listens.
pub(crate) fn deserted() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 1))
}
