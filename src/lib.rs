//! The C interface: pointers in, pointers out, and no panic across. Everything else is `qls-precheck-core`.
//!
//! The doc comments of the exports become `include/qls_precheck.h`, so they speak to C programmers.
#![allow(non_camel_case_types, reason = "the names that C programs see")]
#![allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, reason = "the comments are written for the header")]
#![allow(clippy::missing_safety_doc, reason = "the header's preamble states what every function relies on")]

pub mod client;
mod guard;
mod pin;
mod ptr;
pub mod result;
pub mod settings;
pub mod status;
pub mod version;
