//! One card: what the client chose, what to do and what not, and what comes next. Opening it is an act.

use attune_core::Error;
use attune_core::desk::{Card, CardEnd, Desk, FIELD_LEN};
use attune_core::followup::NoteParts;
use attune_core::lane::ids::CaseId;
use attune_core::repair::RepairOption;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::{case, clients, gone, inbox};
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::{say, say_day};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/card/{case}", get(show))
        .route("/card/{case}/open", post(open))
        .route("/card/{case}/done", get(confirm_done).post(done))
}

async fn open(visit: Visit, Path(typed): Path<String>) -> Answer {
    let id = case::id_of(&typed)?;
    visit.ask(move |desk, now| desk.open_card(id, now)).await?;
    visit.go_and_say(case::path_of(id), "opened-told")
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let card = case::find(&visit, &typed).await?;
    let id = card.case;
    let front = case::is_front(&visit);
    let (backup, begun, quiet) = visit
        .ask(move |desk, now| {
            let quiet = desk.wants_no_contact(card.client)?;
            Ok((desk.card()?.backup, begun(desk, id, front, now)?, quiet))
        })
        .await?;
    // Its own card says so in its own words.
    let quiet = quiet && case::allows_text(card.option);
    let content = html! {
        p.from { (case::from(&card)) }
        p.due { (case::due(&card)) }
        @if let Some(late) = case::late(&card, &backup) { p.late { (late) } }
        @if card.opened {
            @if quiet { p.alarm { (say("write-quiet")) } }
            (body(&visit, &card, begun))
        } @else {
            p { (say("card-closed-line")) " " (say("inbox-telling")) }
            (inbox::open_button(&visit, &card, None))
        }
    };
    Ok(visit.page(case::title(card.option), content).tab(Tab::Inbox).into())
}

/// Whether something was written for the card: then the way leads on from there.
fn begun(desk: &Desk, id: CaseId, front: bool, now: DateTime<FixedOffset>) -> Result<bool, Error> {
    let parts: NoteParts = desk.note_parts(id, now)?;
    Ok(!parts.is_empty() || (!front && !desk.worksheet(id, now)?.is_empty()))
}

fn body(visit: &Visit, card: &Card, begun: bool) -> Markup {
    let front = case::is_front(visit);
    html! {
        @if let Some(day) = card.until { p { (say_day("card-until", day)) } }
        p {
            @match card.next_session {
                Some(day) => (say_day("card-next-session", day)),
                None => {
                    (say("next-session-unknown")) " "
                    a href=(clients::path_of(card.client)) { (say("card-set-session")) }
                },
            }
        }
        @if let Some(pointer) = card.pointer { p.pointer { (case::pointer(pointer)) } }
        @if let Some(words) = &card.words {
            h2 { (say("card-words-title")) }
            blockquote.own dir="auto" { (words.as_str()) }
        }
        div.lists {
            section {
                h2 { (say("card-do-title")) }
                ul.do { @for line in case::to_do(card.option) { li { (line) } } }
            }
            section {
                h2 { (say("card-do-not-title")) }
                ul.do-not { @for line in case::not_to_do(card.option) { li { (line) } } }
            }
        }
        section.next {
            h2 { (say("card-next-title")) }
            (next(card, front, begun))
        }
        @if !front { p { (say("card-consult")) } }
        p { (say("card-file")) }
    }
}

/// What a person does about it next. The first way is the one that the client asked for.
fn next(card: &Card, front: bool, begun: bool) -> Markup {
    let path = case::path_of(card.case);
    let write = |class: &'static str| {
        let (to, id) = match (front, begun, card.option) {
            (true, true, _) => ("note", "card-to-message"),
            (true, false, RepairOption::Interpreter) => ("offer", "card-book"),
            (true, false, _) => ("offer", "card-offer"),
            (false, true, _) => ("note", "card-to-note"),
            (false, false, _) => ("worksheet", "card-to-sheet"),
        };
        html! { a class=(class) href={ (path) "/" (to) } { (say(id)) } }
    };
    let done = |class: &'static str| {
        html! { a class=(class) href={ (path) "/done" } { (say("card-mark-done")) } }
    };
    html! {
        @match card.option {
            RepairOption::NoContact => {
                p { (say("card-quiet-next")) }
                p { (done("button")) }
            }
            _ if front || card.option == RepairOption::WrittenFollowUp => {
                p { (write("button")) }
                p { (done("quiet")) }
            }
            _ => {
                p { (done("button")) }
                p { (say("card-note-too")) " " (write("quiet")) }
            }
        }
    }
}

/// What may be noted beside "done".
struct Change {
    what: Zeroizing<String>,
    from: Zeroizing<String>,
}

async fn confirm_done(visit: Visit, Path(typed): Path<String>) -> Answer {
    let card = case::find_opened(&visit, &typed).await?;
    let change = match visit.typed() {
        Some(form) => Change { what: form.text("change"), from: form.text("from") },
        None => Change { what: Zeroizing::default(), from: visit.today().to_string().into() },
    };
    Ok(done_page(&visit, &card, &change, &Errors::default()).into())
}

/// What may be typed beside it.
const TYPED: gone::Fields<'_> = &[("change", "card-done-change")];

async fn done(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let answer = done_open(&visit, &typed, &form).await;
    if matches!(answer, Err(Problem::NotFound)) && form.text("change").is_empty() {
        // Pressed twice, perhaps in two tabs: there is nothing more to do, and nothing to lose.
        let id = case::id_of(&typed)?;
        let end = visit.ask(move |desk, now| desk.card_end(id, now)).await?;
        if end == Some(CardEnd::Answered) {
            return visit.go_and_say("/", "done-told");
        }
    }
    gone::or_typed(answer, &visit, &typed, &form, TYPED).await
}

async fn done_open(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = case::find_opened(visit, typed).await?;
    let id = card.case;
    let change = Change { what: form.text("change"), from: form.text("from") };
    let logs = logs_change(card.option) && !change.what.is_empty();
    let day = change.from.parse::<NaiveDate>();
    let mut errors = Errors::default();
    if logs && change.what.len() > FIELD_LEN {
        errors.add("change", say("write-long"));
    }
    if logs && day.is_err() {
        errors.add("from", say("work-day-needed"));
    }
    if !errors.is_empty() {
        return Ok(done_page(visit, &card, &change, &errors).unprocessed().into());
    }
    visit
        .ask(move |desk, now| match day {
            Ok(day) if logs => desk.done_with(id, &change.what, day, now),
            _ => desk.done(id, now),
        })
        .await?;
    visit.go_and_say("/", "done-told")
}

/// A quiet repair is the one that is to be written down.
fn logs_change(option: RepairOption) -> bool {
    option == RepairOption::RepairQuietly
}

fn done_page(visit: &Visit, card: &Card, change: &Change, errors: &Errors) -> Page {
    let path = case::path_of(card.case);
    let content = html! {
        p { (case::title(card.option)) }
        p { (case::from(card)) }
        p { (say("card-done-line")) }
        (errors.summary())
        (form::typed(visit, &format!("{path}/done"), html! {
            @if logs_change(card.option) {
                (Field::new("change", say("card-done-change")).hint(say("card-done-change-line"))
                    .value(&change.what).errors(errors).optional().area(4, FIELD_LEN, None))
                (Field::new("from", say("card-done-from")).value(&change.from).errors(errors).date())
            }
            div.buttons {
                (form::submit(&say("card-mark-done")))
                a.button.quiet href=(path) { (say("card-done-keep")) }
            }
        }))
    };
    visit.page(say("card-done-title"), content).tab(Tab::Inbox).at(format!("{path}/done")).typed()
}
