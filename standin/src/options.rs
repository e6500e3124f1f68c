//! How a stand-in is to behave.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
};

use crate::{date::Date, fault::Fault, licenses::Licenses};

/// How a stand-in is to behave; start from [`Options::new`] and change what differs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The licenses to list and to judge by.
    pub licenses: Licenses,
    /// Where to listen. Default: a free port of `127.0.0.1`.
    pub listen: SocketAddr,
    /// Serve HTTPS with this certificate. Default: plain HTTP.
    pub tls: Option<Tls>,
    /// The path in front of the endpoint, such as `/qls`. Default: none.
    pub path_prefix: String,
    /// Requests per second and client address before 429 is answered. Default: 0, no limit.
    pub rate_limit: u32,
    /// The faults to rehearse. Default: none.
    pub faults: Vec<Fault>,
    /// The day by which validity is judged. Default: the current one, in UTC.
    pub today: Option<Date>,
    /// Whether to keep every request for [`Standin::requests`](crate::Standin::requests).
    /// Default: yes; a stand-in that runs for long should not.
    pub keep_requests: bool,
    /// Whether to serve a stage too, a page that shows requests and works switches: see
    /// [`Standin::stage_url`](crate::Standin::stage_url). Default: no.
    pub stage: bool,
}

impl Options {
    /// The defaults, with these licenses.
    pub fn new(licenses: Licenses) -> Self {
        Self {
            licenses,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: None,
            path_prefix: String::new(),
            rate_limit: 0,
            faults: Vec::new(),
            today: None,
            keep_requests: true,
            stage: false,
        }
    }
}

/// The certificate of an HTTPS stand-in.
#[derive(Clone)]
pub struct Tls {
    /// The certificate and its chain, as PEM text.
    pub certificate: String,
    /// The certificate's private key, as PEM text.
    pub key: String,
}

impl fmt::Debug for Tls {
    /// Leaves the private key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}
