//! The schema's history: an ordered list of `.sql` files, each applied in one transaction.
//!
//! The schema's version is the number of migrations applied, kept in `user_version`, so that no constant
//! can drift from the list. A file is never edited once a release carried it.

use attune_cipher::rusqlite::{Connection, TransactionBehavior};

use super::VaultError;

/// Every migration, oldest first.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_start.sql"),
    include_str!("migrations/0002_after.sql"),
    include_str!("migrations/0003_drafts.sql"),
];

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

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::vault::connection::{self, Expect};
    use crate::vault::key::DatabaseKey;
    use crate::vault::private_file;

    const STEPS: &[&str] = &[
        "CREATE TABLE one (a INTEGER NOT NULL) STRICT; INSERT INTO one VALUES (1);",
        "ALTER TABLE one ADD COLUMN b TEXT; CREATE INDEX one_b ON one (b);",
        "CREATE TABLE two (a INTEGER NOT NULL) STRICT; INSERT INTO two SELECT a FROM one;",
    ];

    fn key() -> DatabaseKey {
        DatabaseKey::from_slice(&[7; 32]).unwrap()
    }

    fn new_database(folder: &TempDir, name: &str) -> Connection {
        let path = folder.path().join(name);
        private_file::create(&path).unwrap();
        connection::open(&path, &key(), Expect::Nothing).unwrap()
    }

    /// Proves that a database which grew one migration at a time is one that was made at once.
    fn check_upgrades(migrations: &[&str]) {
        let folder = TempDir::new().unwrap();
        let mut fresh = new_database(&folder, "fresh.db");
        apply(&mut fresh, migrations).unwrap();
        for from in 0..=migrations.len() {
            let mut old = new_database(&folder, &format!("{from}.db"));
            apply(&mut old, &migrations[..from]).unwrap();
            assert_eq!(version(&old), Ok(from));
            apply(&mut old, migrations).unwrap();
            assert_eq!(version(&old), Ok(migrations.len()));
            assert_eq!(schema(&old), schema(&fresh), "from version {from}");
        }
    }

    #[test]
    fn an_upgraded_schema_is_a_fresh_one() {
        check_upgrades(MIGRATIONS);
        check_upgrades(STEPS);
    }

    #[test]
    fn every_table_is_strict() {
        let folder = TempDir::new().unwrap();
        let mut fresh = new_database(&folder, "fresh.db");
        apply(&mut fresh, MIGRATIONS).unwrap();
        let mut lax = fresh
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'")
            .unwrap();
        let lax: Vec<String> =
            lax.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(lax, [""; 0]);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_version_before_it() {
        let folder = TempDir::new().unwrap();
        let mut database = new_database(&folder, "database.db");
        apply(&mut database, &STEPS[..1]).unwrap();
        let before = schema(&database).unwrap();
        let broken =
            [STEPS[0], "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"];
        assert!(matches!(apply(&mut database, &broken), Err(VaultError::Statement(_))));
        assert_eq!((version(&database), schema(&database).unwrap()), (Ok(1), before));
        apply(&mut database, STEPS).unwrap();
        assert_eq!(version(&database), Ok(3));
    }

    #[test]
    fn killed_in_the_middle_the_version_before_it_is_there() {
        let folder = TempDir::new().unwrap();
        let mut database = new_database(&folder, "database.db");
        apply(&mut database, &STEPS[..2]).unwrap();
        let before = schema(&database).unwrap();
        // What a killed process leaves is what is in the files: pages spilled early, and a journal.
        database
            .execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
            .unwrap();
        database.execute_batch(STEPS[2]).unwrap();
        database
            .execute_batch(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                 INSERT INTO two SELECT i FROM n; PRAGMA user_version = 3",
            )
            .unwrap();
        let image = |suffix: &str| {
            let from = folder.path().join(format!("database.db{suffix}"));
            fs::copy(from, folder.path().join(format!("image.db{suffix}"))).unwrap()
        };
        assert!(image("") > 50 * 4096, "pages were spilled into the database");
        assert!(image("-journal") > 0, "and what they replaced is in the journal");
        drop(database);

        let mut image =
            connection::open(&folder.path().join("image.db"), &key(), Expect::Database).unwrap();
        assert_eq!((version(&image), schema(&image).unwrap()), (Ok(2), before));
        crate::vault::verify(&image).unwrap();
        apply(&mut image, STEPS).unwrap();
        assert_eq!(version(&image), Ok(3));
    }

    #[test]
    fn a_newer_schema_is_refused_and_not_touched() {
        let folder = TempDir::new().unwrap();
        let mut database = new_database(&folder, "database.db");
        apply(&mut database, STEPS).unwrap();
        let before = schema(&database).unwrap();
        assert_eq!(apply(&mut database, &STEPS[..2]), Err(VaultError::NewerSchema));
        assert_eq!((version(&database), schema(&database).unwrap()), (Ok(3), before));
        database.pragma_update(None, "user_version", -1).unwrap();
        assert_eq!(apply(&mut database, STEPS), Err(VaultError::Damaged));
    }
}
