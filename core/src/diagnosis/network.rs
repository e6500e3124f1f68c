//! Conclusions about connections: nobody answers, or not in time, or somebody breaks off.

use super::StepName;
use super::conclusion::Who::{Network, Server, User};
use super::conclusion::{Case, Remedy, capitalized, names_unanswered, sentence};

impl Case<'_> {
    /// The computer was reached, but not the program on it. `besides` is what else was seen.
    pub(super) fn refused(&self, besides: &str) -> Remedy {
        let what = format!(
            "The computer of {} was reached, but accepts no connection there{besides}: the server does not run, has \
             another port, or is behind a firewall.",
            self.peer()
        );
        (what, Server, "start the server, or name its address".into())
    }

    /// Nobody answered in time.
    pub(super) fn silence(&self) -> Remedy {
        if let Some(step) = self.slowest {
            return slow(step);
        }
        let peer = self.peer();
        match self.step {
            StepName::Name => names_unanswered(),
            StepName::Connection if self.facts.way.was_refused && self.proxy().is_none() => {
                self.refused(" at one of its addresses, and does not answer at another")
            }
            StepName::Connection => (
                format!(
                    "Nobody answers at the address of {peer}: a firewall swallows what is sent there, or that \
                     computer is off."
                ),
                Network,
                "let this computer connect there, or name the proxy that leads there".into(),
            ),
            StepName::Tunnel if self.facts.way.is_signing_in => (
                format!("{} wants a Kerberos ticket, and this network's Kerberos does not answer.", capitalized(&peer)),
                Network,
                "see that its servers (KDC) can be reached from this computer; the user checks a VPN".into(),
            ),
            StepName::Tunnel => (
                format!("{} accepts connections, but does not answer.", capitalized(&peer)),
                Network,
                "see that it works".into(),
            ),
            StepName::Tls => (
                format!("{} accepts connections, but does not answer the TLS handshake.", capitalized(&peer)),
                Server,
                "see that it speaks TLS there; or the network's administrator, that no firewall is in between".into(),
            ),
            StepName::Reply => (
                format!("{} took the request, but its answer did not come in time.", capitalized(&peer)),
                Server,
                "see what holds it up; the user tries again later".into(),
            ),
            _ => (sentence(self.told), User, "try again, with more time".into()),
        }
    }

    /// The connection broke.
    pub(super) fn break_off(&self) -> Remedy {
        let peer = self.peer();
        match self.step {
            StepName::Tunnel => (
                format!("{} ends the connection instead of answering.", capitalized(&peer)),
                Network,
                "see why, in its log".into(),
            ),
            StepName::Reply => (
                format!("The connection to {peer} broke before the answer was complete."),
                Server,
                "see why, in the log of the server or of the gateway in front of it; the user tries again".into(),
            ),
            _ => (
                format!("The connection to {peer} was cut as soon as it was made: most likely by a firewall."),
                Network,
                "let this computer connect there".into(),
            ),
        }
    }

    /// What is wrong with the address of a proxy can be mended in the settings of this computer; or in the script that named
    /// the proxy, which is the network's.
    pub(super) fn correcting_proxy(&self, what: String, in_settings: &str, in_script: &str) -> Remedy {
        match self.facts.way.is_scripted {
            false => (what, User, in_settings.into()),
            true => (what, Network, in_script.into()),
        }
    }

    /// What a proxy does. The error calls it "it", after its name, and ends in advice.
    pub(super) fn of_proxy(&self) -> String {
        let does = self.told.split_once("): it ").map_or(self.told, |(_, does)| does);
        sentence(&format!("{} {}", self.peer(), parted(does).0))
    }

    /// The advice in which the error ends.
    pub(super) fn advice(&self) -> Option<&str> {
        parted(self.told).1
    }
}

/// An error's message, and the advice in which it ends. What a proxy or a library said stands in brackets, and may look like
/// advice itself.
pub(super) fn parted(message: &str) -> (&str, Option<&str>) {
    let quoted = message.rfind(')').unwrap_or(0);
    match message[quoted..].find("; ").map(|at| quoted + at) {
        Some(at) => (&message[..at], Some(&message[at + 2..])),
        None => (message, None),
    }
}

/// The time was up in a later step, but most of it had gone by in this one.
fn slow(step: StepName) -> Remedy {
    let (what, who, how) = match step {
        StepName::Proxy => {
            ("asking which proxies lead to the server", Network, "see why the script that chooses them is slow")
        }
        StepName::Name => ("looking up the name", Network, "see why the name servers are slow"),
        StepName::Connection => ("connecting", Network, "see what is slow, or drops packets, on the way"),
        StepName::Tunnel => ("waiting for the proxy", Network, "see why the proxy is slow"),
        StepName::Tls => ("the TLS handshake", Server, "see why the server is slow"),
        _ => ("reading files of this computer", User, "see why its disk is slow"),
    };
    (
        format!("The time was up before there was an answer. Most of it went by in {what}."),
        who,
        format!("{how}; the user tries again, with more time"),
    )
}
