//! What a therapist carries on afterwards: corrections, and items to consult on or to learn.

use attune_cipher::rusqlite::Connection;
use chrono::{DateTime, FixedOffset, NaiveDate};
use zeroize::Zeroizing;

use super::Desk;
use super::worksheet::FIELD_LEN;
use crate::due::{day_number, day_of};
use crate::error::Error;
use crate::lane::document::{Kind, NoticeState};
use crate::repair::RepairOption;
use crate::sync::side::Now;
use crate::table::received_choice::{self, ReceivedRow};
use crate::table::work_item::{self, WorkItemRow};
use crate::table::{correction, pairing};

/// What an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkItemKind {
    /// To talk over with somebody the therapist consults.
    Consultation,
    /// To learn.
    Learning,
}

impl WorkItemKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Consultation, Self::Learning];

    /// The code in the vault, 1 or 2.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Consultation => 1,
            Self::Learning => 2,
        }
    }

    /// The kind of that code.
    pub(crate) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind's name in code and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consultation => "Consultation",
            Self::Learning => "Learning",
        }
    }

    /// The kind of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// An item on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkItemId(pub i64);

/// Something to consult on, or to learn. It names no client.
#[derive(Clone)]
pub struct WorkItem {
    /// Which one.
    pub id: WorkItemId,
    /// What it is for.
    pub kind: WorkItemKind,
    /// The option that brought it, while nobody has written on it.
    pub option: Option<RepairOption>,
    /// What it is; empty while only the option says it.
    pub what: Zeroizing<String>,
    /// By when: of one that an option brought, the client's next session, if the desk was told.
    pub due: Option<NaiveDate>,
    /// Since when it is done.
    pub done: Option<NaiveDate>,
}

/// A correction on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrectionId(pub i64);

/// What the therapist changed, and from when. It names no client.
#[derive(Clone)]
pub struct Correction {
    /// Which one.
    pub id: CorrectionId,
    /// What was changed.
    pub what: Zeroizing<String>,
    /// From which day.
    pub from: NaiveDate,
}

/// Consultation and learning.
impl Desk {
    /// The items: what is open first, the soonest due first. What was taken back leaves quietly.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn work_items(&self, now: DateTime<FixedOffset>) -> Result<Vec<WorkItem>, Error> {
        let today = Now::from(now).today;
        let mut items = self.session.vault.read(|db| {
            let mut items = Vec::new();
            for row in work_item::all(db)? {
                let Some(case) = row.case else {
                    items.push(item(row, None, None));
                    continue;
                };
                let Some(choice) = received_choice::find(db, case)? else { continue };
                if let (Kind::Choice(option), true) = (choice.kind, shows(&choice, today)) {
                    let session = pairing::find(db, choice.pairing)?.next_session;
                    items.push(item(row, Some(option), session));
                }
            }
            Ok::<_, Error>(items)
        })?;
        items.sort_by_key(|item| (item.done.is_some(), item.due.is_none(), item.due, item.id));
        Ok(items)
    }

    /// Adds an item of the therapist's own.
    ///
    /// # Errors
    /// [`Error::TextEmpty`], [`Error::TextTooLong`] over [`FIELD_LEN`], [`Error::Vault`].
    pub fn add_work_item(
        &mut self,
        kind: WorkItemKind,
        what: &str,
        due: Option<NaiveDate>,
    ) -> Result<WorkItemId, Error> {
        let what = written(what)?;
        let due = due.and_then(day_number);
        self.session.vault.write(|db| work_item::add(db, kind, what, due)).map(WorkItemId)
    }

    /// Writes on an item. One that an option brought is the therapist's own from then on.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TextEmpty`], [`Error::TextTooLong`], [`Error::Vault`].
    pub fn set_work_item(
        &mut self,
        id: WorkItemId,
        what: &str,
        due: Option<NaiveDate>,
    ) -> Result<(), Error> {
        let what = written(what)?;
        self.session.vault.write(|db| {
            let mut row = work_item::find(db, id.0)?.ok_or(Error::NotFound)?;
            row.what = Zeroizing::new(what.to_owned());
            row.due_day = due.and_then(day_number);
            row.case = None;
            work_item::save(db, &row)
        })
    }

    /// Marks an item as done, or as open again.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn set_work_item_done(
        &mut self,
        id: WorkItemId,
        done: bool,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let mut row = work_item::find(db, id.0)?.ok_or(Error::NotFound)?;
            let today = Now::from(now).today;
            row.done_day = done.then(|| row.done_day.unwrap_or(today));
            work_item::save(db, &row)
        })
    }

    /// Erases an item. One that an option brought can only be marked as done.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`], [`Error::Vault`].
    pub fn remove_work_item(&mut self, id: WorkItemId) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let row = work_item::find(db, id.0)?.ok_or(Error::NotFound)?;
            if row.case.is_some() {
                return Err(Error::TooLate);
            }
            work_item::remove(db, id.0).map(drop)
        })
    }
}

/// The correction log.
impl Desk {
    /// The corrections, the latest day first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        let rows = self.session.vault.read(correction::all)?;
        rows.into_iter()
            .map(|row| {
                let from = day_of(row.from_day).ok_or(Error::Damaged)?;
                Ok(Correction { id: CorrectionId(row.id), what: row.what, from })
            })
            .collect()
    }

    /// Adds a correction.
    ///
    /// # Errors
    /// [`Error::TextEmpty`], [`Error::TextTooLong`] over [`FIELD_LEN`], [`Error::OutOfRange`] for a
    /// day before 1970, [`Error::Vault`].
    pub fn add_correction(&mut self, what: &str, from: NaiveDate) -> Result<CorrectionId, Error> {
        self.session.vault.write(|db| log_correction(db, what, from)).map(CorrectionId)
    }

    /// Erases a correction.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn remove_correction(&mut self, id: CorrectionId) -> Result<(), Error> {
        let removed = self.session.vault.write(|db| correction::remove(db, id.0))?;
        if removed { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Adds a correction within a transaction.
pub(super) fn log_correction(db: &Connection, what: &str, from: NaiveDate) -> Result<i64, Error> {
    correction::add(db, written(what)?, day_number(from).ok_or(Error::OutOfRange)?)
}

fn written(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    match text.len() {
        0 => Err(Error::TextEmpty),
        length if length > FIELD_LEN => Err(Error::TextTooLong),
        _ => Ok(text),
    }
}

/// Whether a person may see that this choice came: the client knows that it was received (R3), and
/// neither took it back nor let it run out before it was answered.
pub(super) fn shows(choice: &ReceivedRow, today: u32) -> bool {
    let answered = choice.notice == NoticeState::Answered;
    let listed = choice.hidden_day.is_none() || answered;
    let holds = choice.expiry_day.is_none_or(|day| day >= today) || answered;
    choice.notice_stored && listed && holds && choice.notice != NoticeState::Expired
}

fn item(row: WorkItemRow, option: Option<RepairOption>, next_session: Option<u32>) -> WorkItem {
    WorkItem {
        id: WorkItemId(row.id),
        kind: row.kind,
        option,
        what: row.what,
        due: row.due_day.or(next_session).and_then(day_of),
        done: row.done_day.and_then(day_of),
    }
}
