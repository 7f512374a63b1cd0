//! `received_choice`: what a desk received, and what it answered.

use attune_cipher::rusqlite::{Connection, Row, named_params, params};
use zeroize::Zeroizing;

use super::{from_column, to_column};
use crate::error::Error;
use crate::lane::document::{Kind, NoticeState};
use crate::lane::ids::{CaseId, TextId};
use crate::repair::{Pointer, RepairOption};

/// "Not listed", from a day that nobody knows: the desk was restored.
pub(crate) const HIDDEN_SINCE_RESTORE: u32 = u32::MAX;

/// One row.
pub(crate) struct ReceivedRow {
    pub(crate) case: CaseId,
    pub(crate) pairing: i64,
    pub(crate) revision: u64,
    pub(crate) kind: Kind,
    pub(crate) expiry_day: Option<u32>,
    pub(crate) pointer: Option<Pointer>,
    pub(crate) words: Option<Zeroizing<String>>,
    pub(crate) received_day: u32,
    pub(crate) due_day: Option<u32>,
    pub(crate) notice: NoticeState,
    /// The first version whose document has the notice as it is now.
    pub(crate) notice_version: Option<u64>,
    /// The relay has stored a document with a notice of this revision (rule R3).
    pub(crate) notice_stored: bool,
    /// Since when the client's newest document does not list it (rule R2).
    pub(crate) hidden_day: Option<u32>,
    pub(crate) text: Option<(TextId, Zeroizing<String>)>,
    /// The phone has stored the text.
    pub(crate) text_stored: bool,
    pub(crate) settled_day: Option<u32>,
}

const COLUMNS: &str =
    "case_id, pairing, revision, chosen, expiry_day, pointer, words, received_day,
    due_day, notice, notice_stored, hidden_day, text_id, text, text_stored, settled_day, notice_version";

/// Every choice, in the order of their ids.
pub(crate) fn all(db: &Connection) -> Result<Vec<ReceivedRow>, Error> {
    select(db, "ORDER BY case_id", &[])
}

/// The choices of one pairing, in the order of their ids: the order in which notices travel.
pub(crate) fn of_pairing(db: &Connection, pairing: i64) -> Result<Vec<ReceivedRow>, Error> {
    select(db, "WHERE pairing = ?1 ORDER BY case_id", &[&pairing])
}

/// One choice.
pub(crate) fn find(db: &Connection, case: CaseId) -> Result<Option<ReceivedRow>, Error> {
    Ok(select(db, "WHERE case_id = ?1", &[case.as_bytes()])?.pop())
}

/// Adds a choice, or writes the whole row again.
pub(crate) fn save(db: &Connection, r: &ReceivedRow) -> Result<(), Error> {
    let code = match r.kind {
        Kind::TakenBack => 0,
        Kind::Choice(option) => option.code().ok_or(Error::Damaged)?,
    };
    let (text_id, text) = r.text.as_ref().map(|(id, text)| (id.as_bytes(), text.as_str())).unzip();
    db.prepare_cached(
        "INSERT INTO received_choice (case_id, pairing, revision, chosen, expiry_day, pointer,
            words, received_day, due_day, notice, notice_stored, hidden_day, text_id, text,
            text_stored, settled_day, notice_version)
         VALUES (:case, :pairing, :revision, :chosen, :expiry_day, :pointer, :words,
            :received_day, :due_day, :notice, :notice_stored, :hidden_day, :text_id, :text,
            :text_stored, :settled_day, :notice_version)
         ON CONFLICT (case_id) DO UPDATE SET revision = :revision, chosen = :chosen,
            expiry_day = :expiry_day, pointer = :pointer, words = :words,
            received_day = :received_day, due_day = :due_day, notice = :notice,
            notice_stored = :notice_stored, hidden_day = :hidden_day, text_id = :text_id, text = :text,
            text_stored = :text_stored, settled_day = :settled_day, notice_version = :notice_version",
    )?
    .execute(named_params! {
        ":case": r.case.as_bytes(),
        ":pairing": r.pairing,
        ":revision": to_column(r.revision),
        ":chosen": code,
        ":expiry_day": r.expiry_day,
        ":pointer": r.pointer.map(Pointer::code),
        ":words": r.words.as_ref().map(|words| words.as_str()),
        ":received_day": r.received_day,
        ":due_day": r.due_day,
        ":notice": r.notice.code(),
        ":notice_stored": r.notice_stored,
        ":hidden_day": r.hidden_day,
        ":text_id": text_id,
        ":text": text,
        ":text_stored": r.text_stored,
        ":settled_day": r.settled_day,
        ":notice_version": r.notice_version.map(to_column),
    })?;
    Ok(())
}

/// Erases one choice.
pub(crate) fn remove(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.execute("DELETE FROM received_choice WHERE case_id = ?1", [case.as_bytes()])?;
    Ok(())
}

/// Erases what was received from one pairing.
pub(crate) fn remove_of_pairing(db: &Connection, pairing: i64) -> Result<(), Error> {
    db.execute("DELETE FROM received_choice WHERE pairing = ?1", [pairing])?;
    Ok(())
}

/// Erases what was settled before `settled`, and what the client has not listed since before
/// `unlisted` and knows to have been received.
pub(crate) fn remove_over_before(
    db: &Connection,
    settled: u32,
    unlisted: u32,
) -> Result<(), Error> {
    db.execute(
        "DELETE FROM received_choice WHERE settled_day < ?1 OR (hidden_day < ?2
            AND notice_version <= (SELECT peer_echo FROM pairing WHERE id = received_choice.pairing))",
        params![settled, unlisted],
    )?;
    Ok(())
}

fn select(
    db: &Connection,
    rest: &str,
    parameters: &[&dyn attune_cipher::rusqlite::ToSql],
) -> Result<Vec<ReceivedRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM received_choice {rest}");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(parameters)?;
    let mut choices = Vec::new();
    while let Some(row) = rows.next()? {
        choices.push(read(row)?);
    }
    Ok(choices)
}

fn read(row: &Row<'_>) -> Result<ReceivedRow, Error> {
    let kind = match row.get(3)? {
        0 => Kind::TakenBack,
        code => Kind::Choice(RepairOption::from_code(code).ok_or(Error::Damaged)?),
    };
    let text_id: Option<[u8; 16]> = row.get(12)?;
    Ok(ReceivedRow {
        case: CaseId::from_bytes(row.get(0)?),
        pairing: row.get(1)?,
        revision: from_column(row.get(2)?),
        kind,
        expiry_day: row.get(4)?,
        pointer: row.get::<_, Option<u8>>(5)?.and_then(Pointer::from_code),
        words: row.get::<_, Option<String>>(6)?.map(Zeroizing::new),
        received_day: row.get(7)?,
        due_day: row.get(8)?,
        notice: NoticeState::from_code(row.get(9)?).ok_or(Error::Damaged)?,
        notice_stored: row.get(10)?,
        hidden_day: row.get(11)?,
        text: text_id
            .map(TextId::from_bytes)
            .zip(row.get::<_, Option<String>>(13)?.map(Zeroizing::new)),
        text_stored: row.get(14)?,
        settled_day: row.get(15)?,
        notice_version: row.get::<_, Option<i64>>(16)?.map(from_column),
    })
}
