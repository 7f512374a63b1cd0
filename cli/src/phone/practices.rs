//! Linking with a practice, comparing words, connecting, and cutting the link.

use attune_core::companion::{Companion, Practice};
use attune_core::pairing::messages::NAME_CHARS;
use attune_core::preview::PracticeId;
use attune_core::{Error, PairingStage, Trouble};
use serde_json::json;
use zeroize::Zeroizing;

use super::show;
use crate::exit::Name;
use crate::failure::{Failure, Fault, or_missing};
use crate::home::Home;
use crate::output::Answer;
use crate::say::{say, say_name, say_with};
use crate::transport::{SyncRun, run_phone_sync};

/// Joins with a code and connects once.
pub(super) fn pair(
    phone: &mut Companion,
    home: &Home,
    code: &[String],
    relay: Option<&str>,
    name: Option<&str>,
) -> Result<Answer, Fault> {
    let code = Zeroizing::new(code.join(" "));
    let code = if matches!(code.trim(), "" | "-") { home.ask(&say("ask-code"))? } else { code };
    let asked;
    let mut relay = relay.filter(|relay| !relay.trim().is_empty());
    if relay.is_none() && home.can_ask() && !code.contains("://") {
        asked = home.ask(&say("pair-relay"))?;
        relay = Some(asked.as_str()).filter(|relay| !relay.is_empty());
    }
    if let Some(address) = relay {
        attune_wire::canonical_origin(address).map_err(|_| bad_relay(address))?;
    }
    let practice = phone.join(&code, relay, name).map_err(|error| match error {
        Error::WordsTooLong => {
            let says = say_with("limit-name", &[("limit", NAME_CHARS.into())]);
            Failure::new(Name::TooLong, says).into()
        }
        other => Fault::from(other),
    })?;
    let run = run_phone_sync(phone, home.now)?;
    let practice = find(phone, practice)?;
    let mut lines = show::health_lines(&practice);
    lines.extend(stage_lines(&practice));
    let failure = unreached(&run, std::slice::from_ref(&practice));
    Ok(Answer::new(show::practice(&practice), lines).then(failure))
}

/// Shows the four words to compare.
pub(super) fn words(phone: &mut Companion, typed: Option<&str>) -> Result<Answer, Fault> {
    let practice = chosen(phone, typed)?;
    let words = phone.words(practice.id)?;
    let json = json!({
        "practice": practice.id.0.to_string(),
        "recipient": practice.card.as_ref().map(|card| card.name.as_str()),
        "words": words,
        "compared": practice.health.compared,
    });
    let lines = vec![
        say_name("words-with", &show::name_of(&practice)),
        format!("  {}", words.join("  ")),
        say("words-line"),
        say("next-confirm"),
    ];
    Ok(Answer::new(json, lines))
}

/// Takes the person's word for it that the words match, or cuts the link.
pub(super) fn confirm(
    phone: &mut Companion,
    home: &Home,
    typed: Option<&str>,
    differ: bool,
) -> Result<Answer, Fault> {
    let practice = chosen(phone, typed)?;
    let mut lines = Vec::new();
    let line = if differ {
        phone.unpair(practice.id, home.now)?;
        "words-differed"
    } else {
        let words = phone.words(practice.id)?;
        phone.confirm_words(practice.id, &words)?;
        // A connection may have changed them since they were read aloud: these are what counts.
        lines.push(format!("  {}", words.join("  ")));
        "words-matched"
    };
    let stage = if differ { PairingStage::Ended } else { practice.stage };
    let json = json!({
        "practice": practice.id.0.to_string(),
        "compared": !differ,
        "stage": stage.name(),
    });
    lines.push(say(line));
    Ok(Answer::new(json, lines))
}

/// Lists the practices.
pub(super) fn list(phone: &mut Companion) -> Result<Answer, Fault> {
    let practices = phone.practices()?;
    let mut lines: Vec<_> = practices.iter().flat_map(show::practice_lines).collect();
    if practices.is_empty() {
        lines.push(say("err-not-linked"));
    }
    let documents: Vec<_> = practices.iter().map(show::practice).collect();
    Ok(Answer::new(json!({ "practices": documents }), lines))
}

