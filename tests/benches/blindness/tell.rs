//! Attempts to tell three kinds apart by numbers, and how likely chance does as well: each figure is
//! held against the same figure over shuffled labels.

use attune_tests::dice::Dice;

use crate::trial::{Kind, Trial};

/// Shufflings for a p-value: the least is 0.001.
const SHUFFLES: u32 = 999;
const FOLDS: usize = 10;

/// One row a trial, one column a time; the columns hold ranks, so that one slow moment of the machine
/// counts as one.
pub(crate) struct Samples {
    names: Vec<String>,
    times: Vec<Vec<f64>>,
    ranks: Vec<Vec<f64>>,
    kinds: Vec<usize>,
}

/// What one classifier came to.
pub(crate) struct Verdict {
    pub(crate) classifier: String,
    pub(crate) right: String,
    pub(crate) chance: String,
    pub(crate) p: f64,
}

/// Any order is as likely as another (Fisher and Yates).
pub(crate) fn shuffle<T>(all: &mut [T], dice: &mut Dice) {
    for at in (1..all.len()).rev() {
        let other = usize::try_from(dice.below(at as u64 + 1)).unwrap_or(0);
        all.swap(at, other);
    }
}

impl Samples {
    pub(crate) fn of(trials: &[Trial], at: usize) -> Self {
        let rows: Vec<_> = trials.iter().map(|trial| trial.times(at)).collect();
        let names = rows.first().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        let times = rows.iter().map(|row| row.iter().map(|(_, time)| *time).collect()).collect();
        let place = |kind| Kind::ALL.iter().position(|known| *known == kind).unwrap_or(0);
        let kinds = trials.iter().map(|trial| place(trial.kind)).collect();
        Self::new(names, times, kinds)
    }

    fn new(names: Vec<String>, times: Vec<Vec<f64>>, kinds: Vec<usize>) -> Self {
        let mut ranks = vec![vec![0.0; names.len()]; times.len()];
        for column in 0..names.len() {
            let mut order: Vec<usize> = (0..times.len()).collect();
            order.sort_by(|a, b| times[*a][column].total_cmp(&times[*b][column]));
            for (rank, row) in order.into_iter().enumerate() {
                ranks[row][column] = rank as f64 / times.len() as f64;
            }
        }
        Self { names, times, ranks, kinds }
    }

    /// The same, but with a difference that a classifier has to find: does it see anything at all?
    pub(crate) fn with_a_hint(&self) -> Self {
        let mut times = self.times.clone();
        let pause = self.names.iter().position(|name| name.contains("party's")).unwrap_or(0);
        for (row, kind) in times.iter_mut().zip(&self.kinds) {
            if Kind::ALL[*kind] == Kind::Choice {
                row[pause] *= 1.2;
            }
        }
        Self::new(self.names.clone(), times, self.kinds.clone())
    }

