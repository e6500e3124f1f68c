//! Reading files that somebody else wrote, within a deadline, and recognizing that no file descriptor is left.

use std::fs::{File, OpenOptions};
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
        match read_once(path, max) {
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

/// As [`read`], without trying again.
pub(crate) fn read_once(path: &Path, max: u64) -> Result<Zeroizing<Vec<u8>>> {
    let file = open(path)?;
    let length = file.metadata()?.len();
    let too_large = || Error::new(ErrorKind::InvalidData, format!("it is larger than {max} bytes"));
    if length > max {
        return Err(too_large());
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(length as usize + 1));
    file.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max { Err(too_large()) } else { Ok(bytes) }
}

/// Opens a regular file for reading, and fails if `path` is anything else. It is the opened file that is asked what it
/// is, since whoever owns the path could put something else there after a look at it.
pub(crate) fn open(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;
        // Opening a pipe would wait for somebody who writes into it, and a terminal would become this process's own.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32);
    }
    let file = options.read(true).open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(Error::new(ErrorKind::InvalidInput, "it is not a regular file")),
    }
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
