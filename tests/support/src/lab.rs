//! Tests in a network of their own, which `tests/lab/enter` makes, and a name server for it.

use std::collections::HashMap;
use std::net::{IpAddr, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

/// In the process that is in the network.
const INSIDE: &str = "QLS_TEST_INSIDE_LAB";

/// Runs the test `name` of this program once more, in a network of its own, and returns false after it has passed
/// there. In there it returns true: what the test does then, happens in that network.
pub fn is_inside(name: &str, options: &[&str]) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let mut command = Command::new(crate::root().join("tests/lab/enter"));
    command.args(options).arg(std::env::current_exe().expect("this program"));
    command.args([name, "--exact", "--include-ignored", "--nocapture"]).env(INSIDE, "1");
    let output = crate::run(&mut command);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "the test did not run: {said}");
    false
}

/// Covers the library for Kerberos with an empty file, in a network of one's own, whose mounts are its own too.
pub fn cover_gssapi() {
    for folder in ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"] {
        let library = Path::new(folder).join("libgssapi_krb5.so.2");
        if library.exists() {
            crate::run(Command::new("mount").args(["--bind", "/dev/null"]).arg(library));
        }
    }
}

/// What the name server says about a name.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These addresses, in this order.
    Addresses(Vec<IpAddr>),
    /// There is no such name.
    NoSuchName,
    /// The name server has a fault.
    Failure,
    /// Nothing at all.
    Silence,
}

impl Answer {
    /// These addresses, as people write them.
    pub fn of(addresses: &[&str]) -> Self {
        Self::Addresses(addresses.iter().map(|address| address.parse().expect("an IP address")).collect())
    }
}

/// A name server at 127.0.0.1, for a network of a test's own. It runs until the process ends.
pub struct NameServer {
    looked_up: Arc<Mutex<HashMap<String, usize>>>,
}

impl NameServer {
    /// Answers with what `answer` returns for a name and the number of earlier look-ups of that name.
    pub fn start(answer: impl Fn(&str, usize) -> Answer + Send + 'static) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:53").expect("the port of a name server, in a network of one's own");
        let looked_up = Arc::new(Mutex::new(HashMap::new()));
        let counts = looked_up.clone();
        thread::spawn(move || {
            let mut buffer = [0; 512];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
                let Some((name, kind, question)) = question(&buffer[..length]) else { continue };
                // A look-up asks for IPv4 and IPv6 addresses; the first of these two questions counts.
                let earlier = {
                    let mut counts = counts.lock().expect("no test panicked here");
                    let asked: &mut usize = counts.entry(name.clone()).or_default();
                    *asked += 1;
                    (*asked - 1) / 2
                };
                if let Some(reply) = reply(&buffer[..2], question, kind, answer(&name, earlier)) {
                    let _ = socket.send_to(&reply, peer);
                }
            }
        });
        Self { looked_up }
    }

    /// How often `name` was looked up.
    pub fn look_ups(&self, name: &str) -> usize {
        self.looked_up.lock().expect("no test panicked here").get(name).map_or(0, |asked| asked.div_ceil(2))
    }
}

const IPV4: u16 = 1;
const IPV6: u16 = 28;

/// The name that a query asks for, the kind of addresses, and the bytes of the question (RFC 1035, section 4.1).
fn question(query: &[u8]) -> Option<(String, u16, &[u8])> {
    let question = query.get(12..)?;
    let mut labels = Vec::new();
    let mut at = 0;
    while let length @ 1.. = usize::from(*question.get(at)?) {
        labels.push(String::from_utf8(question.get(at + 1..at + 1 + length)?.to_vec()).ok()?);
        at += 1 + length;
    }
    let kind = u16::from_be_bytes(question.get(at + 1..at + 3)?.try_into().ok()?);
    Some((labels.join("."), kind, question.get(..at + 5)?))
}

/// The reply to the query with this id and question; None for none.
fn reply(id: &[u8], question: &[u8], kind: u16, answer: Answer) -> Option<Vec<u8>> {
    let (code, addresses) = match answer {
        Answer::Addresses(addresses) => (0, addresses),
        Answer::Failure => (2, Vec::new()),
        Answer::NoSuchName => (3, Vec::new()),
        Answer::Silence => return None,
    };
    let records: Vec<Vec<u8>> = addresses
        .into_iter()
        .filter_map(|address| match (kind, address) {
            (IPV4, IpAddr::V4(ip)) => Some(ip.octets().to_vec()),
            (IPV6, IpAddr::V6(ip)) => Some(ip.octets().to_vec()),
            _ => None,
        })
        .collect();
    // A reply with recursion, one question, so many answers.
    let mut reply = [id, &[0x81, 0x80 | code, 0, 1, 0, records.len() as u8, 0, 0, 0, 0], question].concat();
    for data in records {
        // The name of the question; the kind; Internet; no time to live.
        reply.extend([0xc0, 12, 0, kind as u8, 0, 1, 0, 0, 0, 0, 0, data.len() as u8]);
        reply.extend(data);
    }
    Some(reply)
}
