//! What can be said and done about a vault that is not open.

use std::sync::Arc;

use attune_core::vault::{self, VaultError};

use crate::error::AttuneError;
use crate::guard::guarded;
use crate::key_store::{Foreign, KeyStore};
use crate::time::Now;
use crate::vault::folder;

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum VaultPresence {
    /// No vault, and no part of one.
    Absent,
    /// A vault that opens without a passcode.
    Ready,
    /// A vault that was given a passcode.
    NeedsPasscode,
}

/// Looks whether there is a vault in the folder `dir`. The key store is not asked.
///
/// # Errors
/// `KeyGone` and `Damaged` when only a part of one is there; `NewerVersion`, `Storage`.
#[uniffi::export]
pub fn vault_presence(dir: String) -> Result<VaultPresence, AttuneError> {
    guarded(|| match vault::Vault::needs_passcode(&folder(dir)?) {
        Ok(true) => Ok(VaultPresence::NeedsPasscode),
        Ok(false) => Ok(VaultPresence::Ready),
        Err(VaultError::Absent) => Ok(VaultPresence::Absent),
        Err(error) => Err(error.into()),
    })
}

/// Moves everything of the vault in the folder `dir` into a new folder in it, named for `now`, and answers its path.
/// Nothing is deleted. The vault must not be open.
///
/// # Errors
/// `Storage` with `Absent` when there is nothing to move. Stopped half way, calling it again moves the rest.
#[uniffi::export]
pub fn start_over(dir: String, now: Now) -> Result<String, AttuneError> {
    guarded(|| {
        let aside = vault::Vault::start_over(&folder(dir)?, now.try_into()?)?;
        // The folder's own name was a text, and what is added to it is ASCII.
        aside.into_os_string().into_string().map_err(|_| AttuneError::Internal)
    })
}

/// Deletes the vault in the folder `dir` for good, with everything that was ever moved aside there: every key first.
/// Works without opening, with a store that is locked, and on what an earlier attempt left. Close it before.
///
/// # Errors
/// The first thing that failed; everything else was done all the same. `Storage` with `Unavailable` when the store did
/// not say that its key is gone: call it again.
#[uniffi::export]
pub fn delete_all(dir: String, key_store: Arc<dyn KeyStore>) -> Result<(), AttuneError> {
    guarded(|| Ok(vault::Vault::delete_all(&folder(dir)?, &Foreign(key_store))?))
}
