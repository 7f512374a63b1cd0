//! Child processes: cargo with the right folders, and their output in one piece.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::place;

/// What a child left behind.
pub(crate) struct Finished {
    /// Whether its exit status was 0.
    pub(crate) success: bool,
    /// Standard output and standard error, in the order in which they came.
    pub(crate) output: String,
}

/// The cargo that runs this, in the checkout, with the shared build folder.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(place::root());
    command.env("CARGO_TARGET_DIR", place::target()).env("CARGO_TERM_COLOR", "never");
    // What `cargo run` told us about this package is not true for the ones below.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
}

/// Runs a child to its end and keeps all it printed.
pub(crate) fn finish(command: &mut Command) -> Finished {
    let called = format!("{command:?}");
    match run(command) {
        Ok(finished) => finished,
        Err(error) => {
            Finished { success: false, output: format!("{called} could not run: {error}\n") }
        }
    }
}

fn run(command: &mut Command) -> std::io::Result<Finished> {
    let (mut reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // The command holds the writing end; the reader would wait for it for ever.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let success = child.wait()?.success();
    Ok(Finished { success, output: String::from_utf8_lossy(&bytes).into_owned() })
}
