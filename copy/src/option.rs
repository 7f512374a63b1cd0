//! Which texts belong to a repair option. Ids are the client's plain words; code has the field's.

/// The ids of a repair option's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionIds {
    /// What the client picks, such as "Write me a short note".
    pub title: &'static str,
    /// The line below it.
    pub sub: &'static str,
    /// The title of the therapist's or coordinator's card; `None` for what nobody receives.
    pub card: Option<&'static str>,
    /// The card's *Do* list, for [`Words::list`](crate::Words::list).
    pub card_do: Option<&'static str>,
    /// The card's *Do not* list, for [`Words::list`](crate::Words::list).
    pub card_do_not: Option<&'static str>,
}

macro_rules! ids {
    ($word:literal) => {
        OptionIds {
            title: concat!("pick-", $word),
            sub: concat!("pick-", $word, "-sub"),
            card: Some(concat!("card-", $word)),
            card_do: Some(concat!("card-", $word, "-do")),
            card_do_not: Some(concat!("card-", $word, "-do-not")),
        }
    };
}

/// The texts of the option with that name in code (`"Pause"`); `None` for any other name.
#[must_use]
pub fn option_ids(name: &str) -> Option<OptionIds> {
    Some(match name {
        "Keep" => OptionIds {
            title: "pick-keep",
            sub: "pick-keep-sub",
            card: None,
            card_do: None,
            card_do_not: None,
        },
        "Pause" => ids!("pause"),
        "SwitchTopic" => ids!("switch"),
        "WrittenFollowUp" => ids!("note"),
        "RequestProvider" => ids!("other"),
        "RepairQuietly" => ids!("fix"),
        "BriefCheckIn" => ids!("five"),
        "NoContact" => ids!("quiet"),
        "Interpreter" => ids!("language"),
        _ => return None,
    })
}
