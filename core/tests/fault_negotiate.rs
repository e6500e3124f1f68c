//! Rows 263 to 271, 295 and 296 of the fault matrix: HTTP proxies that want the signed-in user (Negotiate). The tickets
//! are real ones, and so is the proxy wherever it need not misbehave: Squid.
#![cfg(target_os = "linux")]

mod proxying;

use std::ffi::OsStr;
use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use proxying::child::{Journey, Report, asked_here, travel};
use proxying::script::{ESTABLISHED, Peer, Proxy};
use proxying::{HOST, TOKEN, ask, assert_has_token, client, server};
use qls_precheck_core::{Cause, Status};
use support::kerberos::{PROXY_NAME, Realm, Tickets, silent_kdc};
use support::{RawServer, lab, run};

/// The test that children run.
const CHILD: &str = "fault_270_an_address_of_numbers";

const NEGOTIATE: &str = "HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n";

/// MIT's library asks a silent KDC for longer than this: 27 s.
const GIVES_UP: Duration = Duration::from_secs(20);

/// A challenge of NTLM, in the wrapping of Negotiate (RFC 4178): for the domain EXAMPLE, of a computer called PROXY.
const NTLM_CHALLENGE: &str = "oYGWMIGToAMKAQGhDAYKKwYBBAGCNwICCqJ+BHxOVExNU1NQAAIAAAAOAA4AOAAAABWCiuIBAgMEBQYHCAAAAAAAAAAANgA2AEYAAAAGAbEdAAAAD0UAWABBAE0AUABMAEUAAgAOAEUAWABBAE0AUABMAEUAAQAKAFAAUgBPAFgAWQAEAAAAAwAKAHAAcgBvAHgAeQAAAAAA";

fn named(proxy: SocketAddr) -> String {
    format!("http://{PROXY_NAME}:{}", proxy.port())
}

/// Asks `server` as somebody who has these tickets.
fn ask_with(tickets: &Tickets, server: &RawServer, proxy: &str, timeout_ms: u64) -> Report {
    let variables = tickets.variables();
    ask_in(&variables.each_ref().map(|(name, value)| (*name, OsStr::new(value))), server, proxy, timeout_ms)
}

fn ask_in(environment: &[(&str, &OsStr)], server: &RawServer, proxy: &str, timeout_ms: u64) -> Report {
    let url = format!("http://{HOST}:{}", server.address().port());
    let hosts = &[PROXY_NAME];
    travel(CHILD, &Journey { server: &url, proxy: Some(proxy), timeout_ms, hosts, environment })
}

#[track_caller]
fn told(report: &Report, words: &[&str]) {
    for word in words {
        assert!(report.message.contains(word), "{word:?} is missing: {}", report.message);
    }
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_263_a_ticket() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/localhost"), server());
    let report = ask_with(&realm.sign_in("1h"), &server, &named(squid.address()), 0);
    report.succeeded();
    assert_has_token(&server, 1);
    assert!(report.said.contains("by Negotiate"), "{}", report.said);
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_264_no_ticket() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/localhost"), server());
    let report = ask_with(&realm.nobody(), &server, &named(squid.address()), 0);
    report.failed(2002, "proxy-auth-required");
    told(&report, &["Kerberos ticket", "No Kerberos credentials available", "kinit"]);
    // Squid takes no password.
    assert!(!report.message.contains("password"), "{}", report.message);
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_265_a_ticket_that_has_expired() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/localhost"), server());
    let tickets = realm.sign_in("1s");
    thread::sleep(Duration::from_secs(2));
    let report = ask_with(&tickets, &server, &named(squid.address()), 0);
    report.failed(2002, "proxy-auth-required");
    told(&report, &["Ticket expired", "kinit"]);
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_266_a_proxy_of_another_name() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/other"), server());
    let tickets = realm.sign_in("1h");
    // Its key is not that of the name by which it is called: it cannot read the ticket.
    let report = ask_with(&tickets, &server, &named(squid.address()), 0);
    report.failed(2002, "proxy-ticket-refused");
    told(&report, &["does not accept the signed-in user", "HTTP 407"]);
    // The realm does not know the name.
    let report = ask_with(&tickets, &server, &named(squid.address()).replace(PROXY_NAME, "proxy.localhost"), 0);
    report.failed(2002, "proxy-auth-required");
    told(&report, &["HTTP/proxy.localhost", "not found in Kerberos database"]);
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_267_a_silent_kdc() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/localhost"), server());
    let (kdc, _udp) = silent_kdc();
    let folder = tempfile::tempdir().expect("a folder");
    let tickets = realm.sign_in("1h").with_kdc(folder.path(), kdc.local_addr().expect("its address"));
    let report = ask_with(&tickets, &server, &named(squid.address()), 4000);
    report.failed(2005, "deadline");
    told(&report, &["asking Kerberos for a ticket for HTTP/localhost"]);
    assert!(report.took >= Duration::from_millis(4000) && report.took < GIVES_UP, "{report:?}");
}

