//! What is asked of the server and what its answer means: the one place that knows how the server spells things.
//!
//! In come the caller's consumers (or the extra members of a `list` request), and later the server's reply; out go the
//! body of the request, and then a verdict for each component or the licenses, or an error in words for a person.
//!
//! [`consumers`] and [`list_request`] make the body of a request. [`judge`] says what a reply with each HTTP status
//! means, [`reply`] reads its JSON, and [`verdicts`] decides each component's verdict from the entries of the reply.

pub(crate) mod consumers;
pub(crate) mod judge;
pub(crate) mod list_request;
pub(crate) mod reply;
mod verdicts;
