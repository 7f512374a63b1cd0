//! The three messages of a pairing: what they say, their CBOR, and how each is sealed.
//!
//! Source of the formats: docs/protocol.md, "Pairing". Everything that can be wrong with a received
//! message has one answer, [`PairingError::Refused`].

use std::fmt;

use zeroize::Zeroizing;

use super::schedule::{NoMemory, Nonce};
use crate::cbor::{self, Full, Item, Malformed, ReadError, Writer};
use crate::entropy::EntropyError;
use crate::lane::Envelope;
use crate::lane::document::{Incarnation, PUBLIC_KEY_LEN, ProtocolRange};
use crate::lane::envelope::{self, Unsealed};
use crate::lane::seal::SealError;
use crate::practice::{CardError, PracticeCard};

use sealing::INVITE_ROOM;

mod card;
mod sealing;

/// The version of the Invite in the lane from desk to client.
pub const INVITE_VERSION: u64 = 1;
/// The version of the Hello in the lane from client to desk. A second phone's is one more.
pub const HELLO_VERSION: u64 = 1;
/// The version of the Welcome in the lane from desk to client.
pub const WELCOME_VERSION: u64 = 2;
/// Characters of the name that a client chooses.
pub const NAME_CHARS: usize = 80;

/// A plaintext as it was sealed. It goes into the transcript, and is wiped when dropped.
pub type Plaintext = Zeroizing<Vec<u8>>;

/// The desk's first message, in the lane that the code leads to.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// The protocol versions that the desk speaks.
    pub range: ProtocolRange,
    /// The desk's public key, its receive key of epoch 0.
    pub desk_key: Box<[u8; PUBLIC_KEY_LEN]>,
    /// `c`, the commitment to the desk's nonce.
    pub commitment: [u8; 32],
    /// What the practice says of itself.
    pub card: PracticeCard,
}

/// The phone's answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Hello {
    /// The protocol versions that the phone speaks.
    pub range: ProtocolRange,
    /// The phone's public key, its receive key of epoch 0.
    pub client_key: Box<[u8; PUBLIC_KEY_LEN]>,
    /// The phone's nonce.
    pub nonce: Nonce,
    /// The phone's installation.
    pub incarnation: Incarnation,
    /// The name the client chose, 1 to 80 characters; wiped when dropped.
    pub name: Option<Zeroizing<String>>,
}

/// The desk's last word, to the first valid Hello.
#[derive(Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The desk's nonce, which the Invite committed to.
    pub nonce: Nonce,
    /// The desk's installation.
    pub incarnation: Incarnation,
}

/// A sealed message and the plaintext that goes into the transcript.
#[derive(Clone)]
pub struct Sealed {
    /// What is uploaded. Committed first: one version has one ciphertext, for ever.
    pub envelope: Envelope,
    /// What it holds.
    pub plaintext: Plaintext,
}

/// Why a step of a pairing did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingError {
    /// What came cannot be used: flipped, short, long, replayed, reflected, of another pairing or
    /// step, against the format, or not what the desk committed itself to.
    #[error("the pairing message cannot be used")]
    Refused,
    /// The other side speaks only a newer protocol, or an older one than this app still does.
    #[error("one of the two apps is too old for the other")]
    NewerNeeded,
    /// Our own card does not hold together.
    #[error(transparent)]
    Card(#[from] CardError),
    /// Our own card names another relay first than the one that the code leads to.
    #[error("the card must name the relay of the code first")]
    Relay,
    /// The name chosen is empty or over 80 characters.
    #[error("the name must have 1 to 80 characters")]
    Name,
    /// Our own message does not fit an envelope.
    #[error("the card is too large")]
    TooLarge,
    /// No memory to stretch the code.
    #[error(transparent)]
    NoMemory(#[from] NoMemory),
    /// The system gave no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The cipher refused to seal.
    #[error("sealing failed")]
    Failed,
}

impl From<Malformed> for PairingError {
    fn from(_: Malformed) -> Self {
        Self::Refused
    }
}

impl From<ReadError> for PairingError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Malformed(_) => Self::Refused,
            ReadError::NewerNeeded => Self::NewerNeeded,
        }
    }
}

impl From<Full> for PairingError {
    fn from(Full: Full) -> Self {
        Self::TooLarge
    }
}

impl From<SealError> for PairingError {
    fn from(error: SealError) -> Self {
        if let SealError::Entropy(error) = error { Self::Entropy(error) } else { Self::Failed }
    }
}

impl From<Unsealed> for PairingError {
    fn from(unsealed: Unsealed) -> Self {
        match unsealed {
            Unsealed::Entropy => Self::Entropy(EntropyError),
            // The key came from the other side.
            Unsealed::PeerKey => Self::Refused,
            Unsealed::TooLarge => Self::TooLarge,
            Unsealed::Failed => Self::Failed,
        }
    }
}

