//! `cargo xtask copy`: the phones' own files of texts, from the Fluent files in `copy/`.

use std::process::ExitCode;

use crate::{child, place};

/// Builds the generator and lets it work: `write` or, with `check`, compare.
pub(crate) fn run(check: bool) -> ExitCode {
    let mut command = child::cargo(&["run", "--quiet", "--package", "attune-copy", "--"]);
    command.arg(if check { "check" } else { "write" }).arg(place::root());
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo could not run: {error}");
            ExitCode::FAILURE
        }
    }
}
