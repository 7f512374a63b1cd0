//! The document: all that one side of a pairing says to the other, whole, in every envelope.
//!
//! Source of the format: docs/protocol.md, "The document". Encoding is deterministic; decoding
//! accepts exactly the bytes that an encoder following the text can write, plus unknown keys.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::Direction;
pub use super::ids::{CaseId, Incarnation, TextId};
pub use crate::cbor::Malformed;
use crate::cbor::{self, Full, ReadError};
use crate::closed::closed;
use crate::repair::{Pointer, RepairOption};

mod encoding;
mod extension;

pub use extension::{ABOUT_LEN, About, EXTENSION_SINCE, PROPOSALS, Proposal, SaidTo};

/// Bytes of an encoded document at most, 7,053: what an envelope has room for.
pub const DOCUMENT_LEN: usize = super::envelope::ROOM;
/// Entries in a document at most.
pub const ENTRIES: usize = 16;
/// Notices in a document at most.
pub const NOTICES: usize = 64;
/// Text ids in a document at most.
pub const TEXTS_STORED: usize = 64;
/// Bytes of the client's own words in one entry at most.
pub const WORDS_LEN: usize = 1_200;
/// Bytes of one text of the practice at most.
pub const TEXT_LEN: usize = 4_800;
/// Bytes of all words, and of all texts, in one document at most.
pub const IN_FLIGHT_LEN: usize = 4_800;
/// Bytes of an X-Wing public key.
pub const PUBLIC_KEY_LEN: usize = 1_216;

/// What one side of a pairing says, whole. Each sync seals a new one.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The version of the register; equal to the one that the envelope was sealed for.
    pub version: u64,
    /// The protocol versions that the sender speaks.
    pub range: ProtocolRange,
    /// The sender's installation.
    pub incarnation: Incarnation,
    /// The key that the sender wants to be sealed to.
    pub receive_key: ReceiveKey,
    /// The last version of the peer that the sender committed.
    pub echo: Echo,
    /// The epoch of the peer's key that this document is sealed to.
    pub sealed_to: u64,
    /// The open choices; only the phone writes them.
    pub entries: Vec<Entry>,
    /// What became of the choices; only the desk writes them.
    pub notices: Vec<Notice>,
    /// Texts that the phone has stored. It says nothing of whether a person read them.
    pub texts_stored: Vec<TextId>,
    /// The sender leaves: this is its last document.
    pub goodbye: bool,
    /// Where the pairing's lanes are from now on; only the desk writes it.
    pub lanes: Option<LaneMove>,
    /// What the practice puts to the client; only the desk writes it. From protocol version 2.
    pub proposals: Vec<Proposal>,
    /// What the practice says of itself; only the desk writes it. From protocol version 2.
    pub about: Option<About>,
    /// What the client says to proposals; only the phone writes it. From protocol version 2.
    pub said: Vec<SaidTo>,
    /// What the client says of themselves, not empty; only the phone writes it. From protocol version 2.
    pub own_about: Option<Zeroizing<String>>,
}

/// The protocol versions that a sender speaks, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtocolRange {
    /// The lowest.
    pub lowest: u64,
    /// The highest.
    pub highest: u64,
}

impl ProtocolRange {
    /// What this code speaks.
    pub const OURS: Self = Self { lowest: 1, highest: EXTENSION_SINCE };
    /// What the messages of a pairing say: a pairing is the same since version 1, and each document
    /// says the rest.
    pub const PAIRING: Self = Self { lowest: 1, highest: 1 };

    /// The highest version that both speak, if there is one.
    #[must_use]
    pub fn agree(self, other: Self) -> Option<u64> {
        let highest = self.highest.min(other.highest);
        (highest >= self.lowest.max(other.lowest)).then_some(highest)
    }
}

/// A public key to seal to, and its place in the order of keys of its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiveKey {
    /// 0 at pairing; one more with each rotation.
    pub epoch: u64,
    /// The X-Wing public key.
    pub public: Box<[u8; PUBLIC_KEY_LEN]>,
}

