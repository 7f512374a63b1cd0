//! The states of a choice on the client's phone, and what moves it from one to the next.
//!
//! A state never claims more than is known: `Uploaded` is the relay's word, `Received` and what
//! follows are the practice's own sealed word. `Held` and `Late` are not stored: the first is a
//! moment without a choice, the second a due day that has passed.

/// Where a choice stands, as the phone knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoiceState {
    /// Only on the phone; there is no choice.
    Held,
    /// Shared, not yet uploaded.
    Queued,
    /// The relay has it. Nobody is known to have received it.
    Uploaded,
    /// The practice's desk has it.
    Received,
    /// A person opened it.
    Opened,
    /// The practice answered.
    Answered,
    /// The due day passed without an answer.
    Late,
    /// Being taken back; whether anybody saw it is not known yet.
    Withdrawing,
    /// Taken back.
    Withdrawn {
        /// Whether the practice had it before it was taken back. `false` only where that is known.
        seen: bool,
    },
    /// Its end date passed.
    Expired,
}

/// What happened to a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoiceEvent {
    /// The relay stored a document that carries the choice at its present revision.
    Stored,
    /// The practice's notice: received.
    Received,
    /// The practice's notice: opened by a person.
    Opened,
    /// The practice's notice: answered.
    Answered,
    /// The practice's notice: it came after its end date.
    DeskExpired,
    /// The end date passed on the phone.
    EndDate,
    /// The client picked something else for the same case.
    Changed,
    /// The client took it back before any envelope with it was sealed.
    TakenBackUnsealed,
    /// The client took it back after an envelope with it was sealed.
    TakenBack,
    /// The practice committed a document without the choice and never listed it.
    NeverListed,
    /// The practice confirmed that it was taken back.
    Confirmed,
}

