//! The SQLite file: whether it is a relay's, whole, private, and of any use.

use std::path::Path;

use attune_cipher::rusqlite::Connection;

use super::{Findings, Verdict};
use crate::config::Config;
use crate::sqlite::connection::open_visitor;
use crate::store::StoreError;

const ABOUT: &str = "database";

/// The last day that the database was written on, if it was.
pub(super) fn look(config: &Config, path: &Path, found: &mut Findings) -> Option<u32> {
    let Ok(metadata) = std::fs::metadata(path) else {
        found.look(ABOUT, "it is not there yet: the first start, or the first grant, makes it");
        return None;
    };
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::mode(&metadata) & 0o077 != 0 {
        found.look(ABOUT, "others on this machine can read or write it: chmod 600");
    }
    #[cfg(not(unix))]
    drop(metadata);
    match open_visitor(path).and_then(|connection| read(config, &connection, found)) {
        Ok(newest) => {
            if found.worst(ABOUT) == Verdict::Ok {
                found.ok(ABOUT, "it opens, keeps its settings, and is whole");
            }
            newest
        }
        Err(error) => {
            found.bad(ABOUT, error.to_string());
            None
        }
    }
}

fn read(
    config: &Config,
    connection: &Connection,
    found: &mut Findings,
) -> Result<Option<u32>, StoreError> {
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        // So is a backup before its first start.
        found.look(ABOUT, "its journal is not a write-ahead log: the next start makes it one");
    }
    // What it says may quote what is stored: only whether it is `ok` counts.
    let whole: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        found.bad(ABOUT, "it is damaged: stop the relay and put a backup in its place");
    }
    let grants: i64 =
        connection.query_row("SELECT count(*) FROM \"grant\"", [], |row| row.get(0))?;
    if grants == 0 && !config.open {
        found.look(ABOUT, "there is no grant, so no practice can pair: `attune relay grant add`");
    }
    Ok(connection.query_row("SELECT max(day) FROM lane", [], |row| row.get(0))?)
}