/// Who passes the user's tickets on has to ask the KDC for one that can be passed on.
#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_295_nothing_is_delegated() {
    let realm = Realm::start();
    let (squid, server) = (realm.squid(HOST, "HTTP/localhost"), server());
    ask_with(&realm.sign_in("1h"), &server, &named(squid.address()), 0).succeeded();
    let log = realm.log();
    let asked: Vec<_> = log.lines().filter(|line| line.contains("TGS_REQ") && line.contains("ISSUE")).collect();
    assert!(!asked.is_empty() && asked.iter().all(|line| line.contains(" for HTTP/localhost@")), "{log}");
}

/// Runs the test `name` again, in a process of its own where a KDC is silent: the variables count for all of it. Returns
/// the proxy's address in there, and None outside.
fn where_the_kdc_is_silent(name: &str) -> Option<String> {
    const INSIDE: &str = "QLS_TEST_SILENT_KDC";
    if let Ok(proxy) = std::env::var(INSIDE) {
        return Some(proxy);
    }
    let realm = Realm::start();
    let (kdc, _udp) = silent_kdc();
    let folder = tempfile::tempdir().expect("a folder");
    let tickets = realm.sign_in("1h").with_kdc(folder.path(), kdc.local_addr().expect("its address"));
    let proxy = Proxy::replying(NEGOTIATE);
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", name, "--include-ignored", "--nocapture"]);
    let output = run(command.env(INSIDE, named(proxy.address())).envs(tickets.variables()));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "the test did not run: {said}");
    None
}

/// How many threads of this process ask for tickets.
fn asking() -> usize {
    let tasks = fs::read_dir("/proc/self/task").expect("this process's threads").flatten();
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|name| name.trim() == "qls-negotiate").count()
}

/// As row 24 has it for look-ups of names. On a busy machine a call may end before it has asked for a ticket.
#[test]
#[ignore = "needs krb5kdc"]
fn fault_296_the_kdc_is_silent_again_and_again() {
    let Some(proxy) = where_the_kdc_is_silent("fault_296_the_kdc_is_silent_again_and_again") else { return };
    let mut client = client(&format!("http://{HOST}"), &proxy);
    client.set_timeout(Duration::from_millis(500)).expect("a timeout");
    let is_busy = |message: &String| message.contains("4 earlier requests are still without an answer");
    let mut messages = Vec::new();
    while !messages.last().is_some_and(is_busy) && messages.len() < 40 {
        let outcome = client.check(Some(TOKEN), proxying::CONSUMERS);
        assert_eq!((outcome.status(), outcome.cause()), (Status::Timeout, Some(Cause::Deadline)), "{outcome:?}");
        messages.push(outcome.message().to_owned());
        assert!(asking() <= 4, "{messages:?}");
    }
    assert!(messages.len() > 4 && messages.last().is_some_and(is_busy), "{messages:?}");
}

#[test]
#[ignore = "needs krb5kdc"]
fn fault_267_canceled_while_the_kdc_is_silent() {
    let Some(proxy) = where_the_kdc_is_silent("fault_267_canceled_while_the_kdc_is_silent") else { return };
    let mut client = client(&format!("http://{HOST}"), &proxy);
    client.set_timeout(Duration::from_secs(120)).expect("a timeout");
    client.set_connect_timeout(Duration::from_secs(120)).expect("a timeout");
    let (outcome, took) = thread::scope(|scope| {
        let call = scope.spawn(|| client.check(Some(TOKEN), proxying::CONSUMERS));
        while asking() == 0 && !call.is_finished() {
            thread::sleep(Duration::from_millis(10));
        }
        let start = Instant::now();
        client.cancel();
        (call.join().expect("the call ends"), start.elapsed())
    });
    assert_eq!(outcome.status(), Status::Cancelled, "{outcome:?}");
    assert!(outcome.message().contains("asking Kerberos for a ticket"), "{outcome:?}");
    assert!(took < GIVES_UP, "{took:?}");
}

