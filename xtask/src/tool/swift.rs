//! Swift, for the Swift package.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use super::version_after;
use crate::{child, place};

const SWIFT: (u32, u32) = (6, 0);
const SET_UP: &str = "bindings/swift/toolchain.sh";

/// A Swift toolchain that works.
#[derive(Debug)]
pub(crate) struct Swift {
    /// Where our own set-up step put it; `None` is the one on the search path.
    home: Option<PathBuf>,
}

/// Makes sure that Swift is there: our own set-up, or else one on the search path, or else set up now.
///
/// # Errors
/// Says what is missing and how it is set up.
pub(crate) fn swift() -> Result<Swift, String> {
    let home = place::cache().join("tools/swift");
    let ours = Swift { home: home.join(".stamp").is_file().then(|| home.clone()) };
    if ours.is_ready() {
        return Ok(ours);
    }
    let on_path = Swift { home: None };
    if on_path.is_ready() {
        return Ok(on_path);
    }
    let is_known = cfg!(all(target_os = "linux", target_arch = "x86_64"));
    if !is_known {
        return Err(format!(
            "Swift from {}.{} on is missing. Install it from swift.org, so that `swift --version` finds it\n",
            SWIFT.0, SWIFT.1
        ));
    }
    eprintln!("Swift is missing: setting it up");
    let set_up = child::finish(Command::new(place::root().join(SET_UP)).arg(&home));
    let ours = Swift { home: Some(home) };
    if set_up.success && ours.is_ready() {
        return Ok(ours);
    }
    Err(format!("Swift is missing. What should have set it up: {SET_UP}\n{}", set_up.output))
}

impl Swift {
    /// One of its programs, `swift` above all. It works in the package's folder that the caller sets.
    pub(crate) fn program(&self, name: &str) -> Command {
        let own = self.home.as_ref().map(|home| home.join("bin").join(name));
        let mut command = Command::new(own.unwrap_or_else(|| name.into()));
        self.shown_to(&mut command);
        command
    }

    /// Lets a command find its programs: what its env.sh says.
    pub(crate) fn shown_to(&self, command: &mut Command) {
        let Some(home) = &self.home else { return };
        let mut path = OsString::from(home.join("bin"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command.env("PATH", path).env("SWIFT_HOME", home);
        command.env("SWIFT_DRIVER_CLANG_EXEC", home.join("usr/libexec/swift/bin/clang"));
    }

    fn is_ready(&self) -> bool {
        let asked = child::finish(self.program("swiftc").arg("--version"));
        let version = version_after(&asked.output, "Swift version ");
        asked.success && version.is_some_and(|version| version >= SWIFT)
    }
}
