//! Cards and answers: what is open at the desk, and what a person does about it.

use attune_cipher::rusqlite::Connection;
use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use super::proposals::wants_no_contact;
use super::work::log_correction;
use super::{ClientId, Desk};
use crate::due::{Due, day_of};
use crate::error::Error;
use crate::followup::{Draft, check_note_with};
use crate::lane::document::{IN_FLIGHT_LEN, Kind, NoticeState, TEXT_LEN};
use crate::lane::ids::{CaseId, TextId};
use crate::pairing::messages::decode_card;
use crate::received_choice::due;
use crate::repair::{Pointer, RepairOption};
use crate::session::Session;
use crate::sync::side::Now;
use crate::table::note_parts;
use crate::table::pairing::{self, Pairing};
use crate::table::received_choice::{self, ReceivedRow};

/// An open card.
#[derive(Clone)]
pub struct Card {
    /// Which one.
    pub case: CaseId,
    /// Whose.
    pub client: ClientId,
    /// The name they chose, if they chose one.
    pub client_name: Option<String>,
    /// What they chose.
    pub option: RepairOption,
    /// What it was about, if they shared that.
    pub pointer: Option<Pointer>,
    /// Their own words, if they shared them.
    pub words: Option<Zeroizing<String>>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// When it is due.
    pub due: Due,
    /// The due day has passed.
    pub late: bool,
    /// A person has opened it.
    pub opened: bool,
    /// The day of the client's next session, if the desk was told.
    pub next_session: Option<NaiveDate>,
}

/// Why a card is not open any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardEnd {
    /// The client took it back, or nothing is known of it any more.
    TakenBack,
    /// Its last day is over.
    Expired,
    /// It was answered, or marked as done.
    Answered,
}

