//! The vault: everything a phone or a desk keeps, in one encrypted database.
//!
//! A vault is a folder: `vault.db` (SQLCipher), `vault.key` (its key, sealed by a [`KeyStore`], with a
//! canary that tells a wrong key from damage), and while it is open a journal. One owner at a time. Nothing is ever
//! deleted by itself: [`start_over`](Vault::start_over) moves the old files aside, and
//! [`delete_all`](Vault::delete_all) is the person's own act.
//!
//! **Invariant:** no byte of a row is outside the database's encrypted pages, in any file.

mod aead;
pub(crate) mod connection;
mod error;
mod file_key_store;
pub(crate) mod key;
mod key_envelope;
mod key_store;
pub(crate) mod migration;
mod passcode_change;
mod passphrase;
mod passphrase_folder;
pub(crate) mod private_file;
mod removal;
mod transaction;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use attune_cipher::rusqlite::Connection;

use self::key::DatabaseKey;
use self::key_envelope::KeyEnvelope;
use self::transaction::Held;
use crate::entropy::{Entropy, random};

pub(crate) use self::connection::Expect;
pub use self::error::VaultError;
pub use self::file_key_store::{FileKeyStore, FileKeyStoreError, STORE_FILE};
pub use self::key_store::{KeyStore, KeyStoreError};
pub use self::passcode_change::{PasscodeChange, SealedKey};
pub use self::passphrase::{KdfCost, Passphrase};
pub use self::passphrase_folder::PassphraseFolder;

/// The database's name in the vault's folder.
pub const DATABASE_FILE: &str = "vault.db";
/// The sealed key's name in the vault's folder.
pub const KEY_FILE: &str = "vault.key";
/// A copy's database while it is being taken over into a new vault.
pub(crate) const UNPACKED_FILE: &str = "copy.database.new";

/// One open vault. Its lock is held until [`close`](Self::close), or until it is dropped.
pub struct Vault {
    /// `None` only while it is being closed.
    connection: Option<Connection>,
    folder: PathBuf,
    /// Which file was opened.
    file: Option<(u64, u64)>,
    id: [u8; 16],
    key: DatabaseKey,
}

impl Vault {
    /// Makes a new vault in `dir`, which is made if it is missing. With a passcode, its Argon2id costs
    /// [`KdfCost::STANDARD`].
    ///
    /// # Errors
    /// `Exists` when there is a vault or a part of one; `Locked`, `KeyMissing`, `WrongKey` from the store; `DiskFull`, `Io`,
    /// `Entropy`, `Engine`. Nothing usable is left behind then, and a second attempt starts anew.
    pub fn create(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        Self::create_filled(dir, store, passcode, entropy, |_| Ok(()))
    }

    /// As [`create`](Self::create), with rows that are there from the start.
    pub(crate) fn create_filled<E: From<VaultError>>(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: &mut dyn Entropy,
        fill: impl FnOnce(&Connection) -> Result<(), E>,
    ) -> Result<Self, E> {
        let passcode = passcode.map(|passcode| (passcode, KdfCost::STANDARD));
        Self::create_with(dir, store, passcode, entropy, |db| {
            migration::apply(db, migration::MIGRATIONS)?;
            fill(db)
        })
    }

    /// As [`create`](Self::create), with a cost of the caller's and content from elsewhere: `fill` gets the empty database;
    /// what it leaves at an older version is brought up to date. The vault appears whole or not at all.
    pub(crate) fn create_with<E: From<VaultError>>(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<(&Passphrase, KdfCost)>,
        entropy: &mut dyn Entropy,
        fill: impl FnOnce(&mut Connection) -> Result<(), E>,
    ) -> Result<Self, E> {
        let files = Files::of(dir);
        files.require_none()?;
        private_file::make_folder(dir).map_err(VaultError::from)?;
        let key = DatabaseKey::generate(entropy).map_err(VaultError::from)?;
        let id = random(entropy).map_err(VaultError::from)?;
        let envelope = KeyEnvelope::seal(&key, id, passcode, store, entropy)?;
        // Nothing is held while the store is asked: another may have made a vault here by now.
        let _alone = alone();
        files.require_none()?;
        let made = files.make(&key, &envelope, fill);
        if made.is_err() {
            // Only what was never a vault: neither of the two final names is in place.
            files.remove_unfinished();
        }
        made?;
        Ok(Self::connect(dir, id, key)?)
    }

