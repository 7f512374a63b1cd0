//! The operator's side of grants: made, listed and removed in the database, also while relays run on
//! it.

use std::path::Path;

use attune_cipher::rusqlite::params;
use attune_wire::GrantKey;
use ring::rand::{SecureRandom, SystemRandom};

use crate::config::RelayError;
use crate::database::Database;
use crate::postgres::{Address, PostgresStore};
use crate::sqlite::connection::{open_visitor, open_writer};
use crate::store::{Grant, Movable as _, StoreError};

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
pub fn add_grant(database: &Database, per_month: u32) -> Result<GrantKey, RelayError> {
    let (mut id, mut seed) = ([0; 16], [0; 32]);
    let random = SystemRandom::new();
    random
        .fill(&mut id)
        .and_then(|()| random.fill(&mut seed))
        .map_err(|_| RelayError::System(std::io::Error::other("no random bytes")))?;
    let key = GrantKey::new(id, &seed);
    seed.fill(0);
    match database {
        Database::Sqlite(file) => {
            open_writer(file, None)?
                .execute(
                    "INSERT INTO \"grant\" (grant_id, key, month, used, cap)
                     VALUES (?1, ?2, 0, 0, ?3)",
                    params![id, key.public(), per_month],
                )
                .map_err(StoreError::from)?;
        }
        Database::Postgres(address) => {
            let public = key.public();
            let grant = Grant { id, key: public, month: 0, used: 0, cap: per_month };
            on(address, async |store| store.merge_grant(grant).await)?;
        }
    }
    Ok(key)
}

/// All grants, in the order of their ids.
///
/// # Errors
/// [`RelayError`]: the database cannot be read.
pub fn list_grants(database: &Database) -> Result<Vec<GrantRow>, RelayError> {
    match database {
        Database::Sqlite(file) => list_in_file(file),
        Database::Postgres(address) => on(address, async |store| {
            let grants = store.grants().await?;
            Ok(grants.iter().map(|grant| GrantRow { id: grant.id, cap: grant.cap }).collect())
        }),
    }
}

/// Removes a grant; lanes opened under it stay. `false` if there was none.
///
/// # Errors
/// [`RelayError`]: the database cannot be written.
pub fn remove_grant(database: &Database, id: &[u8; 16]) -> Result<bool, RelayError> {
    match database {
        Database::Sqlite(file) => {
            // A look first: a database that is not there is not made.
            drop(open_visitor(file)?);
            let removed = open_writer(file, None)?
                .execute("DELETE FROM \"grant\" WHERE grant_id = ?1", [id])
                .map_err(StoreError::from)?;
            Ok(removed == 1)
        }
        Database::Postgres(address) => on(address, async |store| store.remove_grant(*id).await),
    }
}

fn list_in_file(file: &Path) -> Result<Vec<GrantRow>, RelayError> {
    let connection = open_visitor(file)?;
    let mut select = connection
        .prepare("SELECT grant_id, cap FROM \"grant\" ORDER BY grant_id")
        .map_err(StoreError::from)?;
    let rows = select
        .query_map([], |row| Ok(GrantRow { id: row.get(0)?, cap: row.get(1)? }))
        .map_err(StoreError::from)?;
    Ok(rows.collect::<Result<_, _>>().map_err(StoreError::from)?)
}

/// One question to a server, from where no runtime is.
fn on<T>(
    address: &Address,
    ask: impl AsyncFnOnce(&PostgresStore) -> Result<T, StoreError>,
) -> Result<T, RelayError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RelayError::System)?;
    runtime.block_on(async {
        let store = PostgresStore::open(&address.clone().with_connections(1)).await?;
        Ok(ask(&store).await?)
    })
}
