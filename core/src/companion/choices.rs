//! Choices, from the preview to the note that answers them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use super::Companion;
use super::practices::name_of;
use crate::due::day_of;
use crate::error::Error;
use crate::lane::ids::{CaseId, TextId};
use crate::misattunement::MisattunementId;
use crate::preview::{self, PracticeId, Preview, RepairChoice};
use crate::repair::{Pointer, RepairOption};
use crate::session::Session;
use crate::shared_choice::SEALED_BEFORE;
use crate::state::ChoiceState;
use crate::sync::side::Now;
use crate::table::follow_up::{self, FollowUpRow};
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::repair_choice::{self, ChoiceRow};

/// Why a shared choice stays on the phone for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// This phone was restored: the person has to say yes to it again.
    Confirmation,
    /// It has own words, and the four words have not been compared.
    Comparison,
}

/// A shared choice, as the phone shows it.
#[derive(Clone)]
pub struct Choice {
    /// Which one.
    pub case: CaseId,
    /// The moment it was picked for, if that is still there.
    pub moment: Option<MisattunementId>,
    /// Who it goes to.
    pub practice: PracticeId,
    /// Their name.
    pub recipient: String,
    /// The option.
    pub option: RepairOption,
    /// The pointer that was shared.
    pub pointer: Option<Pointer>,
    /// The own words that were shared.
    pub words: Option<Zeroizing<String>>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// Where it stands.
    pub state: ChoiceState,
    /// By when the practice answers, once it said so.
    pub due: Option<NaiveDate>,
    /// Why it stays on the phone for now.
    pub waits_for: Option<WaitsFor>,
    /// What its state leaves open: of a queued choice, whether it was sent (the link broke before
    /// the relay's answer was here); of one being taken back, whether it was picked up.
    pub unsure: bool,
    /// The pairing has ended: nothing more will be known of it, and it can only be erased.
    pub ended: bool,
    /// A note on it is here.
    pub has_note: bool,
}

/// A note from the practice.
#[derive(Clone)]
pub struct FollowUp {
    /// Which one.
    pub id: TextId,
    /// The choice it answers.
    pub case: CaseId,
    /// Who wrote it.
    pub practice: PracticeId,
    /// Their name.
    pub sender: String,
    /// The text.
    pub text: Zeroizing<String>,
    /// When this phone stored it, in milliseconds since 1970-01-01 UTC.
    pub stored_at: i64,
}

