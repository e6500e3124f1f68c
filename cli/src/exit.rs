//! The exit codes, in one table.

use qls_precheck_core::{Cause, Status};

/// Check: all are allowed. List: there are licenses. Diagnose: all is well.
pub(crate) const YES: u8 = 0;
/// Check: some are denied or unknown. List: there are no licenses. Diagnose: the clock is wrong.
pub(crate) const NO: u8 = 1;
/// Nobody answered. Trying again may help.
pub(crate) const COULD_NOT_ASK: u8 = 2;
/// A file, the token or a setting cannot be used, or the server said no. Trying again will not help.
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
  2    could not ask: network, server or gateway failed, or the time
       was up; trying again may help
  3    refused: a file, the token, the consumers or the configuration
       is unusable, no consumers are asked for, the certificate cannot
       be trusted, or the server said no; trying again will not help
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

/// Whether a failure will be there at the next try too, whatever its status.
fn lasts(cause: Cause) -> bool {
    ["proxy-auth-", "proxy-ticket-", "certificate-", "not-tls", "tls-version", "client-certificate-", "redirect"]
        .iter()
        .any(|start| cause.as_str().starts_with(start))
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
                } else if status.code() < 2000 || cause.as_str().starts_with("certificate-") {
                    assert!([REFUSED, USAGE].contains(&code), "{row}");
                    lasting += 1;
                }
            }
        }
        assert!(hopeful > 8 && lasting > 30, "{hopeful}, {lasting}");
    }

    #[test]
    fn the_cause_outweighs_the_status() {
        for (status, cause, code) in [
            (Status::InvalidArgument, Cause::InvalidUrl, USAGE),
            (Status::ProxyFailed, Cause::ConnectionRefused, COULD_NOT_ASK),
            (Status::ProxyFailed, Cause::ProxyAuthRequired, REFUSED),
            (Status::ProxyFailed, Cause::ProxyTicketRefused, REFUSED),
            (Status::ProxyFailed, Cause::NotTls, REFUSED),
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
    fn the_readme_has_the_table() {
        let readme = include_str!("../README.md");
        let codes = |text: &str, start: &str| -> Vec<u8> {
            let rows =
                text.lines().filter_map(|line| line.strip_prefix(start)?.split_whitespace().next()?.parse().ok());
            rows.collect()
        };
        let documented = codes(readme, "| ");
        assert_eq!(documented, [YES, NO, COULD_NOT_ASK, REFUSED, USAGE, DEFECT, INTERRUPTED]);
        assert_eq!(documented, codes(TABLE, "  "));
    }
}
