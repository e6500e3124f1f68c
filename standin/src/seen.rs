//! What a stand-in remembers of requests, for tests that ask what a client really sent.

use axum::http::request::Parts;

/// One request as it arrived, faults and refusals included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRequest {
    /// The method, such as `POST`.
    pub method: String,
    /// The path with its query, as on the request line.
    pub path: String,
    /// All headers, repeated ones too; names are in lower case. Values that are no UTF-8 come
    /// with replacement characters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl SeenRequest {
    pub(crate) fn new(parts: &Parts, body: &[u8]) -> Self {
        Self {
            method: parts.method.to_string(),
            path: parts.uri.to_string(),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.to_string(), value)
                })
                .collect(),
            body: body.to_vec(),
        }
    }

    /// The first value of a header; upper and lower case are the same in `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
