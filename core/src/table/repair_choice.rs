//! `repair_choice`: what the client shared, with what is known of it.

use attune_cipher::rusqlite::{Connection, Row, named_params};
use zeroize::Zeroizing;

use super::{from_column, to_column};
use crate::error::Error;
use crate::lane::document::{Entry, Kind};
use crate::lane::ids::{CaseId, Incarnation};
use crate::repair::{Pointer, RepairOption};
use crate::state::ChoiceState;

/// One row. Only what is in [`ChoiceRow::entry`] can leave the phone.
pub(crate) struct ChoiceRow {
    pub(crate) case: CaseId,
    pub(crate) pairing: i64,
    /// The private moment it was picked for, by number only.
    pub(crate) moment: Option<i64>,
    pub(crate) option: RepairOption,
    pub(crate) revision: u64,
    pub(crate) expiry_day: Option<u32>,
    pub(crate) pointer: Option<Pointer>,
    pub(crate) words: Option<Zeroizing<String>>,
    /// SHA-256 of the entry that was previewed.
    pub(crate) previewed: [u8; 32],
    /// The incarnation under which the person said yes to it.
    pub(crate) confirmed_under: Incarnation,
    pub(crate) state: ChoiceState,
    /// The last version whose document carried it.
    pub(crate) sealed_version: Option<u64>,
    /// The first version that left it out after it was taken back.
    pub(crate) absent_version: Option<u64>,
    /// Whether the practice has ever listed it.
    pub(crate) listed: bool,
    /// The practice's desk was restored meanwhile: its silence proves nothing.
    pub(crate) doubt: bool,
    pub(crate) due_day: Option<u32>,
    pub(crate) shared_at: i64,
}

impl ChoiceRow {
    /// The entry as it is sealed.
    pub(crate) fn entry(&self) -> Entry {
        Entry {
            case: self.case,
            revision: self.revision,
            kind: Kind::Choice(self.option),
            expiry_day: self.expiry_day,
            pointer: self.pointer,
            words: self.words.clone(),
        }
    }
}

const COLUMNS: &str =
    "case_id, pairing, misattunement, chosen, revision, expiry_day, pointer, words,
    previewed, confirmed_under, state, sealed_version, absent_version, listed, doubt, due_day,
    shared_at";

/// Every choice, newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<ChoiceRow>, Error> {
    select(db, "ORDER BY shared_at DESC, case_id", &[])
}

/// The choices of one pairing, in the order of their ids: the order in which they travel.
pub(crate) fn of_pairing(db: &Connection, pairing: i64) -> Result<Vec<ChoiceRow>, Error> {
    select(db, "WHERE pairing = ?1 ORDER BY case_id", &[&pairing])
}

/// The choices of one moment, newest first.
pub(crate) fn of_moment(db: &Connection, moment: i64) -> Result<Vec<ChoiceRow>, Error> {
    select(db, "WHERE misattunement = ?1 ORDER BY shared_at DESC, case_id", &[&moment])
}

/// One choice.
pub(crate) fn find(db: &Connection, case: CaseId) -> Result<Option<ChoiceRow>, Error> {
    Ok(select(db, "WHERE case_id = ?1", &[case.as_bytes()])?.pop())
}

/// Adds a choice, or writes the whole row again.
pub(crate) fn save(db: &Connection, c: &ChoiceRow) -> Result<(), Error> {
    let state = c.state.stored().ok_or(Error::Damaged)?;
    let code = c.option.code().ok_or(Error::NotOffered)?;
    db.prepare_cached(
        "INSERT INTO repair_choice (case_id, pairing, misattunement, chosen, revision, expiry_day,
            pointer, words, previewed, confirmed_under, state, sealed_version, absent_version,
            listed, doubt, due_day, shared_at)
         VALUES (:case, :pairing, :moment, :chosen, :revision, :expiry_day, :pointer, :words,
            :previewed, :confirmed_under, :state, :sealed_version, :absent_version, :listed,
            :doubt, :due_day, :shared_at)
         ON CONFLICT (case_id) DO UPDATE SET chosen = :chosen, revision = :revision,
            expiry_day = :expiry_day, pointer = :pointer, words = :words, previewed = :previewed,
            confirmed_under = :confirmed_under, state = :state, sealed_version = :sealed_version,
            absent_version = :absent_version, listed = :listed, doubt = :doubt,
            due_day = :due_day, shared_at = :shared_at",
    )?
    .execute(named_params! {
        ":case": c.case.as_bytes(),
        ":pairing": c.pairing,
        ":moment": c.moment,
        ":chosen": code,
        ":revision": to_column(c.revision),
        ":expiry_day": c.expiry_day,
        ":pointer": c.pointer.map(Pointer::code),
        ":words": c.words.as_ref().map(|words| words.as_str()),
        ":previewed": c.previewed,
        ":confirmed_under": c.confirmed_under.as_bytes(),
        ":state": state,
        ":sealed_version": c.sealed_version.map(to_column),
        ":absent_version": c.absent_version.map(to_column),
        ":listed": c.listed,
        ":doubt": c.doubt,
        ":due_day": c.due_day,
        ":shared_at": c.shared_at,
    })?;
    Ok(())
}

/// Erases a choice from the phone.
pub(crate) fn remove(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.execute("DELETE FROM repair_choice WHERE case_id = ?1", [case.as_bytes()])?;
    Ok(())
}

fn select(
    db: &Connection,
    rest: &str,
    parameters: &[&dyn attune_cipher::rusqlite::ToSql],
) -> Result<Vec<ChoiceRow>, Error> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS} FROM repair_choice {rest}"))?;
    let mut rows = statement.query(parameters)?;
    let mut choices = Vec::new();
    while let Some(row) = rows.next()? {
        choices.push(read(row)?);
    }
    Ok(choices)
}

fn read(row: &Row<'_>) -> Result<ChoiceRow, Error> {
    let counter = |column: usize| -> Result<Option<u64>, Error> {
        Ok(row.get::<_, Option<i64>>(column)?.map(from_column))
    };
    Ok(ChoiceRow {
        case: CaseId::from_bytes(row.get(0)?),
        pairing: row.get(1)?,
        moment: row.get(2)?,
        option: RepairOption::from_code(row.get(3)?).ok_or(Error::Damaged)?,
        revision: counter(4)?.unwrap_or(0),
        expiry_day: row.get(5)?,
        pointer: row.get::<_, Option<u8>>(6)?.and_then(Pointer::from_code),
        words: row.get::<_, Option<String>>(7)?.map(Zeroizing::new),
        previewed: row.get(8)?,
        confirmed_under: Incarnation::from_bytes(row.get(9)?),
        state: ChoiceState::from_stored(row.get(10)?).ok_or(Error::Damaged)?,
        sealed_version: counter(11)?,
        absent_version: counter(12)?,
        listed: row.get(13)?,
        doubt: row.get(14)?,
        due_day: row.get(15)?,
        shared_at: row.get(16)?,
    })
}
