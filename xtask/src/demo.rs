//! The demo as a suite: every line it prints must say that its claim was checked.

use std::process::{Command, Stdio};

use crate::counts::Counts;
use crate::json;
use crate::suite::Outcome;

/// Runs `attune demo --json` and counts its lines.
pub(crate) fn run(attune: &std::path::Path) -> Outcome {
    let mut command = Command::new(attune);
    command.args(["demo", "--json"]).stdin(Stdio::null());
    match command.output() {
        Ok(done) => {
            let lines = String::from_utf8_lossy(&done.stdout);
            let mut outcome = judge(&lines, done.status.success());
            outcome.output.push_str(&String::from_utf8_lossy(&done.stderr));
            outcome
        }
        Err(error) => Outcome {
            counts: Counts::one(false),
            output: format!("{} could not run: {error}\n", attune.display()),
        },
    }
}

fn judge(lines: &str, success: bool) -> Outcome {
    let mut counts = Counts::default();
    for line in lines.lines() {
        counts += Counts::one(is_checked(line));
    }
    if counts.failed == 0 && (!success || counts.passed == 0) {
        counts.failed = 1;
    }
    Outcome { counts, output: lines.to_owned() }
}

/// A line has a scene, who sees it, what it says, and that this was checked.
fn is_checked(line: &str) -> bool {
    let Some(members) = json::members(line) else {
        return false;
    };
    let has = |name: &str| members.iter().any(|(known, _)| known == name);
    let checked = members.iter().any(|(name, value)| name == "checked" && value == "true");
    checked && has("scene") && has("who") && has("says")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUE: &str = r#"{"scene":1,"who":"phone","says":"It is there.","checked":true}"#;
    const FALSE: &str =
        r#"{"scene":1,"who":"phone","says":"It is \"checked\":true","checked":false}"#;

    #[test]
    fn lines_are_counted_by_what_they_claim() {
        let two = format!("{TRUE}\n{FALSE}\n");
        assert_eq!(judge(&two, false).counts, Counts { passed: 1, failed: 1 });
        assert_eq!(judge(TRUE, true).counts, Counts { passed: 1, failed: 0 });
    }

    #[test]
    fn silence_or_a_bad_end_is_a_failure() {
        assert_eq!(judge("", true).counts, Counts { passed: 0, failed: 1 });
        assert_eq!(judge(TRUE, false).counts, Counts { passed: 1, failed: 1 });
        assert_eq!(judge("hello\n", true).counts, Counts { passed: 0, failed: 1 });
    }
}
