//! The gate behind a Squid that wants the signed-in user's Kerberos ticket.

use qls_standin::Standin;
use support::Daemon;
use support::kerberos::{PROXY_NAME, Realm, Tickets};
use support::pki::Ca;

use crate::gate::{Gate, HOST, standin};

struct Scene<'g> {
    gate: &'g Gate,
    realm: Realm,
    squid: Daemon,
    standin: Standin,
    ca: String,
}

impl<'g> Scene<'g> {
    fn new(gate: &'g Gate) -> Self {
        let realm = Realm::start();
        let squid = realm.squid(HOST, "HTTP/localhost");
        let ca = Ca::new("a CA for tests");
        let standin = standin(&[], Some(ca.identity(&[HOST])));
        Self { gate, realm, squid, standin, ca: gate.file("ca.pem", &ca.pem()) }
    }

    /// How often the server was asked in one function of the gate's test, by somebody with these tickets.
    fn asks(&self, function: &str, tickets: &Tickets) -> usize {
        let before = self.standin.requests().len();
        let proxy = format!("http://{PROXY_NAME}:{}", self.squid.address().port());
        let variables = tickets.variables();
        let mut environment = vec![("QLS_TEST_CA", &*self.ca), ("HTTPS_PROXY", &*proxy)];
        environment.extend(variables.iter().map(|(name, value)| (*name, value.as_str())));
        let url = self.standin.url().replace("127.0.0.1", HOST);
        self.gate.asks(function, &url, &self.standin.token(), &environment);
        self.standin.requests().len() - before
    }
}

pub(crate) fn everything(gate: &Gate) {
    let scene = Scene::new(gate);
    fault_263_a_ticket(&scene);
    fault_264_no_ticket(&scene);
}

fn fault_263_a_ticket(scene: &Scene<'_>) {
    assert_eq!(scene.asks("proxy_of_the_environment", &scene.realm.sign_in("1h")), 1);
}

fn fault_264_no_ticket(scene: &Scene<'_>) {
    assert_eq!(scene.asks("no_ticket", &scene.realm.nobody()), 0);
}