/// The last version of the peer that was committed, and SHA-256 of its envelope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Echo {
    /// The version; 0 before the first.
    pub version: u64,
    /// The digest; zeros before the first.
    pub digest: [u8; 32],
}

impl Echo {
    /// Nothing was committed yet.
    pub const NOTHING: Self = Self { version: 0, digest: [0; 32] };
}

/// One shared choice.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which choice.
    pub case: CaseId,
    /// Grows with each change of the choice.
    pub revision: u64,
    /// What the client chose, or that it is taken back.
    pub kind: Kind,
    /// The last day on which the choice holds, in days since 1970-01-01.
    pub expiry_day: Option<u32>,
    /// What it was about, only if the client turned that on.
    pub pointer: Option<Pointer>,
    /// The client's own words, only if the client turned that on; not empty.
    pub words: Option<Zeroizing<String>>,
}

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The choice is taken back. Such an entry carries nothing else.
    TakenBack,
    /// The choice. `Keep` never travels: it has no code, and encoding it is an error.
    Choice(RepairOption),
}

/// What became of one choice.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which choice.
    pub case: CaseId,
    /// The revision that the notice is about.
    pub revision: u64,
    /// What became of it.
    pub state: NoticeState,
    /// By when the practice answers, in days since 1970-01-01.
    pub due_day: Option<u32>,
    /// The practice's text and its id; not empty.
    pub text: Option<(TextId, Zeroizing<String>)>,
}

/// What became of a choice at the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeState {
    /// The desk committed it. Automatic.
    Received,
    /// A person opened it.
    Opened,
    /// A person answered it.
    Answered,
    /// It came after its end date and never became an action.
    Expired,
}

/// Where a pairing's lanes are from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct LaneMove {
    /// The epoch that the lane keys are derived with.
    pub epoch: u64,
    /// The relay's canonical origin.
    pub relay: String,
}

/// A rule that a document breaks. Nothing was dropped to make it fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// `Keep` cannot travel.
    #[error("`Keep` never travels")]
    Keep,
    /// More than 16 entries.
    #[error("more than 16 entries")]
    Entries,
    /// More than 64 notices.
    #[error("more than 64 notices")]
    Notices,
    /// More than eight proposals, or answers to them.
    #[error("more than eight proposals")]
    Proposals,
    /// Own words beside an answer that is not `ChangeIt`.
    #[error("own words go with `ChangeIt` alone")]
    WordsBesideAnswer,
    /// More than 64 text ids.
    #[error("more than 64 text ids")]
    TextsStored,
    /// Own words that are empty or over 1,200 bytes.
    #[error("own words must have 1 to 1,200 bytes")]
    Words,
    /// A text that is empty or over 4,800 bytes.
    #[error("a text must have 1 to 4,800 bytes")]
    Text,
    /// Over 4,800 bytes of words, or of texts, in all.
    #[error("more than 4,800 bytes of words in flight")]
    InFlight,
    /// Two entries or two notices of one case, or a text id twice.
    #[error("an id stands there twice")]
    Duplicate,
    /// Something is taken back and yet carries an end date, a pointer or words.
    #[error("what is taken back carries nothing")]
    TakenBackCarries,
    /// The lowest protocol version is above the highest.
    #[error("the protocol range is empty")]
    Range,
    /// The relay to move to is not a canonical origin.
    #[error("the relay is not a canonical origin")]
    Relay,
    /// Over 7,053 bytes in all.
    #[error("the document does not fit an envelope")]
    TooLarge,
    /// The phone wrote what only the desk writes, or the other way round.
    #[error("a field that this side does not write")]
    WrongSide,
}

/// Why bytes are not a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes are not the CBOR of a document.
    #[error("not a document: {0}")]
    Malformed(#[from] Malformed),
    /// The document breaks a rule.
    #[error("not a document: {0}")]
    Rule(#[from] DocumentError),
    /// The document has a part that only a newer app understands.
    #[error("a newer app is needed")]
    NewerNeeded,
}

impl From<ReadError> for DecodeError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Malformed(malformed) => Self::Malformed(malformed),
            ReadError::NewerNeeded => Self::NewerNeeded,
        }
    }
}