/// Connects once with every practice's relay.
pub(super) fn sync(phone: &mut Companion, home: &Home) -> Result<Answer, Fault> {
    let waiting: Vec<_> = phone
        .practices()?
        .iter()
        .filter(|practice| practice.stage == PairingStage::Waiting)
        .map(|practice| practice.id)
        .collect();
    let run = run_phone_sync(phone, home.now)?;
    let practices = phone.practices()?;
    let mut lines = Vec::new();
    for practice in &practices {
        let mut told = show::health_lines(practice);
        if waiting.contains(&practice.id) {
            told.extend(stage_lines(practice));
        }
        if !told.is_empty() {
            lines.push(show::name_of(practice));
            lines.extend(told.into_iter().map(|line| format!("  {line}")));
        }
    }
    let failure = unreached(&run, &practices);
    if practices.is_empty() && run.requests == 0 {
        lines.push(say("err-not-linked"));
    } else if failure.is_none() && lines.is_empty() {
        lines.push(say("sync-done"));
    }
    if !phone.restored(home.now)?.is_empty() {
        lines.extend([say("restore-line"), say("next-restored")]);
    }
    let documents: Vec<_> = practices.iter().map(show::practice).collect();
    let json = json!({ "practices": documents, "reached": failure.is_none() });
    Ok(Answer::new(json, lines).then(failure))
}

/// Cuts the link with a practice.
pub(super) fn unpair(
    phone: &mut Companion,
    home: &Home,
    typed: Option<&str>,
) -> Result<Answer, Fault> {
    let practice = chosen(phone, typed)?;
    phone.unpair(practice.id, home.now)?;
    let json = json!({
        "practice": practice.id.0.to_string(),
        "recipient": practice.card.as_ref().map(|card| card.name.as_str()),
        "stage": PairingStage::Ended.name(),
    });
    let lines = vec![
        say_name("unpair-done", &show::name_of(&practice)),
        say("unpair-sub"),
        say("next-sync"),
    ];
    Ok(Answer::new(json, lines))
}

/// The practice of that id.
pub(super) fn find(phone: &Companion, id: PracticeId) -> Result<Practice, Fault> {
    Ok(phone.practice(id)?)
}

/// The practice that was typed, or the only one.
pub(super) fn chosen(phone: &Companion, typed: Option<&str>) -> Result<Practice, Fault> {
    if let Some(typed) = typed {
        let missing = || {
            let says = say_with("err-no-practice", &[("practice", typed.into())]);
            Failure::new(Name::NotFound, says)
        };
        let id = typed.parse().map(PracticeId).map_err(|_| missing())?;
        return find(phone, id).map_err(|fault| match fault {
            Fault::Core(error) => or_missing(error, missing),
            other => other,
        });
    }
    let mut live: Vec<_> = phone.practices()?;
    if live.len() > 1 {
        live.retain(|practice| practice.stage != PairingStage::Ended);
    }
    match live.len() {
        0 => Err(Failure::of(Name::NotReady, "err-not-linked").into()),
        1 => Ok(live.remove(0)),
        _ => Err(Failure::of(Name::Usage, "err-which-practice").into()),
    }
}

/// How far a pairing has come, for a person who waits for it.
fn stage_lines(practice: &Practice) -> Vec<String> {
    let name = show::name_of(practice);
    let card = practice.card.as_ref();
    match practice.stage {
        PairingStage::Waiting => {
            let mut lines = Vec::new();
            lines.extend(card.map(|card| say_name("pair-from", &card.name)));
            lines.extend([say("pair-waiting"), say("next-sync")]);
            lines
        }
        PairingStage::Active => {
            let mut lines = vec![say_name("pair-done", &name)];
            if let Some(card) = card {
                lines.push(say(show::role_id(card.role)));
                if let Some(introducer) = &card.introduced_by {
                    let values = [("introducer", introducer.as_str().into())];
                    lines.push(say_with("pair-introduced-by", &values));
                    lines.push(say("pair-introduced-check"));
                }
                lines.extend(show::terms_lines(card.terms));
            }
            lines.extend([say("words-later"), say("next-words")]);
            lines
        }
        PairingStage::Ended => Vec::new(),
    }
}

/// The failure that tells of relays that were not reached.
fn unreached(run: &SyncRun, practices: &[Practice]) -> Option<Failure> {
    let mut relays = run.unreached.clone();
    relays.extend(
        practices
            .iter()
            .filter(|practice| practice.health.trouble == Trouble::Unreachable)
            .map(|practice| practice.relay.clone()),
    );
    Failure::not_reached(relays)
}

fn bad_relay(typed: &str) -> Failure {
    Failure::new(Name::BadRelay, say_with("err-relay-address", &[("address", typed.into())]))
}
