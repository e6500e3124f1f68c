//! The exit codes, in one table.

use qls_precheck_core::{Cause, State, Status, Step, StepName};

/// Check: all are allowed. List: there are licenses. Diagnose: all is well.
pub(crate) const YES: u8 = 0;
/// Check: some are denied or unknown. List: there are no licenses. Diagnose: the clock is wrong.
pub(crate) const NO: u8 = 1;
/// No answer. Trying again may help.
pub(crate) const COULD_NOT_ASK: u8 = 2;
/// What is needed cannot be used, or somebody said no. Trying again will not help.
pub(crate) const REFUSED: u8 = 3;
/// Wrong arguments. clap's own code for that is 2, which here means that trying again may help.
pub(crate) const USAGE: u8 = 64;
/// A defect of this program.
pub(crate) const DEFECT: u8 = 70;
/// Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// The table for `--help` and the manual page.
pub(crate) const TABLE: &str = "\
Exit codes:
  0    check: all are allowed; list: there are licenses; diagnose: the
       server answers
  1    check: some are denied or unknown; list: there are none;
       diagnose: the server answers, but the clock is wrong
  2    no answer: network, server or gateway failed, the time was up,
       a sign-in page of the network came instead, or memory was short;
       trying again may help
  3    refused: a file, the token, the consumers or a setting cannot be
       used; no consumers are asked for; the name service has a fault;
       this computer does not let the program connect; the proxy is
       none, refuses, gets no sign-in or does not accept it; the
       certificate cannot be trusted; no TLS can be agreed on; the
       server sends elsewhere, or said no; trying again will not help
  64   wrong arguments
  70   a defect of this program
  130  interrupted by Ctrl-C";

/// The exit code for an operation without an answer.
pub(crate) fn of_failure(status: Status, cause: Option<Cause>) -> u8 {
    match status {
        // With other programs closed there may be enough, whatever it was needed for.
        _ if cause == Some(Cause::OutOfMemory) => COULD_NOT_ASK,
        Status::InvalidArgument => USAGE,
        Status::ResolveFailed
        | Status::ConnectFailed
        | Status::ProxyFailed
        | Status::TlsFailed
        | Status::Timeout
        | Status::Cancelled
        | Status::ConnectionLost
        | Status::RateLimited
        | Status::ServerError
        | Status::UnexpectedReply
        | Status::Internal
            if !cause.is_some_and(lasts) =>
        {
            COULD_NOT_ASK
        }
        _ => REFUSED,
    }
}

/// The exit code for a diagnosis. A step that failed on one of several ways does not matter where the next way led to the
/// server; a wrong clock does, because it will hinder something else.
pub(crate) fn of_diagnosis(status: Status, cause: Option<Cause>, steps: &[Step]) -> u8 {
    let is_clock_wrong = || steps.iter().any(|step| step.name == StepName::Clock && step.state == State::Failed);
    match status {
        Status::Ok if is_clock_wrong() => NO,
        Status::Ok => YES,
        _ => of_failure(status, cause),
    }
}

/// Whether a failure will be there at the next try too, whatever its status, until somebody changes something. Python's
/// package has the same list, and `docs/status-codes.md` says for every other cause that trying again may help.
fn lasts(cause: Cause) -> bool {
    const LASTING: &[&str] = &[
        "resolver-failed",
        "connection-not-permitted",
        "proxy-auth-",
        "proxy-ticket-",
        "proxy-refused",
        "proxy-invalid-reply",
        "certificate-",
        "not-tls",
        "tls-version",
        "client-certificate-",
        "redirect",
        "too-many-headers",
    ];
    LASTING.iter().any(|start| cause.as_str().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trying_again_may_help_where_the_document_says_so() {
        let document = include_str!("../../docs/status-codes.md");
        let (mut hopeful, mut lasting) = (0, 0);
        for row in document.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<_> = row.split(" | ").collect();
            let Some(cause) = Cause::ALL.iter().find(|cause| cells[0] == format!("| `{}`", cause.as_str())) else {
                continue;
            };
            let advice = cells[2..].join(" ");
            for status in Status::ALL.iter().filter(|status| cells[1].contains(&format!("`{}`", status.name()))) {
                let code = of_failure(*status, Some(*cause));
                if ["try again", "offer a retry", "start again"].iter().any(|words| advice.contains(words)) {
                    assert_eq!(code, COULD_NOT_ASK, "{row}");
                    hopeful += 1;
                } else {
                    assert!([REFUSED, USAGE].contains(&code), "{row}");
                    lasting += 1;
                }
            }
        }
        assert!(hopeful > 30 && lasting > 50, "{hopeful}, {lasting}");
    }

    #[test]
    fn of_the_steps_of_a_diagnosis_the_clock_alone_counts() {
        let failed = |name| Step {
            name,
            state: State::Failed,
            milliseconds: 0,
            message: String::new(),
            cause: Some(Cause::ConnectionClosed),
        };
        // As where a script's proxy closes the connection, and the direct way leads to the server.
        assert_eq!(of_diagnosis(Status::Ok, None, &[failed(StepName::Tunnel)]), YES);
        assert_eq!(of_diagnosis(Status::Ok, None, &[failed(StepName::Tunnel), failed(StepName::Clock)]), NO);
        let refused = Some(Cause::ProxyAuthRequired);
        assert_eq!(of_diagnosis(Status::ProxyFailed, refused, &[failed(StepName::Clock)]), REFUSED);
    }

    #[test]
    fn the_cause_outweighs_the_status() {
        for (status, cause, code) in [
            (Status::InvalidArgument, Cause::InvalidUrl, USAGE),
            (Status::ProxyFailed, Cause::ConnectionRefused, COULD_NOT_ASK),
            (Status::ProxyFailed, Cause::ProxyAuthRequired, REFUSED),
            (Status::ProxyFailed, Cause::ProxyTicketRefused, REFUSED),
            (Status::ProxyFailed, Cause::NotTls, REFUSED),
            (Status::ResolveFailed, Cause::ResolverUnavailable, COULD_NOT_ASK),
            (Status::ResolveFailed, Cause::ResolverFailed, REFUSED),
            (Status::UnexpectedReply, Cause::CaptivePortal, COULD_NOT_ASK),
            (Status::UnexpectedReply, Cause::Redirect, REFUSED),
            (Status::TlsFailed, Cause::HandshakeFailed, COULD_NOT_ASK),
            (Status::TlsFailed, Cause::NotTls, REFUSED),
            (Status::Rejected, Cause::Rejected, REFUSED),
        ] {
            assert_eq!(of_failure(status, Some(cause)), code, "{}, {}", status.name(), cause.as_str());
        }
    }

    #[test]
    fn the_readme_has_the_words_of_the_help() {
        let mut told: Vec<(u8, String)> = Vec::new();
        for line in TABLE.lines().skip(1) {
            let (code, words) = line.split_at(7);
            match (code.trim().parse(), told.last_mut()) {
                (Ok(code), _) => told.push((code, words.to_owned())),
                (Err(_), Some((_, before))) => *before += &format!(" {words}"),
                (Err(_), None) => panic!("{line}"),
            }
        }
        let codes: Vec<_> = told.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [YES, NO, COULD_NOT_ASK, REFUSED, USAGE, DEFECT, INTERRUPTED]);
        let readme = include_str!("../README.md").replace('`', "");
        for (code, words) in told {
            let row = format!("| {code} | {words} |");
            assert!(readme.lines().any(|line| line == row), "cli/README.md has no\n{row}");
        }
    }
}
