//! See `fuzzing::proxy_settings` in the core.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| qls_precheck_core::fuzzing::proxy_settings(text));
