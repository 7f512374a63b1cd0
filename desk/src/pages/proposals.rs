//! A plan draft or a line for the file, put to a client: written, read once more, sent; and what the client
//! says to it. Silence is neither yes nor no, and the page says just that.

use attune_core::desk::{Client, ClientId, Proposal, ProposalStage};
use attune_core::lane::document::TEXT_LEN;
use attune_core::lane::ids::TextId;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::{Error, PairingStage};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::{case, clients, gone};
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/proposals", get(list))
        .route("/proposals/{proposal}/close", post(close))
        .route("/proposals/{proposal}/remove", post(remove))
        .route("/clients/{client}/proposals", get(write).post(read))
        .route("/clients/{client}/proposals/send", post(send))
}

async fn list(visit: Visit) -> Answer {
    case::therapist_only(&visit)?;
    let (proposals, clients) =
        visit.ask(|desk, _| Ok((desk.proposals()?, desk.clients()?))).await?;
    let open_to: Vec<_> =
        clients.iter().filter(|client| client.stage == PairingStage::Active).collect();
    let content = html! {
        p { (say("proposals-line")) }
        @if proposals.is_empty() { p { (say("proposals-empty")) } }
        ul.cards { @for proposal in &proposals { li { (row(&visit, proposal)) } } }
        h2 { (say("proposals-new-title")) }
        @if open_to.is_empty() { p { (say("proposals-no-client")) } }
        ul.ways {
            @for client in open_to {
                li { a href=(path_for(client.id)) { (whose(client.name.as_deref())) } }
            }
        }
    };
    Ok(visit.page(say("proposals-title"), content).tab(Tab::Proposals).into())
}

/// Where something is written for a client.
pub(super) fn path_for(client: ClientId) -> String {
    format!("{}/proposals", clients::path_of(client))
}

fn whose(name: Option<&str>) -> String {
    case::named("proposals-for", name, "proposals-for-nameless")
}

fn kind_id(kind: ProposalKind) -> &'static str {
    match kind {
        ProposalKind::PlanDraft => "proposal-plan",
        ProposalKind::FileLine => "proposal-file",
    }
}

fn row(visit: &Visit, proposal: &Proposal) -> Markup {
    let id = case::hex(proposal.id.as_bytes());
    let (path, heading) = (format!("/proposals/{id}"), format!("p-{id}"));
    let closed = proposal.stage == ProposalStage::Closed;
    let anew = format!("{}?replaces={id}", path_for(proposal.client));
    html! {
        h2 id=(heading) { (say(kind_id(proposal.kind))) }
        p { (whose(proposal.client_name.as_deref())) }
        blockquote.exact dir="auto" { (proposal.text.as_str()) }
        p { (say(stage_id(proposal.stage))) }
        (answer(proposal))
        div.buttons {
            @if closed {
                (form::post(visit, &format!("{path}/remove"), html! {
                    button.quiet type="submit" aria-describedby=(heading) { (say("proposal-remove")) }
                }))
            } @else {
                a.button href=(anew) aria-describedby=(heading) { (say("proposal-anew")) }
                (form::post(visit, &format!("{path}/close"), html! {
                    button.quiet type="submit" aria-describedby=(heading) { (say("proposal-close")) }
                }))
            }
        }
    }
}

fn stage_id(stage: ProposalStage) -> &'static str {
    match stage {
        ProposalStage::OnItsWay => "proposal-on-its-way",
        ProposalStage::WaitsForWords => "proposal-waits-words",
        ProposalStage::WaitsForContact => "proposal-waits-contact",
        ProposalStage::WaitsForApp => "proposal-waits-app",
        ProposalStage::Arrived => "proposal-arrived",
        ProposalStage::Closed => "proposal-closed",
    }
}

fn answer(proposal: &Proposal) -> Markup {
    let id = match (proposal.answer, &proposal.words) {
        (None, _) => "proposal-silence",
        (Some(ProposalAnswer::LooksRight), _) => "proposal-right",
        (Some(ProposalAnswer::LeaveIt), _) => "proposal-left",
        (Some(ProposalAnswer::ChangeIt), None) => "proposal-asked",
        (Some(ProposalAnswer::ChangeIt), Some(_)) => "proposal-asked-how",
    };
    html! {
        p.answer { (say(id)) }
        @if let Some(words) = &proposal.words {
            blockquote.own dir="auto" { (words.as_str()) }
        }
    }
}

