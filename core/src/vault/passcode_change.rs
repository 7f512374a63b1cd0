//! A change of the app passcode in three steps, so that nobody holds the vault while the key store is asked.

use super::key::DatabaseKey;
use super::key_envelope::{FILE_MOST, KeyEnvelope};
use super::key_store::KeyStore;
use super::passphrase::{KdfCost, Passphrase};
use super::private_file;
use super::{KEY_FILE, Vault, VaultError};
use crate::entropy::Entropy;

/// What sealing a vault's key anew takes. Nothing of the vault is held meanwhile.
pub struct PasscodeChange {
    key: DatabaseKey,
    id: [u8; 16],
}

impl PasscodeChange {
    /// Seals the key under the store and, if there is one, the passcode, at [`KdfCost::STANDARD`].
    ///
    /// # Errors
    /// `Locked`, `KeyMissing`, `WrongKey`, `Io` from the store; `Entropy`. The old passcode then still holds.
    pub fn seal(
        self,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: &mut dyn Entropy,
    ) -> Result<SealedKey, VaultError> {
        let passcode = passcode.map(|passcode| (passcode, KdfCost::STANDARD));
        self.seal_at(store, passcode, entropy)
    }

    pub(super) fn seal_at(
        self,
        store: &dyn KeyStore,
        passcode: Option<(&Passphrase, KdfCost)>,
        entropy: &mut dyn Entropy,
    ) -> Result<SealedKey, VaultError> {
        KeyEnvelope::seal(&self.key, self.id, passcode, store, entropy).map(SealedKey)
    }
}

/// A vault's key, sealed anew and not in place yet.
pub struct SealedKey(KeyEnvelope);

impl Vault {
    /// Begins a change of the passcode.
    #[must_use]
    pub fn begin_passcode(&self) -> PasscodeChange {
        PasscodeChange { key: self.key.copy(), id: self.id }
    }

    /// Puts a key that was sealed anew in place; the key file is replaced whole.
    ///
    /// # Errors
    /// `WrongKey` when it is another vault's, or another vault's is in place; `Absent` when none is, since the vault was
    /// deleted or moved aside meanwhile; `DiskFull`, `Io`.
    pub fn finish_passcode(&mut self, sealed: &SealedKey) -> Result<(), VaultError> {
        if sealed.0.id() != self.id {
            return Err(VaultError::WrongKey);
        }
        let path = self.folder.join(KEY_FILE);
        let there = private_file::read(&path, FILE_MOST as u64 + 1)?.ok_or(VaultError::Absent)?;
        // A damaged one is mended: whoever holds the vault has its key.
        if KeyEnvelope::parse(&there).is_ok_and(|there| there.id() != self.id) {
            return Err(VaultError::WrongKey);
        }
        Ok(private_file::replace(&path, &sealed.0.to_bytes())?)
    }
}
