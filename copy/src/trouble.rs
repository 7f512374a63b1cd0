//! Which text tells of what a desk's last sync met with a client.

/// The id of the text for the trouble with that name in code (`"Unreachable"`); `None` for none, and for any
/// other name. `waits`: the client has not linked yet.
#[must_use]
pub fn trouble_id(name: &str, waits: bool) -> Option<&'static str> {
    Some(match name {
        "Unreachable" => "desk-offline",
        // Before a pairing has its lanes, a relay that says no wants a grant.
        "Denied" if waits => "desk-wants-grant",
        "Denied" => "desk-denied",
        "Unreadable" => "desk-unreadable",
        "NewerNeeded" => "desk-peer-newer",
        "Slow" => "desk-busy",
        "Full" => "desk-full",
        "CodeSpent" => "invite-ran-out",
        "SecondClaim" => "invite-second",
        "VersionJump" => "desk-jump",
        "Goodbye" => "client-left",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use attune_core::Trouble;

    use super::*;
    use crate::Words;

    #[test]
    fn every_trouble_is_told_of_and_none_is_not() {
        let all = [
            Trouble::Unreachable,
            Trouble::Denied,
            Trouble::Unreadable,
            Trouble::NewerNeeded,
            Trouble::Slow,
            Trouble::Full,
            Trouble::CodeSpent,
            Trouble::SecondClaim,
            Trouble::VersionJump,
            Trouble::Goodbye,
        ];
        for trouble in all {
            for waits in [false, true] {
                let id = trouble_id(trouble.name(), waits).unwrap();
                assert!(Words::english().get(id).is_ok(), "{id}");
            }
        }
        assert_eq!(trouble_id(Trouble::None.name(), false), None);
    }
}
