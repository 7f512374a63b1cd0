//! How many tests really ran, from the XML reports of JUnit's kind that Maven and SwiftPM write.
//!
//! Read case by case: a runner's own totals count a skipped test as passed, or as nothing.

use std::path::Path;

use crate::counts::Counts;

/// What became of one test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Skipped,
}

/// Counts the cases of these reports, and says what is wrong with them beyond a failed test.
///
/// A skipped test has failed. So has a run that ended badly without a failed test, one in which
/// fewer tests ran than were declared, one in which none did, and one whose report cannot be read.
pub(crate) fn count(reports: &[String], declared: usize, success: bool) -> (Counts, String) {
    let mut counts = Counts::default();
    let mut notes = String::new();
    for report in reports {
        let Some(cases) = cases(report) else {
            let start: String = report.chars().take(200).collect();
            notes.push_str(&format!("a report cannot be read: {start}\n"));
            counts.failed += 1;
            continue;
        };
        for (name, verdict) in cases {
            counts += Counts::one(verdict == Verdict::Passed);
            if verdict == Verdict::Skipped {
                notes.push_str(&format!("skipped: {name}\n"));
            }
        }
    }
    let ran = usize::try_from(counts.passed + counts.failed).unwrap_or(usize::MAX);
    if ran == 0 {
        notes.push_str("no test ran\n");
    } else if ran < declared {
        notes.push_str(&format!("{declared} tests are declared, and only {ran} ran\n"));
    }
    if counts.failed == 0 && (!success || ran == 0 || ran < declared) {
        counts.failed = 1;
    }
    (counts, notes)
}

/// How many tests the files of a folder declare, of those with an ending: by the mark `@Test`, which Kotlin and Swift share.
///
/// # Errors
/// What cannot be read.
pub(crate) fn declared(folder: &Path, end: &str) -> Result<usize, String> {
    let mut left = vec![folder.to_owned()];
    let mut declared = 0;
    while let Some(path) = left.pop() {
        let told = |error| format!("{}: {error}\n", path.display());
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).map_err(told)?;
            left.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|own| own == end) {
            declared += marks_in(&std::fs::read_to_string(&path).map_err(told)?);
        }
    }
    Ok(declared)
}

/// The lines that mark a function as a test.
fn marks_in(text: &str) -> usize {
    let marks = |line: &&str| {
        let rest = line.trim_start().strip_prefix("@Test");
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    text.lines().filter(marks).count()
}

/// The cases of one report. `None` if it is cut off or no report, or its totals tell another story.
fn cases(report: &str) -> Option<Vec<(String, Verdict)>> {
    let mut cases: Vec<(String, Verdict)> = Vec::new();
    let mut within = false;
    let mut suites = 0;
    let mut open: u32 = 0;
    let mut claimed = 0;
    for tag in tags(report)? {
        let name =
            tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next()?;
        let closes = tag.starts_with('/');
        match name {
            "testcase" => {
                within = !closes && !tag.ends_with('/');
                if !closes {
                    let named = attribute(tag, "classname").unwrap_or_default();
                    let case = attribute(tag, "name")?;
                    cases.push((format!("{named} {case}"), Verdict::Passed));
                }
            }
            "failure" | "error" | "skipped" if within && !closes => {
                let (_, verdict) = cases.last_mut()?;
                // What failed before it was skipped has failed.
                if *verdict != Verdict::Failed {
                    let skipped = name == "skipped";
                    *verdict = if skipped { Verdict::Skipped } else { Verdict::Failed };
                }
            }
            "testsuite" if !closes => {
                suites += 1;
                claimed += attribute(tag, "tests")?.parse::<usize>().ok()?;
            }
            _ => {}
        }
        if closes {
            open = open.checked_sub(1)?;
        } else if !tag.ends_with('/') {
            open += 1;
        }
    }
    // Swift Testing leaves those that it skipped out of its total, JUnit does not.
    let skipped = cases.iter().filter(|(_, verdict)| *verdict == Verdict::Skipped).count();
    let agrees = claimed == cases.len() || claimed + skipped == cases.len();
    (open == 0 && suites > 0 && agrees).then_some(cases)
}

/// What stands between `<` and `>`, without declarations, comments and character data.
fn tags(xml: &str) -> Option<Vec<&str>> {
    let mut tags = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        if let Some((_, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
            rest = &rest[rest.find(end)? + end.len()..];
            continue;
        }
        let end = tag_end(rest)?;
        tags.push(&rest[1..end]);
        rest = &rest[end + 1..];
    }
    Some(tags)
}

/// Where the tag at the start of `text` ends: at the first `>` that is not inside quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=")).or_else(|| {
        // Surefire puts the attributes of a suite on lines of their own.
        tag.split_once(&format!("\n{name}="))
    })?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUREFIRE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="org.attune.MomentTest" time="0.3" tests="3" errors="0" skipped="0" failures="1">
  <properties>
    <property name="java.vm.name" value="a &lt;vm> b"/>
  </properties>
  <testcase name="flag" classname="org.attune.MomentTest" time="0.1"/>
  <testcase name="undo" classname="org.attune.MomentTest" time="0.1">
    <system-out><![CDATA[<testcase name="not one"/> <skipped/>]]></system-out>
  </testcase>
  <testcase name="words" classname="org.attune.MomentTest" time="0.1">
    <failure message="expected: &lt;1&gt;" type="AssertionFailedError"><![CDATA[at <x>]]></failure>
  </testcase>
