#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod date;
mod endpoint;
mod error;
mod fault;
mod licenses;
mod options;
mod rate;
mod reply;
mod request;
mod rule;
mod seen;
mod stage;
mod standin;
mod switches;
mod tls;
mod token;
mod version;

pub use date::Date;
pub use error::Error;
pub use fault::Fault;
pub use licenses::Licenses;
pub use options::{Options, Tls};
pub use seen::SeenRequest;
pub use standin::Standin;
pub use token::token;
