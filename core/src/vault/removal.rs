//! How a vault ends: deleted for good, or moved aside.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::file_key_store::STORE_FILE;
use super::key_store::{KeyStore, KeyStoreError};
use super::private_file;
use super::{DATABASE_FILE, KEY_FILE, UNPACKED_FILE, Vault, VaultError};

/// How a folder of files that were moved aside is called; the day and time follow.
const ASIDE: &str = "aside-";
/// What SQLite may put behind a database's name.
const PARTS: [&str; 4] = ["", "-journal", "-wal", "-shm"];

impl Vault {
    /// Deletes the vault in `dir` for good, with everything that was ever moved aside there: first every key, then
    /// the store's own, then the rest. Works without opening, with a store that is locked, and on what an
    /// earlier attempt left. Files that are not a vault's stay.
    ///
    /// # Errors
    /// The first thing that failed; everything else was tried all the same, and the keys first.
    pub fn delete_all(dir: &Path, store: &dyn KeyStore) -> Result<(), VaultError> {
        let (folders, mut outcome) = match folders_of(dir) {
            Ok(folders) => (folders, Ok(())),
            Err(VaultError::Io(std::io::ErrorKind::NotFound)) => (Vec::new(), Ok(())),
            // What cannot be listed can still be named: the key goes all the same.
            Err(error) => (vec![dir.to_owned()], Err(error)),
        };
        let mut note = |done: Result<(), VaultError>| {
            if outcome.is_ok() {
                outcome = done;
            }
        };
        for folder in &folders {
            for suffix in ["", ".new"] {
                let key = private_file::beside(&folder.join(KEY_FILE), suffix);
                note(private_file::destroy(&key).map_err(VaultError::from));
            }
        }
        note(match store.destroy() {
            Ok(()) | Err(KeyStoreError::Gone) => Ok(()),
            Err(error) => Err(error.into()),
        });
        for folder in &folders {
            if folder.as_path() != dir {
                for suffix in ["", ".new"] {
                    let store = private_file::beside(&folder.join(STORE_FILE), suffix);
                    note(private_file::destroy(&store).map_err(VaultError::from));
                }
            }
            for name in database_files() {
                // Without a key this is noise: there is no need to overwrite it.
                note(private_file::remove(&folder.join(name)).map_err(VaultError::from));
            }
            if folder.as_path() != dir {
                note(fs::remove_dir(folder).map_err(VaultError::from));
            }
        }
        outcome
    }

    /// Moves everything of the vault in `dir` into a new folder in it, named for `now`, and answers that folder. Nothing
    /// is deleted; a key store's file that lies there goes along, so that old files and old key stay together.
    ///
    /// # Errors
    /// `Absent` when there is nothing to move, `Io`. Killed half way, calling it again moves the rest.
    pub fn start_over(dir: &Path, now: DateTime<FixedOffset>) -> Result<PathBuf, VaultError> {
        let mut names = database_files();
        for name in [KEY_FILE, STORE_FILE] {
            names.extend([name.to_owned(), format!("{name}.new")]);
        }
        let mut found = Vec::new();
        for name in names {
            if private_file::present(&dir.join(&name))? {
                found.push(name);
            }
        }
        if found.is_empty() {
            return Err(VaultError::Absent);
        }
        let aside = new_folder(dir, now)?;
        for name in &found {
            private_file::rename(&dir.join(name), &aside.join(name))?;
        }
        private_file::sync_folder_of(&dir.join(DATABASE_FILE))?;
        Ok(aside)
    }
}

/// Every name that a vault's database has or had, its side files and unfinished forms included.
fn database_files() -> Vec<String> {
    let unfinished = format!("{DATABASE_FILE}.new");
    [DATABASE_FILE, &unfinished, UNPACKED_FILE]
        .iter()
        .flat_map(|name| PARTS.map(|part| format!("{name}{part}")))
        .collect()
}

/// `dir` and every folder in it that [`Vault::start_over`] made.
fn folders_of(dir: &Path) -> Result<Vec<PathBuf>, VaultError> {
    let mut folders = vec![dir.to_owned()];
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(ASIDE));
        // Not through a link: what it leads to is not ours.
        if ours && entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// A new private folder for files moved aside; the second one of a second gets a number.
fn new_folder(dir: &Path, now: DateTime<FixedOffset>) -> Result<PathBuf, VaultError> {
    let name = format!("{ASIDE}{}", now.format("%Y%m%d-%H%M%S"));
    for turn in 0..100 {
        let folder = dir.join(if turn == 0 { name.clone() } else { format!("{name}-{turn}") });
        if !private_file::present(&folder)? {
            private_file::make_folder(&folder)?;
            return Ok(folder);
        }
    }
    Err(VaultError::Exists)
}
