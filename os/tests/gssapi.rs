//! Signing in with GSSAPI, with real tickets. Each test runs once more in a process whose variables name them.
#![cfg(target_os = "linux")]

use std::env;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qls_precheck_os::negotiate::{Context, NoMessage, Package};
use support::kerberos::{PROXY_NAME, Realm};

const INSIDE: &str = "QLS_TEST_INSIDE";

fn again(test: &str, inside: &str, variables: &[(&str, String)]) {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--exact", test, "--include-ignored", "--nocapture"]).env(INSIDE, inside);
    let output = support::run(command.envs(variables.iter().map(|(name, value)| (name, value))));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "the test did not run: {said}");
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn squid_takes_a_ticket_of_either_package() {
    if let Ok(proxy) = env::var(INSIDE) {
        for package in [Package::Negotiate, Package::Kerberos] {
            let mut context = Context::new(PROXY_NAME, package).expect("the library");
            let message = STANDARD.encode(context.step(&[]).expect("a ticket"));
            let mut stream = TcpStream::connect(&proxy).expect("the proxy");
            write!(
                stream,
                "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Negotiate {message}\r\n\r\n"
            )
            .expect("a request");
            let mut status = [0; 12];
            stream.read_exact(&mut status).expect("an answer");
            // Squid lets the user through, and finds nobody there.
            assert_eq!(String::from_utf8_lossy(&status), "HTTP/1.1 503", "{package:?}");
        }
        return;
    }
    let realm = Realm::start();
    let squid = realm.squid("licenses.example.com", "HTTP/localhost");
    again("squid_takes_a_ticket_of_either_package", &squid.address().to_string(), &realm.sign_in("1h").variables());
}

#[test]
#[ignore = "needs gss-ntlmssp"]
fn kerberos_alone_is_not_ntlm() {
    if env::var_os(INSIDE).is_some() {
        let begin = |package| Context::new("proxy.example.com", package).expect("the library").step(&[]);
        assert!(begin(Package::Negotiate).expect("a message").windows(7).any(|part| part == b"NTLMSSP"));
        assert!(matches!(begin(Package::Kerberos), Err(NoMessage::NoTicket(_))));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(file("users"), "EXAMPLE:paula:open-sesame\n").expect("the user");
    std::fs::write(file("krb5.conf"), "").expect("no realm");
    let variables =
        [("NTLM_USER_FILE", file("users")), ("KRB5_CONFIG", file("krb5.conf")), ("KRB5CCNAME", file("none"))];
    again("kerberos_alone_is_not_ntlm", "1", &variables);
}
