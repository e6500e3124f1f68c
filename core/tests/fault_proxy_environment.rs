//! Rows 59, 61, 61a and 62 of the fault matrix: where the proxy comes from, and who is reached without one.
//!
//! Each case is a process of its own with an environment of its own, in which a preloaded shim shows what was
//! looked up and where it wanted to connect to.
// The shim is Linux's.
#![cfg(target_os = "linux")]

mod proxying;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use proxying::child::{self, Journey, Report};
use proxying::script::Proxy;
use proxying::{HOST, TOKEN, assert_has_token, base64, client, server};
use qls_precheck_core::{Cause, Client, Status};
use support::root;

/// The test that child processes run: there it asks the server instead of testing.
const STAGE: &str = "fault_061_the_documented_no_proxy_table";

fn travel(journey: &Journey<'_>) -> Report {
    child::travel(STAGE, journey)
}

/// Asks `server` in this environment.
fn ask_in(server: &str, environment: &[(&str, &str)]) -> Report {
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
    travel(&Journey { server, environment: &environment, ..Journey::default() })
}

/// A proxy that refuses tunnels: the tests only need to know that it was asked for one.
fn refusing() -> Proxy {
    Proxy::replying("HTTP/1.1 403 No\r\n\r\n")
}

/// Whether the call in `report` went through `proxy`, which had `before` connections earlier. Both the shim and the proxy
/// have to say so.
#[track_caller]
fn was_proxied(report: &Report, proxy: &Proxy, before: usize) -> bool {
    match (proxy.heard().len() - before, report.tried.as_slice()) {
        (1, []) => {
            report.failed(2002, "proxy-refused");
            true
        }
        (0, [first, ..]) => {
            let (status, cause) =
                if first.starts_with("lookup") { (2000, "name-not-found") } else { (2001, "connection-refused") };
            report.failed(status, cause);
            false
        }
        (asked, tried) => panic!("the proxy was asked {asked} times, and this was tried: {tried:?}: {report:?}"),
    }
}

/// A row of the table: entries, and who is reached directly with them, and who is not.
struct Row {
    entries: String,
    direct: Vec<String>,
    proxied: Vec<String>,
}

fn documented_rows() -> Vec<Row> {
    let document = fs::read_to_string(root().join("docs/proxies.md")).expect("the documentation");
    let section = document.split("\n## ").find(|section| section.starts_with("NO_PROXY")).expect("its section");
    // The text between backticks.
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let lines = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [entries, direct, proxied] = cells[..] else { panic!("not three cells: {line}") };
        let [entries] = &quoted(entries)[..] else { panic!("not one list of entries: {line}") };
        Row { entries: entries.clone(), direct: quoted(direct), proxied: quoted(proxied) }
    });
    rows.collect()
}

#[test]
fn fault_061_the_documented_no_proxy_table() {
    if child::asked_here() {
        return;
    }
    let rows = documented_rows();
    assert!(rows.len() >= 20, "{} rows were found", rows.len());
    let proxy = refusing();
    for Row { entries, direct, proxied } in rows {
        assert!(!direct.is_empty() || !proxied.is_empty(), "{entries}: no examples");
        for (host, expected) in direct.iter().map(|host| (host, false)).chain(proxied.iter().map(|host| (host, true))) {
            let before = proxy.heard().len();
            let environment = [("HTTPS_PROXY", proxy.url("http")), ("NO_PROXY", entries.clone())];
            let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
            let report = ask_in(&format!("https://{host}"), &environment);
            assert_eq!(was_proxied(&report, &proxy, before), expected, "NO_PROXY={entries:?}, {host}: by proxy?");
        }
    }
}

#[test]
fn fault_061_malformed_no_proxy_entries_exempt_nothing() {
    let proxy = refusing();
    let url = proxy.url("http");
    for (entries, host) in [
        ("[ff0e::7]8443", "[ff0e::7]:8443"),
        ("[ff0e::7]8443", "[ff0e::7]"),
        ("[ff0e::7]/128", "[ff0e::7]"),
        ("[mynet.invalid]", "mynet.invalid"),
        ("[mynet.invalid]", "a.mynet.invalid"),
        ("10.0.0.0/+8", "10.1.2.3"),
        ("10.0.0.0/+8", "10.0.0.0"),
    ] {
        let before = proxy.heard().len();
        let report = ask_in(&format!("https://{host}"), &[("HTTPS_PROXY", &url), ("NO_PROXY", entries)]);
        assert!(was_proxied(&report, &proxy, before), "NO_PROXY={entries:?}, {host}");
    }
}

