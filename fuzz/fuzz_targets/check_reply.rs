//! See `fuzzing::check_reply` in the core.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| qls_precheck_core::fuzzing::check_reply(text));
