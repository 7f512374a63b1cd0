//! The editor: a note in four parts, or a front desk's message; the check, the preview, and sending.
//!
//! All of it is one form. So what was typed is kept whatever button is pressed, and what is sent is what
//! was read below: the button carries the digest of that text, and a text that has changed since is kept,
//! shown and not sent.

use attune_core::Error;
use attune_core::desk::{Card, FIELD_LEN};
use attune_core::followup::NoteParts;
use attune_core::followup::document::WORDS;
use attune_core::followup::reading_grade::word_count;
use attune_core::lane::ids::CaseId;
use attune_core::repair::RepairOption;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::checked::{self, Checked};
use super::two_texts::{Part, TwoTexts};
use super::{case, gone, templates};
use crate::page::base::Base;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Reply, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/card/{case}/note", get(show).post(save))
        .route("/card/{case}/note/draft", post(draft))
        .route("/card/{case}/note/template", post(fill))
        .route("/card/{case}/note/send", post(send))
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let card = card(&visit, &typed).await?;
    let id = card.case;
    let parts = visit.ask(move |desk, now| desk.note_parts(id, now)).await?;
    let (parts, base) = match visit.typed() {
        Some(form) => (typed_parts(&visit, form), Base::said(form)),
        None => {
            let base = Base::of(&parts.each());
            (parts, base)
        }
    };
    page(&visit, card, &parts, &base, &Errors::default()).await.map(Into::into)
}

/// Keeps what was typed; the page that follows shows what the check says of it.
async fn save(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let saved = save_open(&visit, &typed, &form).await;
    or_typed(saved, &visit, &typed, &form).await
}

/// The answer, or what was typed, if the card has left meanwhile.
async fn or_typed(answer: Answer, visit: &Visit, typed: &str, form: &Form) -> Answer {
    let fields: Vec<_> = slots(visit).iter().map(|slot| (slot.name, slot.label)).collect();
    gone::or_typed(answer, visit, typed, form, &fields).await
}

async fn save_open(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = card(visit, typed).await?;
    let path = note_path(&card);
    match keep(visit, card, typed_parts(visit, form), form).await? {
        Kept::Yes(_) => visit.go_and_say(path, "write-saved"),
        Kept::No(page) => Ok((*page).into()),
    }
}

/// What the script keeps by itself. The page then looks again at what the check says.
async fn draft(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let drafted = draft_open(&visit, &typed, &form).await;
    or_typed(drafted, &visit, &typed, &form).await
}

async fn draft_open(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = card(visit, typed).await?;
    match keep(visit, card, typed_parts(visit, form), form).await? {
        Kept::Yes(parts) => Ok(Reply::Kept(Base::of(&parts.each()))),
        Kept::No(page) => Ok((*page).into()),
    }
}

/// Keeps what was typed, and fills what is empty from the template that was picked.
async fn fill(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let filled = fill_open(&visit, &typed, &form).await;
    or_typed(filled, &visit, &typed, &form).await
}

async fn fill_open(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = card(visit, typed).await?;
    let (path, option) = (note_path(&card), card.option);
    let parts = typed_parts(visit, form);
    let Some(template) = templates::of(option).find(|one| one.name == form.raw("template")) else {
        return match keep(visit, card, parts, form).await? {
            Kept::Yes(_) => visit.go_and_say(path, "template-none-picked"),
            Kept::No(page) => Ok((*page).into()),
        };
    };
    match keep(visit, card, template.fill(&parts), form).await? {
        Kept::Yes(_) => visit.go_and_say(path, "template-filled"),
        Kept::No(page) => Ok((*page).into()),
    }
}

async fn send(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let sent = send_read(&visit, &typed, &form).await;
    if matches!(sent, Err(Problem::NotFound)) {
        // The card has left. With this very text, the button was pressed twice.
        let (id, text) = (case::id_of(&typed)?, whole(&visit, &typed_parts(&visit, &form)));
        if visit.ask(move |desk, _| desk.was_answered(id, &text)).await? {
            return visit.go_and_say("/", "reply-sent");
        }
    }
    or_typed(sent, &visit, &typed, &form).await
}

