//! Ed25519 (RFC 8032): who may write a lane, read it, open it and close it.
//!
//! `ring` signs, in constant time, wherever there is a private key. `ed25519-dalek` checks: it can check
//! many at once, which `ring` cannot.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use ring::signature::{Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::lane::PublicKey;

/// The signature does not belong to these bytes and any key that may sign them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not valid")]
pub struct BadSignature;

/// An Ed25519 private key, kept as its 32-byte seed and wiped when dropped.
///
/// The expanded key lives only while something is signed: `ring` does not wipe its own key pairs.
#[derive(Clone)]
pub struct SigningKey {
    seed: Zeroizing<[u8; 32]>,
    public: PublicKey,
}

impl SigningKey {
    /// The key of a seed: 32 uniformly random bytes, or 32 bytes of a key derivation.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let mut public = [0; 32];
        if let Ok(pair) = Ed25519KeyPair::from_seed_unchecked(seed) {
            public.copy_from_slice(pair.public_key().as_ref());
        }
        Self { seed: Zeroizing::new(*seed), public }
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs `message`. Deterministic, as RFC 8032 has it.
    ///
    /// `ring` refuses no seed of 32 bytes; if it ever did, the answer would be zeros, which no
    /// verifier accepts.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        if let Ok(pair) = Ed25519KeyPair::from_seed_unchecked(&*self.seed) {
            signature.copy_from_slice(pair.sign(message).as_ref());
        }
        signature
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// Checks `signature` over `message` by `key`. Nothing of small order counts as a key or as half of a
/// signature: whoever sends such a thing needs no private key for it.
pub(crate) fn verify(
    key: &PublicKey,
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), BadSignature> {
    VerifyingKey::from_bytes(key)
        .and_then(|key| key.verify_strict(message, &Signature::from_bytes(signature)))
        .map_err(|_| BadSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn agrees_with_the_rfc() {
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let key = SigningKey::from_seed(&seed);
        assert_eq!(key.public(), public);
        let signature = key.sign(&[0x72]);
        assert_eq!(signature[..8], [0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8]);
        assert_eq!(verify(&public, &[0x72], &signature), Ok(()));
        assert_eq!(verify(&public, &[0x73], &signature), Err(BadSignature));
        assert_eq!(verify(&public, &[0x72], &[0; 64]), Err(BadSignature));
        assert_eq!(verify(&[0; 32], &[0x72], &[0; 64]), Err(BadSignature));
    }

    #[test]
    fn a_key_shows_nothing() {
        assert_eq!(format!("{:?}", SigningKey::from_seed(&[7; 32])), "SigningKey(..)");
    }

    fn hex(text: &str) -> [u8; 32] {
        let mut out = [0; 32];
        for (index, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).unwrap();
        }
        out
    }
}
