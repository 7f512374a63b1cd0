//! `sent`: digests of the envelopes sealed since the peer's last echo, and the peer's past
//! incarnations. Both answer one question: is the other copy of this state still the only one?

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};

use super::to_column;
use crate::error::Error;
use crate::lane::ids::Incarnation;

/// Remembers what was sealed under `version`.
pub(crate) fn add(
    db: &Connection,
    pairing: i64,
    version: u64,
    digest: &[u8; 32],
) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO sent (pairing, version, digest) VALUES (?1, ?2, ?3)")?
        .execute(params![pairing, to_column(version), digest])?;
    Ok(())
}

/// The digest of what was sealed under `version`, if it is still kept.
pub(crate) fn digest(
    db: &Connection,
    pairing: i64,
    version: u64,
) -> Result<Option<[u8; 32]>, Error> {
    Ok(db
        .prepare_cached("SELECT digest FROM sent WHERE pairing = ?1 AND version = ?2")?
        .query_row(params![pairing, to_column(version)], |row| row.get(0))
        .optional()?)
}

/// Forgets what is older than the peer's echo.
pub(crate) fn forget_before(db: &Connection, pairing: i64, version: u64) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM sent WHERE pairing = ?1 AND version < ?2")?
        .execute(params![pairing, to_column(version)])?;
    Ok(())
}

/// Forgets all of it: a new incarnation begins.
pub(crate) fn forget_all(db: &Connection, pairing: i64) -> Result<(), Error> {
    db.execute("DELETE FROM sent WHERE pairing = ?1", [pairing])?;
    Ok(())
}

/// Remembers an incarnation of the peer that was replaced.
pub(crate) fn add_past(db: &Connection, pairing: i64, past: Incarnation) -> Result<(), Error> {
    db.execute(
        "INSERT OR IGNORE INTO past_incarnation (pairing, incarnation) VALUES (?1, ?2)",
        params![pairing, past.as_bytes()],
    )?;
    Ok(())
}

/// Whether the peer had that incarnation before its present one.
pub(crate) fn is_past(db: &Connection, pairing: i64, which: Incarnation) -> Result<bool, Error> {
    Ok(db.query_row(
        "SELECT EXISTS (SELECT 1 FROM past_incarnation WHERE pairing = ?1 AND incarnation = ?2)",
        params![pairing, which.as_bytes()],
        |row| row.get(0),
    )?)
}
