//! The schema's history: an ordered list of `.sql` files, each applied in one transaction.
//!
//! The schema's version is the number of migrations applied, kept in `user_version`, so that no constant
//! can drift from the list. A file is never edited once a release carried it.

use attune_cipher::rusqlite::{Connection, TransactionBehavior};

use super::VaultError;

/// Every migration, oldest first.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_start.sql")];

/// The version a database is at.
///
/// # Errors
/// As SQLite says.
pub(crate) fn version(connection: &Connection) -> Result<usize, VaultError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| VaultError::Damaged)
}

/// Brings a database up to the end of `migrations`, each step in a transaction with its version.
///
/// # Errors
/// `NewerSchema`, with nothing written, when the database is past the list; else as SQLite says, the database
/// being at the last version that was committed.
pub(crate) fn apply(connection: &mut Connection, migrations: &[&str]) -> Result<(), VaultError> {
    let from = version(connection)?;
    let pending = migrations.get(from..).ok_or(VaultError::NewerSchema)?;
    for (step, sql) in pending.iter().enumerate() {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        let version = i64::try_from(from + step + 1).map_err(|_| VaultError::NewerSchema)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// What a schema is, for comparing: every object's SQL with its white space evened out, and every column of every
/// table as SQLite understood it.
///
/// # Errors
/// As SQLite says.
pub(crate) fn schema(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let mut lines = Vec::new();
    let mut objects = connection.prepare(
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema
         WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
    )?;
    for line in objects.query_map([], |row| row.get::<_, String>(0))? {
        lines.push(line?.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut columns = connection.prepare(
        "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' '
             || coalesce(c.dflt_value, '-') || ' ' || c.pk || ' ' || c.hidden
         FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS c
         WHERE m.type = 'table' ORDER BY m.name, c.cid",
    )?;
    for line in columns.query_map([], |row| row.get::<_, String>(0))? {
        lines.push(line?);
    }
    Ok(lines)
}
