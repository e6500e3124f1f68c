//! The conclusion: what most likely is wrong, and who can mend it. `docs/diagnosis.md` shows one for each situation.

use crate::error::Cause;
use crate::server::DEFAULT_SERVER;
use crate::settings::Settings;
use crate::text::utc;
use crate::token::account;

use super::clock::Clock;
use super::network::parted;
use super::{Facts, StepName};

/// Who can mend something.
#[derive(Clone, Copy)]
pub(super) enum Who {
    User,
    Network,
    Author,
    Server,
}

use Who::{Author, Network, User};

impl Who {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            User => "the user",
            Network => "the network's administrator",
            Author => "the installer's author",
            Who::Server => "the server's administrator",
        }
    }
}

/// What is wrong, in a sentence or more; who can mend it; and how.
pub(super) type Remedy = (String, Who, String);

/// What the conclusion is drawn from where a diagnosis failed.
pub(super) struct Case<'c> {
    pub(super) settings: &'c Settings,
    pub(super) facts: &'c Facts,
    pub(super) clock: &'c Clock,
    /// The error's message, without the server's address in front.
    pub(super) told: &'c str,
    /// The step that failed.
    pub(super) step: StepName,
    /// The earlier step that took longer than the failed one, if one did.
    pub(super) slowest: Option<StepName>,
}

/// The conclusion where the server answered as documented.
pub(super) fn of_success(facts: &Facts, clock: &Clock) -> String {
    let none = "it has no licenses for this user";
    let help = "give this user a license; the user sees to being signed in with the right account";
    match (&clock.proof, facts.has_licenses) {
        (None, true) => {
            "All is well: the server answers, and has licenses for this user. Nothing has to be mended.".into()
        }
        (None, false) => mend((format!("The way to the server works, but {none}."), Who::Server, help.into())),
        (Some(proof), _) => {
            let wrong = format!("this computer's clock is wrong: it says {}, but {proof}", clock.says());
            let effect = "That can make tokens and certificates seem invalid.";
            let set = "set date, time and time zone";
            match facts.has_licenses {
                true => mend((format!("The server answers, but {wrong}. {effect}"), User, set.into())),
                false => {
                    let what = format!("The server answers, but {none}. Besides, {wrong}. {effect}");
                    mend((what, Who::Server, format!("{help}, and has to {set}")))
                }
            }
        }
    }
}

