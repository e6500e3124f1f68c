//! Signs in to a proxy as the user of this session, by the scheme Negotiate (RFC 4559). The system makes the messages. It may
//! ask the network's Kerberos for a ticket, for longer than a call has time, so it does so on a helper thread.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qls_precheck_os::negotiate::{Context, NoMessage, Package};
use zeroize::Zeroizing;

use crate::error::{Cause, Error, Status};
use crate::proxy::{Proxy, Source};
use crate::server::Host;

use super::deadline::Deadline;
use super::helper::{Helpers, MAX_HELPERS, Unanswered};
use super::tunnel_error::failed;

/// The threads on which the system makes messages.
static SIGN_INS: Helpers = Helpers::new("qls-negotiate");

/// Whether this is a program that can load no library.
const IS_STATIC: bool = cfg!(all(target_os = "linux", target_feature = "crt-static"));

/// Signing in to one proxy.
pub(crate) struct Negotiation {
    /// The proxy's name, for which there is a ticket.
    host: String,
    package: Package,
    /// None before the first message, and after a failure.
    context: Option<Context>,
    /// What else the user can do, behind advice. Empty if the proxy offers nothing else.
    otherwise: &'static str,
}

impl Negotiation {
    /// Begins to sign in to `proxy`, which takes a user name and a password as well if `has_basic`. Asks nobody yet.
    pub(crate) fn begin(proxy: &Proxy, has_basic: bool) -> Result<Self, Error> {
        let otherwise = match proxy.source.is_script() {
            _ if !has_basic => "",
            true => ", or set this proxy explicitly, with a user name and a password in its address",
            false => ", or put a user name and a password into the proxy's address",
        };
        let package = match proxy.source {
            Source::Program | Source::Variable(_) | Source::InternetOptions | Source::Script(_) => Package::Negotiate,
            Source::Detected => Package::Kerberos,
        };
        match &proxy.host {
            Host::Name(name) => {
                let host = name.trim_end_matches('.').to_owned();
                Ok(Self { host, package, context: None, otherwise })
            }
            Host::Ip(_) => {
                let write = match proxy.source.is_script() {
                    true => "ask the network's administrator to write the proxy's name in the script",
                    false => "write the proxy's name in its address",
                };
                Err(required(format!("there are none for addresses of numbers; {write}{otherwise}")))
            }
        }
    }

    /// The value of the header for the next request, after the proxy sent the message `input`; empty for the first one.
    pub(crate) fn next(&mut self, input: Vec<u8>, deadline: &Deadline) -> Result<Zeroizing<String>, Error> {
        let deadline = deadline.doing(format!("asking Kerberos for a ticket for HTTP/{}", self.host));
        let (host, package, context) = (self.host.clone(), self.package, self.context.take());
        let is_first = context.is_none();
        let made = SIGN_INS.run(&deadline, move || {
            let mut context = match context {
                Some(context) => context,
                None => Context::new(&host, package)?,
            };
            let message = context.step(&input)?;
            Ok((context, message))
        });
        let (context, message) = made.map_err(unanswered)?.map_err(|why| match why {
            why if is_first => self.lacking(why),
            NoMessage::NoLibrary(told) | NoMessage::NoTicket(told) | NoMessage::Other(told) => refused(&told),
        })?;
        if message.is_empty() {
            return Err(refused("there is nothing more to say"));
        }
        self.context = Some(context);
        Ok(Zeroizing::new(format!("Negotiate {}", STANDARD.encode(message))))
    }

    /// The message in the proxy's `token`, as its header has it; None if it is none that this side can answer.
    pub(crate) fn message(&self, token: &str) -> Option<Vec<u8>> {
        let expects_one = self.context.as_ref().is_some_and(|context| !context.is_complete());
        STANDARD.decode(token).ok().filter(|message| expects_one && !message.is_empty())
    }

    /// The error of a system that has nothing to begin with.
    fn lacking(&self, why: NoMessage) -> Error {
        let Self { host, otherwise, .. } = self;
        required(match why {
            NoMessage::NoLibrary(_) if IS_STATIC => {
                format!("this program is static, and loads no library for it; take the build for glibc{otherwise}")
            }
            NoMessage::NoLibrary(told) if cfg!(windows) => {
                format!("Windows' library for it cannot be loaded: {told}")
            }
            NoMessage::NoLibrary(told) => format!(
                "the library for it cannot be loaded ({told}); install the package libgssapi-krb5-2 or krb5-libs{otherwise}"
            ),
            NoMessage::NoTicket(told) if cfg!(windows) => {
                format!("there is none ({told}); sign in to the network's domain{otherwise}")
            }
            NoMessage::NoTicket(told) => {
                format!("there is none ({told}); get one with kinit, or sign in to the network's domain{otherwise}")
            }
            NoMessage::Other(told) => format!(
                "there is none for HTTP/{host} ({told}); see that the network's Kerberos can be reached, and knows the \
                 proxy by this name{otherwise}"
            ),
        })
    }
}

/// The error of a proxy that wants the signed-in user, and `why` it cannot be told who that is.
fn required(why: String) -> Error {
    failed(Cause::ProxyAuthRequired, format!("it requires the signed-in user's Kerberos ticket, and {why}"))
}

/// The error of a proxy that was told who the user is, and is not content with that.
pub(crate) fn refused(detail: &str) -> Error {
    let message = format!(
        "it does not accept the signed-in user ({detail}); see that this computer's clock is right, and ask the proxy's \
         administrator"
    );
    failed(Cause::ProxyTicketRefused, message)
}

fn unanswered(unanswered: Unanswered) -> Error {
    match unanswered {
        Unanswered::Busy(error) if error.status() == Status::Timeout => {
            let message = format!("{error}: {MAX_HELPERS} earlier requests are still without an answer");
            Error::new(Status::Timeout, error.cause(), message)
        }
        Unanswered::Busy(error) | Unanswered::Ended(error) => error,
        Unanswered::NoThread(error) => {
            let message = format!(
                "it requires the signed-in user's Kerberos ticket, and the system gave no thread for getting it: {error}"
            );
            failed(Cause::NoResolverThread, message)
        }
        Unanswered::Panicked => Error::internal(),
    }
}
