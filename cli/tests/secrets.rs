//! Searches everything that the program says, in many situations, for the token and for a proxy's password; and its log for
//! e-mail addresses, since logs are sent around.

mod common;

use std::fs;

use common::{CLOSED, Place, consumers, program, run};
use support::{RawServer, reply};

const PASSWORD: &str = "Swordfish-4711";
const MAIL: &str = "jane.doe@example.com";

/// A server that repeats what it was sent, as a careless gateway would.
fn echoing(status: u16) -> RawServer {
    RawServer::serving(move |stream, requests| {
        let Some(request) = support::read_request(&*stream) else { return };
        let head = request.head.escape_default().to_string();
        let body = format!(
            r#"{{"status": false, "code": "{head}", "message": "{MAIL}: {head}"}}"#,
            head = head.replace('\\', "")
        );
        requests.lock().expect("no test panicked here").push(request);
        let _ = std::io::Write::write_all(stream, &reply(status, body));
    })
}

#[test]
fn no_output_shows_a_secret() {
    let faults =
        ["delay=60s", "status=401", "status=503", "html", "redirect=http://example.com", "expired-token", "broken"];
    let mut places: Vec<_> = faults.iter().map(|fault| Place::with_faults(&[fault])).collect();
    places.push(Place::new());
    let echoes = [200, 400, 403, 407, 500].map(echoing);
    let mut servers: Vec<_> = places.iter().map(|place| place.standin.url().to_owned()).collect();
    servers.extend(echoes.iter().map(RawServer::url));
    servers.extend([CLOSED.to_owned(), "http://192.0.2.1".to_owned(), "https://127.0.0.1:1".to_owned()]);

    let place = Place::new();
    let token = place.standin.token();
    let parts: Vec<&str> = token.split('.').collect();
    let mut mail_came = false;
    for (index, server) in servers.iter().enumerate() {
        for (form, more) in [&[][..], &["--json"], &["-o", "answer"]].into_iter().enumerate() {
            let log = place.path(&format!("log-{index}-{form}"));
            let mut command = program(&["check", &consumers(), "-vv", "--timeout", "1", "--retries", "0"]);
            command.args(["--plain-http", "--server", server, "--log-file"]).arg(&log).args(more);
            let proxy = echoes[3].url().replace("//", &format!("//user:{PASSWORD}@"));
            command.arg("--token-file").arg(place.path("token")).env("ALL_PROXY", proxy).current_dir(place.path(""));
            let ended = run(&mut command, "");
            let answer = fs::read_to_string(place.path("answer")).unwrap_or_default();
            let log = fs::read_to_string(log).expect("a log");
            assert!(log.contains(server) && !log.contains("jane"), "{log}");
            mail_came |= ended.stderr.contains(MAIL);
            for text in [&ended.stdout, &ended.stderr, &answer, &log] {
                for secret in parts.iter().chain([&PASSWORD, &"dXNlcjpTd29yZGZpc2gtNDcxMQ"]) {
                    assert!(!text.contains(secret), "{server}: {text}");
                }
            }
        }
    }
    let sent = |server: &RawServer| server.requests().iter().map(|request| request.head.clone()).collect::<String>();
    assert!(sent(&echoes[0]).contains(&token), "the token was sent and came back");
    assert!(mail_came, "the address was said");
    assert!(sent(&echoes[3]).contains("dXNlcjpTd29yZGZpc2gtNDcxMQ"), "the password was sent and came back");
}

#[test]
fn no_error_about_a_file_shows_what_is_in_it() {
    let place = Place::new();
    let token = place.standin.token();
    let unreachable = |arguments: &[&str]| {
        let mut command = program(arguments);
        command.args(["--json", "-vv", "--retries", "0", "--server", CLOSED]).current_dir(place.path(""));
        let ended = run(&mut command, "");
        assert_ne!(ended.code, 0);
        for secret in token.split('.') {
            assert!(!ended.stdout.contains(secret) && !ended.stderr.contains(secret), "{ended:?}");
        }
    };
    for consumers in [
        format!(r#"[{{"component_id": "{token}", "consumer_id": "{token}", "{token}": 1}}]"#),
        format!(r#"[{{"{token}": "{token}", "consumer_id": {{}}}}]"#),
        format!(r#"{{"{token}": 1, "consumers": [], "{token}": "#),
        token.clone(),
    ] {
        unreachable(&["check", &place.file("consumers.json", consumers), "--token-file", "token"]);
    }
    let spoilt: Vec<u8> = token.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for content in [[token.as_bytes(), b"\0"].concat(), [token.as_bytes(), b" x"].concat(), spoilt] {
        unreachable(&["list", "--token-file", &place.file("spoilt", content)]);
    }
    unreachable(&["list", "--token-file", &place.file("spoilt", [token.as_bytes(), b"\xff"].concat())]);
}
