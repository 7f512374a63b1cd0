//! Drafts that practices put to the client, and the client's word on them. Nothing has to be said.

use std::path::Path;

use attune_core::Error;
use attune_core::companion::{Companion, Proposal};
use attune_core::lane::document::WORDS_LEN;
use attune_core::lane::ids::TextId;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::show;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::Home;
use crate::output::{Answer, from_hex, hex, timestamp};
use crate::say::{say, say_name, say_with};

/// Shows what was put to the client, newest first.
pub(super) fn list(phone: &mut Companion, home: &Home) -> Result<Answer, Fault> {
    let proposals = phone.proposals()?;
    let mut lines: Vec<_> = proposals.iter().flat_map(lines_of).collect();
    lines.push(if proposals.is_empty() { say("note-empty") } else { say("note-skip-sub") });
    if proposals.iter().any(|proposal| proposal.open) {
        lines.push(say("next-answer"));
    }
    let documents: Vec<_> = proposals.iter().map(|proposal| document(proposal, home.now)).collect();
    Ok(Answer::new(json!({ "proposals": documents }), lines))
}

/// Says something to one, or takes back what was said.
pub(super) fn answer(
    phone: &mut Companion,
    home: &Home,
    typed: &str,
    said: &str,
    file: Option<&Path>,
) -> Result<Answer, Fault> {
    let id = id_of(typed)?;
    find(phone, id, typed)?;
    let said = answer_of(said)?;
    let changes = said == Some(ProposalAnswer::ChangeIt);
    if file.is_some() && !changes {
        return Err(Failure::of(Name::Usage, "err-words-change").into());
    }
    let words = if changes { Some(home.read_text(file)?) } else { None };
    let words = words.as_ref().map(|words| words.trim()).filter(|words| !words.is_empty());
    let length = words.map_or(0, str::len);
    phone.answer_proposal(id, said, words).map_err(|error| match error {
        Error::TooLate => Failure::of(Name::TooLate, "note-over").into(),
        Error::WordsTooLong if length > WORDS_LEN => {
            Failure::of(Name::TooLong, "limit-share").into()
        }
        other => or_missing(other, || no_proposal(typed)),
    })?;
    let proposal = find(phone, id, typed)?;
    let mut lines = vec![say_name("preview-to-name", &proposal.sender)];
    lines.extend(said_lines(&proposal));
    lines.extend([say("note-goes"), say("next-sync")]);
    Ok(Answer::new(document(&proposal, home.now), lines))
}

/// Erases one from the phone.
pub(super) fn erase(phone: &mut Companion, typed: &str) -> Result<Answer, Fault> {
    let id = id_of(typed)?;
    phone.erase_proposal(id).map_err(|error| or_missing(error, || no_proposal(typed)))?;
    let json = json!({ "erased": "Proposal", "proposal": hex(id.as_bytes()) });
    Ok(Answer::new(json, vec![say("status-erased")]))
}

fn document(proposal: &Proposal, now: DateTime<FixedOffset>) -> Value {
    json!({
        "proposal": hex(proposal.id.as_bytes()),
        "practice": proposal.practice.0.to_string(),
        "sender": proposal.sender,
        "kind": proposal.kind.name(),
        "text": proposal.text.as_str(),
        "stored_at": show::instant(proposal.stored_at, now).map(timestamp),
        "open": proposal.open,
        "answer": proposal.answer.map(ProposalAnswer::name),
        "words": proposal.words.as_ref().map(|words| words.as_str()),
        "waits": proposal.waits,
    })
}

fn lines_of(proposal: &Proposal) -> Vec<String> {
    let mut lines = vec![
        say(match proposal.kind {
            ProposalKind::PlanDraft => "note-plan",
            ProposalKind::FileLine => "note-draft",
        }),
        format!("  {}", say_name("notes-from", &proposal.sender)),
    ];
    lines.extend(proposal.text.lines().map(|line| format!("  | {line}")));
    lines.extend(said_lines(proposal).into_iter().map(|line| format!("  {line}")));
    if !proposal.open {
        lines.push(format!("  {}", say("note-over")));
    }
    lines.push(format!("  {}: {}", say("list-proposal"), hex(proposal.id.as_bytes())));
    lines
}

/// What was said to it, and whether it waits for the person's word after a restore.
fn said_lines(proposal: &Proposal) -> Vec<String> {
    let Some(answer) = proposal.answer else { return vec![say("note-said-nothing")] };
    let answer = say(match answer {
        ProposalAnswer::LooksRight => "note-ok",
        ProposalAnswer::ChangeIt => "note-change",
        ProposalAnswer::LeaveIt => "note-skip",
    });
    let mut lines = vec![say_with("note-said", &[("answer", answer.into())])];
    if let Some(words) = &proposal.words {
        lines.extend(words.lines().map(|line| format!("| {line}")));
    }
    lines.extend(proposal.waits.then(|| say("note-waits")));
    lines
}

/// The answer that was typed; none for `nothing`.
fn answer_of(typed: &str) -> Result<Option<ProposalAnswer>, Failure> {
    if typed.eq_ignore_ascii_case("nothing") {
        return Ok(None);
    }
    ProposalAnswer::from_name(&typed.replace('-', ""))
        .map(Some)
        .ok_or_else(|| Failure::of(Name::Usage, "err-no-answer"))
}

fn find(phone: &Companion, id: TextId, typed: &str) -> Result<Proposal, Fault> {
    phone.proposal(id).map_err(|error| or_missing(error, || no_proposal(typed)))
}

fn id_of(typed: &str) -> Result<TextId, Fault> {
    Ok(from_hex(typed).map(TextId::from_bytes).ok_or_else(|| no_proposal(typed))?)
}

fn no_proposal(typed: &str) -> Failure {
    let values = [("value", typed.into()), ("command", "attune phone proposals".into())];
    Failure::new(Name::NotFound, say_with("err-no-proposal", &values))
}
