//! The bytes of a connection between ureq and the stream.
//!
//! ureq's own buffers write zeros to all of their memory before the first request, and send its head alone.

use std::ops::Range;

use ureq::unversioned::transport::Buffers as UreqBuffers;

/// Room for what is read and for what is written.
pub(crate) struct Buffers {
    /// Both in one piece: memory that is not used is not touched, since the system gives so much as fresh pages.
    memory: Vec<u8>,
    /// Where in `memory` the input ends and the output begins.
    border: usize,
    /// Where in the input the bytes stand that ureq has not used yet.
    unused: Range<usize>,
    /// ureq has made something of what it got, so the rest may be enough as well.
    progress: bool,
    /// How much of the output waits to be sent.
    pending: usize,
}

impl Buffers {
    pub(crate) fn new(input: usize, output: usize) -> Self {
        Self { memory: vec![0; input + output], border: input, unused: 0..0, progress: false, pending: 0 }
    }

    /// `amount` bytes were written to the output.
    pub(crate) fn written(&mut self, amount: usize) {
        self.pending += amount;
    }

    /// What waits to be sent.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.memory[self.border..][..self.pending]
    }

    /// What waited was sent, or is not wanted.
    pub(crate) fn sent(&mut self) {
        self.pending = 0;
    }
}

impl UreqBuffers for Buffers {
    fn output(&mut self) -> &mut [u8] {
        &mut self.memory[self.border + self.pending..]
    }

    fn input(&self) -> &[u8] {
        &self.memory[self.unused.clone()]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        if self.unused.start > 0 {
            self.memory.copy_within(self.unused.clone(), 0);
            self.unused = 0..self.unused.len();
        }
        &mut self.memory[self.unused.end..self.border]
    }

    fn input_appended(&mut self, amount: usize) {
        self.unused.end += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.progress = amount > 0;
        self.unused.start += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        let (input, output) = self.memory.split_at_mut(self.border);
        (&mut input[self.unused.end..], &mut output[self.pending..])
    }

    fn can_use_input(&self) -> bool {
        !self.unused.is_empty() && self.progress
    }
}
