//! `receive_key`: the secret keys to which the peer seals, by epoch.

use attune_cipher::rusqlite::{Connection, params};
use zeroize::Zeroizing;

use super::{from_column, to_column};
use crate::error::Error;
use crate::lane::seal::ReceiveSecret;

/// One receive key with the days that decide its life.
pub(crate) struct ReceiveKeyRow {
    pub(crate) secret: ReceiveSecret,
    pub(crate) made_day: u32,
}

/// The live keys of a pairing, newest first.
pub(crate) fn all(db: &Connection, pairing: i64) -> Result<Vec<ReceiveKeyRow>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT epoch, seed, made_day FROM receive_key WHERE pairing = ?1 ORDER BY epoch DESC",
    )?;
    let mut rows = statement.query([pairing])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let seed = Zeroizing::new(row.get::<_, [u8; 32]>(1)?);
        keys.push(ReceiveKeyRow {
            secret: ReceiveSecret::from_seed(from_column(row.get(0)?), &seed),
            made_day: row.get(2)?,
        });
    }
    Ok(keys)
}

/// Adds a key; the ones before it are superseded from `today` on.
pub(crate) fn add(
    db: &Connection,
    pairing: i64,
    secret: &ReceiveSecret,
    today: u32,
) -> Result<(), Error> {
    db.execute(
        "UPDATE receive_key SET superseded_day = ?2
         WHERE pairing = ?1 AND superseded_day IS NULL",
        params![pairing, today],
    )?;
    db.execute(
        "INSERT INTO receive_key (pairing, epoch, seed, made_day) VALUES (?1, ?2, ?3, ?4)",
        params![pairing, to_column(secret.epoch()), secret.seed().as_slice(), today],
    )?;
    Ok(())
}

/// Drops superseded keys that the peer has moved on from: those older than `kept_since`, and all
/// but the newest three.
pub(crate) fn retire(
    db: &Connection,
    pairing: i64,
    peer_seals_to: u64,
    kept_since: u32,
) -> Result<(), Error> {
    db.prepare_cached(
        "DELETE FROM receive_key WHERE pairing = ?1 AND epoch < ?2
            AND (superseded_day < ?3 OR epoch NOT IN (
                SELECT epoch FROM receive_key WHERE pairing = ?1 ORDER BY epoch DESC LIMIT 3))",
    )?
    .execute(params![pairing, to_column(peer_seals_to), kept_since])?;
    Ok(())
}

/// Destroys every key of a pairing.
pub(crate) fn remove_all(db: &Connection, pairing: i64) -> Result<(), Error> {
    db.execute("DELETE FROM receive_key WHERE pairing = ?1", [pairing])?;
    Ok(())
}
