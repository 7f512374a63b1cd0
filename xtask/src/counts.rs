//! How many checks really ran, from what `cargo test` prints.

use std::fmt;
use std::ops::AddAssign;

/// Checks that ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

/// Tests that may be ignored, with the reason: none of them asserts anything by itself.
const MAY_BE_IGNORED: [(&str, &str); 7] = [
    ("compare_journal_modes", "measures, for docs/adr/0003-journal-mode.md"),
    ("compare_opening", "measures, for docs/adr/0003-journal-mode.md"),
    ("create_until_killed", "the process that another test kills"),
    ("write_until_killed", "the process that another test kills"),
    ("write_the_marker", "the process that another test searches after"),
    ("freeze_a_copy", "writes a fixture, once for each new format"),
    ("freeze_a_sealed_secret", "prints what to freeze, once for each new format"),
];

impl Counts {
    /// One check that passed or failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed) }
    }

    /// The tests that `cargo test` ran, from its whole output.
    ///
    /// An ignored test has failed, unless it is named with a reason. A run that ended badly has at
    /// least one failure, also where no test could say so (it did not build, or it was aborted); and
    /// so has one in which nothing ran.
    pub(crate) fn of_cargo_test(output: &str, success: bool) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            if let Some(result) = line.strip_prefix("test result: ") {
                counts.passed += number_before(result, " passed");
                counts.failed += number_before(result, " failed");
            } else if let Some(name) = ignored(line) {
                counts.failed += u32::from(!MAY_BE_IGNORED.iter().any(|(known, _)| *known == name));
            }
        }
        if counts.failed == 0 && (!success || counts.passed == 0) {
            counts.failed = 1;
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The name in `test some::name ... ignored, reason`.
fn ignored(line: &str) -> Option<&str> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    verdict.starts_with("ignored").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, success: bool, passed: u32, failed: u32) {
        assert_eq!(Counts::of_cargo_test(output, success), Counts { passed, failed }, "{output}");
    }

    #[test]
    fn results_of_all_binaries_are_added() {
        let output = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out\n\
                      test result: FAILED. 12 passed; 2 failed; 0 ignored\n";
        check(output, false, 15, 2);
    }

    #[test]
    fn nothing_that_ran_is_a_failure() {
        check("", true, 0, 1);
        check("test result: ok. 0 passed; 0 failed; 0 ignored; 9 filtered out\n", true, 0, 1);
    }

    #[test]
    fn a_bad_end_without_a_failed_test_is_a_failure() {
        check("error[E0432]: unresolved import\n", false, 0, 1);
        check("test result: ok. 3 passed; 0 failed\nprocess aborted\n", false, 3, 1);
    }

    #[test]
    fn an_ignored_test_without_a_reason_of_ours_is_a_failure() {
        let output =
            "test slow ... ignored, takes long\ntest result: ok. 2 passed; 0 failed; 1 ignored\n";
        check(output, true, 2, 1);
        let output = "test freeze_a_copy ... ignored, writes the fixture\ntest result: ok. 2 passed; 0 failed\n";
        check(output, true, 2, 0);
    }
}
