//! `cargo xtask package`: what apps take up. Tools are checked first, all of them, before anything is built.

mod android;
mod apk;
mod elf;
mod ios;
mod kotlin;
mod plan;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::{child, place, tool};
use plan::told;

/// What can be packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Package {
    Android,
    Apk,
    Ios,
    Kotlin,
}

/// What `cargo xtask package` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    package: Package,
    /// Only rehearse.
    check: bool,
    /// Where the archive for iOS will be published.
    url: Option<String>,
    /// Where to, if not below the build files.
    out: Option<PathBuf>,
}

impl Request {
    /// Reads the words after `package`.
    ///
    /// # Errors
    /// Says which word is wrong.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let (name, rest) =
            words.split_first().ok_or("package what? android, apk, ios or kotlin")?;
        let package = match *name {
            "android" => Package::Android,
            "apk" => Package::Apk,
            "ios" => Package::Ios,
            "kotlin" => Package::Kotlin,
            other => return Err(format!("There is no package for {other}.")),
        };
        let mut request = Self { package, check: false, url: None, out: None };
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            match *word {
                "--check" => request.check = true,
                "--url" if package == Package::Ios => {
                    let url = rest.next().filter(|url| url.starts_with("https://"));
                    request.url = Some((*url.ok_or("--url needs an https address")?).to_owned());
                }
                option if option.starts_with('-') => return Err(format!("What is {option}?")),
                folder => request.out = Some(PathBuf::from(folder)),
            }
        }
        Ok(request)
    }

    /// Makes the package, or rehearses it.
    pub(crate) fn run(&self) -> ExitCode {
        match self.make() {
            Ok(made) => {
                println!("{made}");
                ExitCode::SUCCESS
            }
            Err(problem) => {
                eprintln!("{}", problem.trim_end());
                ExitCode::FAILURE
            }
        }
    }

    fn make(&self) -> Result<String, String> {
        let name = match self.package {
            Package::Android => "android",
            Package::Apk => "apk",
            Package::Ios => "ios",
            Package::Kotlin => "kotlin",
        };
        let needs = match self.package {
            Package::Android => android::needs(),
            Package::Apk => apk::needs(),
            Package::Ios => ios::needs(),
            Package::Kotlin => kotlin::needs(),
        };
        let below = if self.check { "package-check" } else { "package" };
        let out = self.out.clone().unwrap_or_else(|| place::target().join(below).join(name));
        let out = std::path::absolute(&out).map_err(|error| told(&out, &error))?;
        if !self.check {
            needs.met()?;
        }
        // What an earlier run left would be packed with the rest.
        match std::fs::read_dir(&out).map(|mut entries| entries.next().is_some()) {
            Ok(true) if self.out.is_some() => {
                return Err(format!("{} is not empty", out.display()));
            }
            Ok(true) => std::fs::remove_dir_all(&out).map_err(|error| told(&out, &error))?,
            _ => {}
        }
        let versions = Versions::read()?;
        let steps = match self.package {
            Package::Android => android::steps(&out, &versions)?,
            Package::Apk => apk::steps(&out),
            Package::Ios => ios::steps(&out, self.url.as_deref())?,
            Package::Kotlin => kotlin::steps(&out, &versions),
        };
        for step in &steps {
            if !self.check {
                step.run()?;
            } else if let Some(command) = step.rehearse()? {
                println!("{command}");
            }
        }
        if self.check {
            let missing = needs.met().err().unwrap_or_default();
            return Ok(format!("{missing}{} holds the layout, with stand-ins", out.display()));
        }
        Ok(match self.package {
            Package::Android => android::made(&out),
            Package::Apk => apk::made(&out),
            Package::Ios => ios::made(&out),
            Package::Kotlin => kotlin::made(&out),
        })
    }
}

/// What is missing, with what sets each up.
#[derive(Debug, Default)]
struct Needs(Vec<String>);

impl Needs {
    fn missing(&mut self, what: &str, how: &str) {
        self.0.push(format!("{what} is missing. Set it up with: {how}\n"));
    }

    fn program(&mut self, program: &str, probe: &[&str], what: &str, how: &str) {
        if !child::finish(Command::new(program).args(probe)).success {
            self.missing(what, how);
        }
    }

    fn targets(&mut self, targets: &[&str]) {
        let there = child::finish(Command::new("rustup").args(["target", "list", "--installed"]));
        let lacks = |target: &&&str| !there.output.lines().any(|line| line == **target);
        let missing: Vec<&str> = targets.iter().filter(lacks).copied().collect();
        if !missing.is_empty() {
            let list = missing.join(" ");
            self.missing(&format!("Rust for {list}"), &format!("rustup target add {list}"));
        }
    }

    fn java(&mut self) {
        self.0.extend(tool::java().err());
    }

    /// # Errors
    /// Names all that is missing.
    fn met(&self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0.concat()) }
    }
}

/// Versions that a package names, each from the one place where it is kept.
#[derive(Debug)]
struct Versions {
    ours: String,
    /// The properties of the Maven parent.
    maven: Vec<(String, String)>,
}

