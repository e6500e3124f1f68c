//! The program `qls-precheck`: asks a Qt License Server what a user may install, for people, scripts and installers that
//! cannot link the library.
//!
//! One thread asks. The main thread waits for it, tells a person how long already, and ends the program at Ctrl-C, or
//! when the folder for the answer vanishes.
#![forbid(unsafe_code)]

mod answer;
mod arguments;
mod ask;
mod exit;
mod failure;
mod input;
mod limits;
mod log;
mod output;
mod report;
mod screen;
mod table;
mod usage;
mod wrap;

use std::io;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use answer::{Answer, Form, Text, in_words};
use arguments::{Arguments, Command, Given, Options};
use ask::Question;
use failure::Failure;
use log::Log;
use output::Output;
use screen::Screen;

/// How often the main thread looks after the waiting line and the folder.
const TICK: Duration = Duration::from_millis(100);

/// What ends the program.
enum End {
    Done(u8),
    Interrupted,
}

fn main() -> ExitCode {
    panic::set_hook(Box::new(|panic| Screen::new(false).error(&defect(panic))));
    let code = match Arguments::read() {
        Ok((arguments, given)) => run(arguments, &given),
        Err(code) => code,
    };
    ExitCode::from(code)
}

fn run(Arguments { command, options }: Arguments, given: &[Given]) -> u8 {
    let screen = Arc::new(Screen::new(!options.quiet && options.verbose == 0));
    let generated = match &command {
        Command::Completions { shell } => Some(arguments::completions(*shell)),
        Command::Man => Some(arguments::manual()),
        Command::Check { .. } | Command::List | Command::Diagnose => None,
    };
    if let Some(text) = generated {
        let answer = Answer { code: exit::YES, error: None, text: Some(Text::Data(text)) };
        return finish(&answer, &Output::Standard, &screen);
    }
    let client = match ask::client(&options) {
        Ok(client) => client,
        Err(error) => return usage::wrong(&in_words(&error.message(), error.status(), Some(error.cause()))),
    };
    let form = Form { json: options.json, ..Form::default() };
    let (log, output) = match prepare(&options, &screen) {
        Ok(prepared) => prepared,
        Err(failure) => return finish(&Answer::refusing(&failure, form), &Output::standard(options.quiet), &screen),
    };
    let about = log::about(given);
    let folder = output.folder().map(ToOwned::to_owned);
    let form = Form { columns: output.columns(), is_printed: output.is_printed(), ..form };
    let question = Question { command, options, about, client, form, screen: screen.clone(), log: Arc::new(log) };
    let asking = {
        let screen = screen.clone();
        move || finish(&question.ask(), &output, &screen)
    };
    match start(asking) {
        Ok(ends) => wait(&ends, folder.as_deref(), &screen),
        Err(error) => {
            screen.error(&format!("the system starts no thread: {error}"));
            exit::DEFECT
        }
    }
}

fn prepare(options: &Options, screen: &Arc<Screen>) -> Result<(Log, Output), Failure> {
    // The older answer goes first: whatever fails from here on, nobody takes it for the new one.
    let output = Output::prepare(options.output.as_deref(), options.quiet)?;
    Ok((Log::new(options, screen.clone())?, output))
}

/// Asks on a thread of its own. What comes out of the channel ends the program.
fn start(asking: impl FnOnce() -> u8 + Send + 'static) -> io::Result<Receiver<End>> {
    let (end, ends) = mpsc::channel();
    let interrupted = end.clone();
    // Without the handler Ctrl-C ends the program all the same, only with another exit code.
    let _ = ctrlc::set_handler(move || drop(interrupted.send(End::Interrupted)));
    thread::Builder::new().spawn(move || {
        // The hook has said that it is a defect.
        let code = catch_unwind(AssertUnwindSafe(asking)).unwrap_or(exit::DEFECT);
        drop(end.send(End::Done(code)));
    })?;
    Ok(ends)
}

/// What is printed about a panic. What it says itself may quote a secret.
fn defect(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|place| format!(" at {place}")).unwrap_or_default();
    format!("a defect of this program{place} ended it: report it to this project")
}

/// Waits for the end, and returns the exit code. A thread that still asks ends with the program.
fn wait(ends: &Receiver<End>, folder: Option<&Path>, screen: &Screen) -> u8 {
    loop {
        match ends.recv_timeout(TICK) {
            Ok(End::Done(code)) => return code,
            Ok(End::Interrupted) => {
                screen.stop_waiting();
                return exit::INTERRUPTED;
            }
            Err(_) => screen.tick(),
        }
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let text = format!("{}: the folder for the answer is gone, so nobody wants it", folder.display());
            return finish(&Answer::refusing(&Failure::of_setting(text), Form::default()), &Output::Nothing, screen);
        }
    }
}

/// Prints the answer, and returns the exit code.
fn finish(answer: &Answer, output: &Output, screen: &Screen) -> u8 {
    screen.stop_waiting();
    if let Some(error) = &answer.error {
        screen.error(error);
    }
    match answer.text.as_ref().map_or(Ok(()), |text| output.write(text)) {
        Ok(()) => answer.code,
        Err(failure) => {
            screen.error(&failure.message);
            exit::REFUSED
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_is_told_without_what_it_quotes() {
        let (said, saying) = mpsc::channel();
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| said.send(defect(panic)).expect("the test waits")));
        let ended = catch_unwind(|| panic!("not a character boundary in `a-secret`"));
        panic::set_hook(usual);
        assert!(ended.is_err());
        let said = saying.recv().expect("what was said");
        assert!(said.contains("main.rs:") && !said.contains("a-secret"), "{said}");
    }
}
