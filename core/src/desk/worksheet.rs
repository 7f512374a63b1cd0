//! The worksheet and the note as it is written: what a therapist does between a card and an answer.

use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use super::cards::open_row;
use super::{Card, Desk};
use crate::error::Error;
use crate::followup::{Draft, NoteCheck, NoteParts, check_note_with};
use crate::lane::ids::CaseId;
use crate::sync::side::Now;
use crate::table::{note_parts, worksheet};

/// Bytes of one field of the worksheet, or of one part of a note, at most.
pub const FIELD_LEN: usize = 4_800;

/// What a therapist thinks through before the editor opens. It never leaves the desk, and goes with
/// its case.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Worksheet {
    /// What did I say, or leave out?
    pub said: Zeroizing<String>,
    /// What may it have done?
    pub effect: Zeroizing<String>,
    /// What of mine (place, power, habit) was in it?
    pub mine: Zeroizing<String>,
    /// What will I change?
    pub change: Zeroizing<String>,
    /// Whom will I consult?
    pub consult: Zeroizing<String>,
    /// On which day.
    pub consult_on: Option<NaiveDate>,
}

impl Worksheet {
    fn fields(&self) -> [&str; 5] {
        [&self.said, &self.effect, &self.mine, &self.change, &self.consult]
    }

    /// Whether nothing was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields().iter().all(|field| field.trim().is_empty())
    }
}

/// Between a card and its answer.
impl Desk {
    /// The worksheet of an open card; an empty one if nothing was written.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such card is open, [`Error::Vault`].
    pub fn worksheet(&self, case: CaseId, now: DateTime<FixedOffset>) -> Result<Worksheet, Error> {
        self.session.vault.read(|db| {
            open_row(db, case, Now::from(now).today)?;
            worksheet::of(db, case)
        })
    }

    /// Keeps the worksheet of an open card.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TextTooLong`] for a field over [`FIELD_LEN`], [`Error::Vault`].
    pub fn set_worksheet(
        &mut self,
        case: CaseId,
        sheet: &Worksheet,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        if sheet.fields().iter().any(|field| field.len() > FIELD_LEN) {
            return Err(Error::TextTooLong);
        }
        self.session.vault.write(|db| {
            open_row(db, case, Now::from(now).today)?;
            worksheet::save(db, case, sheet)
        })
    }

    /// The note of an open card as it is being written; empty parts if nothing was.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn note_parts(&self, case: CaseId, now: DateTime<FixedOffset>) -> Result<NoteParts, Error> {
        self.session.vault.read(|db| {
            open_row(db, case, Now::from(now).today)?;
            note_parts::of(db, case)
        })
    }

    /// Keeps the note of an open card as it is being written. Sending it forgets the parts.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TextTooLong`] for a part over [`FIELD_LEN`], [`Error::Vault`].
    pub fn set_note_parts(
        &mut self,
        case: CaseId,
        parts: &NoteParts,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        if parts.each().iter().any(|part| part.len() > FIELD_LEN) {
            return Err(Error::TextTooLong);
        }
        self.session.vault.write(|db| {
            open_row(db, case, Now::from(now).today)?;
            note_parts::save(db, case, parts)
        })
    }

    /// What the checks say of a text as an answer to that card. Nothing of it is kept.
    #[must_use]
    pub fn check(&self, card: &Card, text: &str) -> NoteCheck {
        let client_words = card.words.as_ref().map(|words| words.as_str());
        check_note_with(&Draft { option: card.option, text, client_words }, self.reader)
    }
}
