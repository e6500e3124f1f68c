//! Reading a file that somebody else wrote.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

use zeroize::Zeroizing;

/// The content of a regular file of at most `max` bytes. A pipe or device in its place could block for ever.
pub(crate) fn read(path: &Path, max: u64) -> Result<Zeroizing<Vec<u8>>> {
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

/// Whether the process or the system has no file descriptor left.
pub(crate) fn is_out_of_descriptors(error: &Error) -> bool {
    use rustix::io::Errno;
    let is = |code: Errno| error.raw_os_error() == Some(code.raw_os_error());
    // Windows has a limit for the process alone, and calls it by the code that rustix knows as MFILE.
    #[cfg(unix)]
    return is(Errno::MFILE) || is(Errno::NFILE);
    #[cfg(windows)]
    return is(Errno::MFILE);
}
