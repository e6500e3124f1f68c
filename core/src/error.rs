//! What can go wrong, in two grains: a [`Status`] to branch on and a [`Cause`] that names the reason.
//!
//! Both are append-only: their numbers and words are read by programs and by support staff.

use std::ffi::CStr;
use std::fmt;

/// A literal that ends in NUL.
const fn c_str(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $text:literal;)*) => {
        /// How an operation ended. `code() / 1000` is the layer: 0 success, 1 nothing was sent, 2 nobody
        /// answered, 3 an answer without a verdict, 9 a defect of this library.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Status { $($(#[$doc])* $variant),* }

        impl Status {
            /// Every status, in the order of its number.
            pub const ALL: &[Status] = &[$(Status::$variant),*];

            /// The number that C programs see.
            pub const fn code(self) -> i32 {
                match self { $(Status::$variant => $code),* }
            }

            /// The name that C programs see, such as `QLS_TIMEOUT`.
            pub const fn name(self) -> &'static str {
                match self { $(Status::$variant => $name),* }
            }

            /// One sentence for an end user.
            pub const fn text(self) -> &'static str {
                match self { $(Status::$variant => $text),* }
            }

            /// [`name`](Self::name), NUL-terminated for C.
            pub const fn c_name(self) -> &'static CStr {
                match self { $(Status::$variant => c_str(concat!($name, "\0"))),* }
            }

            /// [`text`](Self::text), NUL-terminated for C.
            pub const fn c_text(self) -> &'static CStr {
                match self { $(Status::$variant => c_str(concat!($text, "\0"))),* }
            }
        }
    };
}

statuses! {
    /// The server answered in the documented shape. It does not mean "allowed": ask for verdicts.
    Ok = 0, "QLS_OK", "The licence server answered.";
    /// An argument of the call is unusable.
    InvalidArgument = 1000, "QLS_INVALID_ARGUMENT", "The installer called the licence check with an invalid argument.";
    /// The consumers are no JSON of the documented shape.
    InvalidConsumers = 1001, "QLS_INVALID_CONSUMERS", "The installer's list of components could not be read.";
    /// The token cannot be sent: empty, too long, or with characters a token never has.
    InvalidToken = 1002, "QLS_INVALID_TOKEN", "The sign-in token is damaged.";
    /// No token was given and no signed-in Qt account can be used.
    TokenNotFound = 1003, "QLS_TOKEN_NOT_FOUND", "No sign-in for the licence server was found on this computer.";
    /// A setting that was accepted cannot be used.
    Configuration = 1004, "QLS_CONFIGURATION", "The installer's connection settings cannot be used.";
    /// The name of the server or its address is unknown.
    ResolveFailed = 2000, "QLS_RESOLVE_FAILED", "The licence server's name was not found on the network.";
    /// No connection to the server.
    ConnectFailed = 2001, "QLS_CONNECT_FAILED", "The licence server cannot be reached.";
    /// The proxy refused or failed.
    ProxyFailed = 2002, "QLS_PROXY_FAILED", "The network proxy did not let the licence check through.";
    /// The certificate does not prove that this is the server.
    TlsUntrusted = 2003, "QLS_TLS_UNTRUSTED", "The licence server's identity could not be confirmed.";
    /// No secure connection for another reason than the certificate.
    TlsFailed = 2004, "QLS_TLS_FAILED", "No secure connection to the licence server could be made.";
    /// The deadline passed.
    Timeout = 2005, "QLS_TIMEOUT", "The licence server did not answer in time.";
    /// The client was cancelled.
    Cancelled = 2006, "QLS_CANCELLED", "The licence check was cancelled.";
    /// The connection broke before the reply was complete.
    ConnectionLost = 2007, "QLS_CONNECTION_LOST", "The connection to the licence server broke off.";
    /// HTTP 200 with `"status": false`.
    Rejected = 3000, "QLS_REJECTED", "The licence server refused the request.";
    /// HTTP 400.
    BadRequest = 3001, "QLS_BAD_REQUEST", "The licence server did not understand the request.";
    /// HTTP 401 or 403.
    Unauthorized = 3002, "QLS_UNAUTHORIZED", "The licence server does not accept this sign-in.";
    /// HTTP 404 or 405: no pre-check at this address.
    NotFound = 3003, "QLS_NOT_FOUND", "This server offers no licence pre-check.";
    /// HTTP 429.
    RateLimited = 3004, "QLS_RATE_LIMITED", "The licence server is busy; try again later.";
    /// HTTP 5xx other than 511.
    ServerError = 3005, "QLS_SERVER_ERROR", "The licence server has a fault.";
    /// A reply of another shape than documented.
    UnexpectedReply = 3006, "QLS_UNEXPECTED_REPLY", "Something other than a licence server answered.";
    /// A reply larger than any sensible one.
    ReplyTooLarge = 3007, "QLS_REPLY_TOO_LARGE", "The licence server's reply is too large.";
    /// A defect of this library.
    Internal = 9000, "QLS_INTERNAL", "The licence check failed because of a defect in the installer.";
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)*) => {
        /// The finer reason behind a [`Status`]; `docs/status-codes.md` says what to do about each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause { $($(#[$doc])* $variant),* }

        impl Cause {
            /// Every cause.
            pub const ALL: &[Cause] = &[$(Cause::$variant),*];

            /// The stable word for it.
            pub const fn word(self) -> &'static str {
                match self { $(Cause::$variant => $word),* }
            }
        }
    };
}

