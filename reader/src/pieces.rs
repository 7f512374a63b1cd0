//! Cuts a sentence into pieces of words, as BERT does; `tools/reader/words.py` says the same.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most pieces of a passage, the marks at its ends included; what is beyond is not read.
pub(crate) const LONGEST: usize = 64;

/// A word of more letters is unknown.
const LONGEST_WORD: usize = 40;

/// The list of pieces: a piece's place is its number.
#[derive(Debug)]
pub(crate) struct Pieces {
    numbers: HashMap<&'static str, usize>,
    unknown: usize,
    start: usize,
    end: usize,
}

impl Pieces {
    /// `None` if one of the marks is missing.
    pub(crate) fn of(list: &'static str) -> Option<Self> {
        let numbers: HashMap<_, _> = list.lines().zip(0..).collect();
        let number = |piece: &str| numbers.get(piece).copied();
        let (unknown, start, end) = (number("[UNK]")?, number("[CLS]")?, number("[SEP]")?);
        Some(Self { numbers, unknown, start, end })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The numbers of a text's pieces, with a mark at each end.
    pub(crate) fn numbers(&self, text: &str) -> Vec<usize> {
        let mut numbers = vec![self.start];
        for word in words(text) {
            self.cut(&word, &mut numbers);
        }
        numbers.truncate(LONGEST - 1);
        numbers.push(self.end);
        numbers
    }

    /// The longest pieces of a word, from the left.
    fn cut(&self, word: &str, numbers: &mut Vec<usize>) {
        let before = numbers.len();
        let mut rest = word;
        while !rest.is_empty() && word.chars().count() <= LONGEST_WORD {
            let Some((number, length)) = self.longest(rest, rest.len() < word.len()) else { break };
            numbers.push(number);
            rest = &rest[length..];
        }
        if !rest.is_empty() {
            numbers.truncate(before);
            numbers.push(self.unknown);
        }
    }

    /// The longest piece that a text begins with, and its bytes.
    fn longest(&self, text: &str, within: bool) -> Option<(usize, usize)> {
        let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
        ends.rev().find_map(|end| {
            let number = if within {
                self.numbers.get(format!("##{}", &text[..end]).as_str())
            } else {
                self.numbers.get(&text[..end])
            };
            number.map(|number| (*number, end))
        })
    }
}

/// Runs of letters and digits, and each other mark alone; all small, without accents.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let small = text.chars().map(unquoted).flat_map(char::to_lowercase);
    for letter in small.nfd().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_alphanumeric() {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !letter.is_whitespace() {
            words.push(letter.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Quotation marks and dashes in their plain form.
const fn unquoted(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_small_and_plain_and_marks_stand_alone() {
        for (text, wanted) in [
            ("I didn\u{2019}t.", &["i", "didn", "'", "t", "."][..]),
            ("Caf\u{e9}\u{2014}twice", &["cafe", "-", "twice"]),
            (" \t\n", &[]),
            ("a\u{2026}b", &["a", "\u{2026}", "b"]),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_word_is_cut_into_its_longest_pieces() {
        let pieces =
            Pieces::of("[PAD]\n[UNK]\n[CLS]\n[SEP]\ninter\n##pre\n##ter\nin\n##p").unwrap();
        assert_eq!(pieces.numbers("Interpreter in"), [2, 4, 5, 6, 7, 3]);
        assert_eq!(pieces.numbers("interx"), [2, 1, 3]);
        assert_eq!(pieces.numbers(&"in".repeat(21)), [2, 1, 3]);
        assert_eq!(pieces.numbers(&"in ".repeat(200)).len(), LONGEST);
        assert!(Pieces::of("[UNK]\n[CLS]").is_none());
    }
}
