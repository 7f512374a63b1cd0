//! A copy of a relay's SQLite file, made while the relay runs on it.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::database::Database;
use crate::sqlite::connection::{open_existing, open_visitor};
use crate::store::StoreError;
use attune_cipher::rusqlite::OpenFlags;

/// Why there is no copy. What was begun is removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Something has that name, or the copy under way has: nothing is ever replaced.
    #[error(
        "there is a file of that name already (or one that ends in .part): choose another name"
    )]
    Exists,
    /// The copy cannot be written.
    #[error("the copy cannot be written: {0}")]
    File(io::ErrorKind),
    /// The database cannot be read, or the copy was not whole.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A server's database is not a file.
    #[error(
        "this copies a SQLite file; a PostgreSQL database has tools of its own, such as pg_dump"
    )]
    NotAFile,
}

/// Copies the database as it is at one moment to the new file `to`, which only its owner may read. The
/// relay goes on meanwhile. Once there is a file of that name and with any length, it is
/// whole, checked, and on the disk.
///
/// To put it back: stop the relay, put the copy in the database's place, remove what lies beside it
/// and ends in `-wal` or `-shm`, start the relay.
///
/// # Errors
/// [`BackupError`].
pub fn backup(database: &Database, to: &Path) -> Result<(), BackupError> {
    let Database::Sqlite(from) = database else {
        return Err(BackupError::NotAFile);
    };
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists);
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let part = Part::make(PathBuf::from(name))?;
    // One reading transaction, whatever is written meanwhile. SQLite's online backup would begin
    // again at each write of another process, and so might never end.
    let source = open_existing(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let name = part.0.to_str().ok_or(BackupError::File(io::ErrorKind::InvalidFilename))?;
    source.execute("VACUUM INTO ?1", [name]).map_err(StoreError::from)?;
    drop(source);
    let whole: String = open_visitor(&part.0)?
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(StoreError::from)?;
    if whole != "ok" {
        return Err(StoreError::unavailable("copy").into());
    }
    // SQLite does not wait for the disk here.
    File::open(&part.0).and_then(|file| file.sync_all()).map_err(|e| of(&e))?;
    part.becomes(to, |part, to| std::fs::hard_link(part, to)).map_err(|e| of(&e))?;
    #[cfg(unix)]
    {
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| of(&e))?;
    }
    Ok(())
}

/// A copy under way; its name goes when this does.
struct Part(PathBuf);

impl Part {
    fn make(path: PathBuf) -> Result<Self, BackupError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(|error| of(&error))?;
        Ok(Self(path))
    }

    /// Gives the copy its name. `link` makes a second name of a file, which, unlike a rename, never takes
    /// the place of another.
    fn becomes(
        self,
        to: &Path,
        link: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> io::Result<()> {
        match link(&self.0, to) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                // FAT, exFAT and some disks of other machines have no second names. What is replaced there
                // is a file of our own, made because there was none.
                OpenOptions::new().write(true).create_new(true).open(to)?;
                std::fs::rename(&self.0, to).inspect_err(|_| {
                    let _ = std::fs::remove_file(to);
                })
            }
            made => made,
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn of(error: &io::Error) -> BackupError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists,
        kind => BackupError::File(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_without_second_names_holds_a_copy_too() {
        let folder = tempfile::tempdir().unwrap();
        let [part, to] = ["copy.part", "copy"].map(|name| folder.path().join(name));
        let refused = |_: &Path, _: &Path| Err(io::ErrorKind::PermissionDenied.into());
        let made = |bytes: &[u8]| {
            let copy = Part::make(part.clone()).unwrap();
            std::fs::write(&part, bytes).unwrap();
            let named = copy.becomes(&to, refused);
            assert!(!part.exists(), "nothing half is left");
            named
        };
        made(b"first").unwrap();
        assert_eq!(std::fs::read(&to).unwrap(), b"first");
        // Nothing is replaced there, either.
        assert_eq!(made(b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&to).unwrap(), b"first");
    }
}