    /// The nearest of three centroids, the best threshold between each two, and the column in which
    /// the three differ most; the first two on trials that they were not made from.
    pub(crate) fn verdicts(&self, dice: &mut Dice) -> Vec<Verdict> {
        let mut all = vec![self.verdict("nearest centroid of all times", "33 %", dice, |kinds| {
            self.by_centroid(kinds)
        })];
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            let name = format!("best threshold, {:?} or {:?}", Kind::ALL[one], Kind::ALL[other]);
            all.push(
                self.verdict(&name, "50 %", dice, |kinds| self.by_threshold(kinds, one, other)),
            );
        }
        let (_, p) = self.against_chance(dice, |kinds| self.most(kinds).1);
        let classifier = "largest Kruskal-Wallis H of any time".to_owned();
        let right = format!("H = {:.1}", self.most(&self.kinds).1);
        all.push(Verdict { classifier, right, chance: String::new(), p });
        all
    }

    fn verdict(
        &self,
        name: &str,
        chance: &str,
        dice: &mut Dice,
        figure: impl Fn(&[usize]) -> f64,
    ) -> Verdict {
        let (found, p) = self.against_chance(dice, figure);
        let right = format!("{:.0} %", found * 100.0);
        Verdict { classifier: name.to_owned(), right, chance: chance.to_owned(), p }
    }

    /// A figure, and the share of shufflings in which it is as high.
    fn against_chance(&self, dice: &mut Dice, figure: impl Fn(&[usize]) -> f64) -> (f64, f64) {
        let found = figure(&self.kinds);
        let mut shuffled = self.kinds.clone();
        let as_high = (0..SHUFFLES)
            .filter(|_| {
                shuffle(&mut shuffled, dice);
                figure(&shuffled) >= found
            })
            .count();
        (found, (as_high as f64 + 1.0) / f64::from(SHUFFLES + 1))
    }

    /// The share of trials whose nearest centroid of the other folds is that of their kind.
    fn by_centroid(&self, kinds: &[usize]) -> f64 {
        let columns = self.names.len();
        let mut right = 0;
        for fold in 0..FOLDS {
            let mut centroids =
                [const { Vec::new() }; 3].map(|_: Vec<f64>| (vec![0.0; columns], 0.0));
            for (row, kind) in self.outside(fold) {
                let (sum, count) = &mut centroids[kinds[kind]];
                sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
                *count += 1.0;
            }
            for (row, at) in self.inside(fold) {
                let distance = |(sum, count): &(Vec<f64>, f64)| -> f64 {
                    sum.iter().zip(row).map(|(sum, value)| (sum / count - value).powi(2)).sum()
                };
                let nearest = (0..3).min_by(|one, other| {
                    distance(&centroids[*one]).total_cmp(&distance(&centroids[*other]))
                });
                right += usize::from(nearest == Some(kinds[at]));
            }
        }
        right as f64 / self.ranks.len() as f64
    }

    /// The share of trials of two kinds that the best column and cut of the other folds tells right.
    fn by_threshold(&self, kinds: &[usize], one: usize, other: usize) -> f64 {
        let (mut right, mut all) = (0, 0);
        for fold in 0..FOLDS {
            let train: Vec<(&Vec<f64>, bool)> = self
                .outside(fold)
                .filter(|(_, at)| kinds[*at] == one || kinds[*at] == other)
                .map(|(row, at)| (row, kinds[at] == other))
                .collect();
            let (column, cut, above) = best_cut(&train, self.names.len());
            for (row, at) in self.inside(fold) {
                if kinds[at] == one || kinds[at] == other {
                    all += 1;
                    right += usize::from(((row[column] >= cut) == above) == (kinds[at] == other));
                }
            }
        }
        f64::from(u32::try_from(right).unwrap_or(0)) / f64::from(all.max(1))
    }

    fn outside(&self, fold: usize) -> impl Iterator<Item = (&Vec<f64>, usize)> {
        self.ranks.iter().zip(0..).filter(move |(_, at)| at % FOLDS != fold)
    }

    fn inside(&self, fold: usize) -> impl Iterator<Item = (&Vec<f64>, usize)> {
        self.ranks.iter().zip(0..).filter(move |(_, at)| at % FOLDS == fold)
    }

    /// The column in which the kinds differ most, by Kruskal and Wallis' H.
    fn most(&self, kinds: &[usize]) -> (usize, f64) {
        let total = self.ranks.len() as f64;
        let h = |column: usize| {
            let mut sums = [(0.0, 0.0); 3];
            for (row, kind) in self.ranks.iter().zip(kinds) {
                sums[*kind].0 += row[column].mul_add(total, 1.0);
                sums[*kind].1 += 1.0;
            }
            let spread: f64 = sums.iter().map(|(sum, count)| sum * sum / count).sum();
            12.0 / (total * (total + 1.0)) * spread - 3.0 * (total + 1.0)
        };
        let all = (0..self.names.len()).map(|column| (column, h(column)));
        all.max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or((0, 0.0))
    }

    /// The medians of the column in which the kinds differ most.
    pub(crate) fn most_telling(&self) -> String {
        let (column, _) = self.most(&self.kinds);
        let medians: Vec<String> = (0..3)
            .map(|kind| {
                let rows = self.times.iter().zip(&self.kinds).filter(|(_, known)| **known == kind);
                let mut times: Vec<f64> = rows.map(|(row, _)| row[column]).collect();
                times.sort_by(f64::total_cmp);
                format!("{:?} {:.0} us", Kind::ALL[kind], times[times.len() / 2])
            })
            .collect();
        format!("| | most telling: {}; medians {} | | | |", self.names[column], medians.join(", "))
    }
}

/// Column, cut, and whether the second kind lies above it. Cuts at each twentieth are enough.
fn best_cut(train: &[(&Vec<f64>, bool)], columns: usize) -> (usize, f64, bool) {
    let mut best = (0, 0.0, true, 0);
    for column in 0..columns {
        for step in 1..20 {
            let cut = f64::from(step) / 20.0;
            let above = train.iter().filter(|(row, other)| (row[column] >= cut) == *other).count();
            for (right, above) in [(above, true), (train.len() - above, false)] {
                if right > best.3 {
                    best = (column, cut, above, right);
                }
            }
        }
    }
    (best.0, best.1, best.2)
}
