//! Rows 172, 173, 177 and 244 of the fault matrix: whose setting a proxy is, and what the message says about that. Each case
//! is a process of its own; `proxying/child.rs` says how.
// The shim is Linux's.
#![cfg(target_os = "linux")]

mod child;
mod proxying;
mod waits;

use std::ffi::OsStr;

use child::Child;
use proxying::child::{Journey, Report, asked_here, travel};
use proxying::script::{Proxy, SOCKS_CONNECTED};
use proxying::{HOST, ask, assert_has_token, client, deserted, server};
use qls_precheck_core::{Cause, Status};
use waits::Silent;

/// The test that child processes run.
const STAGE: &str = "fault_172_http_proxy_in_a_cgi_process";

fn ask_in(server: &str, environment: &[(&str, &str)]) -> Report {
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
    travel(STAGE, &Journey { server, environment: &environment, ..Journey::default() })
}

/// A web server sets HTTP_PROXY in its CGI programs to what a stranger's request says.
#[test]
fn fault_172_http_proxy_in_a_cgi_process() {
    if asked_here() {
        return;
    }
    let proxy = Proxy::replying("HTTP/1.1 403 No\r\n\r\n");
    let (url, http) = (proxy.url("http"), format!("http://{HOST}"));
    let https = format!("https://{HOST}");
    type Variables<'v> = &'v [(&'v str, &'v str)];
    let cases: [(&str, Variables<'_>, bool); 7] = [
        (&http, &[("HTTP_PROXY", &url)], true),
        (&http, &[("HTTP_PROXY", &url), ("REQUEST_METHOD", "")], true),
        (&http, &[("HTTP_PROXY", &url), ("REQUEST_METHOD", "GET")], false),
        (&http, &[("HTTP_PROXY", "no:proxy:at:all"), ("REQUEST_METHOD", "POST")], false),
        (&http, &[("http_proxy", &url), ("HTTP_PROXY", "http://192.0.2.1"), ("REQUEST_METHOD", "GET")], true),
        (&http, &[("ALL_PROXY", &url), ("HTTP_PROXY", "http://192.0.2.1"), ("REQUEST_METHOD", "GET")], true),
        (&https, &[("HTTPS_PROXY", &url), ("REQUEST_METHOD", "GET")], true),
    ];
    for (server, environment, is_proxied) in cases {
        let before = proxy.heard().len();
        let report = ask_in(server, environment);
        assert_eq!(proxy.heard().len() - before, usize::from(is_proxied), "{environment:?}: {report:?}");
        match is_proxied {
            true => report.failed(2002, "proxy-refused"),
            false => report.failed(2000, "name-not-found"),
        };
    }
}

#[test]
fn fault_173_socks_as_gnome_writes_it() {
    let server = server();
    let address = server.address();
    let proxy = Proxy::talking(move |peer| {
        peer.socks_methods();
        peer.say(&[5, 0]);
        assert_eq!(peer.socks_request().host, HOST.as_bytes());
        peer.say(SOCKS_CONNECTED);
        peer.tunnel(address);
    });
    for scheme in ["socks", "SOCKS"] {
        // GNOME writes a slash behind it.
        let report = ask_in(&format!("http://{HOST}"), &[("all_proxy", &format!("{}/", proxy.url(scheme)))]);
        report.succeeded();
    }
    assert_has_token(&server, 2);
}

#[test]
fn fault_177_a_failure_at_a_proxy_says_where_it_was_set() {
    let (_socket, address) = deserted();
    let dead = format!("http://paula:open-sesame@{address}");
    let https = format!("https://{HOST}");
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        let report = ask_in(&https, &[(name, &dead)]);
        report.failed(2002, "connection-refused");
        let place = format!("the proxy http://{address} (set in the environment variable {name}): ");
        assert!(report.message.contains(&place), "{}", report.message);
        assert!(report.message.contains("remove it from there"), "{}", report.message);
        assert!(!report.said.contains("open-sesame") && !report.said.contains("paula"), "{}", report.said);
    }
    // A proxy that answers is there.
    let proxy = Proxy::replying("HTTP/1.1 403 No\r\n\r\n");
    let report = ask_in(&https, &[("HTTPS_PROXY", &proxy.url("http"))]);
    report.failed(2002, "proxy-refused");
    assert!(report.message.contains("environment variable HTTPS_PROXY"), "{}", report.message);
    assert!(!report.message.contains("remove it"), "{}", report.message);
    // The program's own.
    let asked = ask(&mut client(&https, &dead));
    asked.failed(Status::ProxyFailed, Cause::ConnectionRefused).told(&["(set explicitly)"]);
    assert!(!asked.outcome.message().contains("remove it"), "{}", asked.outcome.message());
}

/// Advice to remove a proxy that is there would send people the wrong way.
#[test]
fn fault_244_only_a_proxy_that_cannot_be_reached_may_be_gone() {
    let child = Child::new();
    let (_socket, address) = deserted();
    let dead = format!("http://{address}");
    let silent = Silent::new();
    let silent = format!("http://{}", silent.address);
    let named = "http://proxy.example.com:3128";
    for (proxy, shim, status, cause, may_be_gone) in [
        (&*dead, ("SHIM_ANSWER", "noname"), "QLS_PROXY_FAILED", "connection-refused", true),
        (named, ("SHIM_ANSWER", "noname"), "QLS_PROXY_FAILED", "name-not-found", true),
        (named, ("SHIM_ANSWER", "again"), "QLS_PROXY_FAILED", "resolver-unavailable", false),
        (named, ("SHIM_ANSWER", "fail"), "QLS_PROXY_FAILED", "resolver-failed", false),
        (&dead, ("SHIM_CONNECT", "forbidden"), "QLS_PROXY_FAILED", "connection-not-permitted", false),
        (&silent, ("SHIM_ANSWER", "noname"), "QLS_TIMEOUT", "connect-timeout", false),
    ] {
        let options = ["retries=0", "connect-timeout=2000"];
        let answers = child.ask(&format!("https://{HOST}"), 60_000, &[("HTTPS_PROXY", proxy), shim], &options);
        let answer = answers.one();
        assert_eq!((&*answer.status, &*answer.cause), (status, cause), "{answer:?}");
        let place = format!("the proxy {proxy} (set in the environment variable HTTPS_PROXY): ");
        assert!(answer.message.contains(&place), "{answer:?}");
        assert_eq!(answer.message.contains("if there is no such proxy any more"), may_be_gone, "{answer:?}");
    }
}
