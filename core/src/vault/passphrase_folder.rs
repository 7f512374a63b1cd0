//! A vault's folder whose key store is a file under a passphrase: for the command line and the desk.

use std::path::{Path, PathBuf};

use super::{
    FileKeyStore, FileKeyStoreError, KdfCost, KeyStore as _, Passphrase, STORE_FILE, Vault,
    VaultError,
};
use crate::entropy::Entropy;

/// The folder: `vault.db`, `vault.key`, and beside them `store.key`, which a passphrase opens.
#[derive(Debug, Clone)]
pub struct PassphraseFolder {
    dir: PathBuf,
}

impl PassphraseFolder {
    /// That folder. Nothing is looked at yet.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Where it is.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether there is nothing in it yet that a new vault would be in the way of.
    ///
    /// # Errors
    /// `Exists`, when there is.
    pub fn require_empty(&self) -> Result<(), VaultError> {
        if Vault::exists(&self.dir) { Err(VaultError::Exists) } else { Ok(()) }
    }

    /// Whether there is something in it that a passphrase could open, before one is asked for.
    ///
    /// # Errors
    /// `Absent` without a vault, `KeyMissing` without its key store.
    pub fn require_vault(&self) -> Result<(), VaultError> {
        if !Vault::exists(&self.dir) {
            Err(VaultError::Absent)
        } else if !FileKeyStore::exists(&self.store_path()) {
            Err(VaultError::KeyMissing)
        } else {
            Ok(())
        }
    }

    /// Makes what `make` makes in the folder, under a new passphrase. A store that was made for it
    /// goes again if it fails, and so does a folder that was.
    ///
    /// # Errors
    /// `Exists` when there is a vault; those of the store, and those of `make`.
    pub fn furnish<T, E: From<VaultError> + From<FileKeyStoreError>>(
        &self,
        passphrase: &Passphrase,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
        make: impl FnOnce(&FileKeyStore) -> Result<T, E>,
    ) -> Result<T, E> {
        self.require_empty()?;
        let (path, new_folder) = (self.store_path(), !self.dir.exists());
        // One that is there without a vault is what an attempt that was broken off left.
        let (store, ours) = if FileKeyStore::exists(&path) {
            (FileKeyStore::open(&path, passphrase)?, false)
        } else {
            (FileKeyStore::create(&path, passphrase, cost, entropy)?, true)
        };
        let made = make(&store);
        if made.is_err() && ours && !Vault::exists(&self.dir) {
            // Best effort, and only what was made here: the failure itself is what is to be told.
            let _ = store.destroy();
            if new_folder {
                let _ = std::fs::remove_dir(&self.dir);
            }
        }
        made
    }

    /// Unlocks the key store.
    ///
    /// # Errors
    /// As [`FileKeyStore::open`].
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<FileKeyStore, FileKeyStoreError> {
        FileKeyStore::open(&self.store_path(), passphrase)
    }

    /// The key store, locked.
    #[must_use]
    pub fn locked(&self) -> FileKeyStore {
        FileKeyStore::locked(&self.store_path())
    }

    fn store_path(&self) -> PathBuf {
        self.dir.join(STORE_FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::error::Error;

    #[derive(Debug)]
    enum Told {
        Vault(VaultError),
        Store(FileKeyStoreError),
    }

    impl From<VaultError> for Told {
        fn from(error: VaultError) -> Self {
            Self::Vault(error)
        }
    }

    impl From<FileKeyStoreError> for Told {
        fn from(error: FileKeyStoreError) -> Self {
            Self::Store(error)
        }
    }

    fn phrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    fn make(folder: &PassphraseFolder, words: &str, fails: bool) -> Result<(), Told> {
        let entropy = &mut SystemEntropy::new();
        folder.furnish(&phrase(words), KdfCost::LEAST, entropy, |store| {
            if fails {
                return Err(VaultError::DiskFull.into());
            }
            let made = Vault::create(folder.dir(), store, None, &mut SystemEntropy::new())?;
            Ok(made.close()?)
        })
    }

    #[test]
    fn what_is_made_under_a_passphrase_opens_under_it_alone() -> Result<(), Error> {
        let place = tempfile::tempdir().unwrap();
        let folder = PassphraseFolder::new(&place.path().join("desk"));
        assert!(matches!(folder.require_vault(), Err(VaultError::Absent)));
        make(&folder, "four words of mine", false).unwrap();
        folder.require_vault()?;
        assert!(matches!(folder.require_empty(), Err(VaultError::Exists)));
        assert!(matches!(
            make(&folder, "four words of mine", false),
            Err(Told::Vault(VaultError::Exists))
        ));
        let store = folder.unlock(&phrase("four words of mine")).unwrap();
        Vault::open(folder.dir(), &store, None)?.close()?;
        let wrong = folder.unlock(&phrase("four words of yours")).map(|_| ());
        assert_eq!(wrong, Err(FileKeyStoreError::WrongPassphrase));
        folder.locked().destroy().unwrap();
        assert!(matches!(folder.require_vault(), Err(VaultError::KeyMissing)));
        Ok(())
    }

    #[test]
    fn a_failure_leaves_nothing_behind_and_what_was_broken_off_goes_on() {
        let place = tempfile::tempdir().unwrap();
        let folder = PassphraseFolder::new(&place.path().join("desk"));
        assert!(matches!(make(&folder, "first words", true), Err(Told::Vault(_))));
        assert!(!folder.dir().exists());
        // A store without a vault: whoever knows its passphrase goes on with it.
        let entropy = &mut SystemEntropy::new();
        let path = folder.dir().join(STORE_FILE);
        FileKeyStore::create(&path, &phrase("first words"), KdfCost::LEAST, entropy).unwrap();
        let other = make(&folder, "other words", false);
        assert!(matches!(other, Err(Told::Store(FileKeyStoreError::WrongPassphrase))));
        assert!(FileKeyStore::exists(&path));
        make(&folder, "first words", false).unwrap();
    }
}