#[test]
fn fault_061_which_variable_names_the_proxy() {
    let (right, wrong) = (refusing(), refusing());
    let (a, b) = (right.url("http"), wrong.url("http"));
    let (a, b) = (a.as_str(), b.as_str());
    let bare = right.address().to_string();
    let cases: [(&str, &[(&str, &str)]); 15] = [
        ("https", &[("HTTPS_PROXY", a), ("HTTP_PROXY", b), ("ALL_PROXY", b)]),
        ("https", &[("https_proxy", a), ("HTTPS_PROXY", b)]),
        ("https", &[("https_proxy", ""), ("HTTPS_PROXY", a)]),
        ("https", &[("all_proxy", a), ("ALL_PROXY", b), ("HTTP_PROXY", b)]),
        ("https", &[("HTTPS_PROXY", ""), ("ALL_PROXY", a)]),
        ("https", &[("all_proxy", b), ("HTTPS_PROXY", a)]),
        ("https", &[("HTTPS_PROXY", &bare)]),
        ("https", &[("HTTPS_PROXY", a), ("NO_PROXY", "")]),
        ("https", &[("HTTPS_PROXY", a), ("NO_PROXY", " , ,")]),
        ("https", &[("HTTPS_PROXY", a), ("no_proxy", "example.org"), ("NO_PROXY", "*")]),
        ("http", &[("HTTP_PROXY", a), ("HTTPS_PROXY", b), ("ALL_PROXY", b)]),
        ("http", &[("http_proxy", a), ("HTTP_PROXY", b)]),
        ("http", &[("http_proxy", ""), ("HTTP_PROXY", a)]),
        ("http", &[("ALL_PROXY", a), ("HTTPS_PROXY", b)]),
        ("HTTP", &[("HTTP_PROXY", a), ("HTTPS_PROXY", b)]),
    ];
    for (scheme, environment) in cases {
        let before = right.heard().len();
        let report = ask_in(&format!("{scheme}://{HOST}"), environment);
        assert!(was_proxied(&report, &right, before), "{scheme}: {environment:?}");
    }
    let direct: [(&str, &[(&str, &str)]); 6] = [
        ("https", &[]),
        ("https", &[("HTTP_PROXY", b), ("http_proxy", b)]),
        ("http", &[("HTTPS_PROXY", b), ("https_proxy", b)]),
        ("https", &[("HTTPS_PROXY", ""), ("https_proxy", ""), ("ALL_PROXY", ""), ("all_proxy", "")]),
        ("https", &[("HTTPS_PROXY", b), ("no_proxy", ""), ("NO_PROXY", "*")]),
        ("https", &[("ALL_PROXY", b), ("no_proxy", HOST)]),
    ];
    for (scheme, environment) in direct {
        let report = ask_in(&format!("{scheme}://{HOST}"), environment);
        assert!(!was_proxied(&report, &wrong, 0), "{scheme}: {environment:?}");
    }
    assert_eq!(wrong.heard().len(), 0);
}

#[test]
fn fault_061_an_explicit_setting_ignores_the_environment() {
    let (right, wrong) = (refusing(), refusing());
    let (a, b) = (right.url("http"), wrong.url("http"));
    let environments =
        [[("HTTPS_PROXY", b.as_str()), ("NO_PROXY", "*")], [("HTTPS_PROXY", "no:proxy:at:all"), ("NO_PROXY", HOST)]];
    for environment in environments {
        let environment = environment.map(|(name, value)| (name, OsStr::new(value)));
        let journey = Journey { server: &format!("https://{HOST}"), environment: &environment, ..Journey::default() };
        let before = right.heard().len();
        let report = travel(&Journey { proxy: Some(&a), ..journey });
        assert!(was_proxied(&report, &right, before), "{environment:?}");
    }
    let environment = [("HTTPS_PROXY", OsStr::new(&b)), ("ALL_PROXY", OsStr::new(&b))];
    let server = format!("https://{HOST}");
    let report = travel(&Journey { server: &server, environment: &environment, proxy: Some(""), ..Journey::default() });
    assert!(!was_proxied(&report, &wrong, 0));
    assert_eq!(wrong.heard().len(), 0);
}

