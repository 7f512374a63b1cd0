//! `farewell`: requests that outlive their pairing, each sent until the relay has answered it.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::{from_column, to_column};
use crate::error::Error;

/// What a farewell asks of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FarewellKind {
    /// Store the goodbye.
    Put = 1,
    /// Close the lane, signed by its writer.
    CloseAsWriter = 2,
    /// Close the lane, signed by its reader.
    CloseAsReader = 3,
}

/// One request to come.
pub(crate) struct Farewell {
    pub(crate) id: i64,
    pub(crate) relay: String,
    pub(crate) kind: FarewellKind,
    /// Seed of the key that signs.
    pub(crate) signer: Zeroizing<[u8; 32]>,
    /// Public key of the lane's other party.
    pub(crate) other: [u8; 32],
    pub(crate) version: u64,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) made_day: u32,
}

/// Days after which a request that found no relay is dropped: the relay forgets the lane anyway.
pub(crate) const KEPT_DAYS: u32 = 30;

/// Adds a request.
pub(crate) fn add(db: &Connection, f: &Farewell) -> Result<(), Error> {
    db.execute(
        "INSERT INTO farewell (relay, kind, signer, other, version, body, made_day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            f.relay,
            f.kind as i64,
            f.signer.as_slice(),
            f.other,
            to_column(f.version),
            f.body,
            f.made_day
        ],
    )?;
    Ok(())
}

/// Lines up every request for one try, and drops those that waited too long.
pub(crate) fn line_up(db: &Connection, today: u32) -> Result<(), Error> {
    db.execute("DELETE FROM farewell WHERE made_day < ?1", [today.saturating_sub(KEPT_DAYS)])?;
    db.execute("UPDATE farewell SET turn = 1", [])?;
    Ok(())
}

/// The next request in line.
pub(crate) fn next(db: &Connection) -> Result<Option<Farewell>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT id, relay, kind, signer, other, version, body, made_day FROM farewell
         WHERE turn = 1 ORDER BY id LIMIT 1",
    )?;
    Ok(statement
        .query_row([], |row| {
            Ok(Farewell {
                id: row.get(0)?,
                relay: row.get(1)?,
                kind: match row.get::<_, i64>(2)? {
                    1 => FarewellKind::Put,
                    2 => FarewellKind::CloseAsWriter,
                    _ => FarewellKind::CloseAsReader,
                },
                signer: Zeroizing::new(row.get(3)?),
                other: row.get(4)?,
                version: from_column(row.get(5)?),
                body: row.get(6)?,
                made_day: row.get(7)?,
            })
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
