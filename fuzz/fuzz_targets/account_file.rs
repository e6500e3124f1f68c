//! See `fuzzing::account_file` in the core.
#![no_main]

libfuzzer_sys::fuzz_target!(|file: &[u8]| qls_precheck_core::fuzzing::account_file(file));
