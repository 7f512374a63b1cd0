//! A code for one client: a picture and a link, or eight words. Shown while it counts, and not kept.

use attune_core::desk::{Client, CodeForm, Invitation, InviteKind};
use attune_core::{PairingStage, Trouble};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use chrono::DateTime;
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::clients::{find, health, id_of, path_of};
use super::sync;
use crate::page::form::{self, group, radio};
use crate::page::layout::Tab;
use crate::page::words::{moment, say, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/invite", get(ask).post(make)).route("/invite/{client}", get(show))
}

async fn ask(visit: Visit) -> Answer {
    let content = html! {
        (form::post(&visit, "/invite", html! {
            (group(&say("invite-kind"), None, None, html! {
                (radio("kind", "live", &say("invite-live"), true))
                p.hint { (say("invite-live-line")) }
                (radio("kind", "sent", &say("invite-sent"), false))
                p.hint { (say("invite-sent-line")) }
            }))
            (group(&say("invite-form"), None, None, html! {
                (radio("form", "link", &say("invite-as-link"), true))
                (radio("form", "words", &say("invite-as-words"), false))
            }))
            (form::submit(&say("invite-make")))
        }))
    };
    Ok(visit.page(say("invite-title"), content).tab(Tab::Clients).into())
}

async fn make(visit: Visit, form: Form) -> Answer {
    let kind = if form.raw("kind") == "sent" { InviteKind::Sent } else { InviteKind::Live };
    let shape = if form.raw("form") == "words" { CodeForm::Words } else { CodeForm::Link };
    let invitation = visit.ask(move |desk, now| desk.invite(kind, shape, now)).await?;
    let id = invitation.client;
    visit.house.show_invitation(invitation);
    // It can be used once the relay has it.
    sync::run(&visit).await;
    visit.go(format!("/invite/{}", id.0))
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let client = find(&visit, id_of(&typed)?).await?;
    let path = path_of(client.id);
    let shown = visit.house.invitation().filter(|shown| shown.client == client.id);
    if client.stage != PairingStage::Waiting {
        // Of this client alone: another one's code may be on the screen.
        if shown.is_some() {
            visit.house.forget_invitation();
        }
        let content = html! {
            @if client.stage == PairingStage::Active { p.notice role="status" { (say("invite-claimed")) } }
            (health(&client))
            div.buttons {
                @if client.stage == PairingStage::Active {
                    a.button href={ (path) "/words" } { (say("client-compare")) }
                }
                a href=(path) { (say("form-back")) }
            }
        };
        return Ok(visit.page(say("invite-title"), content).tab(Tab::Clients).into());
    }
    let content = html! {
        (health(&client))
        @match &shown {
            None => { p { (say("invite-gone")) } p { a href="/clients" { (say("form-back")) } } },
            Some(_) if !is_at_relay(&visit, &client) => p { (say("invite-not-there")) },
            Some(shown) => (code(&visit, shown)),
        }
        @if shown.is_some() {
            (form::post(&visit, "/sync", html! {
                input type="hidden" name="to" value={ "/invite/" (client.id.0) };
                (form::submit(&say("invite-look")))
            }))
        }
    };
    Ok(visit.page(say("invite-code-title"), content).tab(Tab::Clients).into())
}

/// Whether the last sync brought the code to the relay. Before a link there is no lane that it could have
/// reached: a code that met no trouble is there.
fn is_at_relay(visit: &Visit, client: &Client) -> bool {
    let state = visit.house.sync_state();
    let ended = !state.running && state.last.is_some_and(|last| last.reached);
    ended && client.health.trouble == Trouble::None
}

fn code(visit: &Visit, shown: &Invitation) -> Markup {
    let now = visit.house.now();
    let until = DateTime::from_timestamp_millis(shown.live_until)
        .map(|at| moment(at.with_timezone(now.offset()), now.date_naive()));
    let is_link = shown.code.contains(':');
    html! {
        @if is_link {
            p { (say("invite-scan")) }
            (picture(&shown.code))
            p { (say("invite-link")) }
            p.code { (shown.code.as_str()) }
        } @else {
            p { (say("invite-read")) }
            ol.words { @for word in shown.code.split(' ') { li { (word) } } }
            p { (say("invite-words-relay")) " " span.code { (shown.relay) } }
        }
        @if let Some(until) = until { p { (say_with("invite-until", &[("time", until.into())])) } }
        p { (say("invite-link-once")) }
    }
}

/// The code as a picture: dark on light in either colour scheme, since that is what phones read best.
fn picture(code: &str) -> Markup {
    let Ok(picture) = QrCode::new(code) else { return html! {} };
    let drawn = picture.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // Only the drawing: a declaration of XML has no place within a page.
    let drawn = drawn.find("<svg").map_or("", |at| &drawn[at..]).to_owned();
    html! {
        div.picture role="img" aria-label=(say("invite-picture")) { (PreEscaped(drawn)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_without_anything_that_runs_or_loads() {
        let drawn = picture("attune:example").into_string();
        assert!(drawn.contains("<svg") && drawn.contains("<path"), "{drawn}");
        for never in ["<?xml", "<script", "style=", "href"] {
            assert!(!drawn.contains(never), "{never}: {drawn}");
        }
    }
}
