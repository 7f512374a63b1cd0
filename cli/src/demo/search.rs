//! Looking for what must not be there: in every row of a vault, and in every byte of a folder.

use std::fs;
use std::io;
use std::path::Path;

use attune_cipher::rusqlite::types::ValueRef;
use attune_cipher::rusqlite::{self, Connection, OpenFlags, Params};
use attune_core::Error;
use attune_core::vault::Vault;

/// What is looked for in a vault.
#[derive(Clone, Copy)]
pub(super) enum Needle<'a> {
    /// Bytes, in any text or blob.
    Bytes(&'a [u8]),
    /// A whole number, as a column's value.
    Number(i64),
}

/// Whether any column of any row of any table holds it.
///
/// # Errors
/// The vault's.
pub(super) fn vault_holds(vault: &Vault, needle: Needle<'_>) -> Result<bool, Error> {
    vault.read(|db| Ok(any_row_holds(db, needle)?))
}

/// A number that a query of the vault answers, such as a count of rows.
///
/// # Errors
/// The vault's.
pub(super) fn vault_count(vault: &Vault, query: &str, key: impl Params) -> Result<i64, Error> {
    vault.read(|db| Ok(db.query_row(query, key, |row| row.get(0))?))
}

/// Whether any file below the folder holds those bytes, side files included.
///
/// # Errors
/// The file system's.
pub(super) fn folder_holds(folder: &Path, needle: &[u8]) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let found = if path.is_dir() {
            folder_holds(&path, needle)?
        } else {
            holds(&fs::read(&path)?, needle)
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tables of a plain SQLite file with their columns and their count of rows.
///
/// # Errors
/// SQLite's.
pub(super) fn tables(database: &Path) -> rusqlite::Result<Vec<(String, Vec<String>, i64)>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(database, flags)?;
    table_names(&db)?
        .into_iter()
        .map(|table| {
            let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
            let columns = columns.query_map([&table], |row| row.get(0))?;
            let columns = columns.collect::<rusqlite::Result<_>>()?;
            let rows = format!("SELECT count(*) FROM \"{table}\"");
            let rows = db.query_row(&rows, [], |row| row.get(0))?;
            Ok((table, columns, rows))
        })
        .collect()
}

fn any_row_holds(db: &Connection, needle: Needle<'_>) -> rusqlite::Result<bool> {
    for table in table_names(db)? {
        let mut statement = db.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let found = match (row.get_ref(column)?, needle) {
                    (ValueRef::Text(bytes) | ValueRef::Blob(bytes), Needle::Bytes(needle)) => {
                        holds(bytes, needle)
                    }
                    (ValueRef::Integer(number), Needle::Number(needle)) => number == needle,
                    _ => false,
                };
                if found {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

fn table_names(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let names = names.query_map([], |row| row.get(0))?;
    names.collect()
}

/// Whether the bytes stand anywhere in those of a file. Looks for the first byte first: files are
/// large and this runs unoptimised too.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for (bytes, needle, found) in [
            (&b"aab"[..], &b"ab"[..], true),
            (b"ab", b"ab", true),
            (b"xab", b"ab", true),
            (b"a", b"ab", false),
            (b"", b"ab", false),
            (b"ba", b"ab", false),
        ] {
            assert_eq!(holds(bytes, needle), found, "{bytes:?} {needle:?}");
        }
    }

    #[test]
    fn a_search_of_rows_and_files_finds_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plain.db");
        let db = Connection::open(&file).unwrap();
        db.execute_batch("CREATE TABLE a (x, y); INSERT INTO a VALUES (7, 'hidden words')")
            .unwrap();
        assert!(any_row_holds(&db, Needle::Number(7)).unwrap());
        assert!(!any_row_holds(&db, Needle::Number(8)).unwrap());
        assert!(any_row_holds(&db, Needle::Bytes(b"den wor")).unwrap());
        assert!(!any_row_holds(&db, Needle::Bytes(b"other")).unwrap());
        let tables = tables(&file).unwrap();
        assert_eq!(tables, [("a".to_owned(), vec!["x".to_owned(), "y".to_owned()], 1)]);
        assert!(folder_holds(folder.path(), b"hidden words").unwrap());
        assert!(!folder_holds(folder.path(), b"not there").unwrap());
    }
}
