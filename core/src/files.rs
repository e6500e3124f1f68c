//! Reading files that somebody else wrote, within a deadline, and recognizing that no file descriptor is left.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

use zeroize::Zeroizing;

use crate::transport::Deadline;

/// Reads a regular file of at most `max` bytes. Refuses anything else: reading a pipe or a device could block for ever.
/// The content may be secret, so it is overwritten when dropped. As long as another program keeps the file to itself, as
/// virus scanners on Windows do for a moment, it is tried again. The error of the deadline or of a cancel meanwhile is
/// inside of the I/O error.
pub(crate) fn read(path: &Path, max: u64, deadline: &Deadline) -> Result<Zeroizing<Vec<u8>>> {
    loop {
        match read_now(path, max) {
            Err(error) if is_kept_by_another(&error) => {
                let what = format!("waiting for the file {}, which another program keeps to itself", path.display());
                deadline.doing(what).pause()?;
            }
            done => return done,
        }
    }
}

/// Whether a file cannot be read because another program does not share it (ERROR_SHARING_VIOLATION), or a part of it
/// (ERROR_LOCK_VIOLATION). Only Windows has that.
fn is_kept_by_another(error: &Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

fn read_now(path: &Path, max: u64) -> Result<Zeroizing<Vec<u8>>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let too_large = || Error::new(ErrorKind::InvalidData, format!("it is larger than {max} bytes"));
    if about.len() > max {
        return Err(too_large());
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(about.len() as usize + 1));
    File::open(path)?.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max { Err(too_large()) } else { Ok(bytes) }
}

/// Whether `error` says that the process or the system has no file descriptor left.
pub(crate) fn is_out_of_descriptors(error: &Error) -> bool {
    use rustix::io::Errno;
    let is = |code: Errno| error.raw_os_error() == Some(code.raw_os_error());
    // Windows limits only the process, and its error code is the one that rustix calls MFILE.
    #[cfg(unix)]
    return is(Errno::MFILE) || is(Errno::NFILE);
    #[cfg(windows)]
    return is(Errno::MFILE);
}
