//! What can go wrong: an [`Error`] has a [`Status`] for programs to branch on, a [`Cause`] that names the exact reason,
//! and a message for a person.
//!
//! Programs and support staff rely on the numbers of statuses and the words of causes. So both are only ever added,
//! never changed.

use std::fmt;

use crate::text::Message;
use crate::token::redact::Secrets;

macro_rules! statuses {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $text:literal;)*) => {
        /// How an operation ended. `code() / 1000` tells how far it came: 0 success, 1 nothing was sent, 2 nobody
        /// answered, 3 an answer without a verdict, 9 a defect of this library.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Status { $($(#[$doc])* $variant),* }

        impl Status {
            /// Every status, in the order of its number.
            pub const ALL: &[Status] = &[$(Status::$variant),*];

            /// The number of the status, as C programs see it.
            pub const fn code(self) -> i32 {
                match self { $(Status::$variant => $code),* }
            }

            /// The name of the status, as C programs see it, such as `QLS_TIMEOUT`.
            pub const fn name(self) -> &'static str {
                match self { $(Status::$variant => $name),* }
            }

            /// One sentence about the status for an end user, in English.
            pub const fn text(self) -> &'static str {
                match self { $(Status::$variant => $text),* }
            }
        }
    };
}

statuses! {
    /// The server answered as documented, or nothing had to be asked. It does not mean "allowed": look at the verdicts.
    Ok = 0, "QLS_OK", "The license server answered.";
    /// An argument of the call, or of an earlier setter, cannot be used.
    InvalidArgument = 1000, "QLS_INVALID_ARGUMENT", "The installer called the license check with an invalid argument.";
    /// The consumers are not JSON of the documented shape.
    InvalidConsumers = 1001, "QLS_INVALID_CONSUMERS", "The installer's list of components could not be read.";
    /// The token cannot be sent: empty, too long, or with characters a token never has.
    InvalidToken = 1002, "QLS_INVALID_TOKEN", "The sign-in token is damaged.";
    /// No token was given and no signed-in Qt account can be used.
    TokenNotFound = 1003, "QLS_TOKEN_NOT_FOUND", "No sign-in for the license server was found on this computer.";
    /// A setting cannot be used, as was found only during the call: a broken CA file, plain http to another machine.
    Configuration = 1004, "QLS_CONFIGURATION", "The installer's connection settings cannot be used.";
    /// The server's name was not found, or could not be looked up.
    ResolveFailed = 2000, "QLS_RESOLVE_FAILED", "The license server's name was not found on the network.";
    /// No connection to the server.
    ConnectFailed = 2001, "QLS_CONNECT_FAILED", "The license server cannot be reached.";
    /// The proxy refused or failed.
    ProxyFailed = 2002, "QLS_PROXY_FAILED", "The network proxy did not let the license check through.";
    /// The certificate does not prove that this is the server.
    TlsUntrusted = 2003, "QLS_TLS_UNTRUSTED", "The license server's identity could not be confirmed.";
    /// No secure connection, for another reason than the certificate.
    TlsFailed = 2004, "QLS_TLS_FAILED", "No secure connection to the license server could be made.";
    /// The time for the operation, or for making a connection, is over.
    Timeout = 2005, "QLS_TIMEOUT", "The license server did not answer in time.";
    /// The client was canceled.
    Cancelled = 2006, "QLS_CANCELLED", "The license check was canceled.";
    /// The connection broke before the reply was complete.
    ConnectionLost = 2007, "QLS_CONNECTION_LOST", "The connection to the license server broke off.";
    /// HTTP 200 with `"status": false`.
    Rejected = 3000, "QLS_REJECTED", "The license server refused the request.";
    /// HTTP 400.
    BadRequest = 3001, "QLS_BAD_REQUEST", "The license server did not understand the request.";
    /// HTTP 401 or 403.
    Unauthorized = 3002, "QLS_UNAUTHORIZED", "The license server does not accept this sign-in.";
    /// HTTP 404 or 405: there is no pre-check at this address.
    NotFound = 3003, "QLS_NOT_FOUND", "This server offers no license pre-check.";
    /// HTTP 429: too many requests.
    RateLimited = 3004, "QLS_RATE_LIMITED", "The license server is busy; try again later.";
    /// HTTP 5xx other than 511.
    ServerError = 3005, "QLS_SERVER_ERROR", "The license server has a fault.";
    /// The reply is not of the documented shape. Often something other than a license server answered.
    UnexpectedReply = 3006, "QLS_UNEXPECTED_REPLY", "The reply to the license check could not be used.";
    /// The reply is larger than 32 MiB, or than the memory that is left.
    ReplyTooLarge = 3007, "QLS_REPLY_TOO_LARGE", "The license server's reply is too large.";
    /// A defect of this library.
    Internal = 9000, "QLS_INTERNAL", "The license check failed because of a defect in its library.";
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)*) => {
        /// The exact reason behind a [`Status`]; `docs/status-codes.md` says what to do about each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause { $($(#[$doc])* $variant),* }

        impl Cause {
            /// Every cause, grouped by subject.
            pub const ALL: &[Cause] = &[$(Cause::$variant),*];

            /// The cause's word in a result's JSON, such as `deadline`. It never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $(Cause::$variant => $word),* }
            }
        }
    };
}

