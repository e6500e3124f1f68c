//! See `fuzzing::json_pointer` in the core.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| qls_precheck_core::fuzzing::json_pointer(text));
