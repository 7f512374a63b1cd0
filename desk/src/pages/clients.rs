//! Clients by the name they chose: how the link fares, the next session, cutting the link.

use attune_copy::trouble_id;
use attune_core::desk::{Client, ClientId};
use attune_core::practice::PracticeRole;
use attune_core::{PairingStage, Trouble};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::case::upright;
use super::{about, proposals};
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::{say, say_day, say_name};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/clients", get(list))
        .route("/clients/{client}", get(show))
        .route("/clients/{client}/session", post(session))
        .route("/clients/{client}/unlink", get(confirm_unlink).post(unlink))
}

/// The client that a path names.
pub(super) fn id_of(typed: &str) -> Result<ClientId, Problem> {
    typed.parse().map(ClientId).map_err(|_| Problem::NotFound)
}

/// The client of that id.
pub(super) async fn find(visit: &Visit, id: ClientId) -> Result<Client, Problem> {
    let clients = visit.ask(|desk, _| desk.clients()).await?;
    clients.into_iter().find(|client| client.id == id).ok_or(Problem::NotFound)
}

/// The name that a client chose, or that there is none.
pub(super) fn name_of(client: &Client) -> String {
    match &client.name {
        Some(name) => say_name("client-named", &upright(name)),
        None if client.stage == PairingStage::Waiting => say("clients-waiting"),
        None => say("desk-no-name"),
    }
}

/// Where the page of a client is.
pub(super) fn path_of(id: ClientId) -> String {
    format!("/clients/{}", id.0)
}

async fn list(visit: Visit) -> Answer {
    let clients = visit.ask(|desk, _| desk.clients()).await?;
    let content = html! {
        p { a.button href="/invite" { (say("clients-invite")) } }
        @if clients.is_empty() { p { (say("clients-empty")) } }
        ul.cards {
            @for client in &clients {
                li {
                    h2 { a href=(path_of(client.id)) { (name_of(client)) } }
                    p { (say(stage(client))) }
                    @if let Some(day) = client.next_session { p { (say_day("card-next-session", day)) } }
                    (health(client))
                }
            }
        }
    };
    Ok(visit.page(say("clients-title"), content).tab(Tab::Clients).into())
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let client = find(&visit, id_of(&typed)?).await?;
    let kept = || client.next_session.map(|day| day.to_string()).unwrap_or_default();
    let day = visit.typed().map_or_else(kept, |form| form.raw("day").to_owned());
    Ok(page(&visit, &client, &day, &Errors::default()).await?.into())
}

async fn session(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let id = id_of(&typed)?;
    let day = form.text("day");
    let parsed = day.parse::<NaiveDate>();
    if !day.is_empty() && parsed.is_err() {
        let client = find(&visit, id).await?;
        let mut errors = Errors::default();
        errors.add("day", say("form-day"));
        return Ok(page(&visit, &client, &day, &errors).await?.unprocessed().into());
    }
    visit.ask(move |desk, _| desk.set_next_session(id, parsed.ok())).await?;
    visit.go_and_say(path_of(id), "client-session-saved")
}

async fn page(visit: &Visit, client: &Client, day: &str, errors: &Errors) -> Result<Page, Problem> {
    let path = path_of(client.id);
    let theirs = about::of_client(visit, client.id).await?;
    let active = client.stage == PairingStage::Active;
    let shown = visit.house.invitation().is_some_and(|shown| shown.client == client.id);
    let content = html! {
        p { (say(stage(client))) }
        (health(client))
        @if shown {
            p { a.button href={ "/invite/" (client.id.0) } { (say("client-code-open")) } }
        }
        @if active {
            @if client.health.compared { p { (say("client-compared")) } }
            p { a.button href={ (path) "/words" } { (say("client-compare")) } }
            h2 { (say("client-session")) }
            @match client.next_session {
                Some(day) => p { (say_day("card-next-session", day)) },
                None => p { (say("next-session-unknown")) },
            }
            (form::typed(visit, &format!("{path}/session"), html! {
                (Field::new("day", say("client-session")).hint(say("client-session-hint"))
                    .value(day).errors(errors).optional().date())
                (form::submit(&say("client-session-save")))
            }))
            @if visit.role() == PracticeRole::Therapist {
                h2 { (say("proposals-title")) }
                p { a href=(proposals::path_for(client.id)) { (say("proposals-new-title")) } }
            }
        }
        (theirs)
        h2 { (say("client-unlink")) }
        p { a href={ (path) "/unlink" } { (say("client-unlink")) } }
    };
    Ok(visit.page(name_of(client), content).tab(Tab::Clients).at(path))
}

async fn confirm_unlink(visit: Visit, Path(typed): Path<String>) -> Answer {
    let client = find(&visit, id_of(&typed)?).await?;
    let path = path_of(client.id);
    let content = html! {
        p { (name_of(&client)) }
        p { (say("client-unlink-line")) }
        (form::post(&visit, &format!("{path}/unlink"), html! {
            div.buttons {
                (form::submit(&say("client-unlink-button")))
                a.button href=(path) { (say("client-unlink-keep")) }
            }
        }))
    };
    Ok(visit.page(say("client-unlink-title"), content).tab(Tab::Clients).into())
}

async fn unlink(visit: Visit, Path(typed): Path<String>) -> Answer {
    let id = id_of(&typed)?;
    cut(&visit, id).await?;
    visit.go_and_say("/clients", "client-unlinked")
}

/// Cuts the link with a client, and lets the goodbye leave.
pub(super) async fn cut(visit: &Visit, id: ClientId) -> Result<(), Problem> {
    visit.ask(move |desk, now| desk.unpair(id, now)).await?;
    if visit.house.invitation().is_some_and(|shown| shown.client == id) {
        visit.house.forget_invitation();
    }
    let house = visit.house.clone();
    tokio::spawn(async move { house.sync().await });
    Ok(())
}

fn stage(client: &Client) -> &'static str {
    match client.stage {
        PairingStage::Waiting => "stage-waiting",
        PairingStage::Active => "stage-active",
        PairingStage::Ended => "stage-ended",
    }
}

/// What the last sync met, and what else is the matter with a link.
pub(super) fn health(client: &Client) -> Markup {
    html! {
        @if client.health.second_claim || client.health.trouble == Trouble::SecondClaim {
            div.alarm role="alert" {
                h3 { (say("invite-alarm-title")) }
                p { (say("invite-second")) }
            }
        }
        @if client.health.two_phones { p.alarm role="alert" { (say("client-two-phones")) } }
        @if client.health.newcomer { p.alarm { (say("client-new-phone")) } }
        @if let Some(id) = trouble(client) { p { (say(id)) } }
        @if client.stage == PairingStage::Active && !client.health.compared {
            p { (say("desk-words-later")) }
        }
        @if client.note_waits { p { (say("reply-wait")) } }
    }
}

fn trouble(client: &Client) -> Option<&'static str> {
    let (trouble, waits) = (client.health.trouble, client.stage == PairingStage::Waiting);
    // A second phone is told of above.
    trouble_id(trouble.name(), waits).filter(|_| trouble != Trouble::SecondClaim)
}
