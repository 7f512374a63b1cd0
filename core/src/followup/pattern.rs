//! Patterns of words, for what must never be missed and for what a note is made of.
//!
//! A list has one pattern a line: `NAME: word word`. A word may be `a|b` (either), `start*` (goes
//! on), `@CLASS` (any word of a class), or `..` (up to four words, not over the end of a sentence). Commas are passed
//! over. A pattern whose first word is denied or only quoted, or that meets a denial on its way and has
//! none itself, is not there: "you will not lose your place" does not hold "lose your place".

use std::ops::Range;

use super::burden::classes::{Classes, Mask};
use super::burden::token::{self, Token};

/// The most words that `..` stands for.
const GAP: usize = 4;

/// A list of patterns, read.
pub(super) struct Patterns {
    known: Vec<Pattern>,
}

struct Pattern {
    name: String,
    parts: Vec<Part>,
    /// It has a denial of its own.
    denies: bool,
}

enum Part {
    Gap,
    Word { whole: Vec<String>, starts: Vec<String>, classes: Mask },
}

impl Patterns {
    /// Reads a list. A line without a colon says nothing; a test holds that there is none.
    pub(super) fn of(list: &str) -> Self {
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        let known = lines.filter_map(|line| line.split_once(": ")).map(Pattern::of).collect();
        Self { known }
    }

    /// The tokens of the first pattern of that name that is found, if there is one.
    pub(super) fn find(&self, name: &str, tokens: &[Token]) -> Option<Range<usize>> {
        let named = self.known.iter().filter(|known| known.name == name);
        named.filter_map(|known| known.find(tokens)).min_by_key(|range| range.start)
    }

    /// The first place of each pattern that is found, with its name.
    pub(super) fn all(&self, tokens: &[Token]) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.known.iter().filter_map(|known| Some((known.name.as_str(), known.find(tokens)?)))
    }
}

impl Pattern {
    fn of((name, parts): (&str, &str)) -> Self {
        let denies = parts.split([' ', '|']).any(token::is_negation);
        Self { name: name.to_owned(), parts: parts.split(' ').map(part).collect(), denies }
    }

    fn find(&self, tokens: &[Token]) -> Option<Range<usize>> {
        let said = |at: &usize| {
            let one = &tokens[*at];
            !one.negated && !one.quoted && !one.is_mark()
        };
        let holds = |range: &Range<usize>| {
            self.denies || !tokens[range.clone()].iter().any(Token::is_negation)
        };
        let starts = (0..tokens.len()).filter(said);
        starts.filter_map(|at| Some(at..reach(&self.parts, tokens, at)?)).find(holds)
    }
}

fn part(text: &str) -> Part {
    if text == ".." {
        return Part::Gap;
    }
    let (mut whole, mut starts, mut classes) = (Vec::new(), Vec::new(), 0);
    for choice in text.split('|') {
        if let Some(name) = choice.strip_prefix('@') {
            classes |= Classes::known().named(name);
        } else if let Some(start) = choice.strip_suffix('*') {
            starts.push(start.to_owned());
        } else {
            whole.push(choice.to_owned());
        }
    }
    Part::Word { whole, starts, classes }
}

/// Where the parts end, if they stand from `at` on.
fn reach(parts: &[Part], tokens: &[Token], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    match part {
        Part::Gap => {
            let mut from = at;
            let mut words = 0;
            loop {
                if let Some(end) = reach(rest, tokens, from) {
                    return Some(end);
                }
                let token = tokens.get(from)?;
                words += usize::from(!token.is_mark());
                if words > GAP || (token.is_mark() && token.word != ",") {
                    return None;
                }
                from += 1;
            }
        }
        Part::Word { whole, starts, classes } => {
            let token = tokens.get(at)?;
            if token.word == "," && !whole.iter().any(|word| word == ",") {
                return reach(parts, tokens, at + 1);
            }
            let fits = whole.contains(&token.word)
                || starts.iter().any(|start| token.word.starts_with(start.as_str()))
                || (*classes != 0 && Classes::known().mask(&token.word) & classes != 0);
            if fits { reach(rest, tokens, at + 1) } else { None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::burden::token::tokens;
    use super::*;

    fn check(pattern: &str, text: &str, found: Option<&str>) {
        let tokens = tokens(text);
        let range = Patterns::of(&format!("A: {pattern}")).find("A", &tokens);
        let words = range
            .map(|range| &text[tokens[range.start].bytes.start..tokens[range.end - 1].bytes.end]);
        assert_eq!(words, found, "{pattern}: {text}");
    }

    #[test]
    fn words_choices_starts_and_gaps() {
        check("lose .. place", "You lose your old place.", Some("lose your old place"));
        check("lose .. place", "You lose one two three four five place.", None);
        check("lose|forfeit place", "You forfeit place", Some("forfeit place"));
        check("cancel*", "It was cancelled.", Some("cancelled"));
        check("before we meet", "Done, before, we meet", Some("before, we meet"));
        check("you .. pay", "You come. They pay.", None);
        check("@AUTHORITY", "The judge knows.", Some("judge"));
    }

    #[test]
    fn what_is_denied_or_quoted_is_not_there() {
        check("lose .. place", "You will not lose your place.", None);
        check("you .. lose .. place", "You will not lose your place.", None);
        check("lose .. place", "I said 'lose your place' and was wrong.", None);
        check("i will not", "I will not go.", Some("I will not"));
    }
}
