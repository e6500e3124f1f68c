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
    let extra = extra.unwrap_or("{}");
    if extra.len() > MAX_EXTRA {
        return Err(refuse(format!("they have {} bytes, and at most {MAX_EXTRA} are read", extra.len())));
    }
    json::read(extra, "", Object(&mut Extra)).map_err(|error| refuse(error.message))?;
    let members = &extra.trim_ascii()[1..];
    Ok(match members.trim_ascii_start() {
        "}" => String::from("{\"operation\":\"list\"}"),
        _ => ["{\"operation\":\"list\",", members].concat(),
    })
}

/// The object with the extra members.
struct Extra;

impl<'de> Members<'de> for Extra {
    fn names(&self) -> &[&'static str] {
        &["operation"]
    }

    fn member<A: MapAccess<'de>>(&mut self, _: &str, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom("is set by this library; leave it out"))
    }

    fn other<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        json::travelling(map, 1)
    }
}