causes! {
    /// An argument that must be given is missing: in C, it is NULL.
    NullArgument = "null-argument";
    /// An argument or a reply is not UTF-8.
    NotUtf8 = "not-utf8";
    /// The server's address cannot be used.
    InvalidUrl = "invalid-url";
    /// A timeout of zero.
    InvalidTimeout = "invalid-timeout";
    /// The proxy's address cannot be used.
    InvalidProxy = "invalid-proxy";
    /// The path of a CA file, or the CA text, is empty, or the path is PEM text.
    InvalidCa = "invalid-ca";
    /// A number stands for none of the choices.
    InvalidChoice = "invalid-choice";
    /// HTTP cannot carry the name of the program.
    InvalidUserAgent = "invalid-user-agent";
    /// The extra members of a `list` request cannot be used.
    InvalidExtra = "invalid-extra";
    /// Not well-formed JSON.
    NotJson = "not-json";
    /// JSON of another shape than documented.
    WrongShape = "wrong-shape";
    /// More bytes than allowed.
    TooLarge = "too-large";
    /// More bytes than the memory that is left.
    OutOfMemory = "out-of-memory";
    /// The token is empty.
    TokenEmpty = "token-empty";
    /// The token is longer than 32 KiB.
    TokenTooLong = "token-too-long";
    /// The file that is to hold the token cannot be read. Only the program `qls-precheck` reads such files.
    TokenFileUnreadable = "token-file-unreadable";
    /// The token has a character that no token has.
    TokenInvalidCharacter = "token-invalid-character";
    /// There is no `qtaccount.ini` in any of the known places.
    AccountFileMissing = "account-file-missing";
    /// A `qtaccount.ini` cannot be read.
    AccountFileUnreadable = "account-file-unreadable";
    /// A `qtaccount.ini` has no token: nobody is signed in.
    AccountFileWithoutToken = "account-file-without-token";
    /// The Qt account's token is not sent to a server that is not the Qt Company's.
    AccountTokenForeignServer = "account-token-foreign-server";
    /// The token would be sent to another machine by plain http.
    PlainHttpRefused = "plain-http-refused";
    /// The proxy that the environment or the desktop's settings name cannot be used.
    ProxySettingInvalid = "proxy-setting-invalid";
    /// The server was not reached directly, and the script that would have named a proxy could not be asked.
    ProxyAutoconfig = "proxy-autoconfig";
    /// The CA file cannot be read.
    CaFileUnreadable = "ca-file-unreadable";
    /// The given CA certificates cannot be used.
    CaInvalid = "ca-invalid";
    /// The system offers no trusted certificates.
    NoTrustStore = "no-trust-store";
    /// The host name has no address.
    NameNotFound = "name-not-found";
    /// The resolver cannot look the name up now: there is no network, or the name server does not answer.
    ResolverUnavailable = "resolver-unavailable";
    /// The resolver failed, and would again: its name server has a fault, or this computer's resolver is set up wrongly.
    ResolverFailed = "resolver-failed";
    /// Earlier look-ups of names still wait for the system's resolver.
    ResolverBusy = "resolver-busy";
    /// The system could not start a thread for looking a name up, or for getting a ticket.
    NoResolverThread = "no-resolver-thread";
    /// The connection was refused: usually no program listens at the port.
    ConnectionRefused = "connection-refused";
    /// This computer does not let the program connect: a firewall on it, or a sandbox.
    ConnectionNotPermitted = "connection-not-permitted";
    /// There is no way to the address through the network.
    Unreachable = "unreachable";
    /// The process or the system has no file descriptor left.
    NoDescriptors = "no-descriptors";
    /// The certificate has expired.
    CertificateExpired = "certificate-expired";
    /// The certificate is not valid yet, or this computer's clock is wrong.
    CertificateNotYetValid = "certificate-not-yet-valid";
    /// The certificate names other hosts.
    CertificateWrongHost = "certificate-wrong-host";
    /// The certificate names no host in a subject alternative name.
    CertificateWithoutHost = "certificate-without-host";
    /// The certificate was issued by nobody who is trusted.
    CertificateUnknownIssuer = "certificate-unknown-issuer";
    /// The certificate is self-signed.
    CertificateSelfSigned = "certificate-self-signed";
    /// The certificate is not meant for a server.
    CertificateWrongPurpose = "certificate-wrong-purpose";
    /// The CA may not issue certificates for this host.
    CertificateNameConstraints = "certificate-name-constraints";
    /// The certificate's signature is wrong or too weak.
    CertificateBadSignature = "certificate-bad-signature";
    /// The certificate needs something that this library does not do.
    CertificateUnsupported = "certificate-unsupported";
    /// The certificate was revoked.
    CertificateRevoked = "certificate-revoked";
    /// The certificate cannot be used for another reason.
    CertificateInvalid = "certificate-invalid";
    /// The TLS handshake failed for another reason.
    HandshakeFailed = "handshake-failed";
    /// What answers at this port does not speak TLS.
    NotTls = "not-tls";
    /// No TLS version or cipher in common.
    TlsVersion = "tls-version";
    /// The server wants a client certificate.
    ClientCertificateRequired = "client-certificate-required";
    /// The proxy wants a user name and password, or the signed-in user, and gets neither; or it does not accept the password.
    ProxyAuthRequired = "proxy-auth-required";
    /// The proxy does not accept who the signed-in user is.
    ProxyTicketRefused = "proxy-ticket-refused";
    /// The proxy wants a kind of authentication that is not supported.
    ProxyAuthUnsupported = "proxy-auth-unsupported";
    /// The proxy refuses to connect to the server.
    ProxyRefused = "proxy-refused";
    /// The proxy tried to connect to the server, and could not.
    ProxyCannotConnect = "proxy-cannot-connect";
    /// What answered at the proxy's address is not such a proxy.
    ProxyInvalidReply = "proxy-invalid-reply";
    /// No connection was made within the connect timeout.
    ConnectTimeout = "connect-timeout";
    /// The time for the whole operation is over.
    Deadline = "deadline";
    /// The client was canceled.
    Cancelled = "cancelled";
    /// The connection was closed or reset.
    ConnectionClosed = "connection-closed";
    /// The server answered `"status": false`.
    Rejected = "rejected";
    /// HTTP 400.
    BadRequest = "bad-request";
    /// HTTP 401.
    Unauthorized = "unauthorized";
    /// HTTP 403.
    Forbidden = "forbidden";
    /// HTTP 401 or 403, and the token says that it has expired.
    TokenExpired = "token-expired";
    /// HTTP 404 or 405: there is no pre-check at this address.
    NoPreCheck = "no-pre-check";
    /// HTTP 429.
    RateLimited = "rate-limited";
    /// HTTP 5xx other than 511.
    ServerError = "server-error";
    /// HTTP 3xx: redirects are never followed.
    Redirect = "redirect";
    /// HTTP 511, or a web page with status 200: a network's sign-in page, most likely.
    CaptivePortal = "captive-portal";
    /// An HTTP status that a license server never sends.
    HttpStatus = "http-status";
    /// The reply is not valid HTTP, or could be read in two ways.
    InvalidHttp = "invalid-http";
    /// The reply has more header fields than are read.
    TooManyHeaders = "too-many-headers";
    /// The reply is compressed, or its characters are not encoded as UTF-8.
    WrongEncoding = "wrong-encoding";
    /// A defect of this library.
    Internal = "internal";
}

