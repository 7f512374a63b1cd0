//! What the therapist reads, and the note that comes back.

use attune_copy::option_ids;
use attune_core::desk::Card;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::preview::Preview;
use attune_core::repair::Pointer;
use attune_core::state::ChoiceState;

use super::moment::{Moment, is_private};
use super::relay;
use super::sharing::case_details;
use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::show::Show;
use crate::demo::stage::hex;

/// The therapist's desk syncs; she reads the card; the phone learns that it was picked up.
pub(super) fn read(
    show: &mut Show<'_>,
    preview: &Preview,
    moment: &Moment,
    case: CaseId,
) -> Result<(), DemoError> {
    show.scene("demo-scene-card")?;
    show.stage.sync_desks()?;
    let cards = show.stage.inbox(PracticeRole::Therapist)?;
    let front_empty = show.stage.inbox(PracticeRole::Coordinator)?.is_empty();
    let [card] = &cards[..] else { return Err(DemoError::Ended) };
    tell_card(show, PracticeRole::Therapist, card, card.case == case && front_empty)?;

    let where_it_was = show.text("card-where-said")?;
    let details = Details { pointer: card.pointer.map(Pointer::name), ..Details::default() };
    show.say_with(Who::Therapist, where_it_was, card.pointer == Some(Pointer::Said), details)?;
    tell_lists(show, PracticeRole::Therapist, card)?;

    let practice = show.stage.therapist.card()?;
    let same = (preview.option, preview.pointer, preview.until)
        == (card.option, card.pointer, card.until)
        && preview.words == card.words
        && (&preview.recipient, preview.role) == (&practice.name, practice.role)
        && card.client_name.as_ref() == Some(&show.cast.client);
    let says = show.text("demo-card-same")?;
    show.say(Who::Therapist, says, same)?;

    let private = is_private(show, moment)?;
    let says = show.format("demo-card-private", &[("words", &moment.words)])?;
    let details = Details { words: Some(moment.words.clone()), ..Details::default() };
    show.say_with(Who::Client, says, private, details)?;

    show.stage.sync_phone()?;
    let due_agrees = show.stage.choice(case)?.due == card.due.day();
    show.phone_says(case, ChoiceState::Received, "status-picked", due_agrees)
}

/// She opens the card and answers with a note.
pub(super) fn write(show: &mut Show<'_>, case: CaseId) -> Result<(), DemoError> {
    show.scene("demo-scene-note")?;
    let (now, text) = (show.stage.now, show.text("demo-note")?);
    let opened = show.stage.therapist.open_card(case, now)?.opened;
    let says = show.text("demo-note-opens")?;
    show.say_with(Who::Therapist, says, opened, case_details(case))?;
    show.stage.sync_desks()?;
    show.stage.sync_phone()?;
    show.phone_says(case, ChoiceState::Opened, "status-opened", true)?;

    show.stage.therapist.reply(case, &text, now)?;
    show.stage.sync_desks()?;
    let nothing_open = show.stage.inbox(PracticeRole::Therapist)?.is_empty();
    let says = show.format("demo-note-writes", &[("line", &text)])?;
    let details = Details { text: Some(text.clone()), ..case_details(case) };
    show.say_with(Who::Therapist, says, nothing_open, details)?;

    show.stage.sync_phone()?;
    let notes = show.stage.phone()?.notes()?;
    let [note] = &notes[..] else { return Err(DemoError::Ended) };
    let word_for_word =
        *note.text == text && note.case == case && note.sender == show.cast.therapist;
    show.phone_says(case, ChoiceState::Answered, "status-done", true)?;
    let says = show.format("demo-note-here", &[("name", &note.sender)])?;
    let details = Details { text: Some(note.text.to_string()), ..case_details(case) };
    show.say_with(Who::Client, says, word_for_word, details)?;

    let unread = !relay::holds(show, text.as_bytes())?;
    let says = show.text("demo-note-relay")?;
    // Her desk learns that the note is there, so that it need not send it again.
    show.stage.sync_desks()?;
    show.say(Who::Relay, says, unread && relay::holds(show, b"lane_id")?)
}

/// The head of a card: whose, what, and by when.
pub(super) fn tell_card(
    show: &mut Show<'_>,
    role: PracticeRole,
    card: &Card,
    also: bool,
) -> Result<(), DemoError> {
    let title = option_ids(card.option.name()).and_then(|ids| ids.card);
    let title = show.text(title.unwrap_or_default())?;
    let name = card.client_name.clone().unwrap_or_default();
    let due = show.due(card.due)?;
    let says =
        show.format("demo-card-head", &[("client", &name), ("title", &title), ("due", &due)])?;
    let details = Details {
        option: Some(card.option.name()),
        case: Some(hex(card.case.as_bytes())),
        due: card.due.day().map(|day| day.to_string()),
        ..Details::default()
    };
    let holds = also && name == show.cast.client && !card.late && !card.opened;
    let for_them = card.option.recipient() == Some(role);
    show.say_with(reader(role), says, holds && for_them, details)
}

/// The lists of what to do and what not to do that belong to the option.
pub(super) fn tell_lists(
    show: &mut Show<'_>,
    role: PracticeRole,
    card: &Card,
) -> Result<(), DemoError> {
    let ids = option_ids(card.option.name());
    let title = show.text("card-do-title")?;
    let to_do = show.list(ids.and_then(|ids| ids.card_do).unwrap_or_default())?;
    let to_do = show.format("demo-card-list", &[("title", &title), ("line", &to_do)])?;
    // Each of these begins with "Do not".
    let not = show.list(ids.and_then(|ids| ids.card_do_not).unwrap_or_default())?;
    for says in [to_do, not] {
        // Fixed words: they depend on the option that the desk holds, and on nothing else.
        let held = show.stage.inbox(role)?.iter().any(|held| {
            (held.case, held.option) == (card.case, card.option)
                && held.option.recipient() == Some(role)
        });
        show.say(reader(role), says, held)?;
    }
    Ok(())
}

/// Who reads at the desk of that role.
const fn reader(role: PracticeRole) -> Who {
    match role {
        PracticeRole::Therapist => Who::Therapist,
        PracticeRole::Coordinator => Who::Coordinator,
    }
}
