//! The built library in a host with an interval timer (rows 105 and 120 of the fault matrix): `tests/c/itimer.c`.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use qls_standin::{Licenses, Options, Standin, Tls};
use support::pki::{Ca, Identity};
use support::{Linkage, RawServer, read_request, tls};
use tempfile::TempDir;

/// Longer than the program waits.
const LONG: Duration = Duration::from_secs(60);

/// The compiled program, and the files that it needs.
struct Host {
    program: PathBuf,
    work: TempDir,
    identity: Identity,
}

impl Host {
    fn new() -> Self {
        let work = tempfile::tempdir().expect("a folder");
        let program = support::c_program("tests/c/itimer.c", work.path(), Linkage::Shared);
        let ca = Ca::new("CA of a test");
        std::fs::write(work.path().join("ca.pem"), ca.pem()).expect("a CA file");
        std::fs::write(work.path().join("token"), qls_standin::token(LONG)).expect("a token file");
        Self { program, work, identity: ca.identity(&["127.0.0.1"]) }
    }

    /// Runs it with timers of these intervals, each with and without SA_RESTART, against the server at this address.
    fn passes(&self, url: &str, intervals: &[&str], server: &str) {
        let file = |name: &str| self.work.path().join(name);
        let ca = if url.starts_with("https") { file("ca.pem") } else { PathBuf::from("-") };
        for interval in intervals {
            for flags in ["restart", "interrupt"] {
                let mut command = Command::new(&self.program);
                command.arg(url).arg(file("token")).arg(&ca).args([interval, flags, server]);
                support::run(command.env("HOME", Path::new("/nonexistent")));
            }
        }
    }

    fn standin(&self, https: bool) -> Standin {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let mut options = Options::new(licenses);
        options.tls = https.then(|| Tls { certificate: self.identity.chain.clone(), key: self.identity.key.clone() });
        Standin::start(options).expect("a stand-in")
    }

    /// A server that reads requests and does not answer.
    fn silent(&self) -> RawServer {
        RawServer::serving(|stream, _| {
            read_request(&*stream);
            std::thread::sleep(LONG);
        })
    }

    /// A server that reads nothing once the connection is made.
    fn deaf(&self, https: bool) -> RawServer {
        let config = https.then(|| tls::server_config(&self.identity));
        RawServer::serving(move |stream, _| {
            let mut secure = config.as_ref().map(|config| tls::accept(config, clone(stream)));
            while let Some(tls) = secure.as_mut().filter(|tls| tls.conn.is_handshaking()) {
                tls.conn.complete_io(&mut tls.sock).expect("a handshake");
            }
            std::thread::sleep(LONG);
        })
    }
}

fn clone(stream: &TcpStream) -> TcpStream {
    stream.try_clone().expect("another handle of the socket")
}

#[test]
fn fault_105_peer_stops_reading_under_a_timer() {
    let host = Host::new();
    host.passes(&host.deaf(false).url(), &["10", "1"], "deaf");
}

#[test]
fn fault_105_peer_stops_reading_under_a_timer_through_tls() {
    let host = Host::new();
    let server = host.deaf(true);
    let url = server.url().replacen("http", "https", 1);
    host.passes(&url, &["10", "1"], "deaf");
}

#[test]
fn fault_120_ordinary_calls_under_a_timer() {
    let host = Host::new();
    host.passes(host.standin(false).url(), &["1"], "answers");
}

#[test]
fn fault_120_ordinary_calls_under_a_timer_through_tls() {
    let host = Host::new();
    host.passes(host.standin(true).url(), &["1"], "answers");
}

#[test]
fn fault_120_silent_server_under_a_timer() {
    let host = Host::new();
    host.passes(&host.silent().url(), &["1"], "silent");
}
