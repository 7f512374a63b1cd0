//! The one way to open a relay's database file.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use attune_cipher::rusqlite::{Connection, Error, OpenFlags, ffi};

use crate::sqlite::room;
use crate::store::StoreError;

/// The schema's version, in `user_version`.
const SCHEMA: i64 = 1;

/// "Attn", in `application_id`: tells a relay's database from any other file of SQLite's.
const APPLICATION: i64 = 0x4174_746e;

/// 16 MiB of pages (negative: KiB). All pages above the leaves of a million lanes are 5 MiB; with the
/// standard 2 MiB each PUT read some of them anew.
const CACHE_KIB: &str = "-16384";

/// Pages in the log before they are written back: 16 MiB, so that a fourth as often as by the standard
/// a PUT waits for two more syncs.
const CHECKPOINT_PAGES: &str = "4096";

/// How long one process waits for another that writes: the relay, or `grant add` beside it.
const BUSY: Duration = Duration::from_secs(5);

/// Opens the database to write, making it if it is missing: a private file, the schema, and the
/// settings, each read back.
///
/// # Errors
/// [`StoreError`]; an existing file that is not a relay's is left as it is.
pub(crate) fn open_writer(path: &Path, max_bytes: Option<u64>) -> Result<Connection, StoreError> {
    make_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    identify(&mut connection)?;
    setting(&connection, "journal_mode", "wal", "wal")?;
    setting(&connection, "synchronous", "FULL", "2")?;
    setting(&connection, "secure_delete", "ON", "1")?;
    setting(&connection, "cache_size", CACHE_KIB, CACHE_KIB)?;
    setting(&connection, "wal_autocheckpoint", CHECKPOINT_PAGES, CHECKPOINT_PAGES)?;
    setting(&connection, "trusted_schema", "OFF", "0")?;
    // The log is opened by the first look at the database, and only then does this connection hold a lock
    // that others see. Were that look the checkpoint at the end, it would stand in its own way: SQLite
    // opens the log inside it, in a read transaction that the checkpoint then waits for.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    if let Some(max_bytes) = max_bytes {
        room::limit(&connection, max_bytes)?;
    }
    Ok(connection)
}

/// Opens an existing database to read, beside the writing connection of the same process.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    open_existing(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Opens an existing database for a look from another process. It may write nothing, but tidies up
/// when it is the last to leave: a connection opened read-only leaves empty side files behind.
///
/// # Errors
/// [`StoreError`]; a missing file is not made.
pub(crate) fn open_visitor(path: &Path) -> Result<Connection, StoreError> {
    let connection = open_existing(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    setting(&connection, "query_only", "ON", "1")?;
    Ok(connection)
}

/// Opens an existing database that is a relay's.
///
/// # Errors
/// [`StoreError`]; a missing file is not made.
pub(crate) fn open_existing(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    // By its name alone, which opens nothing: SQLite says of a missing file only that it cannot be opened.
    path.metadata().map_err(|error| StoreError::File(error.kind()))?;
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    setting(&connection, "trusted_schema", "OFF", "0")?;
    if number(&connection, "application_id")? != APPLICATION {
        return Err(StoreError::NotARelay);
    }
    Ok(connection)
}

/// Writes all of the side file back and empties it.
pub(crate) fn checkpoint(connection: &Connection) -> Result<(), StoreError> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::unavailable(ffi::SQLITE_BUSY.to_string())) }
}

/// What an error of SQLite's means here. Its message may quote what was stored: it is dropped.
impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error.sqlite_error() {
            Some(error) if error.extended_code & 0xff == ffi::SQLITE_FULL => Self::Full,
            Some(error) if error.extended_code & 0xff == ffi::SQLITE_NOTADB => Self::NotARelay,
            Some(error) => Self::unavailable(error.extended_code.to_string()),
            None => Self::unavailable("row"),
        }
    }
}

fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    // Never an existing file: to close one gives up every lock that this process has on it (POSIX), those of
    // a relay that serves from it as well.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::File(error.kind()))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Makes the schema in an empty file; refuses another program's file and a newer schema.
fn identify(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection
        .transaction_with_behavior(attune_cipher::rusqlite::TransactionBehavior::Immediate)?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 && number(&transaction, "application_id")? == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    if number(&transaction, "application_id")? != APPLICATION {
        return Err(StoreError::NotARelay);
    }
    if number(&transaction, "user_version")? > SCHEMA {
        return Err(StoreError::NewerSchema);
    }
    Ok(transaction.commit()?)
}

fn number(connection: &Connection, pragma: &'static str) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

/// Sets a pragma and reads it back.
fn setting(
    connection: &Connection,
    pragma: &'static str,
    value: &str,
    kept: &str,
) -> Result<(), StoreError> {
    use attune_cipher::rusqlite::types::Value;

    connection.pragma_update_and_check(None, pragma, value, |_| Ok(())).or_else(|error| {
        // Some pragmas answer a row when they are set, some do not.
        if matches!(error, Error::QueryReturnedNoRows) { Ok(()) } else { Err(error) }
    })?;
    let is: Value = connection.pragma_query_value(None, pragma, |row| row.get(0))?;
    let is = match is {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Null | Value::Real(_) | Value::Blob(_) => String::new(),
    };
    if is.eq_ignore_ascii_case(kept) { Ok(()) } else { Err(StoreError::Setting(pragma)) }
}
