//! The file of the transformer, `reader/data/encoder.bin`. All numbers are little-endian, one after the
//! other:
//!
//! | what | form |
//! |---|---|
//! | `ATNREAD1` | 8 bytes |
//! | what the first reader counts, and what this one | 2 x f32 |
//! | for each rule, the limit that both together must go beyond | 12 x f32 |
//! | pieces, places, layers | 3 x u32 |
//! | the encoder's matrices and vectors, in the order of [`super::encoder::Encoder::read`] | as below |
//!
//! A vector is its numbers, f32. A matrix is, for each row, what one step is worth, f32; and then, row by
//! row, its numbers in steps, i8.

use attune_core::followup::burden::model::{PerRule, RULES};
use ndarray::{Array1, Array2};

const MAGIC: &[u8; 8] = b"ATNREAD1";

/// How both readers count together.
#[derive(Debug)]
pub(crate) struct Mix {
    /// What the first reader's leans are multiplied with.
    pub(crate) first: f32,
    /// What the transformer's are.
    pub(crate) own: f32,
    /// Where each rule begins.
    pub(crate) limits: PerRule,
}

/// What is left of a file to read.
pub(crate) struct File(&'static [u8]);

impl File {
    /// `None` if it does not begin as such a file does.
    pub(crate) fn open(bytes: &'static [u8]) -> Option<Self> {
        bytes.strip_prefix(MAGIC).map(File)
    }

    /// How both readers count together.
    pub(crate) fn mix(&mut self) -> Option<Mix> {
        let numbers = self.numbers(2 + RULES)?;
        let limits = std::array::from_fn(|rule| numbers[2 + rule]);
        Some(Mix { first: numbers[0], own: numbers[1], limits })
    }

    /// One number that counts something.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    /// A vector.
    pub(crate) fn vector(&mut self, length: usize) -> Option<Array1<f32>> {
        self.numbers(length).map(Array1::from_vec)
    }

    /// A matrix whose rows stay small until they are asked for.
    pub(crate) fn small(&mut self, rows: usize, columns: usize) -> Option<Small> {
        let steps = self.numbers(rows)?;
        let numbers = self.take(rows.checked_mul(columns)?)?;
        Some(Small { steps, numbers, columns })
    }

    /// A matrix in full.
    pub(crate) fn matrix(&mut self, rows: usize, columns: usize) -> Option<Array2<f32>> {
        let small = self.small(rows, columns)?;
        let numbers: Vec<f32> = (0..rows).flat_map(|at| small.row(at)).collect();
        Array2::from_shape_vec((rows, columns), numbers).ok()
    }

    /// Whether all of it was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn numbers(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.take(count.checked_mul(4)?)?;
        let number = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Some(bytes.chunks_exact(4).map(number).collect())
    }

    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

/// A matrix in steps.
#[derive(Debug)]
pub(crate) struct Small {
    steps: Vec<f32>,
    numbers: &'static [u8],
    columns: usize,
}

impl Small {
    /// One row in full; nothing, if there is none.
    pub(crate) fn row(&self, at: usize) -> impl Iterator<Item = f32> {
        let step = self.steps.get(at).copied().unwrap_or_default();
        let row = self.numbers.chunks_exact(self.columns).nth(at).unwrap_or_default();
        row.iter().map(move |small| step * f32::from(small.cast_signed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_its_steps() {
        let mut file = File(b"\x00\x00\x80\x3f\x00\x00\x00\x3f\x01\xff\x02\x7f");
        let matrix = file.matrix(2, 2).unwrap();
        assert_eq!(matrix.into_raw_vec_and_offset().0, [1.0, -1.0, 1.0, 63.5]);
        assert!(file.is_empty());
    }

    #[test]
    fn a_file_that_is_cut_short_is_none() {
        assert!(File::open(b"ATNREAD0").is_none());
        assert!(File::open(b"ATNREAD1\0\0\0").unwrap().mix().is_none());
        assert!(File(b"\0\0\0").count().is_none());
        assert!(File(b"\0\0\x80\x3f\x01").matrix(1, 2).is_none());
        assert!(File(b"").small(usize::MAX, 2).is_none());
    }
}