impl Versions {
    fn read() -> Result<Self, String> {
        Self::parse(&text("Cargo.toml")?, &text("bindings/kotlin/pom.xml")?)
    }

    fn parse(manifest: &str, parent: &str) -> Result<Self, String> {
        let ours = manifest
            .split_once("[workspace.package]")
            .and_then(|(_, rest)| rest.lines().find_map(|line| line.strip_prefix("version = ")))
            .ok_or("Cargo.toml has no version of the workspace")?;
        let (_, rest) = parent.split_once("<properties>").unwrap_or_default();
        let properties = rest.split("</properties>").next().unwrap_or_default().lines();
        let maven = properties.filter_map(|line| {
            let (name, rest) = line.trim().strip_prefix('<')?.split_once('>')?;
            Some((name.to_owned(), rest.split('<').next()?.to_owned()))
        });
        Ok(Self { ours: ours.trim_matches('"').to_owned(), maven: maven.collect() })
    }

    /// The template, with a version for each `@name@`.
    fn filled(&self, template: &str) -> Result<String, String> {
        let mut filled = template.replace("@version@", &self.ours);
        for (name, value) in &self.maven {
            filled = filled.replace(&format!("@{name}@"), value);
        }
        match filled.split_once('@') {
            Some((_, rest)) => {
                let name = rest.split('@').next().unwrap_or_default();
                Err(format!("bindings/kotlin/pom.xml has no property {name}"))
            }
            None => Ok(filled),
        }
    }
}

/// A text file of the checkout.
fn text(path: &str) -> Result<String, String> {
    std::fs::read_to_string(place::root().join(path)).map_err(|error| format!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::plan::Step;
    use super::*;
    use crate::scratch::Scratch;

    /// A package that was rehearsed.
    pub(super) struct Rehearsed {
        scratch: Scratch,
        pub(super) commands: Vec<String>,
    }

    pub(super) fn rehearsed(
        name: &str,
        steps: impl Fn(&Path, &Versions) -> Result<Vec<Step>, String>,
    ) -> Rehearsed {
        let scratch = Scratch::new(name);
        let mut versions = Versions::read().unwrap();
        versions.ours = "1.2.3".to_owned();
        let steps = steps(scratch.path(), &versions).unwrap();
        let commands = steps.iter().filter_map(|step| step.rehearse().unwrap()).collect();
        Rehearsed { scratch, commands }
    }

    impl Rehearsed {
        pub(super) fn files(&self) -> Vec<String> {
            let mut files = Vec::new();
            let mut left = vec![self.scratch.path().to_owned()];
            while let Some(folder) = left.pop() {
                for entry in std::fs::read_dir(folder).unwrap().flatten() {
                    let path = entry.path();
                    if path.is_dir() {
                        left.push(path);
                    } else {
                        let below = path.strip_prefix(self.scratch.path()).unwrap();
                        files.push(below.display().to_string());
                    }
                }
            }
            files.sort();
            files
        }

        pub(super) fn text(&self, file: &str) -> String {
            std::fs::read_to_string(self.scratch.path().join(file)).unwrap()
        }
    }

    #[test]
    fn the_words_are_read() {
        let request =
            Request::parse(&["ios", "--check", "--url", "https://a.example/x.zip", "out"]);
        assert_eq!(
            request,
            Ok(Request {
                package: Package::Ios,
                check: true,
                url: Some("https://a.example/x.zip".into()),
                out: Some("out".into()),
            })
        );
        for words in [
            &[][..],
            &["web"],
            &["ios", "--url"],
            &["ios", "--url", "x"],
            &["android", "--url", "https://a.example"],
            &["kotlin", "--fast"],
        ] {
            assert!(Request::parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn versions_come_from_where_they_are_kept() {
        let manifest = "[workspace]\n[workspace.package]\nversion = \"0.4.0\"\n";
        let parent = "<version>9</version>\n<properties>\n  <jna.version>5.19.1</jna.version>\n</properties>\n";
        let versions = Versions::parse(manifest, parent).unwrap();
        assert_eq!(versions.filled("@version@ with @jna.version@").unwrap(), "0.4.0 with 5.19.1");
        let missing = versions.filled("@kotlin.version@").unwrap_err();
        assert_eq!(missing, "bindings/kotlin/pom.xml has no property kotlin.version");
        assert!(Versions::parse("[workspace]\n", parent).is_err());
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let mut needs = Needs::default();
        assert_eq!(needs.met(), Ok(()));
        needs.program("cargo", &["--version"], "cargo", "rustup");
        needs.program("no-such-tool", &["--version"], "no-such-tool", "install it");
        needs.targets(&["no-such-target"]);
        let missing = needs.met().unwrap_err();
        assert_eq!(
            missing,
            "no-such-tool is missing. Set it up with: install it\nRust for no-such-target is missing. \
             Set it up with: rustup target add no-such-target\n"
        );
    }
}
