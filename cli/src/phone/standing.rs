//! Where choices stand, taking one back, the notes that came, and what waits after a restore.

use attune_core::Error;
use attune_core::companion::{Choice, Companion, Restored};
use attune_core::lane::ids::CaseId;
use attune_core::state::ChoiceState;
use serde_json::{Value, json};

use super::{moments, show};
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::Home;
use crate::output::{Answer, from_hex, hex, timestamp};
use crate::say::{say, say_day, say_name, say_with};

/// Shows where choices stand: all, those of a moment, or one.
pub(super) fn status(
    phone: &mut Companion,
    home: &Home,
    of: Option<&str>,
) -> Result<Answer, Fault> {
    let (moment, choices) = match of {
        None => (None, phone.choices(home.now)?),
        Some(typed) if from_hex::<16>(typed).is_some() => {
            let choice = known(phone, home, typed)?;
            (choice.moment, vec![choice])
        }
        Some(typed) => {
            let moment = moments::required(phone, typed)?;
            (Some(moment), phone.choices_of(moment, home.now)?)
        }
    };
    let state = of.map(|_| choices.first().map_or(ChoiceState::Held, |choice| choice.state));
    let mut lines: Vec<_> = choices.iter().flat_map(show::choice_lines).collect();
    if choices.is_empty() {
        lines.push(say(if of.is_some() { "status-held" } else { "status-none" }));
    }
    let json = json!({
        "moment": moment.map(|moment| moment.0.to_string()),
        "state": state.map(ChoiceState::name),
        "choices": choices.iter().map(show::choice).collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, lines))
}

/// Takes a choice back, also one that only the practice knows of after a restore.
pub(super) fn take_back(phone: &mut Companion, home: &Home, typed: &str) -> Result<Answer, Fault> {
    let case = case_of(typed)?;
    phone.drop_restored(case).map_err(|error| or_missing(error, || no_case(typed)))?;
    match phone.choice(case, home.now) {
        Ok(choice) => {
            let mut lines = vec![show::state_line(&choice)];
            if choice.state == ChoiceState::Withdrawing {
                lines.push(say("next-sync"));
            }
            Ok(Answer::new(show::choice(&choice), lines))
        }
        // Only the practice knows it: there is nothing to show but that it is being taken back.
        Err(Error::NotFound) => {
            let json = json!({
                "case": hex(case.as_bytes()),
                "state": ChoiceState::Withdrawing.name(),
            });
            Ok(Answer::new(json, vec![say("takeback-telling"), say("next-sync")]))
        }
        Err(other) => Err(other.into()),
    }
}

/// Shows the notes, newest first.
pub(super) fn notes(phone: &mut Companion, home: &Home) -> Result<Answer, Fault> {
    let notes = phone.notes()?;
    let mut lines = Vec::new();
    let mut documents = Vec::new();
    for note in &notes {
        let stored = show::instant(note.stored_at, home.now);
        lines.push(say_name("notes-from", &note.sender));
        if let Some(stored) = stored {
            lines.push(format!("  {}", say_day("status-note-from", stored.date_naive())));
        }
        lines.extend(note.text.lines().map(|line| format!("  | {line}")));
        lines.push(format!("  {}", say("notes-no-reply")));
        lines.push(format!("  {}: {}", say("list-case"), hex(note.case.as_bytes())));
        lines.push(format!("  {}: {}", say("list-note"), hex(note.id.as_bytes())));
        documents.push(json!({
            "note": hex(note.id.as_bytes()),
            "case": hex(note.case.as_bytes()),
            "practice": note.practice.0.to_string(),
            "sender": note.sender,
            "text": note.text.as_str(),
            "stored_at": stored.map(timestamp),
        }));
    }
    if notes.is_empty() {
        lines.push(say("notes-none"));
    }
    Ok(Answer::new(json!({ "notes": documents }), lines))
}

/// Lists the choices that wait for the person's word after a restore.
pub(super) fn restored(phone: &mut Companion, home: &Home) -> Result<Answer, Fault> {
    let (documents, mut lines) = waiting(phone, home)?;
    lines.extend(beside(phone)?);
    Ok(Answer::new(json!({ "restored": documents }), lines))
}

/// What waits for the person's word, as documents and lines.
pub(super) fn waiting(phone: &Companion, home: &Home) -> Result<(Vec<Value>, Vec<String>), Fault> {
    let waiting = phone.restored(home.now)?;
    let mut documents = Vec::new();
    let mut lines = Vec::new();
    if waiting.is_empty() {
        lines.push(say("restore-none"));
    } else {
        lines.extend([say("restore-line"), say("restore-sub")]);
    }
    for restored in &waiting {
        let (case, practice, choice) = match restored {
            Restored::Known(choice) => (choice.case, choice.practice, Some(choice)),
            Restored::Unknown { case, practice } => (*case, *practice, None),
        };
        match choice {
            Some(choice) => lines.extend(show::choice_lines(choice)),
            None => {
                lines.push(say("restore-unknown"));
                lines.push(format!("  {}: {}", say("list-case"), hex(case.as_bytes())));
            }
        }
        documents.push(json!({
            "case": hex(case.as_bytes()),
            "practice": practice.0.to_string(),
            "known": choice.is_some(),
            "option": choice.map(|choice| choice.option.name()),
            "recipient": choice.map(|choice| choice.recipient.as_str()),
            "state": choice.map(|choice| choice.state.name()),
        }));
    }
    if !waiting.is_empty() {
        lines.extend([say("next-still-counts"), say("next-drop")]);
    }
    Ok((documents, lines))
}

/// That something else that was said waits too: it is said again where it was said first.
pub(super) fn beside(phone: &Companion) -> Result<Vec<String>, Fault> {
    let mut lines = Vec::new();
    if phone.proposals()?.iter().any(|proposal| proposal.waits) {
        lines.extend([say("restore-said"), say("next-said")]);
    }
    for practice in phone.practices()? {
        if phone.about_me(practice.id)?.is_some_and(|own| own.waits) {
            lines.extend([say("restore-about"), say("next-about")]);
            break;
        }
    }
    Ok(lines)
}

/// Says that a choice still counts.
pub(super) fn confirm_restored(
    phone: &mut Companion,
    home: &Home,
    typed: &str,
) -> Result<Answer, Fault> {
    let case = case_of(typed)?;
    phone.confirm_restored(case).map_err(|error| or_missing(error, || no_case(typed)))?;
    let choice = phone.choice(case, home.now)?;
    Ok(Answer::new(show::choice(&choice), vec![say("restore-kept")]))
}

/// The case that was typed.
pub(super) fn case_of(typed: &str) -> Result<CaseId, Fault> {
    Ok(from_hex(typed).map(CaseId::from_bytes).ok_or_else(|| no_case(typed))?)
}

/// The choice that was typed.
fn known(phone: &Companion, home: &Home, typed: &str) -> Result<Choice, Fault> {
    phone.choice(case_of(typed)?, home.now).map_err(|error| or_missing(error, || no_case(typed)))
}

/// There is no such choice.
pub(super) fn no_case(typed: &str) -> Failure {
    Failure::new(Name::NotFound, say_with("err-no-choice", &[("case", typed.into())]))
}
