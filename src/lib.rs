//! The C interface: translates between C's pointers and strings and the crate `qls-precheck-core`, which does the work.
//!
//! The doc comments of the exports become `include/qls_precheck.h`, so they are written for C programmers.
#![allow(non_camel_case_types, reason = "these are the names that C programs see")]
#![allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, reason = "the comments are written for the C header")]
#![allow(clippy::missing_safety_doc, reason = "the header's preamble says what callers have to ensure")]

#[cfg(unix)]
mod at_load;
pub mod client;
mod guard;
mod ptr;
mod refusals;
pub mod result;
pub mod settings;
pub mod status;
pub mod version;
