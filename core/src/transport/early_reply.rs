//! Recognizes what a server sends while the request is still being written.

/// How an interim reply begins. Its status is any number from 100 to 199.
const INTERIM: &[u8] = b"HTTP/1.1 1";

/// What a server has sent before it has read the whole request.
pub(crate) enum EarlyReply {
    /// Nothing that belongs to a reply.
    Nothing,
    /// Too few bytes to tell.
    Unclear,
    /// An interim reply such as 100 (Continue). The server goes on reading, and its final reply comes later.
    Interim,
    /// The final reply, or the end of the connection. The server needs no more of the request.
    Final,
}

impl EarlyReply {
    /// How many bytes are enough to tell.
    pub(crate) const START: usize = INTERIM.len();

    /// Recognizes a reply by its first bytes. If there are none, the connection has ended.
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [] => Self::Final,
            _ if start.starts_with(INTERIM) => Self::Interim,
            _ if INTERIM.starts_with(start) => Self::Unclear,
            _ => Self::Final,
        }
    }
}
