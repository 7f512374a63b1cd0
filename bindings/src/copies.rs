//! Copies, the passcode, and a check of the whole vault.

use std::sync::Arc;

use attune_core::entropy::SystemEntropy;
use attune_core::export;
use zeroize::Zeroizing;

use crate::error::AttuneError;
use crate::guard::guarded;
use crate::key_store::{Foreign, KeyStore};
use crate::time::Now;
use crate::vault::{Vault, folder, phrase};

/// Copies and the passcode.
#[uniffi::export]
impl Vault {
    /// Writes an encrypted copy to the new file `target`, whole or not at all, and reads it back. A passphrase is UTF-8.
    ///
    /// # Errors
    /// `Closed`; `Storage`, with `Exists` where there is a file, `Absent` where there is no such folder; `Damaged`;
    /// `Declined` with `BadInput`.
    pub fn save_copy(&self, target: String, passphrase: Vec<u8>) -> Result<(), AttuneError> {
        let passphrase = Zeroizing::new(passphrase);
        let (target, passphrase) = (folder(target)?, phrase(passphrase)?);
        self.with(|phone| {
            let (vault, entropy) = phone.vault_and_entropy();
            export::write_copy(vault, &target, &passphrase, entropy)
        })
    }

    /// Everything of the person's own as one JSON document, in the clear, with no key in it.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn readable(&self, now: Now) -> Result<String, AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| {
            let text = phone.readable(now)?;
            Ok::<_, attune_core::Error>(text.as_str().to_owned())
        })
    }

    /// Sets, changes or, with none, removes the passcode. The old one holds until this returns.
    ///
    /// # Errors
    /// `Closed`, `Locked`, `KeyGone`; `Storage`, with `Absent` when the vault was deleted or moved aside meanwhile;
    /// `Declined` with `BadInput` for an empty passcode.
    pub fn set_passcode(
        &self,
        key_store: Arc<dyn KeyStore>,
        passcode: Option<Vec<u8>>,
    ) -> Result<(), AttuneError> {
        let passcode = passcode.map(Zeroizing::new);
        guarded(|| {
            let passcode = passcode.map(phrase).transpose()?;
            // The store is asked while nothing is locked; the file stays held until the change is in place.
            let _inside = self.enter()?;
            let change =
                self.inside(|phone| Ok::<_, AttuneError>(phone.vault().begin_passcode()))?;
            let store = Foreign(key_store);
            let sealed = change.seal(&store, passcode.as_ref(), &mut SystemEntropy::new())?;
            self.inside(|phone| phone.vault().finish_passcode(&sealed))
        })
    }

    /// Checks every page's seal, every index and every reference: slow, for after a scare.
    ///
    /// # Errors
    /// `Closed`, `Storage`, `Damaged`.
    pub fn verify(&self) -> Result<(), AttuneError> {
        self.with(|phone| phone.vault().verify())
    }
}
