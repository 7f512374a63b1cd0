//! The second reader of the burden check: a small transformer that knows some English.
//!
//! The check in `attune_core` weighs words; this one was first trained on how sentences go on, and then on
//! the check's own sentences, so that it also tells what was said in other words. It stands on a desk
//! alone: it weighs twenty times as much as the rest, and a phone writes no notes.
//!
//! It reads no clock and no file, keeps nothing, and says the same of the same text on one machine. On
//! another kind of processor, the last digits may differ.

mod encoder;
mod pieces;
mod weights;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use attune_core::followup::burden::Reader;
use attune_core::followup::burden::model::PerRule;

use self::encoder::Encoder;
use self::pieces::Pieces;
use self::weights::{File, Mix};

/// Weights, limits and shares: `tools/reader` writes them, [`weights`] says how.
static SHIPPED: &[u8] = include_bytes!("../data/encoder.bin");

/// One piece of a word a line.
static PIECES: &str = include_str!("../data/pieces.txt");

static TRANSFORMER: LazyLock<Option<Transformer>> =
    LazyLock::new(|| Transformer::read(SHIPPED, PIECES));

/// The transformer of the tree, made ready at the first call: about 50 ms and 45 MB.
///
/// # Panics
/// If the tree's own file is not one; a test holds that it is.
#[must_use]
pub fn shipped() -> &'static Transformer {
    TRANSFORMER.as_ref().expect("the file of the tree is whole")
}

/// A small transformer, and how much it counts.
#[derive(Debug)]
pub struct Transformer {
    pieces: Pieces,
    encoder: Encoder,
    mix: Mix,
}

impl Transformer {
    /// `None` if the file is cut short, too long, or for another list of pieces.
    fn read(file: &'static [u8], pieces: &'static str) -> Option<Self> {
        let pieces = Pieces::of(pieces)?;
        let mut file = File::open(file)?;
        let mix = file.mix()?;
        let encoder = Encoder::read(&mut file, pieces.len())?;
        file.is_empty().then_some(Self { pieces, encoder, mix })
    }

    /// How far a sentence leans to each rule, in this reader's eyes alone.
    #[must_use]
    pub fn leans(&self, sentence: &str) -> PerRule {
        self.encoder.leans(&self.pieces.numbers(sentence))
    }
}

impl Reader for Transformer {
    fn beyond(&self, sentence: &str, first: &PerRule) -> PerRule {
        let own = self.leans(sentence);
        std::array::from_fn(|rule| {
            self.mix.first * first[rule] + self.mix.own * own[rule] - self.mix.limits[rule]
        })
    }
}
