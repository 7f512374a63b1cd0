//! Why a command failed, in words that say what to do, under a name that scripts know.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use attune_core::Error;
use attune_core::export::CopyError;
use attune_core::pairing::code::CodeError;
use attune_core::practice::CardError;
use attune_core::preview::OPEN_CHOICES;
use attune_core::vault::{FileKeyStoreError, VaultError};
use attune_core::words::WordsError;

use crate::exit::Name;
use crate::home::Side;
use crate::say::{say, say_with};

/// A failure as it is told.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Its name, which also decides the exit status.
    pub(crate) name: Name,
    /// What is the matter and what to do.
    pub(crate) says: String,
}

impl Failure {
    /// A failure with its text.
    pub(crate) fn new(name: Name, says: String) -> Self {
        Self { name, says }
    }

    /// A failure whose text has no placeholder.
    pub(crate) fn of(name: Name, id: &str) -> Self {
        Self::new(name, say(id))
    }

    /// A file that the system refused.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::of(Name::DiskFull, "err-disk-full");
        }
        Self::new(Name::File, refused(path, error.kind()))
    }

    /// The relays that were not reached, if there are any.
    pub(crate) fn not_reached(relays: BTreeSet<String>) -> Option<Self> {
        if relays.is_empty() {
            return None;
        }
        let relays: Vec<_> = relays.into_iter().collect();
        let says = say_with("err-relay-unreachable", &[("relay", relays.join(", ").into())]);
        Some(Self::new(Name::RelayNotReached, says))
    }
}

/// Why a command stopped. What the core says gets its words only where folder and side are known.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Told already.
    Told(Failure),
    /// The core's.
    Core(Error),
    /// A copy's.
    Copy(CopyError),
    /// The key store's.
    Store(FileKeyStoreError),
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Told(failure)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        Self::Core(error.into())
    }
}

impl From<CopyError> for Fault {
    fn from(error: CopyError) -> Self {
        Self::Copy(error)
    }
}

impl From<FileKeyStoreError> for Fault {
    fn from(error: FileKeyStoreError) -> Self {
        Self::Store(error)
    }
}

impl Fault {
    /// The failure, for the folder and the side that it happened on.
    pub(crate) fn tell(self, dir: &Path, side: Side) -> Failure {
        match self {
            Self::Told(failure) => failure,
            Self::Core(Error::Vault(error)) => of_vault(error, dir, side),
            Self::Core(error) => of_core(&error, dir, side),
            Self::Copy(CopyError::Vault(error)) => of_vault(error, dir, side),
            Self::Copy(error) => of_copy(error, dir),
            Self::Store(error) => of_store(error, dir, side),
        }
    }
}

/// `error`, unless it says that nothing has that name: then the failure that `otherwise` makes.
pub(crate) fn or_missing(error: Error, otherwise: impl FnOnce() -> Failure) -> Fault {
    match error {
        Error::NotFound => otherwise().into(),
        other => other.into(),
    }
}

/// `error`, unless it says that a text is too long or empty: then the failures of the text that `of`
/// names, with its limit in bytes.
pub(crate) fn or_text(error: Error, too_long: &str, empty: &str, limit: usize) -> Fault {
    match error {
        Error::TextTooLong => {
            let says = say_with(too_long, &[("limit", limit.into())]);
            Failure::new(Name::TooLong, says).into()
        }
        Error::TextEmpty => Failure::of(Name::Empty, empty).into(),
        other => other.into(),
    }
}

fn of_core(error: &Error, dir: &Path, side: Side) -> Failure {
    let phone = side == Side::Phone;
    match error {
        Error::Damaged => in_folder(Name::Damaged, "err-data-damaged", dir),
        Error::Entropy(_) => Failure::of(Name::NoRandomness, "err-entropy"),
        Error::NotFound => Failure::of(Name::NotFound, "err-nothing-there"),
        Error::WrongSide => in_folder(Name::OtherSide, "err-data-role", dir),
        Error::WordsTooLong => Failure::of(Name::TooLong, "limit-flight"),
        Error::TextTooLong => {
            let limit = [("limit", attune_core::lane::document::TEXT_LEN.into())];
            Failure::new(Name::TooLong, say_with("reply-too-long", &limit))
        }
        Error::TextEmpty => Failure::of(Name::Empty, "reply-empty"),
        Error::NotOffered => Failure::of(Name::NotOffered, "pick-not-offered"),
        Error::OtherRole => Failure::of(Name::OtherRole, "err-other-role"),
        Error::TooManyOpen => {
            let limit = [("limit", OPEN_CHOICES.into())];
            Failure::new(Name::TooMany, say_with("limit-choices", &limit))
        }
        Error::NotCompared => Failure::of(Name::NotCompared, "err-not-compared"),
        Error::PastEndDate => Failure::of(Name::PastDay, "limit-date"),
        Error::NotPreviewed => Failure::of(Name::NotPreviewed, "err-no-preview"),
        Error::TooLate if phone => Failure::of(Name::TooLate, "status-too-late"),
        Error::TooLate => Failure::of(Name::TooLate, "reply-too-late"),
        Error::NoteNotAllowed => Failure::of(Name::NoteNotAllowed, "reply-quiet"),
        Error::NoteBlocked => Failure::of(Name::NoteBlocked, "reply-blocked"),
        Error::OutOfRange => Failure::of(Name::OutOfRange, "err-out-of-range"),
        Error::NotReady => {
            let command = if phone { "attune phone practices" } else { "attune desk clients" };
            let values = [("command", command.into())];
            Failure::new(Name::NotReady, say_with("err-not-ready", &values))
        }
        Error::Code(error) => of_code(*error),
        Error::Card(error) => Failure::of(
            Name::BadCard,
            match error {
                CardError::Name => "err-card-name",
                CardError::Text => "err-card-text",
                CardError::Offered => "err-card-offered",
                CardError::Relays => "err-card-relays",
            },
        ),
        Error::RelayNeeded => Failure::of(Name::BadRelay, "err-relay-needed"),
        Error::Grant => Failure::of(Name::BadGrant, "err-grant-bad"),
        _ => Failure::of(Name::Internal, "err-internal"),
    }
}

