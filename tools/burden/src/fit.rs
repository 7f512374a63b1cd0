//! Fits the softmax: stochastic descent with a step of its own for each weight (`AdaGrad`), and weights
//! drawn to zero, those of rare features more.
//!
//! The same sentences in the same order give the same bits on every machine: the shuffle is our own,
//! and there is nothing in it but additions, multiplications, divisions and roots, which IEEE 754
//! fixes. `f32::exp` is not fixed, so [`exp`] is ours too.

use attune_core::followup::burden::Rule;
use attune_core::followup::burden::features::{Feature, ROWS};
use attune_core::followup::burden::model::{PerRule, RULES};

use crate::sentences::Label;

/// The rules, and at last "nothing is broken".
const CLASSES: usize = RULES + 1;

// Chosen by cross-validation: about half and double of each differ by a point of recall at most.
const ROUNDS: u16 = 10;
const STEP: f32 = 0.12;
const DRAWN: f32 = 0.5;

/// One sentence to learn from.
pub(crate) struct Example {
    /// What the model sees of it.
    pub(crate) features: Vec<Feature>,
    /// What it is.
    pub(crate) label: Label,
}

/// The weights of each feature: a rule's less that of "nothing is broken".
#[must_use]
pub(crate) fn fit(examples: &[&Example]) -> Vec<PerRule> {
    let mut met = vec![0.0_f32; ROWS];
    for feature in examples.iter().flat_map(|example| &example.features) {
        met[feature.row] += 1.0;
    }
    let mut weights = vec![[0.0_f32; CLASSES]; ROWS];
    let mut squares = vec![[1e-4_f32; CLASSES]; ROWS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut shuffle = Shuffle(7);
    for round in 0..ROUNDS {
        shuffle.shuffle(&mut order);
        let step = STEP * (1.0 - 0.9 * f32::from(round) / f32::from(ROUNDS));
        for example in order.iter().map(|at| examples[*at]) {
            let wrong = surprise(example, &weights);
            for feature in &example.features {
                let drawn = DRAWN / met[feature.row];
                let row = weights[feature.row].iter_mut().zip(&mut squares[feature.row]);
                for ((weight, square), wrong) in row.zip(wrong) {
                    let slope = wrong * feature.value + drawn * *weight;
                    *square += slope * slope;
                    *weight -= step * slope / square.sqrt();
                }
            }
        }
    }
    weights.iter().map(|row| std::array::from_fn(|rule| row[rule] - row[RULES])).collect()
}

/// What the softmax gives each class, less 1 for the right one.
fn surprise(example: &Example, weights: &[[f32; CLASSES]]) -> [f32; CLASSES] {
    let mut sums = [0.0_f32; CLASSES];
    for feature in &example.features {
        for (sum, weight) in sums.iter_mut().zip(weights[feature.row]) {
            *sum += weight * feature.value;
        }
    }
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let mut shares = sums.map(|sum| exp(sum - most));
    let whole: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= whole);
    let right = match example.label {
        Label::Burden(rule) => Rule::ALL.iter().position(|known| *known == rule),
        Label::Harmless => None,
    };
    shares[right.unwrap_or(RULES)] -= 1.0;
    shares
}

/// e to the power of `x`, which is 0 at most: powers of two, and a polynomial for the rest.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = f64::from(x);
    let halvings = (x * std::f64::consts::LOG2_E).round();
    let rest = x - halvings * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=9_u8 {
        term *= rest / f64::from(n);
        sum += term;
    }
    // From -116 to 0: a whole number, and exact.
    for _ in 0..(-halvings) as u32 {
        sum *= 0.5;
    }
    sum as f32
}

/// Steele, Lea and Flood's `SplitMix64`, which is enough to mix rows.
struct Shuffle(u64);

impl Shuffle {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = self.next() % (last as u64 + 1);
            order.swap(last, other as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_exp_is_the_system_s() {
        for x in [0.0_f32, -1e-6, -0.3, -0.5, -1.0, -7.7, -40.0, -79.9] {
            let (ours, theirs) = (exp(x), x.exp());
            assert!((ours - theirs).abs() <= theirs * 1e-6, "{x}: {ours} {theirs}");
        }
        assert_eq!(exp(-1000.0), 0.0);
    }

    #[test]
    fn a_shuffle_keeps_all_and_is_always_the_same() {
        let mix = || {
            let mut order: Vec<usize> = (0..100).collect();
            Shuffle(7).shuffle(&mut order);
            order
        };
        let mut mixed = mix();
        assert_eq!(mixed, mix());
        assert_ne!(mixed[..5], [0, 1, 2, 3, 4]);
        mixed.sort_unstable();
        assert_eq!(mixed, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn what_tells_two_labels_apart_is_learned() {
        let example = |row: usize, label: Label| Example {
            features: vec![Feature { row, value: 4.0, first: 0, last: 0 }],
            label,
        };
        let task = example(1, Label::Burden(Rule::Task));
        let harmless = example(2, Label::Harmless);
        let weights = fit(&[&task, &harmless, &task, &harmless]);
        let place = Rule::Task as usize;
        assert!(weights[1][place] > 0.1 && weights[2][place] < -0.1, "{:?}", &weights[..3]);
        assert_eq!(weights[3], [0.0; RULES]);
    }
}
