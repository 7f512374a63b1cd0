//! From the options to a share: what is shown is what is sealed.

use std::io::{self, Write as _};

use attune_core::Error;
use attune_core::PairingStage;
use attune_core::companion::Companion;
use attune_core::misattunement::MisattunementId;
use attune_core::practice::PracticeRole;
use attune_core::preview::{PracticeId, Preview, RepairChoice};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use chrono::NaiveDate;
use serde_json::json;

use super::{moments, practices, show, standing};
use crate::args::{PickArgs, ShareArgs, Switches};
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::{Answer, clean, from_hex, hex, iso};
use crate::say::{say, say_day, say_name, say_with};

/// Lists what can be picked, `Keep` first, nothing preselected.
pub(super) fn options(phone: &mut Companion, moment: Option<&str>) -> Result<Answer, Fault> {
    let moment = moment.map(|typed| moments::required(phone, typed)).transpose()?;
    let offers = phone.offers()?;
    let mut lines = vec![say("pick-title"), say("pick-sub")];
    let mut documents = Vec::new();
    for offer in &offers {
        let outside = offer.option == RepairOption::RequestProvider && offer.practice.is_none();
        lines.push(String::new());
        lines.push(format!("{}  ({})", say(show::title_id(offer.option)), offer.option.name()));
        let sub = if outside { "pick-other-sub-outside" } else { show::sub_id(offer.option) };
        lines.push(format!("  {}", say(sub)));
        if let Some(recipient) = &offer.recipient {
            lines.push(format!("  {}", say_name("preview-to-name", recipient)));
        }
        documents.push(json!({
            "option": offer.option.name(),
            "practice": offer.practice.map(|practice| practice.0.to_string()),
            "recipient": offer.recipient,
            "role": offer.practice.and(offer.option.recipient()).map(PracticeRole::name),
            "terms": show::terms(offer.terms),
        }));
    }
    lines.push(String::new());
    if phone.practices()?.iter().all(|practice| practice.stage != PairingStage::Active) {
        lines.push(say("err-not-linked"));
    } else {
        lines.push(say("next-preview"));
    }
    let moment = moment.map(|moment| moment.0.to_string());
    Ok(Answer::new(json!({ "moment": moment, "options": documents }), lines))
}

/// Shows exactly what a share would send, and to whom.
pub(super) fn preview(
    phone: &mut Companion,
    home: &Home,
    pick: &PickArgs,
) -> Result<Answer, Fault> {
    let (moment, option) = picked(phone, &pick.moment, &pick.option)?;
    if option == RepairOption::Keep {
        return Ok(kept(moment));
    }
    let preview = make(phone, home, moment, option, &pick.switches)?;
    let mut lines = lines_of(phone, &preview, moment)?;
    lines.push(say_with("next-share", &[("preview", hex(&preview.digest).into())]));
    Ok(Answer::new(document(phone, &preview, moment)?, lines))
}

/// Shares what was previewed.
pub(super) fn share(
    phone: &mut Companion,
    home: &Home,
    share: &ShareArgs,
) -> Result<Answer, Fault> {
    let digest = match &share.option {
        None => {
            from_hex(&share.target).ok_or_else(|| Failure::of(Name::Usage, "err-share-preview"))?
        }
        Some(option) => {
            let (moment, option) = picked(phone, &share.target, option)?;
            if option == RepairOption::Keep {
                return Ok(kept(moment));
            }
            if !home.can_ask() {
                return Err(Failure::of(Name::Usage, "err-share-preview").into());
            }
            let preview = make(phone, home, moment, option, &share.switches)?;
            show_before(&lines_of(phone, &preview, moment)?);
            if !home.ask_yes(say("ask-share"))? {
                return Err(Failure::of(Name::NotConfirmed, "ask-nothing-done").into());
            }
            preview.digest
        }
    };
    let case = phone.share(&digest, home.now)?;
    let choice = phone.choice(case, home.now)?;
    let mut lines = show::choice_lines(&choice);
    lines.extend([say("safety-share"), say("next-sync")]);
    Ok(Answer::new(show::choice(&choice), lines))
}

/// The moment and the option that were typed.
fn picked(
    phone: &Companion,
    moment: &str,
    option: &str,
) -> Result<(Option<MisattunementId>, RepairOption), Fault> {
    let found = RepairOption::from_name(option).ok_or_else(|| {
        let says = say_with("err-no-option", &[("option", option.into())]);
        Failure::new(Name::Usage, says)
    })?;
    Ok((moments::typed(phone, moment)?, found))
}

/// `Keep`: nothing is made, nothing is sent.
fn kept(moment: Option<MisattunementId>) -> Answer {
    let json = json!({
        "option": RepairOption::Keep.name(),
        "moment": moment.map(|moment| moment.0.to_string()),
        "state": ChoiceState::Held.name(),
    });
    Answer::new(json, vec![say("pick-kept")])
}

