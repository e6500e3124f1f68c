//! Rows 210 to 214 of the fault matrix: no text shows a secret, wherever a caller has put it or a peer repeats it, and
//! none deceives whoever reads it.

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{CONSUMERS, client_of, everything, pieces};
use qls_precheck_core::{Client, Error, Level, Operation, Outcome, Status, Verdict};
use support::{RawServer, reply};

/// Every twelve letters of it are found nowhere else.
const SECRET: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz";
/// A token that can be the label of a host name, which has no capital letters.
const LABEL: &str = "Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv";
const PASSWORD: &str = "Vx8-pZ2wq-Lk9mT4r";
/// As the proxy gets it: user:PASSWORD.
const BASIC: &str = "dXNlcjpWeDgtcFoyd3EtTGs5bVQ0cg==";

/// Nothing that is shown has twelve letters of a secret, in any case.
#[track_caller]
fn assert_hidden(shown: &str, token: &str, what: &str) {
    let shown = shown.to_lowercase();
    for secret in [token, PASSWORD, BASIC] {
        if let Some(piece) = pieces(secret).find(|piece| shown.contains(&piece.to_lowercase())) {
            panic!("{what}: {piece:?} is shown: {shown}");
        }
    }
}

/// What a client says of itself and in its log.
struct Said {
    client: Client,
    log: Arc<Mutex<String>>,
}

/// A client whose settings contain both secrets, at a server with this address.
fn said(address: &str) -> Said {
    let mut client = client_of(&format!("{address}/{SECRET}/{PASSWORD}"));
    let log = Arc::new(Mutex::new(String::new()));
    let lines = log.clone();
    client.set_log(Level::Trace, move |_, line| lines.lock().expect("no panic").push_str(&format!("{line}\n")));
    client.set_proxy(Some(&format!("http://user:{PASSWORD}@127.0.0.1:1"))).expect("a proxy");
    client.set_user_agent(Some(&format!("{SECRET} {PASSWORD}"))).expect("a product");
    Said { client, log }
}

impl Said {
    /// Both operations end with an error that hides the secrets.
    #[track_caller]
    fn fails(&self, token: Option<&str>, consumers: &str, extra: Option<&str>, what: &str) -> Vec<Status> {
        let outcomes = [self.client.check(token, consumers), self.client.list(token, extra)];
        outcomes.iter().for_each(|outcome| self.hides(outcome, what));
        outcomes.iter().map(Outcome::status).collect()
    }

    #[track_caller]
    fn hides(&self, outcome: &Outcome, what: &str) {
        let log = std::mem::take(&mut *self.log.lock().expect("no panic"));
        assert_hidden(&format!("{}\n{:?}\n{log}", everything(outcome), self.client), SECRET, what);
    }
}

