//! What the suites need beyond cargo itself, set up when it is missing.

mod android;
mod browser;
mod java;
mod peers;
mod postgres;
mod python;
mod swift;

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::{child, place};
pub(crate) use android::{android, android_package};
pub(crate) use browser::browser;
pub(crate) use java::java;
pub(crate) use peers::peers;
pub(crate) use postgres::postgres;
pub(crate) use python::python;
pub(crate) use swift::{Swift, swift};

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
    install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0");
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

/// Whether apt can install packages here: Debian or a kin of it, as root.
fn may_install() -> bool {
    let is_root = child::finish(Command::new("id").arg("-u"));
    let has_apt = child::finish(Command::new("apt-get").arg("--version"));
    is_root.success && is_root.output.trim() == "0" && has_apt.success
}

/// Installs Debian's packages, and gives what that printed. One installs at a time: apt turns a second away.
fn install(packages: &[&str]) -> String {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut output = child::finish(Command::new("apt-get").args(["-q", "update"])).output;
    let mut install = Command::new("apt-get");
    install.args(["-q", "-y", "install", "--no-install-recommends"]).args(packages);
    output.push_str(&child::finish(install.env("DEBIAN_FRONTEND", "noninteractive")).output);
    output
}

/// The first two numbers of the version that follows `word`: `17.0.15` is (17, 0).
fn version_after(output: &str, word: &str) -> Option<(u32, u32)> {
    let (_, rest) = output.split_once(word)?;
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next().and_then(|number| number.parse().ok()).unwrap_or(0);
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        for (output, word, version) in [
            ("javac 17.0.15\n", "javac ", Some((17, 0))),
            ("javac 21\n", "javac ", Some((21, 0))),
            ("Picked up JAVA_TOOL_OPTIONS\njavac 1.8.0_402", "javac ", Some((1, 8))),
            ("\u{1b}[1mApache Maven 3.8.7\u{1b}[m\nMaven home:", "Apache Maven ", Some((3, 8))),
            ("Swift version 6.0.3 (swift-6.0.3-RELEASE)", "Swift version ", Some((6, 0))),
            ("Swift version ?", "Swift version ", None),
            ("sh: not found", "javac ", None),
        ] {
            assert_eq!(version_after(output, word), version, "{output}");
        }
    }
}
