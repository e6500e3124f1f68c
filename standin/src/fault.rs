//! Faults to rehearse: what installers meet when the server or the way to it fails.

use std::{str::FromStr, sync::Mutex, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};

use crate::{Error, reply};

/// One fault, read from `[N*]delay=TIME`, `[N*]status=CODE`, `[N*]html` or `[N*]redirect=URL`.
///
/// With `N*` it strikes N times and is then over; without, it strikes every time. Faults strike
/// in the order given until one of them answers the request; the ones behind it wait their turn.
/// So `2*status=503` and `html` together give two gateway pages and login pages ever after.
#[derive(Clone, Debug)]
pub struct Fault {
    kind: Kind,
    /// `None`: it never ends.
    left: Option<u32>,
}

#[derive(Clone, Debug)]
enum Kind {
    Delay(Duration),
    Status(StatusCode),
    Html,
    Redirect(HeaderValue),
}

impl FromStr for Fault {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // A `*` may also stand in a redirect's URL; only digits before it make it a count.
        let counted = text.split_once('*').and_then(|(count, kind)| Some((count.parse().ok()?, kind)));
        match counted {
            Some((0, _)) => Err(Error::new("0* would never strike; leave the fault out")),
            Some((count, kind)) => Ok(Self { kind: kind.parse()?, left: Some(count) }),
            None => Ok(Self { kind: text.parse()?, left: None }),
        }
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split_once('=') {
            None if text == "html" => Ok(Self::Html),
            Some(("delay", time)) => humantime::parse_duration(time)
                .map(Self::Delay)
                .map_err(|e| Error::new(format!("delay: expected a time such as 3s or 500ms, found {time:?}: {e}"))),
            Some(("status", code)) => code
                .parse()
                .ok()
                .filter(|status: &StatusCode| status.is_client_error() || status.is_server_error())
                .map(Self::Status)
                .ok_or_else(|| Error::new(format!("status: expected an error status from 400 to 599, found {code:?}"))),
            Some(("redirect", url)) => HeaderValue::from_str(url)
                .ok()
                .filter(|url| !url.is_empty())
                .map(Self::Redirect)
                .ok_or_else(|| Error::new(format!("redirect: expected a URL, found {url:?}"))),
            _ => Err(Error::new(format!(
                "expected delay=TIME, status=CODE, html or redirect=URL, each with N* before it or not, \
                 found {text:?}"
            ))),
        }
    }
}

/// The faults of a running stand-in.
#[derive(Debug)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(Mutex::new(faults))
    }

    /// What the next request meets: a delay, and an answer unless the endpoint is to give it.
    pub(crate) fn strike(&self) -> (Duration, Option<Response>) {
        let mut delay = Duration::ZERO;
        let mut faults = self.0.lock().expect("no holder of this lock panics");
        for Fault { kind, left } in faults.iter_mut() {
            match left {
                Some(0) => continue,
                Some(left) => *left -= 1,
                None => {}
            }
            match kind {
                Kind::Delay(time) => delay = delay.saturating_add(*time),
                Kind::Status(status) => return (delay, Some(failure(*status))),
                Kind::Html => return (delay, Some(reply::login_page())),
                Kind::Redirect(url) => return (delay, Some(reply::redirect(url.clone()))),
            }
        }
        (delay, None)
    }
}

/// The gateway's own statuses come as the gateway's pages, the others from the server itself.
fn failure(status: StatusCode) -> Response {
    match status {
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            reply::gateway_page(status)
        }
        _ => reply::error(status),
    }
}
