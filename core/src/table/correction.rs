//! `correction`: what a therapist changed, and from when.

use attune_cipher::rusqlite::{Connection, params};
use zeroize::Zeroizing;

use crate::error::Error;

/// One correction.
pub(crate) struct CorrectionRow {
    pub(crate) id: i64,
    pub(crate) what: Zeroizing<String>,
    pub(crate) from_day: u32,
}

/// Every correction, the latest day first.
pub(crate) fn all(db: &Connection) -> Result<Vec<CorrectionRow>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT id, what, from_day FROM correction ORDER BY from_day DESC, id DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(CorrectionRow {
            id: row.get(0)?,
            what: Zeroizing::new(row.get(1)?),
            from_day: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds one.
pub(crate) fn add(db: &Connection, what: &str, from_day: u32) -> Result<i64, Error> {
    db.execute("INSERT INTO correction (what, from_day) VALUES (?1, ?2)", params![what, from_day])?;
    Ok(db.last_insert_rowid())
}

/// Erases one; false if there is none.
pub(crate) fn remove(db: &Connection, id: i64) -> Result<bool, Error> {
    Ok(db.execute("DELETE FROM correction WHERE id = ?1", [id])? == 1)
}