fn of_vault(error: VaultError, dir: &Path, side: Side) -> Failure {
    match error {
        VaultError::Absent => no_data(dir, side),
        VaultError::Exists => in_folder(Name::DataThere, "err-data-there", dir),
        VaultError::Locked | VaultError::KeyMissing => {
            in_folder(Name::KeyMissing, "err-key-missing", dir)
        }
        VaultError::DatabaseMissing => in_folder(Name::Damaged, "err-database-missing", dir),
        VaultError::WrongKey => in_folder(Name::KeyUnfit, "err-key-unfit", dir),
        VaultError::WrongPasscode | VaultError::PasscodeNeeded => {
            Failure::of(Name::WrongPassphrase, "err-passphrase-wrong")
        }
        VaultError::Damaged => in_folder(Name::Damaged, "err-data-damaged", dir),
        VaultError::NewerSchema => in_folder(Name::Newer, "err-data-newer", dir),
        VaultError::Busy => in_folder(Name::Busy, "err-data-busy", dir),
        VaultError::DiskFull => Failure::of(Name::DiskFull, "err-disk-full"),
        VaultError::Io(kind) => Failure::new(Name::File, refused(dir, kind)),
        VaultError::Entropy => Failure::of(Name::NoRandomness, "err-entropy"),
        VaultError::Engine => Failure::of(Name::Internal, "err-engine"),
        VaultError::Statement(code) => {
            Failure::new(Name::Internal, say_with("err-statement", &[("code", code.into())]))
        }
    }
}

fn of_copy(error: CopyError, dir: &Path) -> Failure {
    match error {
        CopyError::NotACopy | CopyError::Damaged => Failure::of(Name::Damaged, "copy-in-bad"),
        CopyError::WrongPassphrase => Failure::of(Name::WrongPassphrase, "copy-passphrase-wrong"),
        CopyError::Newer => Failure::of(Name::Newer, "err-copy-newer"),
        CopyError::WrongSide => in_folder(Name::OtherSide, "err-data-role", dir),
        CopyError::Exists => Failure::of(Name::FileThere, "err-copy-there"),
        CopyError::Vault(_) => Failure::of(Name::Internal, "err-internal"),
    }
}

fn of_store(error: FileKeyStoreError, dir: &Path, side: Side) -> Failure {
    match error {
        FileKeyStoreError::Absent => in_folder(Name::KeyMissing, "err-key-missing", dir),
        FileKeyStoreError::Exists => in_folder(Name::DataThere, "err-data-there", dir),
        FileKeyStoreError::WrongPassphrase => {
            Failure::of(Name::WrongPassphrase, "err-passphrase-wrong")
        }
        FileKeyStoreError::Damaged => in_folder(Name::Damaged, "err-data-damaged", dir),
        FileKeyStoreError::Newer => in_folder(Name::Newer, "err-data-newer", dir),
        FileKeyStoreError::Entropy => Failure::of(Name::NoRandomness, "err-entropy"),
        FileKeyStoreError::Io(kind) => of_vault(io::Error::from(kind).into(), dir, side),
    }
}

/// A code that cannot be read. What was typed is a secret and is not repeated.
fn of_code(error: CodeError) -> Failure {
    let id = match error {
        CodeError::NotOurs | CodeError::Relay(_) => "pair-bad",
        CodeError::NewerNeeded => "pair-newer",
        CodeError::NotWhole => "pair-cut",
        CodeError::Words(WordsError::Unknown { .. }) => "pair-word-unknown",
        CodeError::Words(WordsError::Count { found, .. }) => {
            let says = say_with("pair-word-count", &[("count", found.into())]);
            return Failure::new(Name::BadCode, says);
        }
    };
    Failure::of(Name::BadCode, id)
}

/// There is nothing in the folder yet.
pub(crate) fn no_data(dir: &Path, side: Side) -> Failure {
    let command = match side {
        Side::Phone => "attune phone init",
        Side::Desk => "attune desk init",
    };
    let dir = dir.display().to_string();
    let values = [("dir", dir.into()), ("command", command.into())];
    Failure::new(Name::NoData, say_with("err-no-data", &values))
}

fn in_folder(name: Name, id: &str, dir: &Path) -> Failure {
    Failure::new(name, say_with(id, &[("dir", dir.display().to_string().into())]))
}

fn refused(path: &Path, kind: io::ErrorKind) -> String {
    let (path, reason) = (path.display().to_string(), kind.to_string());
    say_with("err-file", &[("path", path.into()), ("reason", reason.into())])
}
