//! Labelled sentences: what the check is trained on, and what it is judged by.

use std::path::Path;

use attune_core::followup::burden::Rule;
use attune_core::followup::burden::features::{Feature, features};
use attune_core::followup::burden::token::tokens;

/// What a sentence is labelled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// It breaks this rule.
    Burden(Rule),
    /// It is harmless.
    Harmless,
}

/// One row of a list.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// What it is.
    pub(crate) label: Label,
    /// The rule broken, the rule that it looks like breaking, or the wanted move.
    pub(crate) rule: String,
    /// The manner it is written in; `none` where the list does not say.
    pub(crate) voice: String,
    /// What it is about; `none` where it is about nothing or the list does not say.
    pub(crate) topic: String,
    /// The sentence.
    pub(crate) text: String,
}

impl Sentence {
    /// The rule that it breaks or looks like breaking; `None` for a wanted move.
    #[must_use]
    pub(crate) fn rule(&self) -> Option<Rule> {
        Rule::from_name(&self.rule)
    }

    /// What the model sees of it, read whole.
    #[must_use]
    pub(crate) fn features(&self) -> Vec<Feature> {
        features(&tokens(&self.text))
    }
}

/// Reads a list: `label rule sentence` or `label rule voice topic sentence`, with tabs between. A
/// first line of column names is passed over.
///
/// # Errors
/// Which line is not like that, or what the system said.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut sentences = Vec::new();
    for (line, at) in text.lines().zip(1..) {
        if line.trim().is_empty() || (at == 1 && line.starts_with("label\t")) {
            continue;
        }
        let sentence = parse(line).ok_or_else(|| format!("{}:{at}: not a row", path.display()))?;
        sentences.push(sentence);
    }
    Ok(sentences)
}

fn parse(line: &str) -> Option<Sentence> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (label, rule, voice, topic, text) = match columns.as_slice() {
        [label, rule, text] => (*label, *rule, "none", "none", *text),
        [label, rule, voice, topic, text] => (*label, *rule, *voice, *topic, *text),
        _ => return None,
    };
    let known = Rule::from_name(rule);
    let label = match label {
        "burden" => Label::Burden(known?),
        "ok" if known.is_some() || rule.starts_with("P-") => Label::Harmless,
        _ => return None,
    };
    let own = str::to_owned;
    Some(Sentence { label, rule: own(rule), voice: own(voice), topic: own(topic), text: own(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_three_columns_or_five() {
        let short = parse("burden\tTEACH\tExplain it.").unwrap();
        assert_eq!((short.label, short.voice.as_str()), (Label::Burden(Rule::Teach), "none"));
        let long = parse("ok\tP-IMPACT\twarm\tfood\tI did it.").unwrap();
        assert_eq!((long.label, long.topic.as_str()), (Label::Harmless, "food"));
        for line in ["", "ok\tTEACH", "burden\tP-IMPACT\tx", "ok\tELSE\tx", "bad\tTEACH\tx"] {
            assert!(parse(line).is_none(), "{line}");
        }
    }
}
