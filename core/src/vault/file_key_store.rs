//! A key store in a file, sealed under a passphrase: for the command line and the desk.
//!
//! | off | len | field |
//! |---|---|---|
//! | 0 | 12 | `ATTUNE-STORE` |
//! | 12 | 1 | format, 1 |
//! | 13 | 4 | cost: MiB u16 BE, passes u16 BE |
//! | 17 | 16 | salt |
//! | 33 | 12 | nonce |
//! | 45 | 48 | ChaCha20-Poly1305 over the wrapping key, under Argon2id(passphrase, salt), associated with bytes 0 to 32 |
//! | 93 | 32 | SHA-256 of all before it, in every format |
//!
//! What it seals is `nonce(12) || ChaCha20-Poly1305` under the wrapping key, associated with
//! `attune/1 store` and the caller's bytes. A new passphrase seals the same wrapping key anew.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use super::aead::{self, NONCE_LEN, TAG_LEN};
use super::key_store::{KeyStore, KeyStoreError};
use super::passphrase::{KdfCost, Passphrase, SALT_LEN};
use super::private_file;
use crate::entropy::{Entropy, EntropyError, SystemEntropy, random};

const MAGIC: &[u8; 12] = b"ATTUNE-STORE";
const FORMAT: u8 = 1;
const BOUND_LEN: usize = 33;
const SEALED_AT: usize = BOUND_LEN + NONCE_LEN;
const SEALED_LEN: usize = 32 + TAG_LEN;
const FILE_LEN: usize = SEALED_AT + SEALED_LEN + 32;
const ASSOCIATED: &[u8] = b"attune/1 store";

/// The name a store has beside a vault.
pub const STORE_FILE: &str = "store.key";

/// A [`KeyStore`] in one file. Unlocked it holds its wrapping key in memory, wiped when it goes.
pub struct FileKeyStore {
    path: PathBuf,
    wrapping: Mutex<Option<Zeroizing<[u8; 32]>>>,
}

/// Why a store could not be made or unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileKeyStoreError {
    /// There is no such file.
    #[error("there is no key store here")]
    Absent,
    /// A file is there already.
    #[error("there is a key store here already")]
    Exists,
    /// The passphrase is not the one that was set.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// The file is not as it was written.
    #[error("the key store is damaged")]
    Damaged,
    /// A newer version of the program wrote it.
    #[error("a newer version wrote this key store")]
    Newer,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Entropy,
    /// The file system refused.
    #[error("the file system refused: {0}")]
    Io(io::ErrorKind),
}

impl From<io::Error> for FileKeyStoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            kind => Self::Io(kind),
        }
    }
}

impl From<EntropyError> for FileKeyStoreError {
    fn from(_: EntropyError) -> Self {
        Self::Entropy
    }
}

impl FileKeyStore {
    /// Makes a new store at `path`, unlocked. Missing folders are made, private.
    ///
    /// # Errors
    /// `Exists`, `Entropy`, `Io`.
    pub fn create(
        path: &Path,
        passphrase: &Passphrase,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, FileKeyStoreError> {
        if private_file::present(path)? {
            return Err(FileKeyStoreError::Exists);
        }
        let mut wrapping = Zeroizing::new([0; 32]);
        entropy.fill(wrapping.as_mut_slice())?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private_file::make_folder(folder)?;
        }
        private_file::replace(path, &sealed_file(&wrapping, passphrase, cost, entropy)?)?;
        Ok(Self { path: path.to_owned(), wrapping: Mutex::new(Some(wrapping)) })
    }

    /// Unlocks the store at `path`.
    ///
    /// # Errors
    /// `Absent`, `WrongPassphrase`, `Damaged`, `Newer`, `Io`. The file is only read.
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, FileKeyStoreError> {
        // What an unfinished change of the passphrase left stays until the next change or the end: another process may
        // be about to put it in place.
        let wrapping = opened_file(path, passphrase)?;
        Ok(Self { path: path.to_owned(), wrapping: Mutex::new(Some(wrapping)) })
    }

    /// The store at `path`, locked: it can be [destroyed](KeyStore::destroy), and says
    /// [`Locked`](KeyStoreError::Locked) or [`Gone`](KeyStoreError::Gone) to all else.
    #[must_use]
    pub fn locked(path: &Path) -> Self {
        Self { path: path.to_owned(), wrapping: Mutex::new(None) }
    }

    /// Whether something is at `path`.
    #[must_use]
    pub fn exists(path: &Path) -> bool {
        // What cannot be looked at must not be overwritten either.
        private_file::present(path).unwrap_or(true)
    }

