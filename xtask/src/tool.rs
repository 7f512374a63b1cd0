//! What the suites need beyond cargo itself, set up when it is missing.

use std::path::PathBuf;
use std::process::Command;

use crate::{child, place};

const CARGO_DENY: &str = "0.20.2";

/// Makes sure that a cargo component such as `rustfmt` or `clippy` is there.
///
/// # Errors
/// Says which command sets it up, where that cannot be done from here.
pub(crate) fn component(name: &str, probe: &[&str]) -> Result<(), String> {
    if child::finish(&mut child::cargo(probe)).success {
        return Ok(());
    }
    let added = child::finish(Command::new("rustup").args(["component", "add", name]));
    if added.success {
        return Ok(());
    }
    Err(format!("{name} is missing. Set it up with: rustup component add {name}\n{}", added.output))
}

/// The path of cargo-deny, built into the cache folder when it is missing there.
///
/// # Errors
/// Says which command sets it up, where that did not work from here.
pub(crate) fn cargo_deny() -> Result<PathBuf, String> {
    let tools = place::cache().join("tools");
    let program = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let is_wanted = || {
        let asked = child::finish(Command::new(&program).arg("--version"));
        asked.success && asked.output.contains(CARGO_DENY)
    };
    if is_wanted() {
        return Ok(program);
    }
    // Its build files are bigger than all else and of no use afterwards.
    let build = tools.join("build");
    let mut install = child::cargo(&["install", "--debug", "--locked", "--force"]);
    install.args(["--version", CARGO_DENY, "--root"]).arg(&tools).arg("cargo-deny");
    install.env("CARGO_TARGET_DIR", &build);
    let installed = child::finish(&mut install);
    let removed = std::fs::remove_dir_all(&build);
    if installed.success && is_wanted() {
        if let Err(error) = removed {
            eprintln!("{} could not be removed: {error}", build.display());
        }
        return Ok(program);
    }
    Err(format!(
        "cargo-deny {CARGO_DENY} is missing. Set it up with: cargo install --debug --locked \
         --version {CARGO_DENY} --root {} cargo-deny\n{}",
        tools.display(),
        installed.output
    ))
}
