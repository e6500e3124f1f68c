//! Rows 172, 173 and 177 of the fault matrix: whose setting a proxy is, and what the message says about that. Each case
//! is a process of its own; `proxying/child.rs` says how.
// The shim is Linux's.
#![cfg(target_os = "linux")]

mod proxying;

use std::ffi::OsStr;

use proxying::child::{self, Journey, Report};
use proxying::script::{Proxy, SOCKS_CONNECTED};
use proxying::{HOST, ask, assert_has_token, client, deserted, server};
use qls_precheck_core::{Cause, Status};

/// The test that child processes run.
const STAGE: &str = "fault_172_http_proxy_in_a_cgi_process";

fn ask_in(server: &str, environment: &[(&str, &str)]) -> Report {
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
    child::travel(STAGE, &Journey { server, environment: &environment, ..Journey::default() })
}

/// A web server sets HTTP_PROXY in its CGI programs to what a stranger's request says.
#[test]
fn fault_172_http_proxy_in_a_cgi_process() {
    if child::asked_here() {
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
