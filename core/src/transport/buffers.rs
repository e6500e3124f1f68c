//! The buffers of a connection: ureq fills the output and empties the input, and `connection.rs` does the opposite.
//!
//! ureq's own buffers write zeros to all of their memory before the first request, and send the head of a request
//! separately from its body. These do neither, for two goals of `benches/RESULTS.md`: the peak memory of a call with 10
//! consumers, since memory that was never touched costs nothing; and the time of a call on a kept connection, since
//! head and body leave in one write.

use std::ops::Range;

use ureq::unversioned::transport::Buffers as UreqBuffers;

/// Memory for what was read and for what is to be written.
pub(crate) struct Buffers {
    /// First the input, then the output. One allocation, large enough that the allocator maps untouched pages for it.
    memory: Vec<u8>,
    /// Where in `memory` the output begins.
    output_start: usize,
    /// The bytes of the input that ureq has not used yet.
    unused: Range<usize>,
    /// Whether ureq used some of the input when it last looked. If it did not, it needs more input before it looks
    /// again.
    made_progress: bool,
    /// Whether ureq has used some of the reply.
    is_reply_begun: bool,
    /// How many bytes of the output are still to be sent.
    pending: usize,
}

impl Buffers {
    pub(crate) fn new(input: usize, output: usize) -> Self {
        Self {
            memory: vec![0; input + output],
            output_start: input,
            unused: 0..0,
            made_progress: false,
            is_reply_begun: false,
            pending: 0,
        }
    }

    /// Tells that a request begins, and that what comes next is the start of its reply.
    pub(crate) fn begin_request(&mut self) {
        self.is_reply_begun = false;
    }

    /// What has arrived of a reply of which ureq has used nothing yet; otherwise nothing.
    pub(crate) fn start_of_reply(&self) -> &[u8] {
        if self.is_reply_begun { &[] } else { self.input() }
    }

    /// Adds `amount` bytes that ureq has written to the output.
    pub(crate) fn add_pending(&mut self, amount: usize) {
        self.pending += amount;
    }

    /// The output that is still to be sent.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.memory[self.output_start..][..self.pending]
    }

    /// Forgets the output, since it was sent or nobody wants it any more.
    pub(crate) fn clear_pending(&mut self) {
        self.pending = 0;
    }
}

impl UreqBuffers for Buffers {
    fn output(&mut self) -> &mut [u8] {
        &mut self.memory[self.output_start + self.pending..]
    }

    fn input(&self) -> &[u8] {
        &self.memory[self.unused.clone()]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        if self.unused.start > 0 {
            self.memory.copy_within(self.unused.clone(), 0);
            self.unused = 0..self.unused.len();
        }
        &mut self.memory[self.unused.end..self.output_start]
    }

    fn input_appended(&mut self, amount: usize) {
        self.unused.end += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.made_progress = amount > 0;
        self.is_reply_begun |= amount > 0;
        self.unused.start += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        let (input, output) = self.memory.split_at_mut(self.output_start);
        (&mut input[self.unused.end..], &mut output[self.pending..])
    }

    fn can_use_input(&self) -> bool {
        !self.unused.is_empty() && self.made_progress
    }
}
