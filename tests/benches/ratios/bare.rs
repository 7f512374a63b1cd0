//! The floor below the vault: SQLCipher by itself, with the vault's settings and schema.

use std::path::Path;

use attune_cipher::rusqlite::{Connection, Result};

/// The vault's own schema, whole.
const SCHEMA: &str = include_str!("../../../core/src/vault/migrations/0001_start.sql");

/// Wiping what SQLite frees: on in a vault, and then on for the whole process.
pub(crate) const WIPED: &str = "PRAGMA cipher_memory_security = ON";

/// A raw-key opening as short as it can be: file, key, one read that proves the key.
pub(crate) fn open(path: &Path, before_the_key: &str) -> Result<Connection> {
    let database = Connection::open(path)?;
    database.execute_batch(before_the_key)?;
    database.pragma_update(None, "key", format!("x'{}'", "07".repeat(32)))?;
    database.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(database)
}

/// A new database with a vault's schema; what it commits is on the disk as a vault's is.
pub(crate) fn create(path: &Path, before_the_key: &str) -> Result<Connection> {
    let database = open(path, before_the_key)?;
    database.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = TRUNCATE;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;",
    )?;
    database.execute_batch(&format!("BEGIN; {SCHEMA} COMMIT"))?;
    Ok(database)
}
