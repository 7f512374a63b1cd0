//! The practice's own settings: card, relay and grant, lock and passphrase.

use attune_core::desk::checked_grant;
use attune_core::desk::house_rules::IDLE_MINUTES_RANGE;
use attune_core::practice::{PracticeCard, PracticeRole};
use attune_core::vault::Passphrase;
use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};

use super::card_form::{self, CardDraft};
use super::passphrase;
use super::start::{grant_field, relay_field};
use super::unlock::waiting;
use crate::house::NotUnlocked;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::{say, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

/// Relays that a card may list.
const RELAYS: usize = 4;

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/settings", get(index))
        .route("/settings/card", get(card).post(save_card))
        .route("/settings/relay", get(relay).post(save_relay))
        .route("/settings/grant", post(save_grant))
        .route("/settings/lock", get(lock).post(save_idle))
        .route("/settings/passphrase", post(change_passphrase))
}

async fn index(visit: Visit) -> Answer {
    let mut pages = vec![
        ("/settings/card", "settings-card"),
        ("/settings/relay", "settings-relay"),
        ("/settings/lock", "settings-lock"),
        ("/retention", "retention-title"),
        ("/own-data", "own-title"),
    ];
    if visit.role() == PracticeRole::Therapist {
        pages.insert(1, ("/about", "about-link"));
    }
    let content = html! {
        ul.ways { @for (href, id) in pages { li { a href=(href) { (say(id)) } } } }
    };
    Ok(visit.page(say("settings-title"), content).tab(Tab::Settings).into())
}

async fn card(visit: Visit) -> Answer {
    let card = visit.ask(|desk, _| desk.card()).await?;
    let draft = match visit.typed() {
        Some(form) => CardDraft::typed(form, card.role, card.relays),
        None => CardDraft::of(card),
    };
    Ok(card_page(&visit, &draft, &Errors::default()).into())
}

async fn save_card(visit: Visit, form: Form) -> Answer {
    let kept = visit.ask(|desk, _| desk.card()).await?;
    let draft = CardDraft::typed(&form, kept.role, kept.relays);
    let mut errors = Errors::default();
    let Some(card) = draft.card(&mut errors) else {
        return Ok(card_page(&visit, &draft, &errors).unprocessed().into());
    };
    visit.ask(move |desk, _| desk.set_card(&card)).await?;
    visit.go_and_say("/settings", "card-form-saved")
}

fn card_page(visit: &Visit, draft: &CardDraft, errors: &Errors) -> Page {
    let content = html! {
        p { (say("card-form-line")) }
        (errors.summary())
        (form::typed(visit, "/settings/card", html! {
            (draft.fields(errors))
            (form::submit(&say("form-save")))
        }))
    };
    visit.page(say("settings-card"), content).tab(Tab::Settings).at("/settings/card").typed()
}

async fn relay(visit: Visit) -> Answer {
    let card = visit.ask(|desk, _| desk.card()).await?;
    let kept = card.relays.into_iter().next().unwrap_or_default();
    let (relay, grant) = match visit.typed() {
        Some(form) => (form.raw("relay"), form.raw("grant")),
        None => (kept.as_str(), ""),
    };
    Ok(relay_page(&visit, relay, grant, &Errors::default()).into())
}

async fn save_relay(visit: Visit, form: Form) -> Answer {
    let mut errors = Errors::default();
    let origin = card_form::relay(form.raw("relay").trim(), &mut errors);
    // It is one form: a grant that was typed beside it is kept with it, and not passed over.
    let grant = Some(form.text("grant")).filter(|grant| !grant.is_empty());
    if grant.as_deref().is_some_and(|grant| checked_grant(grant).is_err()) {
        errors.add("grant", say("form-grant"));
    }
    let (Some(origin), true) = (origin, errors.is_empty()) else {
        let page = relay_page(&visit, form.raw("relay"), form.raw("grant"), &errors);
        return Ok(page.unprocessed().into());
    };
    let moves = visit.ask(move |desk, _| {
        let card = desk.card()?;
        let moves = card.relays.first() != Some(&origin);
        if moves {
            desk.set_card(&moved(card, origin))?;
        }
        grant.map_or(Ok(()), |grant| desk.set_grant(&grant)).map(|()| moves)
    });
    let said = if moves.await? { "settings-relay-saved" } else { "settings-relay-kept" };
    visit.go_and_say("/settings", said)
}

