//! One paired therapist or coordinator, as the client sees them: role, options offered, terms.

use crate::due::{Deadlines, WorkingWeek};
use crate::repair::RepairOption;

/// Who is at the other end of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PracticeRole {
    /// Receives the options that a therapist carries out.
    Therapist,
    /// The front desk: receives `RequestProvider` and `Interpreter`, and nothing else.
    Coordinator,
}

impl PracticeRole {
    /// The role's name in code and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Therapist => "Therapist",
            Self::Coordinator => "Coordinator",
        }
    }

    /// The role of that [`name`](Self::name), letter case ignored.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Therapist, Self::Coordinator]
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(name))
    }

    /// The code in an invitation: 1 therapist, 2 coordinator.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Therapist => 1,
            Self::Coordinator => 2,
        }
    }

    /// The role that travels under `code`, if there is one.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Therapist),
            2 => Some(Self::Coordinator),
            _ => None,
        }
    }
}

/// What a choice will not cost, as far as the practice attested it. `false` means "not told".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

/// What a practice says of itself in its invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeCard {
    /// Therapist or coordinator.
    pub role: PracticeRole,
    /// The name shown to the client, 1 to 80 characters.
    pub name: String,
    /// The options offered: of the role's own, each once, in [`RepairOption::ALL`]'s order.
    pub offered: Vec<RepairOption>,
    /// Deadlines shorter than the standard ones.
    pub deadlines: Deadlines,
    /// The days on which the practice works.
    pub week: WorkingWeek,
    /// What a choice will not cost.
    pub terms: AttestedTerms,
    /// Who answers when the practice is late, up to 80 characters; may be empty.
    pub backup: String,
    /// What leaves the practice (records, insurers, courts), in its own words, up to 1,000 characters.
    pub leaves_practice: String,
    /// The relays of the practice, the one in use first; 1 to 4 canonical origins.
    pub relays: Vec<String>,
    /// Who introduced this practice, when it was not the clinic's own code; up to 80 characters.
    pub introduced_by: Option<String>,
}

/// The card does not hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The name shown is missing or too long.
    #[error("the name shown must have 1 to 80 characters")]
    Name,
    /// A text is over its limit.
    #[error("a text on the card is too long")]
    Text,
    /// An option of the other role, `Keep`, a duplicate, or one of those always offered is missing.
    #[error("the options offered do not fit the role")]
    Offered,
    /// No relay, more than four, or an origin that is not canonical.
    #[error("the card must list one to four relays")]
    Relays,
}

impl PracticeCard {
    /// Characters in a name, a backup's name or an introducer's name.
    pub const NAME_CHARS: usize = 80;
    /// Characters in the text on what leaves the practice.
    pub const TEXT_CHARS: usize = 1_000;

    /// The options of a role in the order shown, `Keep` aside.
    pub fn options_of(role: PracticeRole) -> impl Iterator<Item = RepairOption> {
        RepairOption::ALL.into_iter().filter(move |option| option.recipient() == Some(role))
    }

    /// Holds the card to its limits.
    ///
    /// # Errors
    /// [`CardError`] names the first rule that is broken.
    pub fn check(&self) -> Result<(), CardError> {
        // A control character could draw over what a person reads in a terminal.
        let plain = |letter: char| letter == '\n' || !letter.is_control();
        let fits =
            |text: &str, most: usize| text.chars().count() <= most && text.chars().all(plain);
        if self.name.trim().is_empty() || !fits(&self.name, Self::NAME_CHARS) {
            return Err(CardError::Name);
        }
        let introducer = self.introduced_by.as_deref().unwrap_or_default();
        if !fits(&self.backup, Self::NAME_CHARS)
            || !fits(introducer, Self::NAME_CHARS)
            || !fits(&self.leaves_practice, Self::TEXT_CHARS)
        {
            return Err(CardError::Text);
        }
        let wanted: Vec<_> = Self::options_of(self.role)
            .filter(|option| !option.can_be_left_out() || self.offered.contains(option))
            .collect();
        if wanted != self.offered || wanted.is_empty() {
            return Err(CardError::Offered);
        }
        let canonical = |origin: &String| {
            attune_wire::canonical_origin(origin).is_ok_and(|canonical| &canonical == origin)
        };
        if self.relays.is_empty() || self.relays.len() > 4 || !self.relays.iter().all(canonical) {
            return Err(CardError::Relays);
        }
        Ok(())
    }
}