impl Case<'_> {
    /// The conclusion where the step failed because of `cause`.
    pub(super) fn conclusion(&self, cause: Cause) -> String {
        let told = sentence(self.told);
        let brief = self.brief();
        let (peer, target, administrator) = (self.peer(), self.target(), self.administrator());
        let through_proxy = self.proxy().is_some();
        // The user sets no address that everybody has. Then something else answers in the server's place.
        let is_default = self.settings.server.base == DEFAULT_SERVER;
        let remove_proxy = "remove the proxy where it was set, if there is none any more, or correct its address; if \
                            there is one, the network's administrator has to see that it runs";
        let remove_from_script = "correct the script, if there is no such proxy any more; if there is one, see that it \
                                  runs, and can be reached from this computer; the user checks a VPN";
        let (what, who, how): Remedy = match cause {
            Cause::NullArgument
            | Cause::InvalidUrl
            | Cause::InvalidTimeout
            | Cause::InvalidProxy
            | Cause::InvalidCa
            | Cause::InvalidChoice
            | Cause::InvalidUserAgent
            | Cause::InvalidExtra => (told, Author, "correct this setting".into()),
            Cause::CaFileUnreadable | Cause::CaInvalid => {
                (told, Author, "give CA certificates in PEM form that the user may read".into())
            }
            Cause::PlainHttpRefused => {
                (brief, Author, "write https://, or allow plain http for a network that can be trusted".into())
            }
            Cause::TokenFileUnreadable => {
                let what = format!("The file that is to hold the token cannot be read: {}.", clause(self.told));
                (what, User, "name a file with the token that this user may read".into())
            }
            Cause::TokenEmpty | Cause::TokenTooLong | Cause::TokenInvalidCharacter => {
                (told, User, "sign in again, and give the token as it was issued".into())
            }
            Cause::AccountFileMissing | Cause::AccountFileWithoutToken => {
                let what = "No token was given, and the user as whom this program runs is not signed in to a Qt account.";
                (what.into(), User, "sign in to the Qt account as that user, or give a token".into())
            }
            Cause::AccountFileUnreadable => {
                let what = "The signed-in Qt account cannot be read, and no token was given.";
                (what.into(), User, "get the right to read the file that the step token names, or sign in again".into())
            }
            Cause::AccountTokenForeignServer => {
                let source = account::source();
                let what =
                    format!("No token was given, and the token {source} is sent to the Qt Company's servers alone, not to {target}.");
                (what, Author, "give a token for that server".into())
            }
            Cause::ProxySettingInvalid => {
                self.correcting_proxy(brief, "correct this setting", "correct the script; or the user sets a proxy explicitly")
            }
            Cause::ProxyAutoconfig => {
                let what = "The server was not reached directly, and the script that chooses this network's proxies could \
                            not be asked.";
                let how = "see that the script can be had, or name the proxy, which the user then sets by hand or in \
                           HTTPS_PROXY";
                (what.into(), Network, how.into())
            }
            Cause::NoTrustStore => (
                "There are no CA certificates that are trusted, so no server can be believed.".into(),
                User,
                "install the package ca-certificates, or correct SSL_CERT_FILE and SSL_CERT_DIR; where only given \
                 certificates count, the installer's author has to give one"
                    .into(),
            ),
            Cause::NoResolverThread | Cause::NoDescriptors | Cause::OutOfMemory => {
                (format!("This computer has run out of something: {}.", clause(self.told)), User, "close other programs".into())
            }
            Cause::NameNotFound if through_proxy => {
                let what = format!("The name of {peer} is not known here.");
                self.correcting_proxy(what, remove_proxy, remove_from_script)
            }
            Cause::NameNotFound => (
                format!("No address of {} is known here: this computer has no network or no name server, or the name is \
                         misspelled, or known in another network only.", self.settings.server.host),
                User,
                "check the network, a VPN, and the server's address; if other names work, the network's administrator \
                 has to make this one known"
                    .into(),
            ),
            Cause::ResolverUnavailable => (
                "The name could not be looked up: this computer has no network, or its name server does not answer as \
                 it should.".into(),
                User,
                "check the network and a VPN; if they work, the network's administrator has to see that the name \
                 servers answer"
                    .into(),
            ),
            Cause::ResolverFailed => (
                "The name could not be looked up: the name server has a fault, or this computer's resolver is set up \
                 wrongly.".into(),
                Network,
                "see that the name servers answer; the user checks a VPN".into(),
            ),
            Cause::ResolverBusy => names_unanswered(),
            Cause::ConnectionRefused if through_proxy => {
                let what = format!("Nobody accepts connections at {peer}.");
                self.correcting_proxy(what, remove_proxy, remove_from_script)
            }
            Cause::ConnectionRefused => self.refused(""),
            Cause::ConnectionNotPermitted => (
                format!("This computer itself does not let this program connect to {peer}: a firewall on it, or the \
                         sandbox that the program runs in."),
                User,
                "allow this program to connect, or have whoever administers this computer allow it".into(),
            ),
            Cause::Unreachable => (
                format!("This network has no way to {peer}."),
                User,
                "connect to the network or VPN in which it is; the network's administrator knows which".into(),
            ),
            Cause::CertificateExpired | Cause::CertificateNotYetValid => self.dates(),
            Cause::CertificateUnknownIssuer => self.unknown_issuer(),
            Cause::CertificateSelfSigned => self.self_signed(),
            Cause::CertificateWrongHost | Cause::CertificateWithoutHost => self.wrong_host(),
            Cause::CertificateWrongPurpose
            | Cause::CertificateNameConstraints
            | Cause::CertificateBadSignature
            | Cause::CertificateUnsupported
            | Cause::CertificateRevoked
            | Cause::CertificateInvalid => self.unusable(),
            Cause::NotTls if through_proxy => self.correcting_proxy(
                format!("What answers at {peer} does not speak TLS."),
                "correct the proxy's address, where it was set: most proxies begin with http://, also for https servers",
                "correct the script: most proxies are named by PROXY there, also for https servers",
            ),
            Cause::NotTls if is_default => (
                format!("What answers in the place of {peer} does not speak TLS."),
                Network,
                format!("let this computer connect to {target}; where a network wants a sign-in first, the user signs in \
                         with a browser"),
            ),
            Cause::NotTls => {
                (format!("What answers at {peer} does not speak TLS."), Author, "correct address and port".into())
            }
            Cause::TlsVersion | Cause::ClientCertificateRequired | Cause::HandshakeFailed => {
                (brief, administrator, "change how TLS is set up there".into())
            }
            Cause::ProxyAuthRequired => {
                let how = "put the right user name and password into the proxy's address, where it was set";
                let who = if self.told.contains("see that the network's Kerberos") { Network } else { User };
                (self.of_proxy(), who, self.advice().unwrap_or(how).into())
            }
            Cause::ProxyTicketRefused => {
                let how = "see in its log why it does not accept this user; the user sees that this computer's clock is right";
                (self.of_proxy(), Network, how.into())
            }
            Cause::ProxyAuthUnsupported => {
                let how = format!("let {target} through without it, or allow a user name and a password (Basic)");
                (self.of_proxy(), Network, how)
            }
            // With these answers the error asks whether there is a proxy at all.
            Cause::ProxyRefused if self.told.ends_with('?') => self.correcting_proxy(
                self.of_proxy(),
                &format!("correct the proxy's address, where it was set, if it is that of a web server or lacks https://; \
                          if it is right, the network's administrator has to let {target} through"),
                &format!("correct the script, if that is the address of a web server or of a proxy with TLS; if it is \
                          right, let {target} through"),
            ),
            Cause::ProxyRefused => (self.of_proxy(), Network, format!("let {target} through")),
            Cause::ProxyCannotConnect => (
                self.of_proxy(),
                Network,
                "see in the proxy's log why it does not reach the server; if that does not run, the server's \
                 administrator has to start it"
                    .into(),
            ),
            Cause::ProxyInvalidReply if self.told.contains("): it speaks TLS") => {
                let in_script = "name it by HTTPS in the script, if it is a proxy";
                self.correcting_proxy(self.of_proxy(), self.advice().unwrap_or_default(), in_script)
            }
            Cause::ProxyInvalidReply => {
                let what = format!("What answers at {peer} is no such proxy.");
                self.correcting_proxy(what, "correct the proxy's address, where it was set", "correct the script")
            }
            Cause::ConnectTimeout | Cause::Deadline => self.silence(),
            Cause::ConnectionClosed => self.break_off(),
            Cause::Cancelled => return "The diagnosis was canceled before it was done.".into(),
            Cause::Rejected => (told, Who::Server, "find the reason in the server's log, and change the user's licenses or rights".into()),
            Cause::BadRequest => {
                (told, Author, "see that this is a license server's address, with https where it speaks TLS".into())
            }
            Cause::Unauthorized | Cause::TokenExpired => self.token(told),
            Cause::Forbidden => (told, Who::Server, "allow this user to ask".into()),
            Cause::NoPreCheck if is_default => (told, Who::Server, "see what answers in the server's place".into()),
            Cause::NoPreCheck => {
                (told, Author, "correct the server's address, which may need a path; an old server has no pre-check".into())
            }
            Cause::RateLimited => (told, User, "wait, and try again".into()),
            Cause::ServerError => {
                (told, Who::Server, "look after the server, or the gateway in front of it; the user tries again later".into())
            }
            Cause::Redirect => {
                let how = "set the address that it points to, if that is the right server's; where a network wants a \
                           sign-in first, the user signs in with a browser";
                (told, Author, how.into())
            }
            Cause::CaptivePortal => (
                format!("A web page came instead of an answer of {peer}: this network wants a sign-in first, or the \
                         address is that of a web site."),
                User,
                "open a browser, sign in to the network, and try again; if the browser asks for nothing, the installer's \
                 author has to correct the server's address"
                    .into(),
            ),
            Cause::HttpStatus
            | Cause::InvalidHttp
            | Cause::TooManyHeaders
            | Cause::WrongEncoding
            | Cause::NotUtf8
            | Cause::NotJson
            | Cause::WrongShape
            | Cause::TooLarge => self.no_license_server(is_default),
            Cause::Internal => return format!("{told} Report it to this project, with all steps."),
        };
        mend((what, who, how))
    }

    /// The proxy that the failed step speaks to, if there is one: up to the tunnel.
    pub(super) fn proxy(&self) -> Option<&str> {
        self.facts.way.proxy.as_deref().filter(|_| self.step <= StepName::Tunnel)
    }

    /// The server.
    pub(super) fn target(&self) -> String {
        format!("{}:{}", self.settings.server.host, self.settings.server.port)
    }

    /// Whom the failed step speaks to.
    pub(super) fn peer(&self) -> String {
        self.proxy().map_or_else(|| format!("the server {}", self.target()), |proxy| format!("the proxy {proxy}"))
    }

    /// Who sets up whom the failed step speaks to.
    pub(super) fn administrator(&self) -> Who {
        if self.proxy().is_some() { Network } else { Who::Server }
    }

    /// The error's message without the advice behind it.
    fn fact(&self) -> &str {
        parted(self.told).0
    }

    /// The same as a sentence.
    pub(super) fn brief(&self) -> String {
        sentence(self.fact())
    }

    /// A token that the server does not accept.
    fn token(&self, told: String) -> Remedy {
        let now = utc(self.clock.best_time());
        let expired = self.facts.token.expires.filter(|end| *end <= self.clock.best_time());
        let again = "sign in again, with an account that this server knows, and get a new token";
        let what = match (expired, &self.clock.proof) {
            (Some(end), _) if self.clock.is_known() => {
                format!("The token has expired: it was valid until {}, and now it is {now}.", utc(end))
            }
            (Some(end), _) => format!(
                "The server does not accept the token, which says that it was valid until {}; this computer's clock says {now}.",
                utc(end)
            ),
            (None, Some(proof)) => format!(
                "The server does not accept the token. This computer's clock is wrong besides: it says {}, but {proof}.",
                self.clock.says()
            ),
            (None, None) => told,
        };
        (what, User, again.into())
    }

    /// A reply that no license server sends.
    fn no_license_server(&self, is_default: bool) -> Remedy {
        // A question does not fit into the middle of a sentence.
        let why = if self.told.ends_with('?') { self.fact() } else { clause(self.told) };
        let what = format!("What answers at {} does not answer as a license server: {why}.", self.peer());
        let gateway = "look for a gateway that answers in its place";
        match is_default {
            true => (what, Who::Server, gateway.into()),
            false => {
                let how = format!(
                    "correct the server's address; if it is right, the server's administrator has to {gateway}"
                );
                (what, Author, how)
            }
        }
    }
}

pub(super) fn names_unanswered() -> Remedy {
    ("The name servers of this network do not answer.".into(), Network, "see that the name servers answer".into())
}

fn mend((what, who, how): Remedy) -> String {
    format!("{what} {} can mend this: {how}.", capitalized(who.as_str()))
}

/// A message without the mark at its end.
fn clause(message: &str) -> &str {
    message.trim_end_matches(['.', '?', '!'])
}

/// A message as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{end}", capitalized(message))
}

pub(super) fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    text.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    text
}