/// Why there is no answer: a status, a cause and a message for a person.
///
/// Text that others said, such as the server, may be part of the message. `Display` and `Debug` escape it, bound its
/// length, and leave out what looks like a token. They do not know which other texts are secrets: the operation does, and
/// removes them before it puts the error into an [`Outcome`](crate::Outcome).
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    status: Status,
    cause: Cause,
    message: Message,
    http_status: u16,
}

impl Error {
    /// An error in our own words. Public for callers such as the C interface, which find errors before they reach a
    /// [`Client`](crate::Client).
    pub fn new(status: Status, cause: Cause, message: impl Into<String>) -> Self {
        Self { status, cause, message: Message::own(message), http_status: 0 }
    }

    /// The error of a defect in this library.
    pub fn internal() -> Self {
        Self::new(Status::Internal, Cause::Internal, "the license check failed because of a defect in its library")
    }

    /// The error of a reply for which there is not enough memory.
    pub(crate) fn reply_out_of_memory() -> Self {
        let message = "there is not enough memory for the server's reply; close other programs and try again";
        Self::new(Status::ReplyTooLarge, Cause::OutOfMemory, message)
    }

    /// An error whose message quotes what somebody else said.
    pub(crate) fn quoting(status: Status, cause: Cause, message: Message) -> Self {
        Self { status, cause, message, http_status: 0 }
    }

