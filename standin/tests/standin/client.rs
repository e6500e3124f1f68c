//! A small HTTP client that shows a reply as it came, and what the tests ask with it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use qls_standin::{Licenses, Options, Standin};

pub(crate) const PATH: &str = "/api/v2/pre-check/licenses";

/// One connection, kept open from request to request.
pub(crate) struct Client<S: Read + Write = TcpStream>(BufReader<S>);

pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl Client {
    pub(crate) fn connect(standin: &Standin) -> Self {
        let stream = TcpStream::connect(standin.addr()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Self::over(stream)
    }
}

impl<S: Read + Write> Client<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self(BufReader::new(stream))
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Reply {
        let host = if headers.contains("Host: ") { "" } else { "Host: standin\r\n" };
        let head = format!("{method} {path} HTTP/1.1\r\n{host}Content-Length: {}\r\n{headers}\r\n", body.len());
        let stream = self.0.get_mut();
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        stream.flush().unwrap();
        self.receive()
    }

    fn receive(&mut self) -> Reply {
        let status_line = self.line();
        let status = status_line.split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = std::iter::from_fn(|| {
            let line = self.line();
            let (name, value) = line.split_once(": ")?;
            Some((name.to_lowercase(), value.to_owned()))
        })
        .collect();
        let mut reply = Reply { status, headers, body: String::new() };
        let length = reply.header("content-length").map_or(0, |n| n.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        reply.body = String::from_utf8(body).unwrap();
        reply
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// The header of a signed-in user.
pub(crate) fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

/// Posts a body to the endpoint with a good token.
pub(crate) fn post(standin: &Standin, body: impl AsRef<[u8]>) -> Reply {
    Client::connect(standin).send("POST", PATH, &bearer(&standin.token()), body.as_ref())
}

/// A stand-in with these licenses, on a fixed day.
pub(crate) fn start(licenses: &str) -> Standin {
    Standin::start(options(licenses)).unwrap()
}

pub(crate) fn options(licenses: &str) -> Options {
    Options { today: Some("2025-06-15".parse().unwrap()), ..Options::new(licenses.parse().unwrap()) }
}

/// The path of a sample.
pub(crate) fn sample(name: &str) -> String {
    format!("{}/licenses/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn start_sample(name: &str) -> Standin {
    Standin::start(Options::new(Licenses::load(sample(name)).unwrap())).unwrap()
}

pub(crate) const NO_LICENSES: &str = r#"{"licenses":[]}"#;
