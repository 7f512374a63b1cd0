//! The operator's side of grants: made, listed and removed on the database file, also while a relay
//! runs on it.

use std::path::Path;

use attune_cipher::rusqlite::params;
use attune_wire::GrantKey;
use ring::rand::{SecureRandom, SystemRandom};

use crate::config::RelayError;
use crate::sqlite::connection::{open_visitor, open_writer};
use crate::store::StoreError;

/// A grant as it is listed: nothing of what was opened under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant's id.
    pub id: [u8; 16],
    /// Lanes a month.
    pub cap: u32,
}

/// Makes a grant of `per_month` lanes a month. The answer holds the private key, which is kept
/// nowhere else: show it once.
///
/// # Errors
/// [`RelayError`]: no random bytes, or the database cannot be written.
pub fn add_grant(database: &Path, per_month: u32) -> Result<GrantKey, RelayError> {
    let (mut id, mut seed) = ([0; 16], [0; 32]);
    let random = SystemRandom::new();
    random
        .fill(&mut id)
        .and_then(|()| random.fill(&mut seed))
        .map_err(|_| RelayError::System(std::io::Error::other("no random bytes")))?;
    let key = GrantKey::new(id, &seed);
    seed.fill(0);
    open_writer(database, None)?
        .execute(
            "INSERT INTO \"grant\" (grant_id, key, month, used, cap) VALUES (?1, ?2, 0, 0, ?3)",
            params![id, key.public(), per_month],
        )
        .map_err(StoreError::from)?;
    Ok(key)
}

/// All grants, in the order of their ids.
///
/// # Errors
/// [`RelayError`]: the database cannot be read.
pub fn list_grants(database: &Path) -> Result<Vec<GrantRow>, RelayError> {
    let connection = open_visitor(database)?;
    let mut select = connection
        .prepare("SELECT grant_id, cap FROM \"grant\" ORDER BY grant_id")
        .map_err(StoreError::from)?;
    let rows = select
        .query_map([], |row| Ok(GrantRow { id: row.get(0)?, cap: row.get(1)? }))
        .map_err(StoreError::from)?;
    Ok(rows.collect::<Result<_, _>>().map_err(StoreError::from)?)
}

/// Removes a grant; lanes opened under it stay. `false` if there was none.
///
/// # Errors
/// [`RelayError`]: the database cannot be written.
pub fn remove_grant(database: &Path, id: &[u8; 16]) -> Result<bool, RelayError> {
    // A look first: a database that is not there is not made.
    drop(open_visitor(database)?);
    let removed = open_writer(database, None)?
        .execute("DELETE FROM \"grant\" WHERE grant_id = ?1", [id])
        .map_err(StoreError::from)?;
    Ok(removed == 1)
}
