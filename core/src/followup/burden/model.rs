//! The trained part: a weight for each feature and rule, and where a rule begins.
//!
//! `core/data/burden/weights.bin`, all numbers little-endian, one after the other:
//!
//! | what | form |
//! |---|---|
//! | `ATNBURD1` | 8 bytes |
//! | for each rule, the limit that a sentence must lean beyond | 12 x f32 |
//! | for each rule, what one step of a small weight is worth | 12 x f32 |
//! | for each question, and at last for every sentence, the rules' weights | (36 + 1) x 12 x f32 |
//! | for each bucket of n-grams, the rules' small weights, in steps | 65,536 x 12 x i8 |
//!
//! A weight is the rule's less that of "nothing is broken", out of one softmax over both; a rule's
//! place is that in [`Rule::ALL`]. `cargo run --release -p attune-burden -- train` writes the file.

use std::borrow::Cow;
use std::ops::Range;

use super::features::{BUCKETS, Feature, ROWS};
use super::rule::Rule;
use super::token::Token;

/// How many rules there are.
pub const RULES: usize = Rule::ALL.len();

const MAGIC: &[u8; 8] = b"ATNBURD1";
/// Rows with weights in full.
const PLAIN: usize = ROWS - BUCKETS;
const NUMBERS: usize = RULES * (2 + PLAIN);
const HEAD: usize = MAGIC.len() + 4 * NUMBERS;
/// Bytes of the file.
pub const LEN: usize = HEAD + BUCKETS * RULES;

/// The weights of the tree. A file of another length does not compile.
static SHIPPED: &[u8; LEN] = include_bytes!("../../../data/burden/weights.bin");

/// One number for each rule.
pub type PerRule = [f32; RULES];

/// The most words that are shown for a finding.
const SHOWN: usize = 6;

/// The rules that are beyond their limits, at most `most`, the clearest first.
#[must_use]
pub fn clearest(beyond: &PerRule, most: usize) -> Vec<Rule> {
    let mut broken: Vec<(f32, Rule)> =
        beyond.iter().copied().zip(Rule::ALL).filter(|(beyond, _)| *beyond > 0.0).collect();
    broken.sort_by(|left, right| right.0.total_cmp(&left.0));
    broken.truncate(most);
    broken.into_iter().map(|(_, rule)| rule).collect()
}

/// Weights and limits.
pub struct Model<'a> {
    limits: PerRule,
    steps: PerRule,
    plain: Vec<PerRule>,
    small: Cow<'a, [u8]>,
}

impl Model<'static> {
    /// Those of the tree.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(SHIPPED)
    }

    /// Weights in full, a row for each feature, in steps as the file holds them; and its limits.
    ///
    /// `weights` has [`ROWS`] rows; what is missing weighs nothing.
    #[must_use]
    pub fn new(weights: &[PerRule], limits: PerRule) -> Self {
        let (grams, plain) = weights.split_at(BUCKETS.min(weights.len()));
        let steps: PerRule = std::array::from_fn(|rule| {
            let most = grams.iter().map(|row| row[rule].abs()).fold(0.0, f32::max);
            if most > 0.0 { most / 127.0 } else { 1.0 }
        });
        let mut small = Vec::with_capacity(BUCKETS * RULES);
        for row in grams {
            small.extend(row.iter().zip(steps).map(|(weight, step)| small_step(weight / step)));
        }
        small.resize(BUCKETS * RULES, 0);
        let mut plain = plain.to_vec();
        plain.resize(PLAIN, [0.0; RULES]);
        Self { limits, steps, plain, small: Cow::Owned(small) }
    }
}

/// The nearest step, as the byte of an `i8`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a weight divided by its column's step is within an i8, and `as` saturates"
)]
fn small_step(steps: f32) -> u8 {
    (steps.round() as i8).cast_unsigned()
}

impl<'a> Model<'a> {
    /// Reads a file. Its magic is not looked at: the caller knows what it has.
    #[must_use]
    pub fn read(file: &'a [u8; LEN]) -> Self {
        let (head, small) = file.split_at(HEAD);
        let mut numbers = head[MAGIC.len()..]
            .chunks_exact(4)
            .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let mut row = || -> PerRule { std::array::from_fn(|_| numbers.next().unwrap_or_default()) };
        let (limits, steps) = (row(), row());
        let plain = (0..PLAIN).map(|_| row()).collect();
        Self { limits, steps, plain, small: Cow::Borrowed(small) }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LEN);
        bytes.extend_from_slice(MAGIC);
        for row in [&self.limits, &self.steps].into_iter().chain(&self.plain) {
            bytes.extend(row.iter().flat_map(|number| number.to_le_bytes()));
        }
        bytes.extend_from_slice(&self.small);
        bytes
    }

    /// Other limits on the same weights.
    #[must_use]
    pub fn with_limits(self, limits: PerRule) -> Self {
        Self { limits, ..self }
    }

    /// How far a sentence leans to each rule.
    #[must_use]
    pub fn leans(&self, features: &[Feature]) -> PerRule {
        let mut leans = [0.0; RULES];
        for feature in features {
            let weights = self.weights(feature.row);
            for (lean, weight) in leans.iter_mut().zip(weights) {
                *lean += weight * feature.value;
            }
        }
        leans
    }

    /// The rules that a sentence breaks, at most `most`, the clearest first.
    #[must_use]
    pub fn broken(&self, leans: &PerRule, most: usize) -> Vec<Rule> {
        clearest(&std::array::from_fn(|rule| leans[rule] - self.limits[rule]), most)
    }

    /// The tokens that weighed most for `rule`: the run of at most six words with the greatest sum.
    #[must_use]
    pub fn reason(&self, rule: Rule, features: &[Feature], tokens: &[Token]) -> Range<usize> {
        let place = rule as usize;
        let mut weight = vec![0.0_f32; tokens.len()];
        for feature in features.iter().filter(|feature| feature.row < BUCKETS) {
            let whole = self.weights(feature.row)[place] * feature.value;
            let span = feature.first..=feature.last;
            let share = whole / f32::from(u16::try_from(span.clone().count()).unwrap_or(u16::MAX));
            if let Some(within) = weight.get_mut(span) {
                within.iter_mut().for_each(|weight| *weight += share);
            }
        }
        let mut best = (f32::MIN, 0..tokens.len().min(SHOWN));
        for first in 0..weight.len() {
            let mut sum = 0.0;
            for last in first..weight.len().min(first + SHOWN) {
                sum += weight[last];
                if sum > best.0 && !tokens[first].is_mark() && !tokens[last].is_mark() {
                    best = (sum, first..last + 1);
                }
            }
        }
        best.1
    }

    fn weights(&self, row: usize) -> PerRule {
        if let Some(plain) = row.checked_sub(BUCKETS) {
            return self.plain.get(plain).copied().unwrap_or_default();
        }
        let small = self.small.get(row * RULES..(row + 1) * RULES).unwrap_or_default();
        let mut weights = [0.0; RULES];
        for ((weight, step), small) in weights.iter_mut().zip(self.steps).zip(small) {
            *weight = step * f32::from(small.cast_signed());
        }
        weights
    }
}
