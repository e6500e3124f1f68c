//! The gate's test program, and what it talks to: the stand-in server, and an HTTP proxy.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use qls_standin::{Licenses, Options, SeenRequest, Standin, Tls};
use support::pki::Identity;
use support::{RawServer, read_request};
use tempfile::TempDir;

/// A host that no resolver knows.
pub(crate) const HOST: &str = "licenses.example.com";

/// The test program, built with one Qt and linked in one way.
pub(crate) struct Gate {
    pub(crate) program: PathBuf,
    pub(crate) work: TempDir,
}

impl Gate {
    pub(crate) fn build(qmakes: &[&str], version: &str, link: &str) -> Self {
        let qmake = qmakes
            .iter()
            .find(|qmake| {
                let output = Command::new(qmake).args(["-query", "QT_VERSION"]).output();
                output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).starts_with(version))
            })
            .unwrap_or_else(|| panic!("none of {qmakes:?} belongs to Qt {version}"));
        let work = tempfile::tempdir().expect("a folder");
        let prefix = prefix(work.path());
        let mut configure = Command::new(qmake);
        configure.arg(support::root().join("integrations/ifw/tests/tests.pro"));
        configure.args([format!("QLS_PREFIX={}", prefix.display()), format!("QLS_LINK={link}")]);
        support::run(configure.current_dir(work.path()));
        support::run(Command::new("make").arg("-s").current_dir(work.path()));
        std::fs::create_dir(work.path().join("tmp")).expect("a folder");
        let gate = Self { program: work.path().join("tst_precheckgate"), work };
        if link != "static" {
            std::fs::copy(support::library().shared(), gate.library()).expect("the library");
        }
        gate
    }

    /// Where the library has to be, unless it is linked statically: beside the program.
    pub(crate) fn library(&self) -> PathBuf {
        self.work.path().join(support::library().shared().file_name().expect("a name"))
    }

    /// A command that knows no account of the user who runs the tests, no proxy and no CA.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        // QtTest ends the process where it only lists functions, and leaves the test's folder.
        command.args(arguments).env("HOME", "/nonexistent").env("TMPDIR", self.work.path().join("tmp"));
        for name in ["LD_LIBRARY_PATH", "QT_INSTALLER_JWT_TOKEN", "XDG_DATA_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            command.env_remove(name);
        }
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command
    }

    /// Runs one function of a test against a server with this address: of the test "asking", or of "test::function".
    pub(crate) fn asks(&self, function: &str, url: &str, token: &str, environment: &[(&str, &str)]) {
        let (test, function) = function.split_once("::").unwrap_or(("asking", function));
        let token_file = self.work.path().join("token");
        std::fs::write(&token_file, token).expect("a token file");
        let mut command = self.command(&[test, function]);
        command.env("QLS_TEST_SERVER", url).env("QLS_TEST_TOKEN_FILE", token_file);
        let output = support::run(command.envs(environment.iter().copied()));
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(" 0 failed, 0 skipped"), "{printed}");
        eprintln!("{function}: passed");
    }

    /// The same with a stand-in that has the demo's licenses; what it was asked.
    pub(crate) fn asks_standin(&self, function: &str, faults: &[&str]) -> Vec<SeenRequest> {
        let standin = standin(faults, None);
        self.asks(function, standin.url(), &standin.token(), &[]);
        standin.requests()
    }

    pub(crate) fn file(&self, name: &str, content: &str) -> String {
        let path = self.work.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path.to_str().expect("a path").to_owned()
    }
}

/// A program that Qt 6 brings along.
pub(crate) fn tool(name: &str) -> PathBuf {
    let query = Command::new("qmake6").args(["-query", "QT_HOST_BINS"]).output().expect("qmake6");
    PathBuf::from(String::from_utf8(query.stdout).expect("a path").trim()).join(name)
}

/// The library as it is where it was installed.
fn prefix(work: &Path) -> PathBuf {
    let prefix = work.join("prefix");
    let (include, lib, share) = (prefix.join("include"), prefix.join("lib"), prefix.join("share/qls_precheck"));
    for folder in [&include, &lib, &share] {
        std::fs::create_dir_all(folder).expect("a folder");
    }
    std::fs::copy(support::root().join("qls_precheck.pri"), share.join("qls_precheck.pri")).expect("the .pri file");
    for file in ["qls_precheck.h", "qls_precheck.hpp", "qls_precheck_load.h", "qls_precheck_load.c"] {
        std::fs::copy(support::root().join("include").join(file), include.join(file)).expect("a file to compile");
    }
    for library in [support::library().shared(), support::library().archive()] {
        std::fs::copy(library, lib.join(library.file_name().expect("a name"))).expect("a library");
    }
    prefix
}

pub(crate) fn standin(faults: &[&str], identity: Option<Identity>) -> Standin {
    let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    Standin::start(Options {
        faults: faults.iter().map(|fault| fault.parse().expect("a fault")).collect(),
        tls: identity.map(|identity| Tls { certificate: identity.chain, key: identity.key }),
        ..Options::new(licenses)
    })
    .expect("a stand-in")
}

/// One with licenses of its own.
pub(crate) fn standin_of(licenses: &str) -> Standin {
    Standin::start(Options::new(Licenses::load(licenses).expect("licenses"))).expect("a stand-in")
}

/// A request's body as the server reads it.
pub(crate) fn body(request: &SeenRequest) -> serde_json::Value {
    serde_json::from_slice(&request.body).expect("JSON")
}

/// An HTTP proxy through which `HOST` is the server at this address.
pub(crate) fn proxy(target: String) -> RawServer {
    RawServer::serving(move |stream, requests| {
        let Some(request) = read_request(&*stream) else { return };
        let known = request.head.starts_with(&format!("CONNECT {HOST}:443 "));
        requests.lock().expect("no test panicked here").push(request);
        if !known {
            return;
        }
        let mut server = TcpStream::connect(&target).expect("the stand-in");
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").expect("a peer");
        let (mut from, mut to) = (stream.try_clone().expect("a socket"), server.try_clone().expect("a socket"));
        let upwards = thread::spawn(move || copy(&mut from, &mut to));
        copy(&mut server, stream);
        upwards.join().expect("no panic");
    })
}

fn copy(from: &mut TcpStream, to: &mut TcpStream) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

pub(crate) fn host_and_port(url: &str) -> String {
    url.split("//").nth(1).expect("an address").to_owned()
}
