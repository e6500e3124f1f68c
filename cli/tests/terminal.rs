//! What a person at a terminal sees. A pseudo-terminal is driven, and what it would show is read from its screen.
#![cfg(unix)]

mod common;

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::process::Child;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use common::{FOREIGN, PROGRAM, Place, consumers, program, run};
use pty_process::Size;
use pty_process::blocking::{Command, open};
use vt100::{Color, Parser};

/// How long a test waits for what has to come.
const LONG: Duration = Duration::from_secs(30);

/// The program in a terminal.
struct Terminal {
    child: Child,
    keyboard: File,
    output: Receiver<Vec<u8>>,
    screen: Parser,
    /// All that it wrote.
    written: String,
}

impl Terminal {
    fn start(columns: u16, arguments: &[String], variables: &[(&str, &str)]) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(40, columns)).expect("a size");
        let mut command = Command::new(PROGRAM).args(arguments).env("HOME", "/nonexistent");
        for name in FOREIGN {
            command = command.env_remove(name);
        }
        let child = command.env("TERM", "xterm").envs(variables.iter().copied()).spawn(pts).expect("the program");
        let keyboard = File::from(OwnedFd::from(pty));
        let mut reader = keyboard.try_clone().expect("a second descriptor");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // At the program's end Linux reports an error.
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let size = |number| NonZeroU16::new(number).expect("a size");
        let screen = Parser::new(size(40), size(columns), 0);
        Self { child, keyboard, output, screen, written: String::new() }
    }

    fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// Takes what the program writes next; false at its end.
    fn next(&mut self) -> bool {
        let Ok(bytes) = self.output.recv_timeout(LONG) else { return false };
        self.written.push_str(&String::from_utf8_lossy(&bytes));
        self.screen.process(&bytes);
        true
    }

    #[track_caller]
    fn wait_for(&mut self, text: &str) {
        while !self.contents().contains(text) {
            assert!(self.next(), "no {text:?} on the screen:\n{}", self.contents());
        }
    }

    /// Waits for the program's end, and returns its exit code.
    fn end(&mut self) -> i32 {
        while self.next() {}
        self.child.wait().expect("its end").code().expect("an exit code")
    }

    /// The color of a word's first letter.
    #[track_caller]
    fn color(&self, word: &str) -> Color {
        let contents = self.contents();
        let (row, line) = contents.lines().enumerate().find(|(_, line)| line.contains(word)).expect("the word");
        let column = line.find(word).expect("the word");
        self.screen.screen().cell(row as u16, column as u16).expect("a cell").fgcolor()
    }
}

fn check(place: &Place) -> Vec<String> {
    [&["check".into(), consumers()], &place.asking()[..]].concat()
}

fn list(place: &Place) -> Vec<String> {
    [&["list".into()], &place.asking()[..]].concat()
}

#[test]
fn a_person_sees_a_table_with_colors_and_reasons() {
    let place = Place::new();
    let mut terminal = Terminal::start(100, &check(&place), &[]);
    assert_eq!(terminal.end(), 1);
    let contents = terminal.contents();
    assert!(contents.starts_with("COMPONENT                CONSUMER       VERDICT  REASON\n"), "{contents}");
    let row = "qt.tools.squish          squish_tester  denied   no license covers it\n";
    assert!(contents.contains(row), "{contents}");
    assert_eq!((terminal.color("allowed"), terminal.color("denied")), (Color::Idx(2), Color::Idx(1)));
}

#[test]
fn in_a_narrow_terminal_each_row_is_a_block_and_ids_stay_whole() {
    let place = Place::new();
    let mut terminal = Terminal::start(40, &check(&place), &[]);
    assert_eq!(terminal.end(), 1);
    let block =
        "COMPONENT  qt.tools.squish\nCONSUMER   squish_tester\nVERDICT    denied\nREASON     no license covers it\n\n";
    assert!(terminal.contents().contains(block), "{}", terminal.contents());
}

/// In the last column some terminals begin a new line already.
#[test]
fn a_table_leaves_the_last_column_free() {
    let place = Place::new();
    let table = "COMPONENT                CONSUMER       VERDICT  REASON";
    let width = "qt.qt6.672.linux_gcc_64  squish_tester  allowed  no license covers it".len() as u16;
    for (columns, start) in [(width + 1, table), (width, "COMPONENT  qt.tools.qtcreator")] {
        let mut terminal = Terminal::start(columns, &check(&place), &[]);
        assert_eq!(terminal.end(), 1);
        assert!(terminal.contents().starts_with(start), "{columns}: {}", terminal.contents());
    }
}

