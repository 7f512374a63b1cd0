//! A JDK and Maven, for the Kotlin package.

use std::path::PathBuf;
use std::process::Command;

use super::{install, may_install, version_after};
use crate::child;

const JDK: (u32, u32) = (17, 0);
const MAVEN: (u32, u32) = (3, 8);
/// Debian's names. The JDK is Debian 12's own, and a newer one on a newer Debian.
const PACKAGES: [&str; 2] = ["default-jdk-headless", "maven"];

/// A JDK and Maven that work.
#[derive(Debug)]
pub(crate) struct Java {
    home: Option<PathBuf>,
}

/// Makes sure that a JDK and Maven are there; installs them where that is allowed.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn java() -> Result<Java, String> {
    let java = Java { home: std::env::var_os("JAVA_HOME").map(PathBuf::from) };
    let Err(missing) = java.is_ready() else {
        return Ok(java);
    };
    let by_hand = format!("apt-get update && apt-get install -y {}", PACKAGES.join(" "));
    if !may_install() {
        return Err(format!("{missing}. Set it up, on Debian as root, with: {by_hand}\n"));
    }
    eprintln!("{missing}: installing");
    let output = install(&PACKAGES);
    // A JAVA_HOME that named something too old would still do so.
    let java = Java { home: None };
    match java.is_ready() {
        Ok(()) => Ok(java),
        Err(missing) => Err(format!("{missing}. What should have set it up: {by_hand}\n{output}")),
    }
}

impl Java {
    /// Maven, quiet enough to be kept, and without the compiler that outlives its build.
    pub(crate) fn maven(&self) -> Command {
        let mut maven = Command::new("mvn");
        maven.args(["--batch-mode", "--no-transfer-progress", "-Dkotlin.compiler.daemon=false"]);
        self.at_home(&mut maven);
        maven
    }

    /// One of the JDK's own programs, such as `java` or `jar`.
    pub(crate) fn program(&self, name: &str) -> Command {
        let named = self.home.as_ref().map(|home| home.join("bin").join(name));
        let mut command = Command::new(named.unwrap_or_else(|| name.into()));
        self.at_home(&mut command);
        command
    }

    fn at_home(&self, command: &mut Command) {
        match &self.home {
            Some(home) => command.env("JAVA_HOME", home),
            None => command.env_remove("JAVA_HOME"),
        };
    }

    fn is_ready(&self) -> Result<(), String> {
        let javac = child::finish(self.program("javac").arg("-version"));
        let maven = child::finish(self.maven().arg("--version"));
        let has = |output: &str, word: &str, wanted: (u32, u32)| {
            version_after(output, word).is_some_and(|version| version >= wanted)
        };
        let mut missing = Vec::new();
        if !(javac.success && has(&javac.output, "javac ", JDK)) {
            missing.push(format!("a JDK from {} on", JDK.0));
        }
        if !(maven.success && has(&maven.output, "Apache Maven ", MAVEN)) {
            missing.push(format!("Maven from {}.{} on", MAVEN.0, MAVEN.1));
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!("{} is missing", missing.join(" and ")))
    }
}
