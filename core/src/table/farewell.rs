//! `farewell`: signed requests that outlive their pairing, each sent until the relay answers it.
//!
//! The frame is kept signed, so that no key has to stay for it.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};

use crate::error::Error;

/// One request to come.
pub(crate) struct Farewell {
    pub(crate) id: i64,
    pub(crate) relay: String,
    pub(crate) frame: Vec<u8>,
}

/// Days after which a request that found no relay is dropped: the relay forgets the lane anyway.
const KEPT_DAYS: u32 = 30;

/// Adds a request.
pub(crate) fn add(db: &Connection, relay: &str, frame: &[u8], today: u32) -> Result<(), Error> {
    db.execute(
        "INSERT INTO farewell (relay, frame, made_day) VALUES (?1, ?2, ?3)",
        params![relay, frame, today],
    )?;
    Ok(())
}

/// Lines up every request for one try, and drops those that waited too long.
pub(crate) fn line_up(db: &Connection, today: u32) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM farewell WHERE made_day < ?1")?
        .execute([today.saturating_sub(KEPT_DAYS)])?;
    db.prepare_cached("UPDATE farewell SET turn = 1")?.execute([])?;
    Ok(())
}

/// The next request in line.
pub(crate) fn next(db: &Connection) -> Result<Option<Farewell>, Error> {
    Ok(db
        .prepare_cached("SELECT id, relay, frame FROM farewell WHERE turn = 1 ORDER BY id LIMIT 1")?
        .query_row([], |row| {
            Ok(Farewell { id: row.get(0)?, relay: row.get(1)?, frame: row.get(2)? })
        })
        .optional()?)
}

/// The relay answered: the request is done.
pub(crate) fn remove(db: &Connection, id: i64) -> Result<(), Error> {
    db.execute("DELETE FROM farewell WHERE id = ?1", [id])?;
    Ok(())
}

/// No answer: the request waits for the next sync, and so do the others to the same relay.
pub(crate) fn put_off(db: &Connection, relay: &str) -> Result<(), Error> {
    db.execute("UPDATE farewell SET turn = 0 WHERE relay = ?1", [relay])?;
    Ok(())
}
