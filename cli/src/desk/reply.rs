//! Answering a card: a note, and the sentences for which one cannot be sent.

use std::path::Path;

use attune_core::Error;
use attune_core::desk::{Card, Desk};
use attune_core::followup::burden::Effect;
use attune_core::followup::reading_grade::{reading_grade, word_count};
use attune_core::lane::ids::TextId;
use attune_core::state::ChoiceState;
use serde_json::{Value, json};

use super::{cards, clients};
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::{Answer, hex};
use crate::say::{say, say_with};

/// Words of a note that fits one screen.
const NOTE_WORDS: usize = 120;
/// The reading grade that a note should not go over.
const NOTE_GRADE: f64 = 8.0;

/// Sends a note on an open card, and says how long and how plain it is. It is held back for a
/// sentence that cannot be sent, and for nothing else.
pub(super) fn reply(
    desk: &mut Desk,
    home: &Home,
    typed: &str,
    file: Option<&Path>,
) -> Result<Answer, Fault> {
    let case = cards::case_of(typed)?;
    let card = desk.inbox(home.now)?.into_iter().find(|card| card.case == case);
    let card = card.ok_or_else(|| cards::no_case(typed))?;
    let text = home.read_text(file)?;
    match desk.reply(case, &text, home.now) {
        Ok(note) => sent(desk, &card, &text, note),
        Err(Error::NoteBlocked) => Ok(blocked(desk, &card, &text)),
        Err(other) => Err(cards::missing(other, typed)),
    }
}

fn sent(desk: &Desk, card: &Card, text: &str, note: TextId) -> Result<Answer, Fault> {
    let client = clients::find(desk, card.client)?;
    let (count, grade) = (word_count(text), grade_of(text));
    let mut lines = vec![
        say_with("reply-count", &[("count", count.into())]),
        say_with("reply-grade", &[("value", grade.into())]),
    ];
    let warnings = warnings(count, grade);
    if warnings.contains(&"Long") {
        lines.push(say_with("reply-long", &[("limit", NOTE_WORDS.into())]));
    }
    if warnings.contains(&"Hard") {
        lines.push(say_with("reply-hard", &[("limit", NOTE_GRADE.into())]));
    }
    lines.push(say("reply-sent"));
    lines.extend(client.note_waits.then(|| say("reply-wait")));
    lines.push(say("next-desk-sync"));
    let json = json!({
        "case": hex(card.case.as_bytes()),
        "note": hex(note.as_bytes()),
        "state": ChoiceState::Answered.name(),
        "note_waits": client.note_waits,
        "word_count": count,
        "reading_grade": grade,
        "warnings": warnings,
        "blocked": [],
    });
    Ok(Answer::new(json, lines))
}

/// Nothing was sent and nothing changed: which sentences, and why.
fn blocked(desk: &Desk, card: &Card, text: &str) -> Answer {
    let text = text.trim();
    let check = desk.check(card, text);
    let mut says = vec![say("reply-blocked")];
    let mut sentences: Vec<Value> = Vec::new();
    for finding in check.findings.iter().filter(|found| found.rule.effect() == Effect::Block) {
        let sentence = text.get(finding.sentence.clone()).unwrap_or_default();
        let why = say(finding.rule.why());
        says.extend(sentence.lines().map(|line| format!("  | {line}")));
        says.push(format!("  {why}"));
        sentences.push(json!({
            "rule": finding.rule.name(),
            "sentence": sentence,
            "why": why,
        }));
    }
    says.push(say("reply-blocked-next"));
    let (count, grade) = (word_count(text), grade_of(text));
    let json = json!({
        "case": hex(card.case.as_bytes()),
        "note": null,
        "state": if card.opened { ChoiceState::Opened } else { ChoiceState::Received }.name(),
        "note_waits": false,
        "word_count": count,
        "reading_grade": grade,
        "warnings": warnings(count, grade),
        "blocked": sentences,
    });
    let failure = Failure::new(Name::NoteBlocked, says.join("\n"));
    Answer::new(json, Vec::new()).then(Some(failure))
}

fn grade_of(text: &str) -> f64 {
    (reading_grade(text) * 10.0).round() / 10.0
}

fn warnings(count: usize, grade: f64) -> Vec<&'static str> {
    let found = [(count > NOTE_WORDS, "Long"), (grade > NOTE_GRADE, "Hard")];
    found.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()
}
