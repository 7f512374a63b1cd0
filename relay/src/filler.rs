//! What stands where an envelope would, when none is answered.
//!
//! The key stream of AES-256 in counter mode (NIST SP 800-38A, 6.5) under a key that is drawn from the
//! system at start and never leaves the process: nobody can tell it from an envelope, or from what
//! the system itself would give. To ask the system for 8 KiB for each answer was a ninth of all that
//! a relay under load did.

use std::sync::atomic::{AtomicU64, Ordering};

use attune_wire::ENVELOPE_LEN;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::error::Unspecified;
use ring::rand::{SecureRandom as _, SystemRandom};

pub(crate) struct Filler {
    /// Seals zeros, which leaves the key stream; the tag is dropped.
    key: LessSafeKey,
    /// Counts the nonces: each is used once.
    next: AtomicU64,
}

impl Filler {
    /// # Errors
    /// When the system gives no random bytes.
    pub(crate) fn new() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        let key = SystemRandom::new()
            .fill(&mut bytes)
            .and_then(|()| UnboundKey::new(&AES_256_GCM, &bytes))
            .map_err(|Unspecified| std::io::Error::other("no random bytes"));
        bytes.fill(0);
        Ok(Self { key: LessSafeKey::new(key?), next: AtomicU64::new(0) })
    }

    /// The next 8 KiB.
    ///
    /// # Errors
    /// Never, as long as the length is one that may be sealed.
    pub(crate) fn next(&self) -> Result<Box<[u8; ENVELOPE_LEN]>, Unspecified> {
        let mut nonce = [0; NONCE_LEN];
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        nonce[..8].copy_from_slice(&number.to_le_bytes());
        let mut bytes = Box::new([0; ENVELOPE_LEN]);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let _tag = self.key.seal_in_place_separate_tag(nonce, Aad::empty(), &mut bytes[..])?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// No block of 16 bytes comes twice, of one filler, of the next, or of another process's.
    #[test]
    fn no_block_comes_twice() {
        let (one, other) = (Filler::new().unwrap(), Filler::new().unwrap());
        let mut blocks = HashSet::new();
        for filler in [&one, &other, &one, &other] {
            let bytes = filler.next().unwrap();
            for block in bytes.chunks_exact(16) {
                assert!(blocks.insert(<[u8; 16]>::try_from(block).unwrap()));
            }
        }
        assert_eq!(blocks.len(), 4 * ENVELOPE_LEN / 16);
    }

    /// Of a million bits about half are set, at every place of a byte: seven deviations apart at most.
    #[test]
    fn bits_are_even() {
        let filler = Filler::new().unwrap();
        let mut set = [0_u32; 8];
        for _ in 0..16 {
            for byte in filler.next().unwrap().iter() {
                for (bit, count) in set.iter_mut().enumerate() {
                    *count += u32::from(byte >> bit & 1);
                }
            }
        }
        let half = 16 * 8_192 / 2;
        assert!(set.iter().all(|count| count.abs_diff(half) < 1_300), "{set:?}");
    }
}
