//! Programs in C and Python behind a Squid that wants the signed-in user's Kerberos ticket. `.ci/platforms` runs the one in C
//! under Wine too, which takes the ticket from where programs on Linux do; and there it tests what SSPI does besides.
#![cfg(target_os = "linux")]

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use qls_standin::{Licenses, Options, Standin, Tls};
use support::kerberos::{PROXY_NAME, Realm, Tickets, silent_kdc};
use support::pki::Ca;
use support::{Daemon, Linkage, RawServer, read_request};
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

/// Who passes the user's tickets on has to ask the KDC for one that can be passed on.
#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_295_nothing_is_delegated_in_c() {
    let scene = Scene::new();
    let program = scene.c_program(Linkage::Shared);
    has_verdicts(scene.asked(support::program(&program), &scene.realm.sign_in("1h")));
    let log = scene.realm.log();
    let asked: Vec<_> = log.lines().filter(|line| line.contains("TGS_REQ") && line.contains("ISSUE")).collect();
    assert!(!asked.is_empty() && asked.iter().all(|line| line.contains(" for HTTP/localhost@")), "{log}");
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

/// NTLM's messages in base64, as far as they tell themselves apart: what they are called, and their numbers.
const NTLM: [&str; 3] = ["TlRMTVNTUAABAAAA", "TlRMTVNTUAACAAAA", "TlRMTVNTUAADAAAA"];

/// Stands in for Samba's program of this name, which Wine asks for NTLM's messages.
const NTLM_AUTH: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo Version 4.0.0; exit; fi
while read -r command message; do
    case $command-$message in
        PW-*) echo OK ;;
        YR-) echo YR TlRMTVNTUAABAAAA ;;
        TT-TlRMTVNTUAACAAAA) echo KK TlRMTVNTUAADAAAA ;;
        GF-) echo GF 0x0 ;;
        *) echo BH ;;
    esac
done
"#;

/// A program under Wine, and a proxy that wants NTLM inside of Negotiate and, when it has all messages, refuses the tunnel.
struct Windows {
    proxy: RawServer,
    connections: Arc<AtomicUsize>,
    folder: TempDir,
}

/// What a proxy does with the connection when it asks who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// It waits for the answer.
    Waits,
    /// It says that it closes the connection, and does.
    Closes,
    /// It closes it without a word.
    HangsUp,
}

impl Windows {
    fn new(asking: Asking) -> Self {
        assert!(support::target().is_windows(), "QLS_TEST_TARGET is not set: .ci/platforms windows runs this");
        let folder = tempfile::tempdir().expect("a folder");
        let helper = folder.path().join("ntlm_auth");
        fs::write(&helper, NTLM_AUTH).expect("a program");
        fs::set_permissions(&helper, Permissions::from_mode(0o755)).expect("a program");
        fs::write(folder.path().join("krb5.conf"), "").expect("no realm");
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        let proxy = RawServer::serving(move |stream, requests| {
            counted.fetch_add(1, Ordering::SeqCst);
            while let Some(request) = read_request(&*stream) {
                let sent = negotiate(&request.head).map(str::to_owned);
                requests.lock().expect("no test panicked here").push(request);
                let challenge = match sent.as_deref() {
                    None => String::new(),
                    Some(message) if message == NTLM[0] => format!(" {}", NTLM[1]),
                    Some(_) => {
                        let _ = stream.write_all(b"HTTP/1.1 403 You may not\r\nContent-Length: 0\r\n\r\n");
                        return;
                    }
                };
                let closes = if asking == Asking::Closes { "Connection: close\r\n" } else { "" };
                let head = format!("HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Negotiate{challenge}\r\n{closes}");
                let _ = stream.write_all(format!("{head}Content-Length: 0\r\n\r\n").as_bytes());
                if asking != Asking::Waits {
                    return;
                }
            }
        });
        Self { proxy, connections, folder }
    }

    /// What `windows_negotiate.c` prints; without tickets, unless `further` variables name some.
    fn asked(&self, arguments: &[&str], further: &[(&str, String)]) -> String {
        String::from_utf8_lossy(&support::run(&mut self.command(arguments, further)).stdout).into_owned()
    }

    fn command(&self, arguments: &[&str], further: &[(&str, String)]) -> Command {
        let folder = self.folder.path();
        let program = support::c_program("tests/c/windows_negotiate.c", folder, Linkage::Shared);
        let mut command = support::program(&program);
        let path = std::env::var("PATH").expect("a PATH");
        command
            .env("PATH", format!("{}:{path}", folder.display()))
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=;winhttp=n,b");
        command
            .env("KRB5_CONFIG", folder.join("krb5.conf"))
            .env("KRB5CCNAME", format!("FILE:{}/none", folder.display()));
        command.envs(further.iter().map(|(name, value)| (name, value))).args(arguments);
        command
    }

