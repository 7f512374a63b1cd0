//! See `check_grant` in wire/tests/table/reader.rs.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[expect(dead_code, reason = "each target runs one of the checks")]
#[path = "../../tests/table/reader.rs"]
mod reader;

fuzz_target!(|data: &[u8]| reader::check_grant(data));
