//! A client in a process of its own, for what depends on the environment: the test's own process has only one,
//! and its tests run in parallel.
//!
//! The child is the same test binary. It is told to run one test, and a variable makes that test ask the server instead
//! of testing. A preloaded shim sees to it that no name is looked up and nothing outside of this machine
//! is connected to, and writes down what was tried.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use qls_precheck_core::Client;
use support::{root, run};

use super::{TOKEN, ask};

const REPORT: &str = "QLS_TEST_REPORT";
const SERVER: &str = "QLS_TEST_SERVER";
const PROXY: &str = "QLS_TEST_PROXY";
const TIMEOUT: &str = "QLS_TEST_TIMEOUT_MS";

/// Where the child is to go, and what it finds around it.
#[derive(Default)]
pub(crate) struct Journey<'a> {
    pub(crate) server: &'a str,
    /// None: the environment's.
    pub(crate) proxy: Option<&'a str>,
    /// For the whole call; 0: the default.
    pub(crate) timeout_ms: u64,
    /// Names that the shim resolves, to this machine.
    pub(crate) hosts: &'a [&'a str],
    pub(crate) environment: &'a [(&'a str, &'a std::ffi::OsStr)],
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) status: i64,
    pub(crate) cause: String,
    pub(crate) message: String,
    pub(crate) allowed: bool,
    pub(crate) took: Duration,
    /// Everything the library said.
    pub(crate) said: String,
    /// The shim's lines: `lookup name`, `connect address`.
    pub(crate) tried: Vec<String>,
}

impl Report {
    /// It ended in this failure, gave no verdict, and showed the token nowhere.
    #[track_caller]
    pub(crate) fn failed(&self, status: i64, cause: &str) -> &Self {
        assert_eq!((self.status, self.cause.as_str(), self.allowed), (status, cause, false), "{self:?}");
        assert!(!self.said.contains(TOKEN), "the token was shown: {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn succeeded(&self) -> &Self {
        assert_eq!((self.status, self.allowed), (0, true), "{self:?}");
        self
    }
}

/// To be called first by the test that children run: true in the child, which has then done what it is for.
pub(crate) fn asked_here() -> bool {
    let Some(report) = env::var_os(REPORT) else { return false };
    let server = env::var(SERVER).expect("the child's server");
    let mut client = Client::new();
    client.set_server(Some(&server)).expect("the server's address");
    client.set_allow_plain_http(true);
    client.set_retries(0);
    if let Ok(proxy) = env::var(PROXY) {
        client.set_proxy(Some(&proxy)).expect("the proxy's address");
    }
    if let Some(timeout) = env::var(TIMEOUT).ok().and_then(|timeout| timeout.parse().ok()) {
        client.set_timeout(Duration::from_millis(timeout)).expect("a timeout");
    }
    let asked = ask(&mut client);
    let json = format!(
        r#"{{"took": {}, "allowed": {}, "said": {}, "outcome": {}}}"#,
        asked.took.as_millis(),
        asked.outcome.is_allowed("9876"),
        serde_json::to_string(&asked.said).expect("text"),
        asked.outcome.to_json()
    );
    fs::write(report, json).expect("the report");
    true
}

/// Runs `test`, which begins with [`asked_here`], in a child.
pub(crate) fn travel(test: &str, journey: &Journey<'_>) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, log) = (folder.path().join("report"), folder.path().join("log"));
    let mut command = Command::new(env::current_exe().expect("the test binary"));
    command.args(["--exact", test, "--nocapture"]).env_clear().envs(journey.environment.iter().copied());
    command.env(REPORT, &report).env(SERVER, journey.server);
    command.env("LD_PRELOAD", shim()).env("QLS_SHIM_LOG", &log).env("QLS_SHIM_HOSTS", journey.hosts.join(" "));
    if let Some(proxy) = journey.proxy {
        command.env(PROXY, proxy);
    }
    if journey.timeout_ms > 0 {
        command.env(TIMEOUT, journey.timeout_ms.to_string());
    }
    run(&mut command);
    let json = fs::read_to_string(&report).expect("the child asked");
    let json: serde_json::Value = serde_json::from_str(&json).expect("the child's report");
    let text = |pointer: &str| json.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    Report {
        status: json["outcome"]["status_code"].as_i64().expect("a status"),
        cause: text("/outcome/cause"),
        message: text("/outcome/message"),
        allowed: json["allowed"].as_bool().expect("whether it is allowed"),
        took: Duration::from_millis(json["took"].as_u64().expect("a time")),
        said: text("/said"),
        tried: fs::read_to_string(&log).unwrap_or_default().lines().map(str::to_owned).collect(),
    }
}

/// The shim, compiled once a process. It lies among cargo's own files, where it is nobody's litter.
pub(crate) fn shim() -> &'static Path {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let source = root().join("core/tests/proxying/shim.c");
        let shim = folder.join("proxying-shim.so");
        // Other test binaries may do the same at the same time, and a child of theirs may have it loaded.
        let made = folder.join(format!("proxying-shim.{}", std::process::id()));
        run(Command::new("cc")
            .args(["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1"])
            .arg(source)
            .arg("-o")
            .arg(&made)
            .arg("-ldl"));
        fs::rename(&made, &shim).expect("the shim's place");
        shim
    })
}
