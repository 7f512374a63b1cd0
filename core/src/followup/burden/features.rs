//! What the model sees of a sentence: hashed n-grams of words, letters and word classes, and a few
//! questions asked by hand.
//!
//! An n-gram is hashed (FNV-1a, 64 bits, folded) to one of [`BUCKETS`]; which words it came from is
//! kept, so that what weighed most can be shown. A sentence's n-grams are scaled to one length, or
//! long sentences would always weigh more.

use super::classes::Classes;
use super::questions;
use super::token::Token;

/// Places for hashed n-grams: 786 kB of weights, a byte for each of twelve rules.
pub const BUCKETS: usize = 1 << 16;

/// The length that a sentence's n-grams are scaled to: about that of its answers to the questions.
const LENGTH: f32 = 4.0;

/// One thing that the model sees, and the tokens it was seen in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// Its row of weights: a bucket, or after all buckets a question.
    pub row: usize,
    /// How much of it there is.
    pub value: f32,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
}

/// Rows of weights: the buckets, then the questions, then one that every sentence has.
pub const ROWS: usize = BUCKETS + questions::COUNT + 1;

/// The features of a sentence, sorted by row, no row twice.
#[must_use]
pub fn features(tokens: &[Token]) -> Vec<Feature> {
    let mut grams = Grams { found: Vec::with_capacity(tokens.len() * 40) };
    let words: Vec<(usize, &str)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| !token.is_mark())
        .map(|(at, token)| (at, token.word.as_str()))
        .collect();
    grams.words(&words);
    grams.negations(tokens);
    grams.letters(&words);
    grams.classes(tokens);
    let mut found = grams.found;
    found.sort_by_key(|feature| (feature.row, feature.first, feature.last));
    found.dedup_by_key(|feature| feature.row);
    let length = found.iter().map(|feature| feature.value * feature.value).sum::<f32>().sqrt();
    let scale = if length > 0.0 { LENGTH / length } else { 0.0 };
    found.iter_mut().for_each(|feature| feature.value *= scale);
    let last = tokens.len().saturating_sub(1);
    let answers = questions::answers(tokens);
    let asked = answers.iter().enumerate().filter(|(_, answer)| **answer != 0.0);
    found.extend(asked.map(|(at, value)| Feature {
        row: BUCKETS + at,
        value: *value,
        first: 0,
        last,
    }));
    found.push(Feature { row: ROWS - 1, value: 1.0, first: 0, last });
    found
}

struct Grams {
    found: Vec<Feature>,
}

impl Grams {
    fn add(&mut self, kind: &str, parts: &[&str], value: f32, first: usize, last: usize) {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        kind.bytes().for_each(&mut take);
        for part in parts {
            take(b' ');
            part.bytes().for_each(&mut take);
        }
        let row = (hash ^ (hash >> 32)) as usize % BUCKETS;
        self.found.push(Feature { row, value, first, last });
    }

    /// Runs of one to three words, of one or two stems, pairs with one word between, and how the
    /// sentence starts.
    fn words(&mut self, words: &[(usize, &str)]) {
        let last = words.last().map_or(0, |(at, _)| *at);
        let mut edged = vec![(0, "^")];
        edged.extend_from_slice(words);
        edged.push((last, "$"));
        for (length, kind, value) in [(1, "w1", 1.0), (2, "w2", 1.0), (3, "w3", 0.5)] {
            for run in edged.windows(length) {
                let parts: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
                self.add(kind, &parts, value, run[0].0, run[length - 1].0);
            }
        }
        let stems: Vec<&str> = edged.iter().map(|(_, word)| stem(word)).collect();
        for (length, kind) in [(1, "t1"), (2, "t2")] {
            for (run, from) in stems.windows(length).zip(edged.windows(length)) {
                self.add(kind, run, 1.0, from[0].0, from[length - 1].0);
            }
        }
        for run in edged.windows(3) {
            self.add("s", &[run[0].1, run[2].1], 0.5, run[0].0, run[2].0);
        }
        for (at, word) in words.iter().take(3) {
            self.add("f", &[word], 1.0, *at, *at);
        }
    }

    /// What is denied, and what is only quoted, is another word.
    fn negations(&mut self, tokens: &[Token]) {
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.is_mark()) {
            if token.negated {
                self.add("n", &[&token.word], 1.0, at, at);
            }
            if token.quoted {
                self.add("q", &[&token.word], 1.0, at, at);
            }
        }
    }

    /// Runs of four and five letters, edges included: they see through endings and misspellings.
    fn letters(&mut self, words: &[(usize, &str)]) {
        for (at, word) in words {
            let edged = format!("<{word}>");
            let starts: Vec<usize> =
                edged.char_indices().map(|(at, _)| at).chain([edged.len()]).collect();
            for length in [4, 5] {
                for run in starts.windows(length + 1) {
                    self.add("c", &[&edged[run[0]..run[length]]], 0.6, *at, *at);
                }
            }
        }
    }

    /// Classes in place of words: each one, pairs of them in order, and runs in which only the
    /// words that belong to no class are left.
    fn classes(&mut self, tokens: &[Token]) {
        let read: Vec<Read<'_>> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| !token.is_mark())
            .map(|(at, token)| Read::of(at, token))
            .collect();
        for one in &read {
            let kind = match (one.token.negated, one.token.quoted) {
                (true, _) => "kn",
                (false, true) => "kq",
                (false, false) => "k",
            };
            for name in &one.classes {
                self.add(kind, &[name], 1.5, one.at, one.at);
            }
        }
        for (place, one) in read.iter().enumerate() {
            for next in read.iter().skip(place + 1).take(REACH) {
                let kind = if next.token.negated { "pn" } else { "p" };
                for left in one.roles() {
                    for right in next.roles() {
                        self.add(kind, &[left, right], 0.7, one.at, next.at);
                    }
                }
            }
        }
        let stands: Vec<&str> = read.iter().map(Read::stands_as).collect();
        for length in 2..=4 {
            for (run, read) in stands.windows(length).zip(read.windows(length)) {
                self.add("d", run, 0.7, read[0].at, read[length - 1].at);
            }
        }
    }
}