async fn send_read(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = card(visit, typed).await?;
    let (id, path) = (card.case, note_path(&card));
    let parts = match keep(visit, card, typed_parts(visit, form), form).await? {
        Kept::Yes(parts) => parts,
        Kept::No(page) => return Ok((*page).into()),
    };
    let text = whole(visit, &parts);
    if checked::digest(&text) != form.raw("read") {
        return visit.go_and_say(path, "write-changed");
    }
    let sent = visit.ask(move |desk, now| match desk.reply(id, &text, now) {
        Err(Error::NoteBlocked) => Ok(Some("write-not-sent")),
        Err(Error::NoteNotAllowed) => Ok(Some("reply-quiet")),
        Err(Error::TextEmpty) => Ok(Some("reply-empty")),
        Err(Error::TextTooLong) => Ok(Some("write-whole-long")),
        other => other.map(|_| None),
    });
    match sent.await? {
        None => visit.go_and_say("/", "reply-sent"),
        Some(why) => visit.go_and_say(path, why),
    }
}

/// What came of keeping a draft.
enum Kept {
    Yes(NoteParts),
    /// What was typed is on this page, and what is the matter with it.
    No(Box<Page>),
}

/// Keeps a draft, unless a part is too long, or the page was made from another text than is kept by now.
async fn keep(visit: &Visit, card: Card, parts: NoteParts, form: &Form) -> Result<Kept, Problem> {
    let base = Base::said(form);
    let mut errors = Errors::default();
    for (slot, text) in slots(visit).iter().zip(parts.each()) {
        if text.len() > FIELD_LEN {
            errors.add(slot.name, say("write-long"));
        }
    }
    if !errors.is_empty() {
        let page = page(visit, card, &parts, &base, &errors).await?;
        return Ok(Kept::No(Box::new(page.unprocessed())));
    }
    Ok(match write(visit, card.case, parts, base).await? {
        Ok(parts) => Kept::Yes(parts),
        Err(both) => Kept::No(Box::new(two(visit, &card, &both.0, &both.1))),
    })
}

/// Writes the parts, unless others are kept than those that `base` is of: those, and what was typed.
pub(super) async fn write(
    visit: &Visit,
    id: CaseId,
    parts: NoteParts,
    base: Base,
) -> Result<Result<NoteParts, Box<(NoteParts, NoteParts)>>, Problem> {
    let written = visit.ask(move |desk, now| {
        let kept = desk.note_parts(id, now)?;
        if Base::of(&kept.each()) != base && kept != parts {
            return Ok(Err(Box::new((kept, parts))));
        }
        desk.set_note_parts(id, &parts, now).map(|()| Ok(parts))
    });
    written.await
}

/// The page on which one of both is picked.
pub(super) fn two(visit: &Visit, card: &Card, kept: &NoteParts, typed: &NoteParts) -> Page {
    let note = note_path(card);
    let parts = slots(visit).iter().zip(kept.each().into_iter().zip(typed.each()));
    let parts = parts.map(|(slot, (kept, typed))| {
        let label = say(slot.label);
        Part { name: slot.name, label, kept, typed }
    });
    let (parts, base) = (parts.collect(), Base::of(&kept.each()));
    TwoTexts { page: &note, save: &note, base, tab: Tab::Inbox, parts }.page(visit)
}

/// The card, if it may be answered in writing and a person has opened it.
async fn card(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    let card = case::find_opened(visit, typed).await?;
    if case::allows_text(card.option) { Ok(card) } else { Err(Error::NoteNotAllowed.into()) }
}

fn note_path(card: &Card) -> String {
    format!("{}/note", case::path_of(card.case))
}

/// A part as the form asks for it.
struct Slot {
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    rows: u8,
}

/// The four parts of a note.
const NOTE: [Slot; 4] = [
    slot("impact", "write-impact", "write-impact-hint", 4),
    slot("apology", "write-apology", "write-apology-hint", 2),
    slot("correction", "write-correction", "write-correction-hint", 3),
    slot("step", "write-step", "write-step-hint", 3),
];

/// A front desk's message has one: it stands where a note's first part does.
const MESSAGE: [Slot; 1] = [Slot { name: "message", label: "write-message", hint: None, rows: 9 }];

const fn slot(name: &'static str, label: &'static str, hint: &'static str, rows: u8) -> Slot {
    Slot { name, label, hint: Some(hint), rows }
}

fn slots(visit: &Visit) -> &'static [Slot] {
    if case::is_front(visit) { &MESSAGE } else { &NOTE }
}