causes! {
    /// A pointer that must not be NULL is.
    NullArgument = "null-argument";
    /// Text from the caller, or a reply, that is not UTF-8.
    NotUtf8 = "not-utf8";
    /// The server's URL is unusable.
    InvalidUrl = "invalid-url";
    /// A timeout of zero.
    InvalidTimeout = "invalid-timeout";
    /// The proxy's address is unusable.
    InvalidProxy = "invalid-proxy";
    /// The path of a CA file, or the CA text, is empty, or the path is PEM text.
    InvalidCa = "invalid-ca";
    /// A number that names no choice.
    InvalidChoice = "invalid-choice";
    /// A User-Agent that HTTP cannot carry.
    InvalidUserAgent = "invalid-user-agent";
    /// The extra members of a `list` request are unusable.
    InvalidExtra = "invalid-extra";
    /// Not well-formed JSON.
    NotJson = "not-json";
    /// Well-formed JSON of another shape than documented.
    WrongShape = "wrong-shape";
    /// More bytes than allowed.
    TooLarge = "too-large";
    /// The token is empty.
    TokenEmpty = "token-empty";
    /// The token is longer than 32 KiB.
    TokenTooLong = "token-too-long";
    /// The token has a character that no token has.
    TokenInvalidCharacter = "token-invalid-character";
    /// No `qtaccount.ini` in any of the known places.
    AccountFileMissing = "account-file-missing";
    /// A `qtaccount.ini` that cannot be read.
    AccountFileUnreadable = "account-file-unreadable";
    /// A `qtaccount.ini` without a token: nobody is signed in.
    AccountFileWithoutToken = "account-file-without-token";
    /// The Qt account's token is kept from servers that are not Qt's.
    AccountTokenForeignServer = "account-token-foreign-server";
    /// A token would travel readable by anybody on the way.
    PlainHttpRefused = "plain-http-refused";
    /// The environment or the desktop's settings name a proxy in a way that cannot be read.
    ProxySettingInvalid = "proxy-setting-invalid";
    /// No connection, and a script that would have named a proxy was not run.
    ProxyAutoconfig = "proxy-autoconfig";
    /// The CA file cannot be read.
    CaFileUnreadable = "ca-file-unreadable";
    /// The given CA certificates cannot be used.
    CaInvalid = "ca-invalid";
    /// `localhost` leads to another machine.
    LocalhostForeign = "localhost-foreign";
    /// The system offers no trusted certificates.
    NoTrustStore = "no-trust-store";
    /// The host name has no address.
    NameNotFound = "name-not-found";
    /// Earlier name look-ups still hang.
    ResolverBusy = "resolver-busy";
    /// The system gave no thread for looking a name up.
    NoResolverThread = "no-resolver-thread";
    /// Nothing listens there.
    ConnectionRefused = "connection-refused";
    /// The network does not lead there.
    Unreachable = "unreachable";
    /// The process or the system has no file descriptor left.
    NoDescriptors = "no-descriptors";
    /// The certificate has expired.
    CertificateExpired = "certificate-expired";
    /// The certificate is not valid yet, or this computer's clock is wrong.
    CertificateNotYetValid = "certificate-not-yet-valid";
    /// The certificate is another host's.
    CertificateWrongHost = "certificate-wrong-host";
    /// The certificate names no host where it has to.
    CertificateWithoutHost = "certificate-without-host";
    /// Nobody trusted has issued the certificate.
    CertificateUnknownIssuer = "certificate-unknown-issuer";
    /// The certificate is signed by itself.
    CertificateSelfSigned = "certificate-self-signed";
    /// The certificate is not a server's.
    CertificateWrongPurpose = "certificate-wrong-purpose";
    /// The CA may not issue certificates for this host.
    CertificateNameConstraints = "certificate-name-constraints";
    /// The certificate's signature is wrong or too weak.
    CertificateBadSignature = "certificate-bad-signature";
    /// The certificate was revoked.
    CertificateRevoked = "certificate-revoked";
    /// The certificate is unusable for another reason.
    CertificateInvalid = "certificate-invalid";
    /// The TLS handshake failed.
    HandshakeFailed = "handshake-failed";
    /// What answers does not speak TLS.
    NotTls = "not-tls";
    /// No TLS version or cipher in common.
    TlsVersion = "tls-version";
    /// The server wants a client certificate.
    ClientCertificateRequired = "client-certificate-required";
    /// The proxy wants a user name and password, or others than it got.
    ProxyAuthRequired = "proxy-auth-required";
    /// The proxy wants a kind of authentication that is not supported.
    ProxyAuthUnsupported = "proxy-auth-unsupported";
    /// The proxy does not connect to the server.
    ProxyRefused = "proxy-refused";
    /// The proxy answered something that is no proxy's answer.
    ProxyInvalidReply = "proxy-invalid-reply";
    /// No connection within the connect timeout.
    ConnectTimeout = "connect-timeout";
    /// The whole call's deadline passed.
    Deadline = "deadline";
    /// The client was cancelled.
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
    /// HTTP 401 or 403, and the token's own end of validity has passed.
    TokenExpired = "token-expired";
    /// HTTP 404 or 405.
    NoPreCheck = "no-pre-check";
    /// HTTP 429.
    RateLimited = "rate-limited";
    /// HTTP 5xx.
    ServerError = "server-error";
    /// HTTP 3xx: redirects are never followed.
    Redirect = "redirect";
    /// HTTP 511, or a web page with status 200: a network's sign-in page, most likely.
    CaptivePortal = "captive-portal";
    /// An HTTP status that the pre-check never has.
    HttpStatus = "http-status";
    /// Bytes that are no HTTP reply, or one that could be read in two ways.
    InvalidHttp = "invalid-http";
    /// A reply in a content or character encoding that was not asked for.
    WrongEncoding = "wrong-encoding";
    /// A defect of this library.
    Internal = "internal";
}

