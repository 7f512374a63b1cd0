//! The encoder: BERT's layers, the mean of what they give, and one row of weights for each class.

use attune_core::followup::burden::model::{PerRule, RULES};
use ndarray::{Array1, Array2, Axis, Slice};

use super::pieces::LONGEST;
use super::weights::{File, Small};

const WIDTH: usize = 384;
const INNER: usize = 1_536;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
/// What keeps a division by a deviation from being one by zero.
const LEAST: f32 = 1e-12;

/// The trained weights.
#[derive(Debug)]
pub(crate) struct Encoder {
    pieces: Small,
    places: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    classes: Linear,
}

#[derive(Debug)]
struct Layer {
    look: Linear,
    seen: Linear,
    seen_norm: Norm,
    up: Linear,
    down: Linear,
    down_norm: Norm,
}

#[derive(Debug)]
struct Linear {
    weights: Array2<f32>,
    more: Array1<f32>,
}

#[derive(Debug)]
struct Norm {
    weights: Array1<f32>,
    more: Array1<f32>,
}

impl Encoder {
    /// Reads what follows in a file; `None` if it is for another number of pieces, or cut short.
    pub(crate) fn read(file: &mut File, pieces: usize) -> Option<Self> {
        let (own, places, layers) = (file.count()?, file.count()?, file.count()?);
        if own != pieces || places != LONGEST {
            return None;
        }
        Some(Self {
            pieces: file.small(pieces, WIDTH)?,
            places: file.matrix(places, WIDTH)?,
            norm: Norm::read(file)?,
            layers: (0..layers).map(|_| Layer::read(file)).collect::<Option<_>>()?,
            classes: Linear::read(file, RULES + 1, WIDTH)?,
        })
    }

    /// How far a sentence of these pieces leans to each rule: its class, less that of a harmless one.
    pub(crate) fn leans(&self, numbers: &[usize]) -> PerRule {
        let mut x = Array2::zeros((numbers.len(), WIDTH));
        for ((mut row, number), place) in
            x.rows_mut().into_iter().zip(numbers).zip(self.places.rows())
        {
            row.assign(&place);
            row.iter_mut().zip(self.pieces.row(*number)).for_each(|(sum, own)| *sum += own);
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            x = layer.apply(x);
        }
        let mean = x.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(WIDTH));
        let classes = self.classes.apply(&mean.insert_axis(Axis(0)));
        std::array::from_fn(|rule| classes[[0, rule]] - classes[[0, RULES]])
    }
}

impl Layer {
    fn read(file: &mut File) -> Option<Self> {
        Some(Self {
            look: Linear::read(file, 3 * WIDTH, WIDTH)?,
            seen: Linear::read(file, WIDTH, WIDTH)?,
            seen_norm: Norm::read(file)?,
            up: Linear::read(file, INNER, WIDTH)?,
            down: Linear::read(file, WIDTH, INNER)?,
            down_norm: Norm::read(file)?,
        })
    }

    /// Each piece looks at the others, then thinks for itself.
    fn apply(&self, x: Array2<f32>) -> Array2<f32> {
        let seen = self.seen.apply(&self.looked(&x));
        let mut x = x + seen;
        self.seen_norm.apply(&mut x);
        let mut inner = self.up.apply(&x);
        inner.mapv_inplace(gelu);
        let mut x = x + self.down.apply(&inner);
        self.down_norm.apply(&mut x);
        x
    }

    /// What each piece sees of the others, by twelve pairs of eyes.
    fn looked(&self, x: &Array2<f32>) -> Array2<f32> {
        let look = self.look.apply(x);
        let mut seen = Array2::zeros((x.nrows(), WIDTH));
        for head in 0..HEADS {
            let part = |of: usize| {
                let first = of * WIDTH + head * HEAD;
                look.slice_axis(Axis(1), Slice::from(first..first + HEAD))
            };
            let mut near = part(0).dot(&part(1).t());
            for mut row in near.rows_mut() {
                let scale = (HEAD as f32).sqrt();
                let most = row.iter().copied().fold(f32::MIN, f32::max);
                row.mapv_inplace(|one| ((one - most) / scale).exp());
                let whole = row.sum();
                row.mapv_inplace(|one| one / whole);
            }
            let own = Slice::from(head * HEAD..(head + 1) * HEAD);
            seen.slice_axis_mut(Axis(1), own).assign(&near.dot(&part(2)));
        }
        seen
    }
}

impl Linear {
    fn read(file: &mut File, rows: usize, columns: usize) -> Option<Self> {
        Some(Self { weights: file.matrix(rows, columns)?, more: file.vector(rows)? })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        x.dot(&self.weights.t()) + &self.more
    }
}

impl Norm {
    fn read(file: &mut File) -> Option<Self> {
        Some(Self { weights: file.vector(WIDTH)?, more: file.vector(WIDTH)? })
    }

    /// Each row about its mean, in units of its deviation.
    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let mean = row.mean().unwrap_or_default();
            row -= mean;
            let spread = row.mapv(|one| one * one).mean().unwrap_or_default();
            row /= (spread + LEAST).sqrt();
            row *= &self.weights;
            row += &self.more;
        }
    }
}

/// x times the share of a normal distribution below it.
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// Abramowitz and Stegun 7.1.26, wrong by 2e-7 at most.
fn erf(x: f32) -> f32 {
    const FACTORS: [f32; 5] = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = FACTORS.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_is_that_of_the_tables() {
        for (x, wanted) in [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (3.0, 0.999_977_9)]
        {
            assert!((erf(x) - wanted).abs() < 1e-6, "{x}: {}", erf(x));
            assert!((erf(-x) + wanted).abs() < 1e-6, "{x}");
        }
        assert!((gelu(1.0) - 0.841_344_7).abs() < 1e-6);
    }

    #[test]
    fn a_row_is_laid_about_its_mean() {
        let norm =
            Norm { weights: Array1::from_elem(WIDTH, 2.0), more: Array1::from_elem(WIDTH, 1.0) };
        let mut x =
            Array2::from_shape_fn((1, WIDTH), |(_, at)| if at % 2 == 0 { 3.0 } else { 7.0 });
        norm.apply(&mut x);
        assert!((x[[0, 0]] + 1.0).abs() < 1e-5 && (x[[0, 1]] - 3.0).abs() < 1e-5, "{x}");
    }
}
