//! The conclusion: what most likely is wrong, and who can mend it. `docs/diagnosis.md` shows one for each situation.

use crate::error::Cause;
use crate::server::Server;
use crate::text::utc;

use super::clock::Clock;
use super::{Facts, Step};

/// Who can mend something.
#[derive(Clone, Copy)]
enum Who {
    User,
    Network,
    Author,
    Server,
}

use Who::{Author, Network, User};

impl Who {
    fn as_str(self) -> &'static str {
        match self {
            User => "the user",
            Network => "the network's administrator",
            Author => "the installer's author",
            Who::Server => "the server's administrator",
        }
    }
}

/// What is known of a way that was to be diagnosed.
pub(super) struct Patient<'p> {
    pub(super) server: &'p Server,
    pub(super) facts: &'p Facts,
    pub(super) clock: &'p Clock,
    /// The error's message, without the server's address in front.
    pub(super) told: &'p str,
}

impl Patient<'_> {
    /// Where the server answered as documented.
    pub(super) fn success(&self) -> String {
        if let Some(proof) = &self.clock.proof {
            let what = format!(
                "The server answers, but this computer's clock is wrong: it says {}, but {proof}. That can \
                 make tokens and certificates seem invalid.",
                self.clock.says()
            );
            return mend(&what, User, "set date, time and time zone");
        }
        match self.facts.has_licenses {
            true => "All is well: the server answers, and has licenses for this user. Nothing has to be mended.".into(),
            false => mend(
                "The way to the server works, but it has no licenses for this user.",
                Who::Server,
                "give this user a license; the user sees to being signed in with the right account",
            ),
        }
    }

    /// Where `step` failed because of `cause`.
    pub(super) fn conclusion(&self, cause: Cause, step: Step) -> String {
        let told = sentence(self.told);
        // Without the advice that follows.
        let brief = sentence(self.told.split("; ").next().unwrap_or(self.told));
        let target = format!("{}:{}", self.server.host, self.server.port);
        // Up to the tunnel it is the proxy that is spoken to, if there is one.
        let proxy = self.facts.proxy.as_deref().filter(|_| step <= Step::Tunnel);
        let peer = proxy.map_or(format!("the server {target}"), |proxy| format!("the proxy {proxy}"));
        let its_administrator = if proxy.is_some() { Network } else { Who::Server };
        let issuer = self.facts.issuer.as_deref().unwrap_or("an unknown issuer");
        let remove_proxy = "remove the proxy where it was set, if there is none any more, or correct its address; if \
                            there is one, the network's administrator has to see that it runs";
        let (what, who, how): (String, Who, String) = match cause {
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
                let what = format!(
                    "No token was given, and that of a Qt account is sent to the Qt Company's servers alone, not to {target}."
                );
                (what, Author, "give a token for that server".into())
            }
            Cause::ProxySettingInvalid => (brief, User, "correct this setting".into()),
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
            Cause::NameNotFound if proxy.is_some() => {
                (format!("The name of {peer} is not known here."), User, remove_proxy.into())
            }
            Cause::NameNotFound => (
                format!("The name {} is not known here: this computer has no network or no name server, or the name is \
                         misspelled, or known in another network only.", self.server.host),
                User,
                "check the network, a VPN, and the server's address; if other names work, the network's administrator \
                 has to make this one known"
                    .into(),
            ),
            Cause::ResolverUnavailable => (
                "The name could not be looked up: this computer has no network, or its name server does not answer.".into(),
                User,
                "check the network and a VPN; if they work, the network's administrator has to see that the name \
                 servers answer"
                    .into(),
            ),
            Cause::ResolverBusy => (names_unanswered(), Network, "see that the name servers answer".into()),
            Cause::ConnectionRefused if proxy.is_some() => {
                (format!("Nobody accepts connections at {peer}."), User, remove_proxy.into())
            }
            Cause::ConnectionRefused => (
                format!("The computer of {peer} was reached, but accepts no connection there: the server does not run, \
                         has another port, or is behind a firewall."),
                Who::Server,
                "start the server, or name its address".into(),
            ),
            Cause::Unreachable => (
                format!("This network has no way to {peer}."),
                User,
                "connect to the network or VPN in which it is; the network's administrator knows which".into(),
            ),
            Cause::CertificateExpired | Cause::CertificateNotYetValid => {
                return self.dates(cause == Cause::CertificateExpired, its_administrator);
            }
            Cause::CertificateUnknownIssuer => return self.unknown_issuer(&peer),
            Cause::CertificateSelfSigned => (
                format!("The certificate of {peer} is signed by itself, and nobody has given it as trusted."),
                Author,
                "give exactly this certificate as a CA, or ask for a server with a certificate of a known CA".into(),
            ),
            Cause::CertificateWrongHost | Cause::CertificateWithoutHost => (
                told,
                its_administrator,
                "get a certificate with this name, or tell the name that it has; where a network wants a sign-in first, \
                 the user signs in with a browser"
                    .into(),
            ),
            Cause::CertificateWrongPurpose
            | Cause::CertificateNameConstraints
            | Cause::CertificateBadSignature
            | Cause::CertificateUnsupported
            | Cause::CertificateRevoked
            | Cause::CertificateInvalid => (
                told,
                its_administrator,
                format!("get another certificate; where {issuer} inspects encrypted traffic, the network's administrator \
                         has to except {target}"),
            ),
            Cause::NotTls => {
                (format!("What answers at {peer} does not speak TLS."), Author, "correct address and port".into())
            }
            Cause::TlsVersion | Cause::ClientCertificateRequired | Cause::HandshakeFailed => {
                (brief, its_administrator, "change how TLS is set up there".into())
            }
            Cause::ProxyAuthRequired => {
                let how = "put the right user name and password into the proxy's address, where it was set";
                (self.of_proxy(&peer), User, self.advice().unwrap_or(how).into())
            }
            Cause::ProxyTicketRefused => {
                let how = "see in its log why it does not accept this user; the user sees that this computer's clock is right";
                (self.of_proxy(&peer), Network, how.into())
            }
            Cause::ProxyAuthUnsupported => {
                (self.of_proxy(&peer), Network, format!("let {target} through without it, or allow a user name and a password (Basic)"))
            }
            Cause::ProxyRefused => (self.of_proxy(&peer), Network, format!("let {target} through")),
            Cause::ProxyInvalidReply => {
                (format!("What answers at {peer} is no such proxy."), User, "correct the proxy's address, where it was set".into())
            }
            Cause::ConnectTimeout | Cause::Deadline => self.silence(step, &peer),
            Cause::ConnectionClosed => self.break_off(step, &peer),
            Cause::Cancelled => return "The diagnosis was canceled before it was done.".into(),
            Cause::Rejected => (told, Who::Server, "find the reason in the server's log, and change the user's licenses or rights".into()),
            Cause::BadRequest => {
                (told, Author, "see that this is a license server's address, with https where it speaks TLS".into())
            }
            Cause::Unauthorized | Cause::TokenExpired => return self.token(told),
            Cause::Forbidden => (told, Who::Server, "allow this user to ask".into()),
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
            | Cause::TooLarge => (
                format!("What answers at {peer} does not answer as a license server: {}.", clause(self.told)),
                Author,
                "correct the server's address; if it is right, the server's administrator has to look for a gateway that \
                 answers in its place"
                    .into(),
            ),
            Cause::Internal => return format!("{told} Report it to this project, with all steps."),
        };
        mend(&what, who, &how)
    }

    /// A certificate of a CA that nobody knows. On the way to a public server, or behind a proxy, somebody poses as the
    /// server; elsewhere the CA may be the server's own.
    fn unknown_issuer(&self, peer: &str) -> String {
        let issuer = self.facts.issuer.as_deref().unwrap_or("an unknown issuer");
        let host = &self.server.host;
        let what =
            format!("The certificate that came for {peer} was issued by {issuer}, whom this computer does not trust.");
        let except =
            format!("except {host} from the inspection, or make the certificate of {issuer} known to this computer");
        match &self.facts.proxy {
            _ if self.server.is_qt() => {
                let what = format!("{what} Something in this network inspects encrypted traffic.");
                mend(&what, Network, &except)
            }
            Some(proxy) => {
                let what = format!("{what} Most likely the proxy {proxy} inspects encrypted traffic.");
                mend(&what, Network, &except)
            }
            None => mend(
                &format!(
                    "{what} Either the server has a CA of its own, or something in this network inspects encrypted traffic."
                ),
                Author,
                &format!(
                    "give the certificate of {issuer} as a CA, if that is the server's; otherwise the network's administrator has to {except}"
                ),
            ),
        }
    }

    /// A certificate that is not valid now.
    fn dates(&self, expired: bool, its_administrator: Who) -> String {
        let told = sentence(self.told);
        let renew = format!("{} has to renew what is out of date", its_administrator.as_str());
        match (self.clock.explains(expired), &self.clock.proof) {
            (Some(true), Some(proof)) => {
                let what = format!(
                    "This computer's clock is wrong: it says {}, but {proof}. That is why the certificate seems to be out of date.",
                    self.clock.says()
                );
                mend(&what, User, "set date, time and time zone")
            }
            (Some(_), _) => mend(&told, its_administrator, "renew what is out of date"),
            (None, _) => mend(
                &format!("{told} Look at the clock first: nothing proves which of the two is wrong."),
                User,
                &format!("set date, time and time zone if they are wrong; if they are right, {renew}"),
            ),
        }
    }

    /// A token that the server does not accept.
    fn token(&self, told: String) -> String {
        let expired = self.facts.token.expires.filter(|end| *end <= self.clock.best_time());
        let what = match (expired, &self.clock.proof) {
            (Some(end), _) => format!(
                "The token has expired: it was valid until {}, and now it is {}.",
                utc(end),
                utc(self.clock.best_time())
            ),
            (None, Some(proof)) => format!(
                "The server does not accept the token. This computer's clock is wrong besides: it says {}, but {proof}.",
                self.clock.says()
            ),
            (None, None) => told,
        };
        mend(&what, User, "sign in again, with an account that this server knows, and get a new token")
    }

    /// What a proxy does. The error calls it "it", after its name, and ends in advice.
    fn of_proxy(&self, peer: &str) -> String {
        let does = self.told.split_once("): it ").map_or(self.told, |(_, does)| does);
        sentence(&format!("{peer} {}", does.split("; ").next().unwrap_or(does)))
    }

    /// The advice in which the error ends.
    fn advice(&self) -> Option<&str> {
        self.told.split_once("; ").map(|(_, advice)| advice)
    }

    /// Nobody answered in time.
    fn silence(&self, step: Step, peer: &str) -> (String, Who, String) {
        match step {
            Step::Name => (names_unanswered(), Network, "see that the name servers answer".into()),
            Step::Connection => (
                format!(
                    "Nobody answers at the address of {peer}: a firewall swallows what is sent there, or that \
                         computer is off."
                ),
                Network,
                "let this computer connect there, or name the proxy that leads there".into(),
            ),
            Step::Tunnel if self.facts.is_signing_in => (
                format!("{} wants a Kerberos ticket, and this network's Kerberos does not answer.", capitalized(peer)),
                Network,
                "see that its servers (KDC) can be reached from this computer; the user checks a VPN".into(),
            ),
            Step::Tunnel => (
                format!("{} accepts connections, but does not answer.", capitalized(peer)),
                Network,
                "see that it works".into(),
            ),
            Step::Tls => (
                format!("{} accepts connections, but does not answer the TLS handshake.", capitalized(peer)),
                Who::Server,
                "see that it speaks TLS there; or the network's administrator, that no firewall is in between".into(),
            ),
            Step::Reply => (
                format!("{} took the request, but its answer did not come in time.", capitalized(peer)),
                Who::Server,
                "see what holds it up; the user tries again later".into(),
            ),
            _ => (sentence(self.told), User, "try again, with more time".into()),
        }
    }

    /// The connection broke.
    fn break_off(&self, step: Step, peer: &str) -> (String, Who, String) {
        match step {
            Step::Tunnel => (
                format!("{} ends the connection instead of answering.", capitalized(peer)),
                Network,
                "see why, in its log".into(),
            ),
            Step::Reply => (
                format!("The connection to {peer} broke before the answer was complete."),
                Who::Server,
                "see why, in the log of the server or of the gateway in front of it; the user tries again".into(),
            ),
            _ => (
                format!("The connection to {peer} was cut as soon as it was made: most likely by a firewall."),
                Network,
                "let this computer connect there".into(),
            ),
        }
    }
}

fn names_unanswered() -> String {
    "The name servers of this network do not answer.".into()
}

fn mend(what: &str, who: Who, how: &str) -> String {
    format!("{what} {} can mend this: {how}.", capitalized(who.as_str()))
}

/// A message without the mark at its end.
fn clause(message: &str) -> &str {
    message.trim_end_matches(['.', '?', '!'])
}

/// A message as a sentence.
fn sentence(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{end}", capitalized(message))
}

fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    text.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    text
}
