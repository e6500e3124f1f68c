//! What is printed about an outcome, and the exit code.

use anstyle::{AnsiColor, Style};
use qls_precheck_core::{Cause, Component, Document, Operation, Outcome, Status, Verdict};

use crate::exit;
use crate::failure::Failure;
use crate::report::report;
use crate::table::{Cell, table};

/// What the program ends with.
pub(crate) struct Answer {
    pub(crate) code: u8,
    /// Why there is no answer.
    pub(crate) error: Option<String>,
    pub(crate) text: Option<Text>,
}

/// The result to print.
pub(crate) enum Text {
    /// For programs: to be written as it is.
    Data(String),
    /// For people, with ANSI colors.
    Table(String),
}

/// How the result is to look.
#[derive(Clone, Copy, Default)]
pub(crate) struct Form {
    pub(crate) json: bool,
    /// How wide the terminal is; None where no person is looking.
    pub(crate) columns: Option<usize>,
    /// Whether it goes to standard output.
    pub(crate) is_printed: bool,
}

impl Answer {
    /// `consumers`: the name of the consumers' file.
    pub(crate) fn of(outcome: &Outcome, operation: Operation, consumers: &str, form: Form) -> Self {
        let text = |table: fn(&Outcome, Option<usize>) -> String| match form.json {
            true => Text::Data(outcome.to_json()),
            false => Text::Table(table(outcome, form.columns)),
        };
        if outcome.status() != Status::Ok {
            return Self {
                code: exit::of_failure(outcome.status(), outcome.cause()),
                error: Some(in_words(outcome.message(), outcome.status(), outcome.cause())),
                text: form.json.then(|| Text::Data(outcome.to_json())),
            };
        }
        let (yes, text) = match operation {
            Operation::Check if outcome.components().is_empty() => {
                let what = format!("{consumers}: asks for nothing: the list of consumers is empty");
                return Self::refusing(&Failure::new(Status::InvalidConsumers, None, what), form);
            }
            Operation::Check => {
                (outcome.components().iter().all(|entry| entry.verdict == Verdict::Allowed), text(verdicts))
            }
            _ => (outcome.licenses().next().is_some(), text(licenses)),
        };
        Self { code: if yes { exit::YES } else { exit::NO }, error: None, text: Some(text) }
    }

    /// `about`: which program asks, and where its settings come from. The report ends with what is wrong, so that is said
    /// once more only where the report is not seen.
    pub(crate) fn of_diagnosis(outcome: &Outcome, about: &[String], form: Form) -> Self {
        let code = exit::of_diagnosis(outcome.status(), outcome.cause(), outcome.diagnosis());
        let is_said = code == exit::YES || form.is_printed && !form.json;
        Self {
            code,
            error: (!is_said).then(|| in_words(outcome.message(), outcome.status(), outcome.cause())),
            text: Some(match form.json {
                true => Text::Data(outcome.to_json()),
                false => Text::Table(report(outcome, about, form.columns)),
            }),
        }
    }

    /// Where the core was not even called.
    pub(crate) fn refusing(failure: &Failure, form: Form) -> Self {
        Self {
            code: exit::REFUSED,
            error: Some(in_words(&failure.message, failure.status, failure.cause)),
            text: form.json.then(|| Text::Data(failure.to_json())),
        }
    }
}

/// An error for a person, with the words that support staff look for.
pub(crate) fn in_words(message: &str, status: Status, cause: Option<Cause>) -> String {
    let cause = cause.map(|cause| format!(", {}", cause.as_str())).unwrap_or_default();
    format!("{message} [{}{cause}]", status.name())
}

/// A pipe gets three columns, which programs can cut apart; a person also sees why.
fn verdicts(outcome: &Outcome, columns: Option<usize>) -> String {
    let row = |component: Component<'_>| {
        let (color, reason) = match component.verdict {
            Verdict::Allowed => (AnsiColor::Green, "a license covers it"),
            Verdict::Denied => (AnsiColor::Red, "no license covers it"),
            Verdict::Unknown => (AnsiColor::Yellow, "the server gave no verdict"),
        };
        let verdict = Cell::styled(component.verdict.as_str(), color.on_default().bold());
        let mut row = vec![Cell::new(component.component_id), Cell::new(component.consumer_id), verdict];
        row.extend(columns.map(|_| Cell::styled(reason, Style::new().dimmed())));
        row
    };
    let rows: Vec<_> = outcome.components().iter().map(row).collect();
    let mut head = vec!["COMPONENT", "CONSUMER", "VERDICT"];
    head.extend(columns.map(|_| "REASON"));
    table(&head, &rows, columns)
}

fn licenses(outcome: &Outcome, columns: Option<usize>) -> String {
    let rows: Vec<_> = outcome.licenses().map(license).collect();
    if rows.is_empty() && columns.is_some() {
        return "This user has no licenses.".into();
    }
    table(&["LICENSE", "TYPE", "SCHEMA", "FROM", "TO", "CONSUMERS"], &rows, columns)
}

/// The cells for one license. Every member may be missing or have another type than the server documents.
fn license(json: &str) -> Vec<Cell> {
    let license = Document::new(json.to_owned());
    let member = |place: &str| license.get(place).filter(|text| text != "null").unwrap_or_default();
    let info = ["license_id", "type", "schema", "valid_from", "valid_to"];
    let consumer = |index: usize| {
        let names = ["consumer_id", "consumer_version"].map(|name| member(&format!("/consumers/{index}/{name}")));
        names.join(" ").trim().to_owned()
    };
    let consumers: Vec<_> = (0..license.count("/consumers")).map(consumer).collect();
    let info = info.iter().map(|name| Cell::new(&member(&format!("/license_info/{name}"))));
    info.chain([Cell::new(&consumers.join(", "))]).collect()
}
