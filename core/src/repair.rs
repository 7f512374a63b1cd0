//! The repair options a client may pick, and who each one goes to.
//!
//! Source: the product's table of options. A code travels; each side reads it in its own language.

use crate::practice::PracticeRole;

/// How the client wants a misattunement repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairOption {
    /// Nothing is sent, to anybody.
    Keep,
    /// The therapist does not raise the topic.
    Pause,
    /// The next session opens with one of two new topics.
    SwitchTopic,
    /// The therapist sends a short note in four parts.
    WrittenFollowUp,
    /// The coordinator offers a named person and a time, and asks no reason.
    RequestProvider,
    /// The therapist finds it, corrects it, logs the correction, and does not raise it.
    RepairQuietly,
    /// Five minutes at the start of the next session; the therapist speaks first.
    BriefCheckIn,
    /// No calls and no notes until the next session; the plan stays.
    NoContact,
    /// The coordinator books an interpreter.
    Interpreter,
}

impl RepairOption {
    /// Every option, in the order in which a client is shown them: `Keep` first.
    pub const ALL: [Self; 9] = [
        Self::Keep,
        Self::Pause,
        Self::SwitchTopic,
        Self::WrittenFollowUp,
        Self::RepairQuietly,
        Self::BriefCheckIn,
        Self::NoContact,
        Self::RequestProvider,
        Self::Interpreter,
    ];

    /// The option's name in code, scripts and documents, as in the product's table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "Keep",
            Self::Pause => "Pause",
            Self::SwitchTopic => "SwitchTopic",
            Self::WrittenFollowUp => "WrittenFollowUp",
            Self::RequestProvider => "RequestProvider",
            Self::RepairQuietly => "RepairQuietly",
            Self::BriefCheckIn => "BriefCheckIn",
            Self::NoContact => "NoContact",
            Self::Interpreter => "Interpreter",
        }
    }

    /// The option of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|option| option.name().eq_ignore_ascii_case(name))
    }

    /// The code that travels, 1 to 8 (protocol, `kind`). `Keep` has none: it never travels.
    #[must_use]
    pub const fn code(self) -> Option<u8> {
        match self {
            Self::Keep => None,
            Self::Pause => Some(1),
            Self::SwitchTopic => Some(2),
            Self::WrittenFollowUp => Some(3),
            Self::RequestProvider => Some(4),
            Self::RepairQuietly => Some(5),
            Self::BriefCheckIn => Some(6),
            Self::NoContact => Some(7),
            Self::Interpreter => Some(8),
        }
    }

    /// The option that travels under `code`, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|option| option.code() == Some(code))
    }

    /// Who the option goes to; nobody for `Keep`.
    #[must_use]
    pub const fn recipient(self) -> Option<PracticeRole> {
        match self {
            Self::Keep => None,
            Self::RequestProvider | Self::Interpreter => Some(PracticeRole::Coordinator),
            _ => Some(PracticeRole::Therapist),
        }
    }

    /// Whether a practice may leave the option out of its invitation.
    #[must_use]
    pub const fn can_be_left_out(self) -> bool {
        !matches!(self, Self::Keep | Self::Pause | Self::SwitchTopic | Self::WrittenFollowUp)
    }
}

/// An optional hint at what a misattunement was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Pointer {
    /// Every pointer, in the order in which a client is shown them.
    pub const ALL: [Self; 4] = [Self::Said, Self::LeftOut, Self::Plan, Self::Place];

    /// The pointer's name in code and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Said => "Said",
            Self::LeftOut => "LeftOut",
            Self::Plan => "Plan",
            Self::Place => "Place",
        }
    }

    /// The pointer of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pointer| pointer.name().eq_ignore_ascii_case(name))
    }

    /// The code that travels, 1 to 4 (protocol, `pointer`).
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Said => 1,
            Self::LeftOut => 2,
            Self::Plan => 3,
            Self::Place => 4,
        }
    }

    /// The pointer that travels under `code`, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|pointer| pointer.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reads_back_from_its_name_and_code() {
        for option in RepairOption::ALL {
            assert_eq!(RepairOption::from_name(option.name()), Some(option));
            if let Some(code) = option.code() {
                assert_eq!(RepairOption::from_code(code), Some(option));
            }
        }
        assert_eq!(RepairOption::from_code(0), None);
        assert_eq!(RepairOption::from_code(9), None);
    }

    #[test]
    fn only_keep_has_no_code_and_no_recipient() {
        for option in RepairOption::ALL {
            assert_eq!(option.code().is_none(), option == RepairOption::Keep);
            assert_eq!(option.recipient().is_none(), option == RepairOption::Keep);
        }
    }

    #[test]
    fn every_pointer_reads_back() {
        for pointer in Pointer::ALL {
            assert_eq!(Pointer::from_name(pointer.name()), Some(pointer));
            assert_eq!(Pointer::from_code(pointer.code()), Some(pointer));
        }
    }
}
