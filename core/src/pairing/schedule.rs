//! The key schedule of a pairing: from the code's seed to the pairing's secret.
//!
//! Source of every label and formula: docs/protocol.md, "The key schedule".

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use attune_wire::RelayId;
use zeroize::Zeroizing;

use super::code::Seed;
use crate::entropy::{Entropy, EntropyError, random};
use crate::lane::Direction;
use crate::lane::document::Incarnation;
use crate::lane::envelope::sha256;
use crate::lane::keys::{LaneKeys, Psk, hkdf};
use crate::words;

/// Memory of the Argon2id that stretches a seed, in KiB.
const ARGON_KIB: u32 = 64 * 1_024;
const ARGON_PASSES: u32 = 3;
/// Words that two people compare: 44 bits.
pub const COMPARISON_WORDS: usize = 4;

/// The device has no memory left to stretch the code: 64 MiB are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("64 MiB of memory are needed to use a pairing code")]
pub struct NoMemory;

/// `sk0`, the secret that an invitation hangs on. It is wiped when dropped and never printed.
#[derive(Clone)]
pub struct InviteSecret(Zeroizing<[u8; 32]>);

impl InviteSecret {
    /// Stretches a code's seed, for one relay. Takes some tenths of a second.
    ///
    /// # Errors
    /// [`NoMemory`].
    pub fn derive(seed: &Seed, relay: &RelayId) -> Result<Self, NoMemory> {
        let params = Params::new(ARGON_KIB, ARGON_PASSES, 1, Some(32)).map_err(|_| NoMemory)?;
        let salt = [b"attune/1 invite", relay.as_bytes().as_slice()].concat();
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(seed.as_bytes(), &salt, out.as_mut_slice())
            .map_err(|_| NoMemory)?;
        Ok(Self(out))
    }

    /// The secret of those bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The secret's bytes, for the vault.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The rendezvous lane of that direction.
    #[must_use]
    pub fn lane(&self, direction: Direction) -> LaneKeys {
        LaneKeys::from_secret(&self.0, "attune/1 rendezvous", direction, &[])
    }

    /// The key that the Invite is sealed with.
    pub(crate) fn invite_key(&self) -> Zeroizing<[u8; 32]> {
        hkdf(&[], self.as_bytes(), &[b"attune/1 invite key"])
    }

    /// The PSK of Hello and Welcome.
    pub(crate) fn psk0(&self) -> Zeroizing<[u8; 32]> {
        hkdf(&[], self.as_bytes(), &[b"psk0"])
    }
}

/// A nonce of one side of a pairing. It is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(Zeroizing<[u8; 32]>);

impl Nonce {
    /// A new random nonce.
    ///
    /// # Errors
    /// [`EntropyError`] when the system gives no random bytes.
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        random(entropy).map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The nonce of those bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The nonce's bytes, for the vault.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `c`: what the desk commits itself to before it has seen the phone's nonce.
    #[must_use]
    pub fn commitment(&self) -> [u8; 32] {
        sha256(&[b"attune/1 c", self.as_bytes()])
    }
}

/// The plaintexts of a pairing, as they were sealed.
#[derive(Clone, Copy)]
pub struct Transcript<'a> {
    /// The desk's Invite.
    pub invite: &'a [u8],
    /// The phone's Hello.
    pub hello: &'a [u8],
    /// The desk's Welcome.
    pub welcome: &'a [u8],
}

impl Transcript<'_> {
    /// `th`: SHA-256 over the three plaintexts, each after its length as u32, big-endian.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        // A plaintext fits an envelope, and so its length fits 32 bits.
        let [a, b, c] = [self.invite, self.hello, self.welcome]
            .map(|part| u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        sha256(&[&a, self.invite, &b, self.hello, &c, self.welcome])
    }
}

/// The pairing's secret, out of the code's, both nonces and the transcript's hash.
#[must_use]
pub fn pairing_secret(sk0: &InviteSecret, nonce_c: &Nonce, nonce_d: &Nonce, th: &[u8; 32]) -> Psk {
    let mut ikm = Zeroizing::new([0; 96]);
    ikm[..32].copy_from_slice(sk0.as_bytes());
    ikm[32..64].copy_from_slice(nonce_c.as_bytes());
    ikm[64..].copy_from_slice(nonce_d.as_bytes());
    Psk::from_bytes(&hkdf(th, ikm.as_slice(), &[b"attune/1 psk"]))
}

/// The words that both people see after pairing. They are equal unless somebody is in between.
#[must_use]
pub fn comparison_words(psk: &Psk) -> [&'static str; COMPARISON_WORDS] {
    first_words(&hkdf(&[], psk.as_bytes(), &[b"attune/1 words"]))
}

/// The words to compare after either side has a new incarnation.
#[must_use]
pub fn comparison_words_again(
    psk: &Psk,
    phone: &Incarnation,
    desk: &Incarnation,
) -> [&'static str; COMPARISON_WORDS] {
    let info: [&[u8]; 3] = [b"attune/1 words again", phone.as_bytes(), desk.as_bytes()];
    first_words(&hkdf(&[], psk.as_bytes(), &info))
}

/// The first 44 of 48 bits.
fn first_words(bytes: &[u8; 6]) -> [&'static str; COMPARISON_WORDS] {
    words::from_bits(bytes.iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte)) >> 4)
}

impl fmt::Debug for InviteSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteSecret(..)")
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(..)")
    }
}
