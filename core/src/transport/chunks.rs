//! Follows a reply from chunk to chunk as it arrives, and stops at a size that ureq would read and RFC 9112 (section 7.1)
//! does not allow, such as `+76`: a proxy on the way may read it otherwise, and see another reply.

/// How far a reply was followed.
#[derive(Default)]
pub(super) struct ChunkSizes {
    state: State,
    /// The beginning of a line of which the end has not arrived.
    line: Vec<u8>,
}

#[derive(Clone, Copy)]
enum State {
    /// In the head. `is_interim`: another one follows it; None before the status line.
    Head { is_interim: Option<bool>, is_chunked: bool },
    /// In the line with the size of the next chunk.
    Size,
    /// So many bytes before the end of a chunk's data, the line break behind them included.
    Data(u64),
    /// Behind the head of a reply without chunks, or behind the last chunk.
    Done,
    /// In a line that has no size as the standard has it.
    Bad,
}

impl Default for State {
    fn default() -> Self {
        Self::Head { is_interim: None, is_chunked: false }
    }
}

impl ChunkSizes {
    /// Goes on by what has just arrived. Returns how much of it is fine: less than all only where a size is not.
    pub(super) fn follow(&mut self, arrived: &[u8]) -> usize {
        let mut rest = arrived;
        while !rest.is_empty() {
            match &mut self.state {
                State::Done => break,
                State::Bad => return arrived.len() - rest.len(),
                State::Data(left) => {
                    let taken = (rest.len() as u64).min(*left);
                    rest = &rest[taken as usize..];
                    *left -= taken;
                    if *left == 0 {
                        self.state = State::Size;
                    }
                }
                State::Head { .. } | State::Size => {
                    let Some(end) = memchr::memchr(b'\n', rest) else {
                        self.line.extend_from_slice(rest);
                        break;
                    };
                    let (line, behind) = rest.split_at(end + 1);
                    self.state = match self.line.is_empty() {
                        true => self.state.after(line),
                        false => {
                            self.line.extend_from_slice(line);
                            let state = self.state.after(&self.line);
                            self.line.clear();
                            state
                        }
                    };
                    if !matches!(self.state, State::Bad) {
                        rest = behind;
                    }
                }
            }
        }
        arrived.len()
    }

    /// Whether a size was not as the standard has it.
    pub(super) fn are_bad(&self) -> bool {
        matches!(self.state, State::Bad)
    }
}

impl State {
    /// What comes behind a line of the head, or the line with a chunk's size.
    fn after(self, line: &[u8]) -> Self {
        let text = line.trim_ascii_end();
        match self {
            Self::Head { is_interim: None, .. } if text.is_empty() => self,
            // As in `HTTP/1.1 100 Continue`.
            Self::Head { is_interim: None, is_chunked } => {
                Self::Head { is_interim: Some(text.get(9) == Some(&b'1')), is_chunked }
            }
            Self::Head { is_interim: Some(is_interim), is_chunked } => {
                match (text.is_empty(), is_interim, is_chunked) {
                    (false, ..) => {
                        let name = text.split(|&byte| byte == b':').next().unwrap_or(text);
                        let is_chunked = is_chunked || name.eq_ignore_ascii_case(b"transfer-encoding");
                        Self::Head { is_interim: Some(is_interim), is_chunked }
                    }
                    (true, true, _) => Self::default(),
                    (true, false, true) => Self::Size,
                    (true, false, false) => Self::Done,
                }
            }
            _ => match size(line) {
                None => Self::Bad,
                Some(0) => Self::Done,
                Some(size) => Self::Data(size.saturating_add(2)),
            },
        }
    }
}

/// The size of a chunk: hexadecimal digits alone, to which an extension may be added. Some servers fill them up with blanks
/// behind.
fn size(line: &[u8]) -> Option<u64> {
    let line = line.strip_suffix(b"\r\n")?;
    let digits = str::from_utf8(line.split(|&byte| byte == b';').next()?).ok()?.trim_end_matches([' ', '\t']);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}