/// In a network of its own, where a file can be covered.
#[test]
#[ignore = "needs unshare"]
fn fault_268_no_library() {
    if !lab::is_inside("fault_268_no_library", &[]) {
        return;
    }
    lab::cover_gssapi();
    for (offer, words) in [
        (NEGOTIATE.to_owned(), &["libgssapi_krb5.so.2", "cannot be loaded"][..]),
        (
            NEGOTIATE.replace("Negotiate", "Negotiate, Basic realm=\"x\""),
            &["libgssapi_krb5.so.2", "a user name and a password"],
        ),
    ] {
        let proxy = Proxy::replying(offer);
        let asked = ask(&mut client(&format!("http://{HOST}"), &named(proxy.address())));
        asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(words);
    }
}

/// What stands behind `Proxy-Authorization: Negotiate` in a request; None if there is no such header.
fn message(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("Proxy-Authorization: Negotiate "))
}

/// Asks through a proxy that wants NTLM, which takes three requests. `refuse` answers the first two, with the given
/// challenge, and says whether the connection stays open.
fn ask_by_ntlm(refuse: impl Fn(&mut Peer, &str) -> bool + Send + Sync + 'static) -> (Report, Vec<String>) {
    let server = server();
    let address = server.address();
    let requests = AtomicUsize::new(0);
    let proxy = Proxy::talking(move |peer| {
        loop {
            let head = peer.head();
            if head.is_empty() {
                return;
            }
            let challenge = match (requests.fetch_add(1, Ordering::SeqCst), message(&head)) {
                (0, None) => "Negotiate".to_owned(),
                (1, Some(_)) => format!("Negotiate {NTLM_CHALLENGE}"),
                (2, Some(_)) => break,
                _ => "Basic realm=\"this is one too many\"".to_owned(),
            };
            if !refuse(peer, &challenge) {
                return;
            }
        }
        peer.say(ESTABLISHED);
        peer.tunnel(address);
    });
    let folder = tempfile::tempdir().expect("a folder");
    let (users, settings) = (folder.path().join("users"), folder.path().join("krb5.conf"));
    fs::write(&users, "EXAMPLE:paula:open-sesame\n").expect("the user");
    fs::write(&settings, "").expect("no realm");
    let none = format!("FILE:{}", folder.path().join("none").display());
    let variables = [
        ("NTLM_USER_FILE", users.as_os_str()),
        ("KRB5_CONFIG", settings.as_os_str()),
        ("KRB5CCNAME", OsStr::new(&none)),
    ];
    let report = ask_in(&variables, &server, &named(proxy.address()), 0);
    let heard = proxy.heard().iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    (report, heard)
}

#[test]
#[ignore = "needs gss-ntlmssp"]
fn fault_269_a_proxy_that_wants_further_messages() {
    let head = |challenge: &str, fields: &str| {
        format!("HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: {challenge}\r\n{fields}\r\n")
    };
    let page = "<html>".repeat(1000);
    for (fields, body) in [
        ("Content-Length: 0\r\n", String::new()),
        ("Content-Length: 6000\r\n", page.clone()),
        ("Transfer-Encoding: chunked\r\n", format!("1770;x=y\r\n{page}\r\n3\r\nabc\r\n0\r\nX-Trailer: x\r\n\r\n")),
        ("Proxy-Connection: keep-alive\r\nContent-Length: 6000\r\n", page.clone()),
    ] {
        let (report, heard) = ask_by_ntlm(move |peer, challenge| {
            peer.say(head(challenge, fields).as_bytes());
            peer.say(body.as_bytes())
        });
        report.succeeded();
        assert_eq!(heard.len(), 1, "{fields}: {heard:?}");
    }
    // It closes, having said so or not.
    for (fields, body) in [
        ("Connection: close\r\nContent-Length: 0\r\n", ""),
        ("Content-Length: 0\r\n", ""),
        ("", "as long as it lasts"),
        ("Content-Length: 9000\r\n", "less than that"),
        ("Transfer-Encoding: chunked\r\n", "nonsense\r\n"),
        ("Content-Length: 99999999\r\n", "too much to read"),
    ] {
        let (report, heard) = ask_by_ntlm(move |peer, challenge| {
            peer.say(head(challenge, fields).as_bytes());
            peer.say(body.as_bytes());
            false
        });
        report.succeeded();
        assert_eq!(heard.len(), 3, "{fields}: {heard:?}");
        assert!(heard.iter().all(|heard| heard.matches("CONNECT ").count() == 1), "{fields}: {heard:?}");
    }
}

