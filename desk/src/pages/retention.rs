//! How long settled cases stay on this desk.

use attune_core::desk::house_rules::RETENTION_DAYS_RANGE;
use axum::Router;
use axum::routing::get;
use maud::html;

use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::words::{say, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new().route("/retention", get(show).post(save))
}

async fn show(visit: Visit) -> Answer {
    let days = visit.ask(|desk, _| desk.retention_days()).await?;
    let days = visit.typed().map_or_else(|| days.to_string(), |form| form.raw("days").to_owned());
    Ok(page(&visit, &days, &Errors::default()).into())
}

async fn save(visit: Visit, form: Form) -> Answer {
    let typed = form.text("days");
    let Some(days) = typed.parse().ok().filter(|days| RETENTION_DAYS_RANGE.contains(days)) else {
        let (least, most) = RETENTION_DAYS_RANGE.into_inner();
        let mut errors = Errors::default();
        let values = [("least", least.into()), ("most", most.into())];
        errors.add("days", say_with("retention-range", &values));
        return Ok(page(&visit, &typed, &errors).unprocessed().into());
    };
    visit
        .ask(move |desk, now| {
            desk.set_retention_days(days)?;
            desk.sweep(now)
        })
        .await?;
    visit.go_and_say("/settings", "retention-saved")
}

fn page(visit: &Visit, days: &str, errors: &Errors) -> Page {
    let (least, most) = RETENTION_DAYS_RANGE.into_inner();
    let content = html! {
        p { (say("retention-line")) }
        p { (say("retention-file")) }
        (errors.summary())
        (form::typed(visit, "/retention", html! {
            (Field::new("days", say("retention-days")).value(days).errors(errors)
                .number(least.into(), most.into()))
            (form::submit(&say("retention-save")))
        }))
    };
    visit.page(say("retention-title"), content).tab(Tab::Settings).at("/retention").typed()
}