impl Invite {
    /// The Invite's one encoding.
    ///
    /// # Errors
    /// [`PairingError::Card`] and [`PairingError::TooLarge`].
    pub fn encode(&self) -> Result<Plaintext, PairingError> {
        self.card.check()?;
        Ok(cbor::encode(INVITE_ROOM, |w| {
            w.map(4)?.uint(0u8)?;
            self.range.write(w)?;
            w.uint(1u8)?.bytes(self.desk_key.as_slice())?;
            w.uint(2u8)?.bytes(&self.commitment)?.uint(3u8)?;
            card::write(&self.card, w)
        })?)
    }

    /// The Invite of those bytes.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`].
    pub fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let mut fields = cbor::read(bytes)?.fields()?;
        let invite = Self {
            range: common_range(fields.need(0)?)?,
            desk_key: Box::new(fields.need(1)?.bytes()?),
            commitment: fields.need(2)?.bytes()?,
            card: card::read(fields.need(3)?)?,
        };
        invite.card.check().map_err(|_| PairingError::Refused)?;
        Ok(invite)
    }
}

impl Hello {
    /// The Hello's one encoding.
    ///
    /// # Errors
    /// [`PairingError::Name`].
    pub fn encode(&self) -> Result<Plaintext, PairingError> {
        if !self.name.as_deref().is_none_or(|name| fits_name(name)) {
            return Err(PairingError::Name);
        }
        Ok(cbor::encode(envelope::ROOM, |w| {
            w.map(4 + usize::from(self.name.is_some()))?.uint(0u8)?;
            self.range.write(w)?;
            w.uint(1u8)?.bytes(self.client_key.as_slice())?;
            w.uint(2u8)?.bytes(self.nonce.as_bytes())?;
            w.uint(3u8)?.bytes(self.incarnation.as_bytes())?;
            if let Some(name) = &self.name {
                w.uint(4u8)?.text(name)?;
            }
            Ok(())
        })?)
    }

    /// The Hello of those bytes.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`].
    pub fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let mut fields = cbor::read(bytes)?.fields()?;
        let hello = Self {
            range: common_range(fields.need(0)?)?,
            client_key: Box::new(fields.need(1)?.bytes()?),
            nonce: Nonce::from_bytes(&fields.need(2)?.bytes()?),
            incarnation: Incarnation::from_bytes(fields.need(3)?.bytes()?),
            name: fields
                .take(4)
                .map(|item| item.text().map(|name| Zeroizing::new(name.to_owned())))
                .transpose()?,
        };
        if !hello.name.as_deref().is_none_or(|name| fits_name(name)) {
            return Err(PairingError::Refused);
        }
        Ok(hello)
    }
}

impl Welcome {
    /// The Welcome's one encoding.
    ///
    /// # Errors
    /// None in practice: a Welcome has one size.
    pub fn encode(&self) -> Result<Plaintext, PairingError> {
        Ok(cbor::encode(envelope::ROOM, |w| {
            w.map(2)?.uint(0u8)?.bytes(self.nonce.as_bytes())?;
            w.uint(1u8)?.bytes(self.incarnation.as_bytes()).map(drop)
        })?)
    }

    /// The Welcome of those bytes.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`].
    pub fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let mut fields = cbor::read(bytes)?.fields()?;
        Ok(Self {
            nonce: Nonce::from_bytes(&fields.need(0)?.bytes()?),
            incarnation: Incarnation::from_bytes(fields.need(1)?.bytes()?),
        })
    }
}

/// A practice's card as bytes, for the vault.
pub(crate) fn encode_card(card: &PracticeCard) -> Result<Plaintext, PairingError> {
    card.check()?;
    Ok(cbor::encode(INVITE_ROOM, |w| card::write(card, w))?)
}

/// The card of those bytes.
pub(crate) fn decode_card(bytes: &[u8]) -> Result<PracticeCard, PairingError> {
    card::read(cbor::read(bytes)?)
}

/// The plaintexts that a Welcome answers.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// The Invite's.
    pub invite: &'a [u8],
    /// The Hello's.
    pub hello: &'a [u8],
}

/// A range that has a version in common with ours.
fn common_range(item: Item<'_>) -> Result<ProtocolRange, PairingError> {
    let range = ProtocolRange::read(item)?;
    if range.lowest > range.highest {
        return Err(PairingError::Refused);
    }
    range.agree(ProtocolRange::PAIRING).map(|_| range).ok_or(PairingError::NewerNeeded)
}

fn fits_name(name: &str) -> bool {
    // A control character could draw over what a person reads in a terminal.
    !name.trim().is_empty()
        && name.chars().count() <= NAME_CHARS
        && !name.chars().any(char::is_control)
}

impl fmt::Debug for Hello {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hello { .. }")
    }
}

impl fmt::Debug for Welcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Welcome { .. }")
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invite { .. }")
    }
}
