//! The body of a `list` request: the operation, and what a caller's server wants besides.

use serde::de::{Error as _, MapAccess};

use crate::error::{Cause, Error, Status};
use crate::json::{self, Members, Pace, Place};

const MAX_EXTRA: usize = 64 * 1024 * 1024;

/// The JSON body of a `list` request with the members of the object `extra` in it, as they stand.
pub(crate) fn list_body(extra: Option<&str>, pace: &Pace<'_>) -> Result<String, Error> {
    let refuse = |message: String| {
        Error::new(
            Status::InvalidArgument,
            Cause::InvalidExtra,
            format!("the extra members of the request cannot be used: {message}"),
        )
    };
    let Some(extra) = extra else { return Ok("{\"operation\":\"list\"}".into()) };
    if extra.len() > MAX_EXTRA {
        return Err(refuse(format!("they have {} bytes, and at most {MAX_EXTRA} are read", extra.len())));
    }
    let mut members = Extra { any: false };
    json::read_object(extra, "", &mut members, pace).map_err(|refusal| refuse(refusal.message))?;
    let rest = extra.split_once('{').map_or("}", |(_, rest)| rest).trim_end();
    Ok(if members.any { format!("{{\"operation\":\"list\",{rest}") } else { "{\"operation\":\"list\"}".into() })
}

struct Extra {
    any: bool,
}

impl<'de> Members<'de> for Extra {
    const NAMES: &'static [&'static str] = &["operation"];

    fn member<A: MapAccess<'de>>(&mut self, _: &str, place: &Place<'_>, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom(format!("{place}: is set by this library; leave it out")))
    }

    fn other(&mut self) {
        self.any = true;
    }
}
