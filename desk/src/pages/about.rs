//! What a therapist says of themselves, and what a client does.

use attune_core::desk::ClientId;
use attune_core::lane::document::ABOUT_LEN;
use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::case;
use super::two_texts::{Part, TwoTexts};
use crate::page::base::Base;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/about", get(show).post(save)).route("/about/away", post(take_away))
}

async fn show(visit: Visit) -> Answer {
    case::therapist_only(&visit)?;
    let kept = visit.ask(|desk, _| desk.about()).await?.unwrap_or_default();
    let (text, base) = match visit.typed() {
        Some(form) => (form.text("text"), Base::said(form)),
        None => {
            let base = Base::of(&[&kept]);
            (Zeroizing::new(kept), base)
        }
    };
    Ok(page(&visit, &text, &base, &Errors::default()).into())
}

async fn save(visit: Visit, form: Form) -> Answer {
    case::therapist_only(&visit)?;
    let (text, base) = (form.text("text"), Base::said(&form));
    let mut errors = Errors::default();
    if text.is_empty() {
        errors.add("text", say("work-what-needed"));
    } else if text.len() > ABOUT_LEN {
        errors.add("text", say("about-long"));
    }
    if !errors.is_empty() {
        return Ok(page(&visit, &text, &base, &errors).unprocessed().into());
    }
    let written = visit.ask(move |desk, _| {
        let kept = desk.about()?.unwrap_or_default();
        if Base::of(&[&kept]) != base && kept != *text {
            return Ok(Err((kept, text)));
        }
        desk.set_about(&text).map(Ok)
    });
    match written.await? {
        Ok(()) => visit.go_and_say("/about", "about-saved"),
        Err((kept, typed)) => Ok(two(&visit, &kept, &typed).into()),
    }
}

/// The page on which one of both is picked.
fn two(visit: &Visit, kept: &str, typed: &str) -> Page {
    let parts = vec![Part { name: "text", label: say("about-text"), kept, typed }];
    let (page, base) = ("/about", Base::of(&[kept]));
    TwoTexts { page, save: page, base, tab: Tab::Settings, parts }.page(visit)
}

async fn take_away(visit: Visit) -> Answer {
    case::therapist_only(&visit)?;
    visit.ask(|desk, _| desk.set_about("")).await?;
    visit.go_and_say("/about", "about-away-said")
}

fn page(visit: &Visit, text: &str, base: &Base, errors: &Errors) -> Page {
    let content = html! {
        p { (say("about-line")) }
        p { (say("about-who")) }
        (errors.summary())
        (form::typed(visit, "/about", html! {
            (base.field())
            (Field::new("text", say("about-text")).hint(say("about-text-hint")).value(text)
                .errors(errors).area(8, ABOUT_LEN, None))
            (form::submit(&say("about-save")))
        }))
        @if *base != Base::default() {
            (form::post(visit, "/about/away", html! {
                button.quiet type="submit" { (say("about-away")) }
            }))
        }
    };
    visit.page(say("about-me-title"), content).tab(Tab::Settings).at("/about").typed()
}

/// What a client says of themselves, on their own page; nothing if they shared nothing.
pub(super) async fn of_client(visit: &Visit, client: ClientId) -> Result<Markup, Problem> {
    let theirs = visit.ask(move |desk, _| desk.about_client(client)).await?;
    Ok(html! {
        @if let Some(text) = &theirs {
            h2 { (say("about-client-title")) }
            blockquote.own dir="auto" { (text.as_str()) }
            p.hint { (say("about-client-line")) }
        }
    })
}
