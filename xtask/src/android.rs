//! The Android app's suite: Maven builds it with the real libraries, and Robolectric runs it in one JVM.
//!
//! A machine without any of it downloads about 600 MB.

use std::process::ExitCode;

use crate::child::Finished;
use crate::counts::Counts;
use crate::languages::{self, Partners};
use crate::rust_tests::Tests;
use crate::suite::Outcome;
use crate::{child, place, reports, tool};

/// The tests that draw screens.
const PICTURES: &str = "-Dtest=org.attune.app.picture.*Test";
/// What Maven says where the usual repository has none of Google's libraries.
const NOT_HERE: &str = "Could not find artifact androidx";

/// Runs the suite.
pub(crate) fn run(tests: &Tests) -> Outcome {
    let ran = declared().and_then(|declared| maven(tests, declared, &[]));
    ran.unwrap_or_else(|output| Outcome { counts: Counts::one(false), output })
}

/// Draws the screens and compares them with the pictures that are kept, or keeps what was drawn.
pub(crate) fn screenshots(accept: bool) -> ExitCode {
    let accepts = if accept { "-Daccept=true" } else { "-Daccept=false" };
    let outcome = maven(&Tests::of_each(), 0, &[PICTURES, accepts])
        .unwrap_or_else(|output| Outcome { counts: Counts::one(false), output });
    if outcome.counts.failed > 0 {
        println!("{}", outcome.output.trim_end());
    }
    println!("screenshots: {}", outcome.counts);
    if outcome.counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn maven(tests: &Tests, declared: usize, more: &[&str]) -> Result<Outcome, String> {
    let java = tool::java()?;
    tool::android()?;
    let partners = Partners::build(tests)?;
    languages::wrapper(&partners)?;
    let app = place::root().join("android");
    let folder = app.join("target/surefire-reports");
    let test = |profile: Option<&str>| -> Result<Finished, String> {
        languages::remove(&folder)?;
        let mut maven = java.maven();
        maven.arg("test").args(more).args(profile).current_dir(&app);
        Ok(child::finish(partners.given_to(&mut maven)))
    };
    let mut finished = test(None)?;
    if !finished.success && finished.output.contains(NOT_HERE) {
        finished = test(Some("-Pgoogle"))?;
    }
    let found = if folder.is_dir() {
        languages::read(&languages::xml_files(&folder)?)?
    } else {
        Vec::new()
    };
    let (counts, notes) = reports::count(&found, declared, finished.success);
    Ok(Outcome { counts, output: format!("{}\n{notes}", finished.output) })
}

/// How many tests the sources of the app declare.
fn declared() -> Result<usize, String> {
    reports::declared(&place::root().join("android/app/src/test/kotlin"), "kt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_tests_are_found() {
        assert!(declared().unwrap() > 10);
    }
}