/// The card with that relay in use. The one before stays on the list for phones that look there.
fn moved(mut card: PracticeCard, origin: String) -> PracticeCard {
    card.relays.retain(|relay| *relay != origin);
    card.relays.insert(0, origin);
    card.relays.truncate(RELAYS);
    card
}

async fn save_grant(visit: Visit, form: Form) -> Answer {
    let grant = form.text("grant");
    match visit.ask(move |desk, _| desk.set_grant(&grant)).await {
        Err(Problem::Rule("form-grant")) => {
            let mut errors = Errors::default();
            errors.add("grant", say("form-grant"));
            let page = relay_page(&visit, form.raw("relay"), form.raw("grant"), &errors);
            Ok(page.unprocessed().into())
        }
        done => {
            done?;
            visit.go_and_say("/settings", "settings-grant-saved")
        }
    }
}

fn relay_page(visit: &Visit, relay: &str, grant: &str, errors: &Errors) -> Page {
    let content = html! {
        (errors.summary())
        p { (say("settings-relay-line")) }
        (form::typed(visit, "/settings/relay", html! {
            (relay_field(relay, errors))
            (form::submit(&say("settings-relay-save")))
            (grant_field(grant, errors))
            button type="submit" formaction="/settings/grant" { (say("settings-grant-save")) }
        }))
    };
    let page = visit.page(say("settings-relay-title"), content);
    page.tab(Tab::Settings).at("/settings/relay").typed()
}

async fn lock(visit: Visit) -> Answer {
    let minutes = visit.ask(|desk, _| desk.idle_minutes()).await?.to_string();
    let minutes = visit.typed().map_or(minutes, |form| form.raw("minutes").to_owned());
    Ok(lock_page(&visit, &minutes, &Errors::default()).into())
}

async fn save_idle(visit: Visit, form: Form) -> Answer {
    let typed = form.text("minutes");
    let minutes = typed.parse().ok().filter(|minutes| IDLE_MINUTES_RANGE.contains(minutes));
    let Some(minutes) = minutes else {
        let (least, most) = (*IDLE_MINUTES_RANGE.start(), *IDLE_MINUTES_RANGE.end());
        let values = [("least", least.into()), ("most", most.into())];
        let mut errors = Errors::default();
        errors.add("minutes", say_with("form-minutes", &values));
        return Ok(lock_page(&visit, &typed, &errors).unprocessed().into());
    };
    visit.ask(move |desk, _| desk.set_idle_minutes(minutes)).await?;
    visit.house.set_idle_minutes(minutes);
    visit.go_and_say("/settings", "settings-idle-saved")
}

async fn change_passphrase(visit: Visit, form: Form) -> Answer {
    let mut errors = Errors::default();
    if let Some(new) = passphrase::typed(&form, &mut errors) {
        let old = Passphrase::new(form.raw("old").to_owned());
        let text = match visit.house.change_passphrase(old, new).await {
            Ok(()) => return visit.go_and_say("/settings", "pass-changed"),
            Err(NotUnlocked::Wrong) => say("door-wrong"),
            Err(NotUnlocked::Wait(seconds)) => waiting(seconds),
            Err(NotUnlocked::Problem(problem)) => return Err(problem),
        };
        errors.add("old", text);
    }
    let minutes = visit.ask(|desk, _| desk.idle_minutes()).await?.to_string();
    Ok(lock_page(&visit, &minutes, &errors).unprocessed().into())
}

fn lock_page(visit: &Visit, minutes: &str, errors: &Errors) -> Page {
    let content = html! {
        (errors.summary())
        (form::typed(visit, "/settings/lock", html! {
            (idle_field(minutes, errors))
            (form::submit(&say("settings-idle-save")))
        }))
        h2 { (say("pass-title")) }
        (form::post(visit, "/settings/passphrase", html! {
            (Field::new("old", say("pass-old")).errors(errors).passphrase("current-password"))
            (passphrase::fields(errors))
            (form::submit(&say("pass-change")))
        }))
    };
    visit.page(say("settings-lock-title"), content).tab(Tab::Settings).at("/settings/lock").typed()
}

fn idle_field(minutes: &str, errors: &Errors) -> Markup {
    let (least, most) = (*IDLE_MINUTES_RANGE.start(), *IDLE_MINUTES_RANGE.end());
    Field::new("minutes", say("settings-idle"))
        .value(minutes)
        .errors(errors)
        .number(least.into(), most.into())
}
