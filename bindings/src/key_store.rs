//! The platform's key store, as Kotlin or Swift implements it, and what is made of its answers.
//!
//! Nothing it answers is trusted: a Kotlin callback that throws an `Error` is not caught by the generated code, and
//! Rust then sees success with a zeroed value. Zero is therefore never the dangerous answer: an empty or zeroed
//! secret is no key (the core checks), and `destroy` says *true* when the key is gone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use attune_core::vault;
use zeroize::Zeroizing;

/// Seals the vault's key and opens it again. It is called while nothing is locked, on the thread of the call that
/// needs it, and it may call the vault.
#[uniffi::export(with_foreign)]
pub trait KeyStore: Send + Sync {
    /// Seals `secret`, at most 128 bytes, bound to `associated`.
    ///
    /// # Errors
    /// See `KeyStoreError`.
    fn seal(&self, secret: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError>;

    /// Opens what `seal` gave, under the same `associated`.
    ///
    /// # Errors
    /// See `KeyStoreError`.
    fn open(&self, sealed: Vec<u8>, associated: Vec<u8>) -> Result<Vec<u8>, KeyStoreError>;

    /// Destroys the store's own key for good. Says `true` when it is gone, as it is when there was none.
    ///
    /// # Errors
    /// `Unavailable`.
    fn destroy(&self) -> Result<bool, KeyStoreError>;

    /// What the store answered is no longer needed: it overwrites whatever it still holds of it.
    ///
    /// # Errors
    /// `Unavailable`; nobody minds.
    fn wipe(&self) -> Result<(), KeyStoreError>;
}

/// Why a key store did not do what it was asked. "Locked" is not "gone".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeyStoreError {
    /// Not now: the device has to be unlocked first. The key is still there.
    #[error("the key store is locked")]
    Locked,
    /// The store's key no longer exists, and never will again.
    #[error("the key store no longer has its key")]
    Gone,
    /// What was to be opened was not sealed by this store for this purpose.
    #[error("the key store refused")]
    Refused,
    /// The store could not be reached, or failed in a way that it has no word for.
    #[error("the key store could not be reached")]
    Unavailable,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyStoreError {
    /// The text of the exception, up to a hundred lines of trace, ends here.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable
    }
}

impl From<KeyStoreError> for vault::KeyStoreError {
    fn from(error: KeyStoreError) -> Self {
        match error {
            KeyStoreError::Locked => Self::Locked,
            KeyStoreError::Gone => Self::Gone,
            KeyStoreError::Refused => Self::Refused,
            KeyStoreError::Unavailable => Self::Io(std::io::ErrorKind::Other),
        }
    }
}

/// A foreign key store, for the core. When it goes, the foreign side is told to wipe.
pub(crate) struct Foreign(pub(crate) Arc<dyn KeyStore>);

impl Foreign {
    /// Asks it. An answer that the generated code cannot read makes that code panic: it is a failure like any other.
    fn ask<T>(
        &self,
        question: impl FnOnce(&dyn KeyStore) -> Result<T, KeyStoreError>,
    ) -> Result<T, vault::KeyStoreError> {
        let answer = catch_unwind(AssertUnwindSafe(|| question(&*self.0)));
        Ok(answer.unwrap_or(Err(KeyStoreError::Unavailable))?)
    }
}

impl vault::KeyStore for Foreign {
    fn seal(&self, secret: &[u8], associated: &[u8]) -> Result<Vec<u8>, vault::KeyStoreError> {
        self.ask(|store| store.seal(secret.to_vec(), associated.to_vec()))
    }

    fn open(
        &self,
        sealed: &[u8],
        associated: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, vault::KeyStoreError> {
        self.ask(|store| store.open(sealed.to_vec(), associated.to_vec())).map(Zeroizing::new)
    }

    fn destroy(&self) -> Result<(), vault::KeyStoreError> {
        match self.ask(|store| store.destroy())? {
            true => Ok(()),
            false => Err(KeyStoreError::Unavailable.into()),
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        // Best effort: there is nobody to tell.
        let _ = self.ask(|store| store.wipe());
    }
}
