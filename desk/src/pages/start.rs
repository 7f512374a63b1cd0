//! First run: no vault is in the folder yet. Whose desk it is, its card, its passphrase.

use attune_core::desk::checked_grant;
use attune_core::practice::PracticeRole;
use attune_core::vault::VaultError;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use maud::html;

use super::card_form::{self, CardDraft};
use super::passphrase;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::Page;
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/start", get(which)).route("/start/{role}", get(blank).post(make))
}

async fn which(visit: Visit) -> Answer {
    let content = html! {
        p { (say("start-line")) }
        ul.ways {
            li {
                a.button href="/start/therapist" { (say("start-therapist")) }
                p { (say("start-therapist-line")) }
            }
            li {
                a.button href="/start/coordinator" { (say("start-coordinator")) }
                p { (say("start-coordinator-line")) }
            }
        }
    };
    Ok(visit.page(say("start-title"), content).into())
}

async fn blank(visit: Visit, Path(role): Path<String>) -> Answer {
    let role = role_of(&role)?;
    let typed = Form::default();
    Ok(page(&visit, role, &CardDraft::fresh(role), &typed, &Errors::default()).into())
}

async fn make(visit: Visit, Path(role): Path<String>, form: Form) -> Answer {
    let role = role_of(&role)?;
    let mut errors = Errors::default();
    let relay = card_form::relay(form.raw("relay").trim(), &mut errors);
    // A relay that is none was told of already.
    let relays = vec![relay.unwrap_or_else(|| "https://relay.example".into())];
    let draft = CardDraft::typed(&form, role, relays);
    let card = draft.card(&mut errors);
    let passphrase = passphrase::typed(&form, &mut errors);
    let grant = Some(form.text("grant")).filter(|grant| !grant.is_empty());
    if grant.as_deref().is_some_and(|grant| checked_grant(grant).is_err()) {
        errors.add("grant", say("form-grant"));
    }
    if let (Some(card), Some(passphrase), true) = (card, passphrase, errors.is_empty()) {
        return match visit.house.furnish(passphrase, card, grant).await {
            Ok(()) => visit.go_and_say("/clients", "start-made"),
            // Somebody else made one meanwhile: then there is a door.
            Err(Problem::Vault(VaultError::Exists)) => visit.go("/"),
            Err(problem) => Err(problem),
        };
    }
    Ok(page(&visit, role, &draft, &form, &errors).unprocessed().into())
}

fn page(
    visit: &Visit,
    role: PracticeRole,
    draft: &CardDraft,
    typed: &Form,
    errors: &Errors,
) -> Page {
    let action = match role {
        PracticeRole::Therapist => "/start/therapist",
        PracticeRole::Coordinator => "/start/coordinator",
    };
    let (relay, grant) = (typed.text("relay"), typed.text("grant"));
    let content = html! {
        p { (say(match role {
            PracticeRole::Therapist => "start-therapist-line",
            PracticeRole::Coordinator => "start-coordinator-line",
        })) }
        (errors.summary())
        (form::post(visit, action, html! {
            h2 { (say("card-form-title")) }
            p { (say("card-form-line")) }
            (draft.fields(errors))
            h2 { (say("settings-relay-title")) }
            (relay_field(&relay, errors))
            (grant_field(&grant, errors))
            h2 { (say("pass-title")) }
            (passphrase::fields(errors))
            (form::submit(&say("start-make")))
        }))
    };
    visit.page(say("start-title"), content).typed()
}

pub(super) fn relay_field<'a>(relay: &'a str, errors: &'a Errors) -> maud::Markup {
    let field = Field::new("relay", say("card-form-relay")).hint(say("card-form-relay-hint"));
    field.value(relay).errors(errors).line(300)
}

pub(super) fn grant_field<'a>(grant: &'a str, errors: &'a Errors) -> maud::Markup {
    let field = Field::new("grant", say("card-form-grant")).hint(say("card-form-grant-hint"));
    field.value(grant).errors(errors).optional().line(300)
}

fn role_of(typed: &str) -> Result<PracticeRole, Problem> {
    match typed {
        "therapist" => Ok(PracticeRole::Therapist),
        "coordinator" => Ok(PracticeRole::Coordinator),
        _ => Err(Problem::NotFound),
    }
}
