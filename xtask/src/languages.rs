//! The suites in Kotlin and in Swift: real compilers, the real library, and the real `attune` beside.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::conformance::Language;
use crate::counts::Counts;
use crate::rust_tests::Tests;
use crate::suite::Outcome;
use crate::{child, generate, library, place, policy, reports, tool};

/// Whether this run has compiled the Kotlin package already.
static WRAPPED: AtomicBool = AtomicBool::new(false);

/// For Swift's compiler.
const STRICT: [&str; 2] = ["-Xswiftc", "-warnings-as-errors"];

/// Runs the suite of one language.
pub(crate) fn run(language: Language, tests: &Tests) -> Outcome {
    let ran = match language {
        Language::Kotlin => kotlin(tests),
        Language::Swift => swift(tests),
    };
    ran.unwrap_or_else(|output| Outcome { counts: Counts::one(false), output })
}

fn kotlin(tests: &Tests) -> Result<Outcome, String> {
    let java = tool::java()?;
    let partners = Partners::build(tests)?;
    let reactor = place::root().join("bindings/kotlin");
    for folder in report_folders(&reactor)? {
        remove(&folder)?;
    }
    let mut maven = java.maven();
    // It generates by `cargo xtask generate kotlin` itself. Every module's tests run, also after another's failed.
    maven.args(["--fail-at-end", "test"]).current_dir(&reactor);
    let finished = child::finish(partners.given_to(&mut maven));
    let mut found = Vec::new();
    for folder in report_folders(&reactor)? {
        found.extend(read(&xml_files(&folder)?)?);
    }
    // What was tested was compiled.
    WRAPPED.fetch_or(!found.is_empty(), Ordering::Relaxed);
    judge(Language::Kotlin, &found, &finished)
}

/// Compiles the Kotlin package, for what is built on its classes, unless this run has done so.
///
/// # Errors
/// What is missing, or what Maven printed.
pub(crate) fn wrapper(partners: &Partners) -> Result<(), String> {
    if WRAPPED.load(Ordering::Relaxed) {
        return Ok(());
    }
    let mut maven = tool::java()?.maven();
    maven.args(["--quiet", "compile"]).current_dir(place::root().join("bindings/kotlin"));
    let compiled = child::finish(partners.given_to(&mut maven));
    if compiled.success { Ok(()) } else { Err(compiled.output) }
}

fn swift(tests: &Tests) -> Result<Outcome, String> {
    let swift = tool::swift()?;
    let partners = Partners::build(tests)?;
    let folder = generate::standard_folder(Language::Swift);
    generate::run(Language::Swift, &folder)?;
    let (found, finished) = swift_package(&swift, &partners, &folder, "swift")?;
    judge(Language::Swift, &found, &finished)
}

/// Builds the package of `folder` and runs its tests, below `scratch` in cargo's target: the reports, and what was printed.
///
/// # Errors
/// What the compiler printed.
pub(crate) fn swift_package(
    swift: &tool::Swift,
    partners: &Partners,
    folder: &Path,
    scratch: &str,
) -> Result<(Vec<String>, child::Finished), String> {
    let build = place::target().join(scratch);
    let report = build.join("tests.xml");
    // Swift Testing writes a file of its own beside XCTest's.
    let reports = [report.clone(), build.join("tests-swift-testing.xml")];
    for path in &reports {
        remove(path)?;
    }
    // The programs that tests start are built by this; `swift test` builds the tests alone.
    let mut programs = swift.program("swift");
    programs.args(["build", "--scratch-path"]).arg(&build).args(STRICT).current_dir(folder);
    let built = child::finish(partners.given_to(&mut programs));
    if !built.success {
        return Err(built.output);
    }
    let mut tests = swift.program("swift");
    tests.args(["test", "--scratch-path"]).arg(&build).args(STRICT);
    tests.arg("--xunit-output").arg(&report).current_dir(folder);
    let finished = child::finish(partners.given_to(&mut tests));
    let there: Vec<PathBuf> = reports.into_iter().filter(|path| path.is_file()).collect();
    Ok((read(&there)?, finished))
}

/// What the tests load and start.
pub(crate) struct Partners {
    library: PathBuf,
    attune: PathBuf,
}

impl Partners {
    /// Builds both, once for all languages: cargo knows what is fresh.
    ///
    /// # Errors
    /// What cargo printed.
    pub(crate) fn build(tests: &Tests) -> Result<Self, String> {
        let library = library::build(&library::wanted_profile())?;
        Ok(Self { library, attune: tests.attune()? })
    }

    /// The core's library as it is linked into an app.
    pub(crate) fn archive(&self) -> PathBuf {
        self.library.join("libattune_ffi.a")
    }

    /// Tells a command where both are.
    pub(crate) fn given_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("ATTUNE_FFI_DIR", &self.library).env("ATTUNE_BIN", &self.attune);
        command.env("CARGO_TARGET_DIR", place::target())
    }
}

fn judge(
    language: Language,
    found: &[String],
    finished: &child::Finished,
) -> Result<Outcome, String> {
    let declared = policy::declared_tests(language)?;
    let (counts, notes) = reports::count(found, declared, finished.success);
    Ok(Outcome { counts, output: format!("{}\n{notes}", finished.output) })
}

/// Where the modules' reports are, of those that have any.
fn report_folders(reactor: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(reactor).map_err(|error| told(reactor, &error))?;
    let folders = entries.flatten().map(|entry| entry.path().join("target/surefire-reports"));
    let mut folders: Vec<_> = folders.filter(|folder| folder.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

/// The reports of a folder.
///
/// # Errors
/// What the system said.
pub(crate) fn xml_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("TEST-") && name.ends_with(".xml")
        })
        .collect();
    paths.sort();
    Ok(paths)
}

/// Their texts.
///
/// # Errors
/// What the system said.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<String>, String> {
    let text = |path: &PathBuf| std::fs::read_to_string(path).map_err(|error| told(path, &error));
    paths.iter().map(text).collect()
}

/// What an earlier run left would be counted as of this one.
///
/// # Errors
/// What the system said, unless there was nothing.
pub(crate) fn remove(path: &Path) -> Result<(), String> {
    let removed =
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(told(path, &error)),
        _ => Ok(()),
    }
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}\n", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn reports_are_those_of_every_module_and_of_this_run() {
        let scratch = Scratch::new("reports");
        let folder = scratch.path().join("attune/target/surefire-reports");
        generate::put(&folder.join("TEST-org.attune.A.xml"), b"a").unwrap();
        generate::put(&folder.join("org.attune.A.txt"), b"b").unwrap();
        generate::put(&scratch.path().join("ffi/pom.xml"), b"c").unwrap();
        assert_eq!(report_folders(scratch.path()).unwrap(), std::slice::from_ref(&folder));
        assert_eq!(read(&xml_files(&folder).unwrap()).unwrap(), ["a"]);
        remove(&folder).unwrap();
        remove(&folder).unwrap();
        assert_eq!(report_folders(scratch.path()).unwrap(), [] as [PathBuf; 0]);
    }
}
