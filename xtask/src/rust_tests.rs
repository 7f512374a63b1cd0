//! Tests in Rust: of one package by a cargo call of its own, or of all packages built by one.
//!
//! Cargo unites the features of the packages that a call names. So a dependency that several packages
//! share is compiled again for each package that is tested by itself: a run of all suites compiled
//! attune-core seven times. Such a run builds every test once, and starts what was built itself, in
//! the folder and with the variables that cargo would have given it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::counts::Counts;
use crate::suite::Outcome;
use crate::{child, json, library, place};

/// The generator's features would end in the library that it reads; and it has no tests.
const APART: &str = "attune-bindgen";

/// Where tests come from.
pub(crate) struct Tests {
    /// What was built for all packages; `None` where each is built for itself.
    whole: Option<OnceLock<Result<Vec<Artifact>, String>>>,
}

/// A program that cargo built: a test executable, or one of ours.
#[derive(Debug, PartialEq, Eq)]
struct Artifact {
    package: String,
    /// The folder of the package, in which its tests run.
    folder: PathBuf,
    /// `lib`, `bin`, `test` or `example`.
    kind: String,
    name: String,
    is_test: bool,
    executable: PathBuf,
}

impl Tests {
    /// All packages are built together, when the first test is asked for.
    pub(crate) fn of_all() -> Self {
        Self { whole: Some(OnceLock::new()) }
    }

    /// Each package is built when it is asked for, which is quicker for one of them.
    pub(crate) fn of_each() -> Self {
        Self { whole: None }
    }

    /// Runs the tests of a package: all of them, or the test files named.
    pub(crate) fn run(
        &self,
        package: &str,
        files: &[String],
        variables: &[(&str, &str)],
    ) -> Outcome {
        let finished = match self.artifacts() {
            None => by_cargo(package, files, variables),
            Some(Ok(artifacts)) => by_hand(artifacts, package, files, variables),
            Some(Err(output)) => child::Finished { success: false, output: output.clone() },
        };
        let counts = Counts::of_cargo_test(&finished.output, finished.success);
        Outcome { counts, output: finished.output }
    }

    /// Runs the examples in the documentation of all packages. `None` where each package's are among
    /// its tests, as cargo has it: what was built itself cannot be started for them.
    pub(crate) fn examples(&self) -> Option<Outcome> {
        self.whole.as_ref()?;
        let finished = child::finish(all_tests().args(["--doc", "--no-fail-fast"]));
        // There may be none, so they are one check together.
        let ignored = finished.output.lines().any(|line| line.contains(" ... ignored"));
        let counts = Counts::one(finished.success && !ignored);
        Some(Outcome { counts, output: finished.output })
    }

    /// The path of the `attune` program, built.
    ///
    /// # Errors
    /// What cargo printed.
    pub(crate) fn attune(&self) -> Result<PathBuf, String> {
        let is_attune = |it: &&Artifact| !it.is_test && it.kind == "bin" && it.name == "attune";
        match self.artifacts() {
            None => library::attune(),
            Some(Ok(artifacts)) => {
                let found = artifacts.iter().find(is_attune).map(|it| it.executable.clone());
                found.ok_or("cargo built no `attune` for the tests\n".to_owned())
            }
            Some(Err(output)) => Err(output.clone()),
        }
    }

    fn artifacts(&self) -> Option<&Result<Vec<Artifact>, String>> {
        Some(self.whole.as_ref()?.get_or_init(build))
    }
}

fn by_cargo(package: &str, files: &[String], variables: &[(&str, &str)]) -> child::Finished {
    let mut command = child::cargo(&["test", "--no-fail-fast", "--package", package]);
    for file in files {
        command.args(["--test", file]);
    }
    child::finish(command.envs(variables.iter().copied()))
}

fn by_hand(
    artifacts: &[Artifact],
    package: &str,
    files: &[String],
    variables: &[(&str, &str)],
) -> child::Finished {
    let mut all = child::Finished { success: true, output: String::new() };
    for file in files {
        if !artifacts.iter().any(|it| it.is_file_of(package, file)) {
            all.success = false;
            all.output.push_str(&format!("cargo built no test {file} of {package}\n"));
        }
    }
    for artifact in artifacts {
        let wanted = artifact.is_test && artifact.package == package;
        let named = files.iter().any(|file| artifact.is_file_of(package, file));
        if !wanted || !(named || files.is_empty()) {
            continue;
        }
        let mut command = Command::new(&artifact.executable);
        command.current_dir(&artifact.folder).env("CARGO_MANIFEST_DIR", &artifact.folder);
        command.env("CARGO_TARGET_DIR", place::target());
        let finished = child::finish(command.envs(variables.iter().copied()));
        let name = artifact.executable.display();
        all.output.push_str(&format!("     Running {} {name}\n", artifact.kind));
        all.output.push_str(&finished.output);
        if !finished.success {
            all.output.push_str(&format!("{name} failed\n"));
        }
        all.success &= finished.success;
    }
    all
}

