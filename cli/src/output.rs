//! Where the result goes: to standard output, or whole into a file.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};
use terminal_size::terminal_size_of;

use crate::answer::Text;
use crate::arguments::is_standard;
use crate::failure::Failure;
use crate::wrap;

pub(crate) enum Output {
    Standard,
    /// For --quiet.
    Nothing,
    File(OutputFile),
}

/// A file that appears whole, by renaming.
pub(crate) struct OutputFile {
    path: PathBuf,
    folder: PathBuf,
}

impl Output {
    /// Finds out early whether the file can be written, and removes an older one.
    pub(crate) fn prepare(path: Option<&Path>, quiet: bool) -> Result<Self, Failure> {
        let Some(path) = path.filter(|path| !is_standard(path)) else { return Ok(Self::standard(quiet)) };
        OutputFile::prepare(path).map(Self::File).map_err(|error| cannot_write(path, &error))
    }

    pub(crate) fn standard(quiet: bool) -> Self {
        if quiet { Self::Nothing } else { Self::Standard }
    }

    /// Writes the result.
    pub(crate) fn write(&self, text: &Text) -> Result<(), Failure> {
        match self {
            Self::Standard => match print(text) {
                // The reader, such as head, has closed the pipe: it has all that it wants.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                done => done.map_err(|error| Failure::of_setting(format_args!("standard output: {error}"))),
            },
            Self::Nothing => Ok(()),
            Self::File(file) => file.write(text).map_err(|error| cannot_write(&file.path, &error)),
        }
    }

    /// Whether the result goes to standard output.
    pub(crate) fn is_printed(&self) -> bool {
        matches!(self, Self::Standard)
    }

    /// How wide the terminal is that a person looks at; None where the result goes elsewhere.
    pub(crate) fn columns(&self) -> Option<usize> {
        let is_seen = self.is_printed() && io::stdout().is_terminal();
        is_seen.then(|| wrap::columns(terminal_size_of(io::stdout())))
    }

    /// The folder that has to stay while the program waits: where it vanishes, nobody wants the answer any more.
    pub(crate) fn folder(&self) -> Option<&Path> {
        if let Self::File(file) = self { Some(&file.folder) } else { None }
    }
}

impl OutputFile {
    fn prepare(path: &Path) -> io::Result<Self> {
        // A link is followed, so that what it points to is replaced, and not the link.
        let path = match path.canonicalize() {
            Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
            found => found?,
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = Self { folder: folder.canonicalize()?, path };
        file.temporary()?;
        match fs::metadata(&file.path) {
            // Renaming would put a file in the place of a device such as /dev/null.
            Ok(about) if !about.is_file() => Err(io::Error::other("it is not a regular file")),
            Ok(_) => fs::remove_file(&file.path).map(|()| file),
            Err(_) => Ok(file),
        }
    }

    fn write(&self, text: &Text) -> io::Result<()> {
        let mut temporary = self.temporary()?;
        match text {
            Text::Data(data) => writeln!(temporary, "{data}")?,
            Text::Table(table) => writeln!(temporary, "{}", anstream::adapter::strip_str(table))?,
        }
        temporary.persist(&self.path)?;
        Ok(())
    }

    /// A new file beside the final one, which removes itself unless it is renamed.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(".qls-precheck-");
        // As any other new file has them: those of a temporary file would let its owner alone read it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(&self.folder)
    }
}

fn print(text: &Text) -> io::Result<()> {
    match text {
        Text::Data(data) => writeln!(io::stdout(), "{data}")?,
        // Without colors where NO_COLOR, TERM or a pipe says so.
        Text::Table(table) => writeln!(anstream::stdout(), "{table}")?,
    }
    io::stdout().flush()
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::of_setting(format_args!("{}: cannot be written: {error}", path.display()))
}
