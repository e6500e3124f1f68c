//! The built binary: what it prints, logs and exits with.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Output, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rcgen::generate_simple_self_signed;
use tempfile::tempdir;

use crate::client::*;

fn standin(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qls-standin"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    standin(arguments).output().unwrap()
}

/// A running `serve`, killed when a test fails half-way.
struct Serving {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// Read all along: a full pipe would stop the server.
    log: Option<JoinHandle<String>>,
    address: String,
    token: String,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let mut child = standin(&["serve", "--licenses", &sample("demo.json")])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut value = |name: &str| {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            line.trim_end().strip_prefix(name).expect(name).to_owned()
        };
        let address = value("address: ");
        let token = value("token: ");
        Self { child, stdout, log: Some(log), address, token }
    }

    fn client(&self) -> Client {
        let authority = self.address.strip_prefix("http://").unwrap();
        let authority = authority.split('/').next().unwrap();
        Client::over(TcpStream::connect(authority).unwrap())
    }

    /// Sends a signal; gives the exit status, the rest of the output, and the log.
    fn stop(mut self, signal: &str) -> (Option<i32>, String, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        let status = self.child.wait().unwrap();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        let log = self.log.take().unwrap().join().unwrap();
        (status.code(), rest, log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Both fail harmlessly after `stop`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn serve_logs_requests_without_the_token() {
    let serving = Serving::start(&["--path-prefix", "/qls", "--fault", "1*status=503"]);
    assert!(serving.address.ends_with("/qls"), "{}", serving.address);
    let token = serving.token.clone();
    let header = bearer(&token);
    let path = format!("/qls{PATH}");
    let query = format!("{path}?token={token}");
    let check = br#"{"operation":"check","consumers":[{"consumer_id":"a","component_id":"1"},{"consumer_id":"b","component_id":"2"}]}"#;
    let unknown = format!(r#"{{"operation":"{token}"}}"#);

    let mut client = serving.client();
    let mut ask = |path: &str, body: &[u8]| client.send("POST", path, &header, body).status;
    assert_eq!(ask(&path, check), 503);
    assert_eq!(ask(&path, check), 200);
    assert_eq!(ask(&query, br#"{"operation":"list"}"#), 200);
    assert_eq!(ask(&path, unknown.as_bytes()), 200);
    assert_eq!(ask("/elsewhere", b""), 404);

    let (status, rest, log) = serving.stop("INT");
    assert_eq!(status, Some(0), "{log}");
    assert_eq!(rest, "");
    let lines: Vec<_> = log.lines().map(|line| line.split_once(" INFO ").expect(line).1).collect();
    assert_eq!(
        lines,
        [
            format!("request method=POST path={path:?} status=503"),
            format!(r#"request method=POST path={path:?} status=200 operation="check" consumers=2"#),
            format!(r#"request method=POST path={path:?} status=200 operation="list" consumers=0"#),
            format!("request method=POST path={path:?} status=200"),
            r#"request method=POST path="/elsewhere" status=404"#.to_owned(),
            "stopped".to_owned(),
        ]
    );
    // No part of it either, such as its signature.
    assert!(token.split('.').all(|part| !log.contains(part)), "{log}");
}

#[test]
fn serve_logs_requests_that_are_not_answered() {
    let serving = Serving::start(&["--fault", "1*broken", "--fault", "silence"]);
    for _ in 0..2 {
        let mut stream = TcpStream::connect(serving.address.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        stream.write_all(b"GET /a HTTP/1.1\r\nHost: standin\r\n\r\n").unwrap();
        // Nothing comes, whether the connection ends or the time is up.
        assert!(matches!(stream.read(&mut [0]), Ok(0) | Err(_)));
    }
    let (_, _, log) = serving.stop("INT");
    let lines: Vec<_> = log.lines().filter_map(|line| Some(line.split_once(" INFO request, ")?.1)).collect();
    assert_eq!(
        lines,
        [r#"connection broken method=GET path="/a""#, r#"gone before an answer method=GET path="/a""#],
        "{log}"
    );
}

#[test]
fn serve_prints_the_stage_s_address() {
    let (_, rest, _) = Serving::start(&["--listen", "0.0.0.0:0", "--stage"]).stop("TERM");
    let secret = rest.strip_prefix("stage: http://127.0.0.1:").unwrap().split_once('/').unwrap().1;
    assert_eq!(secret.trim_end_matches("/\n").len(), 32, "{rest}");
}

#[test]
fn serve_stops_at_sigterm() {
    let (status, _, log) = Serving::start(&[]).stop("TERM");
    assert_eq!(status, Some(0), "{log}");
}

#[test]
fn serve_limits_the_rate_by_default() {
    let serving = Serving::start(&[]);
    let mut client = serving.client();
    let statuses: Vec<_> = (0..150).map(|_| client.send("GET", "/", "", b"").status).collect();
    assert_eq!(statuses[..100], [404; 100]);
    assert!(statuses.contains(&429));

    let serving = Serving::start(&["--rate-limit", "0"]);
    let mut client = serving.client();
    assert!((0..150).all(|_| client.send("GET", "/", "", b"").status == 404));
}

#[test]
fn serve_reads_a_certificate() {
    let folder = tempdir().unwrap();
    let made = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();

    let (cert, key) = (cert.to_str().unwrap(), key.to_str().unwrap());
    let serving = Serving::start(&["--tls-cert", cert, "--tls-key", key]);
    assert!(serving.address.starts_with("https://127.0.0.1:"));
    assert_eq!(serving.stop("INT").0, Some(0));
}

#[test]
fn five_hundred_clients_are_served_at_once() {
    // A process of its own serves them, for both ends in one would need over 1000 open files.
    let serving = Serving::start(&["--rate-limit", "0"]);
    let header = bearer(&serving.token);
    let began = Instant::now();
    // All are connected before the first one asks.
    let mut clients: Vec<_> = (0..500).map(|_| serving.client()).collect();
    thread::scope(|scope| {
        for some in clients.chunks_mut(50) {
            scope.spawn(|| {
                for client in some {
                    let reply = client.send("POST", PATH, &header, br#"{"operation":"list"}"#);
                    assert_eq!(reply.status, 200);
                }
            });
        }
    });
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let (status, _, log) = serving.stop("INT");
    assert_eq!(status, Some(0));
    assert_eq!(log.matches(" status=200 ").count(), 500);
}

#[test]
fn token_prints_one_token() {
    let serving = Serving::start(&[]);
    for (arguments, status) in
        [(&["token"][..], 200), (&["token", "--expires-in", "1h 30m"], 200), (&["token", "--expires-in", "0s"], 401)]
    {
        let output = run(arguments);
        assert!(output.status.success());
        let token = String::from_utf8(output.stdout).unwrap();
        assert_eq!(token.lines().count(), 1);
        let header = bearer(token.trim_end());
        let reply = serving.client().send("POST", PATH, &header, br#"{"operation":"list"}"#);
        assert_eq!(reply.status, status, "{arguments:?}");
    }
}

#[test]
fn failures_are_told_apart_by_exit_status() {
    let folder = tempdir().unwrap();
    let bad = folder.path().join("bad.json");
    fs::write(&bad, "{}").unwrap();
    let bad = bad.to_str().unwrap();
    let demo = sample("demo.json");

    for (arguments, status, message) in [
        (
            &["serve", "--licenses", bad][..],
            3,
            format!("qls-standin: bad license file {bad}: missing field `licenses` at line 1 column 2\n"),
        ),
        (
            &["serve", "--licenses", &demo, "--tls-cert", bad, "--tls-key", bad],
            1,
            "qls-standin: the TLS certificate's PEM text holds no certificate (BEGIN CERTIFICATE)\n".to_owned(),
        ),
        (
            &["serve", "--licenses", &demo, "--tls-cert", "/no/cert", "--tls-key", bad],
            1,
            "qls-standin: cannot read /no/cert: No such file or directory (os error 2)\n".to_owned(),
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), message);
        assert!(output.stdout.is_empty());
    }
    for arguments in [
        &["serve"][..],
        &["serve", "--licenses", &demo, "--tls-cert", bad],
        &["serve", "--licenses", &demo, "--fault", "flood"],
        &["token", "--expires-in", "soon"],
        &[],
    ] {
        assert_eq!(run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn help_documents_the_rule_and_the_faults() {
    let help = String::from_utf8(run(&["help", "serve"]).stdout).unwrap();
    for part in [
        "\n  address: http",
        "\n  token: ",
        "consumer_build_timestamp is not after valid_to",
        "redirect=URL",
        "expired-token",
        "--stage",
        "\n  stage: http",
        "'2*status=503'",
        "Exit status:",
        "Examples:",
    ] {
        assert!(help.contains(part), "{part}");
    }
}
