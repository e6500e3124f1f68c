//! Row 161 of the fault matrix: a process that has the rights of another user than the one who started it believes
//! nothing of its environment. The test starts itself as such a process: a copy of this binary that belongs to another
//! user, and runs with that user's rights whoever starts it.
#![cfg(target_os = "linux")]

mod common;

use std::os::unix::fs::{PermissionsExt, chown};
use std::process::{Command, Stdio};
use std::{env, fs};

use common::{ALLOWED, CONSUMERS, TOKEN, client_of};
use serde_json::Value;
use support::pki::Ca;
use support::{RawServer, read_request, reply, tls};

/// Tell a child whom to ask: a server that is reached directly, and one by TLS.
const DIRECT: &str = "QLS_TEST_RIGHTS_DIRECT";
const TLS: &str = "QLS_TEST_RIGHTS_TLS";

/// Debian's user and group "nobody".
const NOBODY: u32 = 65534;

/// Two tests in one: as a child it asks, and prints what came of it.
#[test]
#[ignore = "needs root"]
fn fault_161_other_rights_believe_nothing_of_the_environment() {
    if let (Ok(direct), Ok(tls)) = (env::var(DIRECT), env::var(TLS)) {
        return ask(&direct, &tls);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let everybody = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(folder.path(), everybody(0o755)).expect("rights");
    let account = folder.path().join(".local/share/Qt");
    fs::create_dir_all(&account).expect("a folder");
    fs::write(account.join("qtaccount.ini"), format!("[QtAccount]\njwt={TOKEN}\n")).expect("a file");
    let ca = Ca::new("a CA of whoever starts the program");
    fs::write(folder.path().join("ca.pem"), ca.pem()).expect("a file");

    let server = RawServer::replying(reply(200, ALLOWED));
    let config = tls::server_config(&ca.identity(&["127.0.0.1"]));
    let secure = RawServer::serving(move |stream, requests| {
        let Ok(stream) = stream.try_clone() else { return };
        let mut stream = tls::accept(&config, stream);
        if let Some(request) = read_request(&mut stream) {
            requests.lock().expect("no test panicked here").push(request);
            let _ = std::io::Write::write_all(&mut stream, &reply(200, ALLOWED));
        }
    });
    let proxy = RawServer::replying("HTTP/1.1 403 No\r\n\r\n");
    for (user, group, mode) in [(Some(NOBODY), None, 0o4755), (None, Some(NOBODY), 0o2755)] {
        let program = folder.path().join(format!("program-{mode:o}"));
        fs::copy(env::current_exe().expect("this binary"), &program).expect("a copy");
        chown(&program, user, group).expect("another owner");
        fs::set_permissions(&program, everybody(mode)).expect("rights");
        // The same program, with the rights of whoever starts it, believes everything.
        for (path, believes) in [(&program, false), (&env::current_exe().expect("this binary"), true)] {
            let output = support::run(
                Command::new(path)
                    .args(["--exact", "fault_161_other_rights_believe_nothing_of_the_environment"])
                    .args(["--ignored", "--nocapture"])
                    .env_clear()
                    .env("HOME", folder.path())
                    .env("XDG_DATA_HOME", folder.path().join(".local/share"))
                    .env("ALL_PROXY", proxy.url())
                    .env("SSL_CERT_FILE", folder.path().join("ca.pem"))
                    // Not a loopback address, so a proxy would be used; and yet it leads to this machine.
                    .env(DIRECT, server.url().replace("127.0.0.1", "0.0.0.0"))
                    .env(TLS, format!("https://{}", secure.address()))
                    .stdin(Stdio::null()),
            );
            let printed = String::from_utf8(output.stdout).expect("text");
            let outcomes: Vec<Value> = printed
                .lines()
                .filter_map(|line| line.strip_prefix("outcome: "))
                .map(|json| serde_json::from_str(json).expect("JSON"))
                .collect();
            let [account, direct, tls] = &outcomes[..] else { panic!("{printed}") };
            assert_eq!(account["status"] == "QLS_OK", believes, "{account}");
            assert_eq!(direct["status"] == "QLS_OK", !believes, "{direct}");
            assert_eq!(tls["status"] == "QLS_OK", believes, "{tls}");
            if !believes {
                assert_eq!(account["cause"], "account-file-missing", "{account}");
                let message = account["message"].as_str().expect("a message");
                assert!(message.contains("rights of another user"), "{message}");
            }
        }
    }
    assert!(!proxy.requests().is_empty() && !secure.requests().is_empty());
}

fn ask(direct: &str, tls: &str) {
    let mut client = client_of(&direct.replace("0.0.0.0", "127.0.0.1"));
    println!("outcome: {}", client.check(None, CONSUMERS).to_json());
    client.set_server(Some(direct)).expect("a server's address");
    client.set_allow_plain_http(true);
    println!("outcome: {}", client.check(Some(TOKEN), CONSUMERS).to_json());
    println!("outcome: {}", client_of(tls).check(Some(TOKEN), CONSUMERS).to_json());
}
