//! The body of a `list` request: the operation, and what a caller's server wants besides.

use serde::de::{Error as _, MapAccess};

use crate::error::{Cause, Error, Status};
use crate::json::{self, Members, Object};

/// The longest text with extra members, in bytes.
const MAX_EXTRA: usize = 64 * 1024 * 1024;

/// The JSON body of a `list` request with the members of the object `extra` in it, as they stand.
///
/// Fails with [`Status::InvalidArgument`] where `extra` is no object, has a member `operation`, or is longer than 64 MiB.
pub(crate) fn list_body(extra: Option<&str>) -> Result<String, Error> {
    let refuse = |message: String| {
        Error::new(
            Status::InvalidArgument,
            Cause::InvalidExtra,
            format!("the extra members of the request cannot be used: {message}"),
        )
    };
    let nothing_extra = || String::from("{\"operation\":\"list\"}");
    let Some(extra) = extra else { return Ok(nothing_extra()) };
    if extra.len() > MAX_EXTRA {
        return Err(refuse(format!("they have {} bytes, and at most {MAX_EXTRA} are read", extra.len())));
    }
    let mut members = Extra { any: false };
    json::read(extra, "", Object(&mut members)).map_err(|error| refuse(error.message))?;
    match extra.split_once('{') {
        Some((_, rest)) if members.any => Ok(["{\"operation\":\"list\",", rest.trim_end()].concat()),
        _ => Ok(nothing_extra()),
    }
}

/// The object with the extra members.
struct Extra {
    any: bool,
}

impl<'de> Members<'de> for Extra {
    const NAMES: &'static [&'static str] = &["operation"];

    fn member<A: MapAccess<'de>>(&mut self, _: &str, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom("is set by this library; leave it out"))
    }

    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.any = true;
        json::travelling(map, 1)
    }
}
