//! Servers with old TLS versions or weak keys. rustls is no such server and rcgen makes no such certificates; the
//! OpenSSL in Python's standard library does both.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use qls_precheck_core::{Client, Trust};
use support::pki::Identity;
use tempfile::TempDir;

const SERVER: &str = include_str!("server.py");
const WEAK: &str = include_str!("weak.py");

/// A TLS server on OpenSSL that allows everything; dropping this value ends it.
pub(crate) struct OpenSsl {
    process: Child,
    port: u16,
    _files: TempDir,
}

impl OpenSsl {
    /// `settings` are the server's, as `name=value`: `least`, `most` (TLS versions such as `1.2`), `ciphers`,
    /// `demand` (a client certificate).
    pub(crate) fn new(identity: &Identity, settings: &[&str]) -> Self {
        let files = tempfile::tempdir().expect("a folder");
        let (chain, key) = (files.path().join("chain.pem"), files.path().join("key.pem"));
        std::fs::write(&chain, &identity.chain).expect("a file");
        std::fs::write(&key, &identity.key).expect("a file");
        let mut command = Command::new("python3");
        command.args(["-W", "ignore", "-c", SERVER]).arg(chain).arg(key).args(settings);
        // Its standard input is how it learns that it is over, should this process die early.
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let port = line.trim().parse().unwrap_or_else(|_| panic!("no port but {line:?}"));
        Self { process, port, _files: files }
    }

    /// A client that tries once, and believes only `ca`.
    pub(crate) fn client(&self, ca: &str) -> Client {
        let mut client = Client::new();
        client.set_server(Some(&format!("https://localhost:{}", self.port))).expect("an address");
        client.set_proxy(Some("")).expect("no proxy");
        client.set_ca_pem(Some(ca)).expect("a CA");
        client.set_trust(Trust::GivenOnly);
        client.set_retries(0);
        client
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A CA and a server's certificate by RSA keys of any size, signed in two ways.
pub(crate) struct Weak {
    pub(crate) ca: String,
    /// Signed with SHA-1.
    pub(crate) sha1: Identity,
    /// With the same key, signed with SHA-256.
    pub(crate) sha256: Identity,
}

/// Makes them for localhost.
pub(crate) fn weak(ca_bits: u32, server_bits: u32) -> Weak {
    let files = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("python3");
    command.args(["-c", WEAK]).arg(files.path()).args([ca_bits.to_string(), server_bits.to_string()]);
    support::run(&mut command);
    let read = |name: &str| std::fs::read_to_string(Path::join(files.path(), name)).expect("a file");
    let identity = |chain: &str| Identity { chain: read(chain), key: read("key.pem") };
    Weak { ca: read("ca.pem"), sha1: identity("sha1.pem"), sha256: identity("sha256.pem") }
}
