//! Reads PEM texts as OpenSSL does, and tells what is wrong with them: nothing in them is passed over unnoticed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What stands between a line `-----BEGIN label-----` and a line `-----END label-----`.
pub(super) struct Block<'t> {
    pub(super) label: &'t [u8],
    pub(super) content: Vec<u8>,
}

/// Why a block cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Its first line has something else on it as well. OpenSSL takes it for text around the blocks.
    Stray,
    /// It has no end, or is not base64. OpenSSL reads nothing in a file with such a block.
    Broken,
}

/// The blocks in `text`, in their order. Around them there may be any text.
pub(super) fn blocks(text: &[u8]) -> impl Iterator<Item = Result<Block<'_>, Flaw>> {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    std::iter::from_fn(move || {
        lines
            .find_map(|line| match line.strip_prefix(b"-----BEGIN ").and_then(|line| line.strip_suffix(b"-----")) {
                Some(label) => Some(Ok(label)),
                None => is_stray(line).then_some(Err(Flaw::Stray)),
            })
            .map(|label| label.and_then(|label| read(label, &mut lines)))
    })
}

/// Whether a line looks like the first or last one of a block, which it is not: it stands on one line with something
/// else, or a hyphen is missing, or the other of both lines.
fn is_stray(line: &[u8]) -> bool {
    ["-BEGIN ", "-END ", "BEGIN CERTIFICATE", "END CERTIFICATE"].iter().any(|sign| contains(line, sign))
}

/// Reads the rest of a block, of which the first line was read.
fn read<'t>(label: &'t [u8], lines: &mut impl Iterator<Item = &'t [u8]>) -> Result<Block<'t>, Flaw> {
    let end = [b"-----END ", label, b"-----"].concat();
    let mut base64 = Vec::new();
    for line in lines {
        if line == end {
            return STANDARD.decode(base64).map(|content| Block { label, content }).map_err(|_| Flaw::Broken);
        }
        base64.extend_from_slice(line.trim_ascii_start());
    }
    Err(Flaw::Broken)
}

/// Whether `sign` is somewhere in `text`.
pub(super) fn contains(text: &[u8], sign: &str) -> bool {
    text.windows(sign.len()).any(|part| part == sign.as_bytes())
}

/// Whether a block of this label is a certificate.
pub(super) fn is_certificate(label: &[u8]) -> bool {
    matches!(label, b"CERTIFICATE" | b"X509 CERTIFICATE" | b"TRUSTED CERTIFICATE")
}
