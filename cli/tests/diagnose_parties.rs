//! `diagnose` where the first suspect is the wrong one: the conclusion of `docs/diagnosis.md` blames nobody wrongly, and
//! claims nothing that was not seen.
#![cfg(target_os = "linux")]

mod common;
mod diagnosing;

use std::fs;
use std::io::Write;
use std::time::{Duration, SystemTime};

use base64::Engine;
use common::{Place, program, run};
use diagnosing::{HOST, LICENSES, MAIL, Situation, deserted, secure, server, told};
use qls_standin::token;
use support::kerberos::{PROXY_NAME, Realm, silent_kdc};
use support::pki::{Ca, Identity, date_time_ymd, self_signed, server_parameters};
use support::{RawServer, read_request, reply};

/// The server whose certificate a public CA has issued.
const QT: &str = "qls.qt.io";

/// What a proxy answers to CONNECT before it inspects what goes through.
const TUNNEL: &str = "HTTP/1.1 200 OK\r\n\r\n";

fn ca() -> Ca {
    Ca::new("Example Corp CA")
}

/// A server for which `qls.qt.io` is taken.
fn posing<'s>(name: &'s str, server: &RawServer) -> Situation<'s> {
    Situation::new(name, format!("https://{QT}:{}", server.address().port()))
}

/// An answer with the time.
fn dated(head: &str, body: &str) -> String {
    let now = httpdate::fmt_http_date(SystemTime::now());
    format!("HTTP/1.1 {head}\r\nDate: {now}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn fault_246_a_ca_that_nobody_knows() {
    let (place, ca, other) = (Place::new(), ca(), Ca::new("Another CA"));
    let given = place.file("other.pem", other.pem());
    let only = ["--trust", "given-only", "--ca-file", &given];
    let private = secure(&ca.identity(&[HOST]), None);
    Situation::named("given CAs alone count, and the server's is another", "https", private.address())
        .with(&only)
        .ends(3, "tls");
    let public = secure(&ca.identity(&[QT]), None);
    posing("given CAs alone count, and that of Qt's server is another", &public).with(&only).ends(3, "tls");
    posing("something inspects what goes to Qt's server", &public).ends(3, "tls");
    let between = ca.intermediate("Example Corp TLS CA");
    let mut whole = between.identity(&[HOST]);
    whole.chain += &between.pem();
    let whole = secure(&whole, None);
    Situation::named("private CA that was not given, with an intermediate one", "https", whole.address())
        .ends(3, "tls");
    // By the name of this file the folder has certificates.
    let folder = place.path("certificates");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("01234567.0"), other.pem()).expect("a certificate");
    let reading = |situation: Situation<'static>, bundle: &str| {
        situation.variable("SSL_CERT_FILE", bundle).variable("SSL_CERT_DIR", &folder.display().to_string())
    };
    let missing = Situation::named("CA certificates of this computer that cannot be read", "https", private.address());
    reading(missing, "missing.pem").ends(3, "tls");
    // What is overcome is told, though.
    let unreadable = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    let bundle = place.file("bundle.pem", ca.pem() + unreadable);
    let partly = Situation::named("a CA certificate of this computer that cannot be read", "https", private.address());
    let steps = reading(partly, &bundle).ends(0, "none");
    assert!(told(&steps, "tls").1.contains("1 of the 2 certificates in SSL_CERT_FILE"), "{steps:?}");
}

