//! `follow_up`: the notes a phone was sent.

use attune_cipher::rusqlite::{Connection, Params, Row, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::ids::{CaseId, TextId};

/// One note.
pub(crate) struct FollowUpRow {
    pub(crate) text_id: TextId,
    pub(crate) pairing: i64,
    pub(crate) case: CaseId,
    pub(crate) text: Zeroizing<String>,
    pub(crate) stored_at: i64,
}

const COLUMNS: &str = "text_id, pairing, case_id, text, stored_at";

/// Keeps a note. One that is kept already is marked as carried again, and stays as it is.
pub(crate) fn keep(db: &Connection, note: &FollowUpRow) -> Result<(), Error> {
    db.execute(
        "INSERT INTO follow_up (text_id, pairing, case_id, text, stored_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (text_id) DO UPDATE SET carried = 1",
        params![
            note.text_id.as_bytes(),
            note.pairing,
            note.case.as_bytes(),
            note.text.as_str(),
            note.stored_at
        ],
    )?;
    Ok(())
}

/// Every note, newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<FollowUpRow>, Error> {
    select(db, "ORDER BY stored_at DESC, text_id", [])
}

/// The notes on a case, newest first.
pub(crate) fn of_case(db: &Connection, case: CaseId) -> Result<Vec<FollowUpRow>, Error> {
    select(db, "AND case_id = ?1 ORDER BY stored_at DESC, text_id", [case.as_bytes()])
}

/// One note that is not erased.
pub(crate) fn find(db: &Connection, text: TextId) -> Result<Option<FollowUpRow>, Error> {
    Ok(select(db, "AND text_id = ?1", [text.as_bytes()])?.pop())
}

/// Ids of the notes that the practice still carries in its documents.
pub(crate) fn carried(db: &Connection, pairing: i64) -> Result<Vec<TextId>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT text_id FROM follow_up WHERE pairing = ?1 AND carried = 1 ORDER BY text_id",
    )?;
    let rows = statement.query_map([pairing], |row| row.get(0).map(TextId::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Before a document is applied: nothing counts as carried until that document says so.
pub(crate) fn carry_none(db: &Connection, pairing: i64) -> Result<(), Error> {
    db.prepare_cached("UPDATE follow_up SET carried = 0 WHERE pairing = ?1")?.execute([pairing])?;
    Ok(())
}

/// Erases one note from the phone. While the practice still carries it, its id stays, so that the
/// practice is told that it was stored and does not send it again.
pub(crate) fn erase(db: &Connection, text: TextId) -> Result<bool, Error> {
    let erased = db.execute(
        "UPDATE follow_up SET text = '', erased = 1 WHERE text_id = ?1 AND erased = 0",
        [text.as_bytes()],
    )?;
    forget_erased(db)?;
    Ok(erased == 1)
}

/// Forgets the ids of erased notes that no practice carries any more.
pub(crate) fn forget_erased(db: &Connection) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM follow_up WHERE erased = 1 AND carried = 0")?.execute([])?;
    Ok(())
}

fn select(db: &Connection, rest: &str, parameters: impl Params) -> Result<Vec<FollowUpRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM follow_up WHERE erased = 0 {rest}");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(parameters, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> attune_cipher::rusqlite::Result<FollowUpRow> {
    Ok(FollowUpRow {
        text_id: TextId::from_bytes(row.get(0)?),
        pairing: row.get(1)?,
        case: CaseId::from_bytes(row.get(2)?),
        text: Zeroizing::new(row.get(3)?),
        stored_at: row.get(4)?,
    })
}
