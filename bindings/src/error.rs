//! What can go wrong, as a shell can act on it. Ten kinds, no text: the shell has its own words.

use std::io::ErrorKind;

use attune_core::Error;
use attune_core::export::CopyError;
use attune_core::vault::VaultError;

/// Why a call did not do what was asked. Whatever it says, nothing was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum AttuneError {
    /// The vault was closed before this call began.
    #[error("the vault is closed")]
    Closed,
    /// The key store cannot answer now; it will after the device is unlocked. Locked is not gone.
    #[error("the key store is locked")]
    Locked,
    /// The key to the vault is gone, or the one that is there is another's. Nothing was deleted.
    #[error("the key to the vault is gone")]
    KeyGone,
    /// A passcode was set, and none was given.
    #[error("a passcode is needed")]
    PasscodeNeeded,
    /// The passcode of the vault, or the passphrase of the copy, is not the one that was set.
    #[error("the passcode is not right")]
    WrongPasscode,
    /// The vault or the copy is not as it was written. Nothing was deleted.
    #[error("the file is damaged")]
    Damaged,
    /// A newer version wrote it.
    #[error("a newer version is needed")]
    NewerVersion,
    /// The files could not be made, found, read or written.
    #[error("the storage would not do it")]
    Storage {
        /// What stood in the way.
        why: StorageTrouble,
    },
    /// What was asked does not fit what is there.
    #[error("this cannot be done as it was asked")]
    Declined {
        /// What did not fit.
        why: Why,
    },
    /// A defect, of ours or of the system. The vault is as it was before the call.
    #[error("something went wrong inside")]
    Internal,
}

/// What stood in the way of reading or writing files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StorageTrouble {
    /// There is no vault, or no file, there.
    Absent,
    /// There is one already.
    Exists,
    /// Somebody else has the vault open.
    Busy,
    /// There is no room left on the device.
    NoRoom,
    /// The file system does not answer, or does not allow it.
    Unavailable,
}

/// What did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Why {
    /// There is no such moment, choice, note or practice.
    NotFound,
    /// A text is over its limit.
    WordsTooLong,
    /// The practice does not offer that option.
    NotOffered,
    /// As many choices as there may be are open with this practice already.
    TooManyOpen,
    /// The four words have not been compared, or have changed since they were shown.
    NotCompared,
    /// The end date is in the past.
    PastEndDate,
    /// What would be shared is not what was previewed last.
    NotPreviewed,
    /// It is past the point where it can be changed, taken back or erased.
    TooLate,
    /// The pairing is not ready for that yet, or it has ended.
    NotReady,
    /// The pairing code cannot be read; `check_code` tells more.
    BadCode,
    /// Pairing by words needs the address of a relay.
    RelayNeeded,
    /// No answer is waited for.
    NotWaiting,
    /// The file is not a copy of a vault.
    NotACopy,
    /// The vault or the copy is a desk's.
    WrongSide,
    /// An argument is out of its range, or of no form that could be meant.
    BadInput,
}

impl AttuneError {
    pub(crate) const BAD_INPUT: Self = Self::Declined { why: Why::BadInput };
}

impl From<VaultError> for AttuneError {
    fn from(error: VaultError) -> Self {
        let storage = |why| Self::Storage { why };
        match error {
            VaultError::Absent => storage(StorageTrouble::Absent),
            VaultError::Exists => storage(StorageTrouble::Exists),
            VaultError::Busy => storage(StorageTrouble::Busy),
            VaultError::DiskFull => storage(StorageTrouble::NoRoom),
            VaultError::Io(ErrorKind::OutOfMemory) => Self::Internal,
            VaultError::Io(_) => storage(StorageTrouble::Unavailable),
            VaultError::Locked => Self::Locked,
            VaultError::KeyMissing | VaultError::WrongKey => Self::KeyGone,
            VaultError::WrongPasscode => Self::WrongPasscode,
            VaultError::PasscodeNeeded => Self::PasscodeNeeded,
            VaultError::DatabaseMissing | VaultError::Damaged => Self::Damaged,
            VaultError::NewerSchema => Self::NewerVersion,
            VaultError::Entropy | VaultError::Engine | VaultError::Statement(_) => Self::Internal,
        }
    }
}

impl From<CopyError> for AttuneError {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::NotACopy => Self::Declined { why: Why::NotACopy },
            CopyError::WrongPassphrase => Self::WrongPasscode,
            CopyError::Damaged => Self::Damaged,
            CopyError::Newer => Self::NewerVersion,
            CopyError::WrongSide => Self::Declined { why: Why::WrongSide },
            CopyError::Exists => Self::Storage { why: StorageTrouble::Exists },
            // The copy, or the folder that it is to be in. Of a vault, what cannot be found is not said to be absent.
            CopyError::Vault(VaultError::Io(ErrorKind::NotFound)) => {
                Self::Storage { why: StorageTrouble::Absent }
            }
            CopyError::Vault(error) => error.into(),
        }
    }
}

impl From<Error> for AttuneError {
    fn from(error: Error) -> Self {
        let why = match error {
            Error::Vault(error) => return error.into(),
            Error::Damaged => return Self::Damaged,
            Error::NotFound => Why::NotFound,
            Error::WrongSide => Why::WrongSide,
            Error::WordsTooLong | Error::TextTooLong => Why::WordsTooLong,
            Error::NotOffered => Why::NotOffered,
            Error::TooManyOpen => Why::TooManyOpen,
            Error::NotCompared => Why::NotCompared,
            Error::PastEndDate => Why::PastEndDate,
            Error::NotPreviewed => Why::NotPreviewed,
            Error::TooLate => Why::TooLate,
            Error::NotReady => Why::NotReady,
            Error::Code(_) => Why::BadCode,
            Error::RelayNeeded => Why::RelayNeeded,
            Error::NotWaiting => Why::NotWaiting,
            // The rest is a desk's, or a defect.
            _ => return Self::Internal,
        };
        Self::Declined { why }
    }
}
