//! Where sentences end, as a reader would say.

use std::ops::Range;

/// The sentences of `text` as bytes of it, without the white space around them.
///
/// A line break ends a sentence too. What holds no letter or digit is none.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    for (at, token) in words(text) {
        let broken = text[end..at].contains('\n');
        if broken && let Some(start) = start.take() {
            found.push(start..end);
        }
        let first = *start.get_or_insert(at);
        end = at + token.len();
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        if ends_sentence(token, word) {
            found.push(first..end);
            start = None;
        }
    }
    found.extend(start.map(|start| start..end));
    found.retain(|range| text[range.clone()].contains(char::is_alphanumeric));
    found
}

/// Whether a sentence ends with `token`, of which `word` is what is left without its marks.
pub(super) fn ends_sentence(token: &str, word: &str) -> bool {
    let token = token.trim_end_matches(is_closing);
    if !token.ends_with(['.', '!', '?', '\u{2026}']) {
        return false;
    }
    !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Whether the letter closes a quotation or a bracket.
fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | ')' | ']' | '\u{201d}' | '\u{2019}')
}

/// The words between white space, each with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let start = at;
        // What separates may be of more than one byte.
        let next = text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        at = start + word.len() + next;
        (!word.is_empty()).then_some((start, word))
    })
}

/// A full stop after one of these does not end a sentence.
const ABBREVIATIONS: [&str; 9] = ["dr", "mr", "mrs", "ms", "prof", "st", "e.g", "i.e", "vs"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<_> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        check("I was wrong. I am sorry.", &["I was wrong.", "I am sorry."]);
        check("Dr. Ada is in at 10.30 today! Ok?", &["Dr. Ada is in at 10.30 today!", "Ok?"]);
        check("I said \u{201c}Stop.\u{201d} It hurt", &["I said \u{201c}Stop.\u{201d}", "It hurt"]);
        check("Wait\u{2026} it goes on... on", &["Wait\u{2026}", "it goes on...", "on"]);
    }

    #[test]
    fn a_line_break_ends_one_too() {
        check("One line\nand another\r\n\r\nthird.\n", &["One line", "and another", "third."]);
        check("a\u{2003}b.\u{2028}c", &["a\u{2003}b.", "c"]);
    }

    #[test]
    fn nothing_is_no_sentence() {
        check("", &[]);
        check(" \n . ... \u{1f642} \n", &[]);
    }
}
