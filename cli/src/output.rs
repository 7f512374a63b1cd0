//! What a command answers: one JSON document, or lines for a person.

use std::io::{self, Write as _};

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde_json::{Value, json};

use crate::failure::Failure;

/// What a command answers.
pub(crate) struct Answer {
    /// Lines for a person.
    pub(crate) lines: Vec<String>,
    /// The document for a script.
    pub(crate) json: Value,
    /// What is to be said after it, on standard error, and decides the exit status.
    pub(crate) then: Option<Failure>,
}

impl Answer {
    /// A document and the lines that say the same.
    pub(crate) fn new(json: Value, lines: Vec<String>) -> Self {
        Self { lines, json, then: None }
    }

    /// Everything was said already.
    pub(crate) fn told() -> Self {
        Self::new(Value::Null, Vec::new())
    }

    /// The same, followed by a failure.
    pub(crate) fn then(mut self, failure: Option<Failure>) -> Self {
        self.then = failure;
        self
    }
}

/// Prints an answer to standard output, as a document or as lines.
pub(crate) fn print(answer: &Answer, as_json: bool) -> io::Result<()> {
    if answer.json.is_null() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", answer.json)?;
    } else {
        for line in &answer.lines {
            writeln!(out, "{}", clean(line))?;
        }
    }
    out.flush()
}

/// Prints a failure to standard error: as lines, or as one JSON line.
pub(crate) fn complain(failure: &Failure, as_json: bool) {
    let mut to = io::stderr().lock();
    // If not even standard error can be written to, the exit status is what is left.
    let _ = if as_json {
        writeln!(to, "{}", json!({ "error": failure.name.text(), "says": failure.says }))
    } else {
        writeln!(to, "{}", clean(&failure.says))
    };
}

/// `text` without what could steer a terminal or turn the reading direction: names, notes and words
/// come from other people's machines.
pub(crate) fn clean(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// A day as documents have it: ISO 8601.
pub(crate) fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A moment in time as documents have it: ISO 8601 with its offset, to the second.
pub(crate) fn timestamp(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `bytes` as lower case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The `N` bytes of `2 N` hex digits.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0; N];
    let text = text.trim();
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, at) in out.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_taken_out() {
        assert_eq!(
            clean("Ada\u{1b}[2J\u{9b}31m\r\u{202e}x"),
            "Ada\u{fffd}[2J\u{fffd}31m\u{fffd}\u{fffd}x"
        );
        assert_eq!(clean("two\nlines\tand \u{645}"), "two\nlines\tand \u{645}");
    }

    #[test]
    fn hex_reads_back() {
        let bytes = [0, 1, 0xab, 0xff];
        assert_eq!(hex(&bytes), "0001abff");
        assert_eq!(from_hex(" 0001ABff\n"), Some(bytes));
        for wrong in ["", "0001abf", "0001abff0", "0001abfg", "+001abff", "0001ab\u{e9}"] {
            assert_eq!(from_hex::<4>(wrong), None, "{wrong}");
        }
    }
}
