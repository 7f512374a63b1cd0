//! `setting`: one value under a name.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};

use crate::error::Error;

/// Whose vault this is: the label of the lane that this side writes.
pub(crate) const SIDE: &str = "side";
/// Set while a vault that was brought back from a copy has not begun its new incarnations.
pub(crate) const BROUGHT_BACK: &str = "brought_back";

/// The bytes kept under `name`.
pub(crate) fn bytes(db: &Connection, name: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(db
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Keeps `value` under `name`.
pub(crate) fn set_bytes(db: &Connection, name: &str, value: &[u8]) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![name, value])?;
    Ok(())
}

/// Forgets what is kept under `name`.
pub(crate) fn remove(db: &Connection, name: &str) -> Result<(), Error> {
    db.execute("DELETE FROM setting WHERE name = ?1", [name])?;
    Ok(())
}

/// The text kept under `name`.
pub(crate) fn text(db: &Connection, name: &str) -> Result<Option<String>, Error> {
    bytes(db, name)?.map(|value| String::from_utf8(value).map_err(|_| Error::Damaged)).transpose()
}

/// The number kept under `name`.
pub(crate) fn number(db: &Connection, name: &str) -> Result<Option<i64>, Error> {
    bytes(db, name)?
        .map(|value| value.try_into().map(i64::from_be_bytes).map_err(|_| Error::Damaged))
        .transpose()
}

/// Keeps a number under `name`.
pub(crate) fn set_number(db: &Connection, name: &str, value: i64) -> Result<(), Error> {
    set_bytes(db, name, &value.to_be_bytes())
}
