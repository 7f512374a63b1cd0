//! The worksheet: what a therapist thinks through before a note. For this desk alone.

use attune_core::desk::{Card, FIELD_LEN, Worksheet};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::html;
use zeroize::Zeroizing;

use super::case;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Reply, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/card/{case}/worksheet", get(show).post(save))
        .route("/card/{case}/worksheet/draft", post(draft))
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let card = card(&visit, &typed).await?;
    let id = card.case;
    let sheet = visit.ask(move |desk, now| desk.worksheet(id, now)).await?;
    let day = sheet.consult_on.map(|day| day.to_string()).unwrap_or_default();
    Ok(page(&visit, &card, &sheet, &day, &Errors::default()).into())
}

/// A draft that the script keeps by itself.
async fn draft(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    Ok(keep(&visit, &typed, &form).await?.map_or(Reply::Kept, Into::into))
}

async fn save(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    if let Some(page) = keep(&visit, &typed, &form).await? {
        return Ok(page.into());
    }
    let path = case::path_of(case::id_of(&typed)?);
    if form.raw("then") == "note" {
        return visit.go(format!("{path}/note"));
    }
    visit.go_and_say(path, "sheet-saved")
}

/// Keeps what was typed; what cannot be kept is shown again.
async fn keep(visit: &Visit, typed: &str, form: &Form) -> Result<Option<Page>, Problem> {
    let card = card(visit, typed).await?;
    let (id, day) = (card.case, form.text("consult_on"));
    let sheet = typed_sheet(form, &day);
    let mut errors = Errors::default();
    let fields: [(&'static str, &str); 5] = [
        ("said", &sheet.said),
        ("effect", &sheet.effect),
        ("mine", &sheet.mine),
        ("change", &sheet.change),
        ("consult", &sheet.consult),
    ];
    for (name, _) in fields.into_iter().filter(|(_, text)| text.len() > FIELD_LEN) {
        errors.add(name, say("write-long"));
    }
    if !day.is_empty() && sheet.consult_on.is_none() {
        errors.add("consult_on", say("work-day-needed"));
    }
    if !errors.is_empty() {
        return Ok(Some(page(visit, &card, &sheet, &day, &errors).unprocessed()));
    }
    visit.ask(move |desk, now| desk.set_worksheet(id, &sheet, now)).await?;
    Ok(None)
}

/// The card, if it is one that a worksheet belongs to: a therapist's, and opened.
async fn card(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    case::therapist_only(visit)?;
    Some(case::find_opened(visit, typed).await?)
        .filter(|card| case::allows_text(card.option))
        .ok_or(Problem::NotFound)
}

fn typed_sheet(form: &Form, day: &str) -> Worksheet {
    let field = |name: &str| Zeroizing::new(form.text(name));
    Worksheet {
        said: field("said"),
        effect: field("effect"),
        mine: field("mine"),
        change: field("change"),
        consult: field("consult"),
        consult_on: day.parse::<NaiveDate>().ok(),
    }
}

fn page(visit: &Visit, card: &Card, sheet: &Worksheet, day: &str, errors: &Errors) -> Page {
    let path = case::path_of(card.case);
    let area =
        |field: Field<'_>, text: &str| field.value(text).errors(errors).area(3, FIELD_LEN, None);
    let content = html! {
        p { (case::title(card.option)) }
        p { (case::from(card)) }
        p { (say("sheet-line")) }
        p { (say("sheet-free")) }
        (errors.summary())
        (form::post_saved(visit, &format!("{path}/worksheet"), &format!("{path}/worksheet/draft"), html! {
            (area(Field::new("said", say("sheet-said")), &sheet.said))
            (area(Field::new("effect", say("sheet-effect")), &sheet.effect))
            (area(Field::new("mine", say("sheet-mine")).hint(say("sheet-mine-hint")), &sheet.mine))
            (area(Field::new("change", say("sheet-change")), &sheet.change))
            (area(Field::new("consult", say("sheet-consult")), &sheet.consult))
            (Field::new("consult_on", say("sheet-consult-on")).value(day).errors(errors).date())
            div.buttons {
                button type="submit" name="then" value="note" { (say("sheet-go-on")) }
                button.quiet type="submit" name="then" value="card" { (say("sheet-keep")) }
            }
        }))
    };
    visit.page(say("sheet-title"), content).tab(Tab::Inbox).typed()
}
