//! The stand-in from outside: its library and its binary, over real sockets.

mod binary;
mod client;
mod faults;
mod licenses;
mod replies;
mod rule;
mod server;
mod stage;
mod stage_guard;
mod stage_switches;
mod token;
