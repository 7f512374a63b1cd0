//! Classes of words: what a word does in a sentence, whatever the sentence is about.
//!
//! A few thousand sentences say too little of each single word. That "judge", "insurer" and "hostel"
//! stand in the same places is knowledge of the language, and `classes.txt` holds it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::token::normal;

/// The classes of a word, a bit for each, in the order of the file.
pub(in crate::followup) type Mask = u128;

static CLASSES: LazyLock<Classes> =
    LazyLock::new(|| Classes::of(include_str!("../../../data/burden/classes.txt")));

/// The list, read.
pub(in crate::followup) struct Classes {
    names: Vec<String>,
    whole: Words,
    starts: Words,
}

type Words = HashMap<String, Mask, BuildHasherDefault<Fnv>>;

/// FNV-1a. The standard hash guards against keys chosen to collide; ours come from the tree, and a
/// note asks for hundreds.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// What a word may end in and still be the same word.
const ENDINGS: [&str; 5] = ["s", "es", "d", "ed", "ing"];

/// A start shorter than this is not looked for.
const SHORTEST_START: usize = 3;

impl Classes {
    /// The list of the tree, read once.
    pub(in crate::followup) fn known() -> &'static Self {
        &CLASSES
    }

    /// A line without a colon, and one past the last bit of a mask, says nothing; a test holds that
    /// there is none.
    fn of(list: &str) -> Self {
        let mut classes =
            Self { names: Vec::new(), whole: Words::default(), starts: Words::default() };
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for (name, words) in lines.filter_map(|line| line.split_once(": ")) {
            let Some(bit) =
                u32::try_from(classes.names.len()).ok().and_then(|at| 1_u128.checked_shl(at))
            else {
                break;
            };
            classes.names.push(name.to_owned());
            for word in words.split_whitespace() {
                match word.strip_suffix('*') {
                    Some(start) => *classes.starts.entry(start.to_owned()).or_default() |= bit,
                    None => *classes.whole.entry(normal(word)).or_default() |= bit,
                }
            }
        }
        classes
    }

    /// The classes of a word in its normal form.
    pub(in crate::followup) fn mask(&self, word: &str) -> Mask {
        let mut mask = self.whole.get(word).copied().unwrap_or_default();
        if mask == 0 {
            let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
            for stem in stems.filter(|stem| stem.len() >= SHORTEST_START) {
                mask |= self.whole.get(stem).copied().unwrap_or_default();
            }
        }
        for (at, letter) in word.char_indices().skip(SHORTEST_START - 1) {
            mask |= self.starts.get(&word[..at + letter.len_utf8()]).copied().unwrap_or_default();
        }
        mask
    }

    /// The names of the classes in a mask, in the order of the file.
    pub(in crate::followup) fn names(&self, mask: Mask) -> impl Iterator<Item = &str> {
        let set = move |at: &usize| mask >> at & 1 == 1;
        self.names.iter().enumerate().filter(move |(at, _)| set(at)).map(|(_, name)| name.as_str())
    }

    /// The mask of one class by its name; empty for a name that the list does not have.
    pub(in crate::followup) fn named(&self, name: &str) -> Mask {
        self.names.iter().position(|known| known == name).map_or(0, |at| 1 << at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_classes_whose_lists_have_it() {
        let classes = Classes::of("# no\nCOURT: judge court* realise\nSAY: say ask judge\n");
        let of = |word: &str| classes.names(classes.mask(word)).collect::<Vec<_>>().join(" ");
        assert_eq!(of("judge"), "COURT SAY");
        assert_eq!(of("courtroom"), "COURT");
        assert_eq!(of("asking"), "SAY");
        assert_eq!(of("asked"), "SAY");
        assert_eq!(of("realize"), "COURT");
        assert_eq!(of("misjudge"), "");
        assert_eq!(classes.names(classes.named("SAY")).collect::<Vec<_>>(), ["SAY"]);
        assert_eq!(classes.named("no"), 0);
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let list = include_str!("../../../data/burden/classes.txt");
        let lines = list.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(Classes::known().names.len(), lines);
        let mut names = Classes::known().names.clone();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), lines);
    }
}
