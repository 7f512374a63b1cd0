//! Moving a relay to another database while it serves.
//!
//! An export is a file of all rows; an import brings them in, row by row, and never takes one back: a row
//! counts only where its version is later than what is there. So a relay moves in two steps. While it
//! serves, a first export and import carry what there is, however long that takes. Then it stops, a
//! second pair carries what came since (quickly: what is equal is passed over), and the relay on the other
//! database starts. Phones and desks see a relay that does not answer for that while, and ask again.
//!
//! ```text
//! file      what an export looks like, written and read
//! writing   the rows of a store, into a file
//! reading   a file, into a store
//! ```

mod file;
mod reading;
mod writing;

use std::path::Path;

use crate::config::RelayError;
use crate::database::Database;
use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
use crate::sqlite::connection::open_visitor;
use crate::store::StoreError;

/// How many rows an export or an import went through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Lanes in the export.
    pub lanes: u64,
    /// Grants in the export.
    pub grants: u64,
    /// Lanes that were new or later than what was there.
    pub changed: u64,
    /// Lanes and grants that the export does not have, removed.
    pub removed: u64,
}

/// Why an export or an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum MovingError {
    /// The file cannot be made, written or read.
    #[error("the file cannot be used: {0}")]
    File(std::io::ErrorKind),
    /// There is a file of that name.
    #[error("there is a file of that name already")]
    FileThere,
    /// The file is something else, or of a later release.
    #[error("this is not an export that this release of Attune reads")]
    NotAnExport,
    /// The file is not what was written, or not all of it.
    #[error("the export is damaged or not complete: make it anew")]
    Damaged,
    /// It holds no lane, and would have removed those that are there.
    #[error(
        "the export holds no lane, and all that are there would be removed: \
         is it of the right database?"
    )]
    Empty,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<std::io::Error> for MovingError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => Self::FileThere,
            std::io::ErrorKind::UnexpectedEof => Self::Damaged,
            kind => Self::File(kind),
        }
    }
}

/// Writes all rows of a database into a new file that only its owner may read. Relays may go on
/// meanwhile: each row is as it was at some moment of the export. A database that is not there is not made:
/// an export of nothing, brought in as complete, would remove everything.
///
/// # Errors
/// [`RelayError::Moving`]; what was begun of the file is removed.
pub fn export(database: &Database, file: &Path) -> Result<Moved, RelayError> {
    on(database, Wanted::Existing, async |store| match store {
        Opened::File(store) => writing::export(store, file).await,
        Opened::Server(store) => writing::export(store, file).await,
    })
}

/// Brings the rows of an export into a database. What is there and as late, or later, stays. With
/// `complete`, lanes and grants that the export does not have are removed: only for a database on which no
/// relay serves, and the export of one on which none serves any more. An export without a lane is refused
/// then, unless there is none to remove.
///
/// # Errors
/// [`RelayError::Moving`]. A damaged export changes nothing; after any other error an import can be
/// repeated.
pub fn import(database: &Database, file: &Path, complete: bool) -> Result<Moved, RelayError> {
    on(database, Wanted::MadeIfMissing, async |store| match store {
        Opened::File(store) => reading::import(store, file, complete).await,
        Opened::Server(store) => reading::import(store, file, complete).await,
    })
}

enum Opened {
    File(SqliteStore),
    Server(PostgresStore),
}

/// Whether the database has to be there already.
enum Wanted {
    Existing,
    MadeIfMissing,
}

fn on(
    database: &Database,
    wanted: Wanted,
    work: impl AsyncFnOnce(&Opened) -> Result<Moved, MovingError>,
) -> Result<Moved, RelayError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(RelayError::System)?;
    let moved = runtime.block_on(async {
        let opened = match (database, wanted) {
            (Database::Sqlite(file), wanted) => {
                if matches!(wanted, Wanted::Existing) {
                    drop(open_visitor(file)?);
                }
                Opened::File(SqliteStore::open(file, None)?)
            }
            (Database::Postgres(address), Wanted::Existing) => {
                Opened::Server(PostgresStore::open_existing(address).await?)
            }
            (Database::Postgres(address), Wanted::MadeIfMissing) => {
                Opened::Server(PostgresStore::open(address).await?)
            }
        };
        // Dropped and not finished: what is left to write back is written back by the closing itself,
        // and by SQLite's locks a relay that serves from the file loses nothing of it.
        work(&opened).await
    });
    moved.map_err(|error| match error {
        MovingError::Store(error) => RelayError::Store(error),
        error => RelayError::Moving(error),
    })
}
