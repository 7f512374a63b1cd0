//! Why the vault would not do something, in terms a caller can act on.

use std::io;

use attune_cipher::rusqlite::{self, ErrorCode};

use crate::entropy::EntropyError;

/// What went wrong with a vault. Nothing was deleted; a message names no path and no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no vault here, and never was: neither database nor key file.
    #[error("there is no vault here")]
    Absent,
    /// There is a vault, or a part of one, where a new one was to be made.
    #[error("there is a vault here already")]
    Exists,
    /// The key store cannot answer now; it will after the device is unlocked. Locked is not gone.
    #[error("the key store is locked")]
    Locked,
    /// The database is here and its key is not: no key file, or the store no longer has its part.
    #[error("the key to the vault is missing")]
    KeyMissing,
    /// The key file is here and the database is not.
    #[error("the vault's database is missing")]
    DatabaseMissing,
    /// The key store gave no key, or one that is not this vault's.
    #[error("the key does not fit this vault")]
    WrongKey,
    /// The app passcode is not the one that was set.
    #[error("the passcode is not right")]
    WrongPasscode,
    /// An app passcode was set, and none was given.
    #[error("a passcode is needed")]
    PasscodeNeeded,
    /// The key is right, and the database or the key file is not as it was written.
    #[error("the vault is damaged")]
    Damaged,
    /// A newer version of the app wrote the key file or the schema.
    #[error("a newer version wrote this vault")]
    NewerSchema,
    /// Somebody else has the vault open.
    #[error("the vault is in use")]
    Busy,
    /// There is no room left; what was there before is unchanged.
    #[error("there is no room left on the disk")]
    DiskFull,
    /// The file system refused.
    #[error("the file system refused: {0}")]
    Io(io::ErrorKind),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Entropy,
    /// This build of SQLite is not the one that encrypts, or did not accept a setting. Nothing was written.
    #[error("the database engine is not the expected one")]
    Engine,
    /// SQLite refused a statement for another reason; its extended result code.
    #[error("the database refused a statement (code {0})")]
    Statement(i32),
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            kind => Self::Io(kind),
        }
    }
}

impl From<EntropyError> for VaultError {
    fn from(_: EntropyError) -> Self {
        Self::Entropy
    }
}

impl From<rusqlite::Error> for VaultError {
    /// The outcome behind an error of SQLite's. What has no outcome of its own keeps its code.
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => return Self::Damaged,
            _ => {}
        }
        let Some(failure) = error.sqlite_error() else {
            return Self::Statement(0);
        };
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged,
            ErrorCode::SystemIoFailure => Self::Io(io::ErrorKind::Other),
            ErrorCode::CannotOpen => Self::Io(io::ErrorKind::NotFound),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                Self::Io(io::ErrorKind::PermissionDenied)
            }
            ErrorCode::OutOfMemory => Self::Io(io::ErrorKind::OutOfMemory),
            _ => Self::Statement(failure.extended_code),
        }
    }
}
