//! Words that carry bits, to be read aloud or compared: 11 bits a word, out of a list of 2,048.
//!
//! The list and its source are in `data/`. It is sorted, and the first four letters of a word name
//! it, so that somebody who types one may stop there.

/// Words in the list.
const COUNT: usize = 2_048;
/// Bits in a word.
const BITS: usize = 11;
/// Letters after which a word may be left unfinished.
const ENOUGH: usize = 4;

static WORDS: [&str; COUNT] = lines(include_str!("../data/words-english.txt"));

/// The text does not give the words. It names a place at most, never a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// There are more or fewer words than wanted.
    #[error("{wanted} words are needed, and {found} are there")]
    Count {
        /// How many there must be.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// A word is not in the list, or has too few letters to tell.
    #[error("word {position} is not in the list")]
    Unknown {
        /// Its place, counted from 1.
        position: usize,
    },
}

/// The lowest `N` times 11 bits as `N` words, the highest bits first. `N` is 11 at most.
#[must_use]
pub fn from_bits<const N: usize>(bits: u128) -> [&'static str; N] {
    const { assert!(N * BITS <= 128, "the bits of N words fit") };
    std::array::from_fn(|at| {
        let index = bits >> (BITS * (N - 1 - at));
        WORDS[index as usize % COUNT]
    })
}

/// The bits of exactly `N` words, the first in the highest bits.
///
/// Forgiving: letter case, and whatever is between the words (spaces, commas, hyphens, digits), do
/// not matter, and of a word its first four letters are enough.
///
/// # Errors
/// [`WordsError`]: another number of words, or the first that is not in the list.
pub fn to_bits<const N: usize>(text: &str) -> Result<u128, WordsError> {
    const { assert!(N * BITS <= 128, "the bits of N words fit") };
    let words =
        || text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let found = words().count();
    if found != N {
        return Err(WordsError::Count { wanted: N, found });
    }
    words().enumerate().try_fold(0, |bits, (at, word)| {
        let index = index_of(word).ok_or(WordsError::Unknown { position: at + 1 })?;
        Ok(bits << BITS | index as u128)
    })
}

/// The words that begin with `prefix`, letter case ignored, in alphabetical order.
#[must_use]
pub fn complete(prefix: &str) -> &'static [&'static str] {
    let starts = |word: &&&str| {
        word.len() >= prefix.len()
            && word.as_bytes()[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
    };
    let from = WORDS.iter().position(|word| starts(&word)).unwrap_or(COUNT);
    let count = WORDS[from..].iter().take_while(starts).count();
    &WORDS[from..from + count]
}

fn index_of(word: &str) -> Option<usize> {
    let found = complete(word);
    let wanted = found.first()?;
    // The list is sorted: a whole word comes before those that go on from it.
    let is_enough = wanted.len() == word.len() || (word.len() >= ENOUGH && found.len() == 1);
    is_enough.then(|| WORDS.partition_point(|other| other < wanted))
}

/// The lines of `text`. A list of another length does not compile.
const fn lines(text: &'static str) -> [&'static str; COUNT] {
    let mut out = [""; COUNT];
    let mut rest = text;
    let mut count = 0;
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let mut end = 0;
        while bytes[end] != b'\n' {
            end += 1;
        }
        let (line, after) = rest.split_at(end);
        out[count] = line;
        count += 1;
        rest = after.split_at(1).1;
    }
    assert!(count == COUNT, "the list has 2,048 words");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_published_one() {
        let digest = ring::digest::digest(
            &ring::digest::SHA256,
            include_bytes!("../data/words-english.txt"),
        );
        let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        assert!(WORDS.is_sorted());
        let starts: std::collections::BTreeSet<_> =
            WORDS.iter().map(|word| &word[..word.len().min(ENOUGH)]).collect();
        assert_eq!(starts.len(), COUNT);
    }

    #[test]
    fn bits_become_words_and_bits_again() {
        assert_eq!(from_bits::<4>(0), ["abandon"; 4]);
        assert_eq!(from_bits::<2>(0x7ff), ["abandon", "zoo"]);
        for bits in [0, 1, 0x7ff, 0x800, 0x0001_2345_6789_abcd_ef01_2345, (1 << 88) - 1] {
            let words = from_bits::<8>(bits).join(" ");
            assert_eq!(to_bits::<8>(&words), Ok(bits));
        }
    }

    #[test]
    fn typing_is_forgiven() {
        let wanted = to_bits::<4>("abandon act actor zoo");
        for text in [
            "Abandon, ACT; actor - zoo",
            "aban-act-acto-zoo",
            "1. abandon\n2. act\n3. actor\n4. zoo\n",
            " abando\tact,actor,,zoo ",
        ] {
            assert_eq!(to_bits::<4>(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_word_that_is_not_there_is_named_by_its_place() {
        assert_eq!(to_bits::<2>("zoo"), Err(WordsError::Count { wanted: 2, found: 1 }));
        for (text, position) in
            [("zoo abandin", 2), ("aba zoo", 1), ("zoo zooo", 2), ("zoo zoö", 2), ("x zoo", 1)]
        {
            let error = to_bits::<2>(text).unwrap_err();
            assert_eq!(error, WordsError::Unknown { position }, "{text}");
            assert!(!error.to_string().contains("zo"));
        }
    }

    #[test]
    fn a_beginning_is_completed() {
        assert_eq!(complete("Act"), ["act", "action", "actor", "actress", "actual"]);
        assert_eq!(complete("zoo"), ["zoo"]);
        assert_eq!(complete("").len(), COUNT);
        assert!(complete("zz").is_empty() && complete("é").is_empty());
    }
}
