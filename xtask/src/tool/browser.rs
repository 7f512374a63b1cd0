//! Chromium, and Node with the packages that drive it, for the desk's pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{install, may_install, version_after};
use crate::{child, place};

const NODE: (u32, u32) = (18, 19);
const CHROMIUM: (u32, u32) = (120, 0);
/// Its names on a search path, Debian's own first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// A browser, and what drives it.
#[derive(Debug)]
pub(crate) struct Browser {
    chromium: PathBuf,
    folder: PathBuf,
}

/// Makes sure that Chromium, Node and npm are there, and installs them where that is allowed; then
/// brings the packages of `desk/browser` to what its lock file says.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn browser() -> Result<Browser, String> {
    let chromium = programs()?;
    let folder = place::root().join("desk/browser");
    packages(&folder)?;
    Ok(Browser { chromium, folder })
}

impl Browser {
    /// Node, in the folder of the tests, told which browser to start.
    pub(crate) fn node(&self) -> Command {
        let mut node = Command::new("node");
        node.current_dir(&self.folder).env("ATTUNE_CHROMIUM", &self.chromium);
        node
    }
}

fn programs() -> Result<PathBuf, String> {
    let missing = match found() {
        Ok(chromium) => return Ok(chromium),
        Err(missing) => missing,
    };
    let names: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    let what: Vec<&str> = missing.iter().map(|(what, _)| what.as_str()).collect();
    let what = format!("{} is missing", what.join(" and "));
    let by_hand = format!("apt-get update && apt-get install -y {}", names.join(" "));
    if !may_install() {
        return Err(format!("{what}. Set it up, on Debian as root, with: {by_hand}\n"));
    }
    eprintln!("{what}: installing");
    let output = install(&names);
    found().map_err(|_| format!("{what}. What should have set it up: {by_hand}\n{output}"))
}

/// The browser, or what is missing with Debian's package for it.
fn found() -> Result<PathBuf, Vec<(String, &'static str)>> {
    let has = |program: &Path, word: &str, wanted: (u32, u32)| {
        let asked = child::finish(Command::new(program).arg("--version"));
        asked.success && version_after(&asked.output, word).is_some_and(|it| it >= wanted)
    };
    let is_chromium = |path: &PathBuf| {
        ["Chromium ", "Google Chrome "].iter().any(|word| has(path, word, CHROMIUM))
    };
    let chromium = NAMES.into_iter().filter_map(on_path).find(is_chromium);
    let mut missing = Vec::new();
    if !has(Path::new("node"), "v", NODE) {
        missing.push((format!("Node from {}.{} on", NODE.0, NODE.1), "nodejs"));
    }
    if !child::finish(Command::new("npm").arg("--version")).success {
        missing.push(("npm".to_owned(), "npm"));
    }
    if chromium.is_none() {
        missing.push((format!("Chromium from {} on", CHROMIUM.0), "chromium"));
    }
    match chromium {
        Some(chromium) if missing.is_empty() => Ok(chromium),
        _ => Err(missing),
    }
}

/// Where the program of that name is; what drives the browser takes a path alone.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Brings `node_modules` to what the lock file says, once for each lock file.
fn packages(folder: &Path) -> Result<(), String> {
    let told = |path: &Path, error: &std::io::Error| format!("{}: {error}\n", path.display());
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock).map_err(|error| told(&lock, &error))?;
    let stamp = folder.join("node_modules/.installed-by");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    // No package here has a step of its own to run at its installation, and none may.
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    let installed = child::finish(&mut npm);
    if !installed.success {
        let by_hand = "npm ci --ignore-scripts, in desk/browser";
        return Err(format!("What drives the browser is missing: {by_hand}\n{}", installed.output));
    }
    std::fs::write(&stamp, wanted).map_err(|error| told(&stamp, &error))
}
