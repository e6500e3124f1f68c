//! Conclusions about certificates: whether somebody poses as the server, or who has to change what.

use crate::tls::Trust;

use super::conclusion::Who::{Author, Network, Server, User};
use super::conclusion::{Case, Remedy, sentence};
use super::network::parted;

impl Case<'_> {
    /// A certificate of a CA that nobody here knows.
    pub(super) fn unknown_issuer(&self) -> Remedy {
        let host = &self.settings.server.host;
        let unknown = "an unknown issuer";
        let chain = self.facts.way.chain.as_ref();
        let issuer = chain.map_or(unknown, |chain| &chain.issuer);
        let top = chain.map_or(unknown, |chain| &chain.top);
        if self.told.contains(" than the one that is known here") {
            return self.issued_otherwise(issuer);
        }
        let turn = if issuer == top { String::new() } else { format!(", in turn by {top}") };
        let what = format!("The certificate that came for {} was issued by {issuer}{turn}", self.peer());
        let give = format!("give the certificate of {top} as a CA");
        let inspects = "inspects encrypted traffic";
        if self.settings.trust.trust == Trust::GivenOnly {
            let what = format!("{what}. Only the CAs that the installer gives count, and this one is not among them.");
            let rest = match self.proxy() {
                Some(_) => " too".into(),
                None => format!(
                    ", if that is the server's; if something in this network {inspects}, the network's administrator has to \
                     except {host} from that"
                ),
            };
            return (what, Author, give + &rest);
        }
        let what = format!("{what}, whom this computer does not trust.");
        let know = format!("make the certificate of {top} known to this computer");
        let except = format!("except {host} from the inspection, or {know}");
        match &self.facts.way.proxy {
            _ if self.facts.lacks_cas => {
                let step = self.step.as_str();
                let what =
                    format!("{what} But not all CA certificates of this computer can be read: see the step {step}.");
                let how = format!(
                    "correct SSL_CERT_FILE and SSL_CERT_DIR where they are set, or install the package ca-certificates \
                     again; if that does not help, the network's administrator has to {know}"
                );
                (what, User, how)
            }
            Some(_) if self.proxy().is_some() => (what, Network, know),
            _ if self.settings.server.is_qt() => {
                (format!("{what} Most likely something in this network {inspects}."), Network, except)
            }
            Some(proxy) => (format!("{what} Most likely the proxy {proxy} {inspects}."), Network, except),
            None => {
                let (or_incomplete, or_send) = match chain.is_some_and(|chain| chain.is_single) {
                    true => (
                        ", or it does not send its intermediate certificate",
                        ", or have the server's administrator send the whole chain",
                    ),
                    false => ("", ""),
                };
                let what = format!(
                    "{what} Either the server has a CA of its own{or_incomplete}, or something in this network {inspects}."
                );
                let how = format!(
                    "{give}, if that is the server's{or_send}; otherwise the network's administrator has to {except}"
                );
                (what, Author, how)
            }
        }
    }

    /// A certificate of a CA that is trusted, but by another certificate than the one with which this one was issued.
    fn issued_otherwise(&self, issuer: &str) -> Remedy {
        let (fact, advice) = parted(self.told);
        let advice = advice.unwrap_or_default();
        if self.proxy().is_some() {
            return (sentence(fact), Network, advice.into());
        }
        let how = format!(
            "{advice}; where {issuer} inspects encrypted traffic, the network's administrator has to except {}",
            self.target()
        );
        (sentence(fact), Author, how)
    }

    /// A certificate that vouches for itself.
    pub(super) fn self_signed(&self) -> Remedy {
        let what =
            format!("The certificate of {} is signed by itself, and nobody has given it as trusted.", self.peer());
        if self.proxy().is_some() {
            return (
                what,
                Network,
                "make this certificate known to this computer, or give the proxy one of a known CA".into(),
            );
        }
        let inspected = format!("let this computer connect to {} itself", self.target());
        if self.settings.server.is_qt() {
            return (format!("{what} Something in this network answers in the server's place."), Network, inspected);
        }
        let how = "give exactly this certificate as a CA, if it is the server's, or ask for a server with a certificate of \
                   a known CA";
        (what, Author, format!("{how}; otherwise the network's administrator has to {inspected}"))
    }

    /// A certificate of another host.
    pub(super) fn wrong_host(&self) -> Remedy {
        let told = sentence(self.told);
        let browser = "where a network wants a sign-in first, the user signs in with a browser";
        let name = "get a certificate with this name, or tell the name that it has";
        if self.proxy().is_some() {
            return (told, Network, name.into());
        }
        match self.settings.server.is_qt() {
            true => (told, Network, format!("let this computer connect to {} itself; {browser}", self.target())),
            false => (told, Server, format!("{name}; {browser}")),
        }
    }

    /// A certificate that cannot be used, whoever issued it.
    pub(super) fn unusable(&self) -> Remedy {
        let issuer = self.facts.way.chain.as_ref().map_or("something", |chain| &chain.issuer);
        let inspected = match self.proxy() {
            Some(_) => String::new(),
            None => format!(
                "; where {issuer} inspects encrypted traffic, the network's administrator has to except {}",
                self.target()
            ),
        };
        // Then the certificate of that CA which is known here is an old one, or somebody takes its name.
        if self.told.contains(" has a new key") {
            let how = format!(
                "see whether {issuer} has a new key, and give its new certificate as a CA; if it has none, the network's \
                 administrator has to find out who poses as it"
            );
            return (sentence(self.told.split("; ").next().unwrap_or_default()), Author, how);
        }
        // More than is read.
        if self.advice().is_some_and(|advice| advice.ends_with("send fewer")) {
            return (self.brief(), self.administrator(), format!("send fewer certificates{inspected}"));
        }
        (sentence(self.told), self.administrator(), format!("get another certificate{inspected}"))
    }

    /// A certificate that is not valid now, by this computer's clock.
    pub(super) fn dates(&self) -> Remedy {
        let told = sentence(self.told);
        let administrator = self.administrator();
        let set = "set date, time and time zone";
        let renew = format!("{} has to renew what is out of date", administrator.as_str());
        let explains = self.facts.way.chain.as_ref().and_then(|chain| self.clock.explains(chain.validity));
        match (explains, &self.clock.proof) {
            (Some(true), Some(proof)) => {
                let says = self.clock.says();
                let why = if self.clock.is_known() { "why" } else { "most likely why" };
                let what = format!(
                    "This computer's clock is wrong: it says {says}, but {proof}. That is {why} the certificate seems to be \
                     out of date."
                );
                (what, User, set.into())
            }
            (Some(_), _) => (told, administrator, "renew what is out of date".into()),
            (None, Some(proof)) => (
                format!("{told} That clock is wrong: {proof}."),
                User,
                format!("{set}; if that does not help, {renew}"),
            ),
            (None, None) => (
                format!("{told} Look at the clock first: nothing proves which of the two is wrong."),
                User,
                format!("{set} if they are wrong; if they are right, {renew}"),
            ),
        }
    }
}
