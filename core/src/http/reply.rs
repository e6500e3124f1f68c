//! A reply as it arrived.

/// A reply, whole and framed unambiguously.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// The media type and its parameters; empty where there is none.
    pub(crate) content_type: String,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
}