#[test]
fn fault_061a_loopback_is_never_proxied() {
    let (server, proxy) = (server(), refusing());
    let port = server.address().port();
    let hosts = ["127.0.0.1", "localhost", "LocalHost", "localhost."];
    for host in hosts {
        for proxy in [&proxy.url("http"), "no:proxy:at:all"] {
            let environment = [("HTTP_PROXY", OsStr::new(proxy)), ("ALL_PROXY", OsStr::new(proxy))];
            let report = travel(&Journey {
                server: &format!("http://{host}:{port}"),
                hosts: &["localhost", "localhost."],
                environment: &environment,
                ..Journey::default()
            });
            report.succeeded();
        }
    }
    assert_eq!(proxy.heard().len(), 0);
    assert_has_token(&server, 2 * hosts.len());
}

/// Addresses that cannot be read, each with a password that must not be shown.
const UNREADABLE: [&str; 24] = [
    "http://paula:open-sesame@proxy.example.com:0",
    "http://paula:open-sesame@proxy.example.com:65536",
    "http://paula:open-sesame@proxy.example.com:99999999999999999999",
    "http://paula:open-sesame@proxy.example.com:",
    "http://paula:open-sesame@proxy.example.com:+80",
    "http://paula:open-sesame@proxy.example.com:http",
    "http://paula:open-sesame@proxy.example.com:80:80",
    "ftp://paula:open-sesame@proxy.example.com",
    "socks4://paula:open-sesame@proxy.example.com",
    "://paula:open-sesame@proxy.example.com",
    "http://paula:open-sesame@proxy.example.com/path",
    "http://paula:open-sesame@proxy.example.com//",
    "http://paula:open-sesame@proxy.example.com?query",
    "http://paula:open-sesame@proxy.example.com#fragment",
    "http://paula:open-sesame@",
    "http://paula:open-sesame@proxy example com",
    "http://paula:open-sesame@pr\u{f6}xy.example.com",
    "http://paula:open-sesame@[::1",
    "http://paula:open-sesame@::1:3128",
    "http://paula:open-sesame%@proxy.example.com",
    "http://paula:open-sesame%4@proxy.example.com",
    "http://paula:open-sesame%zz@proxy.example.com",
    "http://paula:open-sesame\r\nX-Field: x@proxy.example.com",
    "socks5://:open-sesame@proxy.example.com",
];

#[test]
fn fault_059_a_setter_refuses_what_it_cannot_read() {
    let longest = format!("socks5://{}:open-sesame@proxy.example.com", "x".repeat(256));
    for address in UNREADABLE.into_iter().chain([longest.as_str(), " ", "http://", "http:///", "http://127.1"]) {
        let mut client = Client::new();
        let error = client.set_proxy(Some(address)).expect_err(address);
        assert_eq!((error.status(), error.cause()), (Status::InvalidArgument, Cause::InvalidProxy), "{address}");
        for said in [error.message(), format!("{error:?}"), format!("{client:?}")] {
            assert!(!said.contains("open-sesame") && !said.contains("paula"), "{address}: {said}");
        }
    }
}

/// A refused address changes nothing: later calls go where earlier ones went.
#[test]
fn fault_059_a_refused_setter_leaves_the_proxy_in_place() {
    let proxy = refusing();
    let mut client = client(&format!("https://{HOST}"), &proxy.url("http"));
    client.set_proxy(Some("ftp://proxy.example.com")).expect_err("an unsupported scheme");
    proxying::ask(&mut client).failed(Status::ProxyFailed, Cause::ProxyRefused);
    assert_eq!(proxy.heard().len(), 1);
}

#[test]
fn fault_059_an_unreadable_variable_ends_the_call() {
    for address in UNREADABLE {
        let report = ask_in(&format!("https://{HOST}"), &[("HTTPS_PROXY", address)]);
        report.failed(1004, "proxy-setting-invalid");
        assert!(report.message.contains("HTTPS_PROXY"), "{}", report.message);
        assert!(!report.said.contains("open-sesame") && !report.said.contains("paula"), "{}", report.said);
        assert!(report.tried.is_empty(), "{address}: {:?}", report.tried);
    }
    // It holds for every variable, and no other variable takes its place.
    let proxy = refusing();
    let good = proxy.url("http");
    for (scheme, name) in [("https", "https_proxy"), ("http", "HTTP_PROXY"), ("http", "http_proxy")] {
        let environment = [(name, "http://open-sesame:0"), ("ALL_PROXY", good.as_str())];
        let report = ask_in(&format!("{scheme}://{HOST}"), &environment);
        report.failed(1004, "proxy-setting-invalid");
        assert!(report.message.contains(name), "{}", report.message);
        assert!(report.tried.is_empty() && !report.said.contains("open-sesame"), "{report:?}");
    }
    for name in ["ALL_PROXY", "all_proxy"] {
        let report = ask_in(&format!("https://{HOST}"), &[(name, " ")]);
        report.failed(1004, "proxy-setting-invalid");
        assert!(report.message.contains(name) && report.tried.is_empty(), "{report:?}");
    }
    assert_eq!(proxy.heard().len(), 0);
}