fn make(
    phone: &mut Companion,
    home: &Home,
    moment: Option<MisattunementId>,
    option: RepairOption,
    switches: &Switches,
) -> Result<Preview, Fault> {
    let choice = RepairChoice {
        option,
        practice: recipient(phone, option, switches.practice.as_deref())?,
        moment,
        with_pointer: switches.with_pointer,
        with_words: switches.with_words,
        until: switches.until.as_deref().map(day).transpose()?,
        replaces: switches.replaces.as_deref().map(standing::case_of).transpose()?,
    };
    phone.preview(&choice, home.now).map_err(|error| match error {
        Error::WordsTooLong => Failure::of(Name::TooLong, "limit-share").into(),
        other => Fault::from(other),
    })
}

/// Who gets it: the practice that was named, or the only one that offers it.
fn recipient(
    phone: &Companion,
    option: RepairOption,
    named: Option<&str>,
) -> Result<PracticeId, Fault> {
    if named.is_some() {
        return Ok(practices::chosen(phone, named)?.id);
    }
    let offers = phone.offers()?;
    let mut to = offers.iter().filter(|offer| offer.option == option).filter_map(|o| o.practice);
    match (to.next(), to.next()) {
        (Some(practice), None) => Ok(practice),
        (Some(_), Some(_)) => Err(Failure::of(Name::Usage, "err-which-practice").into()),
        (None, _) => {
            let linked = phone.practices()?.iter().any(|p| p.stage == PairingStage::Active);
            Err(match (linked, option) {
                (false, _) => Failure::of(Name::NotReady, "err-not-linked"),
                (true, RepairOption::RequestProvider) => {
                    let next = say("next-provider");
                    let says = format!("{} {next}", say("pick-other-sub-outside"));
                    Failure::new(Name::NotOffered, says)
                }
                (true, _) => Failure::of(Name::NotOffered, "pick-not-offered"),
            }
            .into())
        }
    }
}

fn day(typed: &str) -> Result<NaiveDate, Failure> {
    typed
        .parse()
        .map_err(|_| Failure::new(Name::Usage, say_with("err-no-day", &[("day", typed.into())])))
}

fn document(
    phone: &Companion,
    preview: &Preview,
    moment: Option<MisattunementId>,
) -> Result<serde_json::Value, Fault> {
    let practice = practices::find(phone, preview.practice)?;
    Ok(json!({
        "preview": hex(&preview.digest),
        "practice": preview.practice.0.to_string(),
        "recipient": preview.recipient,
        "role": preview.role.name(),
        "option": preview.option.name(),
        "moment": moment.map(|moment| moment.0.to_string()),
        "pointer": preview.pointer.map(Pointer::name),
        "words": preview.words.as_ref().map(|words| words.as_str()),
        "until": preview.until.map(iso),
        "name": practice.chosen_name,
        "takes_back": preview.takes_back,
    }))
}

/// All that they will get, and what is good to know before.
fn lines_of(
    phone: &Companion,
    preview: &Preview,
    moment: Option<MisattunementId>,
) -> Result<Vec<String>, Fault> {
    let practice = practices::find(phone, preview.practice)?;
    let moment = moment.map(|id| phone.moment(id)).transpose()?;
    let mut lines = vec![
        say("preview-title"),
        format!("  {}", say_name("preview-to-name", &preview.recipient)),
        format!("  {}", say(show::role_id(preview.role))),
        format!("  {}: {}", say("preview-choice"), say(show::title_id(preview.option))),
    ];
    match preview.pointer {
        Some(pointer) => {
            lines.push(format!("  {}: {}", say("preview-where"), say(show::pointer_id(pointer))));
        }
        None if moment.as_ref().is_some_and(|moment| moment.pointer.is_some()) => {
            lines.push(format!("  {}", say("preview-where-notsent")));
        }
        None => {}
    }
    match &preview.words {
        Some(words) => {
            lines.push(format!("  {}:", say("preview-words")));
            lines.extend(words.lines().map(|line| format!("  | {line}")));
        }
        None if moment.as_ref().is_some_and(|moment| moment.note.is_some()) => {
            lines.push(format!("  {}", say("preview-notsent")));
        }
        None => {}
    }
    if let Some(day) = preview.until {
        lines.push(format!("  {}", say_day("preview-until", day)));
    }
    lines.push(format!(
        "  {}",
        match practice.chosen_name.as_deref() {
            Some(name) => say_name("preview-name", name),
            None => say("preview-no-name"),
        }
    ));
    lines.push(String::new());
    if preview.takes_back {
        lines.push(say("preview-takes-back"));
    }
    lines.extend(["preview-when", "preview-takeback", "preview-record"].map(say));
    if let Some(card) = &practice.card {
        if !card.leaves_practice.is_empty() {
            lines.push(say("preview-leaves-title"));
            lines.extend(card.leaves_practice.lines().map(|line| format!("  | {line}")));
        }
        lines.extend(show::terms_lines(card.terms));
    }
    lines.push(say("safety-share"));
    Ok(lines)
}

/// What a person has to see before a question. It is no part of the answer.
pub(super) fn show_before(lines: &[String]) {
    let mut to = io::stderr().lock();
    for line in lines {
        // A terminal that cannot be written to will not bring a yes either.
        let _ = writeln!(to, "{}", clean(line));
    }
}
