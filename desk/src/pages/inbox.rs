//! What is open, the soonest due first.

use attune_copy::option_ids;
use attune_core::desk::Card;
use attune_core::due::Due;
use attune_core::practice::PracticeRole;
use axum::Router;
use axum::routing::get;
use maud::{Markup, html};

use crate::page::layout::Tab;
use crate::page::words::{say, say_day, say_name};
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/", get(show))
}

async fn show(visit: Visit) -> Answer {
    let cards = visit.ask(|desk, now| desk.inbox(now)).await?;
    let front = visit.role() == PracticeRole::Coordinator;
    let content = html! {
        @if cards.is_empty() { p { (say("desk-empty")) } }
        ul.cards { @for card in &cards { li { (line(card)) } } }
    };
    let title = say(if front { "front-title" } else { "desk-title" });
    Ok(visit.page(title, content).tab(Tab::Inbox).into())
}

fn line(card: &Card) -> Markup {
    let title = option_ids(card.option.name()).and_then(|ids| ids.card).map(say);
    html! {
        h2 { (title.unwrap_or_default()) }
        p { (card.client_name.as_deref().map_or_else(|| say("desk-no-name"), |name| say_name("card-from", name))) }
        p {
            (match card.due {
                Due::AtOnce => say("card-due-now"),
                Due::NextSession => say("card-due-session"),
                Due::By(day) => say_day("card-due-by", day),
            })
        }
        @if card.late { p { (say("inbox-late")) } }
    }
}
