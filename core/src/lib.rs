#![forbid(unsafe_code)]
//! The pre-check of a Qt License Server.
