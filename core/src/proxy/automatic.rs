//! Asks the desktop's script, if there is one, for the ways to a server. The system finds, fetches and runs it, in its
//! own time, so it is asked on a thread of its own and not waited for very long.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use qls_precheck_os::autoproxy::{self, Failure, Script, Way};

use crate::error::Error;
use crate::server::Server;
use crate::transport::{Deadline, Helpers};

use super::address::{Proxy, Source};
use super::desktop::unusable;
use super::route::shown;

/// How much of a call's time finding out the proxies may take; never more than half of what is left of it, so that
/// there is time for the way without them.
const LONGEST: Duration = Duration::from_secs(3);

/// The threads that ask scripts.
static ASKED: Helpers = Helpers::new("qls-autoproxy");

/// What came of asking.
pub(super) enum Heard {
    /// These ways, in this order; None stands for the direct one.
    Ways(Vec<Option<Proxy>>),
    /// No script named a way, for this reason, in words for a message. None if there is no script.
    Nothing(Option<String>),
}

/// Asks for the ways to `server`: first the script that the network names, if `detect` says so, then the one at the
/// address `script`. Both are asked at once, since the network may take its time to say that it has none. Fails if time
/// is up, the client was canceled, or a script names nothing that can be used.
pub(super) fn ask(detect: bool, script: Option<&str>, server: &Server, deadline: &Deadline) -> Result<Heard, Error> {
    let deadline = deadline.doing("asking which proxies lead to the server");
    let longest = LONGEST.min(deadline.left() / 2);
    let until = Instant::now() + longest;
    let scripts = [detect.then_some(Script::Detected), script.map(|address| Script::At(address.into()))];
    let asked: Vec<_> = scripts.into_iter().flatten().map(|script| (begin(&script, server), script)).collect();
    let mut unheard = Vec::new();
    for (answer, script) in asked {
        let heard = match answer {
            Ok(answer) => wait(&answer, until, &deadline)?
                .unwrap_or_else(|| Err(unavailable(format!("no answer within {} ms", longest.as_millis())))),
            Err(failure) => Err(failure),
        };
        match heard {
            Ok(ways) => return usable(ways, &script).map(Heard::Ways),
            // As in most networks.
            Err(Failure::NotDetected) => {}
            Err(Failure::Unavailable(why)) => unheard.push(match &script {
                Script::Detected => format!("proxies could not be detected automatically ({why})"),
                Script::At(address) => {
                    format!("the script that chooses proxies, {}, could not be asked ({why})", shown(address))
                }
            }),
        }
    }
    Ok(Heard::Nothing((!unheard.is_empty()).then(|| unheard.join("; "))))
}

type Answer = Result<Vec<Way>, Failure>;

fn unavailable(why: impl Into<String>) -> Failure {
    Failure::Unavailable(why.into())
}

/// Begins to ask `script`. It is told the server's address without the path, as browsers do it.
fn begin(script: &Script, server: &Server) -> Result<Receiver<Answer>, Failure> {
    let (scheme, default_port) = if server.https { ("https", 443) } else { ("http", 80) };
    let port = if server.port == default_port { String::new() } else { format!(":{}", server.port) };
    let url = format!("{scheme}://{}{port}/", server.host);
    let permit = ASKED.permit().ok_or_else(|| unavailable("earlier questions are still without an answer"))?;
    let script = script.clone();
    permit
        .run(move || autoproxy::ask(&script, &url))
        .map_err(|error| unavailable(format!("the system gave no thread for it: {error}")))
}

/// The answer; None if there is none at the time `until`.
fn wait(answer: &Receiver<Answer>, until: Instant, deadline: &Deadline) -> Result<Option<Answer>, Error> {
    loop {
        deadline.check()?;
        let left = until.saturating_duration_since(Instant::now());
        match answer.recv_timeout(left.min(deadline.slice())) {
            Ok(answer) => return Ok(Some(answer)),
            Err(RecvTimeoutError::Timeout) if !left.is_zero() => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(None),
        }
    }
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
        Some(why) if usable.is_empty() => Err(unusable(&format!("{why} ({source})"))),
        _ => Ok(usable),
    }
}
