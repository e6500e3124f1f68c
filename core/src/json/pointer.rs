//! JSON Pointer (RFC 6901): the steps of a pointer, and the indices among them.

use std::borrow::Cow;

/// The steps of a pointer, decoded; None where the text is no pointer.
pub(crate) fn steps(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let path = match pointer {
        "" => None,
        _ => Some(pointer.strip_prefix('/')?),
    };
    let ends_badly = |step: &str| step.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1']));
    if pointer.contains('~') && pointer.split('/').any(ends_badly) {
        return None;
    }
    Some(path.into_iter().flat_map(|path| path.split('/')).map(|step| match step.contains('~') {
        true => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(step),
    }))
}

/// A step as the index of an array's item: digits without a leading zero.
pub(crate) fn index(step: &str) -> Option<usize> {
    let is_plain =
        step == "0" || (step.starts_with(|c| matches!(c, '1'..='9')) && step.bytes().all(|b| b.is_ascii_digit()));
    is_plain.then(|| step.parse().ok()).flatten()
}