/// Why there is no answer: status, cause and a sentence for a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    status: Status,
    cause: Cause,
    message: String,
    http_status: u16,
}

impl Error {
    /// An error as the C interface makes them: for arguments that never reach a [`Client`](crate::Client).
    /// Control characters in the message are escaped, and its length is bounded.
    pub fn new(status: Status, cause: Cause, message: impl Into<String>) -> Self {
        Self { status, cause, message: crate::text::shown(&message.into()), http_status: 0 }
    }

    /// What to branch on; never [`Status::Ok`] for the errors of this crate.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The finer reason.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// The same of a reply that came with this HTTP status.
    pub(crate) fn with_http_status(self, http_status: u16) -> Self {
        Self { http_status, ..self }
    }

    /// The same, should its message quote a peer that echoed `secret`.
    pub(crate) fn without(self, secret: &str) -> Self {
        Self { message: crate::token::redact::in_bounded_text(&self.message, secret), ..self }
    }

    /// The HTTP status of the reply that could not be used; 0 where there was none.
    pub(crate) fn http_status(&self) -> u16 {
        self.http_status
    }

    /// What happened, to what, and what to do: one sentence or two, the whole chain of causes included.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.status.name(), self.cause.word(), self.message)
    }
}

impl std::error::Error for Error {}
