//! The phone is linked with both desks.

use attune_core::PairingStage;
use attune_core::practice::PracticeRole;

use crate::demo::DemoError;
use crate::demo::line::{Details, Who};
use crate::demo::search::{Needle, vault_holds};
use crate::demo::show::Show;
use crate::demo::stage::Links;

/// Links, and compares the four words on both sides.
pub(super) fn link(show: &mut Show<'_>) -> Result<Links, DemoError> {
    show.scene("demo-scene-link")?;
    let links = show.stage.link(&show.cast.client)?;

    let card = show.stage.therapist.card()?;
    let practices = show.stage.phone()?.practices()?;
    let here = practices.iter().find(|practice| practice.id == links.therapist);
    let same_card = here.is_some_and(|here| {
        here.stage == PairingStage::Active
            && here.card.as_ref() == Some(&card)
            && card.role == PracticeRole::Therapist
    });
    let eight = links.code.split(' ').count() == 8;
    let says = show.format("demo-link-code", &[("words", &links.code)])?;
    let recipient = Some(card.name);
    let details = Details { recipient, ..Details::default() };
    show.say_with(Who::Therapist, says, same_card && eight, details)?;

    let on_phone = show.stage.phone()?.words(links.therapist)?;
    let on_desk = show.stage.therapist.words(links.client)?;
    show.stage.phone()?.confirm_words(links.therapist, &on_phone)?;
    show.stage.therapist.confirm_words(links.client, &on_desk)?;
    let (on_phone, on_desk) = (on_phone.join(" "), on_desk.join(" "));
    let practices = show.stage.phone()?.practices()?;
    let on_phone_matched =
        practices.iter().any(|known| known.id == links.therapist && known.health.compared);
    let says = show.format("demo-link-words-phone", &[("words", &on_phone)])?;
    show.say(Who::Client, says, on_phone_matched)?;
    let clients = show.stage.therapist.clients()?;
    let client = clients.iter().find(|client| client.id == links.client);
    let on_desk_matched = client.is_some_and(|client| {
        client.health.compared && client.name.as_deref() == Some(show.cast.client.as_str())
    });
    let says = show.format("demo-link-words-desk", &[("words", &on_desk)])?;
    show.say(Who::Therapist, says, on_desk_matched && on_phone == on_desk)?;

    let practices = show.stage.phone()?.practices()?;
    let front = practices.iter().find(|practice| practice.id == links.front);
    let front_is_there = front
        .and_then(|front| front.card.as_ref())
        .is_some_and(|card| card.role == PracticeRole::Coordinator && card.name == show.cast.front);
    let name = show.cast.front.clone();
    let known = vault_holds(show.stage.therapist.vault(), Needle::Bytes(name.as_bytes()))?;
    let one_client = show.stage.front.clients()?.len() == 1;
    let says = show.text("demo-link-front")?;
    show.say(Who::Coordinator, says, front_is_there && one_client && !known)?;
    Ok(links)
}