#[test]
fn fault_246_certificates_of_a_proxy() {
    let ends = |name, identity: &Identity, more: &[&str]| {
        let proxy = secure(identity, None);
        Situation::new(name, format!("https://{HOST}")).through("https", proxy.address()).with(more).ends(3, "tunnel");
    };
    let (place, ca) = (Place::new(), ca());
    let given = place.file("other.pem", Ca::new("Another CA").pem());
    let own = ca.identity(&["127.0.0.1"]);
    ends("https proxy of an unknown CA", &own, &[]);
    ends(
        "https proxy of an unknown CA, where given CAs alone count",
        &own,
        &["--trust", "given-only", "--ca-file", &given],
    );
    ends("https proxy with a self-signed certificate", &self_signed(&server_parameters(&["127.0.0.1"])), &[]);
    let trusted = ["--ca-file", &place.file("ca.pem", ca.pem())];
    ends("https proxy with a certificate of another host", &ca.identity(&["www.example.com"]), &trusted);
    let mut client = server_parameters(&["127.0.0.1"]);
    client.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    ends("https proxy with a certificate for a client", &ca.identity_with(client), &trusted);
    let plain = RawServer::serving(|stream, _| drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")));
    Situation::new("https proxy that does not speak TLS", format!("https://{HOST}"))
        .through("https", plain.address())
        .ends(3, "tunnel");
}

#[test]
fn fault_246_something_poses_as_qts_server() {
    let (place, ca) = (Place::new(), ca());
    let own = secure(&self_signed(&server_parameters(&[QT])), None);
    posing("self-signed certificate in the place of Qt's server", &own).ends(3, "tls");
    let hotel = secure(&ca.identity(&["login.example.com"]), None);
    posing("certificate of another host in the place of Qt's server", &hotel)
        .with(&["--ca-file", &place.file("ca.pem", ca.pem())])
        .ends(3, "tls");
    // Nothing listens at port 443, so it comes through a proxy's tunnel.
    let proxy = RawServer::serving(move |stream, _| {
        let _ = read_request(&*stream);
        let _ = stream.write_all(format!("{TUNNEL}HTTP/1.1 302 Found\r\n\r\n").as_bytes());
    });
    Situation::new("a sign-in page in the place of Qt's server", format!("https://{QT}"))
        .through("http", proxy.address())
        .ends(3, "tls");
}

#[test]
fn fault_247_a_proxy_that_cannot_reach_the_server() {
    let ends = |name, scheme: &str, proxy: &RawServer, code| {
        Situation::new(name, format!("https://{HOST}")).through(scheme, proxy.address()).ends(code, "tunnel");
    };
    ends("proxy that does not reach the server", "http", &RawServer::replying("HTTP/1.1 502 Bad Gateway\r\n\r\n"), 2);
    ends("proxy that is overloaded", "http", &RawServer::replying("HTTP/1.1 503 Service Unavailable\r\n\r\n"), 2);
    ends("web server that knows no CONNECT", "http", &RawServer::replying("HTTP/1.1 405 Not Allowed\r\n\r\n"), 3);
    let socks = RawServer::serving(|stream, _| {
        let _ = std::io::Read::read(stream, &mut [0; 4]);
        let _ = stream.write_all(&[5, 0]);
        let _ = std::io::Read::read(stream, &mut [0; 64]);
        let _ = stream.write_all(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]);
    });
    ends("SOCKS proxy that does not reach the server", "socks5", &socks, 2);
}

#[test]
fn fault_247_what_hinders_a_connection() {
    Situation::named("an address is silent, and another one refuses", "http", deserted())
        .variable("SHIM_ANSWER", "192.0.2.1,127.0.0.1")
        .variable("SHIM_CONNECT", "timedout-away")
        .ends(2, "connection");
    Situation::new("a firewall on this computer", format!("https://{HOST}"))
        .variable("SHIM_CONNECT", "forbidden")
        .ends(3, "connection");
    let silent =
        RawServer::serving(|stream, _| while std::io::Read::read(stream, &mut [0; 64]).is_ok_and(|n| n > 0) {});
    Situation::named("slow name servers leave no time for the rest", "https", silent.address())
        .variable("SHIM_DELAY_MS", "3000")
        .with(&["--timeout", "5"])
        .ends(2, "tls");
}

#[test]
fn fault_248_clocks_and_certificates() {
    let (place, ca) = (Place::new(), ca());
    let mut old = server_parameters(&[HOST]);
    old.not_after = date_time_ymd(2026, 1, 1);
    let tunnel = dated("200 OK", "");
    let proxy = secure(&ca.identity_with(old), Some(&tunnel));
    Situation::new("certificate that expired long ago, and a clock ten minutes fast", format!("https://{HOST}"))
        .with(&["--ca-file", &place.file("ca.pem", ca.pem())])
        .through("http", proxy.address())
        .clock_seconds(600)
        .ends(3, "tls");
    // Only the server's own certificate is shown, and that is valid.
    let root = Ca::new("Example Corp Root CA");
    let expired = ca.once_signed_by("Example Corp CA", &root);
    let proxy = secure(&ca.identity(&[HOST]), Some(&tunnel));
    Situation::new("a CA that was given has expired, and the clock is ten minutes fast", format!("https://{HOST}"))
        .with(&["--ca-file", &place.file("expired.pem", expired)])
        .through("http", proxy.address())
        .clock_seconds(600)
        .ends(3, "tls");
}

