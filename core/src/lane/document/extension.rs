//! What protocol version 2 adds to a document: proposals, what is said to them, and what each side says of itself.
//!
//! Source of the format: docs/protocol.md, "The document", keys 12 to 15.

use zeroize::Zeroizing;

use super::encoding::{code, wiped};
use super::{Document, DocumentError, TEXT_LEN, WORDS_LEN, distinct};
use crate::cbor::{Full, Item, Malformed, ReadError, Writer};
use crate::closed::closed;
use crate::lane::ids::TextId;
use crate::proposal::{ProposalAnswer, ProposalKind};

/// The protocol version from which a peer reads these.
pub const EXTENSION_SINCE: u64 = 2;
/// Proposals, and what is said to them, in a document at most.
pub const PROPOSALS: usize = 8;
/// Bytes of what either side says of itself, at most.
pub const ABOUT_LEN: usize = 1_200;

/// A plan draft or a line for the file, put to the client.
#[derive(Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Which text.
    pub text_id: TextId,
    /// What it is.
    pub kind: ProposalKind,
    /// The text, until the phone has stored it; not empty.
    pub text: Option<Zeroizing<String>>,
}

/// What the client says to a proposal.
#[derive(Clone, PartialEq, Eq)]
pub struct SaidTo {
    /// Which text.
    pub text_id: TextId,
    /// What they say.
    pub answer: ProposalAnswer,
    /// How it is to be changed, if they wrote that; not empty, and with `ChangeIt` alone.
    pub words: Option<Zeroizing<String>>,
}

/// What the practice says of itself and of how it works.
#[derive(Clone, PartialEq, Eq)]
pub struct About {
    /// Which text.
    pub text_id: TextId,
    /// The text, until the phone has stored it; not empty.
    pub text: Option<Zeroizing<String>>,
}

/// The rules of these fields; `words` and `texts` are what is under way beside them.
pub(super) fn check(
    document: &Document,
    mut words: usize,
    mut texts: usize,
) -> Result<(usize, usize), DocumentError> {
    use DocumentError as E;
    let hold = |holds: bool, error: E| if holds { Ok(()) } else { Err(error) };
    hold(document.proposals.len() <= PROPOSALS, E::Proposals)?;
    hold(document.said.len() <= PROPOSALS, E::Proposals)?;
    hold(distinct(document.proposals.iter().map(|proposal| proposal.text_id)), E::Duplicate)?;
    hold(distinct(document.said.iter().map(|said| said.text_id)), E::Duplicate)?;
    for text in document.proposals.iter().filter_map(|proposal| proposal.text.as_ref()) {
        hold((1..=TEXT_LEN).contains(&text.len()), E::Text)?;
        texts += text.len();
    }
    if let Some(text) = document.about.as_ref().and_then(|about| about.text.as_ref()) {
        hold((1..=ABOUT_LEN).contains(&text.len()), E::Text)?;
        texts += text.len();
    }
    for said in &document.said {
        let Some(own) = &said.words else { continue };
        hold((1..=WORDS_LEN).contains(&own.len()), E::Words)?;
        hold(said.answer == ProposalAnswer::ChangeIt, E::WordsBesideAnswer)?;
        words += own.len();
    }
    if let Some(own) = &document.own_about {
        hold((1..=ABOUT_LEN).contains(&own.len()), E::Words)?;
        words += own.len();
    }
    Ok((words, texts))
}

impl Proposal {
    pub(super) fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.map(2 + usize::from(self.text.is_some()))?;
        w.uint(0u8)?.bytes(self.text_id.as_bytes())?;
        w.uint(1u8)?.uint(self.kind.code())?;
        if let Some(text) = &self.text {
            w.uint(2u8)?.text(text)?;
        }
        Ok(())
    }

    pub(super) fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        Ok(Self {
            text_id: TextId::from_bytes(fields.need(0)?.bytes()?),
            kind: ProposalKind::from_code(code(&fields.need(1)?)?).ok_or(Malformed::UnknownCode)?,
            text: fields.take(2).map(|item| item.text().map(wiped)).transpose()?,
        })
    }
}

impl SaidTo {
    pub(super) fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.map(2 + usize::from(self.words.is_some()))?;
        w.uint(0u8)?.bytes(self.text_id.as_bytes())?;
        w.uint(1u8)?.uint(self.answer.code())?;
        if let Some(words) = &self.words {
            w.uint(2u8)?.text(words)?;
        }
        Ok(())
    }

    pub(super) fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        let answer = code(&fields.need(1)?)?;
        Ok(Self {
            text_id: TextId::from_bytes(fields.need(0)?.bytes()?),
            answer: ProposalAnswer::from_code(answer).ok_or(Malformed::UnknownCode)?,
            words: fields.take(2).map(|item| item.text().map(wiped)).transpose()?,
        })
    }
}

impl About {
    pub(super) fn write(&self, w: &mut Writer<'_>) -> Result<(), Full> {
        w.map(1 + usize::from(self.text.is_some()))?;
        w.uint(0u8)?.bytes(self.text_id.as_bytes())?;
        if let Some(text) = &self.text {
            w.uint(1u8)?.text(text)?;
        }
        Ok(())
    }

    pub(super) fn read(item: Item<'_>) -> Result<Self, ReadError> {
        let mut fields = item.fields()?;
        Ok(Self {
            text_id: TextId::from_bytes(fields.need(0)?.bytes()?),
            text: fields.take(1).map(|item| item.text().map(wiped)).transpose()?,
        })
    }
}

closed!(Proposal SaidTo About);
