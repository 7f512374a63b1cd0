//! Moments the client flagged: private for ever unless shared.
//!
//! Nothing in this module leaves the phone. The lanes and the sync engine cannot name its types.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Offset};

use attune_cipher::rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Error;
use crate::repair::Pointer;
use crate::table::setting;

/// Which moment. Ids grow with time and are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MisattunementId(pub i64);

/// A moment the client flagged.
#[derive(Clone, PartialEq, Eq)]
pub struct Misattunement {
    /// Which one.
    pub id: MisattunementId,
    /// When it was flagged, in the zone the phone was in.
    pub marked_at: DateTime<FixedOffset>,
    /// The client's own words, if any; at most [`NOTE_CHARS`] characters.
    pub note: Option<String>,
    /// The client's own hint at what it was about, if any.
    pub pointer: Option<Pointer>,
}

impl Misattunement {
    /// The day after which it is erased, where moments are kept for `days`.
    #[must_use]
    pub fn last_day(&self, days: Option<u16>) -> Option<NaiveDate> {
        self.marked_at.date_naive().checked_add_days(Days::new(days?.into()))
    }
}

/// Characters in a client's own words on a moment.
pub const NOTE_CHARS: usize = 500;

/// Days that a moment is kept, unless the client sets another number or none.
pub const STANDARD_DAYS: u16 = 90;

const DAYS_SETTING: &str = "misattunement_days";
/// When moments were last let run out, and when a leap of the clock was first seen.
const EXPIRED_AT_SETTING: &str = "misattunements_expired_at";
const LEAP_SEEN_SETTING: &str = "clock_leap_seen_at";
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// A clock that is this much ahead of when it was last looked at may be wrong.
const LEAP_MILLIS: i64 = 30 * DAY_MILLIS;
/// An id is the time in milliseconds times this, plus what is needed to be the largest.
const IDS_A_MILLISECOND: i64 = 1_024;

/// Saves a moment marked `now`.
pub(crate) fn flag(db: &Connection, now: DateTime<FixedOffset>) -> Result<MisattunementId, Error> {
    let marked_at = now.timestamp_millis();
    db.prepare_cached(
        "INSERT INTO misattunement (id, marked_at, offset_minutes)
         VALUES (max(?1, ifnull((SELECT max(id) FROM misattunement), 0) + 1), ?2, ?3)",
    )?
    .execute(params![
        marked_at.saturating_mul(IDS_A_MILLISECOND),
        marked_at,
        now.offset().local_minus_utc() / 60
    ])?;
    // Not by RETURNING, which makes a table in memory for its one row.
    Ok(MisattunementId(db.last_insert_rowid()))
}

/// One moment.
pub(crate) fn find(db: &Connection, id: MisattunementId) -> Result<Misattunement, Error> {
    db.prepare_cached(
        "SELECT id, marked_at, offset_minutes, note, pointer FROM misattunement WHERE id = ?1",
    )?
    .query_row([id.0], read)
    .optional()?
    .ok_or(Error::NotFound)
}

/// Up to `limit` moments before `before`, newest first.
pub(crate) fn page(
    db: &Connection,
    before: Option<MisattunementId>,
    limit: u32,
) -> Result<Vec<Misattunement>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT id, marked_at, offset_minutes, note, pointer FROM misattunement
         WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![before.map_or(i64::MAX, |id| id.0), limit], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps the client's own words with a moment, or removes them.
pub(crate) fn set_note(
    db: &Connection,
    id: MisattunementId,
    note: Option<&str>,
) -> Result<(), Error> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_CHARS) {
        return Err(Error::WordsTooLong);
    }
    changed(db.execute("UPDATE misattunement SET note = ?2 WHERE id = ?1", params![id.0, note])?)
}

/// Keeps the client's hint with a moment, or removes it.
pub(crate) fn set_pointer(
    db: &Connection,
    id: MisattunementId,
    pointer: Option<Pointer>,
) -> Result<(), Error> {
    let code = pointer.map(Pointer::code);
    changed(db.execute("UPDATE misattunement SET pointer = ?2 WHERE id = ?1", params![id.0, code])?)
}

/// Erases one moment. A choice that was shared for it stays, without a link to it.
pub(crate) fn erase(db: &Connection, id: MisattunementId) -> Result<(), Error> {
    changed(db.execute("DELETE FROM misattunement WHERE id = ?1", [id.0])?)
}

/// Erases every moment.
pub(crate) fn erase_all(db: &Connection) -> Result<(), Error> {
    db.execute("DELETE FROM misattunement", [])?;
    Ok(())
}

/// Days that a moment is kept; `None` keeps moments until the client erases them.
pub(crate) fn days(db: &Connection) -> Result<Option<u16>, Error> {
    Ok(match setting::number(db, DAYS_SETTING)? {
        None => Some(STANDARD_DAYS),
        Some(days) => u16::try_from(days).ok().filter(|days| *days > 0),
    })
}

/// Sets for how many days a moment is kept; `None` switches expiry off.
pub(crate) fn set_days(db: &Connection, days: Option<u16>) -> Result<(), Error> {
    setting::set_number(db, DAYS_SETTING, days.unwrap_or(0).into())
}

/// Erases the moments that are older than the client wants them kept.
///
/// A clock that leaps ahead by more than a month (a phone that was off, or a wrong date) erases
/// nothing until it has stayed there for a day: what is erased cannot be brought back.
pub(crate) fn expire(db: &Connection, now: DateTime<FixedOffset>) -> Result<(), Error> {
    if clock_leaps(db, now.timestamp_millis())? {
        return Ok(());
    }
    if let Some(days) = days(db)?
        && let Some(oldest) = now.checked_sub_days(Days::new(days.into()))
    {
        let id = oldest.timestamp_millis().saturating_mul(IDS_A_MILLISECOND);
        db.prepare_cached("DELETE FROM misattunement WHERE id < ?1")?.execute([id])?;
    }
    Ok(())
}

fn clock_leaps(db: &Connection, now: i64) -> Result<bool, Error> {
    let last = setting::number(db, EXPIRED_AT_SETTING)?.unwrap_or(now);
    if now.saturating_sub(last) > LEAP_MILLIS {
        let seen = setting::number(db, LEAP_SEEN_SETTING)?;
        let stayed = seen.map(|seen| now.saturating_sub(seen));
        if !stayed.is_some_and(|stayed| (DAY_MILLIS..=LEAP_MILLIS).contains(&stayed)) {
            if !stayed.is_some_and(|stayed| (0..DAY_MILLIS).contains(&stayed)) {
                setting::set_number(db, LEAP_SEEN_SETTING, now)?;
            }
            return Ok(true);
        }
    }
    setting::remove(db, LEAP_SEEN_SETTING)?;
    setting::set_number(db, EXPIRED_AT_SETTING, now)?;
    Ok(false)
}

fn changed(rows: usize) -> Result<(), Error> {
    if rows == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn read(row: &Row<'_>) -> attune_cipher::rusqlite::Result<Misattunement> {
    let offset: i32 = row.get(2)?;
    let zone = FixedOffset::east_opt(offset.saturating_mul(60));
    let instant = DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default();
    Ok(Misattunement {
        id: MisattunementId(row.get(0)?),
        marked_at: instant.with_timezone(&zone.unwrap_or(chrono::Utc.fix())),
        note: row.get(3)?,
        pointer: row.get::<_, Option<u8>>(4)?.and_then(Pointer::from_code),
    })
}