#[test]
fn in_a_narrow_terminal_words_stay_whole() {
    let place = Place::new();
    let mut terminal = Terminal::start(40, &list(&place), &[]);
    assert_eq!(terminal.end(), 0);
    let block = "CONSUMERS  qtcreator, squish_tester\n           8.0.0\n";
    assert!(terminal.contents().contains(block), "{}", terminal.contents());

    let refused = Place::with_faults(&["status=403"]);
    let mut terminal = Terminal::start(40, &list(&refused), &[]);
    assert_eq!(terminal.end(), 3);
    let contents = terminal.contents();
    let lines: Vec<_> = contents.lines().collect();
    assert!(lines.len() > 1 && lines.iter().all(|line| line.len() < 40), "{contents}");
    // The terminal itself would have broken a word somewhere.
    let (_, piped) = refused.ask(&["list"]).with(3);
    assert_eq!(lines.join(" "), piped.trim_end());
    assert_eq!(terminal.color("qls-precheck:"), Color::Idx(1));
}

#[test]
fn a_person_is_told_that_there_are_no_licenses() {
    let place = Place::new();
    let none = Place::with(place.file("none.json", r#"{"licenses": []}"#).as_ref(), &[]);
    let mut terminal = Terminal::start(100, &list(&none), &[]);
    assert_eq!(terminal.end(), 1);
    assert_eq!(terminal.contents().trim_end(), "This user has no licenses.");
}

#[test]
fn a_diagnosis_fits_a_wide_and_a_narrow_terminal() {
    let place = Place::with_faults(&["status=503"]);
    let diagnose = [&["diagnose".into()], &place.asking()[..]].concat();
    for (columns, row) in [
        (100, "tunnel      skipped            not needed: the way is direct\n"),
        (50, "tunnel  skipped  not needed: the way is direct\n"),
    ] {
        let mut terminal = Terminal::start(columns, &diagnose, &[]);
        assert_eq!(terminal.end(), 2);
        let contents = terminal.contents();
        assert!(contents.contains(row), "{contents}");
        // Else a line that was broken by the terminal itself would have its rest in a row of its own.
        assert!(contents.lines().all(|line| line.len() < usize::from(columns)), "{contents}");
        assert!(contents.trim_end().ends_with("[QLS_SERVER_ERROR, server-error]"), "{contents}");
        assert_eq!((terminal.color("ok "), terminal.color("failed")), (Color::Idx(2), Color::Idx(1)));
        assert!(!contents.contains("qls-precheck: "), "the report says it already: {contents}");
    }
}

#[test]
fn no_color_and_a_dumb_terminal_are_heeded() {
    let place = Place::new();
    for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut terminal = Terminal::start(100, &check(&place), &[variable]);
        assert_eq!(terminal.end(), 1);
        assert!(terminal.contents().contains("REASON"), "{}", terminal.contents());
        assert!(!terminal.written.contains('\x1b'), "{:?}", terminal.written);
    }
    let mut colored = Terminal::start(100, &check(&place), &[]);
    colored.end();
    assert!(colored.written.contains('\x1b'));
}

#[test]
fn a_line_says_what_is_waited_for_and_goes_again() {
    let place = Place::with_faults(&["delay=3s"]);
    for columns in [100, 30] {
        let mut terminal = Terminal::start(columns, &list(&place), &[]);
        terminal.wait_for(", 1 s");
        if columns == 100 {
            assert_eq!(terminal.contents(), format!("waiting for {}, 1 s", place.standin.url()));
        }
        assert_eq!(terminal.contents().lines().count(), 1, "it does not wrap");
        assert_eq!(terminal.end(), 0);
        assert!(!terminal.contents().contains("waiting"), "{}", terminal.contents());
    }
}

#[test]
fn a_dumb_terminal_gets_the_line_once() {
    let place = Place::with_faults(&["delay=2s"]);
    let mut terminal = Terminal::start(100, &list(&place), &[("TERM", "dumb")]);
    assert_eq!(terminal.end(), 0);
    let line = format!("waiting for {}\r\n", place.standin.url());
    assert!(terminal.written.starts_with(&line), "{:?}", terminal.written);
    assert_eq!(terminal.written.matches("waiting").count(), 1);
}

#[test]
fn neither_pipes_nor_quiet_have_the_line() {
    let place = Place::with_faults(&["delay=1s"]);
    let (_, errors) = run(&mut program(&list(&place)), "").with(0);
    assert_eq!(errors, "");
    let mut terminal = Terminal::start(100, &[&list(&place), &["--quiet".into()][..]].concat(), &[]);
    assert_eq!(terminal.end(), 0);
    assert_eq!(terminal.written, "");
}

#[test]
fn ctrl_c_ends_it_while_it_waits_for_the_server_or_for_input() {
    let place = Place::with_faults(&["delay=60s"]);
    let mut terminal = Terminal::start(100, &list(&place), &[]);
    terminal.wait_for("waiting for");
    terminal.keyboard.write_all(b"\x03").expect("Ctrl-C");
    assert_eq!(terminal.end(), 130);
    assert_eq!(terminal.contents().trim(), "", "the prompt stands on a clean line");

    let arguments = [&["check".into(), "-".into(), "-v".into()], &place.asking()[..]].concat();
    let mut terminal = Terminal::start(100, &arguments, &[]);
    terminal.wait_for("--verbose");
    terminal.keyboard.write_all(b"\x03").expect("Ctrl-C");
    assert_eq!(terminal.end(), 130);
}