#[test]
fn fault_248_clocks_and_answers() {
    let none = server(dated("200 OK", r#"{"status":true,"message":"","licenses":[]}"#));
    Situation::new("a user without licenses, and a clock a year slow", none.url()).clock(-365).ends(1, "clock");
    let old = token(Duration::from_secs(1));
    let refusing = server(reply(401, "{}"));
    Situation::new("expired token, and nobody tells the time", refusing.url()).token(old).clock(1).ends(3, "reply");
    // Whoever issued it has a clock that is fast.
    let hour = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time").as_secs() + 3600;
    let claims = format!(r#"{{"iat":{hour},"exp":{}}}"#, hour + 3600);
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
    let early = format!("eyJhbGciOiJIUzI1NiJ9.{claims}.c2lnbmF0dXJl");
    let answering = server(dated("200 OK", LICENSES));
    Situation::new("token that is issued in an hour", answering.url()).token(early).ends(0, "none");
}

/// What somebody tried to send has to come out, whatever is wrong with the files.
#[test]
fn fault_249_a_report_where_nothing_could_be_asked() {
    let place = Place::new();
    let diagnose = |more: &[&str], step: &str, cause: &str| {
        let arguments = [&["diagnose", "--server", "https://licenses.example.com"], more].concat();
        let run = |form: &[&str]| run(program(&arguments).args(form).current_dir(place.path("")), "").with(3);
        let (output, errors) = run(&["-o", "report"]);
        let report = fs::read_to_string(place.path("report")).expect("a report");
        assert!(output.is_empty() && errors.contains(cause), "{output}{errors}");
        // The lines are broken where the temporary folder's name has them broken.
        let words = report.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("qls-precheck ") && words.contains(" can mend this: "), "{report}");
        let (json, _) = run(&["--json"]);
        let outcome: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let steps = outcome["diagnosis"].as_array().expect("steps");
        assert_eq!((steps.len(), outcome["cause"].as_str()), (9, Some(cause)), "{outcome}");
        assert_eq!(told(steps, step).0, "failed", "{outcome}");
        assert_eq!((told(steps, "settings").0, told(steps, "connection").1), ("ok", "not tried"));
    };
    diagnose(&["--token-file", "missing"], "token", "token-file-unreadable");
    diagnose(&["--token-file", &place.file("empty", "")], "token", "token-empty");
    diagnose(&["--token-file", &place.file("binary", [0xff, 0, 1])], "token", "token-invalid-character");
    diagnose(&["--proxy-file", "missing"], "proxy", "proxy-setting-invalid");
    diagnose(&["--proxy-file", &place.file("proxy", "ftp://x")], "proxy", "proxy-setting-invalid");
}

#[test]
fn fault_249_the_token_of_the_environment_is_called_so() {
    Situation::new("environment's token, another company's server", format!("https://{HOST}"))
        .token("")
        .variable("QT_INSTALLER_JWT_TOKEN", "abcdefghijklmnop")
        .ends(3, "token");
}

#[test]
fn fault_249_the_user_id_is_sent_as_a_list_sends_it() {
    let answering = server(reply(200, LICENSES));
    let url = answering.url();
    let place = Place::new();
    let token = place.path("token").display().to_string();
    let arguments = ["diagnose", "--server", &url, "--token-file", &token, "--user-id", MAIL];
    let (report, _) = run(&mut program(&arguments), "").with(0);
    assert!(!report.contains("john.doe"), "{report}");
    let body = String::from_utf8(answering.requests()[0].body.clone()).expect("UTF-8");
    assert!(body.contains(&format!(r#""user_id":"{MAIL}""#)), "{body}");
}

#[test]
fn fault_249_mail_addresses_of_every_form_are_left_out() {
    let says = |message: &str| {
        let body = serde_json::json!({"status": false, "code": "17", "message": message});
        server(reply(403, body.to_string()))
    };
    let forms = r#"Not for "john.doe"@example.com nor john.doe!@example.com, john.doe@[192.0.2.1], mailto:john.doe%2540example.com or john.doe＠example.com"#;
    Situation::new("addresses of every form", says(forms).url()).ends(3, "reply");
    // It is looked for before a long text is cut, so that no half of one is left.
    let long = says(&format!("{} john.doe@example.com", "x".repeat(985)));
    let place = Place::new();
    let token = place.path("token").display().to_string();
    let (report, _) = run(&mut program(&["diagnose", "--server", &long.url(), "--token-file", &token]), "").with(3);
    assert!(report.contains("xxx") && !report.contains("john"), "{report}");
}

#[test]
#[ignore = "needs krb5kdc"]
fn fault_293_the_networks_kerberos_is_silent() {
    let realm = Realm::start();
    let (kdc, _udp) = silent_kdc();
    let folder = tempfile::tempdir().expect("a folder");
    let tickets = realm.sign_in("1h").with_kdc(folder.path(), kdc.local_addr().expect("its address"));
    let wants = "HTTP/1.1 407 Required\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n";
    let proxy = RawServer::replying(wants);
    let name = "proxy that wants a Kerberos ticket, and the network's Kerberos is silent";
    let [(first, settings), (second, cache)] = tickets.variables();
    Situation::new(name, format!("https://{HOST}"))
        .through_named(PROXY_NAME, proxy.address())
        .variable(first, &settings)
        .variable(second, &cache)
        .with(&["--timeout", "2"])
        .ends(2, "tunnel");
}
