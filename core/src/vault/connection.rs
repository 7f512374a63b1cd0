//! The one path by which a database is opened: file, engine, key, lock, verifying read, settings.
//!
//! A new database is an empty private file that was made beforehand; nothing is ever opened with
//! permission to create, because a wrong key on a missing file would make a new database in silence.

use std::fs;
use std::path::Path;
use std::time::Duration;

use attune_cipher::PROVIDER;
use attune_cipher::rusqlite::config::DbConfig;
use attune_cipher::rusqlite::types::Value;
use attune_cipher::rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::key::DatabaseKey;
use super::{VaultError, private_file};

/// How long a second opener waits for the first one to finish.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_millis(750);

/// How many compiled statements are kept: about as many as the tables' files hold.
const STATEMENTS: usize = 96;

/// SQLCipher's page, in bytes.
const PAGE_LEN: u64 = 4096;

/// What must be found before a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// A file with at least one page.
    Database,
    /// An empty file.
    Nothing,
}

/// Each setting, and what it answers once it holds.
const SETTINGS: &[(&str, &str, &str)] = &[
    // docs/adr/0003-journal-mode.md
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", "2"),
    // Where a plain fsync leaves the drive's own cache unwritten (Apple's), ask for more.
    ("fullfsync", "ON", "1"),
    // What is deleted is overwritten, in its page's plaintext too.
    ("secure_delete", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    // A damaged or hostile schema cannot call functions.
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    // Compiled in already (TEMP_STORE=3), for whoever reads this back.
    ("temp_store", "MEMORY", "2"),
    ("mmap_size", "0", "0"),
];

/// Opens `path` with `key` and takes its lock, for this connection alone, until it is closed.
///
/// # Errors
/// `Engine` when this is not our SQLCipher, `Busy`, `Damaged`, `Io`. Nothing is written.
pub(crate) fn open(
    path: &Path,
    key: &DatabaseKey,
    expect: Expect,
) -> Result<Connection, VaultError> {
    private_file::keep_private(path)?;
    let length = fs::metadata(path)?.len();
    // SQLite takes a file without a whole page for a new database, whatever the key.
    let fits = match expect {
        Expect::Database => length >= PAGE_LEN,
        Expect::Nothing => length == 0,
    };
    if !fits {
        return Err(VaultError::Damaged);
    }
    // Absolute, so that no name is read as a URI.
    let path = std::path::absolute(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    require_engine(&connection)?;

    // Before the key, so that its copies in SQLite's heap are wiped too.
    connection.pragma_update(None, "cipher_memory_security", "ON")?;
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    {
        let literal = key.raw_literal();
        let mut statement = zeroize::Zeroizing::new(String::with_capacity(literal.len() + 16));
        statement.push_str("PRAGMA key = \"");
        statement.push_str(&literal);
        statement.push('"');
        connection.execute_batch(&statement)?;
    }
    hold(&connection, "locking_mode", "EXCLUSIVE", "exclusive")?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    hold(&connection, "cipher_memory_security", "ON", "1")?;
    require_provider(&connection)?;

    for (name, value, answer) in SETTINGS {
        hold(&connection, name, value, answer)?;
    }
    for (option, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // Else a statement that is given new values is compiled anew, to look for another plan.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        if connection.set_db_config(option, value)? != value {
            return Err(VaultError::Engine);
        }
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // In exclusive locking mode a lock once taken is kept: from here on there is one owner.
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
    Ok(connection)
}

/// Closes a database that was moved or deleted meanwhile. By its name, SQLite would remove the journal of another one.
///
/// # Errors
/// As SQLite says; the connection is closed in any case.
pub(crate) fn leave(connection: Connection) -> Result<(), VaultError> {
    connection.flush_prepared_statement_cache();
    connection.close().map_err(|(_, error)| error.into())
}

/// Gives the lock back, removes the journal, and closes.
///
/// # Errors
/// As SQLite says; the connection is closed in any case.
pub(crate) fn close(connection: Connection) -> Result<(), VaultError> {
    connection.flush_prepared_statement_cache();
    // Only out of exclusive mode, and after a read, does SQLite let go of the journal file.
    let released = connection
        .execute_batch(
            "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema; PRAGMA journal_mode = DELETE",
        )
        .map_err(VaultError::from);
    let closed = connection.close().map_err(|(_, error)| VaultError::from(error));
    released.and(closed)
}

/// Refuses any SQLite but SQLCipher: a plain one ignores `PRAGMA key` and would write plaintext.
fn require_engine(connection: &Connection) -> Result<(), VaultError> {
    match answer(connection, "PRAGMA cipher_version")? {
        Some(version) if !version.is_empty() => Ok(()),
        _ => Err(VaultError::Engine),
    }
}

/// Refuses any provider but ours. SQLCipher answers this only once a key is set.
fn require_provider(connection: &Connection) -> Result<(), VaultError> {
    match answer(connection, "PRAGMA cipher_provider")? {
        Some(provider) if provider == PROVIDER => Ok(()),
        _ => Err(VaultError::Engine),
    }
}

fn answer(connection: &Connection, pragma: &str) -> Result<Option<String>, VaultError> {
    Ok(connection.query_row(pragma, [], |row| row.get(0)).optional()?)
}

/// Sets a pragma, reads it back, and refuses to go on unless it holds.
fn hold(connection: &Connection, name: &str, value: &str, answer: &str) -> Result<(), VaultError> {
    connection.pragma_update(None, name, value)?;
    let held = match connection.pragma_query_value(None, name, |row| row.get(0))? {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    if held == answer { Ok(()) } else { Err(VaultError::Engine) }
}

#[cfg(test)]
mod tests {
    use attune_cipher::rusqlite::StatementStatus;
    use tempfile::TempDir;

    use super::*;

    fn key() -> DatabaseKey {
        DatabaseKey::from_slice(&[7; 32]).unwrap()
    }

    fn new_database(folder: &TempDir) -> Connection {
        let path = folder.path().join("database.db");
        private_file::create(&path).unwrap();
        open(&path, &key(), Expect::Nothing).unwrap()
    }

    #[test]
    fn every_setting_has_its_effect() {
        let folder = TempDir::new().unwrap();
        let database = new_database(&folder);
        database
            .execute_batch(
                "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
                 CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id)) STRICT;",
            )
            .unwrap();
        for (sql, why) in [
            ("INSERT INTO child VALUES (1)", "foreign_keys"),
            ("SELECT \"a word\"", "DQS"),
            ("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", "DEFENSIVE"),
            ("CREATE VIEW v AS SELECT sqlcipher_export('main'); SELECT * FROM v", "trusted_schema"),
        ] {
            assert!(database.execute_batch(sql).is_err(), "{why}");
        }
        let number = |pragma: &str| -> i64 {
            database.pragma_query_value(None, pragma, |row| row.get(0)).unwrap()
        };
        assert_eq!(number("synchronous"), 2);
        assert_eq!(number("secure_delete"), 1);
        assert_eq!(number("trusted_schema"), 0);
        let page: String =
            database.pragma_query_value(None, "cipher_page_size", |row| row.get(0)).unwrap();
        assert_eq!(page, "4096");
        // Truncate: the journal is there, and it is empty between transactions.
        let journal = folder.path().join("database.db-journal");
        database.execute_batch("BEGIN IMMEDIATE; INSERT INTO parent VALUES (1)").unwrap();
        assert!(journal.exists());
        database.execute_batch("COMMIT").unwrap();
        assert_eq!(fs::metadata(&journal).unwrap().len(), 0);
        close(database).unwrap();
        assert!(!journal.exists());
    }

    #[test]
    fn new_values_do_not_compile_a_statement_anew() {
        let folder = TempDir::new().unwrap();
        let database = new_database(&folder);
        database.execute_batch("CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT").unwrap();
        let mut statement = database.prepare("SELECT id FROM kept WHERE id < ?1 LIMIT ?2").unwrap();
        for value in 1..4 {
            assert!(!statement.exists([value, value]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }

    #[test]
    fn a_missing_an_empty_and_a_full_file_are_told_apart() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("database.db");
        let missing = open(&path, &key(), Expect::Database).err();
        assert_eq!(missing, Some(VaultError::Io(std::io::ErrorKind::NotFound)));
        assert!(!path.exists(), "nothing was made");
        private_file::create(&path).unwrap();
        assert_eq!(open(&path, &key(), Expect::Database).err(), Some(VaultError::Damaged));
        assert_eq!(fs::metadata(&path).unwrap().len(), 0, "nothing was written");
        fs::write(&path, "a few words").unwrap();
        assert_eq!(open(&path, &key(), Expect::Nothing).err(), Some(VaultError::Damaged));
        assert_eq!(open(&path, &key(), Expect::Database).err(), Some(VaultError::Damaged));
        assert_eq!(fs::read(&path).unwrap(), b"a few words");
    }
}
