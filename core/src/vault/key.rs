//! The database key.

use std::fmt::Write as _;

use ring::hkdf;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, EntropyError};

/// Length of the key, in bytes.
pub(crate) const KEY_LEN: usize = 32;
/// Length of a canary, in bytes.
pub(crate) const CANARY_LEN: usize = 32;

/// The 32 bytes SQLCipher is keyed with. Wiped when they go, never printed.
pub(crate) struct DatabaseKey(Zeroizing<[u8; KEY_LEN]>);

impl DatabaseKey {
    /// A new random key.
    pub(crate) fn generate(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The key in `bytes`. None of another length, and not one of zeros: that is what a key store that
    /// failed without saying so hands back.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; KEY_LEN]);
        if bytes.len() != KEY_LEN || bool::from(bytes.ct_eq(key.as_slice())) {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    /// The same key once more.
    pub(crate) fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    /// `x'..'`, as `PRAGMA key` and `ATTACH .. KEY` take a raw key.
    pub(crate) fn raw_literal(&self) -> Zeroizing<String> {
        // All of the room at once: a string that grew would leave a part of the key behind.
        let mut literal = Zeroizing::new(String::with_capacity(KEY_LEN * 2 + 3));
        literal.push_str("x'");
        for byte in self.0.iter() {
            // Writing to a string cannot fail.
            let _ = write!(literal, "{byte:02x}");
        }
        literal.push('\'');
        literal
    }

    /// 32 bytes that tell whether a key is the right one and nothing about it: HKDF-SHA256 (RFC 5869) with
    /// `salt`, the key, and `info` "attune/1 canary".
    pub(crate) fn canary(&self, salt: &[u8]) -> [u8; CANARY_LEN] {
        let mut canary = [0; CANARY_LEN];
        expand(salt, self.0.as_slice(), b"attune/1 canary", &mut canary);
        canary
    }

    /// Whether `canary` was made with this key and `salt`, in constant time.
    pub(crate) fn fits(&self, salt: &[u8], canary: &[u8; CANARY_LEN]) -> bool {
        self.canary(salt).ct_eq(canary).into()
    }
}

/// 32 bytes of HKDF-SHA256 (RFC 5869).
pub(crate) fn expand(salt: &[u8], secret: &[u8], info: &[u8], out: &mut [u8; 32]) {
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
    // Only more than 255 hashes of output can be refused, and this is one.
    let filled = prk.expand(&[info], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(out));
    debug_assert!(filled.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_long_or_empty_answer_is_no_key() {
        for bytes in [&[][..], &[7; 31], &[7; 33], &[0; 32]] {
            assert!(DatabaseKey::from_slice(bytes).is_none());
        }
        assert!(DatabaseKey::from_slice(&[7; 32]).is_some());
    }

    #[test]
    fn a_raw_literal_is_hexadecimal_and_did_not_grow() {
        let literal = DatabaseKey::from_slice(&[0xa5; 32]).unwrap().raw_literal();
        assert_eq!(*literal, format!("x'{}'", "a5".repeat(32)));
        assert_eq!(literal.capacity(), 67);
    }

    #[test]
    fn a_canary_fits_its_key_and_salt_alone() {
        let key = DatabaseKey::from_slice(&[7; 32]).unwrap();
        let canary = key.canary(b"salt");
        assert!(key.fits(b"salt", &canary));
        assert!(!key.fits(b"tlas", &canary));
        assert!(!DatabaseKey::from_slice(&[8; 32]).unwrap().fits(b"salt", &canary));
    }
}
