//! The worksheet: what a therapist thinks through before a note. For this desk alone.

use attune_core::desk::{Card, FIELD_LEN, Worksheet};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::html;

use super::two_texts::{Part, TwoTexts};
use super::{case, gone};
use crate::page::base::Base;
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
    if let Some(form) = visit.typed() {
        let (day, base) = (form.text("consult_on"), Base::said(form));
        let sheet = typed_sheet(form, &day);
        return Ok(page(&visit, &card, &sheet, &day, &base, &Errors::default()).into());
    }
    let sheet = visit.ask(move |desk, now| desk.worksheet(id, now)).await?;
    let day = day_of(&sheet);
    Ok(page(&visit, &card, &sheet, &day, &base_of(&sheet), &Errors::default()).into())
}

/// A draft that the script keeps by itself.
async fn draft(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let drafted = match keep(&visit, &typed, &form).await {
        Ok(Ok(base)) => Ok(Reply::Kept(base)),
        Ok(Err(page)) => Ok((*page).into()),
        Err(problem) => Err(problem),
    };
    gone::or_typed(drafted, &visit, &typed, &form, &FIELDS).await
}

async fn save(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    match keep(&visit, &typed, &form).await {
        Ok(Ok(_)) => {}
        Ok(Err(page)) => return Ok((*page).into()),
        Err(problem) => {
            return gone::or_typed(Err(problem), &visit, &typed, &form, &FIELDS).await;
        }
    }
    let path = case::path_of(case::id_of(&typed)?);
    if form.raw("then") == "note" {
        return visit.go(format!("{path}/note"));
    }
    visit.go_and_say(path, "sheet-saved")
}

/// Keeps what was typed, and says what is kept now. What cannot be kept is shown again, and so are both
/// where the page was made from another text than is kept by now.
async fn keep(visit: &Visit, typed: &str, form: &Form) -> Result<Result<Base, Box<Page>>, Problem> {
    let card = card(visit, typed).await?;
    let (id, day) = (card.case, form.text("consult_on"));
    let (sheet, base) = (typed_sheet(form, &day), Base::said(form));
    let mut errors = Errors::default();
    for ((name, _), text) in FIELDS.into_iter().zip(texts(&sheet, "")) {
        if text.len() > FIELD_LEN {
            errors.add(name, say("write-long"));
        }
    }
    if !day.is_empty() && sheet.consult_on.is_none() {
        errors.add("consult_on", say("work-day-needed"));
    }
    if !errors.is_empty() {
        return Ok(Err(Box::new(page(visit, &card, &sheet, &day, &base, &errors).unprocessed())));
    }
    let written = visit.ask(move |desk, now| {
        let kept = desk.worksheet(id, now)?;
        if base_of(&kept) != base && kept != sheet {
            return Ok(Err(Box::new((kept, sheet))));
        }
        desk.set_worksheet(id, &sheet, now).map(|()| Ok(base_of(&sheet)))
    });
    Ok(written.await?.map_err(|both| Box::new(two(visit, &card, &both.0, &both.1))))
}

/// The fields of a worksheet, and what each is called.
const FIELDS: [(&str, &str); 6] = [
    ("said", "sheet-said"),
    ("effect", "sheet-effect"),
    ("mine", "sheet-mine"),
    ("change", "sheet-change"),
    ("consult", "sheet-consult"),
    ("consult_on", "sheet-consult-on"),
];

/// What stands in them.
fn texts<'a>(sheet: &'a Worksheet, day: &'a str) -> [&'a str; 6] {
    [&sheet.said, &sheet.effect, &sheet.mine, &sheet.change, &sheet.consult, day]
}

fn day_of(sheet: &Worksheet) -> String {
    sheet.consult_on.map(|day| day.to_string()).unwrap_or_default()
}

fn base_of(sheet: &Worksheet) -> Base {
    Base::of(&texts(sheet, &day_of(sheet)))
}

/// The page on which one of both is picked.
fn two(visit: &Visit, card: &Card, kept: &Worksheet, typed: &Worksheet) -> Page {
    let path = format!("{}/worksheet", case::path_of(card.case));
    let days = (day_of(kept), day_of(typed));
    let both = texts(kept, &days.0).into_iter().zip(texts(typed, &days.1));
    let parts = FIELDS.into_iter().zip(both).map(|((name, label), (kept, typed))| {
        let label = say(label);
        Part { name, label, kept, typed }
    });
    let parts = parts.collect();
    TwoTexts { page: &path, save: &path, base: base_of(kept), tab: Tab::Inbox, parts }.page(visit)
}

/// The card, if it is one that a worksheet belongs to: a therapist's, and opened.
async fn card(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    case::therapist_only(visit)?;
    Some(case::find_opened(visit, typed).await?)
        .filter(|card| case::allows_text(card.option))
        .ok_or(Problem::NotFound)
}

fn typed_sheet(form: &Form, day: &str) -> Worksheet {
    let field = |name: &str| form.text(name);
    Worksheet {
        said: field("said"),
        effect: field("effect"),
        mine: field("mine"),
        change: field("change"),
        consult: field("consult"),
        consult_on: day.parse::<NaiveDate>().ok(),
    }
}

fn page(
    visit: &Visit,
    card: &Card,
    sheet: &Worksheet,
    day: &str,
    base: &Base,
    errors: &Errors,
) -> Page {
    let path = case::path_of(card.case);
    let area =
        |field: Field<'_>, text: &str| field.value(text).errors(errors).area(3, FIELD_LEN, None);
    let content = html! {
        p { (case::title(card.option)) }
        p { (case::from(card)) }
        p { (say("sheet-line")) }
        p { (say("sheet-free")) }
        (errors.summary())
        (form::post_saved(visit, &format!("{path}/worksheet"), &format!("{path}/worksheet/draft"), base, html! {
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
    visit.page(say("sheet-title"), content).tab(Tab::Inbox).at(format!("{path}/worksheet")).typed()
}
