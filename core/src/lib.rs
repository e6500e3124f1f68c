//! The pre-check of a Qt License Server: which components may this user install, and which licences are there?
//!
//! An offline installer carries everything it could install; whether it may is a question of licences, which
//! `POST /api/v2/pre-check/licenses` answers. [`Client::check`] and [`Client::list`] ask it, synchronously, and
//! always return an [`Outcome`]: verdicts, or why nobody could be asked.
//!
//! ```no_run
//! # fn main() -> Result<(), qls_precheck_core::Error> {
//! let client = qls_precheck_core::Client::new()?;
//! let outcome = client.check(None, r#"[{"consumer_id": "qtcreator", "component_id": "9876"}]"#);
//! if outcome.is_allowed("9876") {
//!     println!("may be installed");
//! } else {
//!     println!("{}", outcome.message());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! This crate is what the C library `qls-precheck` is made of; it promises no stable Rust interface.
#![forbid(unsafe_code)]

mod account;
mod client;
mod components;
mod config;
mod consumers;
mod desktop_proxy;
mod endpoint;
mod error;
mod extra;
mod files;
#[cfg(fuzzing)]
pub mod fuzzing;
mod json;
mod log;
mod outcome;
mod place;
mod pointer;
mod proxy;
mod redact;
mod retry;
mod roots;
mod server;
mod session;
mod system;
mod text;
mod token;
mod transport;
mod trust;
mod verdict;

pub use account::TokenSource;
pub use client::Client;
pub use components::{Component, Components, Verdict};
pub use error::{Cause, Error, Status};
pub use log::Level;
pub use outcome::{Operation, Outcome};
pub use server::DEFAULT_SERVER;
pub use trust::Trust;
