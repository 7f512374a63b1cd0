//! `work_item`: what a therapist wants to consult on, or to learn.

use attune_cipher::rusqlite::{Connection, Row, params};
use zeroize::Zeroizing;

use crate::desk::WorkItemKind;
use crate::error::Error;
use crate::lane::ids::CaseId;

/// One item.
pub(crate) struct WorkItemRow {
    pub(crate) id: i64,
    pub(crate) kind: WorkItemKind,
    /// The case that brought it, while nobody has written on it.
    pub(crate) case: Option<CaseId>,
    pub(crate) what: Zeroizing<String>,
    pub(crate) due_day: Option<u32>,
    pub(crate) done_day: Option<u32>,
}

const COLUMNS: &str = "id, kind, case_id, what, due_day, done_day";

/// Every item, in the order in which they were made.
pub(crate) fn all(db: &Connection) -> Result<Vec<WorkItemRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM work_item ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One item.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<WorkItemRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM work_item WHERE id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(read).transpose()
}

/// A choice came: its consultation item is there from now on, once.
pub(crate) fn brought(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO work_item (kind, case_id, what) VALUES (?1, ?2, '')
         ON CONFLICT (case_id) DO NOTHING",
    )?
    .execute(params![WorkItemKind::Consultation.code(), case.as_bytes()])?;
    Ok(())
}

/// Adds one of the therapist's own.
pub(crate) fn add(
    db: &Connection,
    kind: WorkItemKind,
    what: &str,
    due_day: Option<u32>,
) -> Result<i64, Error> {
    db.execute(
        "INSERT INTO work_item (kind, what, due_day) VALUES (?1, ?2, ?3)",
        params![kind.code(), what, due_day],
    )?;
    Ok(db.last_insert_rowid())
}

/// Writes what can change of one.
pub(crate) fn save(db: &Connection, row: &WorkItemRow) -> Result<(), Error> {
    db.execute(
        "UPDATE work_item SET case_id = ?2, what = ?3, due_day = ?4, done_day = ?5 WHERE id = ?1",
        params![
            row.id,
            row.case.as_ref().map(CaseId::as_bytes),
            row.what.as_str(),
            row.due_day,
            row.done_day
        ],
    )?;
    Ok(())
}

/// Erases one; false if there is none.
pub(crate) fn remove(db: &Connection, id: i64) -> Result<bool, Error> {
    Ok(db.execute("DELETE FROM work_item WHERE id = ?1", [id])? == 1)
}

/// Erases what was done before `day`. One that a choice brought stays while its case does: else the
/// same choice would bring it anew.
pub(crate) fn remove_done_before(db: &Connection, day: u32) -> Result<(), Error> {
    db.execute("DELETE FROM work_item WHERE done_day < ?1 AND case_id IS NULL", [day])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<WorkItemRow, Error> {
    Ok(WorkItemRow {
        id: row.get(0)?,
        kind: WorkItemKind::from_code(row.get(1)?).ok_or(Error::Damaged)?,
        case: row.get::<_, Option<[u8; 16]>>(2)?.map(CaseId::from_bytes),
        what: Zeroizing::new(row.get(3)?),
        due_day: row.get(4)?,
        done_day: row.get(5)?,
    })
}
