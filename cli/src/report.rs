//! The report of a diagnosis, for people to read and to send.

use anstyle::{AnsiColor, Style};
use qls_precheck_core::{Cause, Outcome, State, Step, StepName};
use unicode_width::UnicodeWidthStr;

use crate::wrap::wrapped;

/// How wide a report is where it goes to a file or a pipe.
const USUAL: usize = 100;

/// Below this width each step has a line of its own, and what happened follows in the next.
const NARROW: usize = 72;

const BOLD: Style = Style::new().bold();

/// What asked, each step, and the conclusion, with ANSI colors and within `columns`.
pub(crate) fn report(outcome: &Outcome, about: &[String], columns: Option<usize>) -> String {
    let width = columns.map_or(USUAL, |columns| columns.clamp(20, USUAL));
    let mut lines = Vec::new();
    for line in about {
        lines.extend(wrapped(line, "", "  ", width));
    }
    lines.push(String::new());
    for step in outcome.diagnosis() {
        lines.extend(if width < NARROW { block(step, width) } else { row(step, width) });
    }
    lines.push(String::new());
    lines.extend(wrapped(outcome.message(), "", "", width).into_iter().map(|line| format!("{BOLD}{line}{BOLD:#}")));
    lines.push(words_for_support(outcome));
    lines.join("\n")
}

/// The status and the cause, by which support staff find them in the documents.
fn words_for_support(outcome: &Outcome) -> String {
    let words = [Some(outcome.status().name()), outcome.cause().map(Cause::as_str)];
    format!("[{}]", words.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn row(step: &Step, width: usize) -> Vec<String> {
    let (style, time) = (style(step.state), time(step));
    let (title, state) = (name(step.name), step.state.as_str());
    // Colors have no width, so what they stand around is filled up before.
    let head = format!("{title:<12}{state:<7}{time:>10}  ");
    let colored = format!("{title:<12}{style}{state}{style:#}{:1$}{time:>10}  ", "", 7 - state.len());
    let mut lines = wrapped(&step.message, &head, &" ".repeat(head.len()), width);
    if let Some(first) = lines.first_mut() {
        *first = format!("{colored}{}", first.get(head.len()..).unwrap_or_default());
    }
    lines
}

fn block(step: &Step, width: usize) -> Vec<String> {
    let (style, time) = (style(step.state), time(step));
    let head = format!("{BOLD}{}{BOLD:#}  {style}{}{style:#}  {time}", name(step.name), step.state.as_str());
    // Of most steps that were skipped there is little to say.
    let plain = format!("{}  {}  {}", name(step.name), step.state.as_str(), step.message);
    if step.state == State::Skipped && plain.width() <= width {
        return vec![head + &step.message];
    }
    let mut lines = vec![head.trim_end().to_owned()];
    lines.extend(wrapped(&step.message, "  ", "  ", width));
    lines
}

fn style(state: State) -> Style {
    match state {
        State::Ok => AnsiColor::Green.on_default(),
        State::Failed => AnsiColor::Red.on_default().bold(),
        State::Skipped => Style::new().dimmed(),
    }
}

fn time(step: &Step) -> String {
    match step.state {
        State::Skipped => String::new(),
        _ if step.name == StepName::Clock => String::new(),
        _ => format!("{} ms", step.milliseconds),
    }
}

fn name(name: StepName) -> &'static str {
    match name {
        StepName::Tls => "TLS",
        name => name.as_str(),
    }
}
