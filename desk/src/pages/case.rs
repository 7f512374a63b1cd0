//! A card as every page of it needs it: found, named, dated.

use std::ops::Range;

use attune_copy::option_ids;
use attune_core::desk::Card;
use attune_core::due::Due;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::repair::{Pointer, RepairOption};

use crate::page::problem::Problem;
use crate::page::words::{say, say_day, say_list, say_name};
use crate::visit::Visit;

/// The case that a path names.
pub(super) fn id_of(typed: &str) -> Result<CaseId, Problem> {
    Ok(CaseId::from_bytes(from_hex(typed).ok_or(Problem::NotFound)?))
}

/// Where the page of a card is.
pub(super) fn path_of(case: CaseId) -> String {
    format!("/card/{}", hex(case.as_bytes()))
}

/// The open card that a path names; "not found" once it has left.
pub(super) async fn find(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    let id = id_of(typed)?;
    let cards = visit.ask(|desk, now| desk.inbox(now)).await?;
    cards.into_iter().find(|card| card.case == id).ok_or(Problem::NotFound)
}

/// The open card that a path names, if a person has opened it: before that, nothing is done about it.
pub(super) async fn find_opened(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    Some(find(visit, typed).await?).filter(|card| card.opened).ok_or(Problem::NotFound)
}

/// Whether an option may be answered in writing at all.
pub(super) fn allows_text(option: RepairOption) -> bool {
    option != RepairOption::NoContact
}

/// Pages that only a therapist's desk has.
pub(super) fn therapist_only(visit: &Visit) -> Result<(), Problem> {
    if is_front(visit) { Err(Problem::NotFound) } else { Ok(()) }
}

/// Whether it is the front desk.
pub(super) fn is_front(visit: &Visit) -> bool {
    visit.role() == PracticeRole::Coordinator
}

/// The option in the fixed words of its reader.
pub(super) fn title(option: RepairOption) -> String {
    option_ids(option.name()).and_then(|ids| ids.card).map(say).unwrap_or_default()
}

/// What to do.
pub(super) fn to_do(option: RepairOption) -> Vec<String> {
    option_ids(option.name()).and_then(|ids| ids.card_do).map(say_list).unwrap_or_default()
}

/// What not to do.
pub(super) fn not_to_do(option: RepairOption) -> Vec<String> {
    option_ids(option.name()).and_then(|ids| ids.card_do_not).map(say_list).unwrap_or_default()
}

/// Whose card it is.
pub(super) fn from(card: &Card) -> String {
    named("card-from", card.client_name.as_deref(), "desk-no-name")
}

/// A text with a client's name in it, or another where there is none.
pub(super) fn named(id: &'static str, name: Option<&str>, nameless: &'static str) -> String {
    name.map_or_else(|| say(nameless), |name| say_name(id, &upright(name)))
}

/// A name without the marks that turn the direction of what stands after it.
pub(super) fn upright(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    name.chars().filter(|c| !turns(*c)).collect()
}

/// When it is due.
pub(super) fn due(card: &Card) -> String {
    match card.due {
        Due::AtOnce => say("card-due-now"),
        Due::NextSession => say("card-due-session"),
        Due::By(day) => say_day("card-due-by", day),
    }
}

/// The one line about a day that has passed, with who steps in.
pub(super) fn late(card: &Card, backup: &str) -> Option<String> {
    card.late.then(|| match backup {
        "" => say("card-late"),
        backup => say_name("inbox-late-backup", backup),
    })
}

/// What it was about, as the client shared it.
pub(super) fn pointer(pointer: Pointer) -> String {
    say(match pointer {
        Pointer::Said => "card-where-said",
        Pointer::LeftOut => "card-where-missed",
        Pointer::Plan => "card-where-plan",
        Pointer::Place => "card-where-place",
    })
}

/// Bytes in the digits of a path.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of an id in a path; `None` if it is no id.
pub(super) fn from_hex(typed: &str) -> Option<[u8; 16]> {
    if typed.len() != 32 || !typed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, at) in bytes.iter_mut().zip((0..32).step_by(2)) {
        let digits: Range<usize> = at..at + 2;
        *byte = u8::from_str_radix(typed.get(digits)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_path() {
        let id = [0, 1, 0x7f, 0x80, 0xff, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        assert_eq!(from_hex(&hex(&id)), Some(id));
        for typed in ["", "00", &"0".repeat(31), &"0".repeat(33), &"+0".repeat(16), &"é".repeat(16)]
        {
            assert_eq!(from_hex(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_name_turns_nothing_around_it() {
        assert_eq!(upright("Sam\u{202e}gnp.exe\u{2066}"), "Samgnp.exe");
        assert_eq!(upright("\u{5d3}\u{5e0}\u{5d4} <b>"), "\u{5d3}\u{5e0}\u{5d4} <b>");
    }
}
