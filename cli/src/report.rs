//! The report of a diagnosis, for people to read and to send.

use anstyle::{AnsiColor, Style};
use qls_precheck_core::{Cause, Finding, Outcome, State, Step};
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
    for finding in outcome.diagnosis() {
        lines.extend(if width < NARROW { block(finding, width) } else { row(finding, width) });
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

fn row(finding: &Finding, width: usize) -> Vec<String> {
    let (style, time) = (style(finding.state), time(finding));
    let (step, state) = (name(finding.step), finding.state.as_str());
    // Colors have no width, so what they stand around is filled up before.
    let head = format!("{step:<12}{state:<7}{time:>10}  ");
    let colored = format!("{step:<12}{style}{state}{style:#}{:1$}{time:>10}  ", "", 7 - state.len());
    let mut lines = wrapped(&finding.message, &head, &" ".repeat(head.len()), width);
    if let Some(first) = lines.first_mut() {
        *first = format!("{colored}{}", first.get(head.len()..).unwrap_or_default());
    }
    lines
}

fn block(finding: &Finding, width: usize) -> Vec<String> {
    let (style, time) = (style(finding.state), time(finding));
    let head = format!("{BOLD}{}{BOLD:#}  {style}{}{style:#}  {time}", name(finding.step), finding.state.as_str());
    // Of most steps that were skipped there is little to say.
    let plain = format!("{}  {}  {}", name(finding.step), finding.state.as_str(), finding.message);
    if finding.state == State::Skipped && plain.width() <= width {
        return vec![head + &finding.message];
    }
    let mut lines = vec![head.trim_end().to_owned()];
    lines.extend(wrapped(&finding.message, "  ", "  ", width));
    lines
}

fn style(state: State) -> Style {
    match state {
        State::Ok => AnsiColor::Green.on_default(),
        State::Failed => AnsiColor::Red.on_default().bold(),
        State::Skipped => Style::new().dimmed(),
    }
}

fn time(finding: &Finding) -> String {
    match finding.state {
        State::Skipped => String::new(),
        _ if finding.step == Step::Clock => String::new(),
        _ => format!("{} ms", finding.milliseconds),
    }
}

fn name(step: Step) -> &'static str {
    match step {
        Step::Tls => "TLS",
        step => step.as_str(),
    }
}