impl Document {
    /// The document's one encoding, at most [`DOCUMENT_LEN`] bytes.
    ///
    /// # Errors
    /// The first rule that the document breaks.
    pub fn encode(&self) -> Result<Zeroizing<Vec<u8>>, DocumentError> {
        self.check()?;
        cbor::encode(DOCUMENT_LEN, |writer| self.write(writer))
            .map_err(|Full| DocumentError::TooLarge)
    }

    /// The document of those bytes.
    ///
    /// # Errors
    /// [`DecodeError`]: malformed, against a rule, or of a newer app.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > DOCUMENT_LEN {
            return Err(DocumentError::TooLarge.into());
        }
        let document = Self::read(cbor::read(bytes)?)?;
        document.check()?;
        Ok(document)
    }

    fn check(&self) -> Result<(), DocumentError> {
        use DocumentError as E;
        let hold = |holds: bool, error: E| if holds { Ok(()) } else { Err(error) };
        hold(self.range.lowest <= self.range.highest, E::Range)?;
        hold(self.entries.len() <= ENTRIES, E::Entries)?;
        hold(self.notices.len() <= NOTICES, E::Notices)?;
        hold(self.texts_stored.len() <= TEXTS_STORED, E::TextsStored)?;
        hold(distinct(self.entries.iter().map(|entry| entry.case)), E::Duplicate)?;
        hold(distinct(self.notices.iter().map(|notice| notice.case)), E::Duplicate)?;
        hold(distinct(self.texts_stored.iter().copied()), E::Duplicate)?;
        let mut words = 0;
        for entry in &self.entries {
            hold(entry.kind != Kind::Choice(RepairOption::Keep), E::Keep)?;
            if let Some(own) = &entry.words {
                hold((1..=WORDS_LEN).contains(&own.len()), E::Words)?;
                words += own.len();
            }
            let bare =
                entry.expiry_day.is_none() && entry.pointer.is_none() && entry.words.is_none();
            hold(bare || entry.kind != Kind::TakenBack, E::TakenBackCarries)?;
        }
        let mut texts = 0;
        for (_, text) in self.notices.iter().filter_map(|notice| notice.text.as_ref()) {
            hold((1..=TEXT_LEN).contains(&text.len()), E::Text)?;
            texts += text.len();
        }
        let (words, texts) = extension::check(self, words, texts)?;
        hold(words <= IN_FLIGHT_LEN && texts <= IN_FLIGHT_LEN, E::InFlight)?;
        let canonical = |to: &LaneMove| {
            attune_wire::canonical_origin(&to.relay).is_ok_and(|origin| origin == to.relay)
        };
        hold(self.lanes.as_ref().is_none_or(canonical), E::Relay)
    }

    /// Holds the document to what the writer of a lane in that direction may write.
    pub(crate) fn check_side(&self, direction: Direction) -> Result<(), DocumentError> {
        let by_desk = !self.notices.is_empty()
            || self.lanes.is_some()
            || !self.proposals.is_empty()
            || self.about.is_some();
        let by_phone = !self.entries.is_empty()
            || !self.texts_stored.is_empty()
            || !self.said.is_empty()
            || self.own_about.is_some();
        let own = match direction {
            Direction::ClientToDesk => !by_desk,
            Direction::DeskToClient => !by_phone,
        };
        if own { Ok(()) } else { Err(DocumentError::WrongSide) }
    }
}

impl NoticeState {
    /// The code that travels, 1 to 4.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Received => 1,
            Self::Opened => 2,
            Self::Answered => 3,
            Self::Expired => 4,
        }
    }

    /// The state that travels under `code`, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Received, Self::Opened, Self::Answered, Self::Expired]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

fn distinct<T: Ord>(mut ids: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    ids.all(|id| seen.insert(id))
}

closed!(Document ReceiveKey Echo Entry Notice LaneMove);