/// What is being written to a client.
struct Draft {
    kind: Option<ProposalKind>,
    text: Zeroizing<String>,
    replaces: Option<TextId>,
}

impl Draft {
    fn typed(form: &Form) -> Self {
        Self {
            kind: ProposalKind::from_name(form.raw("kind")),
            text: form.text("text"),
            replaces: case::from_hex(form.raw("replaces")).map(TextId::from_bytes),
        }
    }

    fn check(&self, errors: &mut Errors) {
        if self.kind.is_none() {
            errors.add("kind", say("proposal-kind-needed"));
        }
        if self.text.is_empty() {
            errors.add("text", say("proposal-needed"));
        } else if self.text.len() > TEXT_LEN {
            errors.add("text", say("write-long"));
        }
    }

    /// What is carried along unseen.
    fn replaced(&self) -> Markup {
        html! {
            @if let Some(id) = &self.replaces {
                input type="hidden" name="replaces" value=(case::hex(id.as_bytes()));
            }
        }
    }
}

async fn write(visit: Visit, Path(typed): Path<String>) -> Answer {
    let client = client(&visit, &typed).await?;
    let id = client.id;
    if let Some(form) = visit.typed() {
        let quiet = quiet(&visit, id).await?;
        let draft = Draft::typed(form);
        return Ok(page(&visit, &client, &draft, quiet, &Errors::default()).into());
    }
    let mut draft = Draft::typed(&visit.query);
    if let Some(replaces) = draft.replaces {
        let proposals = visit.ask(|desk, _| desk.proposals()).await?;
        let old = proposals
            .into_iter()
            .find(|old| {
                old.id == replaces && old.client == id && old.stage != ProposalStage::Closed
            })
            .ok_or(Problem::NotFound)?;
        draft.kind = Some(old.kind);
        draft.text = old.text;
    }
    Ok(page(&visit, &client, &draft, quiet(&visit, id).await?, &Errors::default()).into())
}

/// Shows the text as the client will read it. Nothing is kept or sent by that.
async fn read(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let client = match client(&visit, &typed).await {
        Ok(client) => client,
        Err(problem) => return or_typed(problem, &visit, &form),
    };
    let draft = Draft::typed(&form);
    let mut errors = Errors::default();
    if !form.has("change") {
        draft.check(&mut errors);
    }
    if !errors.is_empty() {
        let quiet = quiet(&visit, client.id).await?;
        return Ok(page(&visit, &client, &draft, quiet, &errors).unprocessed().into());
    }
    match draft.kind {
        Some(kind) if !form.has("change") => {
            let held = quiet(&visit, client.id).await?.then_some("proposal-quiet");
            Ok(preview(&visit, &client, kind, &draft, held).into())
        }
        _ => {
            let quiet = quiet(&visit, client.id).await?;
            Ok(page(&visit, &client, &draft, quiet, &errors).into())
        }
    }
}

/// What is the matter; with a client who has left, what was typed for them is given back.
fn or_typed(problem: Problem, visit: &Visit, form: &Form) -> Answer {
    case::therapist_only(visit)?;
    if !matches!(problem, Problem::NotFound | Problem::Rule("problem-not-ready")) {
        return Err(problem);
    }
    let fields = [("text", "proposal-text")];
    Ok(gone::page(visit, Tab::Proposals, "gone-client", form, &fields).into())
}

async fn send(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let client = match client(&visit, &typed).await {
        Ok(client) => client,
        Err(problem) => return or_typed(problem, &visit, &form),
    };
    let id = client.id;
    let mut draft = Draft::typed(&form);
    let mut errors = Errors::default();
    draft.check(&mut errors);
    let (Some(kind), true) = (draft.kind, errors.is_empty()) else {
        let quiet = quiet(&visit, client.id).await?;
        return Ok(page(&visit, &client, &draft, quiet, &errors).unprocessed().into());
    };
    let (draft, held) = visit
        .ask(move |desk, now| match desk.propose(id, kind, &draft.text, draft.replaces, now) {
            Err(Error::NotFound) if draft.replaces.take().is_some() => {
                Ok((draft, Some("proposal-old-closed")))
            }
            Err(Error::TooManyOpen) => Ok((draft, Some("proposal-many"))),
            Err(Error::NoteNotAllowed) => Ok((draft, Some("reply-quiet"))),
            other => other.map(|_| (draft, None)),
        })
        .await?;
    if held.is_some() {
        return Ok(preview(&visit, &client, kind, &draft, held).unprocessed().into());
    }
    visit.go_and_say("/proposals", "proposal-sent")
}

