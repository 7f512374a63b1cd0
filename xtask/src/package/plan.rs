//! A package as a list of steps: run for real, or rehearsed with stand-ins for what the tools would make.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::elf;
use crate::generate::put;
use crate::{child, place, tool};

/// One step of making a package.
#[derive(Debug)]
pub(super) enum Step {
    /// A tool is run.
    Run(Call),
    /// A text is written.
    Put { path: PathBuf, text: String },
    /// What a tool made is copied.
    Take { from: PathBuf, to: PathBuf },
    /// A folder of the checkout is copied.
    TakeFolder { from: PathBuf, to: PathBuf },
    /// A library's parts begin at pages of 16 KB.
    Pages(PathBuf),
    /// An archive made by `jar` holds entries that begin so.
    Holds { archive: PathBuf, entries: Vec<String> },
    /// An archive holds a file of that very size.
    HoldsFile { archive: PathBuf, entry: &'static str, file: PathBuf },
    /// A text is written once what a tool printed has taken the place of `mark` in it.
    PutPrinted { call: Call, mark: &'static str, path: PathBuf, text: String },
}

/// A tool with its arguments.
#[derive(Debug, Default)]
pub(super) struct Call {
    program: &'static str,
    arguments: Vec<String>,
    variables: Vec<(&'static str, String)>,
    /// Where it runs, if not in the checkout. Made if it is not there.
    folder: Option<PathBuf>,
}

impl Call {
    pub(super) fn new<A: Into<String>>(
        program: &'static str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Self { program, arguments, ..Self::default() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    pub(super) fn within(mut self, folder: PathBuf) -> Self {
        self.folder = Some(folder);
        self
    }

    fn run(&self) -> Result<String, String> {
        let mut command = match self.program {
            "cargo" => child::cargo(&[]),
            "mvn" => tool::java()?.maven(),
            "jar" => tool::java()?.program("jar"),
            other => Command::new(other),
        };
        let folder = self.folder.clone().unwrap_or_else(place::root);
        std::fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
        command.args(&self.arguments).current_dir(&folder);
        command.env("CARGO_TARGET_DIR", place::target());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let finished = child::finish(&mut command);
        if finished.success { Ok(finished.output) } else { Err(finished.output) }
    }
}

/// As it would be typed.
impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(folder) = &self.folder {
            write!(formatter, "cd {} && ", quoted(&folder.display().to_string()))?;
        }
        for (name, value) in &self.variables {
            write!(formatter, "{name}={} ", quoted(value))?;
        }
        write!(formatter, "{}", self.program)?;
        self.arguments.iter().try_for_each(|word| write!(formatter, " {}", quoted(word)))
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

impl Step {
    /// Does it. What is run is printed first.
    ///
    /// # Errors
    /// What the tool printed, or which file could not be read or written.
    pub(super) fn run(&self) -> Result<(), String> {
        match self {
            Self::Run(call) => {
                println!("{call}");
                call.run().map(drop)
            }
            Self::Put { path, text } => put(path, text.as_bytes()).map(drop),
            Self::Take { from, to } => {
                let bytes = std::fs::read(from).map_err(|error| told(from, &error))?;
                put(to, &bytes).map(drop)
            }
            Self::TakeFolder { from, to } => copy_folder(from, to),
            Self::Pages(library) => {
                let bytes = std::fs::read(library).map_err(|error| told(library, &error))?;
                elf::has_large_pages(&bytes)
                    .map_err(|why| format!("{}: {why}\n", library.display()))
            }
            Self::Holds { archive, entries } => {
                let listed = listing(archive).run()?;
                let names: Vec<&str> = listed.lines().filter_map(name_of).collect();
                let lacks = |entry: &&String| !names.iter().any(|name| name.starts_with(*entry));
                match entries.iter().find(lacks) {
                    Some(entry) => Err(format!("{} lacks {entry}\n", archive.display())),
                    None => Ok(()),
                }
            }
            Self::HoldsFile { archive, entry, file } => {
                let bytes = std::fs::metadata(file).map_err(|error| told(file, &error))?.len();
                if size_of(&listing(archive).run()?, entry) == Some(bytes) {
                    return Ok(());
                }
                Err(format!(
                    "{} holds another {entry} than {}\n",
                    archive.display(),
                    file.display()
                ))
            }
            Self::PutPrinted { call, mark, path, text } => {
                println!("{call}");
                let printed = call.run()?;
                put(path, text.replace(mark, printed.trim()).as_bytes()).map(drop)
            }
        }
    }

    /// Writes what it would write, with a stand-in for what a tool would have made. Gives the command
    /// that it would run.
    ///
    /// # Errors
    /// Which file could not be read or written.
    pub(super) fn rehearse(&self) -> Result<Option<String>, String> {
        match self {
            Self::Run(call) => return Ok(Some(call.to_string())),
            Self::Put { .. } | Self::TakeFolder { .. } => self.run()?,
            Self::Take { to, .. } => put(to, b"a stand-in\n").map(drop)?,
            Self::Pages(_) => {}
            Self::Holds { archive, .. } | Self::HoldsFile { archive, .. } => {
                return Ok(Some(listing(archive).to_string()));
            }
            Self::PutPrinted { call, path, text, .. } => {
                put(path, text.as_bytes())?;
                return Ok(Some(call.to_string()));
            }
        }
        Ok(None)
    }
}

/// Prints a line for each entry: its bytes, six words of its time, its name.
fn listing(archive: &Path) -> Call {
    Call::new("jar", ["-tvf".to_owned(), archive.display().to_string()])
}

fn name_of(line: &str) -> Option<&str> {
    line.split_whitespace().last()
}

fn size_of(listed: &str, entry: &str) -> Option<u64> {
    let line = listed.lines().find(|line| name_of(line) == Some(entry))?;
    line.split_whitespace().next()?.parse().ok()
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    for entry in std::fs::read_dir(from).map_err(|error| told(from, &error))?.flatten() {
        let path = entry.path();
        let target = to.join(entry.file_name());
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|error| told(&path, &error))?;
            put(&target, &bytes)?;
        }
    }
    Ok(())
}

pub(super) fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}\n", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_call_is_shown_as_it_would_be_typed() {
        let call = Call::new("jar", ["--file", "a b.jar"]).with("NAME", "value").within("x".into());
        assert_eq!(call.to_string(), "cd x && NAME=value jar --file 'a b.jar'");
    }

    #[test]
    fn a_listing_tells_names_and_sizes() {
        let listed = "     0 Thu Jan 01 00:00:00 UTC 2026 META-INF/\n\
                      2296496 Thu Jan 01 00:00:00 UTC 2026 linux-x86-64/libattune_ffi.so\n";
        assert_eq!(size_of(listed, "linux-x86-64/libattune_ffi.so"), Some(2_296_496));
        assert_eq!(size_of(listed, "libattune_ffi.so"), None);
        assert_eq!(name_of("     0 Thu Jan 01 00:00:00 UTC 2026 META-INF/"), Some("META-INF/"));
    }

    #[test]
    fn a_tool_that_fails_stops_the_package() {
        assert!(Step::Run(Call::new("cargo", ["no-such-command"])).run().is_err());
        assert!(Step::Run(Call::new("no-such-tool", ["x"])).run().is_err());
    }

    #[test]
    fn folders_are_copied_whole() {
        let scratch = Scratch::new("plan-folders");
        let (from, to) = (scratch.path().join("from"), scratch.path().join("to"));
        put(&from.join("a/b.swift"), b"b").unwrap();
        put(&from.join("c.swift"), b"c").unwrap();
        Step::TakeFolder { from, to: to.clone() }.run().unwrap();
        assert_eq!(std::fs::read(to.join("a/b.swift")).unwrap(), b"b");
        assert_eq!(std::fs::read(to.join("c.swift")).unwrap(), b"c");
    }

    #[test]
    fn what_a_tool_prints_is_put_into_the_text() {
        let scratch = Scratch::new("plan-printed");
        let path = scratch.path().join("x");
        let call = Call::new("cargo", ["--version"]);
        let text = "<mark>".to_owned();
        let step = Step::PutPrinted { call, mark: "mark", path: path.clone(), text };
        step.run().unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("<cargo 1."));
    }
}
