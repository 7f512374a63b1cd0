//! What there is to say of a choice and of a practice, decided by the core. The words are the shell's.

use attune_core::companion;

use crate::options::mirror;

/// The one line on where a choice stands. Each has a text of its own; those that name a day mean the choice's `due`,
/// which is there then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StatusLine {
    /// Only on the phone; there is no choice. A moment without choices is this, too.
    Held,
    /// Not sent: this phone was restored, and the person has not said yes to it again.
    WaitsForConfirmation,
    /// Not sent: it has own words, and the four words have not been compared.
    WaitsForComparison,
    /// The pairing ended while it was open: nothing will come of it.
    LinkEnded,
    /// Not sent yet.
    NotSent,
    /// Whether it was sent is not known: the link broke.
    MaybeSent,
    /// The relay has it; nobody is known to have received it.
    Sent,
    /// Received; a note is due by a day.
    ReceivedNoteBy,
    /// Received; it is due by a day, and brings no note.
    ReceivedDueBy,
    /// Received; it counts from now on.
    ReceivedCounts,
    /// Received; it is for the next session.
    ReceivedForSession,
    /// Received; no day was told.
    Received,
    /// Opened by a person; a note is due by a day.
    OpenedNoteBy,
    /// Opened by a person; it is due by a day, and brings no note.
    OpenedDueBy,
    /// Opened by a person; it counts from now on.
    OpenedCounts,
    /// Opened by a person; it is for the next session.
    OpenedForSession,
    /// Opened by a person; no day was told.
    Opened,
    /// The note is here.
    NoteHere,
    /// The practice says that it is done.
    Done,
    /// The day passed without the note.
    LateNote,
    /// The day passed; no note was to come.
    Late,
    /// Being taken back; whether it was received is not known.
    TakingBackUnsure,
    /// Being taken back after it was received.
    TakingBack,
    /// Taken back, and nobody saw it.
    TakenBackUnseen,
    /// Taken back after the practice had it.
    TakenBackSeen,
    /// Its end date passed.
    Expired,
}

mirror!(StatusLine, companion::StatusLine {
    Held WaitsForConfirmation WaitsForComparison LinkEnded NotSent MaybeSent Sent
    ReceivedNoteBy ReceivedDueBy ReceivedCounts ReceivedForSession Received
    OpenedNoteBy OpenedDueBy OpenedCounts OpenedForSession Opened
    NoteHere Done LateNote Late TakingBackUnsure TakingBack TakenBackUnseen TakenBackSeen Expired
});

/// What there is to say of the link with a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PracticeNotice {
    /// A second phone tried the pairing code.
    SecondClaim,
    /// The other side ended the pairing.
    Goodbye,
    /// Two phones use this vault: one may be somebody else's.
    TwoPhones,
    /// The other side was installed anew or restored: the four words are to be compared once more.
    Newcomer,
    /// The pairing code ran out, or was used already.
    CodeSpent,
    /// The other side runs a newer version.
    NewerNeeded,
    /// A version number jumped beyond belief.
    VersionJump,
    /// What was there could not be read.
    Unreadable,
    /// The relay does not know the lane.
    Denied,
    /// The relay has no room.
    Full,
    /// The relay asked to come back later.
    Slow,
    /// The relay was not reached.
    NotReached,
}

mirror!(PracticeNotice, companion::PracticeNotice {
    SecondClaim Goodbye TwoPhones Newcomer CodeSpent NewerNeeded VersionJump Unreadable Denied Full Slow NotReached
});