</testsuite>"#;
    const SWIFT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="TestResults" errors="0" tests="1" failures="0" skipped="1" time="0.01">
    <testcase classname="AttuneTests.Moments" name="flag()" time="0.005" />
    <testcase classname="AttuneTests.Moments" name="undo()" time="0.0">
      <skipped>not today</skipped>
    </testcase>
  </testsuite>
</testsuites>"#;

    fn passed() -> String {
        SWIFT.replace("<skipped>not today</skipped>", "").replace("tests=\"1\"", "tests=\"2\"")
    }

    fn check(reports: &[&str], declared: usize, success: bool, passed: u32, failed: u32) {
        let reports: Vec<String> = reports.iter().map(|report| (*report).to_owned()).collect();
        let (counts, notes) = count(&reports, declared, success);
        assert_eq!(counts, Counts { passed, failed }, "{notes}");
    }

    #[test]
    fn tests_are_counted_by_their_mark() {
        let kotlin = "@RunWith(X::class)\nclass A {\n    @Test\n    fun one() {}\n\n    @Test fun two() {}\n    \
                      // @Test not now\n    @TestFactory\n    @Test(expected = X::class)\n    fun three() {}\n}\n";
        assert_eq!(marks_in(kotlin), 3);
        let swift = "  @Test func one() {}\n  @Test(\"two\", arguments: [1])\n  func two() {}\n  // @Test not now\n";
        assert_eq!(marks_in(swift), 2);
        assert_eq!(marks_in("class A\n"), 0);
    }

    #[test]
    fn cases_are_counted_and_not_what_a_test_printed() {
        check(&[SUREFIRE], 3, false, 2, 1);
        check(&[SUREFIRE, SUREFIRE], 3, false, 4, 2);
    }

    #[test]
    fn a_skipped_test_has_failed_and_is_named() {
        check(&[SWIFT], 2, true, 1, 1);
        let (_, notes) = count(&[SWIFT.to_owned()], 2, true);
        assert_eq!(notes, "skipped: AttuneTests.Moments undo()\n");
    }

    #[test]
    fn a_run_without_tests_or_with_too_few_has_failed() {
        let passed = passed();
        let none = r#"<testsuites><testsuite name="x" tests="0"></testsuite></testsuites>"#;
        check(&[&passed], 2, true, 2, 0);
        check(&[&passed], 3, true, 2, 1);
        check(&[&passed], 2, false, 2, 1);
        check(&[none], 0, true, 0, 1);
        check(&[], 0, true, 0, 1);
    }

    #[test]
    fn a_report_that_cannot_be_read_is_a_failure() {
        let half = &SUREFIRE[..SUREFIRE.len() - 20];
        let fewer = SUREFIRE.replace("tests=\"3\"", "tests=\"4\"");
        for report in [half, &fewer, "", "<testcase name=\"a\"/>", "<a", "hello"] {
            check(&[report, &passed()], 0, true, 2, 1);
        }
    }
}
