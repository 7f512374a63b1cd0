//! Marking a moment, and what stays with it. Nothing here leaves the phone.

use std::path::Path;

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::misattunement::{MisattunementId, NOTE_CHARS};
use attune_core::repair::Pointer;
use serde_json::json;

use super::show;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::Home;
use crate::output::Answer;
use crate::say::{say, say_with};

/// Marks a moment.
pub(super) fn flag(phone: &mut Companion, home: &Home) -> Result<Answer, Fault> {
    let id = phone.flag(home.now)?;
    let moment = phone.moment(id)?;
    let lines =
        vec![say("mark-saved"), say("mark-saved-next"), show::moment_line(id), say("next-pick")];
    Ok(Answer::new(show::moment(phone, &moment, home.now)?, lines))
}

/// Undoes a mark: of the newest moment, if none is named.
pub(super) fn undo(phone: &mut Companion, typed: Option<&str>) -> Result<Answer, Fault> {
    let id = required(phone, typed.unwrap_or(LAST))?;
    phone.undo(id)?;
    let json = json!({ "erased": "Moment", "moment": id.0.to_string() });
    Ok(Answer::new(json, vec![say("mark-undone")]))
}

/// Lists moments, newest first.
pub(super) fn list(
    phone: &mut Companion,
    home: &Home,
    before: Option<&str>,
    limit: u32,
) -> Result<Answer, Fault> {
    let before = before.map(|typed| required(phone, typed)).transpose()?;
    // One more than is shown tells whether there is another page.
    let mut moments = phone.moments(before, limit + 1)?;
    let more = moments.len() > limit as usize;
    moments.truncate(limit as usize);
    let next = moments.last().filter(|_| more).map(|moment| moment.id.0.to_string());
    let mut lines = Vec::new();
    let mut documents = Vec::new();
    for moment in &moments {
        documents.push(show::moment(phone, moment, home.now)?);
        lines.extend(show::moment_lines(phone, moment, home.now)?);
        lines.push(String::new());
    }
    if moments.is_empty() {
        lines.push(say("home-empty"));
    }
    if let Some(next) = &next {
        lines.push(format!("{}: attune phone list --before {next}", say("mark-more")));
    }
    lines.extend([kept_line(phone.moment_days()?), say("safety-line"), say("next-help")]);
    Ok(Answer::new(json!({ "moments": documents, "next": next }), lines))
}

/// Keeps own words with a moment.
pub(super) fn note(
    phone: &mut Companion,
    home: &Home,
    typed: &str,
    file: Option<&Path>,
) -> Result<Answer, Fault> {
    let id = required(phone, typed)?;
    let text = home.read_text(file)?;
    let count = text.trim().chars().count();
    phone.set_note(id, Some(&text)).map_err(|error| match error {
        Error::WordsTooLong => {
            let values = [("limit", NOTE_CHARS.into()), ("count", count.into())];
            Failure::new(Name::TooLong, say_with("limit-words", &values)).into()
        }
        other => Fault::from(other),
    })?;
    let moment = phone.moment(id)?;
    let line = if moment.note.is_some() { "mark-words-saved" } else { "mark-words-gone" };
    Ok(Answer::new(show::moment(phone, &moment, home.now)?, vec![say(line)]))
}

/// Keeps a hint with a moment.
pub(super) fn point(
    phone: &mut Companion,
    home: &Home,
    typed: &str,
    pointer: &str,
) -> Result<Answer, Fault> {
    let id = required(phone, typed)?;
    let pointer = if pointer.eq_ignore_ascii_case(NONE) {
        None
    } else {
        Some(Pointer::from_name(pointer).ok_or_else(|| no_pointer(pointer))?)
    };
    phone.set_pointer(id, pointer)?;
    let moment = phone.moment(id)?;
    let lines = vec![say(pointer.map_or("mark-where-gone", show::pointer_id))];
    Ok(Answer::new(show::moment(phone, &moment, home.now)?, lines))
}

/// Sets for how many days moments are kept.
pub(super) fn keep_for(phone: &mut Companion, typed: &str) -> Result<Answer, Fault> {
    let days = if typed.eq_ignore_ascii_case("off") {
        None
    } else {
        let days = typed.parse().ok().filter(|days: &u16| *days > 0);
        Some(days.ok_or_else(|| Failure::of(Name::Usage, "err-no-days"))?)
    };
    phone.set_moment_days(days)?;
    Ok(Answer::new(json!({ "days": days }), vec![kept_line(days)]))
}

/// What a person types in place of the newest moment's id.
const LAST: &str = "last";
/// What a person types for no moment, no pointer.
const NONE: &str = "none";

/// The moment that was typed; none for `none`.
pub(super) fn typed(phone: &Companion, typed: &str) -> Result<Option<MisattunementId>, Fault> {
    if typed.eq_ignore_ascii_case(NONE) {
        return Ok(None);
    }
    let missing = || {
        let says = say_with("err-no-moment", &[("moment", typed.into())]);
        Failure::new(Name::NotFound, says)
    };
    let id = if typed.eq_ignore_ascii_case(LAST) {
        phone.moments(None, 1)?.first().map(|moment| moment.id)
    } else {
        typed.parse().ok().map(MisattunementId)
    };
    let id = id.ok_or_else(missing)?;
    phone.moment(id).map_err(|error| or_missing(error, missing))?;
    Ok(Some(id))
}

/// The moment that was typed, which must be one.
pub(super) fn required(phone: &Companion, text: &str) -> Result<MisattunementId, Fault> {
    typed(phone, text)?.ok_or_else(|| {
        let says = say_with("err-no-moment", &[("moment", text.into())]);
        Failure::new(Name::NotFound, says).into()
    })
}

fn kept_line(days: Option<u16>) -> String {
    days.map_or_else(
        || say("mark-keep-always"),
        |days| say_with("mark-keep-days", &[("count", days.into())]),
    )
}

fn no_pointer(typed: &str) -> Failure {
    let names: Vec<_> = Pointer::ALL.iter().map(|pointer| pointer.name()).collect();
    let values = [("pointer", typed.into()), ("names", names.join(", ").into())];
    Failure::new(Name::Usage, say_with("err-no-pointer", &values))
}