fn all_tests() -> Command {
    child::cargo(&["test", "--workspace", "--exclude", APART])
}

/// One cargo call for all tests, and for the programs of ours that they start.
fn build() -> Result<Vec<Artifact>, String> {
    eprintln!("building all tests");
    let mut command = all_tests();
    command.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let done = command.output().map_err(|error| format!("{command:?} could not run: {error}\n"))?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    let messages = String::from_utf8_lossy(&done.stdout);
    Ok(messages.lines().filter_map(Artifact::read).collect())
}

impl Artifact {
    /// A line of cargo's JSON, if it tells of a program that was built.
    fn read(line: &str) -> Option<Self> {
        let message = json::members(line)?;
        let text = |name: &str| json::text(&message, name);
        if text("reason")? != "compiler-artifact" {
            return None;
        }
        let target = json::members(json::value(&message, "target")?)?;
        let profile = json::members(json::value(&message, "profile")?)?;
        // One of a program or a test; a library has several, and is no program but for its tests.
        let kinds = json::value(&target, "kind")?;
        let kind = ["bin", "test", "example", "bench"].into_iter();
        let kind = kind.into_iter().find(|kind| kinds.contains(&format!("\"{kind}\"")));
        let folder = Path::new(text("manifest_path")?).parent()?.to_owned();
        Some(Self {
            package: package(text("package_id")?)?.to_owned(),
            folder,
            kind: kind.unwrap_or("lib").to_owned(),
            name: json::text(&target, "name")?.to_owned(),
            is_test: json::value(&profile, "test")? == "true",
            executable: PathBuf::from(text("executable")?),
        })
    }

    fn is_file_of(&self, package: &str, file: &str) -> bool {
        self.is_test && self.package == package && self.kind == "test" && self.name == file
    }
}

/// The name in a package id: `path+file:///…/core#attune-core@0.1.0`, or `…/xtask#0.1.0` where the
/// folder has the same name.
fn package(id: &str) -> Option<&str> {
    let (place, version) = id.split_once('#')?;
    match version.split_once('@') {
        Some((name, _)) => Some(name),
        None => place.rsplit('/').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: &str, test: bool, executable: &str) -> String {
        format!(
            r#"{{"reason":"compiler-artifact","package_id":"path+file:///a/core#attune-core@0.1.0","manifest_path":"/a/core/Cargo.toml","target":{{"kind":[{kind}],"crate_types":["bin"],"name":"vault_kill","edition":"2024"}},"profile":{{"opt_level":"0","test":{test}}},"features":[],"filenames":["/t/x"],"executable":{executable},"fresh":true}}"#
        )
    }

    fn artifact(kind: &str, is_test: bool) -> Artifact {
        Artifact {
            package: "attune-core".into(),
            folder: "/a/core".into(),
            kind: kind.into(),
            name: "vault_kill".into(),
            is_test,
            executable: "/t/x".into(),
        }
    }

    #[test]
    fn programs_are_read_from_what_cargo_says() {
        let read = |kind, test| Artifact::read(&message(kind, test, "\"/t/x\""));
        assert_eq!(read("\"test\"", true), Some(artifact("test", true)));
        assert_eq!(read("\"bin\"", false), Some(artifact("bin", false)));
        assert_eq!(read("\"cdylib\",\"lib\"", true), Some(artifact("lib", true)));
    }

    #[test]
    fn what_is_no_program_is_passed_over() {
        for line in [
            &message("\"lib\"", false, "null"),
            r#"{"reason":"build-finished","success":true}"#,
            "   Compiling attune-core v0.1.0",
            "",
        ] {
            assert_eq!(Artifact::read(line), None, "{line}");
        }
    }

    #[test]
    fn packages_are_named_by_their_ids() {
        assert_eq!(package("path+file:///a/core#attune-core@0.1.0"), Some("attune-core"));
        assert_eq!(package("path+file:///a/xtask#0.1.0"), Some("xtask"));
        assert_eq!(package("nothing"), None);
    }

    #[test]
    fn a_test_file_that_was_not_built_is_a_failure() {
        let finished = by_hand(&[], "attune-core", &["gone".to_owned()], &[]);
        assert!(!finished.success && finished.output.contains("gone"), "{}", finished.output);
    }

    #[test]
    fn a_package_without_tests_has_no_result_and_so_fails() {
        let tests = Tests { whole: Some(OnceLock::from(Ok(vec![artifact("bin", false)]))) };
        assert_eq!(tests.run("attune-core", &[], &[]).counts, Counts { passed: 0, failed: 1 });
    }

    #[test]
    fn the_program_that_stories_start_is_that_of_the_same_build() {
        let of = |artifacts| Tests { whole: Some(OnceLock::from(Ok(artifacts))) };
        let attune = Artifact { name: "attune".into(), ..artifact("bin", false) };
        assert_eq!(of(vec![artifact("test", true), attune]).attune(), Ok("/t/x".into()));
        let its_tests = Artifact { name: "attune".into(), ..artifact("bin", true) };
        assert!(of(vec![its_tests]).attune().is_err());
    }
}