/// Choices.
impl Companion {
    /// Fixes exactly what a share would send, and to whom. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::NotReady`], [`Error::NotOffered`], [`Error::NotFound`], [`Error::WordsTooLong`],
    /// [`Error::NotCompared`] for own words, [`Error::PastEndDate`], [`Error::TooLate`] for a choice
    /// that can no longer be replaced, [`Error::Vault`].
    pub fn preview(
        &mut self,
        choice: &RepairChoice,
        now: DateTime<FixedOffset>,
    ) -> Result<Preview, Error> {
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| preview::make(db, choice, now.into(), &mut **entropy))
    }

    /// Shares what was previewed last, and only that. It leaves with the next sync.
    ///
    /// # Errors
    /// [`Error::NotPreviewed`], [`Error::TooManyOpen`], [`Error::WordsTooLong`] when too many words
    /// are under way, and those of [`preview`](Self::preview).
    pub fn share(
        &mut self,
        preview: &[u8; 32],
        now: DateTime<FixedOffset>,
    ) -> Result<CaseId, Error> {
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| preview::share(db, preview, now.into(), &mut **entropy))
    }

    /// Every choice, newest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn choices(&self, now: DateTime<FixedOffset>) -> Result<Vec<Choice>, Error> {
        let rows = self.session.vault.read(repair_choice::all)?;
        rows.into_iter().map(|row| self.show(row, now)).collect()
    }

    /// The choices of one moment, newest first; none means that it is held.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn choices_of(
        &self,
        moment: MisattunementId,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<Choice>, Error> {
        let rows = self.session.vault.read(|db| repair_choice::of_moment(db, moment.0))?;
        rows.into_iter().map(|row| self.show(row, now)).collect()
    }

    /// One choice.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn choice(&self, case: CaseId, now: DateTime<FixedOffset>) -> Result<Choice, Error> {
        let row = self.session.vault.read(|db| repair_choice::find(db, case))?;
        self.show(row.ok_or(Error::NotFound)?, now)
    }

    /// Takes a choice back.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`], [`Error::Vault`].
    pub fn take_back(&mut self, case: CaseId) -> Result<(), Error> {
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            let row = repair_choice::find(db, case)?.ok_or(Error::NotFound)?;
            preview::take_back(db, row, &mut **entropy)
        })
    }

    /// Erases a choice that is over from the phone. What the practice has, it has.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`] while it is open and its pairing has not ended.
    pub fn erase_choice(&mut self, case: CaseId) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let row = repair_choice::find(db, case)?.ok_or(Error::NotFound)?;
            let ended = pairing::find(db, row.pairing)?.stage == Stage::Ended;
            if row.state.is_open() && !ended {
                return Err(Error::TooLate);
            }
            repair_choice::remove(db, case)
        })
    }

    /// Every note, newest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn notes(&self) -> Result<Vec<FollowUp>, Error> {
        let rows = self.session.vault.read(follow_up::all)?;
        rows.into_iter().map(|row| self.note_of(row)).collect()
    }

    /// The notes on one choice, newest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn notes_of(&self, case: CaseId) -> Result<Vec<FollowUp>, Error> {
        let rows = self.session.vault.read(|db| follow_up::of_case(db, case))?;
        rows.into_iter().map(|row| self.note_of(row)).collect()
    }

    /// One note.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn note(&self, note: TextId) -> Result<FollowUp, Error> {
        let row = self.session.vault.read(|db| follow_up::find(db, note))?;
        self.note_of(row.ok_or(Error::NotFound)?)
    }

    /// Erases a note from the phone.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn erase_note(&mut self, note: TextId) -> Result<(), Error> {
        let erased = self.session.vault.write(|db| follow_up::erase(db, note))?;
        if erased { Ok(()) } else { Err(Error::NotFound) }
    }

    fn show(&self, row: ChoiceRow, now: DateTime<FixedOffset>) -> Result<Choice, Error> {
        let pairing = self.session.pairing(row.pairing)?;
        let notes = self.session.vault.read(|db| follow_up::of_case(db, row.case))?;
        Ok(view(row, &pairing, !notes.is_empty(), Now::from(now).today))
    }

    fn note_of(&self, row: FollowUpRow) -> Result<FollowUp, Error> {
        Ok(FollowUp {
            id: row.text_id,
            case: row.case,
            practice: PracticeId(row.pairing),
            sender: name_of(&self.session.pairing(row.pairing)?),
            text: row.text,
            stored_at: row.stored_at,
        })
    }
}

fn view(row: ChoiceRow, pairing: &Pairing, has_note: bool, today: u32) -> Choice {
    let waits_for = match row.state {
        _ if pairing.stage == Stage::Ended => None,
        ChoiceState::Queued
        | ChoiceState::Uploaded
        | ChoiceState::Received
        | ChoiceState::Opened => {
            if row.confirmed_under != pairing.incarnation {
                Some(WaitsFor::Confirmation)
            } else if row.words.is_some() && !pairing.is_compared() {
                Some(WaitsFor::Comparison)
            } else {
                None
            }
        }
        _ => None,
    };
    let late = pairing.stage != Stage::Ended
        && matches!(row.state, ChoiceState::Received | ChoiceState::Opened)
        && row.due_day.is_some_and(|day| day < today)
        && !matches!(row.option, RepairOption::Pause | RepairOption::NoContact);
    Choice {
        case: row.case,
        moment: row.moment.map(MisattunementId),
        practice: PracticeId(row.pairing),
        recipient: name_of(pairing),
        option: row.option,
        pointer: row.pointer,
        words: row.words,
        until: row.expiry_day.and_then(day_of),
        state: if late { ChoiceState::Late } else { row.state },
        due: row.due_day.and_then(day_of),
        waits_for,
        unsure: match row.state {
            ChoiceState::Queued => {
                waits_for.is_none()
                    && row.sealed_version.is_some_and(|version| version != SEALED_BEFORE)
            }
            ChoiceState::Withdrawing => !row.listed,
            _ => false,
        },
        ended: pairing.stage == Stage::Ended,
        has_note,
    }
}
