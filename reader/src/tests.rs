//! The reader as a whole, held to what the script that trained it says.

use proptest::prelude::*;

use super::*;

/// Sentences, their pieces, and what they lean to; `tools/reader` writes it.
const FROZEN: &str = include_str!("../data/frozen.tsv");

#[test]
fn the_reader_says_what_the_script_said() {
    let reader = shipped();
    let mut seen = 0;
    for line in FROZEN.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, pieces, leans] = columns[..] else { panic!("{line}") };
        let numbers = reader.pieces.numbers(text);
        let own: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        assert_eq!(own.join(" "), pieces, "{text}");
        for (lean, wanted) in reader.leans(text).iter().zip(leans.split(' ')) {
            let wanted: f32 = wanted.parse().unwrap();
            assert!((lean - wanted).abs() < 0.01, "{text}: {lean} {wanted}");
        }
        seen += 1;
    }
    assert!(seen >= 40, "{seen}");
}

#[test]
fn a_file_for_other_pieces_or_of_another_length_is_none() {
    assert!(Transformer::read(SHIPPED, "[UNK]\n[CLS]\n[SEP]").is_none());
    assert!(Transformer::read(&SHIPPED[..SHIPPED.len() - 1], PIECES).is_none());
    assert!(Transformer::read(b"ATNREAD1", PIECES).is_none());
}

#[test]
fn what_is_shipped_is_small_enough() {
    assert!(SHIPPED.len() + PIECES.len() + FROZEN.len() < 20_000_000, "{}", SHIPPED.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_is_read_alike_twice(text in "([a-z']{1,7}|\\PC|[ .,!?\"\u{2019}\n-]){0,120}") {
        let first = shipped().leans(&text);
        prop_assert!(first.iter().all(|lean| lean.is_finite()));
        prop_assert_eq!(first, shipped().leans(&text));
    }
}
