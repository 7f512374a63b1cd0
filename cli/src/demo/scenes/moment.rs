//! A moment is marked, and the client looks at what would help. Nothing leaves the phone.

use attune_copy::option_ids;
use attune_core::misattunement::MisattunementId;
use attune_core::practice::PracticeRole;
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use chrono::TimeDelta;

use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::search::{Needle, folder_holds, vault_holds};
use crate::demo::show::Show;
use crate::demo::stage::Links;

/// How long before the rest of the story the moment was, in milliseconds: a number of its own, so
/// that it can be looked for.
const BEFORE: i64 = 137_042;

/// The private moment, as it is looked for elsewhere.
pub(super) struct Moment {
    /// Which one.
    pub(super) id: MisattunementId,
    /// When it was marked, in milliseconds since 1970-01-01 UTC.
    pub(super) marked_at: i64,
    /// Sam's own words.
    pub(super) words: String,
}

/// Marks a moment, with own words and a pointer.
pub(super) fn mark(show: &mut Show<'_>) -> Result<Moment, DemoError> {
    show.scene("demo-scene-mark")?;
    let before = show.stage.relay_rows()?;
    let (now, words) = (show.stage.now, show.text("demo-own-words")?);
    let phone = show.stage.phone()?;
    let id = phone.flag(now - TimeDelta::milliseconds(BEFORE))?;
    let kept = phone.moments(None, 10)?;
    let held = kept.len() == 1 && kept[0].id == id && phone.choices_of(id, now)?.is_empty();
    let says = show.format("demo-mark-saved", &[("line", &show.text("mark-saved")?)])?;
    let details = Details { state: Some(ChoiceState::Held.name()), ..Details::default() };
    show.say_with(Who::Client, says, held, details)?;

    let phone = show.stage.phone()?;
    phone.set_note(id, Some(&words))?;
    phone.set_pointer(id, Some(Pointer::Said))?;
    let kept = phone.moment(id)?;
    let holds = kept.note.as_ref() == Some(&words) && kept.pointer == Some(Pointer::Said);
    let says = show.format("demo-mark-words", &[("words", &words)])?;
    let details = Details {
        words: Some(words.clone()),
        pointer: Some(Pointer::Said.name()),
        ..Details::default()
    };
    show.say_with(Who::Client, says, holds, details)?;

    let marked_at = kept.marked_at.timestamp_millis();
    let moment = Moment { id, marked_at, words };
    let unknown = is_private(show, &moment)? && show.stage.relay_rows()? == before;
    let says = show.text("demo-mark-private")?;
    show.say(Who::NobodyElse, says, unknown)?;
    Ok(moment)
}

/// Shows the options and picks one, without a preview yet.
pub(super) fn pick(show: &mut Show<'_>, links: &Links) -> Result<(), DemoError> {
    show.scene("demo-scene-pick")?;
    let before = show.stage.relay_rows()?;
    let offers = show.stage.phone()?.offers()?;
    let mut titles = Vec::new();
    for offer in &offers {
        if let Some(ids) = option_ids(offer.option.name()) {
            titles.push(show.text(ids.title)?);
        }
    }
    let offered: Vec<_> = offers.iter().map(|offer| offer.option).collect();
    let to_their_own = offers.iter().all(|offer| match offer.option.recipient() {
        None => offer.practice.is_none(),
        Some(PracticeRole::Therapist) => offer.practice == Some(links.therapist),
        Some(PracticeRole::Coordinator) => offer.practice == Some(links.front),
    });
    let (count, names) = (titles.len().to_string(), titles.join(" · "));
    let says = show.format("demo-pick-offers", &[("count", &count), ("names", &names)])?;
    show.say(Who::Client, says, offered == RepairOption::ALL && to_their_own)?;

    let now = show.stage.now;
    let nothing = show.stage.phone()?.choices(now)?.is_empty();
    let says = show.text("demo-pick-nothing")?;
    let desks = show.stage.inbox(PracticeRole::Therapist)?.len()
        + show.stage.inbox(PracticeRole::Coordinator)?.len();
    show.say(Who::NobodyElse, says, nothing && desks == 0 && show.stage.relay_rows()? == before)
}

/// Whether the moment is on the phone alone, and there only in its encrypted database.
pub(super) fn is_private(show: &mut Show<'_>, moment: &Moment) -> Result<bool, DemoError> {
    let words = moment.words.as_bytes();
    let mut known_elsewhere = folder_holds(show.stage.phone_folder(), words)?
        || folder_holds(&show.stage.relay_folder(), words)?;
    for role in [PracticeRole::Therapist, PracticeRole::Coordinator] {
        for needle in [Needle::Bytes(words), Needle::Number(moment.marked_at)] {
            known_elsewhere |= vault_holds(show.stage.desk(role).vault(), needle)?;
        }
    }
    // The same search finds both where they are: it is not blind.
    let vault = show.stage.phone()?.vault();
    let known_here = vault_holds(vault, Needle::Bytes(words))?
        && vault_holds(vault, Needle::Number(moment.marked_at))?;
    Ok(known_here && !known_elsewhere)
}
