//! A folder with a key store and a vault, for the vault's tests.

#![expect(dead_code, reason = "each test program uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

use attune_cipher::rusqlite::params;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE, Vault, VaultError};
use tempfile::TempDir;

pub(crate) fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

/// A passcode at the least cost.
pub(crate) fn cheap(passcode: &Passphrase) -> (&Passphrase, KdfCost) {
    (passcode, KdfCost::LEAST)
}

pub(crate) struct Home {
    root: TempDir,
    pub(crate) store: FileKeyStore,
}

impl Home {
    pub(crate) fn new() -> Self {
        let root = TempDir::new().unwrap();
        let store = new_store(root.path());
        Self { root, store }
    }

    pub(crate) fn with_new_store(self) -> Self {
        let store = new_store(self.root.path());
        Self { root: self.root, store }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.root.path().join("vault")
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn create(&self) -> Vault {
        Vault::create(&self.dir(), &self.store, None, &mut SystemEntropy::new()).unwrap()
    }

    pub(crate) fn open(&self) -> Result<Vault, VaultError> {
        Vault::open(&self.dir(), &self.store, None)
    }

    /// Every file below the root with its bytes.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_below(self.root.path())
    }
}

fn new_store(root: &Path) -> FileKeyStore {
    let path = root.join("vault").join(STORE_FILE);
    let entropy = &mut SystemEntropy::new();
    FileKeyStore::create(&path, &phrase("of the store"), KdfCost::LEAST, entropy).unwrap()
}

pub(crate) fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

pub(crate) fn put(vault: &mut Vault, name: &str, value: &[u8]) -> Result<(), VaultError> {
    vault.write(|db| {
        db.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", params![name, value])?;
        Ok(())
    })
}

pub(crate) fn take(vault: &Vault, name: &str) -> Result<Vec<u8>, VaultError> {
    vault.read(|db| {
        Ok(db.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0))?)
    })
}
