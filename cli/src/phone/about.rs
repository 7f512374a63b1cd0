//! What a practice says of how it works, and what the client told it about themselves.

use std::path::Path;

use attune_core::Error;
use attune_core::companion::{AboutWaitsFor, Companion, Practice};
use attune_core::lane::document::ABOUT_LEN;
use serde_json::{Value, json};

use super::{picks, practices, show};
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::Answer;
use crate::say::{say, say_name};

/// Shows both.
pub(super) fn show(phone: &mut Companion, typed: Option<&str>) -> Result<Answer, Fault> {
    let practice = practices::chosen(phone, typed)?;
    let mut lines = Vec::new();
    match phone.about_practice(practice.id)? {
        Some(text) => {
            lines.push(say_name("about-theirs", &show::name_of(&practice)));
            lines.extend(quoted(&text));
        }
        None => lines.push(say("about-theirs-none")),
    }
    match phone.about_me(practice.id)? {
        Some(own) => {
            lines.push(say("about-own"));
            lines.extend(quoted(&own.text));
            lines.extend(own.waits.then(|| say("about-waits")));
        }
        None => lines.push(say("about-own-none")),
    }
    Ok(Answer::new(document(phone, &practice)?, lines))
}

/// Shares words about oneself after a yes; empty ones take back what was shared.
pub(super) fn share(
    phone: &mut Companion,
    home: &Home,
    typed: Option<&str>,
    file: Option<&Path>,
    yes: bool,
) -> Result<Answer, Fault> {
    let practice = practices::chosen(phone, typed)?;
    let text = home.read_text(file)?;
    let text = text.trim();
    if !text.is_empty() && !yes && !home.json {
        picks::show_before(&preview(&practice, text));
        if !home.can_ask() {
            return Err(Failure::of(Name::NotConfirmed, "err-about-yes").into());
        }
        if !home.ask_yes(say("ask-share"))? {
            return Err(Failure::of(Name::NotConfirmed, "ask-nothing-done").into());
        }
    }
    phone.share_about_me(practice.id, text).map_err(|error| match error {
        Error::NotReady if practice.about_waits_for == Some(AboutWaitsFor::NewerApp) => {
            Failure::of(Name::NotReady, "about-old").into()
        }
        Error::NotReady if practice.about_waits_for == Some(AboutWaitsFor::FirstSync) => {
            Failure::of(Name::NotReady, "about-not-yet").into()
        }
        Error::WordsTooLong if text.len() > ABOUT_LEN => {
            Failure::of(Name::TooLong, "limit-share").into()
        }
        other => Fault::from(other),
    })?;
    let mut lines = Vec::new();
    if text.is_empty() {
        lines.push(say("about-taken"));
    } else {
        lines.extend(preview(&practice, text));
    }
    lines.push(say("next-sync"));
    Ok(Answer::new(document(phone, &practice)?, lines))
}

fn document(phone: &Companion, practice: &Practice) -> Result<Value, Fault> {
    let own = phone.about_me(practice.id)?;
    Ok(json!({
        "practice": practice.id.0.to_string(),
        "recipient": practice.card.as_ref().map(|card| card.name.as_str()),
        "theirs": phone.about_practice(practice.id)?.as_ref().map(|text| text.as_str()),
        "own": own.as_ref().map(|own| own.text.as_str()),
        "waits": own.as_ref().is_some_and(|own| own.waits),
    }))
}

/// All that they will get, and what is good to know before.
fn preview(practice: &Practice, text: &str) -> Vec<String> {
    let mut lines = vec![
        say("preview-title"),
        format!("  {}", say_name("preview-to-name", &show::name_of(practice))),
        format!("  {}:", say("preview-words")),
    ];
    lines.extend(quoted(text));
    lines.extend(["preview-when", "about-take-back", "preview-record"].map(say));
    lines
}

fn quoted(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| format!("  | {line}"))
}
