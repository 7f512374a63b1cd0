//! Passphrases, and what it costs to try one.

use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase or passcode in UTF-8, in Unicode's normalization form C (as in RFC 8265, section 4.2): keyboards spell the
/// same letters in different ways, and a copy may be brought back on another device. Wiped when it goes, never printed.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Characters that a new one has at least, where a person is asked for one: for a desk, or for a copy.
    pub const LEAST_CHARS: usize = 12;

    /// Takes the text over. Give it whole: growing a string leaves copies behind.
    #[must_use]
    pub fn new(text: String) -> Self {
        let typed = Zeroizing::new(text);
        if typed.is_ascii() {
            return Self(typed);
        }
        // Form C is at most three times as long (UAX 15, section 12): with that much room nothing grows.
        let mut composed = Zeroizing::new(String::with_capacity(typed.len() * 3));
        composed.extend(typed.nfc());
        Self(composed)
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// 32 bytes from the passphrase and a salt by Argon2id (RFC 9106), one lane.
    ///
    /// `None` when the memory for it cannot be had.
    pub(crate) fn derive(
        &self,
        salt: &[u8; SALT_LEN],
        cost: KdfCost,
    ) -> Option<Zeroizing<[u8; 32]>> {
        let params =
            Params::new(u32::from(cost.mib) * 1024, cost.passes.into(), 1, Some(32)).ok()?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), salt, out.as_mut_slice())
            .ok()?;
        Some(out)
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Length of the salt beside a passphrase, in bytes.
pub(crate) const SALT_LEN: usize = 16;

/// Memory and passes of Argon2id. Kept beside what they protect, so that they can grow.
///
/// Bounded on both sides: a hostile file cannot ask for 4 GiB or for an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    mib: u16,
    passes: u16,
}

impl KdfCost {
    /// What everything but a test uses: 64 MiB, 3 passes (RFC 9106, section 4, second recommendation, with
    /// one lane in place of four).
    pub const STANDARD: Self = Self { mib: 64, passes: 3 };
    /// The least this program accepts, fit for tests: 1 MiB, 1 pass.
    pub const LEAST: Self = Self { mib: 1, passes: 1 };
    /// The most this program accepts: 256 MiB, 16 passes.
    pub const MOST: Self = Self { mib: 256, passes: 16 };

    /// A cost of `mib` MiB and `passes` passes; `None` outside of [`LEAST`](Self::LEAST) to [`MOST`](Self::MOST).
    #[must_use]
    pub fn new(mib: u16, passes: u16) -> Option<Self> {
        let fits = (Self::LEAST.mib..=Self::MOST.mib).contains(&mib)
            && (Self::LEAST.passes..=Self::MOST.passes).contains(&passes);
        fits.then_some(Self { mib, passes })
    }

    /// The four bytes in a header: MiB, passes, each u16 big-endian.
    pub(crate) const fn to_bytes(self) -> [u8; 4] {
        let ([a, b], [c, d]) = (self.mib.to_be_bytes(), self.passes.to_be_bytes());
        [a, b, c, d]
    }

    /// Reads [`to_bytes`](Self::to_bytes) back, bounds checked.
    pub(crate) fn from_bytes([a, b, c, d]: [u8; 4]) -> Option<Self> {
        Self::new(u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_passphrase_gives_is_frozen_and_its_own() {
        let derive = |text: &str, salt: u8, cost| {
            let out = Passphrase::new(text.into()).derive(&[salt; SALT_LEN], cost).unwrap();
            out.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let one = derive("one", 1, KdfCost::LEAST);
        assert_eq!(one, "0eaf997c56a386cec3c67ff0e4bf2be02376c2d0862178e191a4e629625b215e");
        assert_ne!(one, derive("two", 1, KdfCost::LEAST));
        assert_ne!(one, derive("one", 2, KdfCost::LEAST));
        assert_ne!(one, derive("one", 1, KdfCost::new(1, 2).unwrap()));
        assert_ne!(one, derive("one", 1, KdfCost::new(2, 1).unwrap()));
    }

    #[test]
    fn a_cost_is_bounded_on_both_sides() {
        for (mib, passes, accepted) in [
            (1, 1, true),
            (64, 3, true),
            (256, 16, true),
            (0, 1, false),
            (1, 0, false),
            (257, 1, false),
            (1, 17, false),
        ] {
            assert_eq!(KdfCost::new(mib, passes).is_some(), accepted, "{mib} MiB, {passes} passes");
        }
        assert_eq!(KdfCost::from_bytes([0xff; 4]), None);
        assert_eq!(KdfCost::from_bytes(KdfCost::STANDARD.to_bytes()), Some(KdfCost::STANDARD));
    }

    #[test]
    fn another_keyboards_spelling_is_the_same_passphrase() {
        let same = [
            ("caf\u{e9}", "cafe\u{301}"),
            ("\u{212b}", "A\u{30a}"),
            ("\u{ac00}", "\u{1100}\u{1161}"),
        ];
        for (one, other) in same {
            assert_eq!(*Passphrase::new(one.into()).0, *Passphrase::new(other.into()).0);
        }
        let (plain, accented) =
            (Passphrase::new("cafe".into()), Passphrase::new("caf\u{e9}".into()));
        assert_ne!(*plain.0, *accented.0);
        let longest = "\u{fb2c}".repeat(9);
        assert_eq!(Passphrase::new(longest.clone()).0.capacity(), longest.len() * 3);
    }

    #[test]
    fn a_passphrase_is_not_printed() {
        assert_eq!(format!("{:?}", Passphrase::new("open sesame".into())), "Passphrase");
    }
}
