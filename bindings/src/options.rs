//! Options, hints, roles and terms: the core's enums, for the other languages.

use attune_core::{practice, repair};

use crate::shows_its_name_only;

/// Two enums of the same cases, each turned into the other.
macro_rules! mirror {
    ($ours:ty, $core:ty { $($case:ident)* }) => {
        impl From<$core> for $ours {
            fn from(value: $core) -> Self {
                match value { $(<$core>::$case => Self::$case,)* }
            }
        }

        impl From<$ours> for $core {
            fn from(value: $ours) -> Self {
                match value { $(<$ours>::$case => Self::$case,)* }
            }
        }
    };
}
pub(crate) use mirror;

/// How the client wants a misattunement repaired, in the order in which the options are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum RepairOption {
    /// Nothing is sent, to anybody.
    Keep,
    /// The therapist does not raise the topic.
    Pause,
    /// The next session opens with one of two new topics.
    SwitchTopic,
    /// The therapist sends a short note in four parts.
    WrittenFollowUp,
    /// The therapist finds it, corrects it, logs the correction, and does not raise it.
    RepairQuietly,
    /// Five minutes at the start of the next session; the therapist speaks first.
    BriefCheckIn,
    /// No calls and no notes until the next session; the plan stays.
    NoContact,
    /// The coordinator offers a named person and a time, and asks no reason.
    RequestProvider,
    /// The coordinator books an interpreter.
    Interpreter,
}

mirror!(RepairOption, repair::RepairOption {
    Keep Pause SwitchTopic WrittenFollowUp RepairQuietly BriefCheckIn NoContact RequestProvider
    Interpreter
});

/// An optional hint at what a misattunement was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Pointer {
    /// Something that was said.
    Said,
    /// Something that was left out.
    LeftOut,
    /// The plan or the task.
    Plan,
    /// A form, the office, or the rules.
    Place,
}

mirror!(Pointer, repair::Pointer { Said LeftOut Plan Place });

/// Who is at the other end of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PracticeRole {
    /// Receives the options that a therapist carries out.
    Therapist,
    /// The front desk: receives `RequestProvider` and `Interpreter`, and nothing else.
    Coordinator,
}

mirror!(PracticeRole, practice::PracticeRole { Therapist Coordinator });

/// What a choice will not cost, as far as the practice attested it. `false` means "not told".
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct AttestedTerms {
    /// There is no fee for a choice.
    pub no_fee: bool,
    /// The client keeps the time slot.
    pub keeps_slot: bool,
    /// The client does not go back on a wait list.
    pub keeps_place: bool,
    /// A choice does not count as a missed visit.
    pub no_missed_visit: bool,
}

shows_its_name_only! { AttestedTerms }

impl From<practice::AttestedTerms> for AttestedTerms {
    fn from(terms: practice::AttestedTerms) -> Self {
        let practice::AttestedTerms { no_fee, keeps_slot, keeps_place, no_missed_visit } = terms;
        Self { no_fee, keeps_slot, keeps_place, no_missed_visit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_options_is_the_cores() {
        let places: Vec<_> =
            repair::RepairOption::ALL.map(|option| RepairOption::from(option) as usize).to_vec();
        assert_eq!(places, (0..9).collect::<Vec<_>>());
    }
}
