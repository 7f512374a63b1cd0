//! What the vault asks of the place that keeps its key.

use std::io;

use zeroize::Zeroizing;

/// Seals the database key and opens it again: a platform's key store, or a [`FileKeyStore`](super::FileKeyStore).
///
/// `associated` is bound to what is sealed: opened with other bytes, it is [`Refused`](KeyStoreError::Refused).
/// No success may be claimed by accident: the vault opens whatever was sealed before it relies on it,
/// and takes an answer of another length, or one of zeros alone, for a no.
pub trait KeyStore: Send + Sync {
    /// Seals `secret`, at most 128 bytes.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn seal(&self, secret: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyStoreError>;

    /// Opens what [`seal`](Self::seal) gave.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn open(&self, sealed: &[u8], associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError>;

    /// Destroys the store's own key, for good: nothing it sealed can be opened again. Works while locked, and
    /// when there is nothing left to destroy.
    ///
    /// # Errors
    /// [`KeyStoreError::Io`].
    fn destroy(&self) -> Result<(), KeyStoreError>;
}

/// Why a key store did not do what it was asked. "Locked" is not "gone".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// Not now: the device or the store has to be unlocked first. The key is still there.
    #[error("the key store is locked")]
    Locked,
    /// The store's key no longer exists, and never will again.
    #[error("the key store no longer has its key")]
    Gone,
    /// What was to be opened was not sealed by this store for this purpose, or the store will not seal.
    #[error("the key store refused")]
    Refused,
    /// The store could not be reached.
    #[error("the key store could not be reached: {0}")]
    Io(io::ErrorKind),
}

impl From<KeyStoreError> for super::VaultError {
    fn from(error: KeyStoreError) -> Self {
        match error {
            KeyStoreError::Locked => Self::Locked,
            KeyStoreError::Gone => Self::KeyMissing,
            KeyStoreError::Refused => Self::WrongKey,
            KeyStoreError::Io(kind) => Self::Io(kind),
        }
    }
}