/// A word with the names of its classes.
struct Read<'a> {
    at: usize,
    token: &'a Token,
    classes: Vec<&'static str>,
}

impl<'a> Read<'a> {
    fn of(at: usize, token: &'a Token) -> Self {
        let known = Classes::known();
        Self { at, token, classes: known.names(known.mask(&token.word)).collect() }
    }

    /// Its classes, and the word itself if it is one of [`PERSONS`].
    fn roles(&self) -> impl Iterator<Item = &str> {
        let word = self.token.word.as_str();
        let person = PERSONS.contains(&word).then_some(word);
        self.classes.iter().copied().chain(person)
    }

    /// What stands for it in a run: itself if it is of grammar, else its first class or its shape.
    fn stands_as(&self) -> &str {
        let word = self.token.word.as_str();
        if FUNCTION.contains(&word) {
            return word;
        }
        self.classes.first().copied().unwrap_or_else(|| shape(word))
    }
}

/// How far apart, in words, a pair of classes is still seen.
const REACH: usize = 6;

/// Words that say who does what to whom: they stand in pairs beside the classes.
const PERSONS: [&str; 11] = ["i", "me", "my", "you", "your", "we", "us", "our", "it", "not", "if"];

/// Words of grammar, which stay as they are.
const FUNCTION: [&str; 84] = [
    "i", "me", "my", "mine", "you", "your", "yours", "we", "us", "our", "it", "its", "he", "she",
    "they", "them", "their", "this", "that", "these", "those", "there", "here", "a", "an", "the",
    "and", "or", "but", "so", "if", "as", "than", "then", "to", "of", "in", "on", "at", "for",
    "from", "with", "by", "about", "before", "after", "until", "not", "no", "never", "nothing",
    "be", "am", "is", "are", "was", "were", "been", "being", "do", "does", "did", "have", "has",
    "had", "will", "would", "can", "could", "may", "might", "must", "should", "what", "why", "how",
    "who", "when", "where", "which", "because", "please", "NUM", "DAY",
];

/// A word without what it ends in, roughly: "asking", "asked" and "asks" are one.
fn stem(word: &str) -> &str {
    let bare = STEM_ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).next();
    bare.filter(|stem| stem.len() > 2).unwrap_or(word)
}

/// The longest first.
const STEM_ENDINGS: [&str; 12] =
    ["ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "d", "e"];

/// What can be said of a word that is in no class: how it ends.
fn shape(word: &str) -> &'static str {
    for ending in ["ing", "ed", "ly", "s"] {
        if word.len() > 4 && word.ends_with(ending) {
            return ending;
        }
    }
    "x"
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn rows_are_in_order_and_none_is_there_twice() {
        let seen = features(&tokens("You asked me, and I asked you, and you asked me."));
        assert!(seen.windows(2).all(|pair| pair[0].row < pair[1].row));
        assert!(seen.iter().all(|feature| feature.row < ROWS && feature.first <= feature.last));
    }

    #[test]
    fn long_sentences_are_no_heavier_than_short_ones() {
        for text in ["Why?", "I talked over you on Monday and then again on the day after that."] {
            let seen = features(&tokens(text));
            let grams = seen.iter().filter(|feature| feature.row < BUCKETS);
            let squares: f32 = grams.map(|feature| feature.value * feature.value).sum();
            assert!((squares.sqrt() - LENGTH).abs() < 1e-3, "{text}: {squares}");
        }
    }

    #[test]
    fn a_denied_word_is_another_one() {
        let said = features(&tokens("You have to explain."));
        let denied = features(&tokens("You do not have to explain."));
        let rows = |seen: &[Feature]| -> Vec<usize> { seen.iter().map(|one| one.row).collect() };
        let (said, denied) = (rows(&said), rows(&denied));
        assert!(denied.iter().filter(|row| !said.contains(row)).count() > 20);
    }

    #[test]
    fn nothing_weighs_only_what_every_sentence_weighs() {
        let rows: Vec<usize> = features(&[]).iter().map(|feature| feature.row).collect();
        assert_eq!(rows.last(), Some(&(ROWS - 1)));
        assert!(features(&[]).iter().all(|feature| feature.value.is_finite()));
    }

    #[test]
    fn a_stem_is_what_the_forms_of_a_word_share() {
        for (word, wanted) in [("asking", "ask"), ("asked", "ask"), ("asks", "ask"), ("is", "is")] {
            assert_eq!(stem(word), wanted);
        }
    }
}