    /// The same where a script names the proxy, by this name.
    fn asked_by_script(&self, how: &str, name: &str, further: &[(&str, String)]) -> String {
        let winhttp = self.folder.path().join("winhttp.dll");
        support::c_library(&support::root().join("tests/c/winhttp.c"), &winhttp);
        let body = format!("function FindProxyForURL(url, host) {{ return 'PROXY {name}:{}'; }}", self.port());
        let script = RawServer::replying(support::reply(200, body));
        self.asked(&[how, &script.url(), &support::target().path(&winhttp)], further)
    }

    fn port(&self) -> u16 {
        self.proxy.address().port()
    }

    /// What stood behind `Negotiate` in each request.
    fn sent(&self) -> Vec<Option<String>> {
        self.proxy.requests().iter().map(|request| negotiate(&request.head).map(str::to_owned)).collect()
    }
}

/// What stands behind `Proxy-Authorization: Negotiate`; None if there is no such header.
fn negotiate(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("Proxy-Authorization: Negotiate "))
}

#[test]
#[ignore = "needs Wine"]
fn fault_286_wine_sends_a_second_message() {
    for how in ["set", "script"] {
        let windows = Windows::new(Asking::Waits);
        let said = match how {
            "set" => windows.asked(&[how, &format!("http://proxy.localhost:{}", windows.port())], &[]),
            _ => windows.asked_by_script(how, "proxy.localhost", &[]),
        };
        // It knows who it is, and does not connect.
        assert!(said.starts_with("proxy-refused: ") && said.contains("HTTP 403"), "{how}: {said}");
        assert_eq!(windows.sent(), [None, Some(NTLM[0].into()), Some(NTLM[2].into())], "{how}: {said}");
        assert_eq!(windows.connections.load(Ordering::SeqCst), 1, "{how}");
    }
}

/// The second message is that of the same sign-in.
#[test]
#[ignore = "needs Wine"]
fn fault_307_wine_sends_a_second_message_on_another_connection() {
    for asking in [Asking::Closes, Asking::HangsUp] {
        let windows = Windows::new(asking);
        let said = windows.asked(&["set", &format!("http://proxy.localhost:{}", windows.port())], &[]);
        assert!(said.starts_with("proxy-refused: ") && said.contains("HTTP 403"), "{asking:?}: {said}");
        assert_eq!(windows.sent(), [None, Some(NTLM[0].into()), Some(NTLM[2].into())], "{asking:?}: {said}");
        assert_eq!(windows.connections.load(Ordering::SeqCst), 3, "{asking:?}");
    }
}

#[test]
#[ignore = "needs Wine"]
fn fault_287_wine_gives_a_detected_proxy_no_ntlm() {
    let windows = Windows::new(Asking::Waits);
    let said = windows.asked_by_script("detected", "proxy.localhost", &[]);
    assert!(said.starts_with("proxy-auth-required: "), "{said}");
    assert!(said.contains("(found by automatic detection)") && said.contains("Kerberos ticket"), "{said}");
    assert_eq!(windows.sent(), [None], "{said}");

    // With a ticket it gets this: a message of GSSAPI (RFC 2743, section 3.1), longer than 255 bytes.
    let realm = Realm::start();
    let windows = Windows::new(Asking::Waits);
    let said = windows.asked_by_script("detected", PROXY_NAME, &realm.sign_in("1h").variables());
    assert!(said.starts_with("proxy-refused: "), "{said}");
    let sent = windows.sent();
    assert!(matches!(&sent[..], [None, Some(ticket)] if ticket.starts_with("YII")), "{sent:?}");
}

#[test]
#[ignore = "needs Wine"]
fn fault_310_wine_waits_for_no_silent_kdc() {
    let realm = Realm::start();
    for (how, words) in [("hurry", "given up while asking Kerberos"), ("cancel", "canceled while asking Kerberos")] {
        let (tcp, udp) = silent_kdc();
        let windows = Windows::new(Asking::Waits);
        let tickets = realm.sign_in("1h").with_kdc(windows.folder.path(), tcp.local_addr().expect("its address"));
        let proxy = format!("http://{PROXY_NAME}:{}", windows.port());
        let mut command = windows.command(&[how, &proxy], &tickets.variables());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("a program");
        udp.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
        udp.recv(&mut [0]).expect("a question to the KDC");
        // The one that is in a hurry does not read it.
        let _ = writeln!(program.stdin.take().expect("its input"), "asked");
        let output = program.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{how}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains(&format!("{words} for a ticket for HTTP/localhost")), "{how}: {said}");
    }
}

#[test]
#[ignore = "needs Wine"]
fn fault_288_wine_loads_no_sspi_from_beside_the_program() {
    let scene = Scene::new();
    let program = scene.c_program(Linkage::Shared);
    let planted = scene.folder.path().join("secur32.dll");
    support::c_library(&support::root().join("tests/c/planted.c"), &planted);
    let mut command = support::program(&program);
    // By itself Wine takes its own DLL, whatever lies beside a program.
    command.env("WINEDLLOVERRIDES", "mscoree,mshtml=;secur32=n,b");
    let (said, code) = scene.asked(command, &scene.realm.sign_in("1h"));
    assert!(!said.contains("planted"), "{said}");
    has_verdicts((said, code));
}
