//! What builds the Android app on Linux beside Maven: Android's resource linker, and unzip.

use std::process::Command;

use super::{install, may_install};
use crate::child;

/// A program, how it is asked whether it is there, and Debian's package.
type Tool = (&'static str, &'static [&'static str], &'static str);

const FOR_TESTS: [Tool; 2] = [("aapt2", &["version"], "aapt"), ("unzip", &["-v"], "unzip")];
const FOR_PACKAGE: [Tool; 3] = [
    ("zipalign", &["-h"], "zipalign"),
    ("apksigner", &["--version"], "apksigner"),
    ("zip", &["-v"], "zip"),
];

/// Makes sure that what the app's tests need is there; installs it where that is allowed.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn android() -> Result<(), String> {
    all(&FOR_TESTS)
}

/// The same for what packs and signs an APK besides.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn android_package() -> Result<(), String> {
    all(&FOR_TESTS)?;
    all(&FOR_PACKAGE)
}

fn all(tools: &[Tool]) -> Result<(), String> {
    let missing = missing(tools);
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|(name, ..)| *name).collect();
    let packages: Vec<&str> = missing.iter().map(|(.., package)| *package).collect();
    let what = format!("{} is missing", names.join(" and "));
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    if !may_install() {
        return Err(format!("{what}. Set it up, on Debian as root, with: {by_hand}\n"));
    }
    eprintln!("{what}: installing");
    let output = install(&packages);
    if self::missing(tools).is_empty() {
        return Ok(());
    }
    Err(format!("{what}. What should have set it up: {by_hand}\n{output}"))
}

/// Those that cannot be started. What they answer is their own affair: zipalign's help is an error to it.
fn missing(tools: &[Tool]) -> Vec<Tool> {
    let starts = |(name, probe, _): &Tool| {
        let asked = child::finish(Command::new(name).args(*probe));
        asked.success || !asked.output.contains("could not run")
    };
    tools.iter().filter(|tool| !starts(tool)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_started_is_missing() {
        let there: Tool = ("cargo", &["--version"], "cargo");
        let fails: Tool = ("cargo", &["no-such-command"], "cargo");
        let gone: Tool = ("no-such-tool", &["--version"], "no-such-package");
        let found = missing(&[there, fails, gone]);
        assert_eq!(found.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), ["no-such-tool"]);
    }
}
