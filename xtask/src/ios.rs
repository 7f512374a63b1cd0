//! The iPhone app's suite: its models run, its views are checked and run, by the Swift compiler on Linux.

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
    let (mut counts, notes) = reports::count(&found, declared()?, finished.success);
    let mut output = format!("{}\n{notes}", finished.output);
    let mut lint = swift.program("swift");
    lint.args(["format", "lint", "--strict", "--parallel", "--recursive"]).args(WRITTEN);
    python.arg("tools/check.py");
    // The static library lies beside the shared one. What it imports here has other names than on a phone, and is no less.
    python.arg("--library").arg(partners.archive());
    let mut planted = Command::new("tools/planted.sh");
    swift.shown_to(planted.arg(place::target().join("ios")));
    for mut check in [lint, python, planted] {
        let finished = child::finish(partners.given_to(check.current_dir(&app)));
        counts += Counts::one(finished.success);
        output.push_str(&finished.output);
    }
    Ok(Outcome { counts, output })
}

/// How many tests the sources of the app declare.
fn declared() -> Result<usize, String> {
    reports::declared(&place::root().join("ios/Tests"), "swift")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_tests_are_found() {
        assert!(declared().unwrap() > 10);
    }
}
