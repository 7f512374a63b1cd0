//! `cargo xtask check-followup`: the burden check, judged by a list of labelled sentences.

use std::path::Path;
use std::process::ExitCode;

use crate::child;

/// Builds the judge and lets it print: misses and a table, or JSON.
pub(crate) fn run(file: &Path, json: bool) -> ExitCode {
    // As seen from where the command was given, not from the checkout.
    let file = match file.canonicalize() {
        Ok(file) => file,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::FAILURE;
        }
    };
    let judge = ["run", "--quiet", "--release", "--package", "attune-burden", "--", "judge"];
    let mut command = child::cargo(&judge);
    command.arg(file).args(json.then_some("--json"));
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo could not run: {error}");
            ExitCode::FAILURE
        }
    }
}
