//! What a therapist carries on afterwards: items to consult on and to learn, and the corrections. It names
//! no client and leaves this desk never.

use attune_core::Error;
use attune_core::desk::{Correction, CorrectionId, FIELD_LEN, WorkItem, WorkItemId, WorkItemKind};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::two_texts::{Part, TwoTexts};
use super::{case, gone};
use crate::page::base::Base;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::{say, say_day, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/work", get(show))
        .route("/work-items", post(add))
        .route("/work-items/{item}", get(edit).post(save))
        .route("/work-items/{item}/done", post(mark))
        .route("/work-items/{item}/remove", post(remove))
        .route("/corrections", post(add_correction))
        .route("/corrections/{correction}/remove", post(remove_correction))
}

async fn show(visit: Visit) -> Answer {
    let typed = visit.typed().cloned().unwrap_or_default();
    Ok(page(&visit, &typed, &Errors::default()).await?.into())
}

async fn page(visit: &Visit, typed: &Form, errors: &Errors) -> Result<Page, Problem> {
    case::therapist_only(visit)?;
    let (items, corrections) =
        visit.ask(|desk, now| Ok((desk.work_items(now)?, desk.corrections()?))).await?;
    let content = html! {
        p { (say("work-line")) }
        (errors.summary())
        h2 { (say("work-items-title")) }
        @if items.is_empty() { p { (say("work-items-empty")) } }
        ul.cards { @for item in &items { li { (row(visit, item)) } } }
        h3 { (say("work-item-add-title")) }
        (form::typed(visit, "/work-items", html! {
            (item_fields(typed, errors, true))
            (form::submit(&say("work-item-add")))
        }))
        h2 { (say("work-corrections-title")) }
        @if corrections.is_empty() { p { (say("work-corrections-empty")) } }
        ul.cards { @for correction in &corrections { li { (log(visit, correction)) } } }
        h3 { (say("work-correction-add-title")) }
        // A part of the same form: *Lock now* takes along what is typed in either.
        (Field::new("change", say("work-correction-what")).value(typed.raw("change"))
            .errors(errors).elsewhere().area(3, FIELD_LEN, None))
        (Field::new("from", say("work-correction-from-label")).value(typed.raw("from"))
            .errors(errors).elsewhere().date())
        button type="submit" form=(form::TYPED) formaction="/corrections" {
            (say("work-correction-add"))
        }
    };
    Ok(visit.page(say("work-title"), content).tab(Tab::Work).at("/work").typed())
}

fn row(visit: &Visit, item: &WorkItem) -> Markup {
    let path = format!("/work-items/{}", item.id.0);
    let (done, title) = (item.done.is_some(), title(item));
    html! {
        p.kind { (say(kind_id(item.kind))) }
        p.what dir="auto" { (title) }
        @match (item.done, item.due) {
            (Some(day), _) => p { (say_day("work-item-done", day)) },
            (None, Some(day)) => p { (say_day("work-item-due", day)) },
            (None, None) if item.option.is_some() => p { (say("work-item-session")) },
            (None, None) => {},
        }
        div.buttons {
            (form::post(visit, &format!("{path}/done"), html! {
                button.quiet type="submit" name="done" value=(if done { "no" } else { "yes" })
                    aria-label={ (say(mark_id(done))) ": " (title) } { (say(mark_id(done))) }
            }))
            a href=(path) aria-label={ (say("work-item-edit")) ": " (title) } {
                (say("work-item-edit"))
            }
        }
    }
}

fn mark_id(done: bool) -> &'static str {
    if done { "work-item-unmark" } else { "work-item-mark" }
}

fn kind_id(kind: WorkItemKind) -> &'static str {
    match kind {
        WorkItemKind::Consultation => "work-consultation",
        WorkItemKind::Learning => "work-learning",
    }
}

/// What it is: in the therapist's words, or by the option that brought it.
fn title(item: &WorkItem) -> String {
    match item.option {
        Some(option) if item.what.is_empty() => {
            say_with("work-item-of", &[("option", case::title(option).into())])
        }
        _ => item.what.to_string(),
    }
}

