//! Python, for the checks of Apple's own file formats by its `plistlib`, and nothing else.

use std::process::Command;

use super::{install, may_install, version_after};
use crate::child;

const PYTHON: (u32, u32) = (3, 9);

/// Makes sure that Python is there; installs it where that is allowed.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn python() -> Result<Command, String> {
    let by_hand = "apt-get update && apt-get install -y python3";
    if is_ready() {
        return Ok(Command::new("python3"));
    }
    if !may_install() {
        return Err(format!(
            "Python 3.9 or later is missing. Set it up, on Debian as root, with: {by_hand}\n"
        ));
    }
    eprintln!("Python is missing: installing");
    let output = install(&["python3"]);
    if is_ready() {
        return Ok(Command::new("python3"));
    }
    Err(format!("Python is missing. What should have set it up: {by_hand}\n{output}"))
}

/// With its whole library: Debian's smallest Python has no `plistlib`.
fn is_ready() -> bool {
    let asked = child::finish(
        Command::new("python3")
            .args(["-c", "import platform, plistlib; print('Python', platform.python_version())"]),
    );
    let version = version_after(&asked.output, "Python ");
    asked.success && version.is_some_and(|version| version >= PYTHON)
}
