//! Faults to rehearse: what installers meet when the server or the way to it fails.

use std::{fmt, str::FromStr, time::Duration};

use axum::http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use crate::Error;

/// One fault, read from `[N*]delay=TIME`, `[N*]status=CODE`, `[N*]html`, `[N*]redirect=URL`,
/// `[N*]expired-token`, `[N*]broken` or `[N*]silence`.
///
/// With `N*` it strikes N times and is then over; without, it strikes every time. Faults strike
/// in the order given until one of them answers the request; the ones behind it wait their turn.
/// So `2*status=503` and `html` together give two gateway pages and login pages ever after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fault {
    kind: Kind,
    /// `None`: it never ends.
    left: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Delay(Duration),
    Status(StatusCode),
    Html,
    Redirect(HeaderValue),
    ExpiredToken,
    Broken,
    Silence,
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
            None if text == "expired-token" => Ok(Self::ExpiredToken),
            None if text == "broken" => Ok(Self::Broken),
            None if text == "silence" => Ok(Self::Silence),
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
                "expected delay=TIME, status=CODE, html, redirect=URL, expired-token, broken or silence, each with \
                 N* before it or not, found {text:?}"
            ))),
        }
    }
}

/// The text that the fault is read from, with how often it is still to strike.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(left) = self.left {
            write!(f, "{left}*")?;
        }
        self.kind.fmt(f)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(time) => write!(f, "delay={}", humantime::format_duration(*time)),
            Self::Status(status) => write!(f, "status={}", status.as_str()),
            Self::Html => f.write_str("html"),
            Self::Redirect(url) => write!(f, "redirect={}", url.to_str().unwrap_or_default()),
            Self::ExpiredToken => f.write_str("expired-token"),
            Self::Broken => f.write_str("broken"),
            Self::Silence => f.write_str("silence"),
        }
    }
}

impl TryFrom<String> for Fault {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}

/// What the next request meets, in order: delays, and at most one fault that answers it. Faults that are over are
/// taken off the list.
pub(crate) fn strike(faults: &mut Vec<Fault>) -> Vec<Kind> {
    let mut struck = Vec::new();
    for fault in faults.iter_mut() {
        if let Some(left) = &mut fault.left {
            *left -= 1;
        }
        struck.push(fault.kind.clone());
        if !matches!(fault.kind, Kind::Delay(_)) {
            break;
        }
    }
    faults.retain(|fault| fault.left != Some(0));
    struck
}
