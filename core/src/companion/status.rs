//! What a phone says of a choice and of a practice, and what it lets a person do: decided here once, for every shell. The
//! words are the shells'.

use super::choices::{Choice, WaitsFor};
use super::practices::Practice;
use crate::repair::RepairOption;
use crate::state::ChoiceState;
use crate::table::pairing::Trouble;

/// The one line on where a choice stands. It never claims more than is known.
///
/// After it was received or opened, the line says what comes of it and when; those that name a day mean
/// [`Choice::due`], which is there then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusLine {
    /// Only on the phone; there is no choice.
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

impl StatusLine {
    /// Whether the line names the day that it is due by.
    #[must_use]
    pub const fn names_a_day(self) -> bool {
        matches!(
            self,
            Self::ReceivedNoteBy | Self::ReceivedDueBy | Self::OpenedNoteBy | Self::OpenedDueBy
        )
    }
}

/// Where a choice stands in one line, and what can be done with it.
impl Choice {
    /// The one line on where it stands.
    #[must_use]
    pub fn status(&self) -> StatusLine {
        use StatusLine as Line;
        match self.waits_for {
            Some(WaitsFor::Confirmation) => return Line::WaitsForConfirmation,
            Some(WaitsFor::Comparison) => return Line::WaitsForComparison,
            None => {}
        }
        if self.ended && self.state.is_open() {
            return Line::LinkEnded;
        }
        let brings_note = self.option == RepairOption::WrittenFollowUp;
        match self.state {
            ChoiceState::Held => Line::Held,
            ChoiceState::Queued if self.unsure => Line::MaybeSent,
            ChoiceState::Queued => Line::NotSent,
            ChoiceState::Uploaded => Line::Sent,
            ChoiceState::Received => match self.comes() {
                Comes::NoteBy => Line::ReceivedNoteBy,
                Comes::DueBy => Line::ReceivedDueBy,
                Comes::Now => Line::ReceivedCounts,
                Comes::AtSession => Line::ReceivedForSession,
                Comes::Untold => Line::Received,
            },
            ChoiceState::Opened => match self.comes() {
                Comes::NoteBy => Line::OpenedNoteBy,
                Comes::DueBy => Line::OpenedDueBy,
                Comes::Now => Line::OpenedCounts,
                Comes::AtSession => Line::OpenedForSession,
                Comes::Untold => Line::Opened,
            },
            ChoiceState::Answered if self.has_note => Line::NoteHere,
            ChoiceState::Answered => Line::Done,
            ChoiceState::Late if brings_note => Line::LateNote,
            ChoiceState::Late => Line::Late,
            ChoiceState::Withdrawing if self.unsure => Line::TakingBackUnsure,
            ChoiceState::Withdrawing => Line::TakingBack,
            ChoiceState::Withdrawn { seen: false } => Line::TakenBackUnseen,
            ChoiceState::Withdrawn { seen: true } => Line::TakenBackSeen,
            ChoiceState::Expired => Line::Expired,
        }
    }

    /// Whether something may still come of it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.state.is_open() && !self.ended
    }

    /// Whether it can be taken back.
    #[must_use]
    pub const fn can_take_back(&self) -> bool {
        self.state.can_be_taken_back() && !self.ended
    }

    /// Whether another option can be picked in its place.
    #[must_use]
    pub const fn can_change(&self) -> bool {
        self.can_take_back()
    }

    /// Whether it can be let go: the day passed without an answer. Letting go is taking back.
    #[must_use]
    pub const fn can_let_go(&self) -> bool {
        matches!(self.state, ChoiceState::Late) && self.can_take_back()
    }

    /// Whether it can be erased from the phone.
    #[must_use]
    pub const fn can_erase(&self) -> bool {
        !self.is_open()
    }

    /// What comes of it, once the practice has it.
    const fn comes(&self) -> Comes {
        use RepairOption as O;
        match (self.due, self.option) {
            (Some(_), O::WrittenFollowUp) => Comes::NoteBy,
            (_, O::Pause | O::NoContact) => Comes::Now,
            (Some(_), _) => Comes::DueBy,
            (None, O::SwitchTopic | O::BriefCheckIn | O::Interpreter) => Comes::AtSession,
            (None, _) => Comes::Untold,
        }
    }
}

/// What comes of a choice that the practice has, and when.
enum Comes {
    NoteBy,
    DueBy,
    Now,
    AtSession,
    Untold,
}

/// What there is to say of the link with a practice: what asks for an act of the person before what passes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// What there is to say of the link.
impl Practice {
    /// What there is to say first, if anything.
    #[must_use]
    pub fn notice(&self) -> Option<PracticeNotice> {
        self.notices().into_iter().next()
    }

    /// All that there is to say, in the order of [`PracticeNotice`].
    #[must_use]
    pub fn notices(&self) -> Vec<PracticeNotice> {
        use PracticeNotice as Notice;
        let health = &self.health;
        let of_trouble = match health.trouble {
            Trouble::None => None,
            Trouble::Unreachable => Some(Notice::NotReached),
            Trouble::Denied => Some(Notice::Denied),
            Trouble::Unreadable => Some(Notice::Unreadable),
            Trouble::NewerNeeded => Some(Notice::NewerNeeded),
            Trouble::Slow => Some(Notice::Slow),
            Trouble::Full => Some(Notice::Full),
            Trouble::CodeSpent => Some(Notice::CodeSpent),
            Trouble::SecondClaim => Some(Notice::SecondClaim),
            Trouble::VersionJump => Some(Notice::VersionJump),
            Trouble::Goodbye => Some(Notice::Goodbye),
        };
        let mut notices: Vec<_> = [
            health.second_claim.then_some(Notice::SecondClaim),
            health.two_phones.then_some(Notice::TwoPhones),
            health.newcomer.then_some(Notice::Newcomer),
            of_trouble,
        ]
        .into_iter()
        .flatten()
        .collect();
        // As the enum has them.
        notices.sort_unstable();
        notices.dedup();
        notices
    }
}
