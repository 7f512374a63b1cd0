//! Two languages that nobody speaks, for tests of layout: one is long and full of accents, the other
//! runs from right to left. Both can be read by whoever reads English. Values stay as they are.

use super::{Language, Piece};

/// The tag of the long one. Android's own tools use the same.
pub(super) const ACCENTED: &str = "en-XA";

/// The tag of the mirrored one.
pub(super) const MIRRORED: &str = "ar-XB";

/// Each vowel twice and letters with accents, in brackets that show where a text was cut off.
pub(super) fn accented(language: &Language) -> Language {
    changed(language, ACCENTED, |pieces| {
        let mut all = vec![Piece::Words("[".to_owned())];
        all.extend(pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Piece::Words(words.chars().map(lengthened).collect()),
            Piece::Value(index) => Piece::Value(*index),
        }));
        all.push(Piece::Words("]".to_owned()));
        all
    })
}

/// Each word between marks that turn it round, in a text that runs from right to left.
pub(super) fn mirrored(language: &Language) -> Language {
    changed(language, MIRRORED, |pieces| {
        // A value at the start would give the whole text its own direction.
        let mut all = vec![Piece::Words(RIGHT_TO_LEFT.to_string())];
        all.extend(pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Piece::Words(turned(words)),
            Piece::Value(index) => Piece::Value(*index),
        }));
        all
    })
}

const RIGHT_TO_LEFT: char = '\u{200f}';
const TURN: char = '\u{202e}';
const TURN_ENDS: char = '\u{202c}';

fn changed(language: &Language, tag: &str, change: impl Fn(&[Piece]) -> Vec<Piece>) -> Language {
    let mut other = Language { tag: tag.to_owned(), texts: language.texts.clone() };
    for text in &mut other.texts {
        text.body = text.body.map(&change);
    }
    other
}

fn turned(words: &str) -> String {
    let mut all = String::new();
    let mut inside = false;
    for c in words.chars() {
        if c.is_whitespace() == inside {
            if inside {
                all.push(TURN_ENDS);
            } else {
                all.push(TURN);
            }
            inside = !inside;
        }
        all.push(c);
    }
    if inside {
        all.push(TURN_ENDS);
    }
    all
}

fn lengthened(c: char) -> String {
    match c {
        'a' => "\u{e0}\u{e5}",
        'e' => "\u{e9}\u{ea}",
        'i' => "\u{ee}\u{ef}",
        'o' => "\u{f6}\u{f3}",
        'u' => "\u{fb}\u{fc}",
        'A' => "\u{c0}\u{c5}",
        'E' => "\u{c9}\u{ca}",
        'I' => "\u{ce}\u{cf}",
        'O' => "\u{d6}\u{d3}",
        'U' => "\u{db}\u{dc}",
        'c' => "\u{e7}",
        'd' => "\u{10f}",
        'g' => "\u{11d}",
        'h' => "\u{125}",
        'j' => "\u{135}",
        'k' => "\u{137}",
        'l' => "\u{13c}",
        'n' => "\u{f1}",
        'r' => "\u{155}",
        's' => "\u{161}",
        't' => "\u{163}",
        'w' => "\u{175}",
        'y' => "\u{fd}",
        'z' => "\u{17e}",
        'C' => "\u{c7}",
        'D' => "\u{10e}",
        'G' => "\u{11c}",
        'H' => "\u{124}",
        'K' => "\u{136}",
        'L' => "\u{13b}",
        'N' => "\u{d1}",
        'R' => "\u{154}",
        'S' => "\u{160}",
        'T' => "\u{162}",
        'W' => "\u{174}",
        'Y' => "\u{dd}",
        'Z' => "\u{17d}",
        c => return c.to_string(),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &Language) -> Vec<String> {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(index) => format!("<{index}>"),
        };
        let text = |form: &Vec<Piece>| form.iter().map(piece).collect();
        language.texts.iter().flat_map(|text| text.body.forms()).map(text).collect()
    }

    fn english() -> Language {
        let source = "# $day (String)\na = { $day } is a day\n";
        Language::read("en", &[source], None).unwrap()
    }

    #[test]
    fn the_long_one_is_longer_and_keeps_its_values() {
        assert_eq!(
            said(&accented(&english())),
            ["[<0> \u{ee}\u{ef}\u{161} \u{e0}\u{e5} \u{10f}\u{e0}\u{e5}\u{fd}]"]
        );
    }

    #[test]
    fn the_mirrored_one_turns_each_word_and_begins_from_the_right() {
        let word = |word| format!("\u{202e}{word}\u{202c}");
        let (is, a, day) = (word("is"), word("a"), word("day"));
        assert_eq!(said(&mirrored(&english())), [format!("\u{200f}<0> {is} {a} {day}")]);
    }
}
