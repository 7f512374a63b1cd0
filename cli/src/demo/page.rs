//! The story as a page of 80 columns: on the left who can see a line, beside it what they see.

use attune_copy::{Words, WordsError};

use super::line::Who;

/// Columns of a page; one is left free, for terminals that wrap when a line is full.
const WIDTH: usize = 79;
const MARGIN: usize = 2;
const GAP: usize = 2;

/// How lines look to a person.
pub(super) struct Page {
    labels: Vec<(Who, String)>,
    not_so: String,
    column: usize,
    colour: bool,
}

impl Page {
    /// A page, with or without colour.
    ///
    /// # Errors
    /// [`WordsError`] if a text is missing.
    pub(super) fn new(words: &Words, colour: bool) -> Result<Self, WordsError> {
        let labels = Who::ALL
            .into_iter()
            .map(|who| Ok((who, words.get(who.label())?)))
            .collect::<Result<Vec<_>, WordsError>>()?;
        let column = labels.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
        Ok(Self { labels, not_so: words.get("demo-not-so")?, column, colour })
    }

    /// A scene's number and title, after a blank line.
    pub(super) fn heading(&self, number: u32, title: &str) -> String {
        let text = format!("{number}. {title}");
        format!("\n{}\n", self.painted("1", &text))
    }

    /// One line: the reader's name on the left, the text in its column.
    pub(super) fn line(&self, who: Who, says: &str, holds: bool) -> String {
        let label = self.labels.iter().find(|(known, _)| *known == who);
        let label = label.map_or("", |(_, label)| label.as_str());
        let says = if holds { says.to_owned() } else { format!("{} {says}", self.not_so) };
        let indent = MARGIN + self.column + GAP;
        let padding = " ".repeat(self.column - label.chars().count() + GAP);
        let text = wrapped(&says, WIDTH - indent).join(&format!("\n{}", " ".repeat(indent)));
        let label = self.painted(colour(who), label);
        format!("{}{label}{padding}{text}\n", " ".repeat(MARGIN))
    }

    /// A paragraph over the whole width.
    pub(super) fn aside(&self, text: &str) -> String {
        let mut out = wrapped(text, WIDTH).join("\n");
        out.push('\n');
        out
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A terminal's code for the colour of a reader's name. None is red.
const fn colour(who: Who) -> &'static str {
    match who {
        Who::Client => "36",
        Who::Therapist => "32",
        Who::Coordinator => "33",
        Who::Relay => "35",
        Who::NobodyElse => "2",
    }
}

/// The text in lines of `width` characters at most, broken at spaces. A longer word stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces() {
        for (text, lines) in [
            ("", &[][..]),
            ("one", &["one"][..]),
            ("one two three", &["one two", "three"]),
            ("a verylongword b", &["a", "verylongword", "b"]),
            ("one\ntwo three four", &["one", "two", "three", "four"]),
        ] {
            assert_eq!(wrapped(text, 8), lines, "{text}");
        }
    }

    #[test]
    fn no_line_is_wider_than_the_page_and_every_text_starts_in_its_column() {
        let page = Page::new(Words::english(), false).unwrap();
        let text = "word ".repeat(60);
        for who in Who::ALL {
            let out = page.line(who, text.trim(), true);
            assert!(out.lines().all(|line| line.chars().count() <= WIDTH));
            let starts: Vec<_> = out.lines().map(|line| line.find("word")).collect();
            assert!(starts.len() > 3 && starts.iter().all(|start| *start == starts[0]), "{out}");
        }
        assert!(page.line(Who::Relay, "x", false).contains(&page.not_so));
        assert!(!page.heading(1, "x").contains('\u{1b}'));
        let colourful = Page::new(Words::english(), true).unwrap();
        assert!(colourful.line(Who::Relay, "x", true).contains("\u{1b}[35m"));
    }
}
