//! Reads the files that the arguments name. `-` means standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use qls_precheck_core::{Cause, Status};
use zeroize::Zeroizing;

use crate::arguments::is_standard;
use crate::failure::Failure;

/// A kind of file: how many bytes are read at most, and what the core says of one that cannot be used.
///
/// The limits are a little above the core's. So the core refuses a longer file, instead of taking the first part as the
/// whole, also where a byte order mark (3 bytes) is left out.
pub(crate) struct Kind {
    limit: u64,
    status: Status,
    /// For one that cannot be read. A diagnosis needs it of each that it reads.
    unreadable: Option<Cause>,
    not_text: Cause,
}

pub(crate) const CONSUMERS: Kind =
    Kind { limit: 64 * 1024 * 1024 + 8, status: Status::InvalidConsumers, unreadable: None, not_text: Cause::NotJson };
pub(crate) const TOKEN: Kind = Kind {
    limit: 32 * 1024 + 8,
    status: Status::InvalidToken,
    unreadable: Some(Cause::TokenFileUnreadable),
    not_text: Cause::TokenInvalidCharacter,
};
pub(crate) const PROXY: Kind = Kind {
    limit: 8 * 1024,
    status: Status::Configuration,
    unreadable: Some(Cause::ProxySettingInvalid),
    not_text: Cause::ProxySettingInvalid,
};

/// The name of a file for messages.
pub(crate) fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".into() } else { path.display().to_string() }
}

/// A text file in UTF-8, with or without a byte order mark. Fails if it cannot be read within `time`, as a pipe cannot
/// that nobody writes to. Standard input has no such limit: a person may be typing.
pub(crate) fn read(path: &Path, kind: &Kind, time: Duration) -> Result<Zeroizing<String>, Failure> {
    let fail = |cause, what: String| Failure::new(kind.status, cause, format_args!("{}: {what}", name(path)));
    let limit = kind.limit;
    let read = match is_standard(path) {
        true => read_whole(io::stdin().lock(), limit),
        false => {
            let path = path.to_owned();
            in_time(time, move || File::open(path).and_then(|file| read_whole(file, limit)))
        }
    };
    let bytes = read.map_err(|error| fail(kind.unreadable, error.to_string()))?;
    let not_text = |what: String| Err(fail(Some(kind.not_text), what));
    // UTF-16 without a byte order mark is recognized by the zero byte in the first character, which is ASCII here.
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.iter().take(2).any(|b| *b == 0) {
        return not_text("is UTF-16: save it as UTF-8".into());
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return not_text(format!("has a NUL at byte {at}: it is no text"));
    }
    match str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())),
        Err(error) => not_text(format!("is not UTF-8 at byte {}", error.valid_up_to())),
    }
}

fn read_whole(from: impl Read, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    // Large enough for every secret: a vector that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    from.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads on a thread of its own, which ends with the program if the time is up before: the system may wait for ever.
fn in_time<T: Send + 'static>(time: Duration, read: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let (done, result) = mpsc::channel();
    thread::Builder::new().spawn(move || drop(done.send(read())))?;
    result.recv_timeout(time).unwrap_or_else(|_| {
        let seconds = time.as_secs_f64();
        Err(io::Error::other(format!("no end came within {seconds} s: is it a pipe that nobody writes to?")))
    })
}

/// The one line of a file that holds a secret.
pub(crate) fn read_line(
    path: &Path,
    kind: &Kind,
    time: Duration,
    cause: Cause,
    what: &str,
) -> Result<Zeroizing<String>, Failure> {
    let text = read(path, kind, time)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => {
            Err(Failure::new(kind.status, Some(cause), format_args!("{}: is empty: it is to hold {what}", name(path))))
        }
        line => Ok(Zeroizing::new(line.to_owned())),
    }
}