/// The ticket is not shown even if the proxy repeats it.
#[test]
#[ignore = "needs gss-ntlmssp"]
fn fault_269_a_proxy_that_accepts_the_user_and_does_not_connect() {
    let (report, heard) = ask_by_ntlm(|peer, challenge| {
        if challenge == "Negotiate" {
            return peer.say(NEGOTIATE.as_bytes());
        }
        let said = String::from_utf8_lossy(&peer.heard()).into_owned();
        let ticket = message(&said).expect("a message");
        peer.say(format!("HTTP/1.1 403 {ticket} may not\r\n\r\n").as_bytes())
    });
    report.failed(2002, "proxy-refused");
    let ticket = message(&heard[0]).expect("a message");
    assert!(!report.said.contains(ticket), "{}", report.said);
    told(&report, &["HTTP 403", "may not"]);
}

#[test]
fn fault_270_an_address_of_numbers() {
    if asked_here() {
        return;
    }
    for (offer, words) in [
        ("Negotiate", &["addresses of numbers", "write the proxy's name"][..]),
        ("Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"", &["addresses of numbers", "a user name and a password"]),
    ] {
        let proxy = Proxy::replying(NEGOTIATE.replace("Negotiate", offer));
        let asked = ask(&mut client(&format!("https://{HOST}"), &proxy.url("http")));
        asked.failed(Status::ProxyFailed, Cause::ProxyAuthRequired).told(words);
        assert_eq!(proxy.heard().len(), 1);
    }
}

#[test]
#[ignore = "needs krb5kdc and squid"]
fn fault_271_negotiate_and_basic() {
    const BOTH: &str = "Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"";
    let realm = Realm::start();
    let (tickets, server) = (realm.sign_in("1h"), server());
    let heard = |offer: &str, credentials: &str, tickets: &Tickets| {
        let proxy = Proxy::talking({
            let offer = NEGOTIATE.replace("Negotiate", offer);
            move |peer| while !peer.head().is_empty() && peer.say(offer.as_bytes()) {}
        });
        let url = named(proxy.address()).replace("://", &format!("://{credentials}"));
        let report = ask_with(tickets, &server, &url, 0);
        let heard = String::from_utf8_lossy(&proxy.heard().concat()).into_owned();
        let scheme = |line: &str| line.split(' ').nth(1).map(str::to_owned);
        let authorizations = heard.lines().filter(|line| line.starts_with("Proxy-Authorization: "));
        (report, authorizations.filter_map(scheme).collect::<Vec<_>>())
    };
    let (report, schemes) = heard(BOTH, "", &tickets);
    report.failed(2002, "proxy-ticket-refused");
    assert_eq!(schemes, ["Negotiate"]);
    let (report, schemes) = heard(BOTH, "paula:open-sesame@", &tickets);
    report.failed(2002, "proxy-auth-required");
    assert_eq!(schemes, ["Basic"]);
    // The password is not what this proxy wants.
    let (report, schemes) = heard("Negotiate", "paula:open-sesame@", &tickets);
    report.failed(2002, "proxy-ticket-refused");
    assert_eq!(schemes, ["Basic", "Negotiate"]);
    let (report, schemes) = heard(BOTH, "", &realm.nobody());
    report.failed(2002, "proxy-auth-required");
    told(&report, &["kinit", "or put a user name and a password into the proxy's address"]);
    assert!(schemes.is_empty(), "{schemes:?}");
}
