//! Comparing the four words with a client, read aloud in the same room.

use attune_core::PairingStage;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use maud::html;

use super::clients::{cut, find, id_of, name_of, path_of};
use crate::page::form;
use crate::page::layout::Tab;
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/clients/{client}/words", get(show).post(matched))
        .route("/clients/{client}/differ", post(differ))
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let client = find(&visit, id_of(&typed)?).await?;
    let (id, path) = (client.id, path_of(client.id));
    if client.stage != PairingStage::Active {
        let content =
            html! { p { (say("compare-wait")) } p { a href=(path) { (say("form-back")) } } };
        return Ok(visit.page(say("compare-title"), content).tab(Tab::Clients).into());
    }
    let words = visit.ask(move |desk, _| desk.words(id)).await?;
    let content = html! {
        p { (name_of(&client)) }
        p { (say("desk-words-line")) }
        ol.words { @for word in words { li { (word) } } }
        div.buttons {
            (form::post(&visit, &format!("{path}/words"), html! {
                // What was on the screen is what is confirmed.
                @for word in words { input type="hidden" name="word" value=(word); }
                (form::submit(&say("compare-match")))
            }))
            (form::post(&visit, &format!("{path}/differ"), html! {
                button.quiet type="submit" { (say("compare-differ")) }
            }))
        }
        p { (say("desk-words-later")) }
    };
    Ok(visit.page(say("compare-title"), content).tab(Tab::Clients).into())
}

async fn matched(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let id = id_of(&typed)?;
    let shown: Vec<String> = form.all("word").map(ToOwned::to_owned).collect();
    let confirmed = visit
        .ask(move |desk, _| {
            let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
            let shown: [&str; 4] = shown.try_into().map_err(|_| attune_core::Error::NotCompared)?;
            desk.confirm_words(id, &shown)
        })
        .await;
    match confirmed {
        Err(Problem::Rule("problem-not-compared")) => {
            visit.go_and_say(format!("{}/words", path_of(id)), "compare-changed")
        }
        done => {
            done?;
            visit.go_and_say(path_of(id), "desk-words-matched")
        }
    }
}

async fn differ(visit: Visit, Path(typed): Path<String>) -> Answer {
    cut(&visit, id_of(&typed)?).await?;
    visit.go_and_say("/clients", "desk-words-differ")
}
