//! A text for something that left while it was being written: it is given back, so that it can be copied,
//! and nothing of it is kept.

use attune_core::desk::CardEnd;
use axum::http::StatusCode;
use maud::html;

use super::case;
use crate::page::base::BASE;
use crate::page::form::{CSRF, DRAFT, TYPED};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::safety::once::ONCE;
use crate::visit::{Answer, Visit};

/// Fields that somebody may have typed into: the name of each, and the id of what it is called.
pub(super) type Fields<'a> = &'a [(&'a str, &'static str)];

/// The answer to a write for a card; if it says that there is none, and there was one: what was typed.
pub(super) async fn or_typed(
    answer: Answer,
    visit: &Visit,
    card: &str,
    form: &Form,
    fields: Fields<'_>,
) -> Answer {
    if !matches!(answer, Err(Problem::NotFound)) {
        return answer;
    }
    let id = case::id_of(card)?;
    let why = match visit.ask(move |desk, now| desk.card_end(id, now)).await? {
        // It is there, and not for this.
        None => return answer,
        Some(CardEnd::TakenBack) => "gone-taken-back",
        Some(CardEnd::Expired) => "gone-expired",
        Some(CardEnd::Answered) => "gone-answered",
    };
    Ok(page(visit, Tab::Inbox, why, form, fields).into())
}

/// Everything that was typed on a page that is not there any more.
pub(crate) fn whole(visit: &Visit, form: &Form) -> Page {
    let ours = [CSRF, ONCE, TYPED, DRAFT, BASE, "to", "read", "replaces", "kind", "template"];
    let typed: Vec<_> = form.names().filter(|name| !ours.contains(name)).collect();
    let fields: Vec<_> = typed.into_iter().map(|name| (name, "two-typed")).collect();
    page(visit, Tab::Inbox, "problem-missing", form, &fields)
}

/// What was typed, and why it goes nowhere, with 410.
pub(super) fn page(
    visit: &Visit,
    tab: Tab,
    why: &'static str,
    form: &Form,
    fields: Fields<'_>,
) -> Page {
    let typed = || fields.iter().filter(|(name, _)| !form.raw(name).trim().is_empty());
    let content = html! {
        p { (say(why)) }
        @if typed().next().is_some() {
            p.alarm role="alert" { (say("gone-line")) }
            @for (name, label) in typed() {
                h2 { (say(label)) }
                blockquote.exact dir="auto" { (form.text(name).as_str()) }
            }
        }
        p { a href="/" { (say("problem-home")) } }
    };
    visit.page(say("gone-title"), content).status(StatusCode::GONE).tab(tab).typed()
}
