//! Calls through proxies that people really run: tinyproxy, squid and microsocks, with and without a password.
//!
//! The name of the server is known to the proxy alone: to squid by a hosts file of its own, to the others by a
//! preloaded shim, without which they would ask the network.
// The shim is Linux's.
#![cfg(target_os = "linux")]

mod proxying;

use std::fs;
use std::process::Command;

use proxying::{Asked, HOST, ask, assert_has_token, child, client, deserted, server, tls_server};
use qls_precheck_core::{Cause, Status};
use support::pki::Ca;
use support::{Daemon, RawServer};

fn url(proxy: &Daemon, scheme: &str) -> String {
    format!("{scheme}://{}", proxy.address())
}

fn url_with(proxy: &Daemon, scheme: &str, credentials: &str) -> String {
    format!("{scheme}://{credentials}@{}", proxy.address())
}

/// `program`, for which the server's name is this machine's and no other name exists.
fn knowing_the_server(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("LD_PRELOAD", child::shim()).env("QLS_SHIM_HOSTS", HOST);
    command
}

fn tinyproxy(settings: &str) -> Daemon {
    Daemon::start("tinyproxy", |folder, port| {
        let file = folder.join("tinyproxy.conf");
        let text = format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n{settings}\n");
        fs::write(&file, text).expect("its settings");
        let mut command = knowing_the_server("tinyproxy");
        command.arg("-d").arg("-c").arg(file);
        command
    })
}

fn microsocks(arguments: &[&str]) -> Daemon {
    Daemon::start("microsocks", |_, port| {
        let mut command = knowing_the_server("microsocks");
        command.args(["-i", "127.0.0.1", "-p", &port.to_string()]).args(arguments);
        command
    })
}

fn squid(rules: &str) -> Daemon {
    Daemon::start("squid", |folder, port| {
        let write = |name: &str, text: String| {
            let file = folder.join(name);
            fs::write(&file, text).expect("its settings");
            file
        };
        let hosts = write("hosts", format!("127.0.0.1 {HOST}\n"));
        // Reads "user password", line by line.
        let helper = write(
            "helper",
            "while read -r user password; do\n\
             [ \"$user $password\" = 'paula open-sesame' ] && echo OK || echo ERR\n\
             done\n"
                .into(),
        );
        let auth = match rules.contains("known") {
            true => format!(
                "auth_param basic program /bin/sh {}\n\
                 auth_param basic children 1 startup=1\n\
                 acl known proxy_auth REQUIRED\n",
                helper.display()
            ),
            false => String::new(),
        };
        // No file, no helper and no look-up beyond what the test is about.
        let settings = format!(
            "http_port 127.0.0.1:{port}\nhosts_file {}\n\
             dns_nameservers 127.0.0.1\ndns_timeout 2 seconds\n\
             pid_filename none\naccess_log none\ncache_log /dev/null\nnetdb_filename none\ncoredump_dir /\n\
             cache deny all\ncache_mem 8 MB\npinger_enable off\nshutdown_lifetime 0 seconds\n\
             {auth}{rules}\n",
            hosts.display()
        );
        let settings = write("squid.conf", settings);
        let mut command = Command::new("squid");
        command.arg("-N").arg("-f").arg(settings);
        command
    })
}

/// A plain server and one with TLS, both of the same name, and the CA that has signed for them.
struct Servers {
    plain: RawServer,
    tls: RawServer,
    ca: String,
}

impl Servers {
    fn new() -> Self {
        let ca = Ca::new("a CA for tests");
        Self { plain: server(), tls: tls_server(&ca.identity(&[HOST])), ca: ca.pem() }
    }

    fn ask(&self, scheme: &str, port: u16, proxy: &str) -> Asked {
        let mut client = client(&format!("{scheme}://{HOST}:{port}"), proxy);
        client.set_ca_pem(Some(&self.ca)).expect("a CA");
        ask(&mut client)
    }

    /// Both are reached through `proxy`.
    #[track_caller]
    fn are_reached(&self, proxy: &str) {
        self.ask("http", self.plain.address().port(), proxy).succeeded().hid(&["open-sesame"]);
        self.ask("https", self.tls.address().port(), proxy).succeeded().hid(&["open-sesame"]);
        assert_has_token(&self.plain, 1);
        assert_has_token(&self.tls, 1);
    }

