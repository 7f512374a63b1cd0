//! What can go wrong, as a caller can act on it. Rich inside, few outside, never with a person's data.

use crate::entropy::EntropyError;
use crate::pairing::code::CodeError;
use crate::practice::CardError;
use crate::vault::VaultError;

/// Why a call did not do what was asked. Whatever it says, nothing was lost.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The vault could not be read or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// What the vault holds does not make sense.
    #[error("the vault holds something that this version cannot read")]
    Damaged,
    /// The system gave no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// There is no such moment, choice, note or practice.
    #[error("there is nothing of that name here")]
    NotFound,
    /// The vault belongs to the other side: a phone's where a desk's was asked for, or the reverse.
    #[error("this vault belongs to the other side")]
    WrongSide,
    /// Own words over their limit.
    #[error("the text is too long")]
    WordsTooLong,
    /// A text for the client over its limit.
    #[error("the note is too long")]
    TextTooLong,
    /// The text is empty.
    #[error("the note is empty")]
    TextEmpty,
    /// The practice does not offer that option, or it goes to somebody else.
    #[error("that option is not offered there")]
    NotOffered,
    /// It belongs to a practice's other role: a front desk puts no plan to a client.
    #[error("that belongs to the other role of a practice")]
    OtherRole,
    /// Eight choices are open with this practice already.
    #[error("too many choices are open")]
    TooManyOpen,
    /// Own words can go only after the four words were compared.
    #[error("the four words have not been compared yet")]
    NotCompared,
    /// The end date is in the past.
    #[error("the end date has passed")]
    PastEndDate,
    /// What would be sealed is not what was previewed, or nothing was previewed.
    #[error("this is not what was previewed")]
    NotPreviewed,
    /// The choice is past the point where it can be changed, taken back or answered.
    #[error("it is too late for that")]
    TooLate,
    /// The option allows no note: the client asked for no contact.
    #[error("this option allows no note")]
    NoteNotAllowed,
    /// The note has a sentence that cannot be sent: `PENALTY` or `OVERRIDE`.
    #[error("the note has a sentence that cannot be sent")]
    NoteBlocked,
    /// A number outside of what may be set.
    #[error("that is outside of what may be set")]
    OutOfRange,
    /// The pairing is not ready for that yet, or it has ended.
    #[error("the pairing is not ready for that")]
    NotReady,
    /// The pairing code cannot be read.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The practice's card breaks a rule.
    #[error(transparent)]
    Card(#[from] CardError),
    /// Pairing by words needs a relay's address, and none, or none that is valid, was given.
    #[error("a relay's address is needed")]
    RelayNeeded,
    /// The text is not a relay's grant.
    #[error("this is not a relay's grant")]
    Grant,
    /// An answer was fed to a sync that waits for none.
    #[error("no answer was waited for")]
    NotWaiting,
    /// Sealing failed: a key is damaged or a limit of the document was passed.
    #[error("the envelope could not be sealed")]
    Seal,
}

impl From<attune_cipher::rusqlite::Error> for Error {
    fn from(error: attune_cipher::rusqlite::Error) -> Self {
        Self::Vault(error.into())
    }
}
