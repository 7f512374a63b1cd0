//! Cross-validation that leaves out what belongs together: a whole topic, a whole voice.
//!
//! A sentence is best judged by a model that never met its like. Rows that were left out one by one
//! would find their neighbours in training, and the figures would flatter.

use std::collections::BTreeSet;

use attune_core::followup::burden::features::{Feature, features};
use attune_core::followup::burden::model::{Model, PerRule, RULES};
use attune_core::followup::burden::passages;
use attune_core::followup::burden::token::tokens;

use crate::fit::{Example, fit};
use crate::limits::Judged;
use crate::sentences::Sentence;

/// What is left out together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// All sentences on some topics.
    Topic,
    /// All sentences in some voices.
    Voice,
    /// A quarter of the rows that name no voice: another hand wrote them, row by row.
    Row,
}

impl By {
    /// Every way.
    pub(crate) const ALL: [Self; 3] = [Self::Topic, Self::Voice, Self::Row];

    /// Its name in the table.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Topic => "topics left out",
            Self::Voice => "voices left out",
            Self::Row => "rows left out, of the given list",
        }
    }

    const fn folds(self) -> usize {
        match self {
            Self::Topic => 8,
            Self::Voice => 6,
            Self::Row => 4,
        }
    }

    /// The fold of each sentence; `None` for one that is always trained on.
    fn of(self, sentences: &[Sentence]) -> Vec<Option<usize>> {
        let key = |sentence: &Sentence| match self {
            Self::Topic => sentence.topic.clone(),
            _ => sentence.voice.clone(),
        };
        let keys: BTreeSet<String> =
            sentences.iter().filter(|one| one.voice != "none").map(key).collect();
        let fold = |(at, sentence): (usize, &Sentence)| match (self, sentence.voice.as_str()) {
            (Self::Row, "none") => Some(at % self.folds()),
            (Self::Row, _) | (_, "none") => None,
            _ => keys.iter().position(|known| *known == key(sentence)).map(|at| at % self.folds()),
        };
        sentences.iter().enumerate().map(fold).collect()
    }
}

/// All sentences that are in a fold, each judged by a model that was trained without its fold.
#[must_use]
pub(crate) fn judge(sentences: &[Sentence], examples: &[Example], by: By) -> Vec<Judged> {
    let folds = by.of(sentences);
    let judge_fold = |fold: usize| -> Vec<Judged> {
        let rows = examples.iter().zip(&folds);
        let kept: Vec<&Example> =
            rows.filter(|(_, own)| **own != Some(fold)).map(|(one, _)| one).collect();
        let model = Model::new(&fit(&kept), [0.0; RULES]);
        let left_out =
            sentences.iter().enumerate().zip(&folds).filter(|(_, own)| **own == Some(fold));
        left_out.map(|((at, one), _)| judged(&model, at, one)).collect()
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<Vec<Judged>> = std::thread::scope(|scope| {
        let judge_fold = &judge_fold;
        let all: Vec<_> = (0..workers)
            .map(|first| {
                let own = (first..by.folds()).step_by(workers);
                scope.spawn(move || own.flat_map(judge_fold).collect::<Vec<_>>())
            })
            .collect();
        all.into_iter().map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut all = parts.concat();
    all.sort_by_key(|one| one.at);
    all
}

fn judged(model: &Model<'_>, at: usize, sentence: &Sentence) -> Judged {
    let leans = leans(model, &sentence.text);
    Judged { at, leans, label: sentence.label, rule: sentence.rule(), counts: 1.0 }
}

/// As the check itself reads a text: each passage alone, and of each rule the most.
fn leans(model: &Model<'_>, text: &str) -> PerRule {
    let mut most = [f32::MIN; RULES];
    for passage in passages(text) {
        let seen: Vec<Feature> = features(&tokens(&text[passage]));
        for (most, lean) in most.iter_mut().zip(model.leans(&seen)) {
            *most = most.max(lean);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::Label;

    fn sentence(voice: &str, topic: &str) -> Sentence {
        Sentence {
            label: Label::Harmless,
            rule: "TASK".into(),
            voice: voice.into(),
            topic: topic.into(),
            text: "I did it.".into(),
        }
    }

    #[test]
    fn what_belongs_together_is_left_out_together() {
        let sentences = [
            sentence("warm", "food"),
            sentence("brisk", "food"),
            sentence("warm", "none"),
            sentence("none", "none"),
            sentence("none", "none"),
        ];
        let some = Some;
        assert_eq!(By::Topic.of(&sentences), [some(0), some(0), some(1), None, None]);
        assert_eq!(By::Voice.of(&sentences), [some(1), some(0), some(1), None, None]);
        assert_eq!(By::Row.of(&sentences), [None, None, None, some(3), some(0)]);
    }

    #[test]
    fn every_sentence_of_a_fold_is_judged_once() {
        let sentences: Vec<_> =
            ["a", "b", "c"].into_iter().map(|topic| sentence("warm", topic)).collect();
        let examples: Vec<_> = sentences
            .iter()
            .map(|one| Example { features: one.features(), label: one.label })
            .collect();
        assert_eq!(judge(&sentences, &examples, By::Topic).len(), 3);
        assert_eq!(judge(&sentences, &examples, By::Row).len(), 0);
    }
}
