//! What is printed about wrong arguments. It repeats no values: one may be a token or a password, given by mistake.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::screen::Screen;
use crate::{arguments, exit};

/// Prints the help or version that was asked for, or what is wrong, and returns the exit code.
pub(crate) fn end(mut error: clap::Error) -> u8 {
    if !error.use_stderr() {
        // Where the reader, such as head, has closed the pipe, it has seen what it wants.
        let _ = error.print();
        return exit::YES;
    }
    if error.kind() == ErrorKind::InvalidUtf8 {
        return wrong("an argument is not UTF-8");
    }
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidValue, ContextKind::InvalidSubcommand] {
        let Some(ContextValue::String(text)) = error.get(kind) else { continue };
        let shown = name_of(text).unwrap_or("...").to_owned();
        error.insert(kind, ContextValue::String(shown));
        // clap's advice would quote the argument again.
        error.remove(ContextKind::Suggested);
        error.remove(ContextKind::TrailingArg);
    }
    let _ = error.print();
    note_variables();
    exit::USAGE
}

/// Says what is wrong with the arguments, and returns the exit code.
pub(crate) fn wrong(what: &str) -> u8 {
    Screen::new(false).error(what);
    note_variables();
    exit::USAGE
}

/// Reminds of variables: who does not know of one would search the arguments in vain.
fn note_variables() {
    let set = arguments::set_variables();
    if !set.is_empty() {
        let _ = writeln!(anstream::stderr(), "\nSet as variables, which --no-environment ignores: {}", set.join(", "));
    }
}

/// The name of an option without its value; None for what may be anything else, such as a secret.
fn name_of(argument: &str) -> Option<&str> {
    const LONGEST: usize = 20;
    let name = argument.split(['=', ' ']).next()?;
    (name.starts_with('-') && name.len() <= LONGEST || name.starts_with('<')).then_some(name)
}
