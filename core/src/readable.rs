//! The person's own data as readable JSON: theirs to keep, print or hand on.
//!
//! It holds what they marked, wrote, shared and were sent, and no key: nobody can sync from it. It
//! is not encrypted; the shell says so before it writes one.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::companion::{Choice, Companion, DraftOf};
use crate::error::Error;
use crate::misattunement::Misattunement;
use crate::practice::PracticeRole;
use crate::proposal::{ProposalAnswer, ProposalKind};
use crate::repair::{Pointer, RepairOption};

/// Moments that are read at a time.
const PAGE: u32 = 500;

impl Companion {
    /// Everything of the person's own, as one JSON document, newest first.
    ///
    /// Keys: `made_at`, `moments` (`moment`, `marked_at`, `words`, `pointer`), `choices` (`case`,
    /// `moment`, `recipient`, `option`, `pointer`, `words`, `until`, `due`, `state`), `notes`
    /// (`case`, `sender`, `text`, `stored_at`), `proposals` (`sender`, `kind`, `text`, `stored_at`,
    /// `answer`, `words`, `not_shared`), `about` (`practice`, `theirs`, `own`, `not_shared`, for each
    /// practice of which one is there), `practices` (`name`, `role`, `relay`). What is `not_shared` was
    /// typed and is on this phone alone.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn readable(&self, now: DateTime<FixedOffset>) -> Result<Zeroizing<String>, Error> {
        let mut moments = Vec::new();
        let mut before = None;
        loop {
            let page = self.moments(before, PAGE)?;
            before = page.last().map(|moment| moment.id);
            moments.extend(page.iter().map(moment));
            if page.len() < PAGE as usize {
                break;
            }
        }
        let choices: Vec<Value> = self.choices(now)?.iter().map(choice).collect();
        let notes: Vec<Value> = self
            .notes()?
            .iter()
            .map(|note| {
                json!({
                    "case": hex(note.case.as_bytes()),
                    "sender": note.sender,
                    "text": note.text.as_str(),
                    "stored_at": instant(note.stored_at, now),
                })
            })
            .collect();
        let mut proposals = Vec::new();
        for proposal in self.proposals()? {
            let typed = self.draft(DraftOf::Proposal(proposal.id))?;
            proposals.push(json!({
                "sender": proposal.sender,
                "kind": ProposalKind::name(proposal.kind),
                "text": proposal.text.as_str(),
                "stored_at": instant(proposal.stored_at, now),
                "answer": proposal.answer.map(ProposalAnswer::name),
                "words": proposal.words.as_ref().map(|words| words.as_str()),
                "not_shared": typed.as_ref().map(|typed| typed.as_str()),
            }));
        }
        let known = self.practices()?;
        let mut about = Vec::new();
        for practice in &known {
            let theirs = self.about_practice(practice.id)?;
            let own = self.about_me(practice.id)?;
            let typed = self.draft(DraftOf::AboutMe(practice.id))?;
            if theirs.is_some() || own.is_some() || typed.is_some() {
                about.push(json!({
                    "practice": practice.card.as_ref().map(|card| card.name.as_str()),
                    "theirs": theirs.as_ref().map(|text| text.as_str()),
                    "own": own.as_ref().map(|own| own.text.as_str()),
                    "not_shared": typed.as_ref().map(|typed| typed.as_str()),
                }));
            }
        }
        let practices: Vec<Value> = known
            .iter()
            .map(|practice| {
                let card = practice.card.as_ref();
                json!({
                    "name": card.map(|card| card.name.as_str()),
                    "role": card.map(|card| PracticeRole::name(card.role)),
                    "relay": practice.relay,
                })
            })
            .collect();
        let document = json!({
            "made_at": now.to_rfc3339_opts(SecondsFormat::Secs, false),
            "moments": moments,
            "choices": choices,
            "notes": notes,
            "proposals": proposals,
            "about": about,
            "practices": practices,
        });
        serde_json::to_string_pretty(&document).map(Zeroizing::new).map_err(|_| Error::Damaged)
    }
}

fn moment(moment: &Misattunement) -> Value {
    let mut fields = Map::new();
    fields.insert("moment".into(), moment.id.0.to_string().into());
    let marked_at = moment.marked_at.to_rfc3339_opts(SecondsFormat::Secs, false);
    fields.insert("marked_at".into(), marked_at.into());
    if let Some(words) = &moment.note {
        fields.insert("words".into(), words.as_str().into());
    }
    if let Some(pointer) = moment.pointer {
        fields.insert("pointer".into(), pointer.name().into());
    }
    Value::Object(fields)
}

fn choice(choice: &Choice) -> Value {
    json!({
        "case": hex(choice.case.as_bytes()),
        "moment": choice.moment.map(|id| id.0.to_string()),
        "recipient": choice.recipient,
        "option": RepairOption::name(choice.option),
        "pointer": choice.pointer.map(Pointer::name),
        "words": choice.words.as_ref().map(|words| words.as_str()),
        "until": choice.until.map(|day| day.to_string()),
        "due": choice.due.map(|day| day.to_string()),
        "state": choice.state.name(),
    })
}

fn instant(millis: i64, now: DateTime<FixedOffset>) -> Option<String> {
    let instant = DateTime::from_timestamp_millis(millis)?.with_timezone(now.offset());
    Some(instant.to_rfc3339_opts(SecondsFormat::Secs, false))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
