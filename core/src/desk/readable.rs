//! The desk's own data as readable JSON: the practice's to keep, print or hand on.
//!
//! It holds what clients shared with this desk and what was written here, and no key: nobody can sync
//! from it. It is not encrypted; the page says so before it gives one.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::work::shows;
use super::{Desk, ProposalStage, Worksheet};
use crate::due::day_of;
use crate::error::Error;
use crate::followup::NoteParts;
use crate::lane::document::{Kind, NoticeState};
use crate::proposal::{ProposalAnswer, ProposalKind};
use crate::repair::{Pointer, RepairOption};
use crate::sync::side::Now;
use crate::table::received_choice::{self, ReceivedRow};
use crate::table::{note_parts, pairing, worksheet};

impl Desk {
    /// Everything of the desk's own, as one JSON document.
    ///
    /// Keys: `made_at`; `practice` (`name`, `role`, `offered`, `backup`, `leaves_practice`, `relays`);
    /// `about`; `clients` (`name`, `next_session`, `about`); `cases` (`client`, `option`, `pointer`,
    /// `words`, `until`, `due`, `state`, `worksheet`, `draft`, `note`); `work_items` (`kind`, `option`,
    /// `what`, `due`, `done`); `corrections` (`what`, `from`); `proposals` (`client`, `kind`, `text`,
    /// `answer`, `words`, `closed`). What a client took back, or what ran out unanswered, is not there.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn readable(&self, now: DateTime<FixedOffset>) -> Result<Zeroizing<String>, Error> {
        let card = self.card()?;
        let document = json!({
            "made_at": now.to_rfc3339_opts(SecondsFormat::Secs, false),
            "practice": {
                "name": card.name,
                "role": card.role.name(),
                "offered": card.offered.iter().map(|option| option.name()).collect::<Vec<_>>(),
                "backup": card.backup,
                "leaves_practice": card.leaves_practice,
                "relays": card.relays,
            },
            "about": self.about()?,
            "clients": self.readable_clients()?,
            "cases": self.readable_cases(now)?,
            "work_items": self.readable_items(now)?,
            "corrections": self.readable_corrections()?,
            "proposals": self.readable_proposals()?,
        });
        serde_json::to_string_pretty(&document).map(Zeroizing::new).map_err(|_| Error::Damaged)
    }

    fn readable_clients(&self) -> Result<Vec<Value>, Error> {
        let clients = self.clients()?.into_iter().map(|client| {
            let about = self.about_client(client.id)?;
            Ok(json!({
                "name": client.name,
                "next_session": client.next_session.map(iso),
                "about": about.as_ref().map(|text| text.as_str()),
            }))
        });
        clients.collect()
    }

    fn readable_cases(&self, now: DateTime<FixedOffset>) -> Result<Vec<Value>, Error> {
        let today = Now::from(now).today;
        self.session.vault.read(|db| {
            let mut cases = Vec::new();
            for row in received_choice::all(db)? {
                if let (Kind::Choice(option), true) = (row.kind, shows(&row, today)) {
                    let client = pairing::find(db, row.pairing)?.chosen_name;
                    let sheet = worksheet::of(db, row.case)?;
                    let draft = note_parts::of(db, row.case)?;
                    cases.push(case(&row, option, client.as_deref(), &sheet, &draft));
                }
            }
            Ok(cases)
        })
    }

    fn readable_items(&self, now: DateTime<FixedOffset>) -> Result<Vec<Value>, Error> {
        let items = self.work_items(now)?.into_iter().map(|item| {
            json!({
                "kind": item.kind.name(),
                "option": item.option.map(RepairOption::name),
                "what": item.what.as_str(),
                "due": item.due.map(iso),
                "done": item.done.map(iso),
            })
        });
        Ok(items.collect())
    }

    fn readable_corrections(&self) -> Result<Vec<Value>, Error> {
        let corrections = self.corrections()?.into_iter();
        let corrections =
            corrections.map(|one| json!({ "what": one.what.as_str(), "from": iso(one.from) }));
        Ok(corrections.collect())
    }

    fn readable_proposals(&self) -> Result<Vec<Value>, Error> {
        let proposals = self.proposals()?.into_iter().map(|proposal| {
            json!({
                "client": proposal.client_name,
                "kind": ProposalKind::name(proposal.kind),
                "text": proposal.text.as_str(),
                "answer": proposal.answer.map(ProposalAnswer::name),
                "words": proposal.words.as_ref().map(|words| words.as_str()),
                "closed": proposal.stage == ProposalStage::Closed,
            })
        });
        Ok(proposals.collect())
    }
}

fn case(
    row: &ReceivedRow,
    option: RepairOption,
    client: Option<&str>,
    sheet: &Worksheet,
    draft: &NoteParts,
) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| fields.insert(key.into(), value);
    put("client", client.into());
    put("option", option.name().into());
    put("pointer", row.pointer.map(Pointer::name).into());
    put("words", row.words.as_ref().map(|words| words.as_str()).into());
    put("until", row.expiry_day.and_then(day_of).map(iso).into());
    put("due", row.due_day.and_then(day_of).map(iso).into());
    put("state", state(row.notice).into());
    if !sheet.is_empty() || sheet.consult_on.is_some() {
        put(
            "worksheet",
            json!({
                "said": sheet.said.as_str(),
                "effect": sheet.effect.as_str(),
                "mine": sheet.mine.as_str(),
                "change": sheet.change.as_str(),
                "consult": sheet.consult.as_str(),
                "consult_on": sheet.consult_on.map(iso),
            }),
        );
    }
    if !draft.is_empty() {
        put(
            "draft",
            json!({
                "impact": draft.impact.as_str(),
                "apology": draft.apology.as_str(),
                "correction": draft.correction.as_str(),
                "step": draft.step.as_str(),
            }),
        );
    }
    put("note", row.text.as_ref().map(|(_, text)| text.as_str()).into());
    Value::Object(fields)
}

const fn state(notice: NoticeState) -> &'static str {
    match notice {
        NoticeState::Received => "Received",
        NoticeState::Opened => "Opened",
        NoticeState::Answered => "Answered",
        NoticeState::Expired => "Expired",
    }
}

fn iso(day: NaiveDate) -> String {
    day.to_string()
}
