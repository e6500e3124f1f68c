//! Texts as Windows takes and gives them: in UTF-16, with a NUL at the end.

/// A text for Windows.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// A text of Windows'; empty for null.
///
/// # Safety
///
/// It is null, or ends in NUL.
pub(crate) unsafe fn text(wide: *const u16) -> String {
    if wide.is_null() {
        return String::new();
    }
    // SAFETY: the caller promises a NUL, up to which it is read.
    let length = (0..).take_while(|&at| unsafe { *wide.add(at) } != 0).count();
    // SAFETY: so many were just read.
    String::from_utf16_lossy(unsafe { std::slice::from_raw_parts(wide, length) })
}
