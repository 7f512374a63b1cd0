//! A transaction whose own statements are compiled once.
//!
//! With SQLCipher's memory wiping on, each allocation is locked and wiped by system calls: compiling `BEGIN`
//! and `COMMIT` anew took ten times as long as reading fifty rows (docs/performance.md).

use attune_cipher::rusqlite::{Connection, Result};

/// One transaction on a connection. Dropped before [`commit`](Self::commit), it is taken back.
pub(crate) struct Held<'a>(&'a Connection);

impl<'a> Held<'a> {
    /// Begins one that sees one state of the database.
    ///
    /// # Errors
    /// As SQLite says.
    pub(crate) fn to_read(connection: &'a Connection) -> Result<Self> {
        Self::begin(connection, "BEGIN")
    }

    /// Begins one that has the write lock from the start.
    ///
    /// # Errors
    /// As SQLite says.
    pub(crate) fn to_write(connection: &'a Connection) -> Result<Self> {
        Self::begin(connection, "BEGIN IMMEDIATE")
    }

    /// Commits. What was written is on the disk when this returns.
    ///
    /// # Errors
    /// As SQLite says; everything is taken back then.
    pub(crate) fn commit(self) -> Result<()> {
        run(self.0, "COMMIT")
    }

    fn begin(connection: &'a Connection, how: &str) -> Result<Self> {
        run(connection, how)?;
        Ok(Self(connection))
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // After a commit there is nothing to take back; after some errors SQLite has done it already.
        if !self.0.is_autocommit() {
            let _ = run(self.0, "ROLLBACK");
        }
    }
}

fn run(connection: &Connection, statement: &str) -> Result<()> {
    connection.prepare_cached(statement)?.execute([]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM kept", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn only_what_is_committed_is_kept() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = ON; CREATE TABLE parent (id INTEGER PRIMARY KEY);
                 CREATE TABLE kept (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
            )
            .unwrap();
        let insert = |value: &str| {
            connection.execute_batch(&format!("INSERT INTO kept VALUES ({value})")).unwrap();
        };
        let held = Held::to_write(&connection).unwrap();
        insert("NULL");
        held.commit().unwrap();
        assert_eq!(rows(&connection), 1);

        let held = Held::to_write(&connection).unwrap();
        insert("NULL");
        drop(held);
        assert_eq!((rows(&connection), connection.is_autocommit()), (1, true));

        // A commit that is refused leaves the transaction open in SQLite; it is taken back all the same.
        let held = Held::to_write(&connection).unwrap();
        insert("7");
        assert!(held.commit().is_err());
        assert_eq!((rows(&connection), connection.is_autocommit()), (1, true));
    }

    #[test]
    fn a_panic_takes_everything_back() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE kept (id INTEGER)").unwrap();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _held = Held::to_write(&connection).unwrap();
            connection.execute_batch("INSERT INTO kept VALUES (1)").unwrap();
            panic!("on purpose");
        }));
        assert!(panicked.is_err());
        assert_eq!((rows(&connection), connection.is_autocommit()), (0, true));
    }
}
