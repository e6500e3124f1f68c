//! How a request travels: one HTTP exchange with the server, repeated where that is sensible.
//!
//! In come a token, a body and a deadline; out goes a [`Reply`], whole and framed unambiguously, or an error. ureq
//! speaks HTTP over the connections that `transport/` makes; what a reply means is not known here, but in `protocol/`.

mod reply;
mod retry;
mod session;

pub(crate) use reply::Reply;
pub(crate) use session::{Session, begin};
