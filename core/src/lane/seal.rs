//! Sealing a document into an envelope, and opening one.
//!
//! The pairing's secret is HPKE's PSK: it authenticates the sender, is deniable, and is a second
//! leg against a quantum computer. Source: docs/protocol.md, "The envelope".

use std::fmt;

use attune_wire::LaneId;
use zeroize::Zeroizing;

use super::document::{DecodeError, Document, DocumentError, ReceiveKey};
use super::envelope::{self, Binding, SUITE, Unsealed, associated_data, sha256};
use super::keys::Psk;
use super::{Direction, Envelope};
use crate::entropy::{Entropy, EntropyError, random};

/// Receive keys that are tried on an envelope at most.
pub const LIVE_KEYS: usize = 3;

/// What an envelope of a pairing is bound to.
#[derive(Clone, Copy)]
pub struct SealContext<'a> {
    /// The pairing's secret.
    pub psk: &'a Psk,
    /// The pairing's transcript hash.
    pub th: &'a [u8; 32],
    /// Which way the lane goes.
    pub direction: Direction,
    /// The lane's id at the relay.
    pub lane_id: LaneId,
}

impl<'a> SealContext<'a> {
    fn binding(&self, version: u64) -> Binding<'a> {
        Binding {
            psk: self.psk.as_bytes(),
            psk_id: sha256(&[b"attune/1 id", self.th]),
            info: [b"attune/1 ", self.direction.label().as_bytes(), self.th].concat(),
            aad: associated_data(SUITE, &self.lane_id, version),
        }
    }
}

/// Why a document was not sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The document breaks a rule.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The document names another key epoch than that of the key it is sealed to.
    #[error("the document names another key than the one it is sealed to")]
    SealedTo,
    /// The receiver's key is not an X-Wing public key.
    #[error("the receiver's key is not a public key")]
    PeerKey,
    /// The system gave no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The cipher refused.
    #[error("sealing failed")]
    Failed,
}

impl From<Unsealed> for SealError {
    fn from(unsealed: Unsealed) -> Self {
        match unsealed {
            Unsealed::Entropy => Self::Entropy(EntropyError),
            Unsealed::PeerKey => Self::PeerKey,
            Unsealed::TooLarge => Self::Document(DocumentError::TooLarge),
            Unsealed::Failed => Self::Failed,
        }
    }
}

/// Why an envelope was not opened. There is one answer for all that can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope for us: flipped, short, long, replayed, reflected, of another lane, version,
    /// sender or key, or not a document inside.
    #[error("the envelope cannot be read")]
    Unreadable,
    /// The peer sealed something that only a newer app understands. Authenticated.
    #[error("a newer app is needed")]
    NewerNeeded,
}

/// A document that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What the peer says.
    pub document: Document,
    /// The epoch of our key that it was sealed to.
    pub key_epoch: u64,
}

/// A receive key's secret. It is wiped when dropped and never printed.
///
/// Only the seed is held: expanding it costs as much as half of an opening, and most live keys are
/// loaded without being needed.
#[derive(Clone)]
pub struct ReceiveSecret {
    epoch: u64,
    seed: Zeroizing<[u8; 32]>,
}

impl ReceiveSecret {
    /// A new random key.
    ///
    /// # Errors
    /// [`EntropyError`] when the system gives no random bytes.
    pub fn generate(epoch: u64, entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        random(entropy).map(|seed| Self { epoch, seed: Zeroizing::new(seed) })
    }

    /// The key of a stored seed.
    #[must_use]
    pub fn from_seed(epoch: u64, seed: &[u8; 32]) -> Self {
        Self { epoch, seed: Zeroizing::new(*seed) }
    }

    /// The key's place in the order of keys.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The secret, for the vault.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The public part, for the peer. Worked out each time.
    ///
    /// # Errors
    /// [`SealError::Failed`] if the cipher refuses the seed, which no seed of 32 bytes brings about.
    pub fn public(&self) -> Result<ReceiveKey, SealError> {
        let public = envelope::public_key(&self.seed).ok_or(SealError::Failed)?;
        Ok(ReceiveKey { epoch: self.epoch, public })
    }
}

impl fmt::Debug for ReceiveSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiveSecret { .. }")
    }
}

/// Seals `document` as its own version of the lane, to the peer's receive key.
///
/// Each call draws a fresh encapsulation and so gives other bytes: the caller commits one result
/// for a version and uploads only that.
///
/// # Errors
/// [`SealError`]; nothing was sealed.
pub fn seal_document(
    document: &Document,
    context: &SealContext<'_>,
    peer: &ReceiveKey,
    entropy: &mut dyn Entropy,
) -> Result<Envelope, SealError> {
    document.check_side(context.direction)?;
    if document.sealed_to != peer.epoch {
        return Err(SealError::SealedTo);
    }
    let plaintext = document.encode()?;
    Ok(envelope::seal(&plaintext, &context.binding(document.version), &peer.public, entropy)?)
}

/// Opens an envelope that the relay gave as `version` of the lane, with the first of `live_keys`
/// (at most [`LIVE_KEYS`], newest first) that it was sealed to.
///
/// # Errors
/// [`OpenError`]; one outcome for whatever is wrong.
pub fn open_document(
    envelope: &[u8],
    context: &SealContext<'_>,
    version: u64,
    live_keys: &[ReceiveSecret],
) -> Result<Opened, OpenError> {
    let binding = context.binding(version);
    let (key, plaintext) = live_keys
        .iter()
        .take(LIVE_KEYS)
        .find_map(|key| Some((key, envelope::open(envelope, &binding, &key.seed)?)))
        .ok_or(OpenError::Unreadable)?;
    let document = Document::decode(&plaintext).map_err(|error| match error {
        DecodeError::NewerNeeded => OpenError::NewerNeeded,
        DecodeError::Malformed(_) | DecodeError::Rule(_) => OpenError::Unreadable,
    })?;
    let true_to_its_seal = document.version == version
        && document.sealed_to == key.epoch
        && document.check_side(context.direction).is_ok();
    if true_to_its_seal {
        Ok(Opened { document, key_epoch: key.epoch })
    } else {
        Err(OpenError::Unreadable)
    }
}
