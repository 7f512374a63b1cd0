//! Python, for the checks of Apple's own file formats by its `plistlib`, and nothing else.

use std::process::Command;

use super::{install, may_install, version_after};
use crate::child;

const PYTHON: (u32, u32) = (3, 9);
const PACKAGES: [&str; 2] = ["python3", "python3-yaml"];
/// The first on the search path may be one that Debian's packages do not go to.
const PROGRAMS: [&str; 2] = ["python3", "/usr/bin/python3"];

/// Makes sure that Python is there, with `plistlib` and `PyYAML`; installs it where that is allowed.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn python() -> Result<Command, String> {
    let by_hand = format!("apt-get update && apt-get install -y {}", PACKAGES.join(" "));
    if let Some(python) = ready() {
        return Ok(python);
    }
    if !may_install() {
        return Err(format!(
            "Python 3.9 with PyYAML is missing. Set it up, on Debian as root, with: {by_hand}\n"
        ));
    }
    eprintln!("Python with PyYAML is missing: installing");
    let output = install(&PACKAGES);
    ready().ok_or_else(|| {
        format!("Python with PyYAML is missing. What should have set it up: {by_hand}\n{output}")
    })
}

/// One with all that is needed: Debian's smallest Python has no `plistlib`.
fn ready() -> Option<Command> {
    let asks = "import platform, plistlib, yaml; print('Python', platform.python_version())";
    let program = PROGRAMS.into_iter().find(|program| {
        let asked = child::finish(Command::new(program).args(["-c", asks]));
        let version = version_after(&asked.output, "Python ");
        asked.success && version.is_some_and(|version| version >= PYTHON)
    })?;
    Some(Command::new(program))
}