/// Cards and answers.
impl Desk {
    /// The open cards, the soonest due first. A choice shows only after the relay has stored the
    /// notice that it was received (R3); taken back and expired ones leave quietly.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn inbox(&self, now: DateTime<FixedOffset>) -> Result<Vec<Card>, Error> {
        let today = Now::from(now).today;
        let mut cards: Vec<Card> = self.session.vault.read(|db| {
            let mut cards = Vec::new();
            for row in received_choice::all(db)? {
                if is_open(&row, today) {
                    let pairing = pairing::find(db, row.pairing)?;
                    cards.extend(card(row, &pairing, today));
                }
            }
            Ok::<_, Error>(cards)
        })?;
        cards.sort_by_key(|card| {
            let day = card.due.day().or(match card.due {
                Due::AtOnce => Some(NaiveDate::MIN),
                _ => None,
            });
            (day.is_none(), day, card.case)
        });
        Ok(cards)
    }

    /// A person opens a card: the one act behind `Opened`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such card is open, [`Error::Vault`].
    pub fn open_card(&mut self, case: CaseId, now: DateTime<FixedOffset>) -> Result<Card, Error> {
        let today = Now::from(now).today;
        self.session.vault.write(|db| {
            let mut row = open_row(db, case, today)?;
            if row.notice < NoticeState::Opened {
                row.notice = NoticeState::Opened;
                row.notice_version = None;
            }
            received_choice::save(db, &row)?;
            let pairing = pairing::find(db, row.pairing)?;
            card(row, &pairing, today).ok_or(Error::Damaged)
        })
    }

    /// Sends a note on an open card. It leaves with the next sync, and only to a phone whose four
    /// words were compared. What was being written for it goes.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NoteNotAllowed`] while the client wants no contact, [`Error::TextEmpty`],
    /// [`Error::NoteBlocked`] for what the burden check does not let through, [`Error::TextTooLong`] over 4,800 bytes or over what is under way already, [`Error::Vault`].
    pub fn reply(
        &mut self,
        case: CaseId,
        text: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<TextId, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::TextEmpty);
        }
        let reader = self.reader;
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            let mut row = open_row(db, case, Now::from(now).today)?;
            if wants_no_contact(db, row.pairing)? {
                return Err(Error::NoteNotAllowed);
            }
            let Kind::Choice(option) = row.kind else { return Err(Error::NotFound) };
            let client_words = row.words.as_ref().map(|words| words.as_str());
            if check_note_with(&Draft { option, text, client_words }, reader).blocks() {
                return Err(Error::NoteBlocked);
            }
            let mut in_flight = text.len();
            for other in received_choice::of_pairing(db, row.pairing)? {
                if let (Some((_, text)), false) = (&other.text, other.text_stored) {
                    in_flight += text.len();
                }
            }
            if text.len() > TEXT_LEN || in_flight > IN_FLIGHT_LEN {
                return Err(Error::TextTooLong);
            }
            let id = TextId::generate(&mut **entropy)?;
            row.notice = NoticeState::Answered;
            row.notice_version = None;
            row.text = Some((id, Zeroizing::new(text.to_owned())));
            row.text_stored = false;
            received_choice::save(db, &row)?;
            note_parts::remove(db, case)?;
            Ok(id)
        })
    }

    /// Whether that text is the answer that was given to a card: what a button that was pressed twice
    /// asks for the second time.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn was_answered(&self, case: CaseId, text: &str) -> Result<bool, Error> {
        let row = self.session.vault.read(|db| received_choice::find(db, case))?;
        let answered = row.filter(|row| row.notice == NoticeState::Answered);
        let sent = answered.and_then(|row| row.text);
        Ok(sent.is_some_and(|(_, sent)| sent.as_str() == text.trim()))
    }

    /// Why no such card is open; `None` while it is.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn card_end(
        &self,
        case: CaseId,
        now: DateTime<FixedOffset>,
    ) -> Result<Option<CardEnd>, Error> {
        let today = Now::from(now).today;
        let Some(row) = self.session.vault.read(|db| received_choice::find(db, case))? else {
            return Ok(Some(CardEnd::TakenBack));
        };
        let over = row.expiry_day.is_some_and(|day| day < today);
        Ok(match row.notice {
            _ if is_open(&row, today) => None,
            _ if row.kind == Kind::TakenBack => Some(CardEnd::TakenBack),
            NoticeState::Answered => Some(CardEnd::Answered),
            NoticeState::Expired => Some(CardEnd::Expired),
            NoticeState::Received | NoticeState::Opened if over => Some(CardEnd::Expired),
            NoticeState::Received | NoticeState::Opened => Some(CardEnd::TakenBack),
        })
    }

    /// Marks an open card as done without a note.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn done(&mut self, case: CaseId, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.vault.write(|db| mark_done(db, case, now))
    }

    /// Marks an open card as done, and adds to the correction log what was changed and from when: both or
    /// neither.
    ///
    /// # Errors
    /// As [`done`](Self::done) and [`add_correction`](Self::add_correction).
    pub fn done_with(
        &mut self,
        case: CaseId,
        what: &str,
        from: NaiveDate,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        self.session.vault.write(|db| {
            log_correction(db, what, from)?;
            mark_done(db, case, now)
        })
    }
}

fn mark_done(db: &Connection, case: CaseId, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let mut row = open_row(db, case, Now::from(now).today)?;
    row.notice = NoticeState::Answered;
    row.notice_version = None;
    received_choice::save(db, &row)
}

fn is_open(row: &ReceivedRow, today: u32) -> bool {
    row.notice_stored
        && row.hidden_day.is_none()
        && row.settled_day.is_none()
        && matches!(row.kind, Kind::Choice(_))
        && matches!(row.notice, NoticeState::Received | NoticeState::Opened)
        && row.expiry_day.is_none_or(|day| day >= today)
}

pub(super) fn open_row(db: &Connection, case: CaseId, today: u32) -> Result<ReceivedRow, Error> {
    received_choice::find(db, case)?.filter(|row| is_open(row, today)).ok_or(Error::NotFound)
}

fn card(row: ReceivedRow, pairing: &Pairing, today: u32) -> Option<Card> {
    let Kind::Choice(option) = row.kind else { return None };
    let practice = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    let due = due(option, practice.as_ref(), day_of(row.received_day)?, pairing.next_session);
    Some(Card {
        case: row.case,
        client: ClientId(row.pairing),
        client_name: pairing.chosen_name.clone(),
        option,
        pointer: row.pointer,
        words: row.words,
        until: row.expiry_day.and_then(day_of),
        due,
        late: row.due_day.is_some_and(|day| day < today) && due.day().is_some(),
        opened: row.notice == NoticeState::Opened,
        next_session: pairing.next_session.and_then(day_of),
    })
}
