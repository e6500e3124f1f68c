//! A headless Chromium, driven through chromedriver by the WebDriver protocol: JSON over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The names of keys, as WebDriver has them.
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const DOWN: &str = "\u{e015}";

/// One window of a browser. Names that end with `.example` are this machine; no other name is found, so that nothing
/// that Chromium does by itself leaves it.
pub(crate) struct Browser {
    driver: Child,
    /// Open, so that chromedriver never writes to a closed pipe.
    _output: BufReader<ChildStdout>,
    address: String,
    session: String,
    /// For all that Chromium and chromedriver write.
    _folder: TempDir,
}

impl Browser {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (driver, output, address) = start_driver(folder.path());
        let mut browser = Self { driver, _output: output, address, session: String::new(), _folder: folder };
        // Root cannot have Chromium's sandbox; all pages here are the test's own.
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP *.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ];
        let options = json!({"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}});
        let session = browser.call("POST", "/session", &json!({"capabilities": options}));
        browser.session = format!("/session/{}", session["sessionId"].as_str().expect("a session"));
        browser
    }

    /// Goes to an address, and waits until the page is there.
    pub(crate) fn go(&self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    /// The value of a script's `return`.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What the script gives to `done`.
    pub(crate) fn run_until_done(&self, script: &str) -> Value {
        let script = format!("const done = arguments[0]; {script}");
        self.post("/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&self, expression: &str) {
        let began = Instant::now();
        while self.run(&format!("return Boolean({expression})")) != json!(true) {
            let page = || self.run("return document.body.innerText");
            assert!(began.elapsed() < Duration::from_secs(30), "not true: {expression}, of {}", page());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses and releases a key; what has the focus gets it.
    pub(crate) fn press(&self, key: &str) {
        let keys = [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": keys}]}));
    }

    /// Presses Tab until an expression is true of `focus`, which has the focus.
    pub(crate) fn tab_to(&self, expression: &str) {
        for _ in 0..100 {
            self.press(TAB);
            if self.run(&format!("const focus = document.activeElement; return Boolean({expression})")) == json!(true) {
                return;
            }
        }
        panic!("the keyboard does not reach {expression}");
    }

    /// Looks into the page's first frame from now on.
    pub(crate) fn enter_frame(&self) {
        self.post("/frame", &json!({"id": 0}));
    }

    /// Gives the page a width, as another window or screen would.
    pub(crate) fn set_width(&self, width: u32) {
        let metrics = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics});
        self.post("/goog/cdp/execute", &command);
    }

    fn post(&self, what: &str, body: &Value) -> Value {
        self.call("POST", &format!("{}{what}", self.session), body)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, mut answer) = self.send(method, path, body).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(status, 200, "{path}: {answer}");
        answer["value"].take()
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let (address, body) = (&self.address, body.to_string());
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(&[head, body].concat().into_bytes())?;

        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
        let head = head.to_ascii_lowercase();
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let mut answer = vec![0; field("content-length:").and_then(|length| length.parse().ok()).unwrap_or(0)];
        reader.read_exact(&mut answer)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Ok((status, serde_json::from_slice(&answer)?))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium ends with its session; whatever fails, the test has its result.
        let _ = self.send("DELETE", &self.session, &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts chromedriver on a free port, which it prints.
fn start_driver(folder: &Path) -> (Child, BufReader<ChildStdout>, String) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .env("TMPDIR", folder)
        .env("HOME", folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("chromedriver, from Debian's chromium-driver");
    let mut output = BufReader::new(driver.stdout.take().expect("a pipe"));
    let mut lines = output.by_ref().lines().map_while(Result::ok);
    let port = lines
        .find_map(|line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()))
        .expect("chromedriver says where it listens");
    (driver, output, format!("127.0.0.1:{port}"))
}