fn typed_parts(visit: &Visit, form: &Form) -> NoteParts {
    let field = |name: &str| form.text(name);
    if case::is_front(visit) {
        return NoteParts { impact: field("message"), ..NoteParts::default() };
    }
    NoteParts {
        impact: field("impact"),
        apology: field("apology"),
        correction: field("correction"),
        step: field("step"),
    }
}

/// The text as the client reads it. A front desk's message says in its own words that it may be left.
fn whole(visit: &Visit, parts: &NoteParts) -> Zeroizing<String> {
    if case::is_front(visit) { parts.text("") } else { parts.text(&say("write-leave")) }
}

async fn page(
    visit: &Visit,
    card: Card,
    parts: &NoteParts,
    base: &Base,
    errors: &Errors,
) -> Result<Page, Problem> {
    let text = whole(visit, parts);
    let send = format!("{}/send", note_path(&card));
    let client = card.client;
    let quiet = visit.ask(move |desk, _| desk.wants_no_contact(client)).await?;
    if text.is_empty() || !errors.is_empty() {
        let below = html! {
            @if quiet { p.alarm { (say("write-quiet")) } }
            (checked::empty())
        };
        return Ok(frame(visit, &card, parts, base, errors, &below));
    }
    let read = text.clone();
    let (card, check, waits) = visit
        .ask(move |desk, _| {
            let check = desk.check(&card, &read);
            let whose = desk.clients()?.into_iter().find(|client| client.id == card.client);
            Ok((card, check, whose.is_some_and(|client| !client.health.compared)))
        })
        .await?;
    let below =
        checked::section(&Checked { check: &check, text: &text, send: &send, waits, quiet });
    Ok(frame(visit, &card, parts, base, errors, &below))
}

fn frame(
    visit: &Visit,
    card: &Card,
    parts: &NoteParts,
    base: &Base,
    errors: &Errors,
    below: &Markup,
) -> Page {
    let front = case::is_front(visit);
    let (path, note) = (case::path_of(card.case), note_path(card));
    let content = html! {
        p { (case::named("write-to", card.client_name.as_deref(), "desk-no-name")) }
        p { (case::title(card.option)) " · " (case::due(card)) }
        p { (say(fit(card.option))) }
        ul.links {
            li { a href=(path) { (say("write-card")) } }
            @if front {
                li { a href={ (path) "/offer" } { (say("offer-anew")) } }
            } @else {
                li { a href={ (path) "/worksheet" } { (say("sheet-back")) } }
            }
        }
        (errors.summary())
        (form::post_saved(visit, &note, &format!("{note}/draft"), base, html! {
            @for (slot, text) in slots(visit).iter().zip(parts.each()) {
                (field(slot, card.option, text, errors))
            }
            @if !front {
                p { (say("write-leave-line")) " " q { (say("write-leave")) } }
                (templates::pick(card.option, parts, &format!("{note}/template")))
            }
            div.buttons { (form::submit(&say("write-check"))) }
            (below)
        }))
    };
    let title = say(if front { "write-message" } else { "write-title" });
    visit.page(title, content).tab(Tab::Inbox).at(note).typed()
}

/// What fits the choice, in one line.
fn fit(option: RepairOption) -> &'static str {
    match option {
        RepairOption::RepairQuietly => "write-fit-fix",
        RepairOption::Pause => "write-fit-pause",
        RepairOption::SwitchTopic => "write-fit-switch",
        RepairOption::BriefCheckIn => "write-fit-five",
        RepairOption::RequestProvider => "write-fit-other",
        RepairOption::Interpreter => "write-fit-language",
        RepairOption::WrittenFollowUp | RepairOption::NoContact | RepairOption::Keep => {
            "write-fit-note"
        }
    }
}

fn field(slot: &Slot, option: RepairOption, text: &str, errors: &Errors) -> Markup {
    let field = Field::new(slot.name, say(slot.label)).value(text).errors(errors);
    let Some(hint) = slot.hint.map(say) else {
        return field.area(slot.rows, FIELD_LEN, None);
    };
    let field = if templates::is_untouched(option, text) {
        field.hint(format!("{hint} {}", say("template-untouched")))
    } else {
        field.hint(hint)
    };
    // The line that ends every note has words, too.
    let most = WORDS.saturating_sub(word_count(&say("write-leave")));
    field.counted_with("note").area(slot.rows, FIELD_LEN, Some(most))
}
