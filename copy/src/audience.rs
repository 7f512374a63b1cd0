//! Who reads a text; one Fluent file for each, two for the desk's page, and one more for the phone apps.

/// Who reads a text. The rules that the tests hold it to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The client, on the phone or as the phone in a terminal: reading grade 6 at most.
    Client,
    /// The therapist, at the desk.
    Therapist,
    /// The coordinator at the front desk.
    Coordinator,
    /// Whoever sits at the desk's page, therapist or coordinator.
    Desk,
    /// Whoever runs the program in a terminal: prompts, results, errors with what to do.
    Terminal,
    /// Whoever watches `attune demo`.
    Demo,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 6] =
        [Self::Client, Self::Therapist, Self::Coordinator, Self::Desk, Self::Terminal, Self::Demo];
}

/// The English files.
pub(crate) const ENGLISH: [(Audience, &str); 8] = [
    (Audience::Client, include_str!("../en/client.ftl")),
    (Audience::Client, include_str!("../en/client_app.ftl")),
    (Audience::Therapist, include_str!("../en/therapist.ftl")),
    (Audience::Coordinator, include_str!("../en/coordinator.ftl")),
    (Audience::Desk, include_str!("../en/desk.ftl")),
    (Audience::Desk, include_str!("../en/desk_work.ftl")),
    (Audience::Terminal, include_str!("../en/cli.ftl")),
    (Audience::Demo, include_str!("../en/demo.ftl")),
];
