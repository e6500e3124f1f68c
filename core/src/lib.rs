//! The pre-check of a Qt License Server: which components may this user install, and which licenses are there?
//!
//! An offline installer carries everything it could install; whether it may is a question of licenses, which
//! `POST /api/v2/pre-check/licenses` answers. [`Client::check`] and [`Client::list`] ask it, synchronously, and
//! always return an [`Outcome`]: verdicts, or why nobody could be asked. [`Client::diagnose`] tells each step on the way.
//!
//! ```no_run
//! let client = qls_precheck_core::Client::new();
//! let outcome = client.check(None, r#"[{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"}]"#);
//! if outcome.is_allowed("qt.tools.qtcreator") {
//!     println!("may be installed");
//! } else {
//!     println!("{}", outcome.message());
//! }
//! ```
//!
//! This crate is what the C library `qls-precheck` is made of; it promises no stable Rust interface.
#![forbid(unsafe_code)]

mod client;
mod diagnosis;
mod environment;
mod error;
mod files;
#[cfg(fuzzing)]
#[path = "../../fuzz/doors.rs"]
pub mod fuzzing;
mod http;
mod json;
mod log;
mod operation;
mod outcome;
mod protocol;
mod proxy;
mod server;
mod settings;
mod text;
mod tls;
mod token;
mod transport;

pub use client::Client;
pub use diagnosis::{State, Step, StepName};
pub use error::{Cause, Error, Status};
pub use http::warm_up;
pub use log::Level;
pub use outcome::{Component, Components, Document, OnceMap, Operation, Outcome, Verdict};
pub use server::DEFAULT_SERVER;
pub use text::{escaped, shown};
pub use tls::Trust;
pub use token::TokenSource;
pub use token::redact::without_mail_addresses;
