//! A phone's vault in a folder of its own, and key stores that do as they are told.

#![expect(clippy::unwrap_used, reason = "tests")]
#![allow(dead_code, reason = "each test file takes its part")]

use std::path::Path;
use std::sync::{Arc, Mutex};

use attune_ffi::{Instant, KeyStore, KeyStoreError, Now, Vault};
use tempfile::TempDir;

/// 2026-03-02T09:00:00Z, in a zone an hour ahead.
pub(crate) fn now() -> Now {
    at(1_772_442_000_000)
}

/// That many milliseconds since 1970, in a zone an hour ahead.
pub(crate) fn at(millis: i64) -> Now {
    Now { instant: Instant::of_millis(millis).unwrap(), utc_offset_minutes: 60 }
}

/// What a key store does next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    Locked,
    Gone,
    Refuses,
    Unavailable,
    /// As the generated code sees a Kotlin `Error`: success, and nothing.
    Empty,
    Zeroed,
    Short,
    Panics,
}

/// A double of a platform's key store: it masks with its key and binds what it sealed to the associated bytes. The
/// real ones are tested in their shells.
pub(crate) struct Store {
    key: u8,
    pub(crate) mood: Mutex<Mood>,
    pub(crate) wiped: Mutex<u32>,
}

impl Store {
    pub(crate) fn new(key: u8) -> Arc<Self> {
        Arc::new(Self { key, mood: Mutex::new(Mood::Well), wiped: Mutex::new(0) })
    }

    pub(crate) fn turn(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn answer(&self, well: Vec<u8>) -> Result<Vec<u8>, KeyStoreError> {
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Well => Ok(well),
            Mood::Locked => Err(KeyStoreError::Locked),
            Mood::Gone => Err(KeyStoreError::Gone),
            Mood::Refuses => Err(KeyStoreError::Refused),
            Mood::Unavailable => Err(KeyStoreError::Unavailable),
            Mood::Empty => Ok(Vec::new()),
            Mood::Zeroed => Ok(vec![0; well.len()]),
            Mood::Short => Ok(well[..well.len() / 2].to_vec()),
            Mood::Panics => panic!("marker-4471"),
        }
    }

    fn mask(&self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| byte ^ self.key).collect()
    }
}

impl KeyStore for Store {
    fn seal(&self, secret: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError> {
        let mut sealed = associated.len().to_be_bytes().to_vec();
        sealed.extend(associated);
        sealed.push(self.key);
        sealed.extend(self.mask(&secret));
        self.answer(sealed)
    }

    fn open(&self, sealed: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError> {
        let bound = [&associated.len().to_be_bytes()[..], &associated, &[self.key]].concat();
        let masked = sealed.strip_prefix(bound.as_slice()).ok_or(KeyStoreError::Refused)?;
        self.answer(self.mask(masked))
    }

    fn destroy(&self) -> Result<bool, KeyStoreError> {
        self.answer(vec![1]).map(|answer| answer == [1])
    }

    fn wipe(&self) -> Result<(), KeyStoreError> {
        *self.wiped.lock().unwrap() += 1;
        Ok(())
    }
}

/// What a store is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Seal,
    Open,
    Destroy,
    Wipe,
}

/// A store that does something of the test's own each time, before it answers.
pub(crate) struct Meanwhile<F> {
    store: Arc<Store>,
    first: F,
}

impl<F: Fn(Asked) + Send + Sync> Meanwhile<F> {
    pub(crate) fn over(store: &Arc<Store>, first: F) -> Arc<Self> {
        Arc::new(Self { store: store.clone(), first })
    }
}

impl<F: Fn(Asked) + Send + Sync> KeyStore for Meanwhile<F> {
    fn seal(&self, secret: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError> {
        (self.first)(Asked::Seal);
        self.store.seal(secret, associated)
    }

    fn open(&self, sealed: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError> {
        (self.first)(Asked::Open);
        self.store.open(sealed, associated)
    }

    fn destroy(&self) -> Result<bool, KeyStoreError> {
        (self.first)(Asked::Destroy);
        self.store.destroy()
    }

    fn wipe(&self) -> Result<(), KeyStoreError> {
        (self.first)(Asked::Wipe);
        self.store.wipe()
    }
}

/// A folder, a store, and the vault that belongs to both.
pub(crate) struct Home {
    pub(crate) folder: TempDir,
    pub(crate) store: Arc<Store>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), store: Store::new(0x5a) }
    }

    pub(crate) fn path(&self) -> String {
        self.folder.path().join("vault").to_str().unwrap().to_owned()
    }

    pub(crate) fn create(&self) -> Arc<Vault> {
        Vault::create(self.path(), self.store.clone(), None).unwrap()
    }

    pub(crate) fn open(&self) -> Arc<Vault> {
        Vault::open(self.path(), self.store.clone(), None).unwrap()
    }

    /// The names in the vault's folder, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(Path::new(&self.path()))
            .map(|entries| {
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
            })
            .unwrap_or_default();
        names.sort();
        names
    }
}
