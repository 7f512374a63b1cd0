//! The burden check: does a sentence of the note lay something on the client?
//!
//! It works like a spelling checker, on the therapist's side alone. It is trained on sentences, not
//! certain of any: a clean result does not say that a note is good. It reads no clock and no file,
//! keeps nothing, and says the same of the same text, on every machine.

pub(super) mod classes;
pub mod features;
pub mod model;
mod questions;
pub mod rule;
pub mod token;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

pub use rule::{Effect, Rule};

use self::model::{Model, PerRule, clearest};
use self::token::{Token, tokens};
use super::draft::Draft;
use super::pattern::Patterns;
use super::sentence::sentences;

/// Of one sentence, more findings than this only confuse.
pub const MOST: usize = 2;

/// A sentence of fewer words than this is read together with the one before it.
const FRAGMENT: usize = 4;

static MODEL: LazyLock<Model<'static>> = LazyLock::new(Model::shipped);

/// What must be found whatever the weights say; only rules that block have such patterns.
static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::of(include_str!("../../../data/burden/patterns.txt")));

/// A rule that a sentence breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The bytes of the sentence.
    pub sentence: Range<usize>,
    /// The bytes of the words that weighed most.
    pub words: Range<usize>,
}

/// A second reader of sentences, where there is room for one: heavier, and with a sense for what was
/// said in other words.
pub trait Reader: Send + Sync {
    /// How far a sentence is beyond the limit of each rule, by what this reader and the weights of this
    /// crate say together; `first` is what it leans to by those.
    fn beyond(&self, sentence: &str, first: &PerRule) -> PerRule;
}

/// What the sentences of a note lay on the client, in the order of the text, at most [`MOST`] a
/// sentence.
#[must_use]
pub fn check(note: &Draft<'_>) -> Vec<Finding> {
    check_with(note, None)
}

/// The same, with a second reader. What a pattern finds stays, whatever the reader says.
#[must_use]
pub fn check_with(note: &Draft<'_>, reader: Option<&dyn Reader>) -> Vec<Finding> {
    let passages = passages(note.text);
    passages.into_iter().flat_map(|passage| found(note.text, &passage, reader)).collect()
}

/// The sentences of a text as they are judged: a fragment ("On paper.") and what is only a
/// quotation say nothing alone, and are read with their neighbours.
#[must_use]
pub fn passages(text: &str) -> Vec<Range<usize>> {
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for sentence in sentences(text) {
        let read = tokens(&text[sentence.clone()]);
        let words = read.iter().filter(|token| !token.is_mark()).count();
        let quotation = read.iter().all(|token| token.quoted || token.is_mark());
        let joins = open || words < FRAGMENT;
        match passages.last_mut() {
            Some(last) if joins && !text[last.end..sentence.start].contains('\n') => {
                last.end = sentence.end;
            }
            _ => passages.push(sentence),
        }
        open = quotation || (passages.len() == 1 && words < FRAGMENT);
    }
    passages
}

fn found(text: &str, passage: &Range<usize>, reader: Option<&dyn Reader>) -> Vec<Finding> {
    let sentence = &text[passage.clone()];
    let tokens = tokens(sentence);
    let features = features::features(&tokens);
    let finding = |rule: Rule, tokens: &[Token]| {
        let words = bytes(tokens, passage);
        Finding { rule, sentence: passage.clone(), words }
    };
    let mut findings: Vec<Finding> = certain(&tokens)
        .map(|(rule, range)| finding(rule, tokens.get(range).unwrap_or_default()))
        .collect();
    let leans = MODEL.leans(&features);
    let broken = match reader {
        Some(reader) => clearest(&reader.beyond(sentence, &leans), MOST),
        None => MODEL.broken(&leans, MOST),
    };
    for rule in broken {
        if findings.iter().all(|known| known.rule != rule) && findings.len() < MOST {
            let reason = MODEL.reason(rule, &features, &tokens);
            findings.push(finding(rule, tokens.get(reason).unwrap_or_default()));
        }
    }
    findings
}

/// The rules that a pattern finds broken, whatever the weights say, with the tokens it holds.
pub fn certain(tokens: &[Token]) -> impl Iterator<Item = (Rule, Range<usize>)> {
    let blocking = Rule::ALL.into_iter().filter(|rule| rule.effect() == Effect::Block);
    blocking.filter_map(|rule| Some((rule, PATTERNS.find(rule.name(), tokens)?)))
}

/// The bytes of the text that these tokens of a passage were read from.
pub(super) fn bytes(tokens: &[Token], passage: &Range<usize>) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => {
            passage.start + first.bytes.start..passage.start + last.bytes.end
        }
        _ => passage.clone(),
    }
}