    /// The status, to branch on. Errors of this crate never have [`Status::Ok`].
    pub fn status(&self) -> Status {
        self.status
    }

    /// The exact reason.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// Whether nobody answered in the network, neither the server nor a proxy. A proxy may be missing then.
    pub(crate) fn nobody_answered(&self) -> bool {
        matches!(
            self.cause,
            Cause::NameNotFound
                | Cause::ResolverUnavailable
                | Cause::ResolverFailed
                | Cause::ConnectionRefused
                | Cause::Unreachable
                | Cause::ConnectTimeout
        )
    }

    /// The place of this error among those of several attempts to connect, the most telling first. An answer says most.
    /// A timeout comes next, so that the operation does not ask again; then a refused connection, which says more than an
    /// address that cannot be reached; then a connection that broke; then what this computer, or this library, lacks. A
    /// name that is not known comes last: where the way out is a proxy, it is so for all servers.
    pub(crate) fn rank(&self) -> u8 {
        match self.cause {
            Cause::ConnectTimeout | Cause::Deadline => 1,
            Cause::ConnectionRefused => 2,
            Cause::ConnectionClosed => 3,
            Cause::NoDescriptors | Cause::OutOfMemory | Cause::NoResolverThread | Cause::Internal => 4,
            Cause::Unreachable | Cause::ConnectionNotPermitted => 5,
            Cause::ResolverUnavailable | Cause::ResolverFailed | Cause::ResolverBusy => 6,
            Cause::NameNotFound => 7,
            _ => 0,
        }
    }

    /// What happened, to what, why, and what can be done about it.
    pub fn message(&self) -> String {
        self.message.shown(&Secrets::default())
    }

    /// The message before anything is escaped or cut, to become part of another message.
    pub(crate) fn to_message(&self) -> Message {
        self.message.clone()
    }

    /// The HTTP status of the reply that could not be used; 0 if there was none.
    pub(crate) fn http_status(&self) -> u16 {
        self.http_status
    }

    /// Adds the HTTP status of the reply that the error is about.
    pub(crate) fn with_http_status(self, http_status: u16) -> Self {
        Self { http_status, ..self }
    }

    /// Puts in front of the message where it happened.
    pub(crate) fn at(self, place: impl fmt::Display) -> Self {
        Self { message: self.message.at(place), ..self }
    }

    /// The error with a message from which `secrets` are removed.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        Self { message: Message::own(self.message.shown(secrets)), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.status.name(), self.cause.as_str(), self.message())
    }
}

impl std::error::Error for Error {}
