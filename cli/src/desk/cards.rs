//! Cards: what is open, reading one, marking it done. Answering is in `reply`.

use attune_copy::option_ids;
use attune_core::Error;
use attune_core::desk::{Card, Desk};
use attune_core::due::Due;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::repair::Pointer;
use attune_core::state::ChoiceState;
use serde_json::{Value, json};

use super::clients;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::Home;
use crate::output::{Answer, from_hex, hex, iso};
use crate::say::{say, say_day, say_list, say_name, say_with};

/// Lists the open cards. What a client added to a choice shows when the card is opened.
pub(super) fn inbox(desk: &mut Desk, home: &Home) -> Result<Answer, Fault> {
    let role = desk.card()?.role;
    let cards = desk.inbox(home.now)?;
    let front = role == PracticeRole::Coordinator;
    let mut lines = Vec::new();
    if cards.is_empty() {
        lines.push(say(if front { "front-empty" } else { "desk-empty" }));
    } else {
        lines.push(say(if front { "front-title" } else { "desk-title" }));
        lines.extend(front.then(|| say("front-only")));
    }
    for card in &cards {
        lines.push(String::new());
        lines.extend(lines_of(card, &desk.card()?.backup));
        if !card.opened {
            lines.push(say("next-open"));
        }
    }
    let documents: Vec<_> = cards.iter().map(document).collect();
    Ok(Answer::new(json!({ "role": role.name(), "cards": documents }), lines))
}

/// Opens a card and shows all of it.
pub(super) fn open(desk: &mut Desk, home: &Home, typed: &str) -> Result<Answer, Fault> {
    let card = desk.open_card(case_of(typed)?, home.now).map_err(|e| missing(e, typed))?;
    let own = desk.card()?;
    let mut json = document(&card);
    if let Value::Object(fields) = &mut json {
        fields.insert("pointer".into(), json!(card.pointer.map(Pointer::name)));
        fields.insert("words".into(), json!(card.words.as_ref().map(|words| words.as_str())));
    }
    let mut lines = lines_of(&card, &own.backup);
    if let Some(pointer) = card.pointer {
        lines.push(say(match pointer {
            Pointer::Said => "card-where-said",
            Pointer::LeftOut => "card-where-missed",
            Pointer::Plan => "card-where-plan",
            Pointer::Place => "card-where-place",
        }));
    }
    if let Some(words) = &card.words {
        lines.push(say("card-words-title"));
        lines.extend(words.lines().map(|line| format!("  | {line}")));
    }
    if own.role == PracticeRole::Therapist {
        lines.push(say("card-consult"));
    }
    lines.extend([say("card-file"), say("opened-told"), say("next-desk-sync")]);
    Ok(Answer::new(json, lines))
}

/// Marks an open card as done.
pub(super) fn done(desk: &mut Desk, home: &Home, typed: &str) -> Result<Answer, Fault> {
    let case = case_of(typed)?;
    desk.done(case, home.now).map_err(|error| missing(error, typed))?;
    let json = json!({
        "case": hex(case.as_bytes()),
        "state": ChoiceState::Answered.name(),
    });
    Ok(Answer::new(json, vec![say("card-done"), say("done-told"), say("next-desk-sync")]))
}

/// The case that was typed.
pub(super) fn case_of(typed: &str) -> Result<CaseId, Fault> {
    Ok(from_hex(typed).map(CaseId::from_bytes).ok_or_else(|| no_case(typed))?)
}

/// The core's word, or that there is no such card.
pub(super) fn missing(error: Error, typed: &str) -> Fault {
    or_missing(error, || no_case(typed))
}

/// There is no such card.
pub(super) fn no_case(typed: &str) -> Failure {
    Failure::new(Name::NotFound, say_with("err-no-case", &[("case", typed.into())]))
}

fn document(card: &Card) -> Value {
    let when = match card.due {
        Due::AtOnce => "AtOnce",
        Due::NextSession => "NextSession",
        Due::By(_) => "By",
    };
    json!({
        "case": hex(card.case.as_bytes()),
        "client": card.client.0.to_string(),
        "name": card.client_name,
        "option": card.option.name(),
        "when": when,
        "due": card.due.day().map(iso),
        "until": card.until.map(iso),
        "late": card.late,
        "opened": card.opened,
        "do": list_of(card, |ids| ids.card_do),
        "do_not": list_of(card, |ids| ids.card_do_not),
    })
}

/// The fixed words of a card: who, what, by when, what to do and what not.
fn lines_of(card: &Card, backup: &str) -> Vec<String> {
    let title = option_ids(card.option.name()).and_then(|ids| ids.card);
    let mut lines = vec![clients::name_line(card.client_name.as_deref())];
    lines.extend(title.map(say));
    lines.push(match card.due {
        Due::AtOnce => say("card-due-now"),
        Due::NextSession => say("card-due-session"),
        Due::By(day) => say_day("card-due-by", day),
    });
    lines.extend(card.until.map(|day| say_day("card-until", day)));
    if card.late {
        lines.push(if backup.is_empty() {
            say("card-late")
        } else {
            say_name("card-late-backup", backup)
        });
    }
    lines.push(say("card-do-title"));
    lines.extend(list_of(card, |ids| ids.card_do).into_iter().map(|line| format!("  - {line}")));
    lines.push(say("card-do-not-title"));
    lines
        .extend(list_of(card, |ids| ids.card_do_not).into_iter().map(|line| format!("  - {line}")));
    lines.extend(card.opened.then(|| say("card-opened")));
    lines.push(format!("{}: {}", say("list-case"), hex(card.case.as_bytes())));
    lines
}

fn list_of(
    card: &Card,
    which: impl Fn(&attune_copy::OptionIds) -> Option<&'static str>,
) -> Vec<String> {
    option_ids(card.option.name()).and_then(|ids| which(&ids)).map(say_list).unwrap_or_default()
}
