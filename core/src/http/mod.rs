//! How a request travels: sends it to the server by HTTP, again if that may help, and reads the reply.
//!
//! In come the settings, and for each request a token, a body and a [`Deadline`](crate::transport::Deadline). Out goes
//! a complete [`Reply`], or an [`Error`](crate::Error). The crate ureq speaks HTTP, over the connections that
//! `transport/` makes. What a reply means is not known here: that is in `protocol/`.
//!
//! - `session` sets ureq up, sends a request, and repeats it while `retry` says so. It also says how long an idle
//!   connection is kept. `kept` keeps the session from one operation to the next, and with it the connection.
//! - `retry` decides whether to ask again, and after which pause: after HTTP 429, 502, 503 and 504, after connections that
//!   were refused or broke, and after look-ups that the resolver could not make. What the last reply means for the user,
//!   `protocol/judge.rs` says.
//! - `reply` reads a reply and limits its size. It refuses a reply whose length could be read in two ways.
//! - `failure` turns ureq's errors into ours.

mod failure;
mod kept;
mod reply;
mod retry;
mod session;

pub(crate) use kept::KeptSession;
pub(crate) use reply::Reply;
pub(crate) use session::Session;
pub use session::warm_up;
