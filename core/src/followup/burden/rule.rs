//! The rules that a sentence of a note can break, and what follows when it does.

/// What a sentence lays on the client. Source: the product's table of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Asks the client to explain, prove or supply knowledge.
    Teach,
    /// Seeks comfort, forgiveness or thanks; apologises in excess.
    Soothe,
    /// Defends: good intent, excuses, "but" after an apology.
    Intent,
    /// Apologises on a condition, shrinks, compares.
    Minimise,
    /// Reads the client's reaction as a pattern or symptom.
    Interpret,
    /// Demands a reply, a meeting, speed, staying.
    Pressure,
    /// Names a cost, record, court, case worker or insurer as a consequence.
    Penalty,
    /// Gives work: forms, lists, homework.
    Task,
    /// Makes the client guard against the next time.
    Watch,
    /// Treats the person as a category; shows credentials.
    Group,
    /// Spreads or hides ownership.
    Shared,
    /// Contradicts or delays the chosen option.
    Override,
}

/// What a finding does to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It is shown; the note can be sent.
    Warn,
    /// The note cannot be sent until it is changed.
    Block,
}

impl Rule {
    /// Every rule, in the order of the product's table: a rule's place in the weights.
    pub const ALL: [Self; 12] = [
        Self::Teach,
        Self::Soothe,
        Self::Intent,
        Self::Minimise,
        Self::Interpret,
        Self::Pressure,
        Self::Penalty,
        Self::Task,
        Self::Watch,
        Self::Group,
        Self::Shared,
        Self::Override,
    ];

    /// The rule's name in the product's table and in lists of sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Teach => "TEACH",
            Self::Soothe => "SOOTHE",
            Self::Intent => "INTENT",
            Self::Minimise => "MINIMISE",
            Self::Interpret => "INTERPRET",
            Self::Pressure => "PRESSURE",
            Self::Penalty => "PENALTY",
            Self::Task => "TASK",
            Self::Watch => "WATCH",
            Self::Group => "GROUP",
            Self::Shared => "SHARED",
            Self::Override => "OVERRIDE",
        }
    }

    /// The rule of that [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// What a sentence that breaks it does to the note.
    #[must_use]
    pub const fn effect(self) -> Effect {
        match self {
            Self::Penalty | Self::Override => Effect::Block,
            _ => Effect::Warn,
        }
    }

    /// The id of the text that says why, in one line.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Teach => "burden-teach",
            Self::Soothe => "burden-soothe",
            Self::Intent => "burden-intent",
            Self::Minimise => "burden-minimise",
            Self::Interpret => "burden-interpret",
            Self::Pressure => "burden-pressure",
            Self::Penalty => "burden-penalty",
            Self::Task => "burden-task",
            Self::Watch => "burden-watch",
            Self::Group => "burden-group",
            Self::Shared => "burden-shared",
            Self::Override => "burden-override",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_its_name() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(rule));
        }
        assert_eq!(Rule::from_name("P-APOLOGY"), None);
    }

    #[test]
    fn two_rules_block() {
        let blocking: Vec<_> =
            Rule::ALL.into_iter().filter(|rule| rule.effect() == Effect::Block).collect();
        assert_eq!(blocking, [Rule::Penalty, Rule::Override]);
    }
}