impl ChoiceState {
    /// The state's name in scripts, as in the product's table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "Held",
            Self::Queued => "Queued",
            Self::Uploaded => "Uploaded",
            Self::Received => "Received",
            Self::Opened => "Opened",
            Self::Answered => "Answered",
            Self::Late => "Late",
            Self::Withdrawing => "Withdrawing",
            Self::Withdrawn { .. } => "Withdrawn",
            Self::Expired => "Expired",
        }
    }

    /// Whether the choice still waits for something, and so takes one of the open places.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Queued
                | Self::Uploaded
                | Self::Received
                | Self::Opened
                | Self::Late
                | Self::Withdrawing
        )
    }

    /// Whether the client can still take it back or pick another way.
    #[must_use]
    pub const fn can_be_taken_back(self) -> bool {
        self.is_open() && !matches!(self, Self::Withdrawing)
    }

    /// The state after `event`. An event that says nothing new leaves the state as it is: notices
    /// may repeat, and arrive after a later one.
    #[must_use]
    pub fn after(self, event: ChoiceEvent) -> Self {
        use ChoiceEvent as E;
        match (self, event) {
            (Self::Queued | Self::Uploaded | Self::Received | Self::Opened, E::Changed) => {
                Self::Queued
            }
            (Self::Queued, E::Stored) => Self::Uploaded,
            (Self::Queued | Self::Uploaded, E::Received) => Self::Received,
            (Self::Queued | Self::Uploaded | Self::Received, E::Opened) => Self::Opened,
            (Self::Queued | Self::Uploaded | Self::Received | Self::Opened, E::Answered) => {
                Self::Answered
            }
            (
                Self::Queued | Self::Uploaded | Self::Received | Self::Opened,
                E::EndDate | E::DeskExpired,
            ) => Self::Expired,
            (Self::Queued, E::TakenBackUnsealed) => Self::Withdrawn { seen: false },
            (Self::Queued | Self::Uploaded | Self::Received | Self::Opened, E::TakenBack) => {
                Self::Withdrawing
            }
            (Self::Withdrawing, E::NeverListed) => Self::Withdrawn { seen: false },
            (Self::Withdrawing, E::Confirmed) => Self::Withdrawn { seen: true },
            (state, _) => state,
        }
    }

    /// The number under which the vault keeps the state; derived states are kept as none.
    pub(crate) const fn stored(self) -> Option<i64> {
        match self {
            Self::Held | Self::Late => None,
            Self::Queued => Some(1),
            Self::Uploaded => Some(2),
            Self::Received => Some(3),
            Self::Opened => Some(4),
            Self::Answered => Some(5),
            Self::Withdrawing => Some(6),
            Self::Withdrawn { seen: false } => Some(7),
            Self::Withdrawn { seen: true } => Some(8),
            Self::Expired => Some(9),
        }
    }

    /// The state that the vault keeps under `number`.
    pub(crate) const fn from_stored(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Queued,
            2 => Self::Uploaded,
            3 => Self::Received,
            4 => Self::Opened,
            5 => Self::Answered,
            6 => Self::Withdrawing,
            7 => Self::Withdrawn { seen: false },
            8 => Self::Withdrawn { seen: true },
            9 => Self::Expired,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ChoiceEvent as E;
    use super::ChoiceState as S;

    const UNSEEN: S = S::Withdrawn { seen: false };
    const SEEN: S = S::Withdrawn { seen: true };
    const STATES: [S; 9] = [
        S::Queued,
        S::Uploaded,
        S::Received,
        S::Opened,
        S::Answered,
        S::Withdrawing,
        UNSEEN,
        SEEN,
        S::Expired,
    ];

    /// The whole machine: a row for each event, a column for each state of `STATES`.
    #[test]
    fn the_machine_is_this_table() {
        use S::{Answered as A, Expired as X, Opened as O, Queued as Q, Received as R};
        use S::{Uploaded as U, Withdrawing as W};
        let table: [(E, [S; 9]); 11] = [
            (E::Stored, [U, U, R, O, A, W, UNSEEN, SEEN, X]),
            (E::Received, [R, R, R, O, A, W, UNSEEN, SEEN, X]),
            (E::Opened, [O, O, O, O, A, W, UNSEEN, SEEN, X]),
            (E::Answered, [A, A, A, A, A, W, UNSEEN, SEEN, X]),
            (E::DeskExpired, [X, X, X, X, A, W, UNSEEN, SEEN, X]),
            (E::EndDate, [X, X, X, X, A, W, UNSEEN, SEEN, X]),
            (E::Changed, [Q, Q, Q, Q, A, W, UNSEEN, SEEN, X]),
            (E::TakenBackUnsealed, [UNSEEN, U, R, O, A, W, UNSEEN, SEEN, X]),
            (E::TakenBack, [W, W, W, W, A, W, UNSEEN, SEEN, X]),
            (E::NeverListed, [Q, U, R, O, A, UNSEEN, UNSEEN, SEEN, X]),
            (E::Confirmed, [Q, U, R, O, A, SEEN, UNSEEN, SEEN, X]),
        ];
        for (event, row) in table {
            for (state, wanted) in STATES.into_iter().zip(row) {
                assert_eq!(state.after(event), wanted, "{state:?} after {event:?}");
            }
        }
    }

    #[test]
    fn only_the_clients_act_leads_to_withdrawal() {
        let acts = [E::TakenBack, E::TakenBackUnsealed];
        let events = [E::Stored, E::Received, E::Opened, E::Answered, E::DeskExpired, E::EndDate];
        for state in STATES {
            let withdrawn = |s: S| matches!(s, S::Withdrawing | S::Withdrawn { .. });
            for event in events.into_iter().chain([E::Changed, E::NeverListed, E::Confirmed]) {
                assert!(!acts.contains(&event));
                assert_eq!(withdrawn(state.after(event)), withdrawn(state), "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn stored_numbers_read_back() {
        for state in STATES {
            assert_eq!(S::from_stored(state.stored().unwrap()), Some(state));
        }
        assert_eq!(S::from_stored(0), None);
        assert_eq!(S::Held.stored(), None);
        assert_eq!(S::Late.stored(), None);
    }
}