    /// Opens the vault in `dir` and brings its schema up to date. A passcode that is not needed is not looked at.
    ///
    /// # Errors
    /// `Absent`, `KeyMissing`, `DatabaseMissing`; `Locked`, `WrongKey`, `PasscodeNeeded`, `WrongPasscode`; `Damaged`, `NewerSchema`,
    /// `Busy`, `DiskFull`, `Io`, `Engine`. No file is made, changed or removed then.
    pub fn open(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
    ) -> Result<Self, VaultError> {
        let files = Files::of(dir);
        let envelope = files.envelope()?;
        let key = envelope.open(passcode, store)?;
        files.finish()?;
        Self::connect(dir, envelope.id(), key)
    }

    /// Whether `dir` holds a vault or a part of one, so that a new one cannot be made there.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        // What cannot be looked at must not be overwritten either.
        !matches!(Files::of(dir).require_none(), Ok(()))
    }

    /// Whether the vault in `dir` was given an app passcode.
    ///
    /// # Errors
    /// As [`open`](Self::open), before the store is asked.
    pub fn needs_passcode(dir: &Path) -> Result<bool, VaultError> {
        Ok(Files::of(dir).envelope()?.needs_passcode())
    }

    /// Reads, from one state of the database. Whatever `f` writes is taken back.
    ///
    /// # Errors
    /// Those of `f`, and the vault's own; `Io` (permission denied) when `f` changed a row.
    pub fn read<T, E: From<VaultError>>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection()?;
        // A read within a read sees what the outer one sees. (`PRAGMA query_only` would refuse writing, too, but
        // switching it makes SQLite compile every cached statement anew.)
        if !connection.is_autocommit() {
            return f(connection);
        }
        let before = connection.total_changes();
        let _snapshot = Held::to_read(connection).map_err(VaultError::from)?;
        let out = f(connection)?;
        if connection.total_changes() != before {
            return Err(VaultError::Io(std::io::ErrorKind::PermissionDenied).into());
        }
        Ok(out)
    }

    /// Runs `f` in a transaction that has the write lock from the start; commits if it succeeds, and else takes
    /// everything back. What was committed is on the disk when this returns.
    ///
    /// # Errors
    /// Those of `f`, and the vault's own: `DiskFull`, `Io`, `Damaged`. Nothing of `f` is then kept.
    pub fn write<T, E: From<VaultError>>(
        &mut self,
        f: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection()?;
        let transaction = Held::to_write(connection).map_err(VaultError::from)?;
        let out = f(connection)?;
        transaction.commit().map_err(VaultError::from)?;
        Ok(out)
    }

    /// Checks every page's seal, every index and every reference: slow, for after a scare and before a copy is trusted.
    ///
    /// # Errors
    /// `Damaged`, or as SQLite says.
    pub fn verify(&self) -> Result<(), VaultError> {
        verify(self.connection()?)
    }

    /// Sets, changes or (with `None`) removes the app passcode, at [`KdfCost::STANDARD`]. The key file is replaced whole.
    ///
    /// # Errors
    /// As sealing does in [`create`](Self::create); the old passcode then still holds.
    pub fn set_passcode(
        &mut self,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: &mut dyn Entropy,
    ) -> Result<(), VaultError> {
        let passcode = passcode.map(|passcode| (passcode, KdfCost::STANDARD));
        self.set_passcode_at(store, passcode, entropy)
    }

    /// As [`set_passcode`](Self::set_passcode), at a cost of the caller's.
    ///
    /// # Errors
    /// As [`set_passcode`](Self::set_passcode).
    pub fn set_passcode_at(
        &mut self,
        store: &dyn KeyStore,
        passcode: Option<(&Passphrase, KdfCost)>,
        entropy: &mut dyn Entropy,
    ) -> Result<(), VaultError> {
        let sealed = self.begin_passcode().seal_at(store, passcode, entropy)?;
        self.finish_passcode(&sealed)
    }

    /// Closes the vault. No side file and no lock remains.
    ///
    /// # Errors
    /// As SQLite says; the vault is closed in any case, and what was committed is kept.
    pub fn close(mut self) -> Result<(), VaultError> {
        self.release()
    }

    /// The schema, for comparing one vault's with another's: one line for each object and column.
    ///
    /// # Errors
    /// As SQLite says.
    pub fn schema(&self) -> Result<Vec<String>, VaultError> {
        migration::schema(self.connection()?)
    }

    fn connect(dir: &Path, id: [u8; 16], key: DatabaseKey) -> Result<Self, VaultError> {
        let database = dir.join(DATABASE_FILE);
        let connection = Some(connection::open(&database, &key, Expect::Database)?);
        let file = private_file::identity(&database);
        let mut vault = Self { connection, folder: dir.to_owned(), file, id, key };
        // What an unfinished change of the passcode left. Only who holds the vault knows that it is unfinished.
        let key = Files::of(dir).key;
        private_file::destroy(&private_file::beside(&key, ".new"))?;
        private_file::keep_private(&key)?;
        let connection = vault.connection.as_mut().ok_or(VaultError::Absent)?;
        // A database of ours has been through the first migration before it got its name.
        if migration::version(connection)? == 0 {
            return Err(VaultError::Damaged);
        }
        migration::apply(connection, migration::MIGRATIONS)?;
        Ok(vault)
    }

    fn release(&mut self) -> Result<(), VaultError> {
        let Some(connection) = self.connection.take() else { return Ok(()) };
        // Moved aside or deleted while it was open: the names in the folder may be another vault's by now.
        if private_file::identity(&self.folder.join(DATABASE_FILE)) == self.file {
            connection::close(connection)
        } else {
            connection::leave(connection)
        }
    }

    /// The connection itself: for copies, which attach another database outside of any transaction.
    pub(crate) fn connection(&self) -> Result<&Connection, VaultError> {
        self.connection.as_ref().ok_or(VaultError::Absent)
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        // Best effort: whoever needs to know calls `close`.
        let _ = self.release();
    }
}

