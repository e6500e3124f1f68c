//! A Kerberos realm of a test's own, and a Squid that lets in whoever has a ticket of it. Needs krb5-kdc, krb5-admin-server,
//! krb5-user and squid.

use std::fs;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Daemon, run};

const REALM: &str = "EXAMPLE.TEST";
const PASSWORD: &str = "of the user paula";

/// The name by which the proxies of these tests are known to the realm.
pub const PROXY_NAME: &str = "localhost";

/// A realm with the user paula and the proxy's service.
pub struct Realm {
    kdc: Daemon,
}

impl Realm {
    /// Makes it, and waits until it answers.
    pub fn start() -> Self {
        let kdc = Daemon::start("krb5kdc", |folder, port| {
            let kdc = format!(
                "[kdcdefaults]\n kdc_listen = 127.0.0.1:{port}\n kdc_tcp_listen = 127.0.0.1:{port}\n\
                 [realms]\n {REALM} = {{\n  database_name = {0}/principal\n  key_stash_file = {0}/stash\n }}\n\
                 [logging]\n kdc = FILE:{0}/log\n",
                folder.display()
            );
            fs::write(folder.join("kdc.conf"), kdc).expect("the realm's settings");
            configure(folder, SocketAddr::from(([127, 0, 0, 1], port)));
            let make = |program: &str| {
                let mut command = Command::new(program);
                command.env("KRB5_CONFIG", folder.join("krb5.conf")).env("KRB5_KDC_PROFILE", folder.join("kdc.conf"));
                command
            };
            run(make("kdb5_util").args(["create", "-s", "-P", "master", "-r", REALM]));
            run(make("kadmin.local").args(["-r", REALM, "-q", &format!("addprinc -pw \"{PASSWORD}\" paula")]));
            for service in ["HTTP/localhost", "HTTP/other"] {
                run(make("kadmin.local").args(["-r", REALM, "-q", &format!("addprinc -randkey {service}")]));
                let keytab = folder.join(format!("{}.keytab", service.replace('/', "-")));
                run(make("kadmin.local").args([
                    "-r",
                    REALM,
                    "-q",
                    &format!("ktadd -k {} {service}", keytab.display()),
                ]));
                run(Command::new("chmod").arg("644").arg(keytab));
            }
            let mut command = make("krb5kdc");
            command.arg("-n");
            command
        });
        Self { kdc }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.kdc.folder().join(name)
    }

    /// What the KDC was asked for, in a line each.
    pub fn log(&self) -> String {
        fs::read_to_string(self.file("log")).expect("the KDC's log")
    }

    /// The tickets of the user paula, which are valid for as long as kinit understands, such as `1h`. They may be passed
    /// on.
    pub fn sign_in(&self, lifetime: &str) -> Tickets {
        let cache = self.file(&format!("tickets-{lifetime}"));
        let mut kinit = Command::new("sh");
        kinit.args(["-c", "echo \"$1\" | kinit -f -l \"$2\" paula", "sh", PASSWORD, lifetime]);
        run(kinit.env("KRB5_CONFIG", self.file("krb5.conf")).env("KRB5CCNAME", format!("FILE:{}", cache.display())));
        Tickets { settings: self.file("krb5.conf"), cache }
    }

    /// Those of somebody who has none.
    pub fn nobody(&self) -> Tickets {
        Tickets { settings: self.file("krb5.conf"), cache: self.file("none") }
    }

    /// A Squid for whoever has a ticket for the proxy's service. It lets them reach the host `name`, at this machine. The
    /// service whose key it has is `HTTP/localhost`, or another one.
    pub fn squid(&self, name: &str, service: &str) -> Daemon {
        let keytab = self.file(&format!("{}.keytab", service.replace('/', "-")));
        Daemon::start("squid", |folder, port| {
            let hosts = folder.join("hosts");
            fs::write(&hosts, format!("127.0.0.1 {name}\n")).expect("its hosts");
            let settings = format!(
                "http_port 127.0.0.1:{port}\nhosts_file {}\n\
                 dns_nameservers 127.0.0.1\ndns_timeout 2 seconds\n\
                 pid_filename none\naccess_log none\ncache_log /dev/null\nnetdb_filename none\ncoredump_dir /\n\
                 cache deny all\ncache_mem 8 MB\npinger_enable off\nshutdown_lifetime 0 seconds\n\
                 auth_param negotiate program /usr/lib/squid/negotiate_kerberos_auth -k {} -s {service}@{REALM}\n\
                 auth_param negotiate children 1 startup=1\n\
                 acl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n",
                hosts.display(),
                keytab.display()
            );
            let file = folder.join("squid.conf");
            fs::write(&file, settings).expect("its settings");
            let mut command = Command::new("squid");
            command.arg("-N").arg("-f").arg(file);
            command.env("KRB5_CONFIG", self.file("krb5.conf")).env("KRB5RCACHETYPE", "none");
            command
        })
    }
}

/// A KDC that takes every question, and answers none.
pub fn silent_kdc() -> (TcpListener, UdpSocket) {
    loop {
        let tcp = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr().expect("its address")) {
            return (tcp, udp);
        }
    }
}

/// Writes settings in which the realm's KDC is at this address. No name server is asked.
fn configure(folder: &Path, kdc: SocketAddr) {
    let settings = format!(
        "[libdefaults]\n default_realm = {REALM}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n rdns = false\n \
         dns_canonicalize_hostname = false\n[realms]\n {REALM} = {{\n  kdc = {kdc}\n }}\n"
    );
    fs::write(folder.join("krb5.conf"), settings).expect("the realm's settings");
}

/// What a program finds out about the user's tickets from.
#[derive(Clone, Debug)]
pub struct Tickets {
    settings: PathBuf,
    cache: PathBuf,
}

impl Tickets {
    /// The same tickets, where the realm's KDC is at another address; its settings are written into `folder`.
    pub fn with_kdc(&self, folder: &Path, kdc: SocketAddr) -> Self {
        configure(folder, kdc);
        Self { settings: folder.join("krb5.conf"), cache: self.cache.clone() }
    }

    /// The variables that name them.
    pub fn variables(&self) -> [(&'static str, String); 2] {
        [("KRB5_CONFIG", self.settings.display().to_string()), ("KRB5CCNAME", format!("FILE:{}", self.cache.display()))]
    }
}