/// Nobody listens there.
const CLOSED: &str = "http://127.0.0.1:1";
/// The secrets as keys and as ids.
fn with_secrets() -> String {
    format!(r#"[{{"component_id":"{SECRET}","consumer_id":"x {PASSWORD} x","{SECRET}":"{PASSWORD}"}}]"#)
}

#[test]
fn fault_210_secrets_in_what_a_caller_passes() {
    let said = said(CLOSED);
    let mut seen = std::collections::HashSet::new();
    for consumers in [
        CONSUMERS.to_owned(),
        with_secrets(),
        SECRET.to_owned(),
        format!(r#"[{{"{SECRET}\u0000":1}}]"#),
        format!(r#"[{{"consumer_id":"a","component_id":"b","{PASSWORD}":{}1{}}}]"#, "[".repeat(200), "]".repeat(200)),
        format!(r#"{{"{SECRET}":{{"{PASSWORD}":1}},"consumers":"{SECRET}"}}"#),
        format!(r#"{{"consumers":[],"{SECRET}{PASSWORD}\u0000":{{}}}}"#),
    ] {
        for token in [Some(SECRET), None, Some("x"), Some(&format!("{SECRET}\n")), Some(&format!("Bearer {SECRET}"))] {
            seen.extend(said.fails(token, &consumers, Some(&consumers), &consumers));
            seen.extend(said.fails(token, &consumers, None, &consumers));
        }
    }
    for status in [Status::InvalidArgument, Status::InvalidConsumers, Status::InvalidToken, Status::ConnectFailed] {
        assert!(seen.contains(&status), "{status:?} was not provoked");
    }
    said.client.cancel();
    assert_eq!(said.fails(Some(SECRET), CONSUMERS, None, "canceled"), [Status::Cancelled; 2]);
}

#[test]
fn fault_210_secrets_in_settings_that_fail_at_the_call() {
    let fails = |said: Said, status: Status, what: &str| {
        for token in [Some(SECRET), Some("another-token")] {
            assert_eq!(said.fails(token, &with_secrets(), None, what), [status; 2], "{what}");
        }
    };
    fails(said("http://licenses.example.com"), Status::Configuration, "plain http");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("{SECRET} {PASSWORD}"));
    let path = path.to_str().expect("a path");
    for content in [None, Some(format!("{SECRET} {PASSWORD}")), Some(format!("-----BEGIN {SECRET}-----\n{PASSWORD}"))] {
        if let Some(content) = &content {
            std::fs::write(path, content).expect("a file");
            let mut said = said("https://127.0.0.1:1");
            said.client.set_ca_pem(Some(content)).expect("a text");
            fails(said, Status::Configuration, "a CA text");
        }
        let mut said = said("https://127.0.0.1:1");
        said.client.set_ca_file(Some(path)).expect("a path");
        fails(said, Status::Configuration, "a CA file");
    }
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut late = said(&format!("http://{}", silent.local_addr().expect("an address")));
    late.client.set_timeout(Duration::from_millis(1)).expect("a timeout");
    fails(late, Status::Timeout, "too late");
    // The server is named to a proxy, and there is none.
    fails(said("https://licenses.example.com"), Status::ProxyFailed, "no proxy");
    // No account's token goes there; what looks like a token in the address is not told either.
    let said = said("https://licenses.example.com");
    let outcome = said.client.check(None, CONSUMERS);
    said.hides(&outcome, "a foreign server");
}

#[test]
fn fault_210_secrets_in_settings_that_are_refused() {
    type Refused = Result<(), Error>;
    let refusals: [&dyn Fn(&mut Client) -> Refused; 6] = [
        &|client| client.set_server(Some(SECRET)),
        &|client| client.set_server(Some(&format!("https://host/{PASSWORD} {SECRET}"))),
        &|client| client.set_server(Some(&format!("https://user:{PASSWORD}@host"))),
        &|client| client.set_user_agent(Some(&format!("{PASSWORD} {}", SECRET.repeat(9)))),
        &|client| client.set_proxy(Some(&format!("ftp://user:{PASSWORD}@{SECRET}"))),
        &|client| client.set_ca_file(Some(&format!("-----BEGIN {SECRET}-----{PASSWORD}"))),
    ];
    for refuse in refusals {
        let mut said = said(CLOSED);
        let error = refuse(&mut said.client).expect_err("it is refused");
        assert_hidden(&error.to_string().replace(PASSWORD, ""), SECRET, "the error alone");
        for token in [Some(SECRET), None] {
            let outcome = said.client.refuse(Operation::Check, token, error.clone());
            assert_eq!(outcome.status(), Status::InvalidArgument);
            said.hides(&outcome, "refused");
        }
    }
}

/// A refused address of a proxy, and the password elsewhere: it is a secret all the same.
#[test]
fn fault_210_the_password_of_an_address_that_cannot_be_read() {
    let mut client = client_of(&format!("{CLOSED}/{PASSWORD}"));
    client.set_proxy(Some(&format!("http://user:{PASSWORD}@proxy:99999"))).expect_err("no such port");
    assert_hidden(&everything(&client.check(Some("another-token"), CONSUMERS)), SECRET, "");
}

/// A host name in the log and in messages is in small letters, the proxy's too.
#[test]
fn fault_210_the_token_as_a_host_name() {
    let proxy = RawServer::replying(format!("HTTP/1.1 403 {LABEL}\r\nContent-Length: 0\r\n\r\n"));
    let mut said = said(CLOSED);
    said.client.set_server(Some(&format!("https://{LABEL}.example.com"))).expect("an address");
    said.client.set_proxy(Some(&proxy.url())).expect("a proxy");
    let outcome = said.client.check(Some(LABEL), CONSUMERS);
    assert_eq!(outcome.status(), Status::ProxyFailed);
    let shown = format!("{}{}", everything(&outcome), said.log.lock().expect("no panic"));
    assert_hidden(&shown, LABEL, "a host name");
    assert!(shown.contains("https://[token].example.com"), "{shown}");
    said.client.set_proxy(Some(&format!("{LABEL}.invalid"))).expect("a proxy");
    let outcome = said.client.check(Some(LABEL), CONSUMERS);
    assert!(outcome.message().contains("http://[token].invalid:80"), "{outcome:?}");
    let shown = format!("{}{}", everything(&outcome), said.log.lock().expect("no panic"));
    assert_hidden(&shown, LABEL, "a proxy's host name");
}

#[test]
fn fault_211_a_peer_repeats_both() {
    let both = format!("{SECRET} {PASSWORD} {BASIC}");
    let license = format!(r#"{{"{SECRET}":"a {PASSWORD}","b":["{BASIC}"],"{}":1}}"#, PASSWORD.replace('-', "\\u002d"));
    for http in [200, 302, 400, 401, 403, 404, 500, 511] {
        for (status, licenses) in [(true, &*license), (false, "{}"), (true, "[1]")] {
            let body = format!(
                r#"{{"status":{status},"code":"{both}","message":"{both}","data":[{{"component_id":"{both}"}}],"licenses":[{licenses}]}}"#
            );
            let head = format!("HTTP/1.1 {http} {both}\r\nLocation: /{both}\r\nContent-Length: {}\r\n\r\n", body.len());
            let server = RawServer::replying(head + &body);
            let said = said(&server.url());
            said.fails(Some(SECRET), &with_secrets(), None, &body);
        }
    }
}

/// A long text is looked at in pieces, which may end inside of a secret or of a character.
#[test]
fn fault_211_a_peer_repeats_both_in_a_long_text() {
    for length in (64 * 1024 - 150..64 * 1024 + 20).step_by(11) {
        let padding = "é".repeat(length / 2) + &"-".repeat(length % 2);
        let license = format!(r#"{{"a":"{padding}{SECRET}{padding}{SECRET}{PASSWORD}{PASSWORD}"}}"#);
        let body = format!(r#"{{"status":true,"message":"","licenses":[{license}]}}"#);
        let server = RawServer::replying(reply(200, body));
        let outcome = said(&server.url()).client.list(Some(SECRET), None);
        let clean = format!(r#"{{"a":"{padding}[token]{padding}[token][password][password]"}}"#);
        assert_eq!(outcome.licenses().collect::<Vec<_>>(), [clean], "{length}");
    }
}

/// Half of a surrogate pair stands for no character. The text around it may spell a secret all the same.
#[test]
fn fault_222_secrets_beside_half_a_surrogate_pair() {
    let escaped = |secret: &str| secret.bytes().map(|byte| format!("\\u{byte:04x}")).collect::<String>();
    for half in ["\\ud800", "\\udfff", "\\ud83d\\ud83d"] {
        let strings = [SECRET, PASSWORD, BASIC].map(|secret| format!(r#""{half}{}{half}x""#, escaped(secret)));
        let license = format!(r#"{{"a":[{}],"b":"{half}","\ud800{}":1}}"#, strings.join(","), escaped(SECRET));
        let server =
            RawServer::replying(reply(200, format!(r#"{{"status":true,"message":"","licenses":[{license}]}}"#)));
        let said = said(&server.url());
        let outcome = said.client.list(Some(SECRET), None);
        assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
        said.hides(&outcome, half);
        let shown = outcome.licenses().next().expect("a license");
        assert!(["[token]", "[password]"].iter().all(|name| shown.contains(name)), "{shown}");
        for secret in [SECRET, PASSWORD, BASIC] {
            assert!(!shown.contains(&escaped(secret)), "{shown}");
        }
        // What has no secret stays as it is.
        assert!(shown.contains(&format!(r#""b":"{half}""#)), "{shown}");
    }
}

/// Of a string that is too long for a copy only the name of its secret is left: the one that it contains.
#[test]
fn fault_222_a_long_string_names_the_secret_that_it_contained() {
    let filling = "x".repeat(1024 * 1024);
    for (secrets, shown) in [
        (SECRET.to_owned(), "[token]"),
        (PASSWORD.to_owned(), "[password]"),
        (format!("{PASSWORD}{SECRET}"), "[token][password]"),
    ] {
        let body = format!(r#"{{"status":true,"message":"","licenses":[{{"a":"\n{secrets}{filling}"}}]}}"#);
        let server = RawServer::replying(reply(200, body));
        let outcome = said(&server.url()).client.list(Some(SECRET), None);
        assert_eq!(outcome.document().get("/licenses/0/a").as_deref(), Some(shown));
    }
}

/// By such a word of its license an installer decides.
#[test]
fn fault_211_a_password_that_is_a_word_stays_in_licenses() {
    let body = r#"{"status":true,"message":"commercial","licenses":[{"schema":"commercial"}]}"#;
    let server = RawServer::replying(reply(200, body));
    let mut client = client_of(&server.url());
    client.set_proxy(Some("http://user:commercial@127.0.0.1:1")).expect("a proxy");
    let outcome = client.list(Some(SECRET), None);
    assert_eq!(outcome.licenses().collect::<Vec<_>>(), [r#"{"schema":"commercial"}"#]);
    assert_eq!(outcome.message(), "[password]");
}

/// Whoever asks for it by that id gets the verdict, though the id is not shown.
#[test]
fn fault_212_the_token_as_an_id() {
    let data = format!(
        r#"[{{"component_id":"{SECRET}","consumer_id":"a","installtion_allowed":true}},
            {{"component_id":"b","consumer_id":"{PASSWORD}","installtion_allowed":false}}]"#
    );
    let server = RawServer::replying(reply(200, format!(r#"{{"status":true,"message":"","data":{data}}}"#)));
    let said = said(&server.url());
    let outcome = said.client.check(Some(SECRET), data);
    assert_eq!(outcome.status(), Status::Ok, "{outcome:?}");
    said.hides(&outcome, "ids");
    let shown: Vec<_> =
        outcome.components().iter().map(|each| (each.component_id, each.consumer_id, each.verdict)).collect();
    assert_eq!(shown, [("[token]", "a", Verdict::Allowed), ("b", "[password]", Verdict::Denied)]);
    assert!(outcome.is_allowed(SECRET) && !outcome.is_allowed("[token]") && !outcome.is_allowed("b"));
}

/// Some of what Unicode calls bidirectional controls or default ignorable, and what repaints a terminal.
const DECEIVING: &str = "\u{7}\u{1b}\u{7f}\u{85}\u{ad}\u{34f}\u{61c}\u{115f}\u{17b4}\u{180b}\u{180e}\u{200b}\u{200e}\u{2028}\
    \u{202e}\u{2060}\u{2066}\u{206f}\u{3164}\u{fe00}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1bca0}\u{1d173}\u{e0000}\u{e0001}\
    \u{e0041}\u{e007f}\u{e0100}";

#[test]
fn fault_213_what_a_server_says_shows_what_it_is() {
    let harmless = "Jürgen, 日本語, नमस्ते, e\u{301}, 👍";
    let text = format!("{harmless}: {DECEIVING}");
    for status in [true, false] {
        let body = serde_json::json!({"status": status, "code": text, "message": text, "licenses": [{"a": text}]});
        let server = RawServer::replying(reply(200, body.to_string()));
        let said = said(&server.url());
        let outcome = said.client.list(Some("another-token"), None);
        let shown = [outcome.message(), outcome.server_code().unwrap_or(harmless), &said.log.lock().expect("no panic")]
            .map(|text| text.replace('\n', ""));
        for text in &shown {
            assert!(text.contains(harmless), "{text}");
            assert!(!text.contains(|c| DECEIVING.contains(c)), "{}", text.escape_unicode());
        }
        assert!(shown[0].contains("\\u{61c}") && shown[0].contains("\\u{e007f}"), "{shown:?}");
        // Data is not changed: whoever shows it escapes it.
        assert!(!status || outcome.licenses().all(|license| license.contains('\u{61c}')), "{outcome:?}");
    }
}

/// Who is to blame is told by the message; the status alone does not know.
#[test]
fn fault_214_a_status_blames_nobody_too_early() {
    assert_eq!(Status::Internal.text(), "The license check failed because of a defect in its library.");
    assert_eq!(Status::UnexpectedReply.text(), "The reply to the license check could not be used.");
}