/// Every page's seal, every index, every reference.
pub(crate) fn verify(connection: &Connection) -> Result<(), VaultError> {
    let sound = |pragma: &str, answer: &[&str]| -> Result<(), VaultError> {
        let mut statement = connection.prepare(pragma)?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        if lines == answer { Ok(()) } else { Err(VaultError::Damaged) }
    };
    sound("PRAGMA cipher_integrity_check", &[])?;
    sound("PRAGMA integrity_check", &["ok"])?;
    sound("PRAGMA foreign_key_check", &[])
}

/// One at a time makes a vault, or finishes making one. (Of two processes, the second finds the first one's files.)
fn alone() -> MutexGuard<'static, ()> {
    static MAKING: Mutex<()> = Mutex::new(());
    MAKING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The names in a vault's folder.
struct Files {
    database: PathBuf,
    key: PathBuf,
}

impl Files {
    fn of(dir: &Path) -> Self {
        Self { database: dir.join(DATABASE_FILE), key: dir.join(KEY_FILE) }
    }

    fn new_database(&self) -> PathBuf {
        private_file::beside(&self.database, ".new")
    }

    fn require_none(&self) -> Result<(), VaultError> {
        for path in [&self.database, &self.key] {
            if private_file::present(path)? {
                return Err(VaultError::Exists);
            }
        }
        Ok(())
    }

    /// Makes both files: the database whole under another name, then the key, then the database's name. Killed
    /// before the key is in place there is no vault; killed after it, opening finishes the last step.
    fn make<E: From<VaultError>>(
        &self,
        key: &DatabaseKey,
        envelope: &KeyEnvelope,
        fill: impl FnOnce(&mut Connection) -> Result<(), E>,
    ) -> Result<(), E> {
        self.remove_unfinished();
        let new = self.new_database();
        private_file::create(&new).map_err(VaultError::from)?;
        let mut connection = connection::open(&new, key, Expect::Nothing)?;
        fill(&mut connection)?;
        migration::apply(&mut connection, migration::MIGRATIONS)?;
        connection::close(connection)?;
        private_file::replace(&self.key, &envelope.to_bytes()).map_err(VaultError::from)?;
        private_file::rename(&new, &self.database).map_err(VaultError::from)?;
        Ok(())
    }

    /// Removes what an unfinished [`make`](Self::make) left, unless the key is in place: then it is the database.
    fn remove_unfinished(&self) {
        if matches!(private_file::present(&self.key), Ok(false)) {
            let new = self.new_database();
            for suffix in ["", "-journal", "-wal", "-shm"] {
                let _ = private_file::remove(&private_file::beside(&new, suffix));
            }
            let _ = private_file::destroy(&private_file::beside(&self.key, ".new"));
        }
    }

    /// The last step of [`make`](Self::make), where it was cut off before that.
    fn finish(&self) -> Result<(), VaultError> {
        let _alone = alone();
        if !private_file::present(&self.database)? {
            private_file::rename(&self.new_database(), &self.database)?;
        }
        Ok(())
    }

    /// The key file, both files being there. It only looks: somebody else may hold the vault.
    fn envelope(&self) -> Result<KeyEnvelope, VaultError> {
        let key = private_file::read(&self.key, key_envelope::FILE_MOST as u64 + 1)?;
        let database = private_file::present(&self.database)?;
        let Some(bytes) = key else {
            return Err(if database { VaultError::KeyMissing } else { VaultError::Absent });
        };
        let envelope = KeyEnvelope::parse(&bytes)?;
        if !database && !private_file::present(&self.new_database())? {
            return Err(VaultError::DatabaseMissing);
        }
        Ok(envelope)
    }
}
