//! See `fuzzing::account_file` in the core.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| qls_precheck_core::fuzzing::account_file(text));
