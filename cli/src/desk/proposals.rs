//! What is put to clients in writing, and what they say to it. Silence is neither yes nor no.

use std::path::Path;

use attune_core::Error;
use attune_core::desk::{Desk, Proposal, ProposalStage};
use attune_core::lane::document::{PROPOSALS, TEXT_LEN};
use attune_core::lane::ids::TextId;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use serde_json::{Value, json};

use super::clients;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing, or_text};
use crate::home::Home;
use crate::output::{Answer, from_hex, hex};
use crate::say::{say, say_with};

/// Puts a text to a client.
pub(super) fn propose(
    desk: &mut Desk,
    home: &Home,
    client: &str,
    kind: &str,
    file: Option<&Path>,
    replaces: Option<&str>,
) -> Result<Answer, Fault> {
    let client = clients::named(desk, client)?.id;
    let kind = ProposalKind::from_name(&kind.replace('-', ""))
        .ok_or_else(|| Failure::of(Name::Usage, "err-no-kind"))?;
    let old = replaces.map(id_of).transpose()?;
    let text = home.read_text(file)?;
    let id = desk.propose(client, kind, &text, old, home.now).map_err(|error| match error {
        Error::TooManyOpen => {
            let values = [("limit", PROPOSALS.into())];
            Failure::new(Name::TooMany, say_with("put-many", &values)).into()
        }
        Error::NotFound => no_proposal(replaces.unwrap_or_default()).into(),
        other => or_text(other, "put-too-long", "put-empty", TEXT_LEN),
    })?;
    let put = find(desk, id)?;
    let mut lines = lines_of(&put);
    lines.extend([say("put-silence"), say("next-desk-sync")]);
    Ok(Answer::new(document(&put), lines))
}

/// Lists what was put to clients.
pub(super) fn list(desk: &mut Desk) -> Result<Answer, Fault> {
    let put = desk.proposals()?;
    let mut lines: Vec<_> = put.iter().flat_map(lines_of).collect();
    if put.is_empty() {
        lines.push(say("put-none"));
    }
    let documents: Vec<_> = put.iter().map(document).collect();
    Ok(Answer::new(json!({ "proposals": documents }), lines))
}

/// Is done with one.
pub(super) fn close(desk: &mut Desk, home: &Home, typed: &str) -> Result<Answer, Fault> {
    let id = id_of(typed)?;
    desk.close_proposal(id, home.now).map_err(|error| or_missing(error, || no_proposal(typed)))?;
    let put = find(desk, id)?;
    Ok(Answer::new(document(&put), vec![say("put-closed"), say("next-desk-sync")]))
}

fn document(put: &Proposal) -> Value {
    json!({
        "proposal": hex(put.id.as_bytes()),
        "client": put.client.0.to_string(),
        "name": put.client_name,
        "kind": put.kind.name(),
        "text": put.text.as_str(),
        "stage": match put.stage {
            ProposalStage::OnItsWay => "OnItsWay",
            ProposalStage::WaitsForWords => "WaitsForWords",
            ProposalStage::WaitsForContact => "WaitsForContact",
            ProposalStage::WaitsForApp => "WaitsForApp",
            ProposalStage::Arrived => "Arrived",
            ProposalStage::Closed => "Closed",
        },
        "answer": put.answer.map(ProposalAnswer::name),
        "words": put.words.as_ref().map(|words| words.as_str()),
    })
}

fn lines_of(put: &Proposal) -> Vec<String> {
    let mut lines = vec![
        say(match put.kind {
            ProposalKind::PlanDraft => "put-plan",
            ProposalKind::FileLine => "put-file",
        }),
        clients::to_line(put.client_name.as_deref()),
    ];
    lines.extend(put.text.lines().map(|line| format!("  | {line}")));
    let stage = say(match put.stage {
        ProposalStage::OnItsWay => "put-on-its-way",
        ProposalStage::WaitsForWords => "put-waits-words",
        ProposalStage::WaitsForContact => "put-waits-contact",
        ProposalStage::WaitsForApp => "put-waits-app",
        ProposalStage::Arrived => "put-arrived",
        ProposalStage::Closed => "put-closed",
    });
    lines.push(format!("  {stage}"));
    lines.extend(put.answer.map(|answer| {
        let said = say(match answer {
            ProposalAnswer::LooksRight => "put-looks-right",
            ProposalAnswer::ChangeIt => "put-change-it",
            ProposalAnswer::LeaveIt => "put-leave-it",
        });
        format!("  {said}")
    }));
    if let Some(words) = &put.words {
        lines.extend(words.lines().map(|line| format!("  | {line}")));
    }
    lines.push(format!("  {}: {}", say("list-proposal"), hex(put.id.as_bytes())));
    lines
}

fn find(desk: &Desk, id: TextId) -> Result<Proposal, Fault> {
    Ok(desk.proposals()?.into_iter().find(|put| put.id == id).ok_or(Error::NotFound)?)
}

fn id_of(typed: &str) -> Result<TextId, Fault> {
    Ok(from_hex(typed).map(TextId::from_bytes).ok_or_else(|| no_proposal(typed))?)
}

fn no_proposal(typed: &str) -> Failure {
    let values = [("value", typed.into()), ("command", "attune desk proposals".into())];
    Failure::new(Name::NotFound, say_with("err-no-proposal", &values))
}
