//! What is open, the soonest due first.

use attune_core::desk::Card;
use axum::Router;
use axum::routing::get;
use maud::{Markup, html};

use super::case;
use crate::page::form;
use crate::page::layout::Tab;
use crate::page::words::say;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/", get(show))
}

async fn show(visit: Visit) -> Answer {
    let (cards, backup) =
        visit.ask(|desk, now| Ok((desk.inbox(now)?, desk.card()?.backup))).await?;
    let front = case::is_front(&visit);
    let content = html! {
        @if cards.is_empty() {
            p { (say(if front { "front-empty" } else { "desk-empty" })) }
        }
        @for group in cards.chunk_by(|one, next| one.due == next.due) {
            @if let Some(first) = group.first() { h2 { (case::due(first)) } }
            ul.cards {
                @for card in group { li { (row(&visit, card, &backup)) } }
            }
        }
        @if cards.iter().any(|card| !card.opened) { p.hint { (say("inbox-telling")) } }
    };
    let title = say(if front { "front-title" } else { "desk-title" });
    Ok(visit.page(title, content).tab(Tab::Inbox).into())
}

/// One card: what is behind it shows only once a person opens it.
fn row(visit: &Visit, card: &Card, backup: &str) -> Markup {
    let path = case::path_of(card.case);
    let heading = format!("c-{}", case::hex(card.case.as_bytes()));
    html! {
        h3 id=(heading) { (case::title(card.option)) }
        p { (case::from(card)) }
        @if let Some(late) = case::late(card, backup) { p.late { (late) } }
        @if card.opened {
            p { a.button href=(path) aria-describedby=(heading) { (say("inbox-again")) } }
        } @else {
            (open_button(visit, card, Some(&heading)))
        }
    }
}

/// The button behind which a person opens a card.
pub(super) fn open_button(visit: &Visit, card: &Card, described: Option<&str>) -> Markup {
    let action = format!("{}/open", case::path_of(card.case));
    form::post(
        visit,
        &action,
        html! {
            button type="submit" aria-describedby=[described] { (say("inbox-open")) }
        },
    )
}
