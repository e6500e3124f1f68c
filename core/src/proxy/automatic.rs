//! Asks the desktop's script, if there is one, for the ways to a server. The system finds, fetches and runs it, in its
//! own time, so it is asked on a thread of its own and not waited for very long.

use std::time::Duration;

use qls_precheck_os::autoproxy::{self, NoWays, Script, Way};

use crate::error::{Cause, Error, Status};
use crate::log::Log;
use crate::server::Server;
use crate::transport::{Deadline, Helpers, Unanswered};

use super::address::{Proxy, Source};
use super::route::{Unheard, shown};

/// How much of a call's time finding out the proxies may take; never more than half of what is left of it, so that
/// there is time for the way without them.
const LONGEST: Duration = Duration::from_secs(3);

/// The threads that ask scripts.
static ASKING: Helpers = Helpers::new("qls-autoproxy");

/// What came of asking.
pub(super) enum Choice {
    /// These ways, in this order; None stands for the direct one.
    Ways(Vec<Option<Proxy>>),
    /// No script named a way. None if there is no script.
    Nothing(Option<Unheard>),
}

/// Asks for the ways to `server`: first the script that the network names, if `detect` says so, then the one at the
/// address `script`. Fails if the call's time is up, the client was canceled, or a script names nothing that can be used.
pub(super) fn ask(
    detect: bool,
    script: Option<&str>,
    server: &Server,
    deadline: &Deadline,
    log: &Log,
) -> Result<Choice, Error> {
    let deadline = deadline.doing("asking which proxies lead to the server");
    let scripts = [detect.then_some(Script::Detected), script.map(|address| Script::At(address.into()))];
    let scripts: Vec<_> = scripts.into_iter().flatten().collect();
    // A network that does not say whether it has a script leaves time for the other one.
    let longest = LONGEST.min(deadline.left() / 2) / scripts.len().max(1) as u32;
    let mut reasons = Vec::new();
    let mut is_there = false;
    for script in scripts {
        let why = match ask_one(&script, server, longest, &deadline)? {
            Ok(ways) => {
                log.note(|facts| facts.way.is_scripted = true);
                return usable(ways, &script).map(Choice::Ways);
            }
            // As in most networks.
            Err(NoWays::NotDetected) => continue,
            Err(NoWays::Unusable(why)) => {
                is_there = true;
                why
            }
            Err(NoWays::Unavailable(why)) => why,
        };
        reasons.push(match &script {
            Script::Detected => format!("proxies could not be detected automatically ({why})"),
            Script::At(address) => {
                is_there = true;
                format!("the script that chooses proxies, {}, could not be asked ({why})", shown(address))
            }
        });
    }
    Ok(Choice::Nothing((!reasons.is_empty()).then(|| Unheard { why: reasons.join("; "), is_there })))
}

/// Asks one script, for so long. It is told the server's address without the path, as browsers do it.
fn ask_one(
    script: &Script,
    server: &Server,
    longest: Duration,
    deadline: &Deadline,
) -> Result<Result<Vec<Way>, NoWays>, Error> {
    let (scheme, default_port) = if server.https { ("https", 443) } else { ("http", 80) };
    let port = if server.port == default_port { String::new() } else { format!(":{}", server.port) };
    let url = format!("{scheme}://{}{port}/", server.host);
    let question = script.clone();
    let unanswered = match ASKING.run(&deadline.limited(longest), move || autoproxy::ask(&question, &url)) {
        Ok(answer) => return Ok(answer),
        Err(unanswered) => unanswered,
    };
    // The time for asking is up, but perhaps not that of the call, which goes on then.
    deadline.check()?;
    let why = match unanswered {
        Unanswered::Busy(_) => "earlier questions are still without an answer".into(),
        Unanswered::Ended(_) => format!("no answer within {} ms", longest.as_millis()),
        Unanswered::NoThread(error) => format!("the system gave no thread for it: {error}"),
        Unanswered::Panicked => return Err(Error::internal()),
    };
    Ok(Err(NoWays::Unavailable(why)))
}

/// Those of the ways that can be gone. Fails if there are none: going directly instead could send the request where it
/// must not go.
fn usable(ways: Vec<Way>, script: &Script) -> Result<Vec<Option<Proxy>>, Error> {
    let source = match script {
        Script::Detected => Source::Detected,
        Script::At(address) => Source::Script(shown(address).into()),
    };
    let mut refused = None;
    let mut usable = Vec::new();
    for way in ways {
        match way {
            Way::Direct => usable.push(None),
            Way::Proxy(address) => match Proxy::parse(&address, source.clone()) {
                Ok(proxy) => usable.push(Some(proxy)),
                Err(why) => refused = Some(why),
            },
        }
    }
    match refused {
        Some(why) if usable.is_empty() => {
            let message = format!(
                "no proxy {source} can be used: {why}; set a proxy explicitly, or ask the network's administrator to \
                 correct the script"
            );
            Err(Error::new(Status::Configuration, Cause::ProxySettingInvalid, message))
        }
        _ => Ok(usable),
    }
}
