//! The iPhone app's suite: its models run, its views are checked and run, by the Swift compiler on Linux.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::conformance::Language;
use crate::counts::Counts;
use crate::languages::{self, Partners};
use crate::rust_tests::Tests;
use crate::suite::Outcome;
use crate::{child, generate, place, reports, tool};

/// Swift that people wrote: the package, and the app around it.
const WRITTEN: [&str; 5] = ["Package.swift", "Sources", "Tests", "Linux", "App"];

/// Runs the suite.
pub(crate) fn run(tests: &Tests) -> Outcome {
    ran(tests).unwrap_or_else(|output| Outcome { counts: Counts::one(false), output })
}

fn ran(tests: &Tests) -> Result<Outcome, String> {
    let swift = tool::swift()?;
    let mut python = tool::python()?;
    let partners = Partners::build(tests)?;
    generate::run(Language::Swift, &generate::standard_folder(Language::Swift))?;
    let app = place::root().join("ios");
    let (found, finished) = languages::swift_package(&swift, &partners, &app, "ios")?;
    let (mut counts, notes) =
        reports::count(&found, declared(&app.join("Tests"))?, finished.success);
    let mut output = format!("{}\n{notes}", finished.output);
    let mut lint = swift.program("swift");
    lint.args(["format", "lint", "--strict", "--parallel", "--recursive"]).args(WRITTEN);
    python.arg("tools/check.py");
    let mut planted = Command::new("tools/planted.sh");
    swift.shown_to(planted.arg(place::target().join("ios")));
    for mut check in [lint, python, planted] {
        let finished = child::finish(partners.given_to(check.current_dir(&app)));
        counts += Counts::one(finished.success);
        output.push_str(&finished.output);
    }
    Ok(Outcome { counts, output })
}

/// How many tests the files of a folder declare.
fn declared(folder: &Path) -> Result<usize, String> {
    let told = |path: &PathBuf, error| format!("{}: {error}\n", path.display());
    let mut left = vec![folder.to_owned()];
    let mut declared = 0;
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).map_err(|error| told(&path, error))?;
            left.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|end| end == "swift") {
            let text = std::fs::read_to_string(&path).map_err(|error| told(&path, error))?;
            declared += tests_in(&text);
        }
    }
    Ok(declared)
}

/// The lines that mark a function as a test.
fn tests_in(text: &str) -> usize {
    let marks = |line: &&str| {
        let rest = line.trim_start().strip_prefix("@Test");
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    text.lines().filter(marks).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_by_their_mark() {
        let text = "  @Test func one() {}\n  @Test(\"two\", arguments: [1])\n  func two() {}\n  // @Test not now\n  @Testable\n";
        assert_eq!(tests_in(text), 2);
        assert_eq!(tests_in("struct A {}\n"), 0);
    }

    #[test]
    fn the_apps_tests_are_found() {
        assert!(declared(&place::root().join("ios/Tests")).unwrap() > 10);
    }
}
