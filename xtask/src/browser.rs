//! The suite in a browser: the desk's pages in real Chromium, with a real relay and a phone beside.

use crate::counts::Counts;
use crate::rust_tests::Tests;
use crate::suite::Outcome;
use crate::{child, place, reports, tool};

/// Runs it. `ATTUNE_SCREENSHOTS=1` takes the pictures of docs/screenshots/desk as well.
pub(crate) fn run(tests: &Tests) -> Outcome {
    ran(tests).unwrap_or_else(|output| Outcome { counts: Counts::one(false), output })
}

fn ran(tests: &Tests) -> Result<Outcome, String> {
    let browser = tool::browser()?;
    let attune = tests.attune()?;
    let report = place::target().join("browser-tests.xml");
    match std::fs::remove_file(&report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{}: {error}\n", report.display()));
        }
        _ => {}
    }
    let mut node = browser.node();
    // One file at a time: each has a relay, desks and a browser of its own, on two cores.
    node.args(["--test", "--test-concurrency=1"]);
    node.args(["--test-reporter=spec", "--test-reporter-destination=stdout"]);
    node.args(["--test-reporter=junit", "--test-reporter-destination"]).arg(&report);
    node.args(files()?).env("ATTUNE_BIN", attune);
    let finished = child::finish(&mut node);
    let found = std::fs::read_to_string(&report).unwrap_or_default();
    let (counts, notes) = reports::count(&[found], 0, finished.success);
    Ok(Outcome { counts, output: format!("{}\n{notes}", finished.output) })
}

/// The test files. Named one by one: what Node finds by itself differs between its versions.
fn files() -> Result<Vec<std::path::PathBuf>, String> {
    let folder = place::root().join("desk/browser/tests");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}\n", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        paths.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{} has no test file\n", folder.display()));
    }
    Ok(files)
}
