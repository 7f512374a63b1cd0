//! "See someone else": the front desk gets it, and the therapist never learns that there was one.

use attune_core::practice::PracticeRole;
use attune_core::repair::RepairOption;
use attune_core::vault::Vault;

use super::answer::{tell_card, tell_lists};
use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::search::{Needle, vault_count, vault_holds};
use crate::demo::show::Show;
use crate::demo::stage::Links;

/// Shares the option, syncs everybody, and looks on both desks.
pub(super) fn play(show: &mut Show<'_>, links: &Links) -> Result<(), DemoError> {
    show.scene("demo-scene-other")?;
    let (now, option) = (show.stage.now, RepairOption::RequestProvider);
    // To the therapist it cannot even be previewed.
    let never_to_her = show.stage.preview(option, links.therapist).is_err();
    let preview = show.stage.preview(option, links.front)?;
    let to_front = preview.role == PracticeRole::Coordinator
        && preview.recipient == show.cast.front
        && preview.pointer.is_none()
        && preview.words.is_none();
    let says = show.format(
        "demo-other-preview",
        &[("title", &show.text("pick-other")?), ("line", &show.text("pick-other-sub")?)],
    )?;
    let details = Details {
        option: Some(option.name()),
        recipient: Some(preview.recipient.clone()),
        ..Details::default()
    };
    show.say_with(Who::Client, says, to_front && never_to_her, details)?;

    let case = show.stage.phone()?.share(&preview.digest, now)?;
    show.stage.sync_phone()?;
    show.stage.sync_desks()?;
    let cards = show.stage.inbox(PracticeRole::Coordinator)?;
    let [card] = &cards[..] else { return Err(DemoError::Ended) };
    tell_card(show, PracticeRole::Coordinator, card, card.case == case && card.option == option)?;
    tell_lists(show, PracticeRole::Coordinator, card)?;

    let empty = show.stage.inbox(PracticeRole::Therapist)?.is_empty();
    let needle = Needle::Bytes(case.as_bytes());
    let on_hers = vault_holds(show.stage.therapist.vault(), needle)?;
    // The same searches find it on the front desk: they are not blind.
    let on_front = vault_holds(show.stage.front.vault(), needle)?;
    let query = "SELECT count(*) FROM received_choice WHERE chosen = ?1";
    let of_its_kind = |vault: &Vault| vault_count(vault, query, [option.code()]);
    let kind_on_hers = of_its_kind(show.stage.therapist.vault())?;
    let kind_on_front = of_its_kind(show.stage.front.vault())?;
    let says = show.format("demo-other-therapist", &[("line", &show.text("desk-empty")?)])?;
    let only_there =
        (on_hers, kind_on_hers) == (false, 0) && (on_front, kind_on_front) == (true, 1);
    show.say(Who::Therapist, says, empty && only_there)
}