    /// Sets another passphrase. Everything the store sealed stays good.
    ///
    /// # Errors
    /// `WrongPassphrase` and the others of [`open`](Self::open); the old passphrase then still holds.
    pub fn change_passphrase(
        &self,
        old: &Passphrase,
        new: &Passphrase,
        cost: KdfCost,
        entropy: &mut dyn Entropy,
    ) -> Result<(), FileKeyStoreError> {
        let wrapping = opened_file(&self.path, old)?;
        private_file::replace(&self.path, &sealed_file(&wrapping, new, cost, entropy)?)?;
        *self.held() = Some(wrapping);
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Option<Zeroizing<[u8; 32]>>> {
        // A key is replaced in one assignment: there is no half of one to be afraid of.
        self.wrapping.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why there is no wrapping key in memory.
    fn why_not(&self) -> KeyStoreError {
        match private_file::present(&self.path) {
            Ok(true) => KeyStoreError::Locked,
            Ok(false) => KeyStoreError::Gone,
            Err(error) => KeyStoreError::Io(error.kind()),
        }
    }
}

impl KeyStore for FileKeyStore {
    fn seal(&self, secret: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        let held = self.held();
        let wrapping = held.as_ref().ok_or_else(|| self.why_not())?;
        let nonce: [u8; NONCE_LEN] = random(&mut SystemEntropy::new())
            .map_err(|EntropyError| KeyStoreError::Io(io::ErrorKind::Other))?;
        let associated = [ASSOCIATED, associated].concat();
        let sealed =
            aead::seal(wrapping, nonce, &associated, secret).ok_or(KeyStoreError::Refused)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, sealed: &[u8], associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        let held = self.held();
        let wrapping = held.as_ref().ok_or_else(|| self.why_not())?;
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(KeyStoreError::Refused)?;
        let associated = [ASSOCIATED, associated].concat();
        aead::open(wrapping, *nonce, &associated, sealed).ok_or(KeyStoreError::Refused)
    }

    fn destroy(&self) -> Result<(), KeyStoreError> {
        *self.held() = None;
        let unfinished = private_file::beside(&self.path, ".new");
        private_file::destroy(&self.path)
            .and_then(|()| private_file::destroy(&unfinished))
            .map_err(|error| KeyStoreError::Io(error.kind()))
    }
}

/// The file's bytes for a wrapping key.
fn sealed_file(
    wrapping: &[u8; 32],
    passphrase: &Passphrase,
    cost: KdfCost,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, FileKeyStoreError> {
    let salt: [u8; SALT_LEN] = random(entropy)?;
    let nonce: [u8; NONCE_LEN] = random(entropy)?;
    let mut bytes = Vec::with_capacity(FILE_LEN);
    bytes.extend_from_slice(MAGIC);
    bytes.push(FORMAT);
    bytes.extend_from_slice(&cost.to_bytes());
    bytes.extend_from_slice(&salt);
    let key = passphrase.derive(&salt, cost).ok_or(OUT_OF_MEMORY)?;
    let sealed = aead::seal(&key, nonce, &bytes, wrapping).ok_or(FileKeyStoreError::Damaged)?;
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    let checksum = digest(&SHA256, &bytes);
    bytes.extend_from_slice(checksum.as_ref());
    Ok(bytes)
}

/// The wrapping key in the file at `path`.
fn opened_file(
    path: &Path,
    passphrase: &Passphrase,
) -> Result<Zeroizing<[u8; 32]>, FileKeyStoreError> {
    let bytes = private_file::read(path, 4096)?.ok_or(FileKeyStoreError::Absent)?;
    let damaged = FileKeyStoreError::Damaged;
    let (body, checksum) = bytes.split_last_chunk::<32>().ok_or(damaged)?;
    if digest(&SHA256, body).as_ref() != checksum {
        return Err(damaged);
    }
    match body.strip_prefix(MAGIC).and_then(<[u8]>::first) {
        Some(&FORMAT) if bytes.len() == FILE_LEN => {}
        Some(format) if *format > FORMAT => return Err(FileKeyStoreError::Newer),
        _ => return Err(damaged),
    }
    let (bound, rest) = body.split_first_chunk::<BOUND_LEN>().ok_or(damaged)?;
    let (&nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>().ok_or(damaged)?;
    let (head, &salt) = bound.split_last_chunk::<SALT_LEN>().ok_or(damaged)?;
    let &cost = head.last_chunk::<4>().ok_or(damaged)?;
    let cost = KdfCost::from_bytes(cost).ok_or(damaged)?;
    let key = passphrase.derive(&salt, cost).ok_or(OUT_OF_MEMORY)?;
    let opened =
        aead::open(&key, nonce, bound, sealed).ok_or(FileKeyStoreError::WrongPassphrase)?;
    let mut wrapping = Zeroizing::new([0; 32]);
    if opened.len() != wrapping.len() {
        return Err(damaged);
    }
    wrapping.copy_from_slice(&opened);
    private_file::keep_private(path)?;
    Ok(wrapping)
}

const OUT_OF_MEMORY: FileKeyStoreError = FileKeyStoreError::Io(io::ErrorKind::OutOfMemory);
