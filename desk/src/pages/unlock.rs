//! The door: unlocking, locking, and putting a page away.

use std::sync::Arc;

use attune_core::vault::Passphrase;
use axum::Router;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use maud::html;

use super::own_data::page_for;
use crate::house::{Door, NotUnlocked, Waits};
use crate::page::form::{self, Errors, Field};
use crate::page::layout::Page;
use crate::page::words::{say, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Reply, Visit, local};

/// On the answer to a passphrase that opened the vault: what the page that asked for it had told of a
/// write that was kept, and what the person said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unlocked {
    /// It told of none.
    Untold,
    /// Do it.
    GoOn,
    /// Forget it.
    Drop,
}

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/unlock", get(show).post(unlock))
        .route("/lock", post(lock))
        .route("/away", get(away))
}

async fn show(visit: Visit) -> Answer {
    if matches!(visit.house.door(), Door::Open { .. })
        && visit.house.holds(&visit.session).is_none()
    {
        return visit.go(target(visit.query.raw("to")));
    }
    let to = visit.query.raw("to").to_owned();
    Ok(page(&visit, &to, &Errors::default()).into())
}

async fn unlock(visit: Visit, form: Form) -> Response {
    let passphrase = Passphrase::new(form.raw("passphrase").to_owned());
    let error = match visit.house.unlock(passphrase).await {
        Ok(()) => {
            // In the background: the page is there at once.
            let house = Arc::clone(&visit.house);
            tokio::spawn(async move { house.sync().await });
            let to = target(form.raw("to")).to_owned();
            let mut response = Reply::Go(to).into_response();
            response.extensions_mut().insert(match (form.has("drop"), form.has("held")) {
                (true, _) => Unlocked::Drop,
                (false, true) => Unlocked::GoOn,
                (false, false) => Unlocked::Untold,
            });
            return response;
        }
        Err(NotUnlocked::Wrong) => say("door-wrong"),
        Err(NotUnlocked::Wait(seconds)) => waiting(seconds),
        Err(NotUnlocked::Problem(problem)) => problem.says(),
    };
    let mut errors = Errors::default();
    errors.add("passphrase", error);
    page(&visit, form.raw("to"), &errors).unprocessed().into_response()
}

fn page(visit: &Visit, to: &str, errors: &Errors) -> Page {
    let waits = visit.house.holds(&visit.session);
    let content = html! {
        @match waits {
            Some(Waits::Write) => p.notice role="status" { (say("door-held")) },
            Some(Waits::Text) => p.notice role="status" { (say("door-typed")) },
            None => p { (say("door-line")) },
        }
        @if let (Some(seconds), true) = (visit.house.wait(), errors.is_empty()) {
            p.notice role="status" { (waiting(seconds)) }
        }
        (form::post(visit, "/unlock", html! {
            input type="hidden" name="to" value=(target(to));
            (Field::new("passphrase", say("door-passphrase")).errors(errors).first()
                .passphrase("current-password"))
            div.buttons {
                @if let Some(waits) = waits {
                    input type="hidden" name="held" value="yes";
                    (form::submit(&say(match waits {
                        Waits::Write => "door-go-on",
                        Waits::Text => "door-button",
                    })))
                    button.quiet type="submit" name="drop" value="yes" { (say("door-drop")) }
                } @else {
                    (form::submit(&say("door-button")))
                }
            }
        }))
    };
    visit.page(say("door-title"), content).typed()
}

/// Where one is led after unlocking.
fn target(to: &str) -> &str {
    page_for(local(to).unwrap_or("/"))
}

/// How long to wait after wrong passphrases.
pub(super) fn waiting(seconds: i64) -> String {
    say_with("door-wait", &[("count", seconds.into())])
}

async fn lock(visit: Visit) -> Response {
    visit.house.lock().await;
    let mut response = Reply::Go("/unlock".into()).into_response();
    // Pages that the browser keeps for its *Back* button go, too.
    let cache = HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert("clear-site-data", cache);
    response
}

/// What takes the place of a page that nobody touched. Looking at it is no touch.
async fn away(visit: Visit) -> Answer {
    let to = local(visit.query.raw("to")).unwrap_or("/").to_owned();
    if visit.house.door() == Door::Locked {
        return Ok(Reply::Go(format!("/unlock?to={to}")));
    }
    let content = html! {
        p { (say("away-line")) }
        p { a.button href=(to) { (say("away-back")) } }
    };
    Ok(visit.page(say("away-title"), content).status(StatusCode::OK).typed().into())
}
