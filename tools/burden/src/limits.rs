//! Where each rule begins: as low as a budget of false alarms lets all of them together.

use attune_core::followup::burden::model::{PerRule, RULES};
use attune_core::followup::burden::{Effect, Rule};

use crate::sentences::Label;

/// What a sentence leans to, judged by a model that never saw it, and what it is.
#[derive(Clone, Copy)]
pub(crate) struct Judged {
    /// Its place among all sentences.
    pub(crate) at: usize,
    /// How far it leans to each rule.
    pub(crate) leans: PerRule,
    /// What it is.
    pub(crate) label: Label,
    /// The rule that it breaks or looks like breaking.
    pub(crate) rule: Option<Rule>,
    /// How much it counts.
    pub(crate) counts: f32,
}

/// A sentence that blocks counts for more than one that warns: it must be found.
const BLOCKING: f32 = 2.2;

/// The limits that find the most, with false alarms on at most `budget` of the harmless sentences.
///
/// A false alarm has a price, the same for all rules; at that price each rule has its own best limit.
/// The price is the lowest that keeps the budget.
#[must_use]
pub(crate) fn limits(judged: &[Judged], budget: f32) -> PerRule {
    let harmless: f32 = counted(judged, |label| label == Label::Harmless);
    let at_price = |price: f32| -> PerRule {
        std::array::from_fn(|place| limit(judged, Rule::ALL[place], price / harmless.max(1.0)))
    };
    let (mut low, mut high) = (0.01_f32, 100.0_f32);
    for _ in 0..30 {
        let middle = (low * high).sqrt();
        if alarms(judged, &at_price(middle)) > budget * harmless {
            low = middle;
        } else {
            high = middle;
        }
    }
    at_price(high)
}

/// The limit of one rule that gains the most, at this price of a harmless sentence.
fn limit(judged: &[Judged], rule: Rule, price: f32) -> f32 {
    let place = rule as usize;
    let broken = counted(judged, |label| label == Label::Burden(rule)).max(1.0);
    let worth = if rule.effect() == Effect::Block { BLOCKING } else { 1.0 };
    let worth = worth / broken / RULES as f32;
    let mut steps: Vec<(f32, f32)> = judged
        .iter()
        .filter_map(|one| match one.label {
            Label::Harmless => Some((one.leans[place], -price * one.counts)),
            Label::Burden(own) if own == rule => Some((one.leans[place], worth * one.counts)),
            Label::Burden(_) => None,
        })
        .collect();
    steps.sort_by(|left, right| right.0.total_cmp(&left.0));
    let mut best = (0.0, steps.first().map_or(0.0, |(lean, _)| lean + 1.0));
    let mut gained = 0.0;
    for pair in steps.windows(2) {
        gained += pair[0].1;
        if gained > best.0 {
            best = (gained, f32::midpoint(pair[0].0, pair[1].0));
        }
    }
    best.1
}

fn alarms(judged: &[Judged], limits: &PerRule) -> f32 {
    let raised = |one: &&Judged| one.leans.iter().zip(limits).any(|(lean, limit)| lean > limit);
    let harmless = judged.iter().filter(|one| one.label == Label::Harmless);
    harmless.filter(raised).map(|one| one.counts).sum()
}

fn counted(judged: &[Judged], wanted: impl Fn(Label) -> bool) -> f32 {
    judged.iter().filter(|one| wanted(one.label)).map(|one| one.counts).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(rule: Option<Rule>, lean: f32) -> Judged {
        let mut leans = [-9.0; RULES];
        leans[rule.unwrap_or(Rule::Teach) as usize] = lean;
        let label = rule.map_or(Label::Harmless, Label::Burden);
        Judged { at: 0, leans, label, rule, counts: 1.0 }
    }

    #[test]
    fn the_budget_is_kept_and_used() {
        let mut all: Vec<Judged> = (0..100_u8).map(|at| judged(None, f32::from(at))).collect();
        // Fewer and fewer, the lower they lean: each lower limit gains less than the one before.
        let lower = |at: u8| 119.5 - f32::from(at) * f32::from(at) / 100.0;
        all.extend((0..100_u8).map(|at| judged(Some(Rule::Teach), lower(at))));
        let found = limits(&all, 0.05);
        let alarms = alarms(&all, &found);
        assert!(limits(&all, 0.0)[Rule::Teach as usize] > found[Rule::Teach as usize]);
        assert!((1.0..=5.0).contains(&alarms), "{alarms}");
    }

    #[test]
    fn a_rule_that_is_never_broken_is_never_found() {
        let found = limits(&[judged(None, 1.0), judged(Some(Rule::Teach), 3.0)], 0.0);
        assert!((1.0..3.0).contains(&found[Rule::Teach as usize]), "{found:?}");
        assert!(found[Rule::Task as usize] > -9.0);
    }
}