fn item_fields(typed: &Form, errors: &Errors, with_kind: bool) -> Markup {
    let learns = typed.raw("kind") == WorkItemKind::Learning.name();
    html! {
        @if with_kind {
            (form::group(&say("work-item-kind"), None, None, html! {
                @for kind in WorkItemKind::ALL {
                    (form::radio("kind", kind.name(), &say(kind_id(kind)),
                        (kind == WorkItemKind::Learning) == learns))
                }
            }))
        }
        (Field::new("what", say("work-item-what")).value(typed.raw("what")).errors(errors)
            .area(3, FIELD_LEN, None))
        (Field::new("due", say("work-item-by")).value(typed.raw("due")).errors(errors).optional().date())
    }
}

/// What was typed of an item, if it can be kept.
fn typed_item(form: &Form, errors: &mut Errors) -> (Zeroizing<String>, Option<NaiveDate>) {
    let (what, due) = (form.text("what"), form.text("due"));
    text_fits("what", &what, errors);
    let day = due.parse().ok();
    if !due.is_empty() && day.is_none() {
        errors.add("due", say("work-day-needed"));
    }
    (what, day)
}

fn text_fits(field: &'static str, text: &str, errors: &mut Errors) {
    if text.is_empty() {
        errors.add(field, say("work-what-needed"));
    } else if text.len() > FIELD_LEN {
        errors.add(field, say("write-long"));
    }
}

async fn add(visit: Visit, form: Form) -> Answer {
    case::therapist_only(&visit)?;
    // *Enter* in a field of a correction presses the first button of the form, which is the item's.
    if form.text("what").is_empty() && !form.text("change").is_empty() {
        return add_correction(visit, form).await;
    }
    let mut errors = Errors::default();
    let (what, due) = typed_item(&form, &mut errors);
    if !errors.is_empty() {
        return Ok(page(&visit, &form, &errors).await?.unprocessed().into());
    }
    let kind = WorkItemKind::from_name(form.raw("kind")).unwrap_or(WorkItemKind::Consultation);
    visit.ask(move |desk, _| desk.add_work_item(kind, &what, due)).await?;
    visit.go_and_say("/work", "work-item-added")
}

async fn edit(visit: Visit, Path(typed): Path<String>) -> Answer {
    let item = find(&visit, &typed).await?;
    let none = Errors::default();
    if let Some(form) = visit.typed() {
        let (what, base) = (form.text("what"), Base::said(form));
        return Ok(edit_page(&visit, &item, &what, form.raw("due"), &base, &none).into());
    }
    let due = day_of(item.due);
    Ok(edit_page(&visit, &item, &item.what, &due, &base_of(&item), &none).into())
}

/// The day as a form has it.
fn day_of(due: Option<NaiveDate>) -> String {
    due.map(|day| day.to_string()).unwrap_or_default()
}

/// By when it is comes from the client's next session, too, while nobody has written on it.
fn base_of(item: &WorkItem) -> Base {
    let due = if item.option.is_some() { String::new() } else { day_of(item.due) };
    Base::of(&[&item.what, &due])
}

fn edit_page(
    visit: &Visit,
    item: &WorkItem,
    what: &str,
    due: &str,
    base: &Base,
    errors: &Errors,
) -> Page {
    let path = format!("/work-items/{}", item.id.0);
    let content = html! {
        p { (title(item)) }
        (errors.summary())
        (form::typed(visit, &path, html! {
            (base.field())
            (Field::new("what", say("work-item-what")).value(what).errors(errors)
                .area(3, FIELD_LEN, None))
            (Field::new("due", say("work-item-by")).value(due).errors(errors).optional().date())
            div.buttons {
                (form::submit(&say("form-save")))
                a.button.quiet href="/work" { (say("form-back")) }
            }
        }))
        @if item.option.is_none() {
            (form::post(visit, &format!("{path}/remove"), html! {
                button.quiet type="submit" { (say("work-item-remove")) }
            }))
        } @else {
            p.hint { (say("work-item-kept")) }
        }
    };
    visit.page(say("work-item-edit-title"), content).tab(Tab::Work).at(path).typed()
}

async fn save(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    case::therapist_only(&visit)?;
    match save_item(&visit, &typed, &form).await {
        // One that a card brought has left with it.
        Err(Problem::NotFound) => {
            let fields = [("what", "work-item-what"), ("due", "work-item-by")];
            Ok(gone::page(&visit, Tab::Work, "gone-item", &form, &fields).into())
        }
        other => other,
    }
}