    /// Neither is: the proxy does not let us through.
    #[track_caller]
    fn are_kept_from(&self, proxy: &str, cause: Cause) {
        for (scheme, server) in [("http", &self.plain), ("https", &self.tls)] {
            let asked = self.ask(scheme, server.address().port(), proxy);
            asked.failed(Status::ProxyFailed, cause).hid(&["open-sesame", "wrong-word"]);
        }
        assert_eq!((self.plain.requests().len(), self.tls.requests().len()), (0, 0));
    }

    /// Nothing listens there, and the name is nobody's: the proxy says so.
    #[track_caller]
    fn dead_ends_are_the_proxys_to_tell(&self, proxy: &str) {
        let (_socket, nobody) = deserted();
        self.ask("https", nobody.port(), proxy).failed(Status::ProxyFailed, Cause::ProxyCannotConnect);
        let mut client = client("https://unknown.example.com", proxy);
        ask(&mut client).failed(Status::ProxyFailed, Cause::ProxyCannotConnect).told(&["unknown.example.com"]);
    }
}

#[test]
#[ignore = "needs tinyproxy"]
fn tinyproxy_lets_through() {
    let proxy = tinyproxy("");
    Servers::new().are_reached(&url(&proxy, "http"));
    Servers::new().dead_ends_are_the_proxys_to_tell(&url(&proxy, "http"));
    // Credentials that nobody asked for do no harm.
    Servers::new().are_reached(&url_with(&proxy, "http", "paula:open-sesame"));
}

#[test]
#[ignore = "needs tinyproxy"]
fn tinyproxy_with_a_password() {
    let proxy = tinyproxy("BasicAuth paula open-sesame");
    Servers::new().are_reached(&url_with(&proxy, "http", "paula:open-sesame"));
    Servers::new().are_reached(&url_with(&proxy, "http", "p%61ula:open%2dsesame"));
    Servers::new().are_kept_from(&url_with(&proxy, "http", "paula:wrong-word"), Cause::ProxyAuthRequired);
    Servers::new().are_kept_from(&url(&proxy, "http"), Cause::ProxyAuthRequired);
}

#[test]
#[ignore = "needs tinyproxy"]
fn tinyproxy_that_keeps_a_port_closed() {
    let proxy = tinyproxy("ConnectPort 1");
    Servers::new().are_kept_from(&url(&proxy, "http"), Cause::ProxyRefused);
}

#[test]
#[ignore = "needs squid"]
fn squid_lets_through() {
    let proxy = squid("http_access allow all");
    Servers::new().are_reached(&url(&proxy, "http"));
    Servers::new().dead_ends_are_the_proxys_to_tell(&url(&proxy, "http"));
}

#[test]
#[ignore = "needs squid"]
fn squid_with_a_password() {
    let proxy = squid("http_access allow known\nhttp_access deny all");
    Servers::new().are_reached(&url_with(&proxy, "http", "paula:open-sesame"));
    Servers::new().are_kept_from(&url_with(&proxy, "http", "paula:wrong-word"), Cause::ProxyAuthRequired);
    Servers::new().are_kept_from(&url(&proxy, "http"), Cause::ProxyAuthRequired);
}

#[test]
#[ignore = "needs squid"]
fn squid_that_forbids() {
    let proxy = squid("http_access deny all");
    Servers::new().are_kept_from(&url(&proxy, "http"), Cause::ProxyRefused);
}

#[test]
#[ignore = "needs microsocks"]
fn microsocks_lets_through() {
    let proxy = microsocks(&[]);
    for scheme in ["socks5", "socks5h"] {
        Servers::new().are_reached(&url(&proxy, scheme));
    }
    Servers::new().are_reached(&url_with(&proxy, "socks5", "paula:open-sesame"));
    Servers::new().dead_ends_are_the_proxys_to_tell(&url(&proxy, "socks5"));
}

#[test]
#[ignore = "needs microsocks"]
fn microsocks_with_a_password() {
    let proxy = microsocks(&["-u", "paula", "-P", "open:s@same/%"]);
    Servers::new().are_reached(&url_with(&proxy, "socks5", "paula:open:s%40same%2F%25"));
    Servers::new().are_kept_from(&url_with(&proxy, "socks5", "paula:wrong-word"), Cause::ProxyAuthRequired);
    Servers::new().are_kept_from(&url(&proxy, "socks5"), Cause::ProxyAuthRequired);
}
