//! Arbitrary bytes, cut at arbitrary places, as the server's answer on loopback. Whatever comes, the call ends by its
//! deadline without a panic, and allows the component only if the bytes are a well-formed reply that says so. That is
//! judged here without the library's code: by httparse and `serde_json::Value`.
#![no_main]

#[path = "../oracle.rs"]
mod oracle;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_core::Client;
use serde_json::Value;

const CONSUMERS: &str = r#"[{"consumer_id":"qtcreator","component_id":"9876"}]"#;
const LICENSES: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n{\"status\":true,\"message\":\"\",\"licenses\":[]}";
const DEADLINE: Duration = Duration::from_millis(100);

/// What the server does. The first byte of an input says how, the next two where the reply is cut.
#[derive(Clone, Default)]
struct Script {
    reply: Vec<u8>,
    cuts: [usize; 2],
    /// The connection stays open behind the reply.
    stays: bool,
    /// The reply begins before the request was read.
    early: bool,
    /// The first request is answered properly, so that the reply comes on a kept connection.
    preface: bool,
}

static SCRIPT: Mutex<Option<Script>> = Mutex::new(None);

static SERVER: LazyLock<String> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        // One after the other: what a thread leaves at its end may look like a leak, if it is looked for just then.
        for stream in listener.incoming().flatten() {
            serve(stream);
        }
    });
    format!("http://{address}")
});

fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    // Longer than a client may take: one that forgets its deadline is found out, and the end of one ends the thread.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    loop {
        let Some(mut script) = SCRIPT.lock().expect("no panic").clone() else { return };
        if (script.preface || !script.early) && !read_request(&mut stream) {
            return;
        }
        if script.preface {
            script.preface = false;
            *SCRIPT.lock().expect("no panic") = Some(script);
            let _ = stream.write_all(LICENSES);
            continue;
        }
        let [first, second] = script.cuts;
        for piece in [&script.reply[..first], &script.reply[first..second], &script.reply[second..]] {
            if stream.write_all(piece).is_err() {
                return;
            }
            if !piece.is_empty() {
                thread::sleep(Duration::from_micros(50));
            }
        }
        if script.early {
            read_request(&mut stream);
        }
        if script.stays {
            let _ = stream.read(&mut [0]);
        }
        return;
    }
}

fn read_request(stream: &mut TcpStream) -> bool {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !ended(&seen) {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => seen.extend_from_slice(&buffer[..count]),
            _ => return false,
        }
    }
    true
}

/// Whether a whole request was read.
fn ended(request: &[u8]) -> bool {
    let mut fields = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Request::new(&mut fields);
    let Ok(httparse::Status::Complete(begin)) = head.parse(request) else { return false };
    let length = head.headers.iter().find(|field| field.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|field| str::from_utf8(field.value).ok()?.parse::<usize>().ok()).unwrap_or(0);
    request.len() >= begin + length
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let [flags, first, second, reply @ ..] = input else { return };
    let place = |byte: &u8| reply.len() * usize::from(*byte) / 255;
    let mut cuts = [place(first), place(second)];
    cuts.sort();
    // Few stay open: what is incomplete then takes the whole deadline.
    let (early, preface, stays) = (flags & 1 != 0, flags & 2 != 0, flags & 0x3c == 0x3c);
    *SCRIPT.lock().expect("no panic") = Some(Script { reply: reply.to_vec(), cuts, stays, early, preface });

    let mut client = Client::new();
    client.set_server(Some(&SERVER)).expect("a server");
    client.set_proxy(Some("")).expect("no proxy");
    client.set_retries(0);
    client.set_timeout(DEADLINE).expect("a timeout");
    if preface {
        client.list(Some("a.token"), None);
    }
    let began = Instant::now();
    let outcome = client.check(Some("a.token"), CONSUMERS);
    // A busy machine adds to it.
    assert!(began.elapsed() < DEADLINE + Duration::from_secs(5), "it took {:?}", began.elapsed());
    assert!(!outcome.is_allowed("9876") || allows(reply), "allowed: {outcome:?}");
});

/// Whether these bytes are a well-formed reply that allows the component. Interim replies may come before it.
fn allows(mut reply: &[u8]) -> bool {
    loop {
        let mut fields = [httparse::EMPTY_HEADER; 256];
        let mut head = httparse::Response::new(&mut fields);
        let Ok(httparse::Status::Complete(length)) = head.parse(reply) else { return false };
        let rest = &reply[length..];
        match head.code {
            Some(100 | 102..=199) => reply = rest,
            Some(200) => return body(&head, rest).is_some_and(|body| says_allowed(&body)),
            _ => return false,
        }
    }
}

/// The body, if it is complete and there is only one way to tell its length.
fn body(head: &httparse::Response<'_, '_>, rest: &[u8]) -> Option<Vec<u8>> {
    let values = |name: &str| -> Vec<&[u8]> {
        head.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value).collect()
    };
    match (values("content-length").as_slice(), values("transfer-encoding").as_slice()) {
        ([], []) => Some(rest.to_vec()),
        ([length], []) if length.iter().all(u8::is_ascii_digit) => {
            rest.get(..str::from_utf8(length).ok()?.parse().ok()?).map(<[u8]>::to_vec)
        }
        ([], [encoding]) if encoding.eq_ignore_ascii_case(b"chunked") && head.version == Some(1) => dechunked(rest),
        _ => None,
    }
}

fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let (line, data) = (&rest[..end], &rest[end + 2..]);
        // Some servers fill a size up with blanks behind.
        let size = str::from_utf8(line.split(|&byte| byte == b';').next()?).ok()?.trim_end_matches([' ', '\t']);
        let Ok(httparse::Status::Complete((_, size))) = httparse::parse_chunk_size(format!("{size}\r\n").as_bytes())
        else {
            return None;
        };
        if size == 0 {
            return Some(body);
        }
        let size = usize::try_from(size).ok()?;
        body.extend_from_slice(data.get(..size)?);
        rest = data[size..].strip_prefix(b"\r\n")?;
    }
}

fn says_allowed(body: &[u8]) -> bool {
    // What is not read may be nested as deep as it likes, deeper than `Value` can hold.
    let is_yes = |text: &str| match serde_json::from_str::<Value>(&oracle::readable(text)) {
        Ok(value) => value["status"] == true && oracle::said(text, "9876", "qtcreator", true) == Some(Some(true)),
        Err(error) => error.to_string().contains("recursion limit"),
    };
    str::from_utf8(body).is_ok_and(is_yes)
}