/// A variable may hold bytes that are not UTF-8. They are used as they are or refused, and never replaced by others.
#[test]
fn fault_060_a_password_in_another_encoding_is_not_mangled() {
    let proxy = refusing();
    let address = [b"http://paula:schl\xfcssel@", proxy.address().to_string().as_bytes()].concat();
    let environment = [("HTTPS_PROXY", OsStr::from_bytes(&address))];
    let report =
        travel(&Journey { server: &format!("https://{HOST}"), environment: &environment, ..Journey::default() });
    let exact = format!("Proxy-Authorization: Basic {}", base64(b"paula:schl\xfcssel"));
    match report.status {
        1004 => assert!(report.failed(1004, "proxy-setting-invalid").tried.is_empty() && proxy.heard().is_empty()),
        _ => assert!(proxy.head().contains(&exact), "{:?}", proxy.head()),
    }
    assert!(!report.said.contains("ssel"), "{}", report.said);
}

#[test]
fn fault_062_a_proxy_without_an_address_is_told_apart_from_such_a_server() {
    for scheme in ["http", "socks5"] {
        let proxy = format!("{scheme}://paula:open-sesame@proxy.example.com:3128");
        let report = ask_in(&format!("https://{HOST}"), &[("HTTPS_PROXY", &proxy)]);
        report.failed(2002, "name-not-found");
        assert_eq!(report.tried, ["lookup proxy.example.com"]);
        let shown = format!("the proxy {scheme}://proxy.example.com:3128");
        assert!(report.message.contains(&shown) && report.message.contains(HOST), "{}", report.message);
        assert!(!report.said.contains("open-sesame") && !report.said.contains("paula"), "{}", report.said);
    }
    let report = ask_in(&format!("https://{HOST}"), &[]);
    report.failed(2000, "name-not-found");
    assert_eq!(report.tried, [format!("lookup {HOST}")]);
    assert!(!report.message.contains("proxy"), "{}", report.message);
}

/// A name may have several addresses; the one that answers may use all the time there is.
#[test]
fn fault_057_a_silent_proxy_with_two_addresses_is_given_the_whole_time() {
    const TIMEOUT_MS: u64 = 2000;
    let proxy = Proxy::talking(|peer| peer.until_hang_up());
    for scheme in ["http", "socks5"] {
        let value = format!("{scheme}://two.example.com:{}", proxy.address().port());
        let report = travel(&Journey {
            server: &format!("https://{HOST}"),
            timeout_ms: TIMEOUT_MS,
            hosts: &["two.example.com"],
            environment: &[("ALL_PROXY", OsStr::new(&value))],
            ..Journey::default()
        });
        report.failed(2005, "deadline");
        let took = report.took.as_millis();
        assert!((u128::from(TIMEOUT_MS)..u128::from(TIMEOUT_MS) + 2000).contains(&took), "{took} ms: {report:?}");
    }
    assert_eq!(proxy.heard().len(), 2);
}

/// Only the proxy's own name is looked up.
#[test]
fn fault_063_the_servers_name_is_the_proxys_to_resolve() {
    let server = server();
    let address = server.address();
    let http = Proxy::connecting(address);
    let socks = Proxy::talking(move |peer| {
        peer.socks_methods();
        peer.say(&[5, 0]);
        assert_eq!(peer.socks_request().host, HOST.as_bytes());
        peer.say(proxying::script::SOCKS_CONNECTED);
        peer.tunnel(address);
    });
    for (scheme, proxy) in [("http", &http), ("socks5", &socks), ("socks5h", &socks)] {
        let value = format!("{scheme}://proxy.example.com:{}", proxy.address().port());
        let report = travel(&Journey {
            server: &format!("http://{HOST}"),
            hosts: &["proxy.example.com", HOST],
            environment: &[("ALL_PROXY", OsStr::new(&value))],
            ..Journey::default()
        });
        report.succeeded();
        assert_eq!(report.tried, ["lookup proxy.example.com"]);
        assert!(!report.said.contains(TOKEN), "{}", report.said);
    }
    assert_eq!(http.head()[0], format!("CONNECT {HOST}:80 HTTP/1.1"));
    assert_has_token(&server, 3);
}