async fn save_item(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let item = find(visit, typed).await?;
    let mut errors = Errors::default();
    let (what, due) = typed_item(form, &mut errors);
    let base = Base::said(form);
    if !errors.is_empty() {
        let page = edit_page(visit, &item, &what, form.raw("due"), &base, &errors);
        return Ok(page.unprocessed().into());
    }
    let written = visit.ask(move |desk, now| {
        let kept = desk.work_items(now)?.into_iter().find(|kept| kept.id == item.id);
        let kept = kept.ok_or(Error::NotFound)?;
        if base_of(&kept) != base && (kept.what.as_str(), kept.due) != (what.as_str(), due) {
            return Ok(Err((kept, what)));
        }
        desk.set_work_item(item.id, &what, due).map(Ok)
    });
    match written.await? {
        Ok(()) => visit.go_and_say("/work", "work-item-saved"),
        Err((kept, what)) => Ok(two(visit, &kept, &what, &day_of(due)).into()),
    }
}

/// The page on which one of both is picked.
fn two(visit: &Visit, kept: &WorkItem, what: &str, due: &str) -> Page {
    let (page, was_due) = (format!("/work-items/{}", kept.id.0), day_of(kept.due));
    let parts = vec![
        Part { name: "what", label: say("work-item-what"), kept: &kept.what, typed: what },
        Part { name: "due", label: say("work-item-by"), kept: &was_due, typed: due },
    ];
    TwoTexts { page: &page, save: &page, base: base_of(kept), tab: Tab::Work, parts }.page(visit)
}

async fn mark(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let (id, done) = (find(&visit, &typed).await?.id, form.raw("done") != "no");
    visit.ask(move |desk, now| desk.set_work_item_done(id, done, now)).await?;
    visit.go("/work")
}

async fn remove(visit: Visit, Path(typed): Path<String>) -> Answer {
    let id = find(&visit, &typed).await?.id;
    let removed = visit.ask(move |desk, _| match desk.remove_work_item(id) {
        Err(Error::TooLate) => Ok(false),
        other => other.map(|()| true),
    });
    let said = if removed.await? { "work-item-removed" } else { "work-item-kept" };
    visit.go_and_say("/work", said)
}

/// The item that a path names.
async fn find(visit: &Visit, typed: &str) -> Result<WorkItem, Problem> {
    case::therapist_only(visit)?;
    let id: WorkItemId = typed.parse().map(WorkItemId).map_err(|_| Problem::NotFound)?;
    let items = visit.ask(|desk, now| desk.work_items(now)).await?;
    items.into_iter().find(|item| item.id == id).ok_or(Problem::NotFound)
}

fn log(visit: &Visit, correction: &Correction) -> Markup {
    let path = format!("/corrections/{}/remove", correction.id.0);
    html! {
        p.what dir="auto" { (correction.what.as_str()) }
        p { (say_day("work-correction-from", correction.from)) }
        (form::post(visit, &path, html! {
            button.quiet type="submit"
                aria-label={ (say("work-correction-remove")) ": " (correction.what.as_str()) } {
                (say("work-correction-remove"))
            }
        }))
    }
}

async fn add_correction(visit: Visit, form: Form) -> Answer {
    case::therapist_only(&visit)?;
    let mut errors = Errors::default();
    let what = form.text("change");
    text_fits("change", &what, &mut errors);
    let from = form.text("from").parse::<NaiveDate>();
    if from.is_err() {
        errors.add("from", say("work-day-needed"));
    }
    let (Ok(from), true) = (from, errors.is_empty()) else {
        return Ok(page(&visit, &form, &errors).await?.unprocessed().into());
    };
    visit.ask(move |desk, _| desk.add_correction(&what, from)).await?;
    visit.go_and_say("/work", "work-correction-added")
}

async fn remove_correction(visit: Visit, Path(typed): Path<String>) -> Answer {
    case::therapist_only(&visit)?;
    let id = typed.parse().map(CorrectionId).map_err(|_| Problem::NotFound)?;
    visit.ask(move |desk, _| desk.remove_correction(id)).await?;
    visit.go_and_say("/work", "work-correction-removed")
}