/// Whether the client wants no contact: then nothing can be put to them.
async fn quiet(visit: &Visit, client: ClientId) -> Result<bool, Problem> {
    visit.ask(move |desk, _| desk.wants_no_contact(client)).await
}

fn page(visit: &Visit, client: &Client, draft: &Draft, quiet: bool, errors: &Errors) -> Page {
    let content = html! {
        p { (whose(client.name.as_deref())) }
        @if quiet { p.alarm { (say("proposal-quiet")) } }
        @if draft.replaces.is_some() { p { (say("proposal-replaces")) } }
        (errors.summary())
        (form::typed(visit, &path_for(client.id), html! {
            (draft.replaced())
            (form::group(
                &say("proposal-kind"),
                None,
                errors.of("kind").map(|error| ("kind", error)),
                html! {
                    @for kind in ProposalKind::ALL {
                        (form::radio("kind", kind.name(), &say(kind_id(kind)), draft.kind == Some(kind)))
                    }
                },
            ))
            (Field::new("text", say("proposal-text")).hint(say("proposal-text-hint"))
                .value(&draft.text).errors(errors).area(8, TEXT_LEN, None))
            div.buttons {
                (form::submit(&say("proposal-preview")))
                a.button.quiet href="/proposals" { (say("form-back")) }
            }
        }))
    };
    visit.page(say("proposal-title"), content).tab(Tab::Proposals).at(path_for(client.id)).typed()
}

/// The text travels from here as it is shown: it is part of the form, and not asked for anew.
fn preview(
    visit: &Visit,
    client: &Client,
    kind: ProposalKind,
    draft: &Draft,
    wrong: Option<&'static str>,
) -> Page {
    let path = path_for(client.id);
    let carried = html! {
        (draft.replaced())
        input type="hidden" name="kind" value=(kind.name());
        input type="hidden" name="text" value=(draft.text.as_str());
    };
    let change = html! {
        (carried)
        button.quiet type="submit" name="change" value="yes" { (say("proposal-change")) }
    };
    let content = html! {
        p { (whose(client.name.as_deref())) }
        @if let Some(id) = wrong { p.alarm role="alert" { (say(id)) } }
        h2 { (say("proposal-preview-title")) }
        p { (say(kind_id(kind))) }
        blockquote.exact dir="auto" { (draft.text.as_str()) }
        p { (say("proposal-preview-line")) }
        @if !client.health.compared { p { (say("proposal-waits-words")) } }
        @if draft.replaces.is_some() { p { (say("proposal-replaces")) } }
        div.buttons {
            @if wrong == Some("proposal-quiet") {
                (form::typed(visit, &path, change))
            } @else {
                (form::typed(visit, &format!("{path}/send"), html! {
                    (carried)
                    (form::submit(&say("proposal-send")))
                }))
                (form::post(visit, &path, change))
            }
        }
    };
    visit.page(say("proposal-title"), content).tab(Tab::Proposals).at(path_for(client.id)).typed()
}

/// The client that a path names, of a therapist who is linked with them.
async fn client(visit: &Visit, typed: &str) -> Result<Client, Problem> {
    case::therapist_only(visit)?;
    let client = clients::find(visit, clients::id_of(typed)?).await?;
    if client.stage == PairingStage::Active { Ok(client) } else { Err(Error::NotReady.into()) }
}

async fn close(visit: Visit, Path(typed): Path<String>) -> Answer {
    let id = id_of(&visit, &typed)?;
    visit.ask(move |desk, now| desk.close_proposal(id, now)).await?;
    visit.go_and_say("/proposals", "proposal-close-said")
}

async fn remove(visit: Visit, Path(typed): Path<String>) -> Answer {
    let id = id_of(&visit, &typed)?;
    visit.ask(move |desk, _| desk.remove_proposal(id)).await?;
    visit.go_and_say("/proposals", "proposal-removed")
}

fn id_of(visit: &Visit, typed: &str) -> Result<TextId, Problem> {
    case::therapist_only(visit)?;
    Ok(TextId::from_bytes(case::from_hex(typed).ok_or(Problem::NotFound)?))
}
