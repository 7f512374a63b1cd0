//! What a practice puts to a client in writing, and what the client says to it. Silence is neither
//! yes nor no.

/// What is put to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalKind {
    /// A draft of a changed plan.
    PlanDraft,
    /// A line for the client's file, as it would stand there.
    FileLine,
}

impl ProposalKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::PlanDraft, Self::FileLine];

    /// The code that travels, 1 or 2.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::PlanDraft => 1,
            Self::FileLine => 2,
        }
    }

    /// The kind that travels under `code`, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind's name in code and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PlanDraft => "PlanDraft",
            Self::FileLine => "FileLine",
        }
    }

    /// The kind of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// What the client says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalAnswer {
    /// It may stand like this.
    LooksRight,
    /// It is to be changed; how, if the client wrote it.
    ChangeIt,
    /// The client would rather not say. Nothing bad comes of it.
    LeaveIt,
}

impl ProposalAnswer {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::LooksRight, Self::ChangeIt, Self::LeaveIt];

    /// The code that travels, 1 to 3.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::LooksRight => 1,
            Self::ChangeIt => 2,
            Self::LeaveIt => 3,
        }
    }

    /// The answer that travels under `code`, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }

    /// The answer's name in code and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LooksRight => "LooksRight",
            Self::ChangeIt => "ChangeIt",
            Self::LeaveIt => "LeaveIt",
        }
    }

    /// The answer of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name().eq_ignore_ascii_case(name))
    }
}
