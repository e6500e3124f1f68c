//! The bytes of a connection between ureq and the stream.
//!
//! ureq's own buffers write zeros to all of their memory before the first request, and send its head alone.

use std::ops::Range;

use ureq::unversioned::transport::Buffers as UreqBuffers;

/// Room for what is read and for what is written; memory that is not used is not touched.
pub(crate) struct Buffers {
    input: Vec<u8>,
    /// Where in `input` the bytes stand that ureq has not used yet.
    unused: Range<usize>,
    /// ureq has made something of what it got, so the rest may be enough as well.
    progress: bool,
    output: Vec<u8>,
    /// How much of `output` waits to be sent.
    pending: usize,
}

impl Buffers {
    pub(crate) fn new(input: usize, output: usize) -> Self {
        Self { input: vec![0; input], unused: 0..0, progress: false, output: vec![0; output], pending: 0 }
    }

    /// `amount` bytes were written to the output.
    pub(crate) fn written(&mut self, amount: usize) {
        self.pending += amount;
    }

    /// What waits to be sent.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.output[..self.pending]
    }

    /// What waited was sent, or is not wanted.
    pub(crate) fn sent(&mut self) {
        self.pending = 0;
    }
}

impl UreqBuffers for Buffers {
    fn output(&mut self) -> &mut [u8] {
        &mut self.output[self.pending..]
    }

    fn input(&self) -> &[u8] {
        &self.input[self.unused.clone()]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        if self.unused.start > 0 {
            self.input.copy_within(self.unused.clone(), 0);
            self.unused = 0..self.unused.len();
        }
        &mut self.input[self.unused.end..]
    }

    fn input_appended(&mut self, amount: usize) {
        self.unused.end += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.progress = amount > 0;
        self.unused.start += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        (&mut self.input[self.unused.end..], &mut self.output[self.pending..])
    }

    fn can_use_input(&self) -> bool {
        !self.unused.is_empty() && self.progress
    }
}
