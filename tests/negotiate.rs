//! Programs in C and Python behind a Squid that wants the signed-in user's Kerberos ticket. `.ci/platforms` runs the one in C
//! under Wine too, which takes the ticket from where programs on Linux do.
#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::{Command, Output};

use qls_standin::{Licenses, Options, Standin, Tls};
use support::kerberos::{PROXY_NAME, Realm, Tickets};
use support::pki::Ca;
use support::{Daemon, Linkage};
use tempfile::TempDir;

const HOST: &str = "licenses.example.com";

/// A server with TLS behind the proxy, and what a program needs for it.
struct Scene {
    realm: Realm,
    squid: Daemon,
    standin: Standin,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let realm = Realm::start();
        let squid = realm.squid(HOST, "HTTP/localhost");
        let ca = Ca::new("A CA of the tests");
        let identity = ca.identity(&[HOST]);
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let mut options = Options::new(licenses);
        options.tls = Some(Tls { certificate: identity.chain, key: identity.key });
        let standin = Standin::start(options).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        std::fs::write(folder.path().join("ca.pem"), ca.pem()).expect("a CA file");
        let consumers = support::root().join("examples-c/consumers.json");
        std::fs::copy(consumers, folder.path().join("consumers.json")).expect("the consumers");
        Self { realm, squid, standin, folder }
    }

    /// What `program` prints for somebody with these tickets, and its exit code.
    fn asked(&self, mut program: Command, tickets: &Tickets) -> (String, Option<i32>) {
        let port = self.standin.url().rsplit_once(':').expect("a port").1.to_owned();
        program.args(["--server", &format!("https://{HOST}:{port}"), "--token-file", "token", "--ca-file", "ca.pem"]);
        program.arg("consumers.json").current_dir(self.folder.path());
        program.env("https_proxy", format!("http://{PROXY_NAME}:{}", self.squid.address().port()));
        program.envs(tickets.variables());
        let Output { status, stdout, stderr } = program.output().expect("a program");
        (format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)), status.code())
    }

    fn c_program(&self, linkage: Linkage) -> PathBuf {
        support::c_program("examples-c/check.c", self.folder.path(), linkage)
    }
}

#[track_caller]
fn has_verdicts((said, code): (String, Option<i32>)) {
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("allowed") && said.contains("denied"), "{said}");
}

#[track_caller]
fn has_no_ticket((said, code): (String, Option<i32>)) {
    assert!(!matches!(code, Some(0 | 1)), "{code:?}: {said}");
    assert!(said.contains("requires the signed-in user's Kerberos ticket, and there is none"), "{said}");
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_263_a_ticket_in_c() {
    let scene = Scene::new();
    for linkage in [Linkage::Shared, Linkage::Static] {
        let program = scene.c_program(linkage);
        has_verdicts(scene.asked(support::program(&program), &scene.realm.sign_in("1h")));
    }
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_264_no_ticket_in_c() {
    let scene = Scene::new();
    let program = scene.c_program(Linkage::Shared);
    has_no_ticket(scene.asked(support::program(&program), &scene.realm.nobody()));
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_263_in_python() {
    let scene = Scene::new();
    let python = || {
        let mut python = support::program("python3".as_ref());
        python.arg("-B").arg(support::root().join("tests/python/check.py"));
        python.env("PYTHONPATH", support::root().join("python/src"));
        python.env("QLS_PRECHECK_LIBRARY", support::library().shared());
        python
    };
    has_verdicts(scene.asked(python(), &scene.realm.sign_in("1h")));
    has_no_ticket(scene.asked(python(), &scene.realm.nobody()));
}
